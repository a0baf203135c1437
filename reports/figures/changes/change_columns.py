"""Adds to each cell its change against other periods: between complete sums, otherwise over the same units."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.periods import Period
from reports.figures.changes.base_sums import base_of_units
from reports.figures.changes.change import COMPARED, PREV, change, years_before
from reports.figures.changes.like_for_like import Pair, same_units_of
from reports.figures.changes.row_members import Grouping
from reports.figures.output.cells import EMPTY, cell, counted
from reports.figures.output.grid import Change, FigureCell, SameUnits
from reports.figures.plan.frozen_facts import as_of_today
from reports.figures.plan.joined_forms import JoinedTask
from reports.figures.plan.period_spans import gaps_of
from reports.figures.plan.query_plan import PERIOD_VIEW, ColumnPlan, View, ask
from reports.figures.plan.rows import UNITS, Key, RowHead
from reports.figures.plan.series_breaks import changed_words, is_broken_between, not_compared
from reports.figures.sums.aggregation import NOW, THEN, RowSums, gather


@dataclass(frozen=True)
class Answered:
    """Columns with their sums, for the rows and the basis of the query."""

    columns: Sequence[ColumnPlan]
    row_sums: RowSums
    grouping: Grouping
    basis: str

    def cell(self, column: ColumnPlan, head: RowHead) -> FigureCell:
        return cell(column, head, self.row_sums, self.basis)


@dataclass(frozen=True)
class ChangeQuestion:
    """The query, as `reports.figures.plan.query_plan.ask` takes it."""

    codes: Sequence[str]
    view: View
    county_ids: Sequence[int]


@dataclass(frozen=True)
class ChangeBase:
    """The base of one column, with its sums. `is_aligned`: both were asked for as much of their stretch of time."""

    column: ColumnPlan
    answered: Answered
    is_aligned: bool


Cells = dict[Key, list[FigureCell]]


def answered(columns: Sequence[ColumnPlan], grouping: Grouping, basis: str) -> Answered:
    """Reads the sums for all columns; under the tree of now the columns get today's names."""
    if grouping.tree == NOW:
        columns = [as_of_today(column) for column in columns]
    tasks = {part.task.id: part.task for column in columns for part in column.parts}
    baseline = {part.task.id: part.task for column in columns if column.needs_units for part in column.baseline}
    found = gather(
        list(tasks.values()), grouping.top, grouping.by, grouping.tree, grouping.today,
        with_units=any(column.needs_units for column in columns), inner=grouping.inner,
        leaned_on=[task for task_id, task in baseline.items() if task_id not in tasks],
    )  # fmt: skip
    return Answered(columns, found, grouping, basis)


def put_changes(
    cells: Cells,
    heads: Sequence[RowHead],
    now: Answered,
    question: ChangeQuestion,
    compared: Sequence[str],
    only: Collection[Period],
) -> list[str]:
    """Adds the changes to every cell of these rows. `only`: the periods whose columns are compared.

    Answers a sentence for each column whose changes are withheld because its definition changed.
    """
    notes: list[str] = []
    unequal: dict[tuple[Key, int, str], Pair] = {}
    for name in compared:
        bases = _bases(now, question, name, only)
        notes += [not_compared(now.columns[number], base.column) for number, base in sorted(bases.items())]
        for head in heads:
            for number, column in enumerate(now.columns):
                if column.period not in only:
                    continue
                found = _plain(head, column, cells[head.key][number], bases.get(number), name)
                if found.same_units is not None:
                    unequal[head.key, number, name] = Pair(head, column, bases[number].column, name)
                _put(cells, head.key, number, name, found)
    _put_same_units(cells, unequal, now)
    return list(filter(None, notes))


def _put_same_units(cells: Cells, unequal: Mapping[tuple[Key, int, str], Pair], now: Answered) -> None:
    if not unequal:
        return
    grouping = replace(now.grouping, inner=now.row_sums.inner)
    found = same_units_of(list(unequal.values()), grouping, now.basis)
    for (key, number, name), same_units in zip(unequal, found, strict=True):
        reason = "" if same_units.units else _("no unit answered in both periods")
        change = cells[key][number].compare[name]
        lacking = {field: getattr(change.same_units, field) for field in ("missing", "unsent", "missing_there")}
        _put(cells, key, number, name, replace(change, reason=reason, same_units=replace(same_units, **lacking)))


def _put(cells: Cells, key: Key, number: int, name: str, found: Change) -> None:
    one = cells[key][number]
    cells[key][number] = replace(one, compare={**one.compare, name: found})


def _plain(head: RowHead, column: ColumnPlan, one: FigureCell, base: ChangeBase | None, compared: str) -> Change:
    """The change between two complete sums; with `same_units` still to be counted where one is not."""
    other = base.answered.cell(base.column, head) if base else EMPTY
    if base and is_broken_between(column, base.column):
        return _withheld(other, column, base.column)
    if other.value is not None and _unit(column) != _unit(base.column):
        return Change(None, None, None, _("counted in %(unit)s then") % {"unit": _unit(base.column)})
    decimals = base.column.line.decimals if base and base.column.line else None
    if one.value is None or other.value is None:
        return replace(change(one.value, other.value, column.indicator.kind, compared), text=other.text, decimals=decimals)
    if one.is_complete and other.is_complete and base.is_aligned:
        found = replace(change(one.value, other.value, column.line.kind, compared), decimals=decimals)
    else:
        found = Change(other.value, None, None, same_units=_short_of(one, other, base.answered.basis), decimals=decimals)
    return replace(found, text=other.text) if column.kind.is_word else found


def _withheld(other: FigureCell, column: ColumnPlan, base: ColumnPlan) -> Change:
    """The figure before a change of the definition, without a difference; in another unit of measure it is not shown either."""
    is_same_unit = _unit(column) == _unit(base)
    value, text = (other.value, other.text) if is_same_unit else (None, "")
    return Change(value, None, None, changed_words(column, base), text=text, decimals=base.line.decimals)


def _short_of(one: FigureCell, other: FigureCell, basis: str) -> SameUnits:
    """The counts of units that the two sums lack; units in both are counted later."""
    missing, missing_there = (max(0, cell.expected - counted(cell, basis)) for cell in (one, other))
    return SameUnits(0, missing=missing, unsent=one.expected - one.reported - one.returned, missing_there=missing_there)


def _unit(column: ColumnPlan) -> str:
    """The unit of measure in the head of the column; today's for a figure that was not asked for."""
    return column.line.unit if column.line else column.indicator.unit


# --- the base of a column ---------------------------------------------------------------------------------------------


def _bases(now: Answered, question: ChangeQuestion, compared: str, only: Collection[Period]) -> dict[int, ChangeBase]:
    """Number of a column -> its base; a cumulation is not compared with the period before."""
    if compared == PREV and question.view.kind != PERIOD_VIEW:
        return {}
    others = {period: COMPARED[compared](period) for period in only}
    found = dict(_found(now, others, now.columns)) if question.view.since is None else {}
    periods = {now.columns[number].period for number in found}
    missing = [other for period, other in others.items() if other is not None and period not in periods]
    if missing:
        columns, _left_out = ask(question.codes, missing, _shifted(question.view, compared, only), question.county_ids)
        there = _base_answered(columns, replace(now.grouping, inner=now.row_sums.inner), now.basis)
        found |= dict(_found(there, others, now.columns))
    return found


def _base_answered(columns: Sequence[ColumnPlan], grouping: Grouping, basis: str) -> Answered:
    """The sums of the bases. The rows are known, so rows of units need no reading of all units where sums are stored."""
    tasks = {part.task.id: part.task for column in columns for part in column.parts}
    is_kept = grouping.tree == THEN and grouping.by == UNITS and not any(column.needs_units for column in columns)
    if not is_kept or any(isinstance(task, JoinedTask) or task.county_id != grouping.top.county_id for task in tasks.values()):
        return answered(columns, grouping, basis)
    found = base_of_units(list(tasks.values()), grouping.top)
    return Answered(columns, found, grouping, basis)


def _found(
    there: Answered, others: Mapping[Period, Period | None], columns: Sequence[ColumnPlan]
) -> Iterator[tuple[int, ChangeBase]]:
    """The columns of `there` that are the bases of these columns: the same figure, the other period."""
    by_place = {(column.period, column.code, column.item): column for column in there.columns}
    for number, column in enumerate(columns):
        other = by_place.get((others.get(column.period), column.code, column.item))
        if other is not None:
            yield number, ChangeBase(other, there, gaps_of(column) == gaps_of(other))


def _shifted(view: View, compared: str, periods: Collection[Period]) -> View:
    """The view for the base: a view since a day is moved one year back with its period; other views need no change."""
    if view.since is None:
        return view
    years = max(periods).year - COMPARED[compared](max(periods)).year
    return replace(view, since=years_before(view.since, years))
