"""Reads the first visible sheet of an .xlsx into numbered rows of texts, as a user sees them.

The loaders' files are an administrator's own: they are parsed here and now, by the same pass as uploads, with larger limits.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby, islice
from operator import itemgetter

from spreadsheets import limits
from spreadsheets.messages import gettext_noop, say
from spreadsheets.ooxml.addresses import address_of, letters_of
from spreadsheets.ooxml.container import Bounds, Container
from spreadsheets.ooxml.numbers import plain_digits
from spreadsheets.ooxml.refusals import DAMAGED, NotKnown, Refusal
from spreadsheets.read.cell_contents import RawCell
from spreadsheets.read.open_xml import OpenXml, SheetPart, open_xml
from spreadsheets.tables.problems import Problems, refuse

NumberedRow = tuple[int, tuple[str, ...], frozenset[int]]  # row number, texts, places of the cells that hold bare numbers
_BOUNDS = Bounds(limits.ZIP_PART_BYTES, limits.ZIP_TOTAL_BYTES)
SHARED_HEADS = 2  # a code and a name; one word alone may be anywhere
_ZEROS = re.compile(r"0{2,}")  # the format of codes: as many digits as it has zeros
_BOOLEANS = {"TRUE": "1", "FALSE": "0"}


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a zip; every .xlsx does."""
    return content.startswith(b"PK\x03\x04")


def workbook_rows(content: bytes, name: str) -> Iterator[NumberedRow]:
    """Yields the rows with content, up to their last filled cell. Raises TableProblems."""
    problems = Problems(name)
    known: dict[frozenset[int], frozenset[int]] = {}  # in most rows the same columns hold numbers
    try:
        book = open_xml(Container(content, _BOUNDS), limits.ZIP_TOTAL_BYTES)
        first, *others = _visible(book)
        head = ()
        for number, cells in _filled_rows(book, first):
            texts = _texts(cells, problems)
            head = head or texts
            numbers = frozenset(cell[1] - 1 for cell in cells if _is_bare_number(cell))
            yield number, texts, known.setdefault(numbers, numbers)
        for sheet in others:
            if _continues(book, sheet, head):
                problems.add(0, "", say(SECOND_LIST, sheet=sheet.title, first=first.title))
    except Refusal as refusal:
        raise refuse(name, refusal.sentence()) from refusal
    except NotKnown as error:
        raise refuse(name, say(DAMAGED)) from error
    problems.raise_if_any()


def _visible(book: OpenXml) -> list[SheetPart]:
    visible = [sheet for sheet in book.sheets if sheet.state == "visible"]
    if not visible:
        raise Refusal("xlsx", NO_SHEET)
    return visible


def _continues(book: OpenXml, sheet: SheetPart, head: tuple[str, ...]) -> bool:
    """Whether another sheet continues the list: it has heads of the first one, and a row below them.

    A sheet of explanations, as templates have one, shares no heads and is skipped.
    """
    first_rows = [{cell[2].strip() for cell in cells} for _number, cells in islice(_filled_rows(book, sheet), 2)]
    return len(first_rows) == 2 and len(first_rows[0] & {*filter(None, head)}) >= SHARED_HEADS


def _filled_rows(book: OpenXml, sheet: SheetPart) -> Iterator[tuple[int, list[RawCell]]]:
    """Yields the cells of each row and frees them: a county's year does not fit into memory at once."""
    found = book.sheet_pass(sheet)
    for _ in found.read(book.chunks(sheet)):
        yield from _rows(found.take_finished_rows())
    yield from _rows(found.cells)


def _rows(cells: list[RawCell]) -> Iterator[tuple[int, list[RawCell]]]:
    for number, row in groupby(cells, itemgetter(0)):
        yield number, list(row)


def _texts(cells: list[RawCell], problems: Problems) -> tuple[str, ...]:
    width = cells[-1][1]
    if width > limits.TABLE_COLUMNS:
        raise Refusal("xlsx", TOO_WIDE, last=letters_of(limits.TABLE_COLUMNS))
    texts = [""] * width
    for cell in cells:
        texts[cell[1] - 1] = _text(cell, problems)
    return tuple(texts)


def _is_bare_number(cell: RawCell) -> bool:
    """Whether the cell is a number that shows no leading zeros, whatever was typed."""
    return cell[3] == "n" and not _ZEROS.fullmatch(cell[4])


def _text(cell: RawCell, problems: Problems) -> str:
    """The text of a cell.

    A share in a per-cent format is "85%", 7 in the format 000 is 007, a truth value 1 or 0, a date 2026-09-30.
    """
    row, column, text, content, number_format, _is_formula, raw = cell
    if content == "n" and "%" in number_format:
        return f"{plain_digits(Decimal(text) * 100)}%"
    if content == "n" and _ZEROS.fullmatch(number_format) and text.isdigit():
        return text.zfill(len(number_format))
    if content == "b":
        return _BOOLEANS[text]
    if content == "f":
        _add(problems, row, column, NOT_COMPUTED)
    elif content == "e":
        _add(problems, row, column, ERROR_CELL, error=text)
    elif content == "s" and raw:
        _add(problems, row, column, NO_NUMBER)
    else:
        return text.strip()
    return ""


def _add(problems: Problems, row: int, column: int, message: str, **values: str) -> None:
    problems.add(row, letters_of(column), say(message, cell=address_of((row, column)), **values))


SECOND_LIST = gettext_noop(
    "The sheet “%(sheet)s” has the heads of “%(first)s” and would not be read; put all rows under one head, or hide that sheet."
)
NO_SHEET = gettext_noop("The workbook has no visible sheet.")
NOT_COMPUTED = gettext_noop("Cell %(cell)s holds a formula that was never computed; open the file in Excel or WPS and save it.")
ERROR_CELL = gettext_noop("Cell %(cell)s shows the error %(error)s; mend its formula or type the value.")
NO_NUMBER = gettext_noop("Cell %(cell)s holds a number too large to be read; type it again.")
TOO_WIDE = gettext_noop("There are cells beyond column %(last)s; keep the table within it.")
