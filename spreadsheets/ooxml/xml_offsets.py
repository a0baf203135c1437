"""The byte offsets of elements in a part, mainly rows, cells and formulas of a sheet."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from spreadsheets import limits
from spreadsheets.ooxml.addresses import Place, place_of
from spreadsheets.ooxml.refusals import DAMAGED, Refusal
from spreadsheets.ooxml.xml_elements import XMLParserType, guarded_parser, is_true, local_name, parse_whole, whole_number

_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
_MOST_CELLS = 500_000  # in a table to be filled; a blank one has some thousand


class BadPart(Refusal):
    """The part is no XML of a workbook, or contains what no workbook has. `reason` is for engineers."""

    def __init__(self, reason: str):
        super().__init__("damaged", DAMAGED)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


@dataclass
class Span:
    """An element: bytes from `start` to `end`, its start tag up to `tag_end`; `close` is where its end tag begins.

    `text`: what stands directly in it, without that of its children; only for elements that `spans_at` found.
    """

    start: int
    tag_end: int
    attributes: dict[str, str]
    close: int = 0
    end: int = 0
    text: str = ""

    @property
    def is_closed_at_once(self) -> bool:
        return self.close == self.tag_end == self.end

    @property
    def is_hidden(self) -> bool:
        """Of a row."""
        return is_true(self.attributes.get("hidden"))

    def finish(self, content: bytes, at: int) -> None:
        """Sets the end of the element from the byte at which the parser met it."""
        is_one_tag = at == self.tag_end and content[at - 2 : at] == b"/>"
        self.close, self.end = at, at if is_one_tag else content.index(b">", at) + 1


@dataclass
class CellOffsets(Span):
    """One cell. `texts`: the joined texts of its children v, f and t (of an inline string)."""

    row: int = 0
    column: int = 0
    children: dict[str, Span] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ColumnSpan:
    """What an element <col> says of the columns from `first` to `last`."""

    first: int
    last: int
    attributes: dict[str, str]

    @property
    def is_hidden(self) -> bool:
        return is_true(self.attributes.get("hidden"))


@dataclass
class SheetOffsets:
    """The offsets of a whole sheet."""

    data: Span | None = None
    dimension: Span | None = None
    rows: dict[int, Span] = field(default_factory=dict)
    cells: dict[Place, CellOffsets] = field(default_factory=dict)
    columns: list[ColumnSpan] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    is_filtered: bool = False

    def column_span(self, column: int) -> ColumnSpan | None:
        return next((span for span in self.columns if span.first <= column <= span.last), None)


def sheet_offsets(content: bytes) -> SheetOffsets:
    """Finds the offsets. Raises Refusal for what is no sheet, for a document type, and for more cells than a table has."""
    reader = _SheetReader(content)
    parse_offsets(reader.parser, content)
    if reader.found.data is None:
        raise BadPart("no rows")
    return reader.found


def spans_at(content: bytes, *path: str) -> list[Span]:
    """The elements at a path of local names below the root, in order. Raises Refusal."""
    wanted = list(path)
    return [span for _name, span in _spans(content, lambda below_root: below_root == wanted)]


def children_of_root(content: bytes) -> list[tuple[str, Span]]:
    """The elements right below the root with their local names, in order. Raises Refusal."""
    return _spans(content, lambda below_root: len(below_root) == 1)


def _spans(content: bytes, is_wanted: Callable[[list[str]], bool]) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    names: list[str] = []
    open_spans: list[Span | None] = []
    parser = guarded_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        names.append(local_name(name))
        open_spans.append(None)
        if is_wanted(names[1:]):
            at = parser.CurrentByteIndex
            open_spans[-1] = Span(at, tag_end(content, at), attributes)
            found.append((names[-1], open_spans[-1]))

    def say(text: str) -> None:
        if open_spans[-1]:
            open_spans[-1].text += text

    def end(_name: str) -> None:
        names.pop()
        if span := open_spans.pop():
            span.finish(content, parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, say
    parse_offsets(parser, content)
    return found


def parse_offsets(parser: XMLParserType, content: bytes) -> None:
    """Runs the handlers over a whole part at once, so that the parser's byte index is an offset in it. Raises Refusal.

    UTF-16 is well-formed too, but no workbook program writes it, and its tags are not found in the bytes.
    """
    if b"\0" in content[:4096]:
        raise BadPart("not in UTF-8")
    parse_whole(parser, content, at_once=True)


def tag_end(content: bytes, start: int) -> int:
    """The end of the start tag that begins at `start`."""
    match = _TAG.match(content, start)
    if match is None:
        raise BadPart("a tag without end")
    return match.end()


class _SheetReader:
    """Expat handlers for a sheet; `path` holds local names below the root."""

    def __init__(self, content: bytes):
        self.content, self.found = content, SheetOffsets()
        self.path: list[str] = []
        self.open: list[Span] = []
        self.row = self.column = 0
        self.cell: CellOffsets | None = None
        self.parser = guarded_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(local_name(name))
        start = self.parser.CurrentByteIndex
        self.open.append(self._begun(start, tag_end(self.content, start), attributes))

    def _begun(self, start: int, after: int, attributes: dict[str, str]) -> Span:
        path = self.path[1:]
        if path == ["sheetData", "row", "c"]:
            return self._begun_cell(start, after, attributes)
        span = Span(start, after, attributes)
        if path == ["sheetData"]:
            self.found.data = span
        elif path == ["sheetData", "row"]:
            self.row, self.column = _number(attributes.get("r"), self.row + 1, limits.SHEET_ROWS), 0
            self.found.rows[self.row] = span
        elif path[:3] == ["sheetData", "row", "c"] and len(path) == 4:
            self.cell.children[path[3]] = span
        else:
            self._beside(path, span)
        return span

    def _beside(self, path: list[str], span: Span) -> None:
        if path == ["dimension"]:
            self.found.dimension = span
        elif path == ["cols", "col"]:
            first, last = (whole_number(span.attributes.get(name)) for name in ("min", "max"))
            if first and last:
                self.found.columns.append(ColumnSpan(first, last, span.attributes))
        elif path == ["mergeCells", "mergeCell"]:
            self.found.merged.append(span.attributes.get("ref", ""))
        elif path == ["autoFilter", "filterColumn"]:
            self.found.is_filtered = True

    def _begun_cell(self, start: int, after: int, attributes: dict[str, str]) -> CellOffsets:
        row, column = self._place(attributes.get("r"))
        self.column = column
        self.cell = CellOffsets(start, after, attributes, row=row, column=column)
        if (row, column) in self.found.cells or len(self.found.cells) >= _MOST_CELLS:
            raise BadPart("a cell that stands twice, or too many cells")
        self.found.cells[row, column] = self.cell
        return self.cell

    def _place(self, reference: str | None) -> Place:
        if reference is None:
            return self.row, _number(None, self.column + 1, limits.SHEET_COLUMNS)
        place = place_of(reference)
        if place is None or place[0] != self.row:
            raise BadPart(f"a cell called {reference[:20]}")
        return place

    def _end(self, _name: str) -> None:
        self.path.pop()
        self.open.pop().finish(self.content, self.parser.CurrentByteIndex)

    def _text(self, text: str) -> None:
        path = self.path[1:]
        if path[:3] == ["sheetData", "row", "c"] and len(path) > 3 and "rPh" not in path and path[-1] in ("v", "f", "t"):
            self.cell.texts[path[-1]] = self.cell.texts.get(path[-1], "") + text


def _number(text: str | None, usual: int, most: int) -> int:
    number = usual if text is None else whole_number(text)
    if number is None or not 1 <= number <= most:
        raise BadPart(f"a row or column {text}")
    return number
