"""R2 分单位汇总表 and every table with a row per unit, category, district or kind: sums first, in the county's fixed order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.printed.looks import CODE, NAME, SHORT, bold, figure, printed
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.tables.layouts.column_heads import groups, heads
from reports.tables.layouts.column_widths import NUMBER_WIDTH, code_width, least_width, name_width
from reports.tables.layouts.heading import (
    HEADING_ROWS,
    Heading,
    foot_blocks,
    foot_heights,
    heading_blocks,
    heading_heights,
    rounding_note,
    star_note,
)
from reports.tables.layouts.live_formulas import Live, live_rows
from reports.tables.layouts.page_setup import paging, widened
from reports.tables.layouts.relation_breaks import break_notes, breaks_of, printed_rows
from reports.tables.layouts.relations import at_most, spelled_relations
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.write.sheet import BodyRow, Look, Paper, Sheet, Value
from spreadsheets.write.text_metrics import line_count, row_height, text_width

_LEAST, _MOST = 7.5, 15.0
_ROW_HEIGHT = 18.0
_SHORT_HEAD = 10  # five Chinese signs
_BESIDE = 2.5  # column units beside a number: its star, the lines
_UPRIGHT_ROWS = 25  # a longer table that is narrow enough is printed upright


@dataclass(frozen=True)
class Stub:
    """The columns before the figures: 序号, a name and usually a code, with their widths."""

    names: tuple[str, ...]
    widths: tuple[float, ...]

    @property
    def has_code(self) -> bool:
        return len(self.names) > 2


def stub_of(name: str, grid: Grid, *, has_codes: bool) -> Stub:
    """A stub as wide as the names and codes of these rows."""
    width = name_width(_name(row, is_sum) for row, is_sum in zip(grid.rows, sum_rows(grid), strict=True))
    if not has_codes:
        return Stub((_("No."), name), (NUMBER_WIDTH, width))
    return Stub((_("No."), name, _("Code")), (NUMBER_WIDTH, width, code_width(row.org for row in grid.rows)))


def by_unit(
    grid: Grid,
    heading: Heading,
    stub_head: str = "",
    live: Live | None = None,
    *,
    has_codes: bool = True,
    is_balanced: bool = False,
) -> Sheet:
    """One row per row of the Grid, one numbered column per column of it; every number is the Grid's printed text.

    `stub_head`: the head over the names of the rows; "" if they are units. `live`: totals and computed columns are written as
    formulas that give the same numbers.
    """
    stub = stub_of(stub_head or _("Name of the unit"), grid, has_codes=has_codes)
    needed = (*stub.widths, *_figure_widths(grid))
    page_setup = paging(
        needed,
        len(stub.names),
        [len(group.columns) for group in groups(grid.columns)],
        may_stand=len(grid.rows) > _UPRIGHT_ROWS,
    )
    widths = widened(needed, len(stub.names), _MOST, page_setup)
    # Over several pages the stub is repeated on each; texts above or below it would be repeated cut off.
    first = len(stub.names) + 1 if page_setup.breaks else 1
    first_page = widths[first - 1 : page_setup.pages[0]]
    head = heads(stub.names, grid.columns, widths, HEADING_ROWS + 1, page_setup.breaks)
    foot = foot_blocks(heading, first_page, *_relations_and_notes(heading, grid, is_balanced), first, basis=grid.basis)
    return Sheet(
        title=heading.sheet_title or heading.form_code or heading.title,
        widths=widths,
        head=(*heading_blocks(heading, first_page, [column.unit for column in grid.columns], first), *head.blocks),
        heights={**heading_heights(heading, first_page), **head.heights},
        looks=_looks(grid, stub),
        body=_body(grid, stub, widths[1], live, head.last_row + 1),
        foot=foot,
        foot_heights=foot_heights(foot, first_page),
        freeze=(head.last_row, 2),
        paper=Paper(
            size=page_setup.paper,
            is_landscape=page_setup.is_landscape,
            column_breaks=page_setup.breaks,
            scale=page_setup.scale,
            repeat_rows=(HEADING_ROWS + 1, head.last_row),
            repeat_columns=len(stub.names),
            head_of_later_pages=f"{heading.title}　{heading.period}",
            foot=heading.made,
            keeps_foot=True,
        ),
    )


def _relations_and_notes(heading: Heading, grid: Grid, is_balanced: bool) -> tuple[Sequence[str], Sequence[str]]:
    """The relations that hold in every printed row, and the notes, which name the rows where others do not hold."""
    numbers, given = _numbers(grid), _given(grid)
    spelled = spelled_relations(heading.checks, {name: number for name, number in numbers.items() if number in given})
    names = [_name(row, is_sum) for row, is_sum in zip(grid.rows, sum_rows(grid), strict=True)]
    breaks = breaks_of(spelled, printed_rows(grid, names))
    holding = [text for text in spelled if text not in breaks]
    return at_most(holding), (*break_notes(breaks), *_notes(grid, is_balanced))


def _numbers(grid: Grid) -> dict[str, str]:
    """The number of each column, by its names in checks: the layout's own name and the figure's."""
    found: dict[str, str] = {}
    for number, column in enumerate(grid.columns, 1):
        found[column.id or column.key] = str(number)
        found.setdefault(column.key, str(number))
    return found


def _given(grid: Grid) -> set[str]:
    """The numbers of columns with any content; nothing can be claimed about others. All, if the table is blank."""
    found = {str(number) for number in range(1, len(grid.columns) + 1) if any(row.cells[number - 1].text for row in grid.rows)}
    return found or {str(number) for number in range(1, len(grid.columns) + 1)}


def _looks(grid: Grid, stub: Stub) -> dict[str, Look]:
    figures = tuple(figure(column.decimals) for column in grid.columns)
    code = (CODE,) if stub.has_code else ()
    unit = Look((SHORT, NAME, *code, *figures), _ROW_HEIGHT)
    deeper = Look((SHORT, replace(NAME, indent=1), *code, *figures), _ROW_HEIGHT)
    return {"unit": unit, "deeper": deeper, "total": bold(unit)}


def _body(grid: Grid, stub: Stub, name_width: float, live: Live | None, first_row: int) -> Iterator[BodyRow]:
    sums = sum_rows(grid)
    letters = [letters_of(len(stub.names) + number) for number in range(1, len(grid.columns) + 1)]
    figures = live_rows(grid, live, sums, first_row, letters) if live else _printed_rows(grid)
    number = 0
    for row, is_sum, values in zip(grid.rows, sums, figures, strict=True):
        number = 0 if row.kind == "kind" else number + (not is_sum)
        name = _name(row, is_sum)
        start = (None if is_sum else number, name, row.org) if stub.has_code else (None if is_sum else number, name)
        marked = frozenset(place for place, cell in enumerate(row.cells, len(stub.names)) if _is_marked(cell))
        look = "total" if is_sum else "deeper" if row.level > 1 else "unit"
        yield BodyRow(look, (*start, *values), _height(name, name_width), marked)


def sum_rows(grid: Grid) -> list[bool]:
    """Which rows are sums of rows below them; a township without printed rows below it is an ordinary row."""
    has_units = any(row.kind in ("unit", "own") and row.level > 1 for row in grid.rows)
    return [row.kind in ("total", "kind") or (row.kind == "subtotal" and has_units) for row in grid.rows]


def _printed_rows(grid: Grid) -> Iterator[list[Value]]:
    for row in grid.rows:
        yield [printed(cell.text) for cell in row.cells]


def _is_marked(cell: FigureCell) -> bool:
    return cell.is_estimated or cell.is_revised or cell.is_adjusted


def _name(row: FigureRow, is_sum: bool) -> str:
    if row.kind == "total":
        return _("Grand total")
    if is_sum and row.kind != "kind":
        return _("%(name)s, subtotal") % {"name": row.name}
    return row.name


def _height(name: str, width: float) -> float | None:
    """The height of a row: long names wrap; most do not."""
    if text_width(name) < width - 1:
        return None
    return max(row_height(line_count(name, width, NAME.size), NAME.size), _ROW_HEIGHT)


def _figure_widths(grid: Grid) -> list[float]:
    """Widths for the longest number, for the unit of measure, and for the head in about four lines."""
    longest = [max((len(row.cells[place].text) for row in grid.rows), default=0) for place in range(len(grid.columns))]
    return [
        max(number + _BESIDE, min(max(_LEAST, text_width(column.unit) + 5.5, _head_width(column)), _MOST))
        for number, column in zip(longest, grid.columns, strict=True)
    ]


def _head_width(column: FigureColumn) -> float:
    """The width for a head: a layout's own short words in one line; long names in about four."""
    if column.head and text_width(column.head) <= _SHORT_HEAD:
        return text_width(column.head) + 1.8
    return least_width(column.head or column.item or column.title)


def _notes(grid: Grid, is_balanced: bool) -> Sequence[str]:
    cells = [cell for row in grid.rows for cell in row.cells if _is_marked(cell)]
    stars = [star_note(is_adjusted=any(cell.is_adjusted for cell in cells))] if cells else []
    return (*stars, *(() if is_balanced else (rounding_note(),)), *grid.notes)
