"""Reads the first visible sheet of an .xlsx into numbered rows of texts, as a user sees them. Knows no head, no meaning."""

import io
import math
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook

from spreadsheets import limits
from spreadsheets.containers import DAMAGED, open_container
from spreadsheets.problems import Problems, refuse
from spreadsheets.words import gettext_noop, say

# A formula whose result was never stored: the file was written by a program and not opened since. An empty result of a
# computed formula says t="str".
_NOT_COMPUTED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*(?<!/)>(?!</)')


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a zip, which every .xlsx is."""
    return content.startswith(b"PK\x03\x04")


def workbook_rows(content: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yields (row number, texts) with trailing empty cells as "". Raises TableProblems.

    Read-only mode always: in the normal one a 2 kB file with one merged range over the sheet fills the memory. The
    dimension a file claims is not believed: 18 of 1,436 real workbooks lost cells to a wrong one.
    """
    container = open_container(content, name)
    try:
        with warnings.catch_warnings():  # “no default style”, “extension not supported”: nothing a reader of figures needs
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers raise: KeyError, ValueError, TypeError, BadZipFile
        raise refuse(name, say(DAMAGED)) from error
    try:
        yield from _sheet_rows(workbook, container, name)
    finally:
        workbook.close()
        container.close()


def _sheet_rows(workbook: Workbook, container: ZipFile, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    sheet = next((sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"), None)
    if sheet is None:
        raise refuse(name, say(NO_SHEET))
    width = _width(container.read(sheet._worksheet_path), name)
    sheet.reset_dimensions()
    problems = Problems(name)
    try:
        for number, cells in enumerate(sheet.iter_rows(max_col=width), 1):
            yield number, tuple(_text(cell, problems) for cell in cells)
    except (KeyError, IndexError, TypeError, ValueError, ArithmeticError, SyntaxError) as error:
        raise refuse(name, say(DAMAGED)) from error
    problems.raise_if_any()


def _width(sheet_xml: bytes, name: str) -> int:
    """The last column that holds anything; refuses cells beyond the limits and formulas that were never computed."""
    problems = Problems(name)
    for match in _NOT_COMPUTED.finditer(sheet_xml):
        cell = match[1].decode()
        problems.add(_row_of(match[1]), cell.rstrip("0123456789"), say(NOT_COMPUTED, cell=cell))
    problems.raise_if_any()
    letters = {match[1] for match in _FILLED.finditer(sheet_xml)}
    width = max(map(_column_number, letters), default=1)
    if width > limits.TABLE_COLUMNS:
        raise refuse(name, say(TOO_WIDE, last=get_column_letter(limits.TABLE_COLUMNS)))
    return width


def _row_of(cell: bytes) -> int:
    return int(cell.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell, problems: Problems) -> str:
    """What the cell says: whole numbers without ".0", a share in a per-cent format as "85%", dates as 2026-09-30."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _from_text(cell, problems)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return _from_number(cell, problems)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _from_text(cell, problems: Problems) -> str:
    if cell.data_type == "e":
        problems.add(cell.row, cell.column_letter, say(ERROR_CELL, cell=cell.coordinate, error=cell.value))
        return ""
    return unescape(cell.value).strip() if "_x" in cell.value else cell.value.strip()


def _from_number(cell, problems: Problems) -> str:
    if isinstance(cell.value, float) and not math.isfinite(cell.value):
        problems.add(cell.row, cell.column_letter, say(NO_NUMBER, cell=cell.coordinate))
        return ""
    if "%" in cell.number_format:
        return f"{_plain(Decimal(repr(cell.value)) * 100)}%"
    return str(cell.value) if isinstance(cell.value, int) else _plain(Decimal(repr(cell.value)))


def _plain(number: Decimal) -> str:
    """Without exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


NO_SHEET = gettext_noop("The workbook has no visible sheet.")
NOT_COMPUTED = gettext_noop("Cell %(cell)s holds a formula that was never computed; open the file in Excel or WPS and save it.")
ERROR_CELL = gettext_noop("Cell %(cell)s shows the error %(error)s; mend its formula or type the value.")
NO_NUMBER = gettext_noop("Cell %(cell)s holds a number too large to be read; type it again.")
TOO_WIDE = gettext_noop("There are cells beyond column %(last)s; keep the table within it.")
