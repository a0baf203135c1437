"""The second reader, calamine: old .xls, .et, .xlsb, .ods and what our own reader does not know. Runs in a child that ends after it.

Its faults are known: it ends its process on some files (the child), makes cells with errors empty (a note says so), and
every number a float (only fifteen digits are kept anyway). It knows no number formats.
"""

from datetime import date, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from spreadsheets import limits
from spreadsheets.reading import notes
from spreadsheets.reading.addresses import letters_of
from spreadsheets.reading.contents import RawCell
from spreadsheets.reading.gathered import Flat, Purse, flat_refusal, flat_sheet, flat_workbook
from spreadsheets.reading.numbers import moment_text, plain_number
from spreadsheets.reading.parsing import kind_of
from spreadsheets.reading.refusals import BAD_PLACE, TOO_MANY_SHEETS, Refusal, refused

_STATES = ((SheetVisibleEnum.Hidden, "hidden"), (SheetVisibleEnum.VeryHidden, "veryHidden"))
_MOST_PLACES = 40 * limits.UPLOAD_CELLS  # rows × columns that a sheet spans, empty ones with them


def read_a_second_way(content: bytes, name: str) -> Flat:
    """Never raises an Exception for what stands in a file; may end the process."""
    try:
        return _read(content, kind_of(content, name))
    except Refusal as refusal:
        return flat_refusal(refusal)


def _read(content: bytes, kind: str) -> Flat:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = list(_sheets(book))
    except PasswordError as error:
        raise refused("encrypted") from error
    except (CalamineError, ValueError, OSError) as error:
        raise refused(kind if kind != "xlsx" else "damaged") from error
    return flat_workbook(kind, sheets, [notes.SECOND if kind == "xlsx" else notes.OLD_FORMAT])


def _sheets(book: CalamineWorkbook) -> list[Flat]:
    purse, found = Purse(), []
    if len(book.sheets_metadata) > limits.UPLOAD_SHEETS:
        raise Refusal("strange", TOO_MANY_SHEETS, limit=limits.UPLOAD_SHEETS)
    for number, told in enumerate(book.sheets_metadata):
        if told.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(number)
        cells = _cells(sheet)
        purse.pay(cells)
        merged = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
        found.append(flat_sheet(told.name, _state(told.visible), cells, merged=merged[: limits.UPLOAD_MERGES]))
    return found


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
        (row, column, *_told(value))
        for row, values in enumerate(sheet.to_python(), top + 1)
        for column, value in enumerate(values, left + 1)
        if value != ""
    ]


def _told(value: object) -> tuple[str, str, str, bool, str]:
    """Text, content, format code, is formula, raw."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE", "b", "", False, ""
    if isinstance(value, float | int):
        number = plain_number(repr(value))
        return (repr(value), "s", "", False, "") if number is None else (number, "n", "", False, "")
    if isinstance(value, date):
        return moment_text(value), "d", "", False, ""
    if isinstance(value, time | timedelta):
        return str(value), "d", "", False, ""
    return str(value), "s", "", False, ""
