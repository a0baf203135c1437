"""Recomputes, in the order of dependence, every formula that depends on a changed cell."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from spreadsheets.formulas.area_index import AreaIndex, Spot
from spreadsheets.formulas.nodes import Cells, Scope
from spreadsheets.formulas.parser import Parsed
from spreadsheets.formulas.values import Area, Failed, Matrix, Scalar, Uncomputable, Value

MOST_EDGES = 2_000_000  # between formulas; beyond, the workbook is no table to be filled


@dataclass(frozen=True)
class Formula:
    """A formula and its cell; an array formula fills its whole area."""

    spot: Spot
    parsed: Parsed
    area: Area | None = None

    def spots(self) -> Iterator[Spot]:
        if self.area is None:
            yield self.spot
            return
        for row in range(self.area.top, self.area.bottom + 1):
            for column in range(self.area.left, self.area.right + 1):
                yield self.area.sheet, row, column


@dataclass
class Recomputed:
    """New results by cell, and the cells without a known result: unknown functions, circles, and cells that depend on them."""

    results: dict[Spot, Scalar] = field(default_factory=dict)
    unknown: set[Spot] = field(default_factory=set)


class Results(Cells):
    """The cells of a workbook with the results so far; reading a cell whose result is not known raises Uncomputable."""

    def take(self, spot: Spot, value: Scalar) -> None: ...

    def forget(self, spot: Spot) -> None: ...


def recompute(formulas: Collection[Formula], changed: Iterable[Spot], unsolved: Collection[Spot], cells: Results) -> Recomputed:
    """Recomputes. `changed`: cells with a new value; `unsolved`: formulas without a stored result, which are computed too."""
    graph = _Graph(formulas)
    wanted = graph.leaning_on(changed, unsolved)
    done = Recomputed()
    for formula in graph.in_order(wanted):
        _solve(formula, cells, done)
    for formula in wanted:
        spots = set(formula.spots())
        if not spots <= done.results.keys():  # a circle: no order exists for it
            done.unknown |= spots
    return done


def _solve(formula: Formula, cells: Results, done: Recomputed) -> None:
    spots = list(formula.spots())
    try:
        values = list(_results(formula, cells))
    except (Uncomputable, ArithmeticError, RecursionError):
        done.unknown.update(spots)
        for spot in spots:
            cells.forget(spot)
        return
    for spot, value in zip(spots, values, strict=True):
        done.results[spot] = value
        cells.take(spot, value)


def _results(formula: Formula, cells: Cells) -> Iterator[Scalar]:
    """One value for each of the formula's cells; a reference to an empty cell gives 0."""
    scope = Scope(cells, *formula.spot, by_cell=formula.area is not None)
    try:
        value: Value = formula.parsed.node.value(scope)
        found = [scope.scalar(value)] if formula.area is None else list(_spread(scope.matrix(value), formula.area))
    except Failed as failed:
        found = [failed.fault] * len(list(formula.spots()))
    for value in found:
        yield Decimal(0) if value is None else value


def _spread(matrix: Matrix, area: Area) -> Iterator[Scalar]:
    for row in range(area.bottom - area.top + 1):
        for column in range(area.right - area.left + 1):
            yield matrix.at(row, column)


class _Graph:
    """The graph of dependences between formulas."""

    def __init__(self, formulas: Collection[Formula]):
        self.formulas = list(formulas)
        self.index = AreaIndex((spot, formula) for formula in self.formulas for spot in formula.spots())
        self.users: dict[int, list[Formula]] = defaultdict(list)  # by the id of the formula that is leaned on
        self._link()

    def _link(self) -> None:
        edges = 0
        for formula in self.formulas:
            leaned_on = set()
            for area in formula.parsed.areas:
                for other in self.index.inside(area):
                    leaned_on.add(id(other))
                    edges += 1
                    if edges > MOST_EDGES:
                        raise Uncomputable("too many formulas that lean on each other")
            for key in leaned_on:
                self.users[key].append(formula)

    def leaning_on(self, changed: Iterable[Spot], unsolved: Collection[Spot]) -> list[Formula]:
        """Formulas that read a changed cell, directly or not, and those without result."""
        seen = set(changed)
        index = AreaIndex((spot, spot) for spot in seen)
        waiting = [
            formula
            for formula in self.formulas
            if formula.spot in unsolved
            or (seen and formula.parsed.looks_anywhere)
            or any(True for area in formula.parsed.areas for _spot in index.inside(area))
        ]
        found = {id(formula): formula for formula in waiting}
        while waiting:
            for user in self.users[id(waiting.pop())]:
                if id(user) not in found:
                    found[id(user)] = user
                    waiting.append(user)
        return list(found.values())

    def in_order(self, wanted: Collection[Formula]) -> Iterator[Formula]:
        """Formulas in order of dependence; those in a circle, and those that depend on it, are left out."""
        chosen = {id(formula) for formula in wanted}
        needs = {key: 0 for key in chosen}
        for key in chosen:
            for user in self.users[key]:
                if id(user) in chosen:
                    needs[id(user)] += 1
        ready = [formula for formula in wanted if not needs[id(formula)]]
        while ready:
            formula = ready.pop()
            yield formula
            for user in self.users[id(formula)]:
                if id(user) in chosen:
                    needs[id(user)] -= 1
                    if not needs[id(user)]:
                        ready.append(user)
