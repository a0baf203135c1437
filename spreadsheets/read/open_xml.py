"""An .xlsx as its parts: which sheets, in which order and state, with which texts and formats. Knows no cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import unquote

from spreadsheets import limits
from spreadsheets.ooxml.container import Container, Entry
from spreadsheets.ooxml.refusals import ENTITIES, TOO_MANY_SHEETS, UNPACKS_TOO_LARGE, Refusal, refused
from spreadsheets.ooxml.shared_strings import shared_texts
from spreadsheets.ooxml.styles import Format, formats_of
from spreadsheets.ooxml.xml_elements import STRICT, elements
from spreadsheets.read.cell_contents import Contents
from spreadsheets.read.sheet_pass import SheetPass

_DOCUMENT_TYPES = (b"<!DOCTYPE", b"<!ENTITY")
_ROOT = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_BODY = re.compile(rb"<(?:\w+:)?sheetData[\s/>]")
_SMALL_SHEET = 4 * limits.MEBIBYTE
_TYPES, _BOOK = "[Content_Types].xml", "xl/workbook.xml"
_STATES = {"hidden": "hidden", "veryHidden": "veryHidden"}


@dataclass(frozen=True)
class SheetPart:
    title: str
    state: str
    part: str


@dataclass(frozen=True)
class OpenXml:
    """What a workbook says of itself. `texts` and `formats` are what its cells point to."""

    container: Container
    kind: str
    sheets: tuple[SheetPart, ...]
    texts: list[str]
    formats: tuple[Format, ...]
    is_1904: bool
    has_links: bool

    @property
    def has_charts(self) -> bool:
        """Whether a sheet of it is nothing but a chart."""
        return any("chartsheets/" in entry.name for entry in self.container.entries)

    def sheet_pass(self, sheet: SheetPart) -> SheetPass:
        return SheetPass(sheet.title, Contents(sheet.title, self.texts, self.formats, is_1904=self.is_1904))

    def chunks(self, sheet: SheetPart) -> Iterator[bytes]:
        """The XML of a sheet in pieces."""
        return self.container.chunks(sheet.part)

    def is_small(self, sheet: SheetPart) -> bool:
        """Whether the XML of a sheet is one to be read whole."""
        return self.container.size(sheet.part) <= _SMALL_SHEET


def open_xml(container: Container, characters: int = limits.UPLOAD_CHARACTERS) -> OpenXml:
    """`characters`: how many its shared texts may have. Raises Refusal for no workbook, or one that holds a document type."""
    for entry in container.entries:
        _refuse_document_type(container, entry)
    root = next((target for kind, _id, target in _relations(container, "") if kind == "officeDocument"), _BOOK)
    if root not in container:
        root = _BOOK
    if root not in container:
        raise refused("damaged")
    told = elements(_described(container, root))
    relations = _relations(container, root)
    by_id = {name: (kind, target) for kind, name, target in relations}
    usual = {kind: _joined(root.rpartition("/")[0], f"{kind}.xml") for kind in ("styles", "sharedStrings")}
    targets = usual | {kind: target for kind, _name, target in relations}
    styles = targets["styles"]
    return OpenXml(
        container=container,
        kind=_kind(container, told[0][1]),
        sheets=tuple(_sheets(told, by_id, container)),
        texts=_texts(container, targets["sharedStrings"], characters),
        formats=formats_of(_described(container, styles)) if styles in container else (),
        is_1904=any(name == "workbookPr" and attributes.get("date1904") in ("1", "true") for name, attributes in told),
        has_links=any(kind in ("externalLink", "externalLinkPath") for kind, _name, _target in relations),
    )


def _sheets(told, by_id: dict[str, tuple[str, str]], container: Container) -> Iterator[SheetPart]:
    lines = [attributes for name, attributes in told if name == "sheet"]
    if len(lines) > limits.UPLOAD_SHEETS:
        raise Refusal("strange", TOO_MANY_SHEETS, limit=limits.UPLOAD_SHEETS)
    for attributes in lines:
        name = next((value for key, value in attributes.items() if key.endswith(":id") or key == "id"), "")
        kind, part = by_id.get(name, ("", ""))
        if kind in ("chartsheet", "dialogsheet"):
            continue  # holds no cells
        if part not in container:
            raise refused("damaged")
        yield SheetPart(attributes.get("name", ""), _STATES.get(attributes.get("state", ""), "visible"), part)


def _texts(container: Container, part: str, characters: int) -> list[str]:
    return shared_texts(container.read(part), characters) if part in container else []


def _relations(container: Container, part: str) -> list[tuple[str, str, str]]:
    """(last word of the type, id, part it points to) of a part's relations."""
    folder, _slash, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    if relations not in container:
        return []
    return [
        (
            attributes.get("Type", "").rpartition("/")[2],
            attributes.get("Id", ""),
            _target(container, folder, attributes.get("Target", "")),
        )
        for name, attributes in elements(_described(container, relations))
        if name == "Relationship"
    ]


def _target(container: Container, folder: str, target: str) -> str:
    """A target as a name in the zip: the first way to read it that leads to a part; else as the format says."""
    target = target.replace("\\", "/")
    plain = unquote(target.partition("#")[0])
    ways = [_joined(folder, target), _joined("", target), _joined(folder, plain), _joined("", plain)]
    return next((way for way in ways if way in container), ways[0])


def _joined(folder: str, target: str) -> str:
    """Absolute, or seen from the folder."""
    return normpath(target if target.startswith("/") else f"/{folder}/{target}").lstrip("/")


def _described(container: Container, part: str) -> bytes:
    """A part that describes others; those are small."""
    if container.size(part) > limits.UPLOAD_DESCRIBING_BYTES:
        raise Refusal("strange", UNPACKS_TOO_LARGE, limit=limits.UPLOAD_DESCRIBING_BYTES // limits.MEBIBYTE)
    return container.read(part)


def _kind(container: Container, root: dict[str, str]) -> str:
    """xlsx, xlsm or strict, by what the workbook says of itself. `root`: the attributes of its first element."""
    return "xlsm" if has_macros(container) else "strict" if STRICT in root.values() else "xlsx"


def has_macros(container: Container) -> bool:
    types = _described(container, _TYPES) if _TYPES in container else b""
    return b".macroEnabled." in types or any("vbaproject" in entry.key for entry in container.entries)


def bodies(container: Container) -> Iterator[bytes]:
    """The parts that hold the rows of a sheet, whatever their names."""
    for entry in container.entries:
        if entry.key.endswith(".xml") and _BODY.search(content := container.unpacked(entry)):
            yield content


def _refuse_document_type(container: Container, entry: Entry) -> None:
    """No workbook program writes a DTD; entities are how a small file becomes large or reads other files.

    A document type can only stand before the root element. UTF-16 is seen through by leaving out the null bytes.
    """
    if not entry.name.lower().endswith((".xml", ".rels", ".vml")):
        return
    start = container.start(entry).replace(b"\0", b"")
    if b"<!--" in start or not _ROOT.search(start):
        start = container.unpacked(entry).replace(b"\0", b"")
    if any(mark in start for mark in _DOCUMENT_TYPES):
        raise Refusal("strange", ENTITIES)
