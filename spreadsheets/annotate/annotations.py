"""Puts annotations into a workbook file: red cells with comments, a column of sentences and a list.

Only for files that the reader has accepted, so that their directory, types and sizes are known to be harmless.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from spreadsheets import limits
from spreadsheets.annotate.comments import add_notes
from spreadsheets.annotate.formats import with_red
from spreadsheets.annotate.layout import SIGN, room_of, with_print_area, with_widths
from spreadsheets.annotate.problem_list import Listing, add_listing
from spreadsheets.annotate.row_heights import with_heights
from spreadsheets.ooxml.container import Bounds
from spreadsheets.ooxml.package import Package
from spreadsheets.ooxml.refusals import Refusal
from spreadsheets.ooxml.xml_edits import retagged
from spreadsheets.ooxml.xml_elements import whole_number
from spreadsheets.ooxml.xml_offsets import BadPart, CellOffsets, sheet_offsets
from spreadsheets.patch.book import BookPart, book_of
from spreadsheets.patch.sheet_edits import with_values
from spreadsheets.read.workbook import Place

SAYS = f"{SIGN} "  # written before a sentence; a head consists of the sign alone


@dataclass(frozen=True)
class Annotations:
    """The annotations of one sheet: cell -> sentence.

    `column` takes the sentences of a row, `stale` rows lose theirs; `notes` are only comments, above the sentence where the
    cell has one too.
    """

    sentences: Mapping[Place, str]
    column: int
    stale: frozenset[int] = frozenset()
    notes: Mapping[Place, str] = field(default_factory=dict)
    beside_sign: bool = False  # the column is to the right of a form's column for warnings that has none

    @property
    def comments(self) -> dict[Place, str]:
        places = {*self.notes, *self.sentences}
        return {at: " ".join(filter(None, (self.notes.get(at), self.sentences.get(at)))) for at in places}

    def column_texts(self) -> dict[Place, str | None]:
        rows: dict[int, list[str]] = {}
        for (row, _column), sentence in sorted(self.sentences.items()):
            rows.setdefault(row, []).append(sentence)
        texts: dict[Place, str | None] = {(row, self.column): None for row in self.stale}
        return texts | {(row, self.column): f"{SAYS}{' '.join(sentences)}" for row, sentences in rows.items()}


def annotated(content: bytes, annotations: Mapping[str, Annotations], listing: Listing | None = None) -> bytes:
    """The same .xlsx with its sheets annotated (by title) and a list after them; unknown titles are ignored.

    Parts without annotations stay byte for byte; a form that is fitted to its page still prints at its own scale. Raises
    BadPart for a file that is no workbook, or lacks what annotations need though readers accept it: styles without fills, no
    list of parts.
    """
    try:
        return _annotated(content, annotations, listing)
    except (LookupError, StopIteration, ValueError, Refusal) as error:
        raise BadPart(f"no place for annotations: {error}") from error


def _annotated(content: bytes, annotations: Mapping[str, Annotations], listing: Listing | None) -> bytes:
    package = Package(content, Bounds(part=limits.UPLOAD_TOTAL_BYTES, total=limits.UPLOAD_TOTAL_BYTES))
    book = book_of(package)
    sheets = {title: given for title, given in annotations.items() if book.sheets.get(title)}
    for title, given in sheets.items():
        _write_sentences(package, book, title, given)
    with_sentences = {book.sheets[title]: given for title, given in sheets.items() if given.sentences}
    if with_sentences:
        _redden(package, book.styles_part, with_sentences)
    for title, given in sheets.items():
        if given.comments:
            add_notes(package, book.sheets[title], given.comments)
    if listing is not None:
        add_listing(package, book, listing)
    return package.packed()


def _write_sentences(package: Package, book: BookPart, title: str, given: Annotations) -> None:
    """Writes sentences into the column and makes it wide enough."""
    part, texts = book.sheets[title], given.column_texts()
    if not texts:
        return
    found = sheet_offsets(package[part])
    room = room_of(package[part], found, given.column, is_used=bool(given.stale), beside_sign=given.beside_sign)
    content = with_values(package[part], found, texts, {})
    content = with_heights(content, room, {row: text for (row, _at), text in texts.items() if text})
    if given.sentences:
        content = with_widths(content, room)
        package[book.part] = with_print_area(package[book.part], book, title, found, room)
    package[part] = content


def _redden(package: Package, styles: str, sheets: Mapping[str, Annotations]) -> None:
    """Gives the named cells and those of the column the red variant of their format; the sentences wrap."""
    cells = {part: _cells_to_redden(package[part], given) for part, given in sheets.items()}
    wanted = {_style(cell) for part, found in cells.items() for cell in found if cell.column != sheets[part].column}
    saying = {_style(cell) for part, found in cells.items() for cell in found if cell.column == sheets[part].column}
    package[styles], red, wrapping = with_red(package[styles], wanted, saying)
    for part, found in cells.items():
        content = package[part]
        for cell in sorted(found, key=lambda cell: -cell.start):
            variants = wrapping if cell.column == sheets[part].column else red
            content = retagged(content, cell, {"s": variants[_style(cell)]})
        package[part] = content


def _cells_to_redden(content: bytes, given: Annotations) -> list[CellOffsets]:
    found = sheet_offsets(content)
    rows = {row for row, _column in given.sentences}
    places = {*given.sentences, *((row, given.column) for row in rows)}
    return [found.cells[place] for place in places if place in found.cells]


def _style(cell: CellOffsets) -> int:
    return whole_number(cell.attributes.get("s")) or 0
