"""Tables of words and numbers: R12 (who sent which report), R13 (findings), R14 (corrections); drawn from the same kind of Grid."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.printed.looks import CODE, HEAD, NAME, SHORT, bold, figure, printed
from reports.figures.output.grid import FigureColumn, FigureRow, Grid
from reports.tables.layouts.column_heads import label, number_row, uncut
from reports.tables.layouts.column_widths import (
    NUMBER_WIDTH,
    code_width,
    least_width,
    longest,
    name_width,
    spread,
    squeezed,
)
from reports.tables.layouts.heading import (
    HEADING_ROWS,
    Heading,
    foot_blocks,
    foot_heights,
    heading_blocks,
    heading_heights,
)
from reports.tables.layouts.page_setup import ACROSS_A4, SHRUNK_ACROSS_A4, paging
from spreadsheets.write.sheet import Block, BodyRow, Look, Paper, Sheet, Value
from spreadsheets.write.text_metrics import line_count, row_height, text_width

_STUB = (SHORT, NAME, CODE)
_LEAST, _MOST_TEXT = 5.0, 60.0
_ROW_HEIGHT, _HIGHEST = 18.0, 400.0  # a spreadsheet draws no row higher than 409 points
_SHORT_HEAD = 8  # half-width signs of a head in one line: a list has few columns
_SURE_LINES = 3  # of more, one to spare: long words break early at their signs
_FIRST = HEADING_ROWS + 1
_TEXT = replace(NAME, size=9.5)


def listing(grid: Grid, heading: Heading) -> Sheet:
    """A row per row of the Grid: number, name, code, then its columns; words wrap, numbers stay numbers."""
    stub = (_("No."), _("Name of the unit"), _("Code"))
    widths = _widths(grid, len(stub))
    page_setup = paging(widths, len(stub), [1] * len(grid.columns))
    names = [*stub, *(label(column, column.head or column.name, with_unit=True) for column in grid.columns)]
    names = [uncut(name, width) for name, width in zip(names, widths, strict=True)]
    heads = [Block(_FIRST, number, name, HEAD) for number, name in enumerate(names, 1)]
    height = max(row_height(line_count(name, width, HEAD.size), HEAD.size) for name, width in zip(names, widths, strict=True))
    foot = foot_blocks(heading, widths, (), grid.notes)
    units = [column.unit for column in grid.columns]
    return Sheet(
        title=heading.sheet_title or heading.title,
        widths=widths,
        head=(*heading_blocks(heading, widths, units), *heads, *number_row(len(stub), len(grid.columns), _FIRST + 1)),
        heights={**heading_heights(heading, widths), _FIRST: max(height, 24), _FIRST + 1: 14.5},
        looks=_looks(grid.columns),
        body=_body(grid, widths),
        foot=foot,
        foot_heights=foot_heights(foot, widths),
        freeze=(_FIRST + 1, 2),
        paper=Paper(
            size=page_setup.paper,
            scale=page_setup.scale,
            column_breaks=page_setup.breaks,
            repeat_rows=(_FIRST, _FIRST + 1),
            repeat_columns=len(stub),
            head_of_later_pages=f"{heading.title}　{heading.period}",
            foot=heading.made,
            keeps_foot=True,
        ),
    )


def _looks(columns: tuple[FigureColumn, ...]) -> dict[str, Look]:
    formats = tuple(_TEXT if column.is_text else figure(column.decimals) for column in columns)
    unit = Look((*_STUB, *formats), _ROW_HEIGHT)
    deeper = Look((SHORT, replace(NAME, indent=1), CODE, *formats), _ROW_HEIGHT)
    return {"unit": unit, "deeper": deeper, "total": bold(unit)}


def _body(grid: Grid, widths: tuple[float, ...]) -> Iterator[BodyRow]:
    number = 0
    for row in grid.rows:
        is_sum = row.kind in ("total", "subtotal")
        number += not is_sum
        values = [_value(column, cell.text) for column, cell in zip(grid.columns, row.cells, strict=True)]
        name = _("Grand total") if row.kind == "total" else row.name
        look = "total" if is_sum else "deeper" if row.level > 1 else "unit"
        yield BodyRow(look, (None if is_sum else number, name, row.org, *values), _height(row, grid.columns, widths))


def _value(column: FigureColumn, text: str) -> Value:
    return (text or None) if column.is_text else printed(text)


def _height(row: FigureRow, columns: tuple[FigureColumn, ...], widths: tuple[float, ...]) -> float | None:
    """The height of a row for its longest words."""
    heights = [row_height(line_count(row.name, widths[1] - 2, NAME.size), NAME.size)]
    for column, cell, width in zip(columns, row.cells, widths[len(_STUB) :], strict=True):
        if column.is_text and text_width(cell.text) > width - 1:
            lines = line_count(cell.text, width, _TEXT.size)
            heights.append(row_height(lines + (lines > _SURE_LINES), _TEXT.size))
    return min(max(heights), _HIGHEST) if max(heights) > _ROW_HEIGHT + 2 else None


def _widths(grid: Grid, stub: int) -> tuple[float, ...]:
    """The width of every column for its content; columns of long words are narrowed first, so that the list fits across A4."""
    stub_widths = (NUMBER_WIDTH, name_width(row.name for row in grid.rows), code_width(row.org for row in grid.rows))
    wanted = (*stub_widths, *map(_width, grid.columns, _texts(grid)))
    words = [stub + place for place, column in enumerate(grid.columns) if column.is_text]
    return spread(squeezed(wanted, [1, *words], SHRUNK_ACROSS_A4), [1, *words], ACROSS_A4)


def _texts(grid: Grid) -> Iterator[set[str]]:
    """The texts of each column. Words over a total count half: they describe the list, are no part of it, and wrap."""
    for place, column in enumerate(grid.columns):
        halved = (row.kind == "total" and column.is_text for row in grid.rows)
        texts = (row.cells[place].text for row in grid.rows)
        yield {text[: len(text) // 2 + 1] if half else text for text, half in zip(texts, halved, strict=True)}


def _width(column: FigureColumn, texts: set[str]) -> float:
    lines = label(column, column.head or column.name, with_unit=True).split("\n")
    head = max(least_width(line, _SHORT_HEAD) for line in lines)
    return max(_LEAST, head, min(longest(texts, 2), _MOST_TEXT) if column.is_text else longest(texts, 2.5))
