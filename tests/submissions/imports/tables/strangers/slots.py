"""Blocks of cells that each know what they are, put beside, below and across each other: what is true by construction."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spreadsheets.read.workbook import Cell, Content, ReadSheet


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure is. `org` and `key` are "" where it is nobody's; then `why` says what it is instead.

    `is_clear`: it must be ready without a question. `is_settled`: whose it is can be decided; else nothing may be chosen.
    `is_mentioned`: where it is not placed, something must speak of it. `is_remarked`: a finding must stand at this very
    cell, or must not (None: it does not matter).
    """

    org: str = ""
    key: str = ""
    why: str = ""
    is_clear: bool = True
    is_settled: bool = True
    is_doubtful: bool = False  # seen, but it may be two units'
    is_mentioned: bool = True
    is_remarked: bool | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell. `figure`: what its figure is; `means`: of a head, what a person would say it means; `is_own`: it names the row."""

    value: object = None
    figure: Figure | None = None
    means: str | None = None
    is_own: bool = False
    number_format: str = ""


EMPTY = Slot()


@dataclass
class Block:
    """Rows of slots of one width; `merged` ranges from (1, 1)."""

    rows: list[list[Slot]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def filled(self) -> "Block":
        """Every row as wide as the widest."""
        return Block([[*row, *[EMPTY] * (self.width - len(row))] for row in self.rows], self.merged)


def across(block: Block) -> Block:
    """Rows as columns."""
    rows = [list(column) for column in zip(*block.filled().rows, strict=True)]
    return Block(rows, [(first, top, last, bottom) for top, first, bottom, last in block.merged])


def below(upper: Block, lower: Block, gap: int = 0) -> Block:
    shift = len(upper.rows) + gap
    moved = [(top + shift, first, bottom + shift, last) for top, first, bottom, last in lower.merged]
    return Block([*upper.rows, *[[] for _ in range(gap)], *lower.rows], [*upper.merged, *moved])


def beside(left: Block, right: Block, gap: int = 0) -> Block:
    height, width, shift = max(len(left.rows), len(right.rows)), left.width, left.width + gap
    moved = [(top, first + shift, bottom, last + shift) for top, first, bottom, last in right.merged]
    rows = []
    for at in range(height):
        here = left.rows[at] if at < len(left.rows) else []
        there = right.rows[at] if at < len(right.rows) else []
        rows.append([*here, *[EMPTY] * (width - len(here) + gap), *there])
    return Block(rows, [*left.merged, *moved])


def texts(*rows: Sequence[object]) -> Block:
    """Titles and notes: cells that are nobody's figure."""
    return Block([[_note(value) for value in row] for row in rows])


def _note(value: object) -> Slot:
    is_number = isinstance(value, int | float)
    return Slot(value, Figure(why="a number in a note", is_mentioned=False) if is_number else None)


def sheet_from(block: Block, title: str = "Sheet1") -> ReadSheet:
    cells = {}
    for row, slots in enumerate(block.rows, start=1):
        for column, slot in enumerate(slots, start=1):
            if slot.value not in (None, ""):
                content = Content.TEXT if isinstance(slot.value, str) else Content.NUMBER
                cells[row, column] = Cell(str(slot.value), content, number_format=slot.number_format)
    return ReadSheet(title, cells, merged=tuple(block.merged))
