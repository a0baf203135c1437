"""Addresses of cells: D7 ↔ row 7, column 4."""

import re
from functools import cache

from spreadsheets import limits

Place = tuple[int, int]  # row and column, both from 1
Range = tuple[int, int, int, int]  # first row, first column, last row, last column

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@cache
def letters_of(column: int) -> str:
    """Converts a number to letters: 4 -> D, 27 -> AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """Converts letters of any case to a number: D -> 4."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address_of(place: Place) -> str:
    """The address of a place: (7, 4) -> D7."""
    return f"{letters_of(place[1])}{place[0]}"


def place_of(address: str) -> Place | None:
    """Row and column of an address; None for an address that no sheet has (row 0, beyond XFD1048576)."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    row, column = int(match[2]), column_of(match[1])
    return (row, column) if 1 <= row <= limits.SHEET_ROWS and column <= limits.SHEET_COLUMNS else None


def address_of_range(area: Range) -> str:
    """(2, 2, 7, 4) -> B2:D7."""
    return f"{address_of(area[:2])}:{address_of(area[2:])}"


def range_of(address: str) -> Range | None:
    """The corners of a range: `B2:D7` -> first row, first column, last row, last column; None for anything else."""
    first, _colon, last = address.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None:
        return None
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return rows[0], columns[0], rows[1], columns[1]
