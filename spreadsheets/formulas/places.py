"""Parses references such as 'Sheet 2'!$A$1:B9, A:A or 3:3 into areas."""

import re

from spreadsheets import limits
from spreadsheets.formulas.values import Area, Uncomputable
from spreadsheets.ooxml.addresses import column_of

ROWS, COLUMNS = limits.SHEET_ROWS, limits.SHEET_COLUMNS
_CELL = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_CELLS = re.compile(rf"{_CELL}(?::{_CELL})?")
_WHOLE_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_WHOLE_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")


def split_sheet(text: str) -> tuple[str, str]:
    """Splits off the sheet: `'My sheet'!A1` -> ("My sheet", "A1"); no sheet is "".

    Raises Uncomputable for other files and several sheets.
    """
    sheet, mark, place = text.rpartition("!")
    if not mark:
        return "", text
    quoted = len(sheet) > 1 and sheet.startswith("'") and sheet.endswith("'")
    title = sheet[1:-1].replace("''", "'") if quoted else sheet
    if not title or "[" in title or ":" in title:
        raise Uncomputable(text)
    return title, place


def area_in(place: str, sheet: str) -> Area | None:
    """The area of `A1`, `A1:B9`, `A:C` or `1:3` on a sheet; None where the text is no such reference."""
    cells = _CELLS.fullmatch(place)
    if cells:
        first = (int(cells[2]), column_of(cells[1]))
        last = (int(cells[4]), column_of(cells[3])) if cells[3] else first
    elif columns := _WHOLE_COLUMNS.fullmatch(place):
        first, last = (1, column_of(columns[1])), (ROWS, column_of(columns[2]))
    elif rows := _WHOLE_ROWS.fullmatch(place):
        first, last = (int(rows[1]), 1), (int(rows[2]), COLUMNS)
    else:
        return None
    top, bottom = sorted((first[0], last[0]))
    left, right = sorted((first[1], last[1]))
    if top < 1 or bottom > ROWS or right > COLUMNS:
        return None
    return Area(sheet, top, left, bottom, right)
