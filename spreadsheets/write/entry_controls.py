"""The controls of a sheet to be filled: drop-downs, validations, notes at cells, highlights, protection."""

from dataclasses import dataclass
from enum import StrEnum

# The limits of Excel; it “repairs” a file with longer texts when it opens it, and loses them.
PROMPT_TITLE, PROMPT_TEXT = 32, 255
ERROR_TITLE, ERROR_TEXT = 32, 225
FORMULA_LITERAL = 255  # characters of one text inside a formula
FORMULA_TEXT = 8192


class Limits(StrEnum):
    """What happens if a text does not fit the validation: nothing (a drop-down only helps), a warning, a stop."""

    OPEN = "open"
    WARNING = "warning"
    STOP = "stop"


@dataclass(frozen=True)
class Validation:
    """`area`: ranges such as "E9:E20 E22".

    The `formula` of a list is a range or quoted words; that of a custom validation is a condition for the first cell of the
    area, without "=".
    """

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
    """A colour for the cells of an area in which the condition is true. The condition is written for the first cell."""

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
    """The controls for those who fill a sheet.

    A protected sheet allows typing in cells whose style is not locked; columns and rows may be widened, hidden, sorted and
    filtered. There is no password: protection prevents slips.
    """

    validations: tuple[Validation, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    notes: tuple[Note, ...] = ()
    is_protected: bool = False
    hidden_columns: tuple[int, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    start: str = ""  # the selected cell when the sheet is opened


NOTHING = Filling()
