"""Writes printed sheets into a workbook file: openpyxl's template around rows streamed as XML."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, LargeZipFile, ZipFile, ZipInfo

from spreadsheets.ooxml.addresses import address_of_range, letters_of
from spreadsheets.write.page_breaks import ending
from spreadsheets.write.row_writer import frame_of, row_xml
from spreadsheets.write.sheet import Block, BodyRow, Look, Properties, Sheet, Style, blocks_by_row, merged
from spreadsheets.write.template import Template

_SHEET_DATA = re.compile(r"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.DOTALL)
_PROTECTION = re.compile(r"\s*<sheetProtection [^>]*/>")  # comes before the merged ranges
_LATER = re.compile(r"<legacyDrawing |</worksheet>")  # come after the ignored errors
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_ROWS_AT_ONCE = 200
_CHUNK = 1 << 16
Moment = tuple[int, int, int, int, int, int]  # year, month, day, hour, minute, second
_LEVEL = 1  # of deflate: a third larger than the usual 6, three times as fast


class NotWritten(Exception):
    """The written file differs from the intended one and has been deleted."""


@dataclass(frozen=True)
class Count:
    """How many rows and cells a sheet was given."""

    rows: int
    cells: int


def write_workbook(path: Path, sheets: Sequence[Sheet], properties: Properties) -> list[Count]:
    """Writes the sheets to `path` in constant memory, whatever the length of their bodies; returns the counts of each.

    The file gets its name only when it is complete: first it is written under another name, read again and counted. The same
    sheets and properties give the same bytes. Raises NotWritten, OSError, TypeError (a value that no sheet can hold).
    """
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w+b") as file:
            counts = _write(file, path.name, sheets, properties)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def workbook_bytes(sheets: Sequence[Sheet], properties: Properties) -> bytes:
    """The same as bytes, for a workbook that one person downloads. Raises NotWritten, TypeError."""
    buffer = BytesIO()
    _write(buffer, properties.title, sheets, properties)
    return buffer.getvalue()


def _write(file: BinaryIO, name: str, sheets: Sequence[Sheet], properties: Properties) -> list[Count]:
    template = Template(sheets, properties)
    try:
        # Without ZIP64 a file that can be sought gets plain headers, which agree with the directory; SheetJS refuses others.
        with ZipFile(file, "w", allowZip64=False) as made:
            counts = _fill(made, properties.made_at.timetuple()[:6], template, sheets)
    except LargeZipFile as error:
        raise NotWritten(f"{name}: larger than a workbook can be") from error
    _verify(file, name, template, counts)
    return counts


def _fill(made: ZipFile, moment: Moment, template: Template, sheets: Sequence[Sheet]) -> list[Count]:
    sheet_parts = {template.sheet_part(index): sheet for index, sheet in enumerate(sheets)}
    counts = {}
    for name, content in template.parts.items():
        with made.open(_entry(name, moment), "w") as part:
            if name in sheet_parts:
                counts[name] = _write_sheet(part.write, content.decode(), sheet_parts[name], template)
            else:
                part.write(content)
    return [counts[name] for name in sheet_parts]


def _entry(name: str, moment: Moment) -> ZipInfo:
    """All parts bear one moment and one system, so that the same parts give the same bytes."""
    entry = ZipInfo(name, moment)
    entry.compress_type, entry._compresslevel, entry.create_system = ZIP_DEFLATED, _LEVEL, 0
    return entry


def _write_sheet(write: Callable[[bytes], object], frame: str, sheet: Sheet, template: Template) -> Count:
    before, after = _SHEET_DATA.split(_DIMENSION.sub("", frame, count=1), maxsplit=1)
    protection = _PROTECTION.match(after)
    guarded = protection[0] if protection else ""
    write(f"{before}<sheetData>".encode())
    rows = _Rows(sheet, template)
    waiting: list[str] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == _ROWS_AT_ONCE:
            write("".join(waiting).encode())
            waiting.clear()
    write("".join(waiting).encode())
    rest = _with_ignored_errors(_with_page_end(after.removeprefix(guarded), rows), sheet, rows.number)
    write(f"</sheetData>{guarded}{_merges_xml(rows.merges)}{rest}".encode())
    return Count(rows.count, rows.cells)


class _Rows:
    """All rows of one sheet as XML, in order; counts them and collects merged ranges."""

    def __init__(self, sheet: Sheet, template: Template):
        self.sheet = sheet
        self.ids = template.style_ids
        self.letters = [letters_of(number) for number in range(1, len(sheet.widths) + 1)]
        self.number = self.count = self.cells = 0
        self.merges: list[tuple[int, int, int, int]] = merged(sheet.head)
        self.heights: list[float | None] = []  # of the body

    def __iter__(self) -> Iterator[str]:
        sheet = self.sheet
        yield from self._blocks(sheet.head, sheet.heights, sheet.head_rows)
        yield from self._body(sheet.body)
        self.merges += merged(sheet.foot, self.number)
        yield from self._blocks(sheet.foot, sheet.foot_heights, sheet.foot_rows)

    def _blocks(self, blocks: tuple[Block, ...], heights: Mapping[int, float], last: int) -> Iterator[str]:
        start, by_row, hidden = self.number, blocks_by_row(blocks), self.sheet.filling.hidden_rows
        self.number += last
        for row in sorted({*by_row, *heights}):
            cells = sorted(by_row.get(row, {}).items())
            values = [value for _column, (value, _style) in cells]
            letters = [letters_of(column) for column, _cell in cells]
            ids = [self.ids[style] for _column, (_value, style) in cells]
            self._counted(len(cells))
            yield row_xml(start + row, values, frame_of(letters, ids), heights.get(row), hidden=start + row in hidden)

    def _body(self, body: Iterable[BodyRow]) -> Iterator[str]:
        frames = {name: frame_of(self.letters, self._ids(look.styles)) for name, look in self.sheet.looks.items()}
        for row in body:
            look = self.sheet.looks[row.look]
            frame = self._marked_frame(look, row.marked) if row.marked else frames[row.look]
            self.number += 1
            self.merges += [(self.number, first, self.number, last) for first, last in look.merges]
            self._counted(len(row.values))
            self.heights.append(row.height or look.height)
            yield row_xml(self.number, row.values, frame, row.height or look.height)

    def _marked_frame(self, look: Look, marked: frozenset[int]) -> str:
        ids, marked_ids = self._ids(look.styles), self._ids(look.marked)
        return frame_of(self.letters, [marked_ids[place] if place in marked else style for place, style in enumerate(ids)])

    def _ids(self, styles: tuple[Style, ...]) -> list[int]:
        return [self.ids[style] for style in styles]

    def _counted(self, cells: int) -> None:
        self.count += 1
        self.cells += cells


def _merges_xml(merges: list[tuple[int, int, int, int]]) -> str:
    if not merges:
        return ""
    ranges = "".join(f'<mergeCell ref="{address_of_range(area)}"/>' for area in merges)
    return f'<mergeCells count="{len(merges)}">{ranges}</mergeCells>'


def _with_page_end(after: str, rows: _Rows) -> str:
    sheet = rows.sheet
    if not sheet.paper.keeps_foot:
        return after
    head = [sheet.heights.get(row) for row in range(1, sheet.head_rows + 1)]
    foot = [sheet.foot_heights.get(row) for row in range(1, sheet.foot_rows + 1)]
    end = ending(head, rows.heights, foot, sheet.paper, sum(sheet.widths))
    if end.is_one_page:
        return after.replace('fitToHeight="0"', 'fitToHeight="1"', 1)
    mark = f'<rowBreaks count="1" manualBreakCount="1"><brk id="{end.row_break}" max="16383" man="1"/></rowBreaks>'
    return after.replace("</headerFooter>", f"</headerFooter>{mark}", 1) if end.row_break else after


def _with_ignored_errors(after: str, sheet: Sheet, last_row: int) -> str:
    """Adds ignored errors, without which Excel would mark cells with a green corner.

    Codes are digits kept as text, and formulas differ from row to row.
    """
    area = f"A1:{letters_of(len(sheet.widths))}{max(last_row, 1)}"
    ignored = (
        f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1" formula="1" formulaRange="1"/></ignoredErrors>'
    )
    at = _LATER.search(after).start()
    return after[:at] + ignored + after[at:]


def _verify(file: BinaryIO, name: str, template: Template, counts: list[Count]) -> None:
    """Reads the file again and checks that every sheet is whole and well-formed, with the rows and cells it was given."""
    with ZipFile(file) as archive:
        for index, count in enumerate(counts):
            found = _counted_again(archive, template.sheet_part(index))
            if found != count:
                raise NotWritten(f"{name}: {count} written, {found} found")


def _counted_again(archive: ZipFile, part: str) -> Count:
    parser, rows, cells, before = expat.ParserCreate(), 0, 0, b""
    try:
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk)
                # A tag may be split between two chunks: the end of the one before is kept, too short to contain the whole tag.
                rows += (before[-4:] + chunk).count(b"<row ")
                cells += (before[-2:] + chunk).count(b"<c ")
                before = chunk
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise NotWritten(f"{part}: {error}") from error
    return Count(rows, cells)
