"""R2 分单位汇总表: 总计 first, townships with their subtotals, units in the county's fixed order. Adds nothing up itself."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.printed.looks import CODE, NAME, SHORT, bold, figure, printed
from reports.grid import Grid, Row
from reports.layouts.column_heads import groups, heads
from reports.layouts.heading import (
    HEADING_ROWS,
    Heading,
    foot_blocks,
    foot_heights,
    heading_blocks,
    heading_heights,
    rounding_note,
    star_note,
)
from reports.layouts.paging import paging, widened
from reports.layouts.relations import relations
from spreadsheets.measuring import line_count, row_height, text_width
from spreadsheets.sheet import BodyRow, Look, Paper, Sheet

_STUB_WIDTHS = (6.0, 28.0, 14.0)  # 甲 序号, 乙 单位名称, 丙 代码
_LEAST, _MOST = 7.5, 15.0
_ROW_HEIGHT = 18.0


def by_unit(grid: Grid, heading: Heading) -> Sheet:
    """One row per row of the Grid, one numbered column per column of it; every number is the Grid's printed text."""
    stub = (_("No."), _("Name of the unit"), _("Code"))
    widths = widened((*_STUB_WIDTHS, *_figure_widths(grid)), len(stub), _MOST)
    lying = paging(widths, len(stub), [len(group.columns) for group in groups(grid.columns)])
    # Over several pages the stub is repeated on each; what stands over or under it would be repeated cut off.
    first = len(stub) + 1 if lying.breaks else 1
    first_page = widths[first - 1 : lying.pages[0]]
    head = heads(stub, grid.columns, widths, HEADING_ROWS + 1, lying.breaks)
    numbers = {column.key: str(number) for number, column in enumerate(grid.columns, 1)}
    foot = foot_blocks(heading, first_page, relations(heading.checks, numbers), _notes(grid), first)
    return Sheet(
        title=heading.form_code or heading.title,
        widths=widths,
        head=(*heading_blocks(heading, first_page, [column.unit for column in grid.columns], first), *head.blocks),
        heights={**heading_heights(heading, first_page), **head.heights},
        looks=_looks(grid),
        body=_body(grid, widths[1]),
        foot=foot,
        foot_heights=foot_heights(foot, first_page),
        freeze=(head.last_row, 2),
        paper=Paper(
            size=lying.paper,
            column_breaks=lying.breaks,
            scale=lying.scale,
            repeat_rows=(HEADING_ROWS + 1, head.last_row),
            repeat_columns=len(stub),
            head_of_later_pages=f"{heading.title}　{heading.period}",
            foot=heading.made,
        ),
    )


def _looks(grid: Grid) -> dict[str, Look]:
    figures = tuple(figure(column.decimals) for column in grid.columns)
    unit = Look((SHORT, NAME, CODE, *figures), _ROW_HEIGHT)
    deeper = Look((SHORT, replace(NAME, indent=1), CODE, *figures), _ROW_HEIGHT)
    return {"unit": unit, "deeper": deeper, "total": bold(unit)}


def _body(grid: Grid, name_width: float) -> Iterator[BodyRow]:
    has_units = any(row.kind == "unit" and row.level > 1 for row in grid.rows)
    number = 0
    for row in grid.rows:
        is_sum = row.kind == "total" or (row.kind == "subtotal" and has_units)
        number += not is_sum
        name = _name(row, is_sum)
        marked = frozenset(
            place for place, cell in enumerate(row.cells, len(_STUB_WIDTHS)) if cell.is_estimated or cell.is_revised
        )
        yield BodyRow(
            "total" if is_sum else "deeper" if row.level > 1 else "unit",
            (None if is_sum else number, name, row.org, *(printed(cell.text) for cell in row.cells)),
            _height(name, name_width),
            marked,
        )


def _name(row: Row, is_sum: bool) -> str:
    if row.kind == "total":
        return _("Grand total")
    if is_sum:
        return _("%(name)s, subtotal") % {"name": row.name}
    return row.name


def _height(name: str, width: float) -> float | None:
    """Long names wrap; most do not."""
    if text_width(name) < width - 1:
        return None
    return max(row_height(line_count(name, width, NAME.size), NAME.size), _ROW_HEIGHT)


def _figure_widths(grid: Grid) -> list[float]:
    """Room for the longest number (the total), for the unit, and for the head in about four lines."""
    totals = [cell.text for cell in grid.rows[0].cells] if grid.rows else [""] * len(grid.columns)
    return [
        min(
            max(_LEAST, text_width(total) + 2.5, text_width(column.unit) + 5.5, text_width(column.item or column.name) / 4 + 3),
            _MOST,
        )
        for total, column in zip(totals, grid.columns, strict=True)
    ]


def _notes(grid: Grid) -> tuple[str, ...]:
    has_star = any(cell.is_estimated or cell.is_revised for row in grid.rows for cell in row.cells)
    return (*((star_note(),) if has_star else ()), rounding_note(), *grid.notes)
