"""The numbers in the arguments of a function, and their sum, product and mean."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from spreadsheets.formulas.nodes import Node, Scope
from spreadsheets.formulas.values import (
    CONTEXT,
    DIV0,
    Area,
    Failed,
    Fault,
    Matrix,
    Scalar,
    Uncomputable,
    Value,
    checked,
    number_of,
)

Arguments = tuple[Node, ...]


def numbers(scope: Scope, arguments: Arguments) -> Iterator[Decimal]:
    """The numbers in arguments: of areas only cells that are numbers; constants are converted as + does.

    Raises Failed for an error value.
    """
    for node in arguments:
        value = node.value(scope)
        if isinstance(value, Area | Matrix):
            yield from numbers_among(values_in(scope, value))
        else:
            yield number_of(value)


def values_in(scope: Scope, value: Value) -> Iterator[Scalar]:
    """The values in an area or matrix; blank cells of an area are left out."""
    if isinstance(value, Area):
        for row, column in scope.cells.filled(value):
            yield scope.cells.value(value.sheet, row, column)
    elif isinstance(value, Matrix):
        for row in value.rows:
            yield from row
    else:
        yield value


def total(found: Iterator[Decimal]) -> Decimal:
    result = Decimal(0)
    for number in found:
        result = CONTEXT.add(result, number)
    return checked(result)


def product(found: Iterator[Decimal]) -> Decimal:
    all_of_them = list(found)
    result = Decimal(1 if all_of_them else 0)
    for number in all_of_them:
        result = CONTEXT.multiply(result, number)
    return checked(result)


def mean(found: Iterator[Decimal]) -> Decimal:
    all_of_them = list(found)
    if not all_of_them:
        raise Failed(DIV0)
    return CONTEXT.divide(total(iter(all_of_them)), Decimal(len(all_of_them)))


def numbers_among(found: Iterable[Scalar]) -> Iterator[Decimal]:
    """The numbers among values; texts, truth values and blanks are left out. Raises Failed for an error value."""
    for value in found:
        if isinstance(value, Fault):
            raise Failed(value)
        if isinstance(value, Decimal):
            yield value


def least(found: Iterator[Decimal]) -> Decimal:
    return min(found, default=Decimal(0))


def greatest(found: Iterator[Decimal]) -> Decimal:
    return max(found, default=Decimal(0))


def areas_of(scope: Scope, *nodes: Node) -> list[Area]:
    """The areas that arguments refer to. Raises Uncomputable for anything else."""
    found = [node.value(scope) for node in nodes]
    if not all(isinstance(area, Area) for area in found):
        raise Uncomputable("a criterion over something else than cells")
    return found
