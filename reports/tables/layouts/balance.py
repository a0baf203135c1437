"""舍位平衡 of a whole Grid: subtotals are adjusted to add up to the printed total, units to their printed subtotal."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.figures.output.cells import printed
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.tables.layouts.rounding import HUNDRED, balanced, shares

MOST_NAMED = 20
_ONE = Decimal(1)


def balanced_grid(grid: Grid, additive: Collection[str], share_ids: Collection[str]) -> Grid:
    """The same values with printed texts that add up. `additive`, `share_ids`: ids (or keys) of the adjusted columns.

    It works from the top: the total is rounded, its parts take the difference, then the parts of each part. So the printed
    units also add up to the printed total. Adjusted cells are marked and named in the notes; no value changes.
    """
    families = list(_families(grid.rows))
    rows = [list(row.cells) for row in grid.rows]
    for place, column in enumerate(grid.columns):
        name = column.id or column.key
        if name in share_ids:
            _share_out(rows, families, place, column)
        elif name in additive:
            _balance(rows, families, place, column)
    found = tuple(replace(row, cells=tuple(cells)) for row, cells in zip(grid.rows, rows, strict=True))
    return replace(grid, rows=found, notes=(*grid.notes, *_notes(replace(grid, rows=found), grid)))


def _families(rows: Sequence[FigureRow]) -> Iterator[tuple[int, list[int]]]:
    """Each row with the rows that add up to it, the highest first."""
    parts: dict[int, list[int]] = {}
    top = subtotal = 0
    for number, row in enumerate(rows):
        if row.kind in ("total", "kind"):
            top = number
        elif row.level < 2:
            subtotal = number
            parts.setdefault(top, []).append(number)
        else:
            parts.setdefault(subtotal, []).append(number)
    yield from sorted(parts.items(), key=lambda family: (rows[family[0]].level, family[0]))


def _balance(rows: list[list[FigureCell]], families: Sequence[tuple[int, list[int]]], place: int, column: FigureColumn) -> None:
    for whole, numbers in families:
        numbers = [number for number in numbers if rows[number][place].value is not None]
        parts = [rows[number][place].value for number in numbers]
        target = rows[whole][place]
        if target.value is None or sum(parts, Decimal(0)) != target.value:
            continue  # a mean, or parts in another place: there is nothing to add up
        found = balanced(parts, _ONE, column.decimals, target.number)
        for number, part in zip(numbers, found.parts, strict=True):
            rows[number][place] = _reprinted(rows[number][place], part, column)


def _share_out(
    rows: list[list[FigureCell]], families: Sequence[tuple[int, list[int]]], place: int, column: FigureColumn
) -> None:
    for whole, numbers in families:
        numbers = [number for number in numbers if rows[number][place].value is not None]
        target = rows[whole][place]
        parts = [rows[number][place].value for number in numbers]
        if target.value is None or any(part < 0 for part in parts):
            continue
        found = shares(parts, column.decimals, target.number if whole else HUNDRED)
        for number, part in zip(numbers, found or (), strict=False):
            rows[number][place] = _reprinted(rows[number][place], part, column)


def _reprinted(cell: FigureCell, number: Decimal, column: FigureColumn) -> FigureCell:
    if cell.number == number:
        return cell
    text = printed(number, column.decimals)
    return cell if text == cell.text else replace(cell, text=text, is_adjusted=True)


def _notes(grid: Grid, before: Grid) -> Iterator[str]:
    adjustments = [
        f"{row.name} {column.head or column.name} {Decimal(cell.text) - Decimal(was.text):+f}"
        for row, old in zip(grid.rows, before.rows, strict=True)
        for column, cell, was in zip(grid.columns, row.cells, old.cells, strict=True)
        if cell.is_adjusted
    ]
    if adjustments:
        named = "；".join(adjustments[:MOST_NAMED])
        sentence = _("Adjusted so that the printed parts add up to the printed totals (cells: %(n)d): %(named)s%(more)s.")
        yield sentence % {"n": len(adjustments), "named": named, "more": "…" if len(adjustments) > MOST_NAMED else ""}
    yield _("Printed parts were balanced against their totals; the stored figures are unchanged.")
