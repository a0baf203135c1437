"""A workbook's sheets as a person sees them: texts, merged cells, widths, and which cells are formulas."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from spreadsheets import limits
from spreadsheets.formulas.values import Fault, Scalar
from spreadsheets.ooxml.addresses import Place, Range, address_of, place_of, range_of
from spreadsheets.ooxml.numbers import plain_digits
from spreadsheets.ooxml.package import PATCH_BOUNDS, Package
from spreadsheets.ooxml.refusals import Refusal
from spreadsheets.ooxml.shared_strings import texts_of
from spreadsheets.ooxml.styles import PLAIN_LOOK, CellLook, looks_of
from spreadsheets.ooxml.workbook import WORKSHEET, workbook_part
from spreadsheets.ooxml.xml_elements import whole_number
from spreadsheets.ooxml.xml_offsets import CellOffsets, ColumnSpan, SheetOffsets, sheet_offsets
from spreadsheets.patch.cells import stored_value
from spreadsheets.read.workbook import Cell, Content, ReadSheet, Unreadable

MOST_ROWS, MOST_COLUMNS = 500, 100  # cells that are drawn; a table sent down to be filled is smaller
_USUAL_WIDTH = 9.0


@dataclass(frozen=True, slots=True)
class CellPreview:
    """One cell of the file, also a blank one with a format. `text` is empty for a formula without result."""

    text: str = ""
    is_text: bool = False
    is_formula: bool = False
    look: CellLook = PLAIN_LOOK


@dataclass(frozen=True)
class SheetPreview:
    """One visible sheet. `widths`: characters that fit into a column, by its number."""

    title: str
    cells: Mapping[Place, CellPreview]
    merged: tuple[Range, ...]
    widths: Mapping[int, float]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]

    @cached_property
    def covered(self) -> Mapping[Place, Range]:
        """Every cell of a merged range -> the range, within the drawn part.

        Ranges that overlap, as no program makes them, are read up to the size of a sheet.
        """
        found: dict[Place, Range] = {}
        looked = 0
        for area in self.merged:
            rows = range(area[0], min(area[2], MOST_ROWS) + 1)
            columns = range(area[1], min(area[3], MOST_COLUMNS) + 1)
            looked += len(rows) * len(columns)
            if looked > MOST_ROWS * MOST_COLUMNS:
                break
            found.update(((row, column), area) for row in rows for column in columns)
        return found

    @cached_property
    def last(self) -> Place:
        """The last drawn row and column with a content or a format."""
        rows = [row for row, _column in self.cells] + [area[2] for area in self.merged]
        columns = [column for _row, column in self.cells] + [area[3] for area in self.merged]
        return min(max(rows, default=1), MOST_ROWS), min(max(columns, default=1), MOST_COLUMNS)

    def address(self, place: Place) -> str:
        return f"{self.title}!{address_of(place)}"

    def cell(self, place: Place) -> CellPreview:
        return self.cells.get(place, _NOTHING)

    def is_covered(self, place: Place) -> bool:
        """Whether the place is inside a merged range but not its first cell: nobody sees what is written there."""
        area = self.covered.get(place)
        return area is not None and place != area[:2]

    def as_read(self, blanks: Collection[Place]) -> ReadSheet:
        """The sheet in the form that readers of figures use. `blanks`: the empty cells that wait for a figure."""
        cells = {place: _as_read(cell) for place, cell in self.cells.items() if cell.text or cell.is_formula}
        cells |= {place: Cell("", Content.ASKED, self.cell(place).look.code) for place in blanks}
        return ReadSheet(
            self.title,
            cells,
            merged=self.merged,
            hidden_rows=self.hidden_rows,
            hidden_columns=self.hidden_columns,
        )

    def width(self, column: int) -> float:
        return self.widths.get(column, _USUAL_WIDTH)


_NOTHING = CellPreview()


def _as_read(cell: CellPreview) -> Cell:
    content = Content.TEXT if cell.is_text else Content.NUMBER if cell.text else Content.UNCOMPUTED
    return Cell(cell.text, content, cell.look.code, cell.is_formula)


def place_in(address: str) -> tuple[str, Place] | None:
    """Splits `Sheet1!D7` -> ("Sheet1", (7, 4)); None for anything else."""
    title, mark, cell = address.rpartition("!")
    place = place_of(cell) if mark and title else None
    return (title, place) if place else None


def sheet_previews(content: bytes) -> tuple[SheetPreview, ...]:
    """The visible sheets in order. Raises Unreadable; only for files that the upload reader has accepted."""
    try:
        return tuple(_sheets(Package(content, PATCH_BOUNDS)))
    except Refusal as error:
        raise Unreadable(error.kind, error.sentence()) from error


def _sheets(package: Package) -> Iterator[SheetPreview]:
    book = workbook_part(package)
    texts = texts_of(package, book.texts_part, limits.UPLOAD_CHARACTERS)
    looks = looks_of(package[book.styles_part]) if book.styles_part in package else []
    for sheet in book.sheets:
        if sheet.kind == WORKSHEET and sheet.state == "visible":
            yield _sheet(sheet.title, sheet_offsets(package[sheet.part]), texts, looks)


def _sheet(title: str, marks: SheetOffsets, texts: list[str], looks: list[CellLook]) -> SheetPreview:
    shown = {place: mark for place, mark in marks.cells.items() if place[0] <= MOST_ROWS and place[1] <= MOST_COLUMNS}
    return SheetPreview(
        title,
        {place: _cell(mark, texts, looks) for place, mark in shown.items()},
        tuple(_merged(marks)),
        {column: _width(text) for column, span in _drawn(marks) if (text := span.attributes.get("width"))},
        frozenset(row for row, span in marks.rows.items() if span.is_hidden),
        frozenset(column for column, span in _drawn(marks) if span.is_hidden),
    )


def _cell(mark: CellOffsets, texts: list[str], looks: list[CellLook]) -> CellPreview:
    value = stored_value(mark, texts)
    style = whole_number(mark.attributes.get("s", "0"))
    look = looks[style] if style is not None and style < len(looks) else PLAIN_LOOK
    return CellPreview(_text(value), isinstance(value, str), "f" in mark.children, look)


def _text(value: Scalar) -> str:
    if isinstance(value, Fault):
        return value.code
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return plain_digits(value) if isinstance(value, Decimal) else value or ""


def _merged(marks: SheetOffsets) -> Iterator[Range]:
    for area in map(range_of, marks.merged):
        if area and area[:2] != area[2:]:
            yield area


def _drawn(marks: SheetOffsets) -> Iterator[tuple[int, ColumnSpan]]:
    """Each column that is drawn, with what is said of it."""
    for span in marks.columns:
        for column in range(span.first, min(span.last, MOST_COLUMNS) + 1):
            yield column, span


def _width(text: str) -> float:
    try:
        return min(max(float(text), 1.0), 80.0)
    except ValueError:
        return _USUAL_WIDTH
