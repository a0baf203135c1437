"""A printed sheet as plain values: blocks of the head, looks of rows, a streamed body, foot, paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from spreadsheets.write.entry_controls import NOTHING, Filling


@dataclass(frozen=True)
class Formula:
    """A live formula without its "=", with its result: the cached value that readers see before anything computes."""

    text: str
    result: int | Decimal | str | None


Value = str | int | Decimal | date | Formula | None


@dataclass(frozen=True)
class Style:
    """How one cell looks. Sizes in points; `lines`: thin border on all four sides; `underlined`: at the bottom only."""

    font: str = "宋体"
    size: float = 10.5
    bold: bool = False
    color: str = "000000"
    fill: str = ""  # RGB or none
    horizontal: str = "center"
    vertical: str = "center"
    indent: int = 0
    wrap: bool = False
    shrink: bool = False
    lines: bool = False
    underlined: bool = False
    number_format: str = "General"
    locked: bool = True  # matters only on a protected sheet


@dataclass(frozen=True)
class Block:
    """One value in the head or foot, in one cell or a merged range. Rows and columns count from 1."""

    row: int
    column: int
    value: Value
    style: Style
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Look:
    """The look of one kind of rows: a style per column, a height in points (None: the program's own), merged columns."""

    styles: tuple[Style, ...]
    height: float | None = None
    merges: tuple[tuple[int, int], ...] = ()  # (first column, last column)

    @property
    def marked(self) -> tuple[Style, ...]:
        """The same styles with a star after the number: it stays a number but looks special."""
        return tuple(
            style if style.number_format == "General" else replace(style, number_format=f'{style.number_format}"*"')
            for style in self.styles
        )


@dataclass(frozen=True)
class BodyRow:
    """One row of the body: the name of its look and its values, one per column."""

    look: str
    values: tuple[Value, ...]
    height: float | None = None  # only where it differs from the look's
    marked: frozenset[int] = frozenset()  # places (from 0) whose number gets a star


@dataclass(frozen=True)
class Paper:
    """The print set-up. Rows repeat on every page, columns on every page across.

    Without column breaks the sheet is fitted to one page across; with them it is printed at `scale` per cent, because a program
    that fits pages ignores the breaks.
    """

    size: str = "A4"  # or A3
    is_landscape: bool = True
    column_breaks: tuple[int, ...] = ()  # columns after which a new page begins
    scale: int = 100
    repeat_rows: tuple[int, int] | None = None
    repeat_columns: int = 0
    head_of_later_pages: str = ""  # plain text, printed from the second page on
    foot: str = ""  # plain text, printed left of the page number
    keeps_foot: bool = False  # the last page ends with rows of the body and the foot, never with the foot alone


@dataclass(frozen=True)
class Sheet:
    """One sheet. `body` is read once, row by row; `foot` rows count from 1 after the last body row."""

    title: str
    widths: tuple[float, ...]
    head: tuple[Block, ...]
    looks: Mapping[str, Look]
    body: Iterable[BodyRow]
    foot: tuple[Block, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)  # of head rows
    foot_heights: Mapping[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] = (0, 0)  # frozen rows and columns
    paper: Paper = field(default_factory=Paper)
    filling: Filling = NOTHING
    is_very_hidden: bool = False  # missing even in the list of hidden sheets

    @property
    def head_rows(self) -> int:
        return max((block.row + block.rows - 1 for block in self.head), default=0)

    @property
    def foot_rows(self) -> int:
        return max((block.row + block.rows - 1 for block in self.foot), default=0)


@dataclass(frozen=True)
class Properties:
    """The properties of the file. `made_at` is aware; the zip's own clock shows it unchanged."""

    title: str
    creator: str
    made_at: datetime
    subject: str = ""
    description: str = ""
    custom: tuple[tuple[str, str], ...] = ()  # (name, text): shown under the file's own properties


def blocks_by_row(blocks: Iterable[Block]) -> dict[int, dict[int, tuple[Value, Style]]]:
    """Blocks as row -> column -> (value, style); every cell of a merged range has its style, only the first the value."""
    rows: dict[int, dict[int, tuple[Value, Style]]] = {}
    for block in blocks:
        for row in range(block.row, block.row + block.rows):
            for column in range(block.column, block.column + block.columns):
                is_first = (row, column) == (block.row, block.column)
                rows.setdefault(row, {})[column] = (block.value if is_first else None, block.style)
    return rows


def merged(blocks: Iterable[Block], rows_before: int = 0) -> list[tuple[int, int, int, int]]:
    """The merged ranges of blocks as (first row, first column, last row, last column)."""
    return [
        (block.row + rows_before, block.column, block.row + rows_before + block.rows - 1, block.column + block.columns - 1)
        for block in blocks
        if block.rows > 1 or block.columns > 1
    ]
