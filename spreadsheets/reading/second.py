"""The second reader, calamine: old .xls, .et, .xlsb, .ods and what our own reader does not know. Runs in a child that ends after it.

Its faults are known: it ends its process on some files (the child), makes cells with errors empty and every number a float
(only fifteen digits are kept anyway), and tells no number formats. For an old .xls its records say the rest (`old_records`);
for the other kinds a note does.
"""

import re
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
from spreadsheets.containers import Container
from spreadsheets.reading import notes, recognising
from spreadsheets.reading.addresses import letters_of
from spreadsheets.reading.contents import RawCell
from spreadsheets.reading.gathered import Flat, FlatSheet, Purse, flat_refusal, flat_sheet, flat_workbook
from spreadsheets.reading.numbers import moment_text, plain_number
from spreadsheets.reading.old_records import sheet_records, without_protection
from spreadsheets.reading.old_sheets import SheetRecords
from spreadsheets.reading.open_xml import bodies, has_macros
from spreadsheets.reading.parsing import recognised_container
from spreadsheets.reading.refusals import BAD_PLACE, TOO_MANY_SHEETS, Refusal, refused

_STATES = ((SheetVisibleEnum.Hidden, "hidden"), (SheetVisibleEnum.VeryHidden, "veryHidden"))
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which no XML may hold; the second reader gets over them
_MOST_PLACES = 40 * limits.UPLOAD_CELLS  # rows × columns that a sheet spans, empty ones with them


def read_a_second_way(content: bytes, name: str) -> Flat:
    """Never raises an Exception for what stands in a file; may end the process."""
    try:
        return _read(content, *recognised_container(content, name))
    except Refusal as refusal:
        return flat_refusal(refusal)


def _read(content: bytes, kind: str, container: Container | None) -> Flat:
    records = sheet_records(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(without_protection(content) if records else content))
        found = _sheets(book, records)
    except PasswordError as error:
        raise refused("encrypted") from error
    except (CalamineError, ValueError, ArithmeticError, OSError) as error:
        raise refused(kind if kind in recognising.OTHERS else recognising.DAMAGED) from error
    sheets = [flat for flat, _count in found]
    if kind == "xlsx":
        return _open_xml(sheets, any(not count for _flat, count in found), container)
    return flat_workbook("old .xls" if kind == recognising.DAMAGED else kind, sheets, [notes.OLD if records else notes.OTHER])


def _open_xml(sheets: list[FlatSheet], has_empty: bool, container: Container) -> Flat:
    """Refused where the second reader may have passed over figures in silence: in rubbish it sees nothing, in CDATA neither."""
    with_rows = with_marked = 0
    for body in bodies(container):
        with_rows, with_marked = with_rows + 1, with_marked + (b"<![CDATA[" in body)
    if not sheets or with_marked or (has_empty and with_rows < len(sheets)):
        raise refused(recognising.DAMAGED)
    if has_macros(container):
        return flat_workbook("xlsm", sheets, [notes.MACROS, notes.SECOND])
    return flat_workbook("xlsx", sheets, [notes.SECOND])


def _sheets(book: CalamineWorkbook, records: dict[int, SheetRecords]) -> list[tuple[FlatSheet, int]]:
    """Each sheet, and how many of its cells hold something."""
    purse = Purse()
    if len(book.sheets_metadata) > limits.UPLOAD_SHEETS:
        raise Refusal("strange", TOO_MANY_SHEETS, limit=limits.UPLOAD_SHEETS)
    return [
        _sheet(told, book.get_sheet_by_index(number), records.get(number, SheetRecords()), purse)
        for number, told in enumerate(book.sheets_metadata)
        if told.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(told: SheetMetadata, sheet: CalamineSheet, records: SheetRecords, purse: Purse) -> tuple[FlatSheet, int]:
    cells = _cells(sheet, records)
    purse.pay(cells)
    merged = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    flat = flat_sheet(
        told.name, "veryHidden" if records.is_very_hidden else _state(told.visible), cells,
        merged=merged[: limits.UPLOAD_MERGES], hidden_rows=records.hidden_rows, hidden_columns=records.hidden_columns,
    )  # fmt: skip
    return flat, len(cells)


def _state(visible: SheetVisibleEnum) -> str:
    return next((state for seen, state in _STATES if seen == visible), "visible")


def _cells(sheet: CalamineSheet, records: SheetRecords) -> list[RawCell]:
    """What the records tell stands as they tell it; the rest (texts) as the second reader does."""
    texts = [cell for cell in _values(sheet) if cell[:2] not in records.cells]
    return sorted([*texts, *filter(None, records.cells.values())])


def _values(sheet: CalamineSheet) -> list[RawCell]:
    if sheet.start is None:
        return []
    top, left = sheet.start
    if sheet.height * sheet.width > _MOST_PLACES:
        place = f"{letters_of(sheet.total_width)}{sheet.total_height}"
        raise Refusal("strange", BAD_PLACE, cell=place, sheet=sheet.name)
    return [
        (row, column, *_told(value), "", False, "")
        for row, values in enumerate(sheet.to_python(), top + 1)
        for column, value in enumerate(values, left + 1)
        if value != ""
    ]


def _told(value: object) -> tuple[str, str]:
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
    return _UNSEEN.sub("", str(value)), "s"
