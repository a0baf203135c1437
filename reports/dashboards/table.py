"""A Grid as one page of a table: heads with units and periods, rows with coverage and changes, notes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from indicators.periods import read_period
from reports.dashboards.cell_texts import Shown, shown
from reports.figures.answers.change_texts import COMPARE_LABELS, ChangeText, change_text_of
from reports.figures.output.grid import FigureColumn, FigureRow, Grid

ROWS = 50
MOST_DIGITS = 9
LEADING = ("subtotal", "unit")  # kinds of rows that are an organization of their own, and lead to its page


@dataclass(frozen=True)
class FigureTableHead:
    """One column of the page: a figure, or one comparison of the figure before it."""

    name: str
    unit: str
    code: str
    period: str
    is_change: bool = False


@dataclass(frozen=True)
class FigureTableRow:
    """One row of the page. `cells`: Shown for figures, ChangeText for changes, in the order of the heads."""

    name: str
    code: str
    kind: str
    level: int
    org_id: int | None
    cells: tuple[Shown | ChangeText, ...]


@dataclass(frozen=True)
class FigureTable:
    """What the page prints of a Grid."""

    heads: tuple[FigureTableHead, ...]
    rows: tuple[FigureTableRow, ...]
    page: Page
    notes: tuple[str, ...]


def number_asked(text: str) -> int:
    """The number of a page; what is none is the first."""
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 1


def rows_of_page(number: int) -> slice:
    return slice(ROWS * (number - 1), ROWS * number)


def page_of(grid: Grid, number: int) -> Page:
    """The page as the list beneath the table counts it; beyond the end it is the last."""
    return Paginator(range(grid.of_rows), ROWS).get_page(number)


def table_of(grid: Grid, compare: Sequence[str], page: Page, ids: Mapping[str, int]) -> FigureTable:
    """`ids`: code -> organization id of the rows on the page."""
    rows = tuple(_row(row, grid, compare, ids) for row in grid.rows)
    return FigureTable(tuple(_heads(grid, compare)), rows, page, grid.notes)


def _heads(grid: Grid, compare: Sequence[str]) -> Iterator[FigureTableHead]:
    several = len({column.period for column in grid.columns}) > 1
    for column in grid.columns:
        period = read_period(column.period).label if several else ""
        yield FigureTableHead(column.title, column.unit, column.indicator, period)
        for name in compare:
            yield FigureTableHead(str(COMPARE_LABELS[name]), "", "", period, is_change=True)


def _row(row: FigureRow, grid: Grid, compare: Sequence[str], ids: Mapping[str, int]) -> FigureTableRow:
    cells = tuple(
        shown_cell
        for column, cell in zip(grid.columns, row.cells, strict=True)
        for shown_cell in _cells(column, cell, grid, compare)
    )
    org_id = ids.get(row.org) if row.kind in LEADING else None
    return FigureTableRow(row.name, row.org if row.kind != "group" else "", row.kind, row.level, org_id, cells)


def _cells(column: FigureColumn, cell, grid: Grid, compare: Sequence[str]) -> Iterator[Shown | ChangeText]:
    yield shown(cell, grid.basis)
    for name in compare:
        yield change_text_of(cell, name, column)
