"""Finds rows that hold the sums of the rows below them: 青山镇 before its villages."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from spreadsheets.read.workbook import Content
from submissions.imports.tables.geometry.cells import SheetCells


def summed_sections(
    cells: SheetCells, rows: Sequence[int], uppers: Mapping[int, str], lines: Collection[int]
) -> dict[int, str]:
    """Those of `uppers` (row -> its name) that head the rows below them, up to the next of them.

    `rows`: all rows of figures without totals; `lines`: the columns of figures. Only if the table begins with one, because
    otherwise sums come after their parts, and only if most of its figures are the sums: shares and rates never are.
    """
    if not rows or rows[0] not in uppers:
        return {}
    places = [place for place, down in enumerate(rows) if down in uppers]
    ends = [*places[1:], len(rows)]
    return {
        rows[place]: uppers[rows[place]]
        for place, end in zip(places, ends, strict=True)
        if _is_sum(cells, rows[place], rows[place + 1 : end], lines)
    }


def _is_sum(cells: SheetCells, upper: int, below: Sequence[int], lines: Collection[int]) -> bool:
    columns = [across for across in lines if _number(cells, upper, across)]
    right = [
        across for across in columns if _number(cells, upper, across) == sum(_number(cells, down, across) for down in below)
    ]
    return 2 * len(right) > len(columns)


def _number(cells: SheetCells, down: int, across: int) -> Decimal:
    cell = cells.figure(down, across)
    return Decimal(cell.text) if cell is not None and cell.content == Content.NUMBER else Decimal()
