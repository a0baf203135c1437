"""The uploaded workbook with what was found in it: red cells, comments, a column of sentences. Writes nothing into the database."""

from collections import defaultdict

from spreadsheets.marking.plain import plain_workbook
from spreadsheets.marking.workbook import SAYS, Marks, marked
from spreadsheets.patches.marks import BadPart
from spreadsheets.reading.addresses import place_of
from spreadsheets.reading.workbook import Content, Place, ReadSheet, ReadWorkbook
from submissions.intake.told import FileTold, Remark, Weight

XLSX = "xlsx"
MOST_CELLS = 100_000  # 300 units × 300 columns; each is held in memory while it is marked
SAID = (Weight.ERROR, Weight.MANDATORY, Weight.VERIFY)


class TooLarge(Exception):
    """The workbook has more cells than are marked in one request."""


def marked_workbook(content: bytes, read: ReadWorkbook, told: FileTold) -> bytes:
    """An .xlsx keeps all it has; anything else (.xls, .csv, .xlsm, which would carry its macros) comes back as a plain .xlsx.

    Raises TooLarge, and BadPart for a workbook that is stranger than the reader minds.
    """
    if sum(len(sheet.cells) for sheet in read.sheets) > MOST_CELLS:
        raise TooLarge
    marks = _marks(read, told)
    try:
        return marked(content if read.kind == XLSX else plain_workbook(read), marks)
    except BadPart:
        if read.kind != XLSX:
            raise
        return marked(plain_workbook(read), marks)


def _marks(read: ReadWorkbook, told: FileTold) -> dict[str, Marks]:
    said: dict[str, dict[Place, str]] = defaultdict(dict)
    for remark in _remarks(told):
        title, _mark, address = remark.address.rpartition("!")
        place = place_of(address)
        if title and place:
            standing = said[title].get(place)
            said[title][place] = f"{standing} {remark.said}" if standing else remark.said
    sheets = {sheet.title: sheet for sheet in read.sheets}
    return {title: _sheet_marks(sheets[title], places) for title, places in said.items() if title in sheets}


def _remarks(told: FileTold) -> list[Remark]:
    found = [*told.remarks, *(remark for unit in told.units for remark in unit.remarks)]
    return [remark for remark in found if remark.weight in SAID]


def _sheet_marks(sheet: ReadSheet, sentences: dict[Place, str]) -> Marks:
    """The column that an earlier download added is used again, its old sentences go; else the first one free on the right."""
    last = max((column for _row, column in sheet.cells), default=0)
    rows = frozenset(
        row
        for (row, column), cell in sheet.cells.items()
        if column == last and cell.content == Content.TEXT and cell.text.startswith(SAYS) and not cell.is_formula
    )
    return Marks(sentences, last if rows else last + 1, rows)
