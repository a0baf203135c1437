"""The second reader: xlrd for old .xls and .et, calamine for .xlsb, .ods and unknown kinds. Its child ends after the file.

Known faults of calamine: on some files it ends its process (the child); it makes cells with errors empty and every number a
float (only fifteen digits are kept anyway), and gives no number formats. A note says so.
"""

from contextlib import suppress
from datetime import date, time, timedelta
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from spreadsheets import limits
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.ooxml.container import Container
from spreadsheets.ooxml.numbers import moment_text, plain_number
from spreadsheets.ooxml.refusals import BAD_PLACE, TOO_MANY_SHEETS, NotKnown, Refusal, refused
from spreadsheets.read import file_kinds, notes
from spreadsheets.read.cell_contents import RawCell
from spreadsheets.read.compound_files import MAGIC
from spreadsheets.read.open_xml import bodies, has_macros
from spreadsheets.read.parser import recognised_container
from spreadsheets.read.wire_format import Budget, Flat, FlatSheet, flat_refusal, flat_sheet, flat_workbook
from spreadsheets.read.xls_reader import seen_text, xls_sheets

_STATES = ((SheetVisibleEnum.Hidden, "hidden"), (SheetVisibleEnum.VeryHidden, "veryHidden"))
_MOST_PLACES = 40 * limits.UPLOAD_CELLS  # rows × columns that a sheet spans, empty ones with them


def read_a_second_way(content: bytes, name: str) -> Flat:
    """Reads a file with the second reader. Never raises an Exception, whatever the file contains; may end the process."""
    try:
        return _read(content, *recognised_container(content, name))
    except Refusal as refusal:
        return flat_refusal(refusal)


def _read(content: bytes, kind: str, container: Container | None) -> Flat:
    if content.startswith(MAGIC):
        with suppress(NotKnown):
            return flat_workbook(_kind(kind), xls_sheets(content), [notes.OLD])
    try:
        found = _sheets(CalamineWorkbook.from_filelike(BytesIO(content)))
    except (CalamineError, ValueError, ArithmeticError, OSError) as error:
        if isinstance(error, PasswordError) and kind != "old .xls":  # calamine raises it for protected sheets too
            raise refused("encrypted") from error
        raise refused(kind if kind in file_kinds.OTHERS else file_kinds.DAMAGED) from error
    sheets = [flat for flat, _count in found]
    if kind == "xlsx":
        return _open_xml(sheets, any(not count for _flat, count in found), container)
    return flat_workbook(_kind(kind), sheets, [notes.OTHER])


def _kind(kind: str) -> str:
    """The kind of what was read: a damaged compound file is an old workbook."""
    return "old .xls" if kind == file_kinds.DAMAGED else kind


def _open_xml(sheets: list[FlatSheet], has_empty: bool, container: Container) -> Flat:
    """Refuses a workbook in which the second reader may have skipped figures without an error: damaged bytes and CDATA."""
    with_rows = with_marked = 0
    for body in bodies(container):
        with_rows, with_marked = with_rows + 1, with_marked + (b"<![CDATA[" in body)
    if not sheets or with_marked or (has_empty and with_rows < len(sheets)):
        raise refused(file_kinds.DAMAGED)
    if has_macros(container):
        return flat_workbook("xlsm", sheets, [notes.MACROS, notes.SECOND])
    return flat_workbook("xlsx", sheets, [notes.SECOND])


def _sheets(book: CalamineWorkbook) -> list[tuple[FlatSheet, int]]:
    """Each sheet with the number of its cells that have content."""
    budget = Budget()
    if len(book.sheets_metadata) > limits.UPLOAD_SHEETS:
        raise Refusal("strange", TOO_MANY_SHEETS, limit=limits.UPLOAD_SHEETS)
    return [
        _sheet(metadata, book.get_sheet_by_index(number), budget)
        for number, metadata in enumerate(book.sheets_metadata)
        if metadata.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(metadata: SheetMetadata, sheet: CalamineSheet, budget: Budget) -> tuple[FlatSheet, int]:
    cells = _cells(sheet)
    budget.pay(cells)
    merged = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return flat_sheet(metadata.name, _state(metadata.visible), cells, merged=merged[: limits.UPLOAD_MERGES]), len(cells)


def _state(visible: SheetVisibleEnum) -> str:
    return next((state for seen, state in _STATES if seen == visible), "visible")


def _cells(sheet: CalamineSheet) -> list[RawCell]:
    if sheet.start is None:
        return []
    top, left = sheet.start
    if sheet.height * sheet.width > _MOST_PLACES:
        place = f"{letters_of(sheet.total_width)}{sheet.total_height}"
        raise Refusal("strange", BAD_PLACE, cell=place, sheet=sheet.name)
    return [
        (row, column, *_shown(value), "", False, "")
        for row, values in enumerate(sheet.to_python(), top + 1)
        for column, value in enumerate(values, left + 1)
        if value != ""
    ]


def _shown(value: object) -> tuple[str, str]:
    """Text and content."""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "b"
    if isinstance(value, float | int):
        number = plain_number(repr(value))
        return (repr(value), "s") if number is None else (number, "n")
    if isinstance(value, date):
        return moment_text(value), "d"
    if isinstance(value, time):
        return value.isoformat("seconds"), "d"
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 86_400:.15g}", "n"
    return seen_text(str(value)), "s"
