"""The controls of a sheet to be filled: drop-downs, validations, notes at cells, highlights, protection."""

from dataclasses import dataclass
from enum import StrEnum

# What Excel takes; a file with more is “repaired” when it is opened, and loses what was too long.
PROMPT_TITLE, PROMPT_TEXT = 32, 255
ERROR_TITLE, ERROR_TEXT = 32, 225
FORMULA_LITERAL = 255  # characters of one text inside a formula
FORMULA_TEXT = 8192


class Limits(StrEnum):
    """How a cell's text is held to its validation: not at all (a drop-down to help), warned, stopped."""

    OPEN = "open"
    WARNING = "warning"
    STOP = "stop"


@dataclass(frozen=True)
class Validation:
    """`area`: ranges such as "E9:E20 E22". A list's `formula` is a range or quoted words, a custom one's a condition that
    is written for the first cell of the area, without "="."""

    area: str
    kind: str  # list, custom, whole, decimal
    formula: str
    limits: Limits = Limits.OPEN
    prompt_title: str = ""
    prompt: str = ""
    error_title: str = ""
    error: str = ""


@dataclass(frozen=True)
class Highlight:
    """A colour for the cells of an area where the condition, written for its first cell, is true."""

    area: str
    formula: str
    fill: str
    color: str = "000000"
    bold: bool = False


@dataclass(frozen=True)
class Note:
    """A comment at a cell, in a box of this size (points)."""

    cell: str
    text: str
    width: float = 260
    height: float = 90


@dataclass(frozen=True)
class Filling:
    """Everything a sheet has for those who fill it. A protected sheet takes typing in cells whose style is not locked;
    columns and rows may be widened, hidden, sorted and filtered. There is no password: it guards against slips."""

    validations: tuple[Validation, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    notes: tuple[Note, ...] = ()
    is_protected: bool = False
    hidden_columns: tuple[int, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    start: str = ""  # the cell that is chosen when the sheet is opened


NOTHING = Filling()
