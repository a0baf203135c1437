"""Opens an .xlsx: its sheets with the texts and formats of their cells; a document type is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spreadsheets import limits
from spreadsheets.ooxml.container import Container, Entry
from spreadsheets.ooxml.content_types import TYPES_PART
from spreadsheets.ooxml.refusals import ENTITIES, TOO_MANY_SHEETS, Refusal, refused
from spreadsheets.ooxml.relations import described
from spreadsheets.ooxml.shared_strings import texts_of
from spreadsheets.ooxml.styles import Format, formats_of
from spreadsheets.ooxml.workbook import SheetPart, workbook_part
from spreadsheets.ooxml.xml_elements import STRICT, is_true
from spreadsheets.read.cell_contents import Contents
from spreadsheets.read.sheet_pass import SheetPass

_DOCUMENT_TYPES = (b"<!DOCTYPE", b"<!ENTITY")
_ROOT = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_BODY = re.compile(rb"<(?:\w+:)?sheetData[\s/>]")
_SMALL_SHEET = 4 * limits.MEBIBYTE
_WITHOUT_CELLS = ("chartsheet", "dialogsheet")
_LINKS = ("externalLink", "externalLinkPath")


@dataclass(frozen=True)
class OpenXml:
    """The parts of a workbook. `texts` and `formats`: those to which its cells refer."""

    container: Container
    kind: str
    sheets: tuple[SheetPart, ...]
    texts: list[str]
    formats: tuple[Format, ...]
    is_1904: bool
    has_links: bool

    @property
    def has_charts(self) -> bool:
        """Whether one of its sheets is only a chart."""
        return any("chartsheets/" in entry.name for entry in self.container.entries)

    def sheet_pass(self, sheet: SheetPart) -> SheetPass:
        return SheetPass(sheet.title, Contents(sheet.title, self.texts, self.formats, is_1904=self.is_1904))

    def chunks(self, sheet: SheetPart) -> Iterator[bytes]:
        """The XML of a sheet in pieces."""
        return self.container.chunks(sheet.part)

    def is_small(self, sheet: SheetPart) -> bool:
        """Whether the XML of a sheet is small enough to be read at once."""
        return self.container.size(sheet.part) <= _SMALL_SHEET


def open_xml(container: Container, characters: int = limits.UPLOAD_CHARACTERS) -> OpenXml:
    """Opens a workbook.

    `characters`: the limit for its shared texts. Raises Refusal for a file that is no workbook, or one with a document type.
    """
    for entry in container.entries:
        _refuse_document_type(container, entry)
    book = workbook_part(container)
    styles = book.styles_part
    return OpenXml(
        container=container,
        kind=_kind(container, book.elements[0][1]),
        sheets=_with_cells(book.sheets, container),
        texts=texts_of(container, book.texts_part, characters),
        formats=formats_of(described(container, styles)) if styles in container else (),
        is_1904=any(name == "workbookPr" and is_true(given.get("date1904")) for name, given in book.elements),
        has_links=any(relation.kind in _LINKS for relation in book.relations),
    )


def _with_cells(sheets: list[SheetPart], container: Container) -> tuple[SheetPart, ...]:
    if len(sheets) > limits.UPLOAD_SHEETS:
        raise Refusal("strange", TOO_MANY_SHEETS, limit=limits.UPLOAD_SHEETS)
    found = tuple(sheet for sheet in sheets if sheet.kind not in _WITHOUT_CELLS)
    if any(sheet.part not in container for sheet in found):
        raise refused("damaged")
    return found


def _kind(container: Container, root: dict[str, str]) -> str:
    """The kind that the workbook itself states: xlsx, xlsm or strict. `root`: the attributes of its first element."""
    return "xlsm" if has_macros(container) else "strict" if STRICT in root.values() else "xlsx"


def has_macros(container: Container) -> bool:
    types = described(container, TYPES_PART) if TYPES_PART in container else b""
    return b".macroEnabled." in types or any("vbaproject" in entry.key for entry in container.entries)


def bodies(container: Container) -> Iterator[bytes]:
    """The parts with the rows of a sheet, whatever their names."""
    for entry in container.entries:
        if entry.key.endswith(".xml") and _BODY.search(content := container.unpacked(entry)):
            yield content


def _refuse_document_type(container: Container, entry: Entry) -> None:
    """Refuses a document type, which no workbook program writes.

    Entities make a small file large or read other files. A document type can only come before the root element. For UTF-16 the
    null bytes are left out first.
    """
    if not entry.name.lower().endswith((".xml", ".rels", ".vml")):
        return
    start = container.start(entry).replace(b"\0", b"")
    if b"<!--" in start or not _ROOT.search(start):
        start = container.unpacked(entry).replace(b"\0", b"")
    if any(mark in start for mark in _DOCUMENT_TYPES):
        raise Refusal("strange", ENTITIES)
