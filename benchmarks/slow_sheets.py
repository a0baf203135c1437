"""The slow, obvious writer: openpyxl with a style given to every cell. Oracle and yardstick of spreadsheets.write.workbook_writer."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from spreadsheets.safe_text import sheet_titles, workbook_text
from spreadsheets.write.sheet import Block, Sheet, Style, Value
from spreadsheets.write.template import apply_style, new_workbook, set_up


def write_slowly(path: Path, sheets: Sequence[Sheet]) -> None:
    """The same sheets in the same file format, cell by cell."""
    workbook = new_workbook()
    for sheet, title in zip(sheets, sheet_titles(sheet.title for sheet in sheets), strict=True):
        worksheet = workbook.create_sheet(title)
        set_up(worksheet, sheet)
        _write_blocks(worksheet, sheet.head, 0)
        last = _write_body(worksheet, sheet)
        _write_blocks(worksheet, sheet.foot, last)
        _set_heights(worksheet, sheet, last)
    workbook.save(path)


def _write_body(worksheet: Worksheet, sheet: Sheet) -> int:
    number = sheet.head_rows
    for row in sheet.body:
        number += 1
        look = sheet.looks[row.look]
        styles = [look.marked[place] if place in row.marked else style for place, style in enumerate(look.styles)]
        for column, (value, style) in enumerate(zip(row.values, styles, strict=True), 1):
            _put(worksheet, number, column, value, style)
        if row.height or look.height:
            worksheet.row_dimensions[number].height = row.height or look.height
        for first, last in look.merges:
            worksheet.merge_cells(start_row=number, end_row=number, start_column=first, end_column=last)
    return number


def _write_blocks(worksheet: Worksheet, blocks: tuple[Block, ...], before: int) -> None:
    for block in blocks:
        last_row, last_column = before + block.row + block.rows - 1, block.column + block.columns - 1
        for row in range(before + block.row, last_row + 1):
            for column in range(block.column, last_column + 1):
                value = block.value if (row, column) == (before + block.row, block.column) else None
                _put(worksheet, row, column, value, block.style)
        if block.rows > 1 or block.columns > 1:
            worksheet.merge_cells(
                start_row=before + block.row, end_row=last_row, start_column=block.column, end_column=last_column
            )


def _put(worksheet: Worksheet, row: int, column: int, value: Value, style: Style) -> None:
    cell = worksheet.cell(row, column)
    if isinstance(value, str) and workbook_text(value):
        cell.value = workbook_text(value)
        cell.data_type = "s"  # after the value: openpyxl would make a formula of “=1+1”
    elif not isinstance(value, str):
        cell.value = value
    apply_style(cell, style)


def _set_heights(worksheet: Worksheet, sheet: Sheet, last: int) -> None:
    for row, height in sheet.heights.items():
        worksheet.row_dimensions[row].height = height
    for row, height in sheet.foot_heights.items():
        worksheet.row_dimensions[last + row].height = height
