"""What the second reader leaves out of an old .xls: errors, number formats, formulas, what is hidden. Reads records, no values.

Without it an error cell would look blank and a share of 85% would be 0.85.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from spreadsheets.reading.compound_files import CompoundFile
from spreadsheets.reading.refusals import refused
from spreadsheets.reading.styles import BUILT_IN
from spreadsheets.reading.workbook import Place

_STREAMS = ("Workbook", "WORKBOOK", "Book")
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_FORMULA, _NUMBER, _SWITCH, _SHORT, _SHORTS = 0x06, 0x203, 0x205, 0x27E, 0xBD
_END, _ROW, _COLUMNS, _FORMAT, _STYLE, _SHEET = 0x0A, 0x208, 0x7D, 0x41E, 0xE0, 0x85
_PROTECTION, _LOCK = 0x12, 0x2F
_CELL = struct.Struct("<3H")  # row, column, style
_WORKSHEET, _VERY_HIDDEN = 0, 2
_SPECIAL, _IS_ERROR = b"\xff\xff", 2  # how a formula's result says that it is no number


@dataclass
class SheetRecords:
    """By place, rows and columns from 1. `formats` holds number formats that are not General."""

    is_very_hidden: bool = False
    errors: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


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


def _of_book(book: bytes) -> dict[int, SheetRecords]:
    codes, chosen, sheets = dict(BUILT_IN), [], []
    for kind, data in _records(book, 0):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _text(data[2:])
        elif kind == _STYLE:
            chosen.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _LOCK:
            raise refused("encrypted")
        elif kind == _SHEET:
            sheets.append(struct.unpack_from("<LBB", data))
    formats = [codes.get(number, "") for number in chosen]
    return {
        number: _of_sheet(book, start, formats, is_very_hidden=state & 3 == _VERY_HIDDEN)
        for number, (start, state, kind) in enumerate(sheets)
        if kind == _WORKSHEET
    }


def _of_sheet(book: bytes, start: int, formats: list[str], *, is_very_hidden: bool) -> SheetRecords:
    found = SheetRecords(is_very_hidden)
    for kind, data in _records(book, start):
        if kind == _ROW and data[12] & 0x20:
            found.hidden_rows.append(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMNS and data[8] & 1:
            first, last = struct.unpack_from("<2H", data)
            found.hidden_columns.append((first + 1, last + 1))
        elif kind in (_FORMULA, _NUMBER, _SWITCH, _SHORT):
            _take_cell(found, kind, data, formats)
        elif kind == _SHORTS:
            row, first = struct.unpack_from("<2H", data)
            for place, at in enumerate(range(4, len(data) - 2, 6)):
                _take_format(found, (row + 1, first + place + 1), struct.unpack_from("<H", data, at)[0], formats)
    return found


def _take_cell(found: SheetRecords, kind: int, data: bytes, formats: list[str]) -> None:
    row, column, style = _CELL.unpack_from(data)
    place = row + 1, column + 1
    _take_format(found, place, style, formats)
    if kind == _FORMULA:
        found.formulas.add(place)
        if data[12:14] == _SPECIAL and data[6] == _IS_ERROR:
            found.errors[place] = _ERRORS.get(data[8], "#VALUE!")
    elif kind == _SWITCH and data[7]:
        found.errors[place] = _ERRORS.get(data[6], "#VALUE!")


def _take_format(found: SheetRecords, place: Place, style: int, formats: list[str]) -> None:
    if formats[style]:
        found.formats[place] = formats[style]


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


def _text(data: bytes) -> str:
    """A format code: its length, whether its characters take two bytes, the characters."""
    length, is_wide = struct.unpack_from("<HB", data)
    return data[3 : 3 + 2 * length].decode("utf-16-le", "replace") if is_wide & 1 else data[3 : 3 + length].decode("latin-1")
