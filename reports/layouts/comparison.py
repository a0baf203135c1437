"""R3 指标对比表: indicators by domain, this period, year to date, against last year, the period before, last year's end."""

from django.utils.translation import gettext as _

from indicators.kinds import Kind
from indicators.printed.looks import HEAD, printed
from reports.cells import DASH
from reports.comparing import PREV, SAME_LAST_YEAR, YEAR_END
from reports.grid import Cell, Column, Grid
from reports.layouts.column_heads import number_row
from reports.layouts.compared import difference, growth, other
from reports.layouts.heading import (
    HEADING_ROWS,
    Heading,
    foot_blocks,
    foot_heights,
    heading_blocks,
    heading_heights,
    rounding_note,
)
from reports.layouts.lines import line_looks, line_rows
from spreadsheets.sheet import Block, Paper, Sheet, Value

_WIDTHS = (12.0, 38.0, 9.0, *(10.5,) * 9)
_FIRST = HEADING_ROWS + 1
_FIGURES = (None, None, None, None, 1, None, 1, None, 1)  # decimals: the indicator's own, or one for a growth


def comparison(grid: Grid, to_date: Grid, heading: Heading) -> Sheet:
    """`grid`: one row compared with prev, same_last_year and year_end; `to_date`: the same columns, year to date."""
    foot = foot_blocks(heading, _WIDTHS, (), (*_notes(), *grid.notes))
    return Sheet(
        title=heading.form_code or heading.title,
        widths=_WIDTHS,
        head=(*heading_blocks(heading, _WIDTHS, [column.unit for column in grid.columns]), *_heads()),
        heights={**heading_heights(heading, _WIDTHS), _FIRST: 20, _FIRST + 1: 20, _FIRST + 2: 14.5},
        looks=line_looks(grid.columns, _FIGURES, None),
        body=line_rows(grid.columns, _values(grid, to_date), _WIDTHS[1], None),
        foot=foot,
        foot_heights=foot_heights(foot, _WIDTHS),
        freeze=(_FIRST + 2, 2),
        paper=Paper(
            repeat_rows=(_FIRST, _FIRST + 2),
            head_of_later_pages=f"{heading.title}　{heading.period}",
            foot=heading.made,
            keeps_foot=True,
        ),
    )


def _values(grid: Grid, to_date: Grid) -> list[tuple[Value, ...]]:
    cells = zip(grid.columns, grid.rows[0].cells, to_date.rows[0].cells, strict=True)
    return [(printed(now.text), printed(year.text), *_compared(now, column)) for column, now, year in cells]


def _compared(cell: Cell, column: Column) -> tuple[Value, ...]:
    """上年同期, 增减, 增减%; 环比增减, 增减%; 比上年底增减, 增减% (of a stock only: a flow begins anew each year)."""
    decimals = column.decimals
    year_end = (DASH, DASH)
    if column.kind == Kind.STOCK:
        year_end = difference(cell, YEAR_END, decimals), growth(cell, YEAR_END, decimals)
    return (
        other(cell, SAME_LAST_YEAR, decimals),
        difference(cell, SAME_LAST_YEAR, decimals),
        growth(cell, SAME_LAST_YEAR, decimals),
        difference(cell, PREV, decimals),
        growth(cell, PREV, decimals),
        *year_end,
    )


def _heads() -> list[Block]:
    stub = (_("Code"), _("Indicator"), _("Unit of measure"), _("This period"), _("Year to date"))
    blocks = [Block(_FIRST, number, name, HEAD, rows=2) for number, name in enumerate(stub, 1)]
    pair = (_("Increase or decrease"), _("Increase or decrease (%)"))
    runs = (
        (_("Against the same period last year"), (_("Same period last year"), *pair)),
        (_("Against the period before"), pair),
        (_("Against last year's end"), pair),
    )
    at = len(stub) + 1
    for name, members in runs:
        blocks.append(Block(_FIRST, at, name, HEAD, columns=len(members)))
        blocks += [Block(_FIRST + 1, at + number, member, HEAD) for number, member in enumerate(members)]
        at += len(members)
    return blocks + number_row(3, 9, _FIRST + 2)


def _notes() -> tuple[str, ...]:
    return (
        _("The change of a rate is in percentage points; its growth is not computed."),
        _("No growth is computed where the base is missing, 0 or negative (—)."),
        _("Only figures at the end of a period are compared with last year's end."),
        rounding_note(),
    )
