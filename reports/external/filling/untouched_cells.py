"""Finds the cells that filling leaves unchanged: numbers already in the table, and empty cells without a binding."""

import re
from collections.abc import Collection, Iterator, Mapping

from reports.external.geometry.heads import SheetHeads
from reports.external.geometry.roles import ColumnRole, role_of
from spreadsheets.preview.sheet_preview import SheetPreview
from spreadsheets.read.workbook import Place
from submissions.imports.tables.geometry.words import is_serial

_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?")


def numbers_left(sheets: Mapping[str, SheetPreview], written: Collection[str]) -> list[str]:
    """The addresses of numbers in the tables, except numbers of rows and columns, and codes."""
    return [
        sheet.address(place) for sheet in sheets.values() for place in _numbers(sheet) if sheet.address(place) not in written
    ]


def unbound_cells(sheets: Mapping[str, SheetPreview], bound: Collection[str]) -> dict[str, set[Place]]:
    """The empty cells under heads without a binding in force, by sheet."""
    return {
        title: {place for place, _heads in SheetHeads(sheet).blanks() if sheet.address(place) not in bound}
        for title, sheet in sheets.items()
    }


def _numbers(sheet: SheetPreview) -> Iterator[Place]:
    heads = SheetHeads(sheet)
    for place, cell in sorted(sheet.cells.items()):
        is_shown = place[0] not in sheet.hidden_rows and place[1] not in sheet.hidden_columns and not sheet.is_covered(place)
        if not is_shown or cell.is_formula or not _NUMBER.fullmatch(cell.text.strip()) or _counts_columns(sheet, place[0]):
            continue
        over = heads.of(place).column
        if not over or not any(is_serial(text) or role_of([text]) in (ColumnRole.CODE, ColumnRole.ASIDE) for text in over):
            yield place


def _counts_columns(sheet: SheetPreview, row: int) -> bool:
    """Whether a row of heads numbers the columns: 1, 2, 3 … (after 甲, 栏次)."""
    texts = [sheet.cell(place).text.strip() for place in sorted(sheet.cells) if place[0] == row]
    numbers = [int(text) for text in texts if text.isdecimal()]
    others = [text for text in texts if text and not text.isdecimal()]
    is_run = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return is_run and numbers[0] <= 2 and all(is_serial(text) or text in "甲乙丙丁" for text in others)
