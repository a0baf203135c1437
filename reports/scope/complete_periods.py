"""Which period is (nearly) complete and which one is being reported below an organization, by its main forms."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.choices import Frequency
from indicators.periods import Period
from orgs.models import Organization
from reports.scope.task_queries import headlines_of, latest_first
from submissions.models import Task
from submissions.tasks.progress import NOTHING, SELF, Progress, progress_below

COMPLETE_AT = 90  # % approved
UNDER_WAY_AT = 50  # % sent in: from then on a period that is not over yet goes before an older one that is not complete
RECENT, MOST = (
    3,
    24,
)  # periods of one frequency that are looked at: ahead, in progress and complete; where none is complete, more


@dataclass(frozen=True)
class FormStage:
    """How far one main form has come in a period."""

    title: str
    closes_on: date | None
    progress: Progress

    def is_complete(self, today: date) -> bool:
        """Nearly all is approved; or nothing comes in any more and nothing waits for a reviewer."""
        is_closed = self.closes_on is not None and self.closes_on < today and not self.progress.waiting
        return is_closed or 100 * self.progress.approved >= COMPLETE_AT * self.progress.expected


@dataclass(frozen=True)
class PeriodStage:
    """How far a period has come in its main forms, the one that asks most first; those that ask nobody of the branch are left out."""

    period: Period
    forms: tuple[FormStage, ...]

    @property
    def progress(self) -> Progress:
        return sum((form.progress for form in self.forms), NOTHING)

    def is_complete(self, today: date) -> bool:
        """A period that was closed without any figure has nothing to open on."""
        return self.progress.approved > 0 and all(form.is_complete(today) for form in self.forms)

    def is_under_way(self, today: date) -> bool:
        return is_under_way(self.period.last_day, self.progress, today)


def is_under_way(last_day: date, progress: Progress, today: date) -> bool:
    """The period is over; or, though it is not, reports have come in: it was not just opened ahead."""
    return last_day < today or 100 * progress.submitted >= UNDER_WAY_AT * progress.expected


@dataclass(frozen=True)
class Stages:
    """The stages of one branch, the newest first, as they are today."""

    stages: tuple[PeriodStage, ...]
    today: date

    def of(self, period: Period) -> PeriodStage | None:
        return next((stage for stage in self.stages if stage.period == period), None)

    @property
    def complete(self) -> PeriodStage | None:
        """The newest one whose main forms are closed or nearly all approved."""
        return next((stage for stage in self.stages if stage.is_complete(self.today)), None)

    @property
    def in_progress(self) -> PeriodStage | None:
        """What is being reported since the newest complete one. A form opened ahead for the next period does not begin it."""
        complete = self.complete
        later = [stage for stage in self.stages if complete is None or stage.period.last_day > complete.period.last_day]
        under_way = [stage for stage in later if stage.is_under_way(self.today)]
        running = [stage for stage in later if stage.period.first_day <= self.today]
        return next(iter([*under_way, *reversed(running)]), None)


def stages_of(organization: Organization, tasks: Sequence[Task], today: date) -> Stages:
    """`tasks`: those that have begun, of the counties that answer for the organization; their layouts are not read. Four queries."""
    recent = _recent(tasks, RECENT)
    counts = _counts(recent, organization)
    forms = main_forms([task for task in recent if counts[task.id].expected], counts, organization.county_id)
    found = _stages(recent, counts, forms)
    stages = Stages(found, today)
    if stages.complete is None:
        older = [task for task in _recent(tasks, MOST) if task.form.family_id in forms and task not in recent]
        found += _stages(older, _counts(older, organization), forms) if older else ()
    return Stages(found, today)


def main_forms(tasks: Sequence[Task], counts: Mapping[int, Progress], county_id: int) -> frozenset[int]:
    """The forms that decide, all of one frequency: those that ask the county's headline figures.

    Where none of them does, or the county chose none: the largest by lines times units, and any at least half as large.
    `tasks`: the newest first.
    """
    newest = {task.form.family_id: task for task in reversed(tasks)}
    units: dict[int, int] = defaultdict(int)
    for task in tasks:
        family = task.form.family_id
        units[family] += counts[task.id].expected if task.period == newest[family].period else 0
    codes = [indicator.code for indicator in headlines_of(county_id)]
    families = {task.id: family for family, task in newest.items()}
    rows = Task.objects.filter(pk__in=families).order_by("form_id")
    forms = [
        _Form(
            families[task_id], period.frequency, sum(code in layout.by_key for code in codes),
            len(layout.printed) * units[families[task_id]],
        )
        for task_id, period, layout in rows.values_list("id", "period", "layout")
    ]  # fmt: skip
    largest = max((form.size for form in forms), default=0)
    deciding = [form for form in forms if form.headlines] or [form for form in forms if 2 * form.size >= largest]
    frequency = _leading(deciding)
    return frozenset(form.id for form in deciding if form.frequency == frequency)


@dataclass(frozen=True)
class _Form:
    """`headlines`: how many of the county's headline figures it asks. `size`: lines times units."""

    id: int
    frequency: Frequency
    headlines: int
    size: int


def _leading(forms: Sequence[_Form]) -> Frequency | None:
    """The frequency in which most headline figures are asked; of two alike, that of the larger forms."""
    weights: dict[Frequency, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for form in forms:
        headlines, size = weights[form.frequency]
        weights[form.frequency] = (headlines + form.headlines, size + form.size)
    return max(weights, key=weights.__getitem__, default=None)


def _recent(tasks: Sequence[Task], number: int) -> list[Task]:
    """The tasks of the newest periods of each frequency, the newest first."""
    by_period: dict[Period, list[Task]] = defaultdict(list)
    for task in tasks:
        by_period[task.period].append(task)
    taken: dict[Frequency, int] = defaultdict(int)
    found: list[Task] = []
    for period in latest_first(by_period):
        taken[period.frequency] += 1
        found += by_period[period] if taken[period.frequency] <= number else ()
    return found


def _counts(tasks: Sequence[Task], organization: Organization) -> dict[int, Progress]:
    counts = progress_below(tasks, organization, SELF)
    return defaultdict(lambda: NOTHING, {task_id: progress for (task_id, _place), progress in counts.items()})


def _stages(tasks: Sequence[Task], counts: Mapping[int, Progress], forms: Collection[int]) -> tuple[PeriodStage, ...]:
    """Above counties the tasks of a form in several of them are one; it is closed when the last of them is."""
    by_period: dict[Period, dict[int, list[Task]]] = defaultdict(lambda: defaultdict(list))
    for task in tasks:
        if task.form.family_id in forms and counts[task.id].expected:
            by_period[task.period][task.form.family_id].append(task)
    stages = {period: [_form_stage(same, counts) for same in by_form.values()] for period, by_form in by_period.items()}
    for found in stages.values():
        found.sort(key=lambda form: form.progress.expected, reverse=True)
    return tuple(PeriodStage(period, tuple(stages[period])) for period in latest_first(stages))


def _form_stage(tasks: Sequence[Task], counts: Mapping[int, Progress]) -> FormStage:
    days = [task.closes_on for task in tasks]
    closes_on = None if None in days else max(days)
    return FormStage(tasks[0].form.title, closes_on, sum((counts[task.id] for task in tasks), NOTHING))
