"""同口径: a change over the units that answered in both periods, for rows whose sums are not complete. Prints nothing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.asking import Asked
from reports.cells import cell
from reports.comparing import change
from reports.gathering import Gathered
from reports.grid import SameUnits
from reports.rows import Key, RowHead
from reports.stretches import Back, backs_of, needed_of
from reports.unit_answers import Grouping, UnitAnswers

Missing = frozenset[Back]


@dataclass(frozen=True)
class Pair:
    """One row of two columns that are compared: the figure, and the one it is measured from."""

    head: RowHead
    here: Asked
    there: Asked
    compared: str  # the name of the comparison


def same_units_of(pairs: Sequence[Pair], grouping: Grouping, basis: str) -> list[SameUnits]:
    """One answer per pair, from one reading of the units' answers whatever the number of pairs."""
    columns = {id(column): column for pair in pairs for column in (pair.here, pair.there)}
    tasks = {lane.part.task.id: lane.part.task for column in columns.values() for lanes in column.lanes for lane in lanes}
    answers = UnitAnswers(tasks.values(), grouping, basis)
    sides = {number: _Side(column, answers, basis) for number, column in columns.items()}
    return [_same_units(pair, sides[id(pair.here)], sides[id(pair.there)]) for pair in pairs]


def _same_units(pair: Pair, here: "_Side", there: "_Side") -> SameUnits:
    """A unit stands in both where it gave all it owes in both, for the same places of the stretch."""
    now, then = here.whole(pair.head.key), there.whole(pair.head.key)
    both = frozenset(unit_id for unit_id in now.keys() & then.keys() if now[unit_id] == then[unit_id])
    if not both:
        return SameUnits(0, here=len(now), there=len(then))
    values = here.value(pair.head, both), there.value(pair.head, both)
    found = change(*values, pair.here.line.kind, pair.compared)
    return SameUnits(len(both), found.change, found.percent, len(now), len(then), found.said)


class _Side:
    """One column, unit by unit."""

    def __init__(self, column: Asked, answers: UnitAnswers, basis: str):
        self._column, self._answers, self._basis = column, answers, basis
        self._backs, self._needed = backs_of(column), needed_of(column)
        self._lines = {part.task.id: part.line for part in column.parts}
        self._lanes: dict[int, tuple[int, ...]] = defaultdict(tuple)
        for lane in (lane for lanes in column.lanes for lane in lanes):
            self._lanes[lane.part.task.id] += (lane.number,)
        self._whole: dict[Key, dict[int, Missing]] = {}
        self._values: dict[tuple[Key, frozenset[int]], Decimal | None] = {}

    def whole(self, key: Key) -> dict[int, Missing]:
        """The units of a row that gave all they owe, each with the places of the stretch it has no figure for."""
        if key not in self._whole:
            self._whole[key] = self._read(key)
        return self._whole[key]

    def _read(self, key: Key) -> dict[int, Missing]:
        gave: dict[int, set[Back]] = defaultdict(set)
        owing: set[int] = set()
        for task_id, lanes in self._lanes.items():
            given, owed = self._answers.given(task_id, self._lines[task_id], lanes, key)
            owing |= owed
            for unit_id in given:
                gave[unit_id].add(self._backs[task_id])
        return {unit_id: self._needed - backs for unit_id, backs in gave.items() if unit_id not in owing}

    def value(self, head: RowHead, units: frozenset[int]) -> Decimal | None:
        """The figure over these units alone, by the rules of every other cell."""
        place = head.key, units
        if place not in self._values:
            self._values[place] = cell(self._column, head, self._gathered(head.key, units), self._basis).value
        return self._values[place]

    def _gathered(self, key: Key, units: Collection[int]) -> Gathered:
        sums = {(key, task_id): self._answers.sum_of(task_id, frozenset(units)) for task_id in self._lanes}
        by_unit = self._answers.answers_of(self._lanes.keys(), units) if self._column.needs_units else {}
        return Gathered([], sums, {key: by_unit})
