"""Blank tables as an upper level sends them down, built with openpyxl."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook


def a_blank_table(
    rows: Iterable[Sequence[str | None]] = (("单位", "指标A"), ("石桥县", None)), merged: Iterable[str] = (), title: str = "表1"
) -> bytes:
    """One sheet of these rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    return bytes_of(book)


def bytes_of(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def values_in(content: bytes) -> dict[str, object]:
    """Every value of the first sheet by its address, formulas by their stored results."""
    sheet = load_workbook(BytesIO(content), data_only=True).worksheets[0]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
