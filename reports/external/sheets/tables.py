"""Splits the empty cells of a sheet into tables, with lists side by side as separate tables, each cell with its heads."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from indicators.values.stated_measures import shown_by_format
from orgs.names.name_similarity import folded
from orgs.names.unit_heads import UnitHead
from orgs.names.unit_lists import FigurePlace, UnitList, partners, unit_lists
from reports.external.geometry.bands import BandCells, HeadedCell, banded_cells
from reports.external.geometry.heads import SheetHeads, SheetHeadTexts
from reports.external.geometry.roles import SPEAK_OF_UNITS, UNIT_HEADS, ColumnRole, is_measure_column, role_of
from reports.external.names.printed_periods import NO_BASE
from reports.external.names.vocabulary import Vocabulary
from reports.external.sheets.cell_texts import EmptyCell, SheetTexts, texts_by_axis
from reports.external.sheets.column_roles import column_roles
from reports.external.sheets.county_heads import CountyHeads
from reports.external.sheets.head_times import head_time, together
from reports.figures.plan.rows import CATEGORY
from spreadsheets.preview.sheet_preview import SheetPreview
from spreadsheets.read.workbook import Place


def tables_of(sheet: SheetPreview, vocabulary: Vocabulary, unit_column: int | None = None) -> list[SheetTexts]:
    """The tables of a sheet. `unit_column`: the column that a person chose for the rows' own units."""
    heads = SheetHeads(sheet)
    tables = _Tables(heads, vocabulary, unit_column)
    return [table for band in banded_cells(sheet, heads, CountyHeads(vocabulary)) for table in tables.of(band)]


def head_places(tables: Sequence[SheetTexts]) -> set[Place]:
    """The places of the heads of all their cells."""
    cells = (cell for table in tables for cell in table.cells)
    return {place for cell in cells for place in (*cell.heads.row_places, *cell.heads.column_places)}


class _Tables:
    """Makes the tables of one sheet: one per list where lists are side by side."""

    def __init__(self, heads: SheetHeads, vocabulary: Vocabulary, unit_column: int | None):
        self._heads, self._vocabulary, self._unit_column = heads, vocabulary, unit_column

    def of(self, band: BandCells) -> list[SheetTexts]:
        blanks, labels = [], set()
        for place, found in band.cells:
            if _is_label(self._heads, found, self._vocabulary):
                labels.add(place[1])
            else:
                blanks.append((place, found))
        if not blanks:
            return []
        columns = _Columns(self._heads, blanks, labels, range(band.first, band.last + 1))
        if band.is_turned:
            return [self._table(columns, blanks, {self._unit_column} - {None})]
        lists = self._lists(columns, blanks)
        if not lists:
            return [self._of_units(columns, blanks, {self._unit_column} - {None})]
        own = columns.of_head(self._unit_column)
        tables = [self._of_list(one, blanks, labels, own) for one in lists]
        named = [tuple(self._named_in(table)) for table in tables]
        return [
            replace(table, listed_beside=tuple(one for other, names in enumerate(named) if other != number for one in names))
            for number, table in enumerate(tables)
        ]

    def _of_list(
        self, one: UnitList, blanks: Sequence[HeadedCell], labels: Collection[int], own: Collection[int]
    ) -> SheetTexts:
        cells = [
            (place, self._heads.at([at for at in texts.row_places if self._heads.right(at) >= one.first], texts.column_places))
            for place, texts in blanks
            if one.first <= place[1] <= one.last
        ]
        columns = _Columns(self._heads, cells, labels, range(one.first, one.last + 1))
        return self._of_units(columns, cells, own & columns.texts.keys())

    def _named_in(self, table: SheetTexts) -> Iterator[tuple[str, str]]:
        """The names in the rows of a list, each with the place beside it."""
        for row in table.lines:
            texts = {role: self._heads.words((row, column)) for column, role in table.roles.items()}
            if name := texts.get(ColumnRole.UNIT):
                yield name, texts.get(ColumnRole.PLACE, "")

    def _of_units(self, columns: "_Columns", blanks: Sequence[HeadedCell], own: Collection[int]) -> SheetTexts:
        """A table with one unit per row: figures after a relation may be those of the related unit."""
        table = self._table(columns, blanks, own)
        figures = {place[1]: self._figure_and_time(texts) for place, texts in blanks}
        places = [columns.figure_place(column, table.roles.get(column), figures.get(column, "")) for column in columns.reach]
        return replace(table, partners=partners(places))

    def _lists(self, columns: "_Columns", blanks: Sequence[HeadedCell]) -> tuple[UnitList, ...]:
        """The lists that are side by side, each with its own names and the same figures."""
        settled = column_roles(columns.over, columns.texts, self._vocabulary, columns.of_head(self._unit_column))
        figures = {place[1]: self._figure(texts) for place, texts in blanks}
        beside = [one for one in settled.columns if one.place not in figures]
        return unit_lists(beside, figures, self._heads.sheet.last[1])

    def _figure(self, texts: SheetHeadTexts) -> str:
        """The key of the figure, or the text of a head without a known figure."""
        return self._vocabulary.figures.key_of(texts.column) or folded(texts.column[0])

    def _figure_and_time(self, texts: SheetHeadTexts) -> str:
        times = [head_time(text, NO_BASE, self._vocabulary.figures.is_name) for text in texts.column]
        return f"{self._figure(texts)} {together(times, is_share=True, bare_percent=False)}"

    def _table(self, columns: "_Columns", blanks: Sequence[HeadedCell], own: Collection[int]) -> SheetTexts:
        settled = column_roles(columns.over, columns.texts, self._vocabulary, own)
        roles = settled.roles
        cells = (self._empty_cell(place, found, roles) for place, found in blanks)
        nearest = {column: next(iter(columns.over[column]), "") for column in roles}
        rows = range(columns.rows[0], columns.rows[-1] + 1)
        lines = {row: self._heads.label(row, columns.reach) for row in rows}
        return SheetTexts(tuple(cells), roles, nearest, lines, settled.question)

    def _empty_cell(self, place: Place, found: SheetHeadTexts, roles: Mapping[int, ColumnRole]) -> EmptyCell:
        shown = shown_by_format(self._heads.sheet.cell(place).look.code)
        return EmptyCell(place, found, texts_by_axis(self._heads, place, found, roles, self._vocabulary), shown)


class _Columns:
    """The columns of texts of one table or list. `texts`: row by row; `over`: the heads above them, the nearest first.

    `labels`: columns of names that are blank, wholly or in part; `reach`: the columns of the table.
    """

    def __init__(self, heads: SheetHeads, blanks: Sequence[HeadedCell], labels: Collection[int], reach: range):
        beside = sorted({place for _place, found in blanks for place in found.column_places})
        self.reach = reach
        self.rows = sorted({place[0] for place, _found in blanks})
        first = min(place[1] for place, _found in blanks)
        self.texts = {
            column: found
            for column in reach
            if any(found := [heads.words((row, column)) for row in self.rows]) or column < first or column in labels
        }
        self.over = {column: heads.over(column, beside) for column in self.texts}

    def of_head(self, column: int | None) -> set[int]:
        """The column, and those under the same head."""
        if column is None:
            return set()
        head = next(iter(self.over.get(column, ())), "")
        return {column} | {other for other, over in self.over.items() if head and next(iter(over), "") == head}

    def figure_place(self, column: int, role: ColumnRole | None, figure: str) -> FigurePlace:
        """The column in the terms of the rule for a partner's figures. `role`: None for a column without texts."""
        text = next(iter(self.over.get(column, ())), "")
        is_apart = role in (ColumnRole.ASIDE, ColumnRole.MEASURE) or not (text or figure)
        return FigurePlace(column, UNIT_HEADS.get(role, UnitHead.NONE), text, figure, is_apart)


def _is_label(heads: SheetHeads, found: SheetHeadTexts, vocabulary: Vocabulary) -> bool:
    """Whether an empty cell is in a column of names or of units of measure, where no figure is asked.

    社区 beside indicators is a category of units.
    """
    words = [heads.words(place) for place in found.column_places]
    roles = [role_of([text]) for text in words]
    is_group = len(roles) > 1 and roles[-1] in SPEAK_OF_UNITS and vocabulary.units.sure_code(words[-1]) == ""
    if is_group and roles[0] not in SPEAK_OF_UNITS:
        return True
    if roles[0] in (ColumnRole.UNIT, ColumnRole.PLACE, ColumnRole.CODE, ColumnRole.RELATION):
        unit = vocabulary.units.unit(words[0])
        if unit is None or (unit.by == CATEGORY and not any(vocabulary.names(text) == "figure" for text in found.row)):
            return True
    nearest = found.column_places[0]
    others = [role_of([heads.words((nearest[0], column))]) for column in range(1, nearest[1])]
    return roles[0] == ColumnRole.MEASURE or is_measure_column([heads.words(nearest)], [], others)
