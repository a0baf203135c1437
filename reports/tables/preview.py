"""A printed sheet as pages of an HTML table: its merged heads, rows and notes, from the same sheet as the workbook."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator

from reports.tables.layouts.heading import HEADING_ROWS
from spreadsheets.write.sheet import Block, BodyRow, Formula, Sheet, Style, Value
from spreadsheets.write.text_metrics import text_width

ROWS = 50
_SHORT = 12  # half-width signs: a telephone with its area
_NUMBERS = re.compile(r"0(\.0+)?")  # the formats of figures


@dataclass(frozen=True)
class HeadCell:
    """One merged head."""

    text: str
    rows: int
    columns: int
    is_number: bool

    @property
    def is_short(self) -> bool:
        return _is_short(self.text)


@dataclass(frozen=True)
class PreviewCell:
    """One cell: right-aligned for figures; `note`: its formula."""

    text: str
    is_number: bool
    note: str = ""

    @property
    def is_short(self) -> bool:
        return _is_short(self.text)


@dataclass(frozen=True)
class PreviewRow:
    """One row. `look`: total, deeper, section or ""; `columns` of its first cell."""

    look: str
    cells: tuple[PreviewCell, ...]
    columns: int = 1


@dataclass(frozen=True)
class Preview:
    """The part of a sheet that the page shows."""

    title: str
    lines: tuple[str, ...]
    heads: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[PreviewRow, ...]
    page: Page
    notes: tuple[str, ...]


def preview_of(sheet: Sheet, number: int) -> Preview:
    """One page of the sheet. `number`: of the page; a number beyond the end means the last page."""
    body = list(sheet.body)
    page = Paginator(body, ROWS).get_page(number)
    above = [block for block in sheet.head if block.row <= HEADING_ROWS]
    figures = {place for look in sheet.looks.values() for place, style in enumerate(look.styles, 1) if _is_figure(style)}
    return Preview(
        title=str(above[0].value),
        lines=tuple(str(block.value) for block in above[1:] if block.value),
        heads=tuple(_heads([block for block in sheet.head if block.row > HEADING_ROWS], figures)),
        rows=tuple(_row(row, sheet) for row in page),
        page=page,
        notes=tuple(line for block in sheet.foot[1:] for line in str(block.value).split("\n")),
    )


def _heads(blocks: Sequence[Block], figures: set[int]) -> Iterator[tuple[HeadCell, ...]]:
    for row in sorted({block.row for block in blocks}):
        run = sorted((block for block in blocks if block.row == row), key=lambda block: block.column)
        yield tuple(
            HeadCell(str(block.value), block.rows, block.columns, block.columns == 1 and block.column in figures)
            for block in run
        )


def _is_short(text: str) -> bool:
    """Whether the text stays in one line.

    A day, a telephone or a state is harder to read in two lines than in a slightly wider column.
    """
    return all(text_width(line) <= _SHORT for line in text.split("\n"))


def _is_figure(style: Style) -> bool:
    return bool(_NUMBERS.fullmatch(style.number_format))


def _row(row: BodyRow, sheet: Sheet) -> PreviewRow:
    look = sheet.looks[row.look]
    if look.merges:
        return PreviewRow("section", (PreviewCell(_text(row.values[0], ""), False),), len(row.values))
    cells = tuple(
        PreviewCell(_text(value, "*" if place in row.marked else ""), _is_figure(style), _formula(value))
        for place, (value, style) in enumerate(zip(row.values, look.styles, strict=True))
    )
    return PreviewRow(row.look if row.look in ("total", "deeper") else "", cells)


def _text(value: Value, mark: str) -> str:
    """The text as the workbook shows it; a printed number keeps its zeros."""
    value = value.result if isinstance(value, Formula) else value
    if value is None:
        return ""
    return f"{value:f}{mark}" if isinstance(value, Decimal) else f"{value}{mark if isinstance(value, int) else ''}"


def _formula(value: Value) -> str:
    return f"={value.text}" if isinstance(value, Formula) else ""
