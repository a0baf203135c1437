"""From what is asked (codes, periods, a view) to the tasks and lines that answer it. Adds nothing up."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from indicators.kinds import Frequency, Kind, OrgRule, PeriodRule
from indicators.layouts import Line
from indicators.measures import Measure, plan_of
from indicators.models import Indicator
from indicators.periods import Period, period_holding, read_period
from submissions.models import Submission, Task

PERIOD_VIEW, YEAR_TO_DATE, SINCE = "period", "ytd", "since"
OWN_VIEW = "@"  # between a code and the view it is asked with


class BadQuestion(ValueError):
    """What was asked cannot be answered; the message is a sentence."""


@dataclass(frozen=True)
class View:
    """How much time one column covers: the period itself, the year up to it, or everything since a day."""

    kind: str = PERIOD_VIEW
    since: date | None = None

    def first_day(self, period: Period) -> date:
        if self.kind == YEAR_TO_DATE:
            return date(period.last_day.year if period.frequency != Frequency.WEEK else period.year, 1, 1)
        return self.since if self.kind == SINCE else period.first_day

    def __str__(self) -> str:
        return f"since:{self.since}" if self.kind == SINCE else self.kind


def read_view(text: str) -> View:
    """`period`, `ytd`, `since:2026-04-01` -> View. Raises BadQuestion."""
    if text in (PERIOD_VIEW, YEAR_TO_DATE):
        return View(text)
    word, _colon, day = text.partition(":")
    try:
        if word == SINCE:
            return View(SINCE, date.fromisoformat(day))
    except ValueError:
        pass
    raise BadQuestion(_("“%(text)s” is not a view; write period, ytd or since:YYYY-MM-DD.") % {"text": text})


@dataclass(frozen=True)
class Part:
    """One task that answers a column, with the column's line in it."""

    task: Task
    line: Line

    @property
    def period(self) -> Period:
        return read_period(self.task.period)

    def measure(self, role: str) -> Measure:
        return plan_of(self.task.layout).measure(self.line.key, role)


@dataclass(frozen=True)
class Lane:
    """One measure of one task's sums that a column adds up."""

    part: Part
    measure: Measure


@dataclass(frozen=True)
class Asked:
    """One column: what is asked, and the tasks that answer it, in time order. No parts: nothing was asked of anybody."""

    code: str
    item: str
    period: Period
    line: Line | None
    indicator: Indicator
    parts: tuple[Part, ...]
    first_day: date
    baseline: tuple[Part, ...]  # of a running total: the period just before the first one, in the same year
    is_year_to_date: bool

    @cached_property
    def periods(self) -> list[str]:
        return sorted({part.task.period for part in self.parts}, key=lambda text: read_period(text).last_day)

    @cached_property
    def last_parts(self) -> tuple[Part, ...]:
        last = self.periods[-1:] or [""]
        return tuple(part for part in self.parts if part.task.period == last[0])

    @cached_property
    def lanes(self) -> tuple[tuple[Lane, ...], ...]:
        """Per role that answers the column its lanes; worked out once, not once per cell: a table has 180,000 of them."""
        return tuple(tuple(_lanes(self, role)) for role in roles_of(self))

    @cached_property
    def starts_with_year(self) -> bool:
        return self.is_year_to_date or self.first_day == date(self.period.year, 1, 1)

    @cached_property
    def spans_periods(self) -> bool:
        return len(self.periods) > 1

    @cached_property
    def needs_units(self) -> bool:
        """True where sums of branches do not answer: differences of running totals, least and greatest, means over time, and
        means over units of what adds up over time (a mean of its parts would be another number)."""
        if self.line is None:
            return False
        if self.line.org_rule in (OrgRule.MIN, OrgRule.MAX):
            return True
        if self.line.numerator or self.line.org_rule == OrgRule.COUNT_IF:
            return False
        if self.line.kind == Kind.CUMULATIVE:
            return self.spans_periods and not self.starts_with_year
        adds_before_mean = self.line.org_rule == OrgRule.MEAN and self.line.period_rule == PeriodRule.SUM
        return self.spans_periods and (adds_before_mean or self.line.period_rule == PeriodRule.MEAN)


def ask(
    codes: Sequence[str], periods: Sequence[Period], view: View, county_ids: Sequence[int]
) -> tuple[list[Asked], list[str]]:
    """One Asked per period and code, and notes. Raises BadQuestion for an unknown code, item or view.

    A code is `CODE` or `CODE:item`; with a view of its own (`CODE@ytd`) it covers another time than its neighbours.
    """
    wanted = [_with_view(text, view) for text in codes]
    indicators = _indicators([key for key, _own in wanted])
    views = {own for _key, own in wanted}
    texts = {(period, own): _texts_up_to(period, own.first_day(period)) for period in periods for own in views}
    known = _tasks_of(set().union(*texts.values()), county_ids)
    _refuse_unknown_items([key for key, _own in wanted], indicators, known)
    tasks = {place: [task for task in known if task.period in inside] for place, inside in texts.items()}
    asked, notes = [], []
    for period in periods:
        for key, own in wanted:
            found, said = _asked(key, period, own, tasks[period, own], indicators)
            asked.append(found)
            notes += said
    return asked, list(dict.fromkeys(notes))


def _with_view(text: str, view: View) -> tuple[str, View]:
    key, _at, own = text.partition(OWN_VIEW)
    return key, read_view(own) if own else view


def _asked(key: str, period: Period, view: View, tasks: list[Task], indicators: dict) -> tuple[Asked, list[str]]:
    code, _colon, item = key.partition(":")
    first_day = view.first_day(period)
    parts, said = _parts(key, tasks, first_day)
    inside = tuple(part for part in parts if part.period.first_day >= first_day)
    baseline = _latest(part for part in parts if part.period.first_day < first_day)
    line = inside[-1].line if inside else None
    is_ytd = view.kind == YEAR_TO_DATE
    return Asked(code, item, period, line, indicators[code], inside, first_day, baseline, is_ytd), said


def _latest(parts: Iterable[Part]) -> tuple[Part, ...]:
    parts = list(parts)
    last = max((part.period.last_day for part in parts), default=None)
    return tuple(part for part in parts if part.period.last_day == last)


def _indicators(codes: Sequence[str]) -> dict[str, Indicator]:
    """The definitions of everything asked."""
    wanted = {text.partition(":")[0] for text in codes}
    found = {row.code: row for row in Indicator.objects.filter(code__in=wanted).prefetch_related("breakdown_items")}
    for code in sorted(wanted):
        if code not in found:
            raise BadQuestion(_("There is no indicator %(code)s.") % {"code": code})
    return found


def _refuse_unknown_items(keys: Sequence[str], indicators: dict[str, Indicator], tasks: Sequence[Task]) -> None:
    """An item that has ended since is still asked of the tasks that have it."""
    frozen = {task.layout for task in tasks}
    for key in keys:
        code, _colon, item = key.partition(":")
        items = [row.name for row in indicators[code].breakdown_items.all()]
        if item and item not in items and not any(key in layout.by_key for layout in frozen):
            said = "、".join(items) or _("none")
            raise BadQuestion(
                _("%(code)s has no item “%(item)s”; it has: %(items)s.") % {"code": code, "item": item, "items": said}
            )


def _texts_up_to(period: Period, first_day: date) -> set[str]:
    """Every period that lies wholly between the days; from New Year on, because a running total leans on the one before."""
    since = min(first_day, date(first_day.year, 1, 1))
    texts = set()
    for frequency in Frequency:
        part = period_holding(since, frequency)
        while part.last_day <= period.last_day:
            if part.first_day >= since:
                texts.add(str(part))
            part = part.next()
    return texts


def _tasks_of(texts: Collection[str], county_ids: Sequence[int]) -> list[Task]:
    """The tasks of these periods in time order, in one query."""
    tasks = Task.objects.filter(county_id__in=county_ids, period__in=texts).select_related("form")
    return sorted(tasks, key=lambda task: (read_period(task.period).last_day, task.form.sort_order, task.form.code, task.id))


def _parts(key: str, tasks: list[Task], first_day: date) -> tuple[tuple[Part, ...], list[str]]:
    """The tasks that ask the line. Where several forms ask it, the ones of the longest period answer."""
    by_form = defaultdict(list)
    for task in tasks:
        line = task.layout.by_key.get(key)
        if line is not None:
            by_form[task.form].append(Part(task, line))
    inside = {form for form, parts in by_form.items() if any(part.period.first_day >= first_day for part in parts)}
    if len(inside) < 2:
        return tuple(part for form in inside for part in by_form[form]), []
    order = list(Frequency)
    coarsest = max(order.index(form.frequency) for form in inside)
    return _not_twice(key, {form: by_form[form] for form in inside if order.index(form.frequency) == coarsest})


def _not_twice(key: str, by_form: dict) -> tuple[tuple[Part, ...], list[str]]:
    """Forms of different units add up; a form that asks units already counted is left out and said."""
    taken, notes, seen = [], [], set()
    for form, parts in by_form.items():
        units = set(
            Submission.objects.filter(task_id__in=[part.task.id for part in parts]).values_list(
                "task__period", "organization_id"
            )
        )
        if units & seen:
            notes.append(
                _("%(key)s is also asked on form %(form)s by the same units; that form is not added.")
                % {"key": key, "form": form.code}
            )
            continue
        seen |= units
        taken += parts
    return tuple(sorted(taken, key=lambda part: (part.period.last_day, part.task.id))), notes


def roles_of(asked: Asked) -> tuple[str, ...]:
    """Which lanes of the line answer the column."""
    line = asked.line
    if line.numerator:
        return ("numerator", "denominator")
    if line.kind != Kind.CUMULATIVE or line.org_rule == OrgRule.COUNT_IF:
        return ("value",)
    return ("total",) if asked.is_year_to_date or asked.spans_periods else ("part",)


def _lanes(asked: Asked, role: str) -> Iterator[Lane]:
    """By the lane's own rule over the column's periods: those of the last one, or of all."""
    is_last = asked.last_parts[0].measure(role).over_time == PeriodRule.LAST
    for part in asked.last_parts if is_last else asked.parts:
        yield Lane(part, part.measure(role))
