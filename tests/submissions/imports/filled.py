"""A form workbook of ours as it comes back: opened in a spreadsheet program, cells typed by their keys, saved. (openpyxl stands in.)"""

import io
from collections.abc import Mapping

from openpyxl import load_workbook

from submissions.workbooks.stamps import CHOICE, NOW, STAMPS_SHEET, Shape, is_stamp_like, read_stamp


def filled(content: bytes, typed: Mapping[tuple[str, str], object]) -> bytes:
    """`typed`: (unit's code, figure key) -> what is typed there; a choice beside a cell that is typed in is taken back."""
    book = load_workbook(io.BytesIO(content))
    left = dict(typed)
    for sheet in book.worksheets:
        if sheet.title != STAMPS_SHEET and is_stamp_like(str(sheet["A1"].value or "")):
            _fill(sheet, left)
    assert not left, f"no cell for {left}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet, left: dict[tuple[str, str], object]) -> None:
    stamp = read_stamp(sheet["A1"].value)
    heads = {cell.value: cell.column for cell in sheet[1] if cell.value}
    for row in range(2, sheet.max_row + 1):
        key = sheet.cell(row, 1).value
        if key and stamp.shape == Shape.GRID:
            for place in [place for place in left if place[0] == key and place[1] in heads]:
                sheet.cell(row, heads[place[1]]).value = left.pop(place)
        elif key and (stamp.org, key) in left:
            sheet.cell(row, heads[NOW]).value = left.pop((stamp.org, key))
            sheet.cell(row, heads[CHOICE]).value = None
