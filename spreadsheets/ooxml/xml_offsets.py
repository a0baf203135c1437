"""Where the rows, cells and formulas of a sheet stand in the bytes of its XML. Changes nothing, knows no value's meaning."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from spreadsheets.formulas.places import COLUMNS, ROWS
from spreadsheets.read.workbook import Place

_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_CELLS = 500_000  # that a table to be filled may have; a blank one has some thousand


class BadPart(Exception):
    """The part is no XML of a workbook, or holds what none does."""


@dataclass
class Span:
    """An element: bytes from `start` to `end`, its start tag up to `tag_end`; `close` is where its end tag begins."""

    start: int
    tag_end: int
    attributes: dict[str, str]
    close: int = 0
    end: int = 0

    @property
    def is_closed_at_once(self) -> bool:
        return self.close == self.tag_end == self.end


@dataclass
class CellOffsets(Span):
    """One cell. `texts`: what stands in its children v, f and t (of an inline string), joined."""

    row: int = 0
    column: int = 0
    children: dict[str, Span] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


@dataclass
class SheetOffsets:
    """A whole sheet."""

    data: Span | None = None
    dimension: Span | None = None
    rows: dict[int, Span] = field(default_factory=dict)
    cells: dict[Place, CellOffsets] = field(default_factory=dict)
    columns: list[dict[str, str]] = field(default_factory=list)  # attributes of <col>
    merged: list[str] = field(default_factory=list)
    is_filtered: bool = False


def sheet_offsets(content: bytes) -> SheetOffsets:
    """Raises BadPart for what is no sheet, for a document type, and for more cells than a table has."""
    reader = _Reader(content)
    reader.parse()
    if reader.marks.data is None:
        raise BadPart("no rows")
    return reader.marks


def new_parser() -> expat.XMLParserType:
    """A parser that splits names by a space and takes no document type: entities are how a small file becomes large."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_told) -> None:
        raise BadPart("a document type")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse_with(parser: expat.XMLParserType, content: bytes) -> None:
    """Raises BadPart. UTF-16 is well-formed too, but no workbook program writes it."""
    if b"\0" in content[:4096]:
        raise BadPart("not in UTF-8")
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding that nobody knows
        raise BadPart(str(error)) from error


def tag_end(content: bytes, start: int) -> int:
    """Where the start tag that begins at `start` ends."""
    match = _TAG.match(content, start)
    if match is None:
        raise BadPart("a tag without end")
    return match.end()


class _Reader:
    """Follows the elements; `path` holds local names from the root."""

    def __init__(self, content: bytes):
        self.content, self.marks = content, SheetOffsets()
        self.path: list[str] = []
        self.open: list[Span] = []
        self.row = self.column = 0
        self.cell: CellOffsets | None = None
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def parse(self) -> None:
        parse_with(self.parser, self.content)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name.rpartition(" ")[2])
        start = self.parser.CurrentByteIndex
        span = self._begun(start, tag_end(self.content, start), attributes)
        self.open.append(span)

    def _begun(self, start: int, after: int, attributes: dict[str, str]) -> Span:
        path = self.path[1:]
        if path == ["sheetData", "row", "c"]:
            return self._begun_cell(start, after, attributes)
        span = Span(start, after, attributes)
        if path == ["sheetData"]:
            self.marks.data = span
        elif path == ["sheetData", "row"]:
            self.row, self.column = _number(attributes.get("r"), self.row + 1, ROWS), 0
            self.marks.rows[self.row] = span
        elif path[:3] == ["sheetData", "row", "c"] and len(path) == 4:
            self.cell.children[path[3]] = span
        else:
            self._beside(path, span)
        return span

    def _beside(self, path: list[str], span: Span) -> None:
        if path == ["dimension"]:
            self.marks.dimension = span
        elif path == ["cols", "col"]:
            self.marks.columns.append(span.attributes)
        elif path == ["mergeCells", "mergeCell"]:
            self.marks.merged.append(span.attributes.get("ref", ""))
        elif path == ["autoFilter", "filterColumn"]:
            self.marks.is_filtered = True

    def _begun_cell(self, start: int, after: int, attributes: dict[str, str]) -> CellOffsets:
        row, column = self._place(attributes.get("r"))
        self.column = column
        self.cell = CellOffsets(start, after, attributes, row=row, column=column)
        if (row, column) in self.marks.cells or len(self.marks.cells) >= _MOST_CELLS:
            raise BadPart("a cell that stands twice, or too many cells")
        self.marks.cells[row, column] = self.cell
        return self.cell

    def _place(self, reference: str | None) -> Place:
        if reference is None:
            return self.row, _number(None, self.column + 1, COLUMNS)
        match = _REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) != self.row:
            raise BadPart(f"a cell called {reference[:20]}")
        return self.row, _number(str(column_number(match[1])), 0, COLUMNS)

    def _end(self, _name: str) -> None:
        self.path.pop()
        span, index = self.open.pop(), self.parser.CurrentByteIndex
        span.close = index
        span.end = (
            index if index == span.tag_end and self.content[index - 2 : index] == b"/>" else self.content.index(b">", index) + 1
        )

    def _text(self, text: str) -> None:
        path = self.path[1:]
        if path[:3] == ["sheetData", "row", "c"] and len(path) > 3 and "rPh" not in path and path[-1] in ("v", "f", "t"):
            self.cell.texts[path[-1]] = self.cell.texts.get(path[-1], "") + text


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str | None, usual: int, most: int) -> int:
    number = usual if text is None else int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= number <= most:
        raise BadPart(f"a row or column {text}")
    return number
