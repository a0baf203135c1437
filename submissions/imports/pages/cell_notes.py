"""Annotates the uploaded workbook: red cells, comments, a column of sentences, and a list of problems."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from spreadsheets.annotate.annotations import SAYS, Annotations, annotated
from spreadsheets.annotate.layout import SIGN
from spreadsheets.annotate.plain_workbook import plain_workbook
from spreadsheets.annotate.problem_list import without_listing
from spreadsheets.ooxml.addresses import range_of
from spreadsheets.ooxml.xml_offsets import BadPart
from spreadsheets.read.workbook import Content, Place, ReadSheet, ReadWorkbook
from submissions.imports.pages.problem_list import listing_of, problem_lines
from submissions.imports.report.import_report import FileResult

XLSX = "xlsx"
MOST_CELLS = 100_000  # 300 units × 300 columns; each is held in memory while it is marked

Texts = dict[str, dict[Place, str]]  # title of a sheet -> cell -> text


class NotesTooLarge(Exception):
    """The workbook has more cells than one request can annotate."""


def marked_workbook(content: bytes, read: ReadWorkbook, result: FileResult, mended: Mapping[str, str]) -> bytes:
    """An .xlsx keeps all it has; anything else (.xls, .csv, .xlsm, which would carry its macros) comes back as a plain .xlsx.

    `mended`: address -> the text that a person typed on the page for the cell, "" for a cell left out. Raises NotesTooLarge,
    and BadPart for a workbook with a part that cannot be annotated.
    """
    if sum(len(sheet.cells) for sheet in read.sheets) > MOST_CELLS:
        raise NotesTooLarge
    marks, listing = _marks(without_listing(read), result, mended), listing_of(read, result)
    try:
        return annotated(content if read.kind == XLSX else plain_workbook(read), marks, listing)
    except BadPart:
        if read.kind != XLSX:
            raise
        return annotated(plain_workbook(read), marks, listing)


def _marks(read: ReadWorkbook, result: FileResult, mended: Mapping[str, str]) -> dict[str, Annotations]:
    sentences = _by_cell((one.remark.address, one.remark.sentence) for one in problem_lines(result))
    notes = _by_cell((address, _mended_words(text)) for address, text in mended.items())
    found = {sheet.title: _sheet_marks(sheet, sentences[sheet.title], notes[sheet.title]) for sheet in read.sheets}
    return {title: marks for title, marks in found.items() if marks.comments or marks.stale}


def _by_cell(sentences: Iterable[tuple[str, str]]) -> Texts:
    texts: Texts = defaultdict(dict)
    for address, text in sentences:
        title, _mark, cell = address.rpartition("!")
        place = range_of(cell)
        if title and place:
            standing = texts[title].get(place[:2])
            texts[title][place[:2]] = f"{standing} {text}" if standing else text
    return texts


def _mended_words(text: str) -> str:
    if not text:
        return _("Left out on the page of the system.")
    return _("Changed to %(text)s on the page of the system.") % {"text": text}


def _sheet_marks(sheet: ReadSheet, sentences: dict[Place, str], notes: dict[Place, str]) -> Annotations:
    """The annotations of one sheet.

    Sentences go into the column of an earlier download, replacing its sentences; else into the first free column on the right.
    """
    last = max((column for _row, column in sheet.cells), default=0)
    rows = frozenset(
        row
        for (row, column), cell in sheet.cells.items()
        if column == last and cell.content == Content.TEXT and cell.text.startswith(SAYS) and not cell.is_formula
    )
    column = last if rows else last + 1
    return Annotations(sentences, column, rows, notes, beside_sign=_is_for_warnings(sheet, column - 1, (*sentences, *notes)))


def _is_for_warnings(sheet: ReadSheet, column: int, marked_places: Iterable[Place]) -> bool:
    """Whether it is a form's own column of warnings, under a head of the sign, with warnings only in annotated rows.

    A cell that cannot be read has a warning there too, shorter than its sentence: so the sign is enough.
    """
    cells = [(row, cell) for (row, at), cell in sheet.cells.items() if at == column]
    rows = {row for row, _column in marked_places}
    warned = {row for row, cell in cells if cell.is_formula and cell.content == Content.TEXT and cell.text.strip()}
    return warned <= rows and any(cell.text.strip() == SIGN for _row, cell in cells)
