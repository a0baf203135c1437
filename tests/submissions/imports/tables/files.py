"""Tables as the files that people send: old workbooks and comma-separated text in the encoding of Chinese spreadsheets."""

import csv
import io

from spreadsheets.read.workbook import Content, ReadSheet
from tests.spreadsheets.read.compound import label, number, old_workbook, record


def as_old_workbook(sheet: ReadSheet) -> bytes:
    """An .xls of one sheet, with its merges."""
    cells = [
        number(row - 1, column - 1, float(cell.text))
        if cell.content == Content.NUMBER
        else label(row - 1, column - 1, cell.text)
        for (row, column), cell in sheet.cells.items()
    ]
    return old_workbook(sheets={sheet.title: (0, [*cells, _merges(sheet)])})


def as_csv(sheet: ReadSheet, encoding: str = "gbk") -> bytes:
    """Merged cells leave their value in the first one, as saving as CSV does."""
    out = io.StringIO()
    height = max(row for row, _column in sheet.cells)
    width = max(column for _row, column in sheet.cells)
    writer = csv.writer(out)
    for row in range(1, height + 1):
        writer.writerow([cell.text if (cell := sheet.cells.get((row, column))) else "" for column in range(1, width + 1)])
    return out.getvalue().encode(encoding)


def _merges(sheet: ReadSheet) -> bytes:
    ranges = [(top - 1, bottom - 1, first - 1, last - 1) for top, first, bottom, last in sheet.merged]
    data = len(ranges).to_bytes(2, "little") + b"".join(part.to_bytes(2, "little") for one in ranges for part in one)
    return record(0xE5, data) if ranges else b""
