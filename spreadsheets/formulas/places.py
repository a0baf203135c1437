"""Parses references such as 'Sheet 2'!$A$1:B9, A:A or 3:3 into areas."""

import re

from spreadsheets import limits
from spreadsheets.formulas.values import Area, Uncomputable
from spreadsheets.ooxml.addresses import letters_of, range_of

ROWS, COLUMNS = limits.SHEET_ROWS, limits.SHEET_COLUMNS
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
    if columns := _WHOLE_COLUMNS.fullmatch(place):
        place = f"{columns[1]}1:{columns[2]}{ROWS}"
    elif rows := _WHOLE_ROWS.fullmatch(place):
        place = f"A{rows[1]}:{letters_of(COLUMNS)}{rows[2]}"
    found = range_of(place)
    return Area(sheet, *found) if found else None
