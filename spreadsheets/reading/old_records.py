"""An old .xls by its records: numbers, errors, formats, formulas, what is hidden. Reads no shared texts: the second reader does.

Without it an error cell would look blank, a share of 85% would be 0.85, and some formulas with a text would read as 0.
"""

import struct
from collections.abc import Iterator

from spreadsheets.reading.compound_files import CompoundFile
from spreadsheets.reading.old_sheets import Book, SheetRecords, sheet_of, wide_text
from spreadsheets.reading.refusals import refused
from spreadsheets.reading.styles import BUILT_IN, format_of

_STREAMS = ("Workbook", "WORKBOOK", "Book")
_BEGIN, _END, _FORMAT, _STYLE, _SHEET, _DAYS, _PROTECTION, _LOCK = 0x809, 0x0A, 0x41E, 0xE0, 0x85, 0x22, 0x12, 0x2F
_KNOWN_VERSION = 0x600  # of 1997 and later; before that texts are written otherwise
_WORKSHEET, _VERY_HIDDEN = 0, 2


def sheet_records(content: bytes) -> dict[int, SheetRecords]:
    """By the number of the sheet in the workbook, from 0; empty for a file whose records can not be followed. Raises Refusal."""
    file = CompoundFile(content)
    try:
        return _of_book(file.stream(_stream_name(file)))
    except (struct.error, IndexError):
        return {}


def without_protection(content: bytes) -> bytes:
    """The file with its workbook's protection switched off: the second reader takes it for a lock on the content."""
    file = CompoundFile(content)
    name, found = _stream_name(file), bytearray(content)
    for kind, data, at in _placed_records(file.stream(name), 0):
        place = file.place(name, at)
        if kind == _PROTECTION and len(data) == 2 and place is not None:
            found[place : place + 2] = b"\0\0"
    return bytes(found)


def _stream_name(file: CompoundFile) -> str:
    return next((name for name in _STREAMS if name in file.streams), "")


def _of_book(stream: bytes) -> dict[int, SheetRecords]:
    codes, chosen, sheets, is_1904 = dict(BUILT_IN), [], [], False
    for kind, data in _records(stream, 0):
        if kind == _BEGIN and struct.unpack_from("<H", data)[0] != _KNOWN_VERSION:
            return {}
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = wide_text(data[2:])
        elif kind == _STYLE:
            chosen.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _DAYS:
            is_1904 = data[0] == 1
        elif kind == _LOCK:
            raise refused("encrypted")
        elif kind == _SHEET:
            sheets.append(struct.unpack_from("<LBB", data))
    book = Book([format_of(codes.get(number, "")) for number in chosen], is_1904)
    return {
        number: sheet_of(_records(stream, start), book, is_very_hidden=state & 3 == _VERY_HIDDEN)
        for number, (start, state, kind) in enumerate(sheets)
        if kind == _WORKSHEET
    }


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and data of each record from a place to the end of its part."""
    return ((kind, data) for kind, data, _at in _placed_records(book, at))


def _placed_records(book: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """Kind and data of each record, and where the data stand in the stream."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, at)
        if kind == _END:
            return
        yield kind, book[at + 4 : at + 4 + length], at + 4
        at += 4 + length
