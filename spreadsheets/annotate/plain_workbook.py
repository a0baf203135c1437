"""Writes the content of a file as a plain .xlsx: every cell at its address, without formats."""

import io
from datetime import date
from decimal import Decimal, InvalidOperation

from openpyxl.cell import Cell as Written

from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.read.workbook import Cell, Content, ReadSheet, ReadWorkbook
from spreadsheets.safe_text import workbook_text
from spreadsheets.write.template import new_workbook


def plain_workbook(read: ReadWorkbook) -> bytes:
    """The content as a plain workbook, for an old .xls, a .csv and other files that are no .xlsx.

    Formulas become their results; a formula without result becomes its text.
    """
    workbook = new_workbook()
    for sheet in read.sheets:
        worksheet = workbook.create_sheet(sheet.title)
        worksheet.sheet_state = sheet.state
        for (row, column), cell in sheet.cells.items():
            _write(worksheet.cell(row, column), cell)
        _set_up(worksheet, sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _set_up(worksheet, sheet: ReadSheet) -> None:
    for top, left, bottom, right in sheet.merged:
        worksheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row in sheet.hidden_rows:
        worksheet.row_dimensions[row].hidden = True
    for column in sheet.hidden_columns:
        worksheet.column_dimensions[letters_of(column)].hidden = True


def _write(written: Written, cell: Cell) -> None:
    value = _value(cell)
    if isinstance(value, str):
        written.value, written.data_type = workbook_text(value), "s"  # never a formula, whatever its first character
    else:
        written.value = value
    if cell.number_format and not isinstance(value, str):
        written.number_format = cell.number_format


def _value(cell: Cell) -> str | Decimal | date | bool:
    try:
        if cell.content == Content.NUMBER:
            return Decimal(cell.text)
        if cell.content == Content.DATE:
            return date.fromisoformat(cell.text)
    except (InvalidOperation, ValueError):  # a date with a time, a time without a date
        return cell.text
    return cell.text == "TRUE" if cell.content == Content.BOOLEAN else cell.text
