"""Reads an old .xls through xlrd: values, errors, formats, which cells are formulas, merged ranges, what is hidden.

calamine gives less of an .xls: with it an error cell would look blank and a share of 85% would be 0.85.
"""

import codecs
import re
import struct
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import lru_cache

from xlrd import XLRDError, error_text_from_code, open_workbook
from xlrd.biffh import XL_CELL_BLANK, XL_CELL_BOOLEAN, XL_CELL_EMPTY, XL_CELL_ERROR, XL_CELL_TEXT, XL_FORMULA_OPCODES
from xlrd.book import Book
from xlrd.sheet import Sheet

from spreadsheets import limits
from spreadsheets.ooxml.numbers import date_text, plain_number
from spreadsheets.ooxml.refusals import TOO_MANY_SHEETS, NotKnown, Refusal, refused
from spreadsheets.ooxml.styles import BUILT_IN, Format, format_of
from spreadsheets.read.cell_contents import RawCell
from spreadsheets.read.wire_format import Budget, FlatSheet, flat_sheet
from spreadsheets.read.workbook import Place

_ENCRYPTED = "Workbook is encrypted"  # the words of xlrd for a workbook with a password
_STATES = ("visible", "hidden", "veryHidden")
_NOTHING = (XL_CELL_EMPTY, XL_CELL_BLANK)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which no XML may hold
# Texts of a workbook of before 1997 are written in the code page of their machine; codecs are files, and a child opens none.
_CODE_PAGES = (
    "ascii",
    "latin-1",
    "cp437",
    "cp850",
    "cp932",
    "cp936",
    "cp949",
    "cp950",
    "cp1250",
    "cp1251",
    "cp1252",
    "mac-roman",
)
for _code_page in _CODE_PAGES:
    codecs.lookup(_code_page)


def xls_sheets(content: bytes) -> list[FlatSheet]:
    """The sheets with cells, in order. Raises Refusal, NotKnown for what xlrd does not read."""
    silence = _Silence()
    try:
        with redirect_stdout(silence):
            book = open_workbook(
                file_contents=content, logfile=silence, formatting_info=True, on_demand=True, ragged_rows=True,
                ignore_workbook_corruption=True,
            )  # fmt: skip
            return list(_sheets(book))
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # XLRDError, AssertionError, struct.error, IndexError, RecursionError …, depending on the file
        if isinstance(error, XLRDError) and str(error) == _ENCRYPTED:
            raise refused("encrypted") from error
        raise NotKnown(str(error)) from error


class _Silence:
    """Discards what xlrd prints about oddities: the child's standard output is its answer."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


class _FormulaPlaces:
    """Wraps xlrd's reading of records, because xlrd gives the result of a formula without saying that it is one."""

    def __init__(self, book: Book):
        self.places: set[Place] = set()
        self._record_parts = book.get_record_parts
        book.get_record_parts = self._noted_record

    def _noted_record(self) -> tuple[int, int, bytes]:
        found = self._record_parts()
        if found[0] in XL_FORMULA_OPCODES:
            row, column = struct.unpack_from("<2H", found[2])
            self.places.add((row + 1, column + 1))
        return found


def _sheets(book: Book) -> Iterator[FlatSheet]:
    """Yields sheets one after the other and frees each before the next: the cells of all at once may not fit into memory."""
    if book.nsheets > limits.UPLOAD_SHEETS:
        raise Refusal("strange", TOO_MANY_SHEETS, limit=limits.UPLOAD_SHEETS)
    formulas, formats, budget = _FormulaPlaces(book), _formats(book), Budget()
    for number in range(book.nsheets):
        formulas.places.clear()
        sheet = book.sheet_by_index(number)
        cells = list(_cells(sheet, formats, formulas.places, is_1904=book.datemode == 1))
        budget.pay(cells)
        yield _flat(sheet, cells)
        book.unload_sheet(number)


def _flat(sheet: Sheet, cells: list[RawCell]) -> FlatSheet:
    merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells[: limits.UPLOAD_MERGES]]
    return flat_sheet(
        sheet.name,
        _STATES[sheet.visibility & 3] if sheet.visibility & 3 < len(_STATES) else "veryHidden",
        cells,
        merged=merged,
        hidden_rows=sorted(row + 1 for row, look in sheet.rowinfo_map.items() if look.hidden),
        hidden_columns=[(column + 1, column + 1) for column, look in sorted(sheet.colinfo_map.items()) if look.hidden],
    )


def _formats(book: Book) -> list[Format]:
    """The format codes by the number of a cell's style.

    Built-in formats get our codes; xlrd would name them as in the United States.
    """
    codes = BUILT_IN | {given.format_key: given.format_str for given in book.format_list}
    return [format_of(codes.get(style.format_key, "")) for style in book.xf_list]


def _cells(sheet: Sheet, formats: list[Format], formulas: set[Place], *, is_1904: bool) -> Iterator[RawCell]:
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column in [column for column, kind in enumerate(kinds) if kind not in _NOTHING]:
            place, value = (row + 1, column + 1), values[column]
            if isinstance(value, float):
                style = sheet.cell_xf_index(row, column)
                yield *place, *_number(value, formats[style], place in formulas, is_1904=is_1904)
            elif value != "":
                yield *place, *_other(value, kinds[column]), "", place in formulas, ""


def _number(stored: float, found: Format, is_formula: bool, *, is_1904: bool) -> tuple[str, str, str, bool, str]:
    """Text, content, format code, whether it is a formula, the stored number behind a date."""
    number = plain_number(repr(stored))
    if number is None:
        return repr(stored), "s", found.code, is_formula, repr(stored)
    shown = date_text(number, is_1904=is_1904) if found.is_date else None
    if shown is not None:
        return shown, "d", found.code, is_formula, number
    return number, "n", found.code, is_formula, ""


def _other(value: str | int, kind: int) -> tuple[str, str]:
    """Text and content."""
    if kind == XL_CELL_TEXT:
        return seen_text(value), "s"
    if kind == XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE", "b"
    if kind == XL_CELL_ERROR:
        return error_text_from_code.get(value, "#VALUE!"), "e"
    raise NotKnown(str(kind))


@lru_cache(maxsize=4096)  # every cell may hold a long text
def seen_text(text: str) -> str:
    """The text without invisible characters."""
    return _UNSEEN.sub("", text)
