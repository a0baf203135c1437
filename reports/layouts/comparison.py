"""R3 指标对比表: indicators by domain, this period, year to date, against last year, the period before, last year's end."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.kinds import Kind
from indicators.printed.looks import HEAD, printed
from reports.cells import DASH, counted
from reports.column_times import this_period
from reports.comparing import PREV, SAME_LAST_YEAR, YEAR_END
from reports.grid import Cell, Column, Grid
from reports.layouts.column_heads import number_row
from reports.layouts.compared import difference, growth, is_withheld, other, over_same_units
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
from spreadsheets.write.sheet import Block, Paper, Sheet, Value
from spreadsheets.write.text_metrics import line_count, row_height

_STUB = (12.0, 38.0, 9.0)
_FIGURE, _UNITS, _COUNTS = 10.5, 6.5, 10.0  # wide
_FIRST = HEADING_ROWS + 1


@dataclass(frozen=True)
class Run:
    """The columns of one comparison. `is_split`: with columns for the changes over the same units, where any is withheld."""

    compared: str
    is_split: bool

    @property
    def has_base(self) -> bool:
        """The other period's figure itself has room once."""
        return self.compared == SAME_LAST_YEAR

    @property
    def widths(self) -> tuple[float, ...]:
        plain = (_FIGURE,) * (2 + self.has_base)
        return (*plain, _UNITS, _FIGURE, _FIGURE) if self.is_split else plain

    @property
    def heads(self) -> tuple[str, ...]:
        pair = (_("Increase or decrease"), _("Increase or decrease (%)"))
        same = (
            _("Like for like: units"),
            _("Like for like: increase or decrease"),
            _("Like for like: increase or decrease (%)"),
        )
        return (*((_("Same period last year"),) if self.has_base else ()), *pair, *(same if self.is_split else ()))

    @property
    def name(self) -> str:
        return {
            SAME_LAST_YEAR: _("Against the same period last year"),
            PREV: _("Against the period before"),
            YEAR_END: _("Against last year's end"),
        }[self.compared]

    def is_for(self, column: Column) -> bool:
        """Only a stock is compared with last year's end: a flow begins anew each year."""
        return self.compared != YEAR_END or column.kind == Kind.STOCK

    def values(self, cell: Cell, column: Column) -> tuple[Value, ...]:
        if not self.is_for(column):
            return (DASH,) * len(self.widths)
        base = (other(cell, self.compared, column.decimals),) if self.has_base else ()
        plain = difference(cell, self.compared, column.decimals), growth(cell, self.compared, column.decimals)
        same = over_same_units(cell, self.compared, column.decimals) if self.is_split else ()
        return (*base, *plain, *same)


@dataclass(frozen=True)
class Own:
    """The columns of a stretch of time itself: the figure and, where a sum is not complete, from how many units it is."""

    name: str
    grid: Grid

    @property
    def is_counted(self) -> bool:
        return any(map(_is_short, self.grid.rows[0].cells))

    @property
    def widths(self) -> tuple[float, ...]:
        return (_FIGURE, _COUNTS) if self.is_counted else (_FIGURE,)

    @property
    def heads(self) -> tuple[str, ...]:
        counts = _("%(time)s: from so many of the units expected") % {"time": self.name}
        return (self.name, counts) if self.is_counted else (self.name,)

    def values(self, cell: Cell) -> tuple[Value, ...]:
        counts = f"{counted(cell, self.grid.basis)}/{cell.expected}" if cell.expected else None
        return (printed(cell.text), counts) if self.is_counted else (printed(cell.text),)


def _is_short(cell: Cell) -> bool:
    return bool(cell.expected) and not cell.is_complete


def comparison(grid: Grid, to_date: Grid, heading: Heading) -> Sheet:
    """`grid`: one row compared with prev, same_last_year and year_end; `to_date`: the same columns, year to date."""
    runs = [Run(compared, _is_split(grid, compared)) for compared in (SAME_LAST_YEAR, PREV, YEAR_END)]
    own = [Own(this_period(grid.period), grid), Own(_("Year to date"), to_date)]
    widths = (*_STUB, *(width for one in own for width in one.widths), *(width for run in runs for width in run.widths))
    foot = foot_blocks(heading, widths, (), (*_notes(any(run.is_split for run in runs)), *grid.notes))
    values = _values(own, runs)
    heads = _heads(own, runs)
    return Sheet(
        title=heading.form_code or heading.title,
        widths=widths,
        head=(*heading_blocks(heading, widths, [column.unit for column in grid.columns]), *heads),
        heights={**heading_heights(heading, widths), _FIRST: 20, _FIRST + 1: _head_height(own, runs), _FIRST + 2: 14.5},
        looks=line_looks(grid.columns, values, None),
        body=line_rows(grid.columns, values, widths[1], None),
        foot=foot,
        foot_heights=foot_heights(foot, widths),
        freeze=(_FIRST + 2, 2),
        paper=Paper(
            repeat_rows=(_FIRST, _FIRST + 2),
            head_of_later_pages=f"{heading.title}　{heading.period}",
            foot=heading.made,
            keeps_foot=True,
        ),
    )


def _is_split(grid: Grid, compared: str) -> bool:
    run = Run(compared, is_split=False)
    cells = zip(grid.columns, grid.rows[0].cells, strict=True)
    return any(run.is_for(column) and is_withheld(cell, compared) for column, cell in cells)


def _values(own: Sequence[Own], runs: Sequence[Run]) -> list[tuple[Value, ...]]:
    grid = own[0].grid
    cells = zip(grid.columns, *(one.grid.rows[0].cells for one in own), strict=True)
    return [
        (
            *(value for one, cell in zip(own, found, strict=True) for value in one.values(cell)),
            *(value for run in runs for value in run.values(found[0], column)),
        )
        for column, *found in cells
    ]


def _heads(own: Sequence[Own], runs: Sequence[Run]) -> list[Block]:
    stub = (_("Code"), _("Indicator"), _("Unit of measure"), *(head for one in own for head in one.heads))
    blocks = [Block(_FIRST, number, name, HEAD, rows=2) for number, name in enumerate(stub, 1)]
    at = len(stub) + 1
    for run in runs:
        blocks.append(Block(_FIRST, at, run.name, HEAD, columns=len(run.heads)))
        blocks += [Block(_FIRST + 1, at + number, member, HEAD) for number, member in enumerate(run.heads)]
        at += len(run.heads)
    return blocks + number_row(3, at - 4, _FIRST + 2)


def _head_height(own: Sequence[Own], runs: Sequence[Run]) -> float:
    """Of the second row of heads; those of the figures themselves stand over both rows."""
    needed = [20.0]
    if any(run.is_split for run in runs):
        needed += [_height(name, width) for run in runs for name, width in zip(run.heads, run.widths, strict=True)]
    needed += [_height(name, width) - 20 for one in own for name, width in zip(one.heads, one.widths, strict=True)]
    return max(needed)


def _height(name: str, width: float) -> float:
    return row_height(line_count(name, width, HEAD.size), HEAD.size)


def _notes(has_withheld: bool) -> tuple[str, ...]:
    withheld = _(
        "Where not every unit has answered, the sums are not compared: “like for like” is the change of the units that answered in "
        "both periods."
    )
    return (
        *((withheld,) if has_withheld else ()),
        _("The change of a rate is in percentage points; its growth is not computed."),
        _("No growth is computed where the base is missing, 0 or negative (—)."),
        _("Only figures at the end of a period are compared with last year's end."),
        rounding_note(),
    )
