"""The records of one sheet of an old .xls. Knows no file around them."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spreadsheets.reading.contents import RawCell
from spreadsheets.reading.numbers import date_text, plain_number
from spreadsheets.reading.styles import Format
from spreadsheets.reading.workbook import Place

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_FORMULA, _TEXT_RESULT, _NUMBER, _SWITCH, _SHORT, _SHORTS = 0x06, 0x207, 0x203, 0x205, 0x27E, 0xBD
_ROW, _COLUMNS = 0x208, 0x7D
_CELL = struct.Struct("<3H")  # row, column, style
_SPECIAL = b"\xff\xff"  # a formula's result that is no number: what follows is one of
_RESULT_TEXT, _RESULT_SWITCH, _RESULT_ERROR, _RESULT_EMPTY = range(4)
_SHORT_BYTES = 6


@dataclass(frozen=True)
class Book:
    """What the cells of every sheet point to."""

    formats: list[Format]
    is_1904: bool


@dataclass
class SheetRecords:
    """`cells` by place, rows and columns from 1, as they are to be read; None for a formula whose result is empty."""

    is_very_hidden: bool = False
    cells: dict[Place, RawCell | None] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def sheet_of(records: Iterable[tuple[int, bytes]], book: Book, *, is_very_hidden: bool) -> SheetRecords:
    """Raises struct.error and IndexError for records that are not what they say."""
    found, last_formula = SheetRecords(is_very_hidden), None
    for kind, data in records:
        if kind == _ROW and data[12] & 0x20:
            found.hidden_rows.append(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMNS and data[8] & 1:
            first, last = struct.unpack_from("<2H", data)
            found.hidden_columns.append((first + 1, last + 1))
        elif kind == _TEXT_RESULT and last_formula is not None:
            text = wide_text(data)
            found.cells[last_formula] = (*last_formula, text, "s", "", True, "") if text else None
        elif kind in (_FORMULA, _NUMBER, _SWITCH, _SHORT, _SHORTS):
            for place, cell in _cells(kind, data, book):
                found.cells[place] = cell
                last_formula = place if kind == _FORMULA else None
    return found


def wide_text(data: bytes) -> str:
    """A text: its length, whether its characters take two bytes, the characters."""
    length, is_wide = struct.unpack_from("<HB", data)
    return data[3 : 3 + 2 * length].decode("utf-16-le", "replace") if is_wide & 1 else data[3 : 3 + length].decode("latin-1")


def _cells(kind: int, data: bytes, book: Book) -> Iterator[tuple[Place, RawCell | None]]:
    row, column, style = _CELL.unpack_from(data)
    place = row + 1, column + 1
    if kind == _SHORTS:
        for step, at in enumerate(range(4, len(data) - _SHORT_BYTES + 1, _SHORT_BYTES)):
            style, packed = struct.unpack_from("<HL", data, at)
            place = row + 1, column + step + 1
            yield place, _number(place, _unpacked(packed), book, style)
    elif kind == _SHORT:
        yield place, _number(place, _unpacked(struct.unpack_from("<L", data, 6)[0]), book, style)
    elif kind == _NUMBER:
        yield place, _number(place, struct.unpack_from("<d", data, 6)[0], book, style)
    elif kind == _SWITCH:
        yield place, (_error(place, data[6]) if data[7] else _switch(place, data[6]))
    elif data[12:14] != _SPECIAL:
        yield place, _number(place, struct.unpack_from("<d", data, 6)[0], book, style, is_formula=True)
    elif data[6] == _RESULT_ERROR:
        yield place, _error(place, data[8], is_formula=True)
    elif data[6] == _RESULT_SWITCH:
        yield place, _switch(place, data[8], is_formula=True)
    else:
        yield place, None  # a text stands in the record that follows


def _unpacked(packed: int) -> float:
    """A number in four bytes: the upper half of a double or an integer, either perhaps a hundredth."""
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        (number,) = struct.unpack("<d", struct.pack("<2L", 0, packed & 0xFFFFFFFC))
    return number / 100 if packed & 1 else number


def _number(place: Place, stored: float, book: Book, style: int, *, is_formula: bool = False) -> RawCell:
    found, number = book.formats[style], plain_number(repr(stored))
    if number is None:
        return *place, repr(stored), "s", found.code, is_formula, repr(stored)
    shown = date_text(number, is_1904=book.is_1904) if found.is_date else None
    if shown is not None:
        return *place, shown, "d", found.code, is_formula, number
    return *place, number, "n", found.code, is_formula, ""


def _switch(place: Place, value: int, *, is_formula: bool = False) -> RawCell:
    return *place, "TRUE" if value else "FALSE", "b", "", is_formula, ""


def _error(place: Place, code: int, *, is_formula: bool = False) -> RawCell:
    return *place, _ERRORS.get(code, "#VALUE!"), "e", "", is_formula, ""
