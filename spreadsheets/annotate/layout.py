"""The layout of the column of sentences: its width, the rows that a sentence spans, the print area of the form."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import quote_sheetname

from spreadsheets.annotate.defined_names import with_name
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.ooxml.schema_order import WORKSHEET
from spreadsheets.ooxml.xml_edits import Attributes, element, in_order, root_prefix
from spreadsheets.ooxml.xml_elements import is_true
from spreadsheets.ooxml.xml_offsets import ColumnSpan, SheetOffsets, sheet_offsets, spans_at
from spreadsheets.patch.book import BookPart

SIGN = "⚠"  # a head of this sign alone is over a form's own warnings
WIDTH = 60.0  # units of the column: a sentence takes two or three lines
PRINT_AREA = "_xlnm.Print_Area"
_SIGN_WIDTH = 4.0  # of a column of warnings that shows none
_LEAST = 30.0  # narrower, a sentence is a pile of words


@dataclass(frozen=True)
class Room:
    """The room of the column.

    `shared`: the column gets its width from its left neighbour, so that the whole stays as wide as before and prints at its
    scale. `is_form`: a protected sheet that is fitted to its page; nobody sorts it and its rows keep their heights.
    """

    column: int
    width: float
    shared: bool
    is_fitted: bool
    is_form: bool


def room_of(sheet: bytes, marks: SheetOffsets, column: int, *, is_used: bool, beside_sign: bool) -> Room:
    """The room for the column.

    `marks`: of the sheet before its sentences; `is_used`: an earlier download added the column, so it keeps its width;
    `beside_sign`: the column on its left is for warnings and shows none.
    """
    is_fitted = any(is_true(span.attributes.get("fitToPage")) for span in spans_at(sheet, "sheetPr", "pageSetUpPr"))
    is_form = is_fitted and bool(spans_at(sheet, "sheetProtection"))
    if is_used and (width := _width_of(marks, column)):
        return Room(column, width, False, is_fitted, is_form)
    beside = _width_of(marks, column - 1)
    if is_form and beside_sign and beside - _SIGN_WIDTH >= _LEAST:
        return Room(column, beside - _SIGN_WIDTH, True, is_fitted, is_form)
    return Room(column, WIDTH, False, is_fitted, is_form)


def _width_of(marks: SheetOffsets, column: int) -> float:
    span = marks.column_span(column)
    return float(span.attributes.get("width", 0)) if span and not span.is_hidden else 0.0


def with_widths(content: bytes, room: Room) -> bytes:
    """The sheet with new <col> elements; one that covers the column and others is split."""
    content = _with_width(content, room.column, room.width)
    return _with_width(content, room.column - 1, _SIGN_WIDTH) if room.shared else content


def _with_width(content: bytes, column: int, width: float) -> bytes:
    prefix = root_prefix(content)
    parted = [part for span in sheet_offsets(content).columns for part in _beside(span, column)]
    parted.append({"min": column, "max": column, "width": width, "customWidth": 1})
    parted.sort(key=lambda given: given["min"])
    made = element(prefix + b"cols", {}, b"".join(element(prefix + b"col", given) for given in parted))
    for existing in spans_at(content, "cols"):
        return content[: existing.start] + made + content[existing.end :]
    return in_order(content, "cols", made, WORKSHEET)


def _beside(span: ColumnSpan, column: int) -> Iterator[Attributes]:
    for begin, end in ((span.first, min(span.last, column - 1)), (max(span.first, column + 1), span.last)):
        if begin <= end:
            yield {**span.attributes, "min": begin, "max": end}


def with_print_area(book: bytes, known: BookPart, title: str, marks: SheetOffsets, room: Room) -> bytes:
    """The workbook part with a print area, if the sheet is fitted to its page and has no area of its own.

    The area leaves out the column, which would shrink the form, unless the column shares the width of its neighbour. Raises
    BadPart.
    """
    last = room.column if room.shared else max((at for _row, at in marks.cells if at < room.column), default=0)
    if not room.is_fitted or not last or (PRINT_AREA, title) in known.names:
        return book
    area = f"{quote_sheetname(title)}!$A$1:${letters_of(last)}${max(marks.rows)}"
    return with_name(book, PRINT_AREA, list(known.sheets).index(title), area)
