"""The values a cell of a spreadsheet can have, and the conversions between their types."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from spreadsheets.ooxml.numbers import plain_digits

DIGITS = 15  # what a spreadsheet keeps of a number; it compares numbers at this many digits too
# No traps: nothing in a formula may raise but our own errors. Beyond 10^308 a spreadsheet has no number.
CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP, Emin=-320, Emax=308, traps=[])
_KEPT = Context(prec=DIGITS, rounding=ROUND_HALF_UP, traps=[])
_NUMBER_CHARACTERS = 60
_TYPED = re.compile(r"([-+]?(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?)\s*(%?)")


@dataclass(frozen=True, slots=True)
class Fault:
    """An error value of a cell, such as #DIV/0!."""

    code: str


DIV0, VALUE, REF, NAME, NUM = map(Fault, ("#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!"))
Scalar = Decimal | str | bool | None | Fault


class Failed(Exception):
    """A formula results in an error value; IFERROR catches it."""

    def __init__(self, fault: Fault):
        super().__init__(fault.code)
        self.fault = fault


class Uncomputable(Exception):
    """The formula uses something that the evaluator does not have. Its result is unknown, which is not an error value."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells of one sheet, rows and columns from 1."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_single(self) -> bool:
        return self.top == self.bottom and self.left == self.right

    @property
    def shape(self) -> tuple[int, int]:
        return max(0, self.bottom - self.top + 1), max(0, self.right - self.left + 1)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Values in rows of equal length."""

    rows: tuple[tuple[Scalar, ...], ...]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])

    def at(self, row: int, column: int) -> Scalar:
        """The value at a place, from 0. A single row or column is repeated; anything else outside is #N/A."""
        height, width = self.shape
        row, column = (0 if height == 1 else row), (0 if width == 1 else column)
        return self.rows[row][column] if row < height and column < width else Fault("#N/A")


Value = Scalar | Area | Matrix


def number_of(value: Scalar) -> Decimal:
    """The number of a value as + converts it: blank is 0, TRUE is 1, a text that is a number is that number. Raises Failed."""
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, Decimal):
        return value
    if value is None:
        return Decimal(0)
    if isinstance(value, Fault):
        raise Failed(value)
    return number_in(value)


def number_in(text: str) -> Decimal:
    """The number in a text as one types it: 12, -1,200.5, 85%, 1E3. Raises Failed for any other text."""
    match = _TYPED.fullmatch(text.strip())
    if match is None or len(text) > _NUMBER_CHARACTERS:
        raise Failed(VALUE)
    found = Decimal(match[1].replace(",", ""))
    return CONTEXT.divide(found, Decimal(100)) if match[2] else found


def truth_of(value: Scalar) -> bool:
    """The truth value of a value as IF converts it. Raises Failed."""
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise Failed(VALUE)
    return number_of(value) != 0


def text_of(value: Scalar) -> str:
    """The text of a value as & converts it. Raises Failed."""
    if isinstance(value, Fault):
        raise Failed(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if value is None:
        return ""
    return value if isinstance(value, str) else plain_digits(kept(value))


def kept(number: Decimal) -> Decimal:
    """The number with as many digits as a spreadsheet keeps."""
    return _KEPT.plus(number)


def checked(number: Decimal) -> Decimal:
    """A result of arithmetic; raises Failed where there is no such number."""
    if not number.is_finite():
        raise Failed(NUM)
    return number


def order_of(value: Scalar) -> tuple[int, Decimal | str | bool]:
    """The sort key: numbers before texts before truth values; upper and lower case are equal."""
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, kept(number_of(value))


def compared(left: Scalar, right: Scalar) -> int:
    """Compares: -1, 0 or 1. A blank equals the 0, "" or FALSE that it is compared with. Raises Failed for an error value."""
    left, right = _blank_beside(left, right), _blank_beside(right, left)
    first, second = order_of(left), order_of(right)
    return (first > second) - (first < second)


def _blank_beside(value: Scalar, other: Scalar) -> Scalar:
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else Decimal(0)
