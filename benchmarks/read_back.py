"""Says where two workbooks differ in values, styles, merges or print set-up, reading both back with openpyxl."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def differences(one: Path, other: Path) -> Iterator[str]:
    """A line per difference; nothing where the files show and print the same."""
    books = load_workbook(one), load_workbook(other)
    if books[0].sheetnames != books[1].sheetnames:
        yield f"sheets: {books[0].sheetnames} and {books[1].sheetnames}"
        return
    for first, second in zip(*(book.worksheets for book in books), strict=True):
        for left, right in zip_longest(_cells(first), _cells(second)):
            if left != right:
                yield f"{first.title}: {left} and {right}"
        set_up = _set_up(second)
        for name, value in _set_up(first).items():
            if value != set_up[name]:
                yield f"{first.title}: {name}: {value} and {set_up[name]}"


def _cells(worksheet: Worksheet) -> Iterator[tuple]:
    texts: dict[tuple, tuple] = {}  # style numbers of the file -> what they mean
    for row in worksheet.iter_rows():
        for cell in row:
            numbers = tuple(cell._style or ())
            if numbers not in texts:
                texts[numbers] = tuple(map(repr, (cell.font, cell.border, cell.fill, cell.alignment, cell.number_format)))
            yield cell.coordinate, cell.value, cell.data_type, texts[numbers]


def _set_up(worksheet: Worksheet) -> dict[str, object]:
    texts = worksheet.HeaderFooter
    return {
        "merges": sorted(map(str, worksheet.merged_cells.ranges)),
        "widths": {letter: column.width for letter, column in worksheet.column_dimensions.items()},
        "heights": {row: line.height for row, line in worksheet.row_dimensions.items() if line.height},
        "panes": worksheet.freeze_panes,
        "page": repr(worksheet.page_setup),
        "fit": worksheet.sheet_properties.pageSetUpPr.fitToPage,
        "titles": (worksheet.print_title_rows, worksheet.print_title_cols),
        "texts": [str(item) for item in (texts.oddHeader, texts.firstHeader, texts.oddFooter, texts.firstFooter)],
        "margins": repr(worksheet.page_margins),
        "options": repr(worksheet.print_options),
        "breaks": [cut.id for cut in worksheet.col_breaks.brk],
    }
