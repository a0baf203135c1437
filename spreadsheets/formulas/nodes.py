"""The nodes of a parsed formula; each computes its value in a scope."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from spreadsheets.formulas.values import (
    CONTEXT,
    DIV0,
    NUM,
    VALUE,
    Area,
    Failed,
    Fault,
    Matrix,
    Scalar,
    Uncomputable,
    Value,
    checked,
    compared,
    number_of,
    text_of,
)

MOST_CELLS = 100_000  # of one area that is worked on cell by cell


class Cells(Protocol):
    """The cells of a workbook as formulas read them."""

    def value(self, sheet: str, row: int, column: int) -> Scalar: ...

    def filled(self, area: Area) -> Iterable[tuple[int, int]]:
        """The places of the non-blank cells of the area, row by row."""

    def used(self, area: Area) -> Area:
        """The area cut to the used part of the sheet."""

    def is_hidden(self, sheet: str, row: int) -> bool: ...

    def is_filtered(self, sheet: str) -> bool: ...

    def is_subtotal(self, sheet: str, row: int, column: int) -> bool: ...


@dataclass(frozen=True)
class Scope:
    """The position of a formula. `by_cell`: areas are computed cell by cell, as in SUMPRODUCT and in array formulas."""

    cells: Cells
    sheet: str
    row: int
    column: int
    by_cell: bool = False

    def each_cell(self) -> "Scope":
        return replace(self, by_cell=True)

    def scalar(self, value: Value) -> Scalar:
        """One value of an area: that in the formula's own row or column. Raises Failed."""
        if isinstance(value, Matrix):
            return value.at(0, 0)
        if not isinstance(value, Area):
            return value
        row = value.top if value.top == value.bottom else self.row
        column = value.left if value.left == value.right else self.column
        if not (value.top <= row <= value.bottom and value.left <= column <= value.right):
            raise Failed(VALUE)
        return self.cells.value(value.sheet, row, column)

    def matrix(self, value: Value) -> Matrix:
        if isinstance(value, Matrix):
            return value
        if not isinstance(value, Area):
            return Matrix(((value,),))
        height, width = value.shape
        if height * width > MOST_CELLS:
            value = self.cells.used(value)
            height, width = value.shape
        if height * width > MOST_CELLS:
            raise Uncomputable("an area of too many cells")
        columns = range(value.left, value.right + 1)
        rows = range(value.top, value.bottom + 1)
        return Matrix(tuple(tuple(self.cells.value(value.sheet, row, column) for column in columns) for row in rows))


def is_many(value: Value) -> bool:
    return isinstance(value, Matrix) or (isinstance(value, Area) and not value.is_single)


def each(scope: Scope, values: list[Value], function: Callable[..., Scalar]) -> Value:
    """Applies a function to single values; where areas are computed cell by cell, returns a matrix with errors at their places."""
    if not (scope.by_cell and any(map(is_many, values))):
        return function(*(scope.scalar(value) for value in values))
    matrices = [scope.matrix(value) for value in values]
    height = max(matrix.shape[0] for matrix in matrices)
    width = max(matrix.shape[1] for matrix in matrices)
    rows = range(height)
    return Matrix(tuple(tuple(_placed(matrices, row, column, function) for column in range(width)) for row in rows))


def _placed(matrices: list[Matrix], row: int, column: int, function: Callable[..., Scalar]) -> Scalar:
    try:
        return function(*(matrix.at(row, column) for matrix in matrices))
    except Failed as failed:
        return failed.fault


@dataclass(frozen=True)
class Constant:
    """A constant: a number, text or truth value; an error value; an array of them; or nothing between two commas."""

    of: Value

    def value(self, scope: Scope) -> Value:
        if isinstance(self.of, Fault):
            raise Failed(self.of)
        return self.of


@dataclass(frozen=True)
class Pointer:
    area: Area

    def value(self, scope: Scope) -> Value:
        return self.area


@dataclass(frozen=True)
class Chain:
    """Operands joined by operators of one rank, from left to right; kept flat, so that a long chain does not nest."""

    first: "Node"
    rest: list[tuple[str, "Node"]]

    def value(self, scope: Scope) -> Value:
        result = self.first.value(scope)
        for sign, node in self.rest:
            result = each(scope, [result, node.value(scope)], OPERATORS[sign])
        return result


@dataclass(frozen=True)
class Signed:
    """+, - before or % after an operand."""

    sign: str
    of: "Node"

    def value(self, scope: Scope) -> Value:
        value = self.of.value(scope)
        return value if self.sign == "+" else each(scope, [value], _SIGNS[self.sign])


@dataclass(frozen=True)
class Call:
    """A function call. Functions get the nodes of their arguments, because IF computes only one of its results."""

    function: Callable[[Scope, "tuple[Node, ...]"], Value]
    arguments: "tuple[Node, ...]"

    def value(self, scope: Scope) -> Value:
        return self.function(scope, self.arguments)


@dataclass(frozen=True)
class Unknown:
    """A part that the evaluator can not compute; harmless in a branch that is not taken."""

    what: str

    def value(self, scope: Scope) -> Value:
        raise Uncomputable(self.what)


Node = Constant | Pointer | Chain | Signed | Call | Unknown


def _divided(left: Scalar, right: Scalar) -> Decimal:
    top, bottom = number_of(left), number_of(right)
    if bottom == 0:
        raise Failed(DIV0)
    return checked(CONTEXT.divide(top, bottom))


def _power(left: Scalar, right: Scalar) -> Decimal:
    base, exponent = number_of(left), number_of(right)
    if base == 0 and exponent <= 0:
        raise Failed(NUM if exponent == 0 else DIV0)
    return checked(CONTEXT.power(base, exponent))


OPERATORS: dict[str, Callable[[Scalar, Scalar], Scalar]] = {
    "+": lambda left, right: checked(CONTEXT.add(number_of(left), number_of(right))),
    "-": lambda left, right: checked(CONTEXT.subtract(number_of(left), number_of(right))),
    "*": lambda left, right: checked(CONTEXT.multiply(number_of(left), number_of(right))),
    "/": _divided,
    "^": _power,
    "&": lambda left, right: text_of(left) + text_of(right),
    "=": lambda left, right: compared(left, right) == 0,
    "<>": lambda left, right: compared(left, right) != 0,
    "<": lambda left, right: compared(left, right) < 0,
    ">": lambda left, right: compared(left, right) > 0,
    "<=": lambda left, right: compared(left, right) <= 0,
    ">=": lambda left, right: compared(left, right) >= 0,
}
_SIGNS: dict[str, Callable[[Scalar], Scalar]] = {
    "-": lambda value: CONTEXT.minus(number_of(value)),
    "%": lambda value: CONTEXT.divide(number_of(value), Decimal(100)),
}
