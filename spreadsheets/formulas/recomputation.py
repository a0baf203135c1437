"""Recomputes, in the order of dependence, every formula that depends on a changed cell."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from spreadsheets.formulas.nodes import Cells, Scope
from spreadsheets.formulas.parser import Parsed
from spreadsheets.formulas.values import Area, Failed, Matrix, Scalar, Uncomputable, Value

Spot = tuple[str, int, int]  # sheet, row, column
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
        self.rows: dict[str, dict[int, list[tuple[int, Formula]]]] = defaultdict(lambda: defaultdict(list))
        for formula in self.formulas:
            for sheet, row, column in formula.spots():
                self.rows[sheet][row].append((column, formula))
        self.users: dict[int, list[Formula]] = defaultdict(list)  # by the id of the formula on which others depend
        self._link()

    def _link(self) -> None:
        edges = 0
        for formula in self.formulas:
            leaned_on = set()
            for area in formula.parsed.areas:
                for other in self._inside(area):
                    leaned_on.add(id(other))
                    edges += 1
                    if edges > MOST_EDGES:
                        raise Uncomputable("too many formulas that lean on each other")
            for key in leaned_on:
                self.users[key].append(formula)

    def _inside(self, area: Area) -> Iterator[Formula]:
        rows = self.rows.get(area.sheet, {})
        near = rows.keys() if area.bottom - area.top > len(rows) else range(area.top, area.bottom + 1)
        for row in near:
            if area.top <= row <= area.bottom:
                yield from (formula for column, formula in rows.get(row, ()) if area.left <= column <= area.right)

    def leaning_on(self, changed: Iterable[Spot], unsolved: Collection[Spot]) -> list[Formula]:
        """Formulas that read a changed cell, directly or not, and those without result."""
        by_row = _by_row(changed)
        waiting = [
            formula
            for formula in self.formulas
            if formula.spot in unsolved
            or (by_row and formula.parsed.looks_anywhere)
            or any(_touches(area, by_row.get(area.sheet, {})) for area in formula.parsed.areas)
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


def _by_row(spots: Iterable[Spot]) -> Mapping[str, Mapping[int, list[int]]]:
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for sheet, row, column in spots:
        found[sheet][row].append(column)
    return found


def _touches(area: Area, rows: Mapping[int, list[int]]) -> bool:
    near = (
        [row for row in rows if area.top <= row <= area.bottom]
        if area.bottom - area.top > len(rows)
        else range(area.top, area.bottom + 1)
    )
    return any(area.left <= column <= area.right for row in near for column in rows.get(row, ()))
