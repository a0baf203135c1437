"""Sorts the empty cells of a sheet by the band of heads above them.

A cell outside all bands has the texts to its left and above it as heads.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.external.geometry.heads import SheetHeads, SheetHeadTexts
from spreadsheets.preview.sheet_preview import SheetPreview
from spreadsheets.read.workbook import Place
from submissions.imports.tables.geometry.cells import SheetCells, Spot
from submissions.imports.tables.geometry.head_paths import head_paths
from submissions.imports.tables.geometry.header_rows import HeaderBand, HeadWords, head_hits, header_bands, runs_down

HeadedCell = tuple[Place, SheetHeadTexts]


@dataclass(frozen=True)
class BandCells:
    """The empty cells under one band, row by row. `first` to `last`: the columns of their heads and texts.

    `is_turned`: the heads of its figures are below each other, so that it contains no lists of units side by side.
    """

    cells: tuple[HeadedCell, ...]
    first: int
    last: int
    is_turned: bool = True


def banded_cells(sheet: SheetPreview, heads: SheetHeads, names: HeadWords) -> list[BandCells]:
    """All empty cells to be filled, by the band above them."""
    blanks = dict(heads.blanks())
    read = sheet.as_read(blanks)
    hits = head_hits(read, names)
    if not hits.lines:
        return _by_bottom(heads, blanks.items(), 1, sheet.last[1])
    cells = SheetCells(read, turned=runs_down(read, hits, names))
    bands = [_Band(heads, cells, band, blanks) for band in header_bands(cells, hits)]
    found: dict[int, list[HeadedCell]] = defaultdict(list)
    for place, texts in blanks.items():
        number = next((number for number, band in enumerate(bands) if band.reaches(place, texts)), -1)
        found[number].append((place, texts if number < 0 else bands[number].heads_of(place, texts)))
    parts = _by_bottom(heads, found.pop(-1, ()), 1, sheet.last[1])
    for number, headed_cells in sorted(found.items()):
        parts += bands[number].parts(headed_cells)
    of_units = {place for place, texts in blanks.items() if any(at in hits.lines for at in texts.column_places)}
    return [_apart(heads, part, of_units) if part.is_turned else part for part in parts]


class _Band:
    """One band of heads on its sheet."""

    def __init__(self, heads: SheetHeads, cells: SheetCells, band: HeaderBand, blanks: Mapping[Place, SheetHeadTexts]):
        self._heads, self._cells, self._band = heads, cells, band
        self._blank_rows = {row for row, _column in blanks}
        self._blank_lines = {across for down, across in map(self._spot, blanks) if band.first <= down <= band.last}
        self._paths = head_paths(cells, band)
        self._groups = Counter(
            spot[0] for spot in {spot for across in self._blank_lines for spot in self._paths.get(across, ())}
        )

    def reaches(self, place: Place, texts: SheetHeadTexts) -> bool:
        """Whether the cell is in the band's rows and no other head of figures is in between."""
        down, _across = self._spot(place)
        if not self._band.first <= down <= self._band.last:
            return False
        nearest = texts.column_places[0][0]
        return self._cells.turned or nearest in self._band.heads or nearest in self._blank_rows

    def heads_of(self, place: Place, texts: SheetHeadTexts) -> SheetHeadTexts:
        _down, across = self._spot(place)
        path = [self._spot(spot) for spot in reversed(self._paths.get(across, ()))]
        if self._cells.turned:
            row = [at for at in texts.row_places if self._heads.right(at) >= self._band.top]
            row += [at for at in path if at not in row and at[0] != place[0] and self._heads.is_head(at, place[1])]
            return self._heads.at(row, texts.column_places) if row else texts
        column = [at for at in path if self._heads.is_head(at, place[1], is_group=self._groups[at[0]] > 1)]
        return self._heads.at(texts.row_places, column) if column else texts

    def parts(self, cells: Sequence[HeadedCell]) -> list[BandCells]:
        width = self._heads.sheet.last[1]
        if self._cells.turned:
            return _by_bottom(self._heads, cells, self._band.top, min(self._band.last, width))
        return [BandCells(tuple(cells), 1, width, is_turned=False)]

    def _spot(self, place: Place) -> Spot:
        """Converts a place between the sheet and the band; the same in both directions."""
        return (place[1], place[0]) if self._cells.turned else place


def _apart(heads: SheetHeads, part: BandCells, of_units: Collection[Place]) -> BandCells:
    """A list of lines (项目, 数量) without the list of units beside it (村名, 受理件数).

    `of_units`: cells whose column names a figure.
    """
    rows, columns = {place[0] for place, _texts in part.cells}, {place[1] for place, _texts in part.cells}
    others = {column for row, column in of_units if row in rows and column not in columns}
    before = max((column for column in others if column < min(columns)), default=0)
    if before:
        part = replace(part, first=before + 1, cells=tuple(_behind(heads, before, one) for one in part.cells))
    return replace(part, last=max(columns)) if any(column > max(columns) for column in others) else part


def _behind(heads: SheetHeads, before: int, cell: HeadedCell) -> HeadedCell:
    """The cell without the heads up to a column; unchanged if it would keep none."""
    place, texts = cell
    row = [at for at in texts.row_places if heads.right(at) > before]
    return (place, heads.at(row, texts.column_places)) if row else cell


def _by_bottom(heads: SheetHeads, cells, first: int, last: int) -> list[BandCells]:
    """Groups the cells by the last row of their nearest heads: each group is one table."""
    found: dict[int, list[HeadedCell]] = defaultdict(list)
    for place, texts in cells:
        found[heads.bottom(texts.column_places[0])].append((place, texts))
    return [BandCells(tuple(some), first, last) for some in found.values()]
