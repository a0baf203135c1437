"""Stages 1 to 4 of one sheet: its columns, its rows, and every figure between them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from indicators.kinds.registry import is_at_end
from orgs.names.unit_heads import UnitHead
from orgs.names.unit_lists import FigurePlace, figures_behind, partners
from spreadsheets.read.workbook import Cell, Place, ReadSheet
from submissions.imports.tables.geometry.cells import SheetCells, Spot
from submissions.imports.tables.geometry.header_rows import (
    HeaderBand,
    head_hits,
    header_bands,
    is_about_heads,
    runs_down,
)
from submissions.imports.tables.geometry.words import is_title_line, looks_like_figure
from submissions.imports.tables.heads.columns import TableColumn, band_columns, measured_again, timed
from submissions.imports.tables.heads.head_matcher import HeadMatcher
from submissions.imports.tables.heads.note_rows import is_note_row
from submissions.imports.tables.heads.rows import DataRow, table_rows, timed_rows
from submissions.imports.tables.heads.sheet_measures import with_measures
from submissions.imports.tables.heads.unit_columns import ColumnBlock, UnitLayout, denied_columns, unit_layout

_SHORTEST_CODE = 6  # digits of a number that is a unit's code under 结对村编码 and no figure


@dataclass(frozen=True, slots=True)
class TableFigure:
    """A figure of the sheet: the numbers of its column and its row in the table, and its place."""

    column: int
    row: int
    spot: Spot
    cell: Cell


@dataclass(frozen=True)
class SheetTable:
    """The content of a sheet.

    `spread`: figures of merged cells over several units or lines; `covered`: values under merged cells. `sections`: for each
    list of a band the numbers of its rows; `unit_heads`: text and address of the head over the units' own names. `layouts`: for
    each band where its units are named, or the question about that.
    """

    sheet: ReadSheet
    cells: SheetCells
    columns: tuple[TableColumn, ...] = ()
    rows: tuple[DataRow, ...] = ()
    figures: tuple[TableFigure, ...] = ()
    spread: tuple[TableFigure, ...] = ()
    covered: tuple[TableFigure, ...] = ()
    sections: tuple[range, ...] = ()
    unit_heads: tuple[tuple[str, str], ...] = ()
    layouts: tuple[UnitLayout, ...] = ()

    def is_open(self, figure: TableFigure) -> bool:
        """Whether neither of its heads leaves the figure out."""
        column, row = self.columns[figure.column], self.rows[figure.row]
        return column.is_line and not column.left_out and not row.left_out

    @property
    def body(self) -> frozenset[Place]:
        """The places of its rows on the sheet, in which names are those of other units; rows without a figure too."""
        if not self.rows:
            return frozenset()
        downs = [row.down for row in self.rows]
        top = min(layout.downs.start for layout in self.layouts)
        reach = range(min(top, *downs), (self.cells.height if self.cells.turned else max(downs)) + 1)
        first = min((column.across for column in self.columns), default=1) if self.cells.turned else 1
        spots = [(down, across) for down in reach for across in self.cells.rows.get(down, ()) if across >= first]
        held = [spot for spot in spots if spot[0] >= min(downs) or not is_title_line(self.cells.words(*spot))]
        return frozenset((across, down) if self.cells.turned else (down, across) for down, across in held)

    @property
    def wants_unit(self) -> bool:
        """Whether figures are under heads that name no unit, so that the sheet or the file has to name it."""
        return any(
            not self.rows[one.row].has_unit_place and not _names(self.columns[one.column])
            for one in self.figures
            if self.is_open(one)
        )


@dataclass(frozen=True)
class _Section:
    """One list of a band: its columns and rows."""

    columns: Mapping[int, TableColumn]
    rows: Sequence[DataRow]
    block: ColumnBlock
    lines: frozenset[int] = field(default_factory=frozenset)


def sheet_table(sheet: ReadSheet, matcher: HeadMatcher) -> SheetTable | None:
    """The table of a sheet; None if nothing on it looks like the head of a figure."""
    hits = head_hits(sheet, matcher)
    if not hits.lines:
        return None
    cells = SheetCells(sheet, turned=runs_down(sheet, hits, matcher))
    sections: list[_Section] = []
    layouts: list[UnitLayout] = []
    for band in header_bands(cells, hits):
        found, layout = _sections(cells, band, matcher, is_first=not layouts)
        sections += found
        layouts.append(layout)
    return replace(_joined(sheet, cells, sections), layouts=tuple(layouts))


def _sections(
    cells: SheetCells, band: HeaderBand, matcher: HeadMatcher, *, is_first: bool
) -> tuple[list[_Section], UnitLayout]:
    columns = band_columns(cells, band, matcher)
    columns = {across: _without_names(cells, band, column, matcher) for across, column in columns.items()}
    # Heads in another unit of measure keep their place too: they are reported.
    lines = {across for across, column in columns.items() if column.is_line} or {
        across for across, column in columns.items() if column.line.why
    }
    if lines:
        blank = {across: TableColumn(across, (band.bottom, across), "") for across in range(min(lines), cells.width + 1)}
        columns = blank | columns
    # Figures under a head with no known meaning are among the lines too: they are listed.
    foreign = {across for across, column in columns.items() if _is_foreign(cells, band, column, lines, matcher)}
    places = frozenset(lines | foreign)
    downs = [down for down in range(band.first, band.last + 1) if is_about_heads(cells, down, places)]
    columns = with_measures(measured_again(columns, cells, downs, matcher), cells, band, matcher)
    columns = timed(columns, matcher)
    layout = unit_layout(cells, band, columns, places, matcher, is_first=is_first)
    if len(layout.blocks) == 1:
        columns = _without_partners(columns, layout.blocks[0].places.own, denied_columns(cells, layout, matcher))
    are_stocks = all(_is_stock(columns[across], matcher) for across in lines)
    sections = []
    for block in layout.blocks:
        rows = table_rows(cells, band, block, matcher, is_asked=bool(layout.question))
        rows = rows if layout.question else timed_rows(rows, are_stocks=are_stocks)
        sections.append(_Section(columns, rows, block, frozenset(lines)))
    return sections, layout


def _without_names(cells: SheetCells, band: HeaderBand, column: TableColumn, matcher: HeadMatcher) -> TableColumn:
    """The column without its meaning, if texts and no figure are under it.

    A head about units, or one similar to a line, heads those texts then.
    """
    if not column.is_line or column.is_answered or (column.line.is_sure and column.unit_head == UnitHead.NONE):
        return column
    downs = _downs(cells, band, column.across, matcher)
    spots = [(down, column.across) for down in downs if (down, column.across) in cells.cells]
    figures = [cells.cells[spot].text.strip() for spot in spots if cells.is_figure(*spot)]
    is_code = column.unit_head in (UnitHead.RELATION, UnitHead.CODE) and not column.line.is_sure
    if not spots or (figures and not (is_code and all(len(text) >= _SHORTEST_CODE for text in figures))):
        return column
    return replace(column, line=type(column.line)())


def _without_partners(
    columns: Mapping[int, TableColumn], own: Sequence[int], denied: Collection[int]
) -> dict[int, TableColumn]:
    """The columns without figures of another unit beside the row's own, or of a list whose names a person skipped."""
    places = [_figure_place(column, own) for _across, column in sorted(columns.items())]
    found = dict(columns)
    for across, head in (partners(places) | figures_behind(places, denied)).items():
        found[across] = replace(columns[across], left_out=_("beside %(head)s it holds another unit's figures") % {"head": head})
    return found


def _figure_place(column: TableColumn, own: Sequence[int]) -> FigurePlace:
    is_own = column.unit_head == UnitHead.RELATION and column.across in own
    head = UnitHead.OWN if is_own else column.unit_head
    figure = "" if column.left_out or column.is_chosen else column.line.target
    is_apart = column.is_quiet or not (column.own_texts or column.is_line)
    return FigurePlace(column.across, head, column.own_text, figure, is_apart)


def _joined(sheet: ReadSheet, cells: SheetCells, sections: Sequence[_Section]) -> SheetTable:
    columns: list[TableColumn] = []
    rows: list[DataRow] = []
    figures: list[TableFigure] = []
    spread: list[TableFigure] = []
    covered: list[TableFigure] = []
    ranges: list[range] = []
    numbers: dict[tuple[int, int], int] = {}
    for section in sections:
        for across in sorted(section.block.lines):
            if (id(section.columns), across) not in numbers:
                numbers[id(section.columns), across] = len(columns)
                columns.append(section.columns[across])
        ranges.append(range(len(rows), len(rows) + len(section.rows)))
        downs = {row.down for row in section.rows}
        for number, row in enumerate(section.rows, len(rows)):
            for across in sorted(section.block.lines):
                column, spot = numbers[id(section.columns), across], (row.down, across)
                if (cell := cells.figure(*spot)) is not None:
                    is_spread = _is_spread(cells, spot, downs, section.lines)
                    (spread if is_spread else figures).append(TableFigure(column, number, spot, cell))
                elif (hidden := cells.covered.get(spot)) is not None and looks_like_figure(hidden.text):
                    covered.append(TableFigure(column, number, spot, hidden))
        rows += section.rows
    heads = dict.fromkeys(
        (section.block.head.text, cells.address(section.block.head.spot))
        for section in sections
        if section.block.head is not None
    )
    return SheetTable(
        sheet, cells, tuple(columns), tuple(rows), tuple(figures), tuple(spread), tuple(covered), tuple(ranges), tuple(heads)
    )  # fmt: skip


def _is_foreign(cells: SheetCells, band: HeaderBand, column: TableColumn, lines: set[int], matcher: HeadMatcher) -> bool:
    """Whether figures are under an unknown head, or one left out. Before the first line there are units and numbers."""
    across = column.across
    downs = _downs(cells, band, across, matcher)
    if not lines or across in lines or column.is_quiet or not any(cells.is_figure(down, across) for down in downs):
        return False
    if column.unit_head not in (UnitHead.NONE, UnitHead.UNCLEAR):
        return False
    if across > min(lines) or column.left_out or column.line.why:
        return True
    is_counting = [cells.label(down, across) for down in downs] == [str(number) for number in range(1, len(downs) + 1)]
    if is_counting and not column.own_text:
        return False  # it counts the rows
    return all(cells.is_figure(down, across) and not _is_head_of_row(cells.label(down, across), matcher) for down in downs)


def _downs(cells: SheetCells, band: HeaderBand, across: int, matcher: HeadMatcher) -> list[int]:
    """The rows of a band with a value in the column, without the notes below it: a telephone is no figure."""
    held = [down for down in range(band.first, band.last + 1) if cells.figure(down, across) is not None]
    return [down for down in held if not is_note_row(cells, down, matcher) and not _is_note(cells.words(down, across), matcher)]


def _is_note(text: str, matcher: HeadMatcher) -> bool:
    return is_title_line(text) and matcher.is_unit(text) < 1


def _is_head_of_row(text: str, matcher: HeadMatcher) -> bool:
    return bool(text) and bool(matcher.timing(text) or matcher.is_unit(text))


def _is_spread(cells: SheetCells, spot: Spot, downs: set[int], lines: frozenset[int]) -> bool:
    """Whether a figure of a merged cell extends over other rows or lines: nobody can say whose it is."""
    reach = [seen for seen in cells.spread_from(spot) if seen != spot]
    return any((down != spot[0] and down in downs) or (across != spot[1] and across in lines) for down, across in reach)


def _is_stock(column: TableColumn, matcher: HeadMatcher) -> bool:
    line = matcher.layout.by_key.get(column.line.target)
    return line is None or is_at_end(line)


def _names(column: TableColumn) -> bool:
    return bool(column.unit.target or column.unit.choices)
