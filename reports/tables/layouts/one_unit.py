"""R1 季报基层表: one unit's form as filled, with the year to date, the period before and the same period last year."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.printed.looks import HEAD, NAME, NUMBERS, printed
from reports.figures.changes.change import PREV, SAME_LAST_YEAR
from reports.figures.output.column_times import this_period
from reports.figures.output.grid import Grid
from reports.tables.layouts.change_cells import other
from reports.tables.layouts.column_heads import STUB_LETTERS
from reports.tables.layouts.heading import (
    HEADING_ROWS,
    Heading,
    foot_blocks,
    foot_heights,
    heading_blocks,
    heading_heights,
)
from reports.tables.layouts.lines import WideLine, line_looks, line_rows
from reports.tables.layouts.unit_relations import unit_relations
from spreadsheets.write.sheet import Block, Paper, Sheet, Value

_WIDTHS = (12.0, 38.0, 9.5, 11.5, 11.5, 13.5, 11.5, 26.5)  # together an A4 page
_EXPLANATION = WideLine(replace(NAME, size=9), _WIDTHS[-1])
_FIRST = HEADING_ROWS + 1


def one_unit(grid: Grid, to_date: Grid, heading: Heading, explanations: Mapping[str, str]) -> Sheet:
    """The sheet of one unit.

    `grid`: one row, compared with the period before and the same period last year; `to_date`: the same, year to date.
    `explanations`: figure key -> the unit's explanation of a finding (审核说明).
    """
    columns, values = grid.columns, _values(grid, to_date, explanations)
    checks, notes = unit_relations(heading.checks, grid, to_date)
    foot = foot_blocks(heading, _WIDTHS, checks, (*notes, *grid.notes), basis=grid.basis)
    return Sheet(
        title=heading.form_code or heading.title,
        widths=_WIDTHS,
        head=(*heading_blocks(heading, _WIDTHS, [column.unit for column in columns]), *_heads(grid.period)),
        heights={**heading_heights(heading, _WIDTHS), _FIRST: 32, _FIRST + 1: 14.5},
        looks=line_looks(columns, values, _EXPLANATION),
        body=line_rows(columns, values, _WIDTHS[1], _EXPLANATION),
        foot=foot,
        foot_heights=foot_heights(foot, _WIDTHS),
        freeze=(_FIRST + 1, 2),
        paper=Paper(
            repeat_rows=(_FIRST, _FIRST + 1),
            head_of_later_pages=f"{heading.title}　{heading.period}",
            foot=heading.made,
            keeps_foot=True,
        ),
    )


def _values(grid: Grid, to_date: Grid, explanations: Mapping[str, str]) -> list[tuple[Value, ...]]:
    """The values per indicator: 本期, 本年累计, 上期（期初）, 上年同期, 审核说明."""
    return [
        (
            printed(now.text),
            printed(year.text),
            other(now, PREV, column.decimals),
            other(now, SAME_LAST_YEAR, column.decimals),
            explanations.get(column.key),
        )
        for column, now, year in zip(grid.columns, grid.rows[0].cells, to_date.rows[0].cells, strict=True)
    ]


def _heads(period: str) -> list[Block]:
    names = (
        _("Code"), _("Indicator"), _("Unit of measure"), this_period(period), _("Year to date"),
        _("Period before (opening)"), _("Same period last year"), _("Explanation to the review"),
    )  # fmt: skip
    letters = (*STUB_LETTERS[:3], 1, 2, 3, 4, STUB_LETTERS[3])
    blocks = [Block(_FIRST, number, name, HEAD) for number, name in enumerate(names, 1)]
    return blocks + [Block(_FIRST + 1, number, letter, NUMBERS) for number, letter in enumerate(letters, 1)]
