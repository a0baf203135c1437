"""Adds a sheet that lists everything to be corrected, and recognises it when the file comes back."""

from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from openpyxl.utils import quote_sheetname

from spreadsheets.annotate.defined_names import with_name
from spreadsheets.annotate.formats import ListFormats, with_list_formats
from spreadsheets.annotate.layout import SIGN
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.ooxml.content_types import SHEET_TYPE, TYPES_PART, with_part
from spreadsheets.ooxml.package import Package
from spreadsheets.ooxml.relations import OFFICE, add_relation
from spreadsheets.ooxml.workbook import WORKSHEET
from spreadsheets.ooxml.xml_edits import element, root_prefix, with_members
from spreadsheets.ooxml.xml_elements import MAIN
from spreadsheets.ooxml.xml_offsets import spans_at
from spreadsheets.patch.book import BookPart
from spreadsheets.patch.cell_xml import new_cell
from spreadsheets.read.workbook import Content, ReadSheet, ReadWorkbook
from spreadsheets.write.text_metrics import line_count, row_height

SIZE = 10.0  # points
_HEADS_AT = 3
_TAB = "FFC00000"


@dataclass(frozen=True)
class Row:
    """One line of the list. `title` and `address`: the cell to which its first text links, "" for none."""

    texts: tuple[str, ...]
    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class Listing:
    """The texts of the sheet. `heading` and the title begin with the sign by which the sheet is recognised later."""

    title: str
    heading: str
    guide: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[Row, ...]


def is_listing(sheet: ReadSheet) -> bool:
    """Whether an earlier download added the sheet: its title and its first cell begin with the sign."""
    corner = sheet.cells.get((1, 1))
    if corner is None or corner.content != Content.TEXT or not corner.text.startswith(f"{SIGN} "):
        return False
    return sheet.title.startswith(SIGN)


def without_listing(read: ReadWorkbook) -> ReadWorkbook:
    """The received file without the list of an earlier download."""
    if not any(map(is_listing, read.sheets)):
        return read
    return replace(read, sheets=tuple(sheet for sheet in read.sheets if not is_listing(sheet)))


def add_listing(package: Package, book: BookPart, listing: Listing) -> None:
    """Adds the list after the other sheets, in place of one with the same title. Raises Refusal."""
    package[book.styles_part], formats = with_list_formats(package[book.styles_part])
    content = _sheet(listing, formats)
    if part := book.sheets.get(listing.title):
        package[part] = content
        return
    part = package.new_name("xl/worksheets/sheet{}.xml")
    package[part] = content
    package[TYPES_PART] = with_part(package[TYPES_PART], part, SHEET_TYPE)
    _enter(package, book, part, listing.title)


def _enter(package: Package, book: BookPart, part: str, title: str) -> None:
    """Registers the part as the last sheet of the workbook, with heads that repeat on every page."""
    relation = add_relation(package, book.part, WORKSHEET, part)
    content = package[book.part]
    identity = max(int(span.attributes.get("sheetId", 0)) for span in spans_at(content, "sheets", "sheet")) + 1
    given = {"xmlns:r": OFFICE, "name": title, "sheetId": identity, "r:id": relation}
    content, number = with_members(content, "sheets", "sheet", [element(root_prefix(content) + b"sheet", given)])
    repeated = f"{quote_sheetname(title)}!${_HEADS_AT}:${_HEADS_AT}"
    package[book.part] = with_name(content, "_xlnm.Print_Titles", number, repeated)


def _sheet(listing: Listing, formats: ListFormats) -> bytes:
    last = letters_of(len(listing.heads))
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(listing.widths, 1)
    )
    room = sum(listing.widths)
    rows = [
        _row(1, (listing.heading,), formats.heading, row_height(line_count(listing.heading, room, 14), 14)),
        _row(2, (listing.guide,), formats.guide, row_height(line_count(listing.guide, room, SIZE), SIZE)),
        _row(_HEADS_AT, listing.heads, formats.head, 24.0),
    ]
    rows += [_row(at, row.texts, formats.body, _height(row, listing)) for at, row in enumerate(listing.rows, _HEADS_AT + 1)]
    merges = f'<mergeCells count="2"><mergeCell ref="A1:{last}1"/><mergeCell ref="A2:{last}2"/></mergeCells>'
    pane = f'<pane ySplit="{_HEADS_AT}" topLeftCell="A{_HEADS_AT + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f'<sheetPr><tabColor rgb="{_TAB}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{_HEADS_AT + len(listing.rows)}"/>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'.encode()
        + b"".join(rows)
        + f"</sheetData>{merges}{_links(listing)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>".encode()
    )


def _row(at: int, texts: tuple[str, ...], style: int, height: float) -> bytes:
    cells = b"".join(new_cell(at, column, str(style), text, b"") for column, text in enumerate(texts, 1))
    return f'<row r="{at}" ht="{height}" customHeight="1">'.encode() + cells + b"</row>"


def _height(row: Row, listing: Listing) -> float:
    lines = max(line_count(text, width, SIZE) for text, width in zip(row.texts, listing.widths, strict=True))
    return min(row_height(lines, SIZE) + 4, 400.0)  # a program accepts at most 409 points


def _links(listing: Listing) -> str:
    links = "".join(
        f'<hyperlink ref="A{at}" location={quoteattr(f"{quote_sheetname(row.title)}!{row.address}")}/>'
        for at, row in enumerate(listing.rows, _HEADS_AT + 1)
        if row.title
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""
