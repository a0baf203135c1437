"""Finds the tasks and lines that answer a query of codes, periods and a view."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from indicators.catalogue.queries import line_of
from indicators.choices import Frequency
from indicators.definitions import indicators_of
from indicators.kinds.registry import kind_of
from indicators.models import Indicator
from indicators.periods import Period, periods_between
from orgs.moments import once_in_a_moment
from reports.figures.plan.asked_columns import note_columns
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan
from reports.figures.plan.joined_forms import joined_tasks, keys_of, needs_other_periods, stand_apart, tasks_behind
from reports.figures.plan.overlapping_forms import LeftOut, is_shared, without_repeats
from reports.figures.plan.series_breaks import without_former_definitions
from submissions.choices import State
from submissions.models import Submission, Task

PERIOD_VIEW, YEAR_TO_DATE, SINCE = "period", "ytd", "since"
OWN_VIEW = "@"  # between a code and the view it is asked with


class BadQuestion(ValueError):
    """The query cannot be answered; the message is a sentence."""


@dataclass(frozen=True)
class View:
    """The time that one column covers: the period itself, the year up to it, or everything since a day."""

    kind: str = PERIOD_VIEW
    since: date | None = None

    def first_day(self, period: Period) -> date:
        if self.kind == YEAR_TO_DATE:
            return date(period.year, 1, 1)
        return self.since if self.kind == SINCE else period.first_day

    def __str__(self) -> str:
        return f"since:{self.since}" if self.kind == SINCE else self.kind


def read_view(text: str) -> View:
    """Reads `period`, `ytd`, `since:2026-04-01`. Raises BadQuestion."""
    if text in (PERIOD_VIEW, YEAR_TO_DATE):
        return View(text)
    word, _colon, day = text.partition(":")
    try:
        if word == SINCE:
            return View(SINCE, date.fromisoformat(day))
    except ValueError:
        pass
    raise BadQuestion(_("“%(text)s” is not a view; write period, ytd or since:YYYY-MM-DD.") % {"text": text})


def ask(
    codes: Sequence[str], periods: Sequence[Period], view: View, county_ids: Sequence[int]
) -> tuple[list[ColumnPlan], list[tuple[ColumnPlan, LeftOut]]]:
    """One column per period and code, and the units left out of them because another form answers for them.

    A code is `CODE` or `CODE:item`; with a view of its own (`CODE@ytd`) it covers another time than its neighbours.
    Raises BadQuestion for an unknown code, item or view.
    """
    wanted = [_with_view(text, view) for text in codes]
    indicators = _indicators([key for key, _own in wanted], county_ids)
    views = {own for _key, own in wanted}
    spans = {(period, own): _periods_up_to(period, own) for period in periods for own in views}
    known = _tasks_of(set().union(*spans.values()), county_ids)
    _refuse_unknown_items([key for key, _own in wanted], indicators, known)
    tasks = {place: [task for task in known if task.period in inside] for place, inside in spans.items()}
    columns = [_column(key, period, own, tasks[period, own], indicators) for period in periods for key, own in wanted]
    columns, left_out = _once_each(columns)
    found = [without_former_definitions(column) for column in columns]
    note_columns(found)
    return found, left_out


def _with_view(text: str, view: View) -> tuple[str, View]:
    key, _at, own = text.partition(OWN_VIEW)
    return key, read_view(own) if own else view


def _column(key: str, period: Period, view: View, tasks: list[Task], indicators: dict) -> ColumnPlan:
    """The column with every task that asks for its line, also if several ask for the same."""
    code, _colon, item = key.partition(":")
    first_day = view.first_day(period)
    parts = [ColumnPart(task, task.layout.by_key[key]) for task in tasks if key in task.layout.by_key]
    computed = None
    if not item and kind_of(indicators[code]).formulas(indicators[code]):
        computed = parts[-1].line if parts else line_of(indicators[code])
        parts += [ColumnPart(join, join.layout.by_key[computed.key]) for join in joined_tasks(computed, tasks)]
        parts.sort(key=lambda part: part.period.last_day)
    inside = tuple(part for part in parts if part.period.belongs_between(first_day, period.last_day))
    line = inside[-1].line if inside else None
    is_running = line is not None and kind_of(line).is_running
    baseline = tuple(part for part in parts if is_running and _ends_just_before(part.period, first_day))
    column = ColumnPlan(code, item, period, line, indicators[code], inside, first_day, baseline, view.kind == YEAR_TO_DATE)
    if computed is None or inside or not needs_other_periods(computed):
        return column
    near = [task for task in tasks if task.period.belongs_between(first_day, period.last_day)]
    return replace(column, apart=keys_of(computed) if stand_apart(computed, near) else ())


def _ends_just_before(period: Period, day: date) -> bool:
    """Whether the next period of its frequency is the first one that belongs to a stretch from the day."""
    return period.anchor_day < day and period.next().belongs_between(day, date.max)


def _once_each(columns: list[ColumnPlan]) -> tuple[list[ColumnPlan], list[tuple[ColumnPlan, LeftOut]]]:
    """Every column without repeats of a unit's time; one query for all of them, none where no figure is on two forms."""
    shared = [is_shared(column.parts) or is_shared(column.baseline) for column in columns]
    units = _owing_units([column for column, is_one in zip(columns, shared, strict=True) if is_one]) if any(shared) else {}
    unique, left_out = [], []
    for column, is_one in zip(columns, shared, strict=True):
        if is_one:
            parts, left = without_repeats(column.parts, units)
            baseline, _left = without_repeats(column.baseline, units)
            column = replace(column, parts=parts, baseline=baseline, line=parts[-1].line if parts else None)
            left_out += [(column, one) for one in left]
        unique.append(column)
    return unique, left_out


def _owing_units(columns: Sequence[ColumnPlan]) -> dict[int, dict[int, str]]:
    """Task -> organization -> unit category, for units that are not exempt."""
    tasks = {task.id for column in columns for part in (*column.parts, *column.baseline) for task in tasks_behind(part.task)}
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Submission.objects.filter(task_id__in=tasks).exclude(state=State.EXEMPT)
    for task_id, org_id, category in rows.values_list("task_id", "organization_id", "unit_category"):
        found[task_id][org_id] = category
    return found


def _indicators(codes: Sequence[str], county_ids: Sequence[int]) -> dict[str, Indicator]:
    """The definitions of all indicators of the query, common or of the counties asked."""
    wanted = frozenset(text.partition(":")[0] for text in codes)
    found: dict[str, Indicator] = {}
    for row in _defined(wanted, frozenset(county_ids)):
        _refuse_two_meanings(row, found.setdefault(row.code, row))
    for code in sorted(wanted):
        if code not in found:
            raise BadQuestion(_("There is no indicator %(code)s.") % {"code": code})
    return found


def _refuse_two_meanings(one: Indicator, other: Indicator) -> None:
    """Refuses a code that two counties use for different things; their figures are never added."""
    if one is not other:
        sentence = _("%(code)s is another indicator in %(one)s than in %(other)s; ask one county for it.")
        raise BadQuestion(sentence % {"code": one.code, "one": one.owner.name, "other": other.owner.name})


@once_in_a_moment
def _defined(codes: frozenset[str], county_ids: frozenset[int]) -> list[Indicator]:
    rows = indicators_of(*county_ids).filter(code__in=codes).order_by("pk")
    return list(rows.select_related("part_of", "owner").prefetch_related("breakdown_items"))


def _refuse_unknown_items(keys: Sequence[str], indicators: dict[str, Indicator], tasks: Sequence[Task]) -> None:
    """Refuses unknown items; an item that has ended is still known by the tasks that have it."""
    frozen = {task.layout for task in tasks}
    for key in keys:
        code, _colon, item = key.partition(":")
        items = [row.name for row in indicators[code].breakdown_items.all()]
        if item and item not in items and not any(key in layout.by_key for layout in frozen):
            names = "、".join(items) or _("none")
            raise BadQuestion(
                _("%(code)s has no item “%(item)s”; it has: %(items)s.") % {"code": code, "item": item, "items": names}
            )


def _periods_up_to(period: Period, view: View) -> set[Period]:
    """Every period that belongs between the days; from New Year on, because a running total depends on the one before."""
    year = view.since.year if view.since else period.year
    since = min(date(year, 1, 1), date(period.year, 1, 1))
    return {part for frequency in Frequency for part in periods_between(since, period.last_day, frequency)}


def _tasks_of(periods: Collection[Period], county_ids: Sequence[int]) -> list[Task]:
    """The tasks of these periods in time order, in one query."""
    tasks = Task.objects.filter(county_id__in=county_ids, period__in=periods).select_related("form")
    return sorted(tasks, key=lambda task: (task.period.last_day, task.form.sort_order, task.form.code, task.id))
