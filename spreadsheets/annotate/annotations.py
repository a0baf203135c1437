"""Puts marks into a workbook file: named cells turn red and get a comment, a column and a list say it again. Knows no Django, no meaning.

For files that the reader has taken, so that their directory, types and sizes are known to be harmless.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from zipfile import BadZipFile, ZipFile

from spreadsheets.annotate.comments import add_notes
from spreadsheets.annotate.formats import with_red
from spreadsheets.annotate.layout import SIGN, room_of, with_print_area, with_widths
from spreadsheets.annotate.parts import Parts, with_attributes
from spreadsheets.annotate.problem_list import Listing, add_listing
from spreadsheets.annotate.row_heights import with_heights
from spreadsheets.ooxml.refusals import Refusal
from spreadsheets.ooxml.xml_elements import elements
from spreadsheets.ooxml.xml_offsets import BadPart, CellOffsets, sheet_offsets
from spreadsheets.ooxml.zip_writer import as_in
from spreadsheets.patch.book import BookPart, book_of
from spreadsheets.patch.sheet_edits import with_values
from spreadsheets.read.workbook import Place

SAYS = f"{SIGN} "  # before a sentence; a head is the sign alone


@dataclass(frozen=True)
class Annotations:
    """What is said about one sheet: cell -> sentence; `column` takes the sentences of a row, `stale` rows lose theirs; `notes` are
    only comments, above the sentence where the cell has one too."""

    sentences: Mapping[Place, str]
    column: int
    stale: frozenset[int] = frozenset()
    notes: Mapping[Place, str] = field(default_factory=dict)
    beside_sign: bool = False  # the column stands right of one for warnings that shows none

    @property
    def comments(self) -> dict[Place, str]:
        places = {*self.notes, *self.sentences}
        return {at: " ".join(filter(None, (self.notes.get(at), self.sentences.get(at)))) for at in places}

    def column_texts(self) -> dict[Place, str | None]:
        rows: dict[int, list[str]] = {}
        for (row, _column), said in sorted(self.sentences.items()):
            rows.setdefault(row, []).append(said)
        texts: dict[Place, str | None] = {(row, self.column): None for row in self.stale}
        return texts | {(row, self.column): f"{SAYS}{' '.join(said)}" for row, said in rows.items()}


def annotated(content: bytes, marks: Mapping[str, Annotations], listing: Listing | None = None) -> bytes:
    """The same .xlsx with its sheets marked (title -> marks) and a list behind them; titles that it does not have are passed over.

    Every part that no mark touches stays byte for byte; a form that is fitted to its page prints at its own scale.
    Raises BadPart for a file that is none, or built so that marks find no
    place in it though a reader gets over it: parts under other names than its lists say, styles without fills.
    """
    try:
        return _annotated(content, marks, listing)
    except (LookupError, StopIteration, ValueError, BadZipFile, Refusal) as error:
        raise BadPart(f"no place for marks: {error}") from error


def _annotated(content: bytes, marks: Mapping[str, Annotations], listing: Listing | None) -> bytes:
    with ZipFile(io.BytesIO(content)) as container:
        parts = Parts(container)
        book = book_of(container)
        sheets = {title: given for title, given in marks.items() if book.sheets.get(title)}
        for title, given in sheets.items():
            _write_sentences(parts, book, title, given)
        said = {book.sheets[title]: given for title, given in sheets.items() if given.sentences}
        if said:
            _redden(parts, _styles_part(parts, book.part), said)
        for title, given in sheets.items():
            if given.comments:
                add_notes(parts, book.sheets[title], given.comments)
        if listing is not None:
            add_listing(parts, book, _styles_part(parts, book.part), listing)
        return _packed(container, parts)


def _write_sentences(parts: Parts, book: BookPart, title: str, given: Annotations) -> None:
    """Into the column, with room for them."""
    part, texts = book.sheets[title], given.column_texts()
    if not texts:
        return
    found = sheet_offsets(parts[part])
    room = room_of(parts[part], found, given.column, is_used=bool(given.stale), beside_sign=given.beside_sign)
    content = with_values(parts[part], found, texts, {})
    content = with_heights(content, room, {row: text for (row, _at), text in texts.items() if text})
    if given.sentences:
        content = with_widths(content, room)
        parts[book.part] = with_print_area(parts[book.part], book, title, found, room)
    parts[part] = content


def _redden(parts: Parts, styles: str, sheets: Mapping[str, Annotations]) -> None:
    """Named cells and the column's own, each in the red variant of its format; the sentences wrap."""
    cells = {part: _cells_to_redden(parts[part], given) for part, given in sheets.items()}
    wanted = {_style(cell) for part, found in cells.items() for cell in found if cell.column != sheets[part].column}
    saying = {_style(cell) for part, found in cells.items() for cell in found if cell.column == sheets[part].column}
    parts[styles], red, wrapping = with_red(parts[styles], wanted, saying)
    for part, found in cells.items():
        content = parts[part]
        for cell in sorted(found, key=lambda cell: -cell.start):
            variants = wrapping if cell.column == sheets[part].column else red
            tag = with_attributes(content[cell.start : cell.tag_end], {"s": variants[_style(cell)]})
            content = content[: cell.start] + tag + content[cell.tag_end :]
        parts[part] = content


def _cells_to_redden(content: bytes, given: Annotations) -> list[CellOffsets]:
    found = sheet_offsets(content)
    rows = {row for row, _column in given.sentences}
    places = {*given.sentences, *((row, given.column) for row in rows)}
    return [found.cells[place] for place in places if place in found.cells]


def _style(cell: CellOffsets) -> int:
    text = cell.attributes.get("s", "0")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _styles_part(parts: Parts, book_part: str) -> str:
    folder, _slash, name = book_part.rpartition("/")
    relations = elements(parts[f"{folder}/_rels/{name}.rels"])
    target = next(given["Target"] for _tag, given in relations if given.get("Type", "").endswith("/styles"))
    return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"


def _packed(container: ZipFile, parts: Parts) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as made:
        names = set()
        for info in container.infolist():
            made.writestr(as_in(info), parts[info.filename])
            names.add(info.filename)
        for name in sorted(parts.changed.keys() - names):
            made.writestr(name, parts.changed[name], compress_type=8)
    return packed.getvalue()
