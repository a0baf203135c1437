"""Parses an uploaded file in this process: recognises its kind, applies limits, reads its sheets. Runs in a child.

The answer is a flat refusal, a flat workbook, or SECOND_READER with a kind: the file is for the second reader.
"""

import csv
from collections.abc import Iterator
from functools import lru_cache

from spreadsheets import limits
from spreadsheets.ooxml.container import Bounds, Container
from spreadsheets.ooxml.refusals import BROKEN_TEXT, TOO_HEAVY, NotKnown, Refusal, refused
from spreadsheets.ooxml.styles import Format
from spreadsheets.read import file_kinds, notes
from spreadsheets.read.cell_contents import Contents, RawCell
from spreadsheets.read.csv_files import GBK, decoded, delimiter_of, separated_rows
from spreadsheets.read.open_xml import OpenXml, SheetPart, open_xml
from spreadsheets.read.rows import NotPlain, without_empty
from spreadsheets.read.sheet_pass import SheetPass
from spreadsheets.read.wide_texts import UTF16, UTF32
from spreadsheets.read.wire_format import Budget, Flat, FlatSheet, flat_refusal, flat_sheet, flat_workbook

SECOND_READER = "second reader"

_SHORT = 1 << 16  # bytes of a sheet that is cached
_ENCODINGS = {GBK: notes.GBK, UTF16: notes.UTF16, UTF32: notes.UTF32}
_DELIMITERS = {"\t": notes.TABS, ";": notes.SEMICOLONS}
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\r\n\v\f")
UPLOAD_BOUNDS = Bounds(limits.UPLOAD_PART_BYTES, limits.UPLOAD_TOTAL_BYTES)


def parsed(content: bytes, name: str) -> Flat:
    """The answer for a file. Never raises, whatever the file contains."""
    try:
        return _parsed(content, name)
    except Refusal as refusal:
        return flat_refusal(refusal)
    except MemoryError:
        return flat_refusal(Refusal("strange", TOO_HEAVY))


def recognised_container(content: bytes, name: str) -> tuple[str, Container | None]:
    """The real kind of the file, and its parts if it is a zip. Raises Refusal for a container that is not opened."""
    kind = file_kinds.recognised(content)
    if kind == "compound":
        return file_kinds.of_compound(content, name), None
    if kind != "zip":
        return kind, None
    container = Container(content, UPLOAD_BOUNDS)
    return file_kinds.of_zip(container), container


def _parsed(content: bytes, name: str) -> Flat:
    kind, container = recognised_container(content, name)
    if kind == "xlsx":
        return _workbook_or_second(container)
    if kind == "csv":
        return _comma_file(content, name)
    if kind in file_kinds.OTHERS or kind == file_kinds.DAMAGED:
        return {SECOND_READER: kind}
    raise refused(kind)


def _workbook_or_second(container: Container) -> Flat:
    """The content from the first reader, or a request for the second reader if something is unknown or the XML is broken.

    The second reader tolerates much but checks no checksums, so they are checked first: a damaged byte must not become a
    figure.
    """
    try:
        return _workbook(open_xml(container))
    except NotKnown:
        pass
    except Refusal as refusal:
        if refusal.kind != file_kinds.DAMAGED:
            raise
    container.check_sums()
    return {SECOND_READER: "xlsx"}


def _workbook(book: OpenXml) -> Flat:
    budget = Budget()
    sheets = [_sheet(book, sheet, budget) for sheet in book.sheets]
    found_notes = [notes.MACROS] * (book.kind == "xlsm") + [notes.LINKS] * book.has_links
    if not sheets:
        raise refused("charts" if book.has_charts else "damaged")
    return flat_workbook(book.kind, sheets, found_notes)


def _sheet(book: OpenXml, sheet: SheetPart, budget: Budget) -> FlatSheet:
    if not book.is_small(sheet):
        return _flat(sheet.title, sheet.state, _large_sheet(book, sheet, budget))
    content = book.container.read(sheet.part)
    if len(content) <= _SHORT and not book.texts:
        flat, cells, characters = _short_sheet(sheet.title, sheet.state, content, book.formats, book.is_1904)
        budget.take(cells, characters)
        return flat
    found = book.sheet_pass(sheet)
    found.read_whole(content)
    budget.pay(found.cells)
    return _flat(sheet.title, sheet.state, found)


@lru_cache(maxsize=16)
def _short_sheet(
    title: str, state: str, content: bytes, formats: tuple[Format, ...], is_1904: bool
) -> tuple[FlatSheet, int, int]:
    """A sheet that needs no other part, with its numbers of cells and characters.

    Cached, as the sheet of definitions is the same in every copy of a form.
    """
    found = SheetPass(title, Contents(title, (), formats, is_1904=is_1904))
    found.read_whole(content)
    return _flat(title, state, found), len(found.cells), sum(len(cell[2]) for cell in found.cells)


def _flat(title: str, state: str, found: SheetPass) -> FlatSheet:
    return flat_sheet(
        title, state, found.cells, merged=found.merged, hidden_rows=found.hidden_rows, hidden_columns=found.hidden_columns
    )


def _large_sheet(book: OpenXml, sheet: SheetPart, budget: Budget) -> SheetPass:
    """Reads a large sheet without its empty cells where that is possible; otherwise starts again and reads everything."""
    found = book.sheet_pass(sheet)
    try:
        _gather(found, without_empty(book.chunks(sheet)), budget)
    except NotPlain:
        budget.take_back(found.cells)
        found = book.sheet_pass(sheet)
        _gather(found, book.chunks(sheet), budget)
    return found


def _gather(found: SheetPass, chunks: Iterator[bytes], budget: Budget) -> None:
    paid = 0
    for _ in found.read(chunks):
        budget.pay(found.cells[paid:])
        paid = len(found.cells)


def _comma_file(content: bytes, name: str) -> Flat:
    try:
        text, encoding = decoded(content)
    except UnicodeError as error:
        raise refused("unknown") from error
    if not _CONTROLS.isdisjoint(text[:4096]):
        raise refused("unknown")
    delimiter = delimiter_of(text)
    if not delimiter and not name.lower().endswith(".csv"):
        raise refused("text")
    found_notes = [note for note in (_ENCODINGS.get(encoding), _DELIMITERS.get(delimiter)) if note]
    return flat_workbook(
        "csv", [flat_sheet(name.rpartition(".")[0] or name, "visible", _texts(text, delimiter or ","))], found_notes
    )


def _texts(text: str, delimiter: str) -> list[RawCell]:
    budget, found = Budget(), []
    row = 0
    try:
        for row, texts in separated_rows(text, delimiter):
            cells = [(row, column, cell, "s", "", False, "") for column, cell in enumerate(texts, 1) if cell]
            budget.pay(cells)
            found += cells
    except csv.Error as error:
        raise Refusal("csv", BROKEN_TEXT, row=row + 1) from error
    return found
