"""What a workbook's own part says: its sheets with their parts, defined names, shared texts. Knows no cell."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

from spreadsheets.ooxml.xml_offsets import BadPart, Span, new_parser, parse_with, tag_end

_MOST_TEXTS = 1_000_000
_SPREADSHEET_END = "/officeDocument"


@dataclass
class BookPart:
    """The workbook part. `sheets`: title -> name of its part, in order; `names`: (name, sheet title or "") -> text."""

    part: str
    content: bytes
    sheets: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)  # titles of sheets that are not shown
    texts_part: str = ""
    styles_part: str = ""
    calculation: Span | None = None  # <calcPr>
    before_calculation: int = 0  # where it would stand: after what may only stand before it

    def sheet(self, title: str) -> str | None:
        """The title as written, whatever the case of the letters asked for."""
        return next((known for known in self.sheets if known.casefold() == title.casefold()), None)

    def defined(self, name: str, sheet: str) -> str | None:
        """The text behind a name: the sheet's own first."""
        for where in (sheet, ""):
            for (known, place), text in self.names.items():
                if place == where and known.casefold() == name.casefold():
                    return text
        return None


def book_of(container: ZipFile) -> BookPart:
    """Raises BadPart."""
    roots = _relations(container, "_rels/.rels", "")
    part = next((target for kind, target in roots.values() if kind.endswith(_SPREADSHEET_END)), None)
    if part is None:
        raise BadPart("no workbook part")
    book = BookPart(part, read_part(container, part))
    folder, name = posixpath.split(part)
    relations = _relations(container, posixpath.join(folder, "_rels", f"{name}.rels"), folder)
    book.texts_part = next((target for kind, target in relations.values() if kind.endswith("/sharedStrings")), "")
    book.styles_part = next((target for kind, target in relations.values() if kind.endswith("/styles")), "")
    _read_book(book, relations)
    return book


def shared_texts(container: ZipFile, part: str) -> list[str]:
    """The texts cells point at by number, without their phonetic signs."""
    if part not in container.namelist():
        return []
    found: list[list[str]] = []
    path: list[str] = []

    def start(name: str, _attributes: dict) -> None:
        path.append(name.rpartition(" ")[2])
        if path[1:] == ["si"]:
            found.append([])
            if len(found) > _MOST_TEXTS:
                raise BadPart("too many texts")

    def text(said: str) -> None:
        if path[1:2] == ["si"] and path[-1] == "t" and "rPh" not in path:
            found[-1].append(said)

    parser = new_parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda _name: path.pop() and None
    parse_with(parser, read_part(container, part))
    return ["".join(pieces) for pieces in found]


def read_part(container: ZipFile, part: str) -> bytes:
    try:
        return container.read(part)
    except Exception as error:  # KeyError, BadZipFile, zlib.error, OSError … whatever the zip holds
        raise BadPart(part) from error


def _relations(container: ZipFile, part: str, folder: str) -> Mapping[str, tuple[str, str]]:
    """Id -> kind and target inside the container; what lies outside is left out."""
    found = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), whole)

    parser = new_parser()
    parser.StartElementHandler = start
    parse_with(parser, read_part(container, part))
    return found


# What may only stand after <calcPr> in a workbook part.
_AFTER = ("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
          "webPublishObjects", "extLst")  # fmt: skip


def _read_book(book: BookPart, relations: Mapping[str, tuple[str, str]]) -> None:
    path: list[str] = []
    named: list[tuple[str, str, list[str]]] = []
    parser = new_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(" ")[2])
        at = parser.CurrentByteIndex
        if len(path) == 2:
            if path[1] == "calcPr":
                book.calculation = Span(at, tag_end(book.content, at), attributes)
            if path[1] in _AFTER and not book.before_calculation:
                book.before_calculation = at
        elif path[1:] == ["sheets", "sheet"]:
            _add_sheet(book, attributes, relations)
        elif path[1:] == ["definedNames", "definedName"]:
            named.append((attributes.get("name", ""), attributes.get("localSheetId", ""), []))

    def text(said: str) -> None:
        if path[1:] == ["definedNames", "definedName"]:
            named[-1][2].append(said)

    def end(_name: str) -> None:
        path.pop()
        if not path and not book.before_calculation:
            book.before_calculation = parser.CurrentByteIndex

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    parse_with(parser, book.content)
    titles = list(book.sheets)
    for name, number, pieces in named:
        place = titles[int(number)] if number.isdecimal() and int(number) < len(titles) else ""
        book.names[name, place] = "".join(pieces)


def _add_sheet(book: BookPart, attributes: dict[str, str], relations: Mapping[str, tuple[str, str]]) -> None:
    number = next((value for key, value in attributes.items() if key.rpartition(" ")[2] == "id"), "")
    kind, target = relations.get(number, ("", ""))
    title = attributes.get("name", "")
    book.sheets[title] = target if kind.endswith("/worksheet") else ""
    if attributes.get("state", "visible") != "visible":
        book.hidden.add(title)
