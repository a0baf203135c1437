"""同口径: a change over the units that answered in both periods, for rows whose sums are not complete."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.layout import Line
from reports.figures.changes.change import change
from reports.figures.changes.row_members import Answering, Grouping, answering
from reports.figures.output.cells import cell
from reports.figures.output.grid import SameUnits
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan, Lane
from reports.figures.plan.period_spans import Back, backs_of, needed_of
from reports.figures.plan.rows import Key, RowHead
from reports.figures.sums.aggregation import RowSums, UnitAnswer
from reports.figures.sums.branch_sums import BranchSums
from reports.figures.sums.unit_values import organizations_without_base
from submissions.choices import State
from submissions.core.packed_measures import Packed

Whole = dict[frozenset[Back], set[int]]  # places of the stretch without a figure -> the units that gave all the others


@dataclass(frozen=True)
class Pair:
    """One row of two compared columns: the figure and its base."""

    head: RowHead
    here: ColumnPlan
    there: ColumnPlan
    compared: str  # the name of the comparison


def same_units_of(pairs: Sequence[Pair], grouping: Grouping, basis: str) -> list[SameUnits]:
    """One answer per pair, from one reading of the units' answers whatever the number of pairs."""
    columns = {id(column): column for pair in pairs for column in (pair.here, pair.there)}
    tasks = {part.task.id: part.task for column in columns.values() for part in _parts_behind(column)}
    units = _Units(answering(tasks.values(), grouping), basis)
    sides = {number: _Side(column, units) for number, column in columns.items()}
    return [_same_units(pair, sides[id(pair.here)], sides[id(pair.there)]) for pair in pairs]


def _same_units(pair: Pair, here: "_Side", there: "_Side") -> SameUnits:
    """Units count in both if they gave all they owe in both, for the same places of the stretch."""
    now, then = here.whole(pair.head.key), there.whole(pair.head.key)
    both = frozenset().union(*(now[missing] & then[missing] for missing in now.keys() & then.keys()))
    counts = {"here": _count(now), "there": _count(then)}
    if not both:
        return SameUnits(0, **counts)
    found = change(here.value(pair.head, both), there.value(pair.head, both), pair.here.line.kind, pair.compared)
    return SameUnits(len(both), found.change, found.percent, reason=found.reason, **counts)


def _parts_behind(column: ColumnPlan) -> Iterator[ColumnPart]:
    """Everything that is read of the units: the answers, all parts of a running total, and what it depends on."""
    yield from column.parts if _adds_steps(column) else (lane.part for lanes in column.lanes for lane in lanes)
    if column.needs_units:
        yield from column.baseline


def _adds_steps(column: ColumnPlan) -> bool:
    """Whether the figure is added from the steps of running totals, part by part, each in the unit's place of then."""
    return column.is_running and (column.adds_parts or column.follows_units)


def _count(whole: Whole) -> int:
    return sum(map(len, whole.values()))


def _by_own_lengths(whole: Whole, places: Collection[Back]) -> Whole:
    """The places without those of period lengths for which the units answer nothing.

    A unit that reports by quarters misses no month.
    """
    lengths = {length: {place for place in places if place[0] == length} for length, _back in places}
    found: Whole = defaultdict(set)
    for missing, units in whole.items():
        others = (own for own in lengths.values() if own <= missing)
        found[missing.difference(*others)] |= units
    return found


class _Units:
    """The answers of units, and sums over some of them; every result is cached."""

    def __init__(self, tasks: Mapping[int, Answering], basis: str):
        self._tasks, self.basis = tasks, basis
        self._given: dict[tuple[int, tuple[int, ...]], tuple[set[int], set[int]]] = {}
        self._sums: dict[tuple, BranchSums] = {}

    def given(self, task_id: int, line: Line, lanes: tuple[int, ...], key: Key) -> tuple[set[int], set[int]]:
        """The units of a row that gave all these numbers, and those that still owe them."""
        if (task_id, lanes) not in self._given:
            self._given[task_id, lanes] = self._tasks[task_id].answers.given(line, lanes, self.basis)
        members = self._tasks[task_id].units_of(key)
        gave, owing = self._given[task_id, lanes]
        return gave.intersection(members), owing.intersection(members)

    def in_row(self, task_id: int, units: frozenset[int], key: Key) -> frozenset[int]:
        """Those of the units that were in the row at the time of the task."""
        members = self._tasks[task_id].units_of(key)
        return units if units.issubset(members) else units.intersection(members)  # the same set is summed once for all rows

    def elsewhere(self, task_id: int, line: Line, units: Collection[int], key: Key) -> set[int]:
        """Those of the units that were asked the line while they were in another row."""
        away = set(units).difference(self._tasks[task_id].units_of(key))
        return away & self._tasks[task_id].answers.asked(line) if away else away

    def sum_of(self, task_id: int, units: frozenset[int], lanes: tuple[int, ...]) -> BranchSums:
        place = task_id, units, lanes
        if place not in self._sums:
            self._sums[place] = self._tasks[task_id].answers.sum_of(units, lanes, self.basis)
        return self._sums[place]

    def row_sums(self, task_ids: Collection[int], units: frozenset[int], key: Key) -> RowSums:
        """Every unit's own answers, in the form that `reports.figures.output.cells` uses if sums are not enough.

        These are the answers given in the row, and all answers on which a running total depends.
        """
        found = RowSums(list, {})
        for task_id in task_ids:
            here = self.in_row(task_id, units, key)
            for unit_id, vector in self._tasks[task_id].answers.vectors_of(units, self.basis).items():
                answer = found.answers[unit_id, task_id] = UnitAnswer(State.APPROVED, Packed(vector), None)
                if unit_id in here:
                    found.units[key][unit_id][task_id] = answer
        return found


def _lanes_of(roles: Sequence[Sequence[Lane]]) -> dict[int, tuple[int, ...]]:
    """Task id -> the lanes with answers."""
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for lane in (lane for lanes in roles for lane in lanes):
        found[lane.part.task.id] += tuple(range(lane.measure.lanes.start, lane.measure.lanes.stop))
    return found


class _Side:
    """One column, unit by unit."""

    def __init__(self, column: ColumnPlan, units: _Units):
        self._column, self._units = column, units
        self._backs, self._needed = backs_of(column), needed_of(column)
        self._lines = {part.task.id: part.line for part in column.parts}
        self._excluded = {part.task.id: part.excluded for part in column.parts}
        self._lanes = _lanes_of(column.lanes)
        # Of a running total the last one is owed; it is computed from its parts and rests.
        self._owed = _lanes_of(column.lanes[:1]) if column.is_running else self._lanes
        self._units_tasks = list(dict.fromkeys(part.task.id for part in _parts_behind(column)))
        self._whole: dict[Key, Whole] = {}

    def whole(self, key: Key) -> Whole:
        """The units of a row that gave all they owe, by the places of the stretch for which they have no figure."""
        if key not in self._whole:
            self._whole[key] = self._read(key)
        return self._whole[key]

    def _read(self, key: Key) -> Whole:
        gave: dict[Back, set[int]] = defaultdict(set)
        owing: set[int] = set()
        for task_id, lanes in self._owed.items():
            given, owed = self._units.given(task_id, self._lines[task_id], lanes, key)
            gave[self._backs[task_id]] |= given - self._excluded[task_id]
            owing |= owed - self._excluded[task_id]
        whole: Whole = {frozenset(self._needed - gave.keys()): set().union(*gave.values()) - owing}
        for back, units in gave.items():
            whole = {
                missing: found
                for before, group in whole.items()
                for missing, found in ((before, group & units), (before | {back}, group - units))
                if found
            }
        unknown = self._without_base(key, frozenset().union(*whole.values()))
        known = {missing: units - unknown for missing, units in whole.items() if units - unknown}
        return self._by_stay(key, _by_own_lengths(known, self._needed | gave.keys()))

    def _by_stay(self, key: Key, whole: Whole) -> Whole:
        """A running total covers the whole stretch, but only the steps made in the row belong to the row.

        A unit that was elsewhere for some of it has no figure for these places.
        """
        for part in self._column.parts if _adds_steps(self._column) else ():
            parted: Whole = defaultdict(set)
            for missing, units in whole.items():
                away = self._units.elsewhere(part.task.id, part.line, units, key) - part.excluded
                for places, group in ((missing | {self._backs[part.task.id]}, away), (missing, units - away)):
                    if group:
                        parted[places] |= group
            whole = parted
        return whole

    def _without_base(self, key: Key, units: frozenset[int]) -> set[int]:
        """For a running total: the units that gave the last one but lack some earlier part of the stretch."""
        if not (self._column.is_running and self._column.follows_units):
            return set()
        return organizations_without_base(self._column, key, self._units.row_sums(self._units_tasks, units, key))

    def value(self, head: RowHead, units: frozenset[int]) -> Decimal | None:
        """The figure over these units alone while they were in the row, by the rules of every other cell."""
        key = head.key
        row_sums = self._units.row_sums(self._units_tasks if self._column.needs_units else (), units, key)
        row_sums.sums = {
            (key, task_id): self._units.sum_of(task_id, self._units.in_row(task_id, units, key), lanes)
            for task_id, lanes in self._lanes.items()
        }
        return cell(self._column, head, row_sums, self._units.basis).value
