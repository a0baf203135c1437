"""Answers the floors below which reports stand on an organization, an indicator or a form (orgs.loading.reported). Writes nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, StrIndex

from indicators.periods import read_period
from orgs.loading.reported import Reports
from orgs.spans import batched
from submissions.kinds import REVIEW_TURN, State
from submissions.models import Submission, Task, Version

Row = tuple[str, State]  # organization code, state of its report
_SOUGHT = 20  # up to so many codes the database looks for them; beyond, every document is read


class StandingReports:
    """The answers of orgs.loading.reported.Answers."""

    def of_units(self, organization_ids: Collection[int], first: date, last: date | None) -> list[Reports]:
        rows: dict[int, list[Row]] = defaultdict(list)
        for some in batched(organization_ids):
            found = Submission.objects.filter(organization_id__in=some).exclude(state__in=(State.BLANK, State.EXEMPT))
            for task_id, code, state in found.values_list("task_id", "organization__code", "state"):
                rows[task_id].append((code, State(state)))
        tasks = [task for some in batched(rows) for task in _tasks().filter(pk__in=some)]
        told = [_told(task, rows[task.pk]) for task in tasks]
        return _in_order(one for one in told if one.last_day >= first and (last is None or one.first_day <= last))

    def with_figures_of(self, codes: Collection[str]) -> dict[str, list[Reports]]:
        wanted, found = set(codes), defaultdict(list)
        for task in _tasks():
            for code, rows in _rows_with_figures(task, wanted & task.layout.codes).items():
                found[code].append(_told(task, rows))
        return {code: _in_order(told) for code, told in found.items()}

    def of_forms(self, codes: Collection[str]) -> dict[str, list[Reports]]:
        found = defaultdict(list)
        for task in _tasks().filter(form__code__in=codes):
            rows = _reports_of(task).values_list("organization__code", "state")
            found[task.form.code].append(_told(task, [(code, State(state)) for code, state in rows]))
        return {code: _in_order(told) for code, told in found.items()}


def _tasks() -> QuerySet[Task]:
    return Task.objects.select_related("form").order_by("pk")


def _reports_of(task: Task) -> QuerySet[Submission]:
    begun = Submission.objects.filter(county_id=task.county_id, task=task)
    return begun.exclude(state__in=(State.BLANK, State.EXEMPT))


def _rows_with_figures(task: Task, codes: Collection[str]) -> dict[str, list[Row]]:
    """Code of the layout -> the reports that answer it in any version. A computed one is answered by every report sent in."""
    found: dict[str, dict[str, State]] = {code: {} for code in codes}
    computed = {code for code in codes if task.layout.by_key[code].is_computed}
    for version in _versions(task, codes if not computed else ()):
        held = {key.partition(":")[0] for key in version.figures}
        is_sealed = version.sealed_at is not None
        for code in codes:
            if version.nil_report or (is_sealed if code in computed else code in held):
                found[code][version.submission.organization.code] = State(version.submission.state)
    return {code: list(rows.items()) for code, rows in found.items()}


def _versions(task: Task, sought: Collection[str]) -> Iterator[Version]:
    """The task's versions; with `sought`, at least those that hold one of the codes."""
    versions = Version.objects.filter(county_id=task.county_id, submission__task=task)
    if 0 < len(sought) <= _SOUGHT:
        # Positions, because LIKE does not know capital letters in SQLite.
        holds = Q(nil_report=True)
        for number, code in enumerate(sorted(sought)):
            for sign in ('"', ":"):
                name = f"place_{number}_{'item' if sign == ':' else 'code'}"
                versions = versions.annotate(**{name: StrIndex(Cast("figures", TextField()), Value(f'"{code}{sign}'))})
                holds |= Q(**{f"{name}__gt": 0})
        versions = versions.filter(holds)
    chosen = versions.select_related("submission__organization").only(
        "figures", "nil_report", "sealed_at", "submission__state", "submission__organization__code"
    )
    return chosen.iterator(chunk_size=1000)


def _told(task: Task, rows: Collection[Row]) -> Reports:
    period = read_period(task.period)
    states = [state for _code, state in rows]
    return Reports(
        form=task.form.code, period=task.period, period_label=period.label, first_day=period.first_day, last_day=period.last_day,
        approved=states.count(State.APPROVED), sent_in=sum(state in REVIEW_TURN for state in states),
        drafts=sum(state in (State.DRAFT, State.RETURNED) for state in states),
        units=tuple(sorted(code for code, state in rows if state == State.APPROVED or state in REVIEW_TURN)),
    )  # fmt: skip


def _in_order(found: Iterable[Reports]) -> list[Reports]:
    return sorted(found, key=lambda one: (one.last_day, one.form, one.period))
