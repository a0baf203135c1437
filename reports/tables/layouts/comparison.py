"""R3 指标对比表: indicators by domain, this period, year to date, against last year, the period before, last year's end."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.kinds.registry import KINDS
from indicators.printed.looks import HEAD, printed
from reports.figures.changes.change import PREV, SAME_LAST_YEAR, YEAR_END
from reports.figures.output.cells import DASH, counted
from reports.figures.output.column_times import this_period
from reports.figures.output.grid import FigureCell, FigureColumn, Grid
from reports.tables.layouts.change_cells import difference, growth, is_withheld, other, over_same_units
from reports.tables.layouts.column_heads import number_row
from reports.tables.layouts.heading import (
    HEADING_ROWS,
    Heading,
    foot_blocks,
    foot_heights,
    heading_blocks,
    heading_heights,
    rounding_note,
)
from reports.tables.layouts.lines import line_looks, line_rows
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
        """Whether the other period's figure itself is printed, which needs one column."""
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

    def is_for(self, column: FigureColumn) -> bool:
        """Whether the comparison applies: only a stock is compared with last year's end, because a flow begins anew each year."""
        return self.compared != YEAR_END or KINDS[column.kind].is_state

    def values(self, cell: FigureCell, column: FigureColumn) -> tuple[Value, ...]:
        if not self.is_for(column):
            return (DASH,) * len(self.widths)
        base = (other(cell, self.compared, column.decimals),) if self.has_base else ()
        plain = difference(cell, self.compared, column.decimals), growth(cell, self.compared, column.decimals)
        same = over_same_units(cell, self.compared, column.decimals) if self.is_split else ()
        return (*base, *plain, *same)


@dataclass(frozen=True)
class Counts:
    """The last columns, which state from how many units each figure is where a sum is not complete."""

    grids: tuple[Grid, ...]  # this period, year to date

    @property
    def is_shown(self) -> bool:
        return any(cell.expected and not cell.is_complete for grid in self.grids for cell in grid.rows[0].cells)

    @property
    def widths(self) -> tuple[float, ...]:
        return (_COUNTS,) * len(self.heads)

    @property
    def heads(self) -> tuple[str, ...]:
        return (this_period(self.grids[0].period), _("Year to date")) if self.is_shown else ()

    @property
    def name(self) -> str:
        return _("From so many of the units expected")

    def values(self, cells: Sequence[FigureCell]) -> tuple[Value, ...]:
        return tuple(map(self._value, self.grids, cells)) if self.is_shown else ()

    def _value(self, grid: Grid, cell: FigureCell) -> Value:
        return f"{counted(cell, grid.basis)}/{cell.expected}" if cell.expected else None


def comparison(grid: Grid, to_date: Grid, heading: Heading) -> Sheet:
    """`grid`: one row compared with prev, same_last_year and year_end; `to_date`: the same columns, year to date."""
    runs = [Run(compared, _is_split(grid, compared)) for compared in (SAME_LAST_YEAR, PREV, YEAR_END)]
    bands = [*runs, Counts((grid, to_date))]
    widths = (*_STUB, _FIGURE, _FIGURE, *(width for band in bands for width in band.widths))
    foot = foot_blocks(heading, widths, (), (*_notes(any(run.is_split for run in runs)), *grid.notes), basis=grid.basis)
    values = _values(grid, to_date, runs)
    heads = _heads(grid.period, bands)
    return Sheet(
        title=heading.form_code or heading.title,
        widths=widths,
        head=(*heading_blocks(heading, widths, [column.unit for column in grid.columns]), *heads),
        heights={**heading_heights(heading, widths), _FIRST: 20, _FIRST + 1: _head_height(runs), _FIRST + 2: 14.5},
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


def _values(grid: Grid, to_date: Grid, runs: Sequence[Run]) -> list[tuple[Value, ...]]:
    counts = Counts((grid, to_date))
    cells = zip(grid.columns, grid.rows[0].cells, to_date.rows[0].cells, strict=True)
    return [
        (
            printed(now.text),
            printed(year.text),
            *(value for run in runs for value in run.values(now, column)),
            *counts.values((now, year)),
        )
        for column, now, year in cells
    ]


def _heads(period: str, bands: Sequence[Run | Counts]) -> list[Block]:
    stub = (_("Code"), _("Indicator"), _("Unit of measure"), this_period(period), _("Year to date"))
    blocks = [Block(_FIRST, number, name, HEAD, rows=2) for number, name in enumerate(stub, 1)]
    at = len(stub) + 1
    for band in bands:
        if band.heads:
            blocks.append(Block(_FIRST, at, band.name, HEAD, columns=len(band.heads)))
        blocks += [Block(_FIRST + 1, at + number, member, HEAD) for number, member in enumerate(band.heads)]
        at += len(band.heads)
    return blocks + number_row(3, at - 4, _FIRST + 2)


def _head_height(runs: Sequence[Run]) -> float:
    """The height of the second row of heads."""
    if not any(run.is_split for run in runs):
        return 20
    return max(20, *(_height(name, width) for run in runs for name, width in zip(run.heads, run.widths, strict=True)))


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
