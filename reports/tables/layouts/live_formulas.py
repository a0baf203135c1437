"""Totals and computed columns of a table as live formulas, each only where its result equals the printed number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from indicators.formulas import Formula as Expression
from indicators.formulas import FormulaError, Reference, parse
from indicators.formulas.in_cells import NotWritable, answered, written
from indicators.printed.looks import printed
from indicators.values.number_parser import round_half_up
from reports.figures.output.cells import DASH
from reports.figures.output.grid import FigureColumn, Grid
from spreadsheets.write.sheet import Formula, Value

MOST_LETTERS = 8000  # characters of one formula; a spreadsheet accepts 8192


@dataclass(frozen=True)
class Live:
    """The parts of a table that may be computed. Columns are named by their ids (or keys).

    `additive`: columns whose rows add up; `expressions`: column -> formula over others.
    """

    additive: frozenset[str]
    expressions: Mapping[str, str]


def live_rows(grid: Grid, live: Live, sums: Sequence[bool], first_row: int, letters: Sequence[str]) -> Iterator[list[Value]]:
    """The values of each row, from the sheet row `first_row` on in the columns `letters`.

    `sums`: which rows are sums of others. A cell gets a formula only where adding or dividing the printed cells gives the
    printed number, otherwise the number. Over rounded or missing figures a spreadsheet would give another result.
    """
    writer = _Writer(grid, live, first_row, letters)
    below = _below(grid, sums)
    for number, row in enumerate(grid.rows):
        values: list[Value] = []
        for place, cell in enumerate(row.cells):
            value = printed(cell.text)
            formula = writer.computed(number, place) or (writer.summed(place, below[number], value) if sums[number] else None)
            values.append(value if formula is None else Formula(formula, value))
        yield values


def _below(grid: Grid, sums: Sequence[bool]) -> dict[int, list[int]]:
    """A sum's row -> the rows of the units that it adds up: never a subtotal, which would count them twice."""
    found: dict[int, list[int]] = {}
    top = subtotal = None
    for number, (row, is_sum) in enumerate(zip(grid.rows, sums, strict=True)):
        if row.kind in ("total", "kind"):
            top, subtotal = number, None
        elif is_sum:
            subtotal = number
        else:
            if row.level < 2:
                subtotal = None
            for whole in (top, subtotal):
                if whole is not None:
                    found.setdefault(whole, []).append(number)
    return {number: found.get(number, []) for number in range(len(grid.rows))}


class _Writer:
    def __init__(self, grid: Grid, live: Live, first_row: int, letters: Sequence[str]):
        self.first_row, self.letters = first_row, letters
        self.numbers = [[_number(cell.text) for cell in row.cells] for row in grid.rows]
        self.texts = [[cell.text for cell in row.cells] for row in grid.rows]
        self.columns = grid.columns
        self.places = {_name(column): place for place, column in enumerate(grid.columns)}
        self.is_additive = [_name(column) in live.additive for column in grid.columns]
        self.expressions = [_parsed(live.expressions.get(_name(column), ""), self.places) for column in grid.columns]

    def computed(self, row: int, place: int) -> str | None:
        """The column's own formula over this row's cells."""
        expression, text = self.expressions[place], self.texts[row][place]
        if expression is None or not text:
            return None
        value = expression.compute(lambda reference: self.numbers[row][self.place_of(reference)])
        decimals = self.columns[place].decimals
        comes_to = DASH if value is None else round_half_up(value, decimals) if isinstance(value, Decimal) else None
        if comes_to != (DASH if text == DASH else self.numbers[row][place]):
            return None
        try:
            found = written(expression.tree, lambda reference: self._address(row, self.place_of(reference)), DASH)
        except NotWritable:
            return None
        return answered(replace(found, text=f"ROUND({found.text},{decimals})", na=()), DASH, DASH)

    def summed(self, place: int, rows: Sequence[int], value: Value) -> str | None:
        given = [number for row in rows if (number := self.numbers[row][place]) is not None]
        if not self.is_additive[place] or not given or value != sum(given, Decimal(0)):
            return None
        text = f"SUM({','.join(self._ranges(place, rows))})"
        return text if len(text) < MOST_LETTERS else None

    def _ranges(self, place: int, rows: Sequence[int]) -> Iterator[str]:
        for _step, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            numbers = [row for _at, row in run]
            first, last = self._address(numbers[0], place), self._address(numbers[-1], place)
            yield first if first == last else f"{first}:{last}"

    def _address(self, row: int, place: int) -> str:
        return f"{self.letters[place]}{self.first_row + row}"

    def place_of(self, reference: Reference) -> int:
        return self.places[_referred(reference)]


def _parsed(text: str, places: Mapping[str, int]) -> Expression | None:
    """The parsed formula; None if it uses anything that is no column of the table."""
    try:
        expression = parse(text) if text else None
    except FormulaError:
        return None
    known = expression is not None and all(_referred(reference) in places for reference in expression.references)
    return expression if known else None


def _referred(reference: Reference) -> str:
    """The column of a reference: {CODE@ytd} of an indicator is the column of its year to date."""
    return f"{reference.key}.{reference.shift}" if reference.shift else reference.key


def _name(column: FigureColumn) -> str:
    return column.id or column.key


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text and text != DASH else None
    except ArithmeticError:
        return None
