"""The content of a file that was read: sheets of cells at their addresses, exactly as stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from spreadsheets.ooxml.addresses import Place, Range, letters_of

__all__ = ["Cell", "Content", "Place", "Range", "ReadSheet", "ReadWorkbook", "Unreadable"]

LONG = 30  # characters


class Content(StrEnum):
    """The kind of a cell's content. A formula counts as its stored result; UNCOMPUTED is one without a stored result.

    ASKED is an empty cell of a blank table that waits for a figure; no reader of files produces it.
    """

    NUMBER = "n"
    TEXT = "s"
    BOOLEAN = "b"
    DATE = "d"
    ERROR = "e"
    UNCOMPUTED = "f"
    ASKED = "a"


class Cell(NamedTuple):
    """One cell with content. (A named tuple: 3,000 forms are a million of them.)

    `text`: a number in its own plain digits (no exponent; at most the 15 significant digits that a spreadsheet keeps, whole
    numbers exact), a text as typed, TRUE or FALSE, a date as 2026-09-30, an error as #REF!, a formula without result as =A1+B1.
    `number_format` is the cell's format code ("" for General and @). `raw` is the stored number behind a date, and of a text
    that was stored as a number but is none (NaN, 1_000, 1E999) that text once more.
    """

    text: str
    content: Content
    number_format: str = ""
    is_formula: bool = False
    raw: str = ""


@dataclass(frozen=True)
class ReadSheet:
    """One sheet. It has only cells with content; a merged range has its value in its first cell.

    Hidden rows and columns are listed up to the last row and column with content.
    """

    title: str
    cells: Mapping[Place, Cell]
    state: str = "visible"  # hidden, veryHidden
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @cached_property
    def holds_numbers(self) -> bool:
        return any(cell.content == Content.NUMBER for cell in self.cells.values())

    @cached_property
    def long_texts(self) -> tuple[Place, ...]:
        """The places of texts longer than words and figures are, in the order of the cells."""
        return tuple([place for place, cell in self.cells.items() if len(cell.text) > LONG])

    def address(self, row: int, column: int) -> str:
        """An address such as `Sheet1!D7`."""
        return f"{self.title}!{letters_of(column)}{row}"


@dataclass(frozen=True)
class ReadWorkbook:
    """One file. `kind` is its real kind, whatever its name: "xlsx", "xlsm", "old .xls", "csv" …

    `notes` are sentences about what was ignored: macros, external links.
    """

    kind: str
    sheets: tuple[ReadSheet, ...]
    notes: tuple[str, ...] = field(default=())


class Unreadable(Exception):
    """The file can not be read. `kind` is its real kind ("encrypted", "damaged", "PDF" …), `sentence` says what to do."""

    def __init__(self, kind: str, sentence: str):
        super().__init__(sentence)
        self.kind, self.sentence = kind, sentence
