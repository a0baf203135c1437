"""The functions that formulas of a template may call, with the results of a spreadsheet program."""

from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal
from functools import partial

from spreadsheets.formulas.amounts import (
    Arguments,
    areas_of,
    greatest,
    least,
    mean,
    numbers,
    numbers_among,
    product,
    total,
    values_in,
)
from spreadsheets.formulas.criteria_functions import count_ifs, sum_if, sum_ifs
from spreadsheets.formulas.nodes import Node, Scope, each, is_many
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
    number_of,
    text_of,
    truth_of,
)

_SUBTOTALS = ("AVERAGE", "COUNT", "COUNTA", "MAX", "MIN", "PRODUCT", "STDEV", "STDEVP", "SUM", "VAR", "VARP")
_MOST_PLACES = 300


def _of_numbers(rule: Callable[[Iterator[Decimal]], Decimal]):
    return lambda scope, arguments: rule(numbers(scope, arguments))


def _count(scope: Scope, arguments: Arguments) -> Decimal:
    counted = 0
    for node in arguments:
        value = _or_fault(scope, node)
        if isinstance(value, Area | Matrix):
            counted += sum(isinstance(found, Decimal) for found in values_in(scope, value))
        else:
            counted += _is_number(value)
    return Decimal(counted)


def _is_number(value: Scalar) -> bool:
    try:
        number_of(value)
    except Failed:
        return False
    return True


def _count_filled(scope: Scope, arguments: Arguments) -> Decimal:
    """Computes COUNTA: an empty text counts, a blank cell does not."""
    found = [_or_fault(scope, node) for node in arguments]
    return Decimal(sum(item is not None or not isinstance(value, Area) for value in found for item in values_in(scope, value)))


def _or_fault(scope: Scope, node: Node) -> Value:
    """The value of a node; an error value where a constant argument fails, because counting does not fail with it."""
    try:
        return node.value(scope)
    except Failed as failed:
        return failed.fault


def _if(scope: Scope, arguments: Arguments) -> Value:
    condition = arguments[0].value(scope)
    chosen = arguments[1:]
    if scope.by_cell and is_many(condition):
        results = [node.value(scope) for node in chosen] + [False] * (2 - len(chosen))
        return each(scope, [condition, *results], lambda is_met, this, that: this if truth_of(is_met) else that)
    is_met = truth_of(scope.scalar(condition))
    if is_met:
        return chosen[0].value(scope)
    return chosen[1].value(scope) if len(chosen) > 1 else False


def _if_error(scope: Scope, arguments: Arguments) -> Value:
    try:
        value = arguments[0].value(scope)
        if scope.by_cell and is_many(value):
            other = arguments[1].value(scope)
            return each(scope, [value, other], lambda this, that: that if isinstance(this, Fault) else this)
        found = scope.scalar(value)
    except Failed:
        return arguments[1].value(scope)
    return arguments[1].value(scope) if isinstance(found, Fault) else value


def _truths(scope: Scope, arguments: Arguments) -> list[bool]:
    found = []
    for node in arguments:
        value = node.value(scope)
        if isinstance(value, Area | Matrix):
            for item in values_in(scope, value):
                if isinstance(item, Fault):
                    raise Failed(item)
                if isinstance(item, bool | Decimal):
                    found.append(bool(item))
        else:
            found.append(truth_of(value))
    if not found:
        raise Failed(VALUE)
    return found


def _rounded(rounding: str, value: Scalar, places: Scalar = Decimal(0)) -> Decimal:
    """Rounds at `places` digits after the point; before the point where places is negative."""
    number, places = number_of(value), int(CONTEXT.to_integral_exact(number_of(places).quantize(Decimal(1), ROUND_DOWN)))
    if abs(places) > _MOST_PLACES:
        raise Failed(NUM)
    step = Decimal(1).scaleb(-places)
    # A spreadsheet rounds the decimal number that it shows: 1.005 is 1.005 here, not the binary number just below it.
    return checked(CONTEXT.multiply(CONTEXT.divide(number, step).to_integral_value(rounding), step))


def _one_by_one(function: Callable[..., Scalar]):
    """Wraps a function of single values, which is computed cell by cell where the formula is."""
    return lambda scope, arguments: each(scope, [node.value(scope) for node in arguments], function)


def _modulo(value: Scalar, divisor: Scalar) -> Decimal:
    number, by = number_of(value), number_of(divisor)
    if by == 0:
        raise Failed(DIV0)
    whole = CONTEXT.divide(number, by).to_integral_value(ROUND_FLOOR)
    return checked(CONTEXT.subtract(number, CONTEXT.multiply(by, whole)))


def _sum_product(scope: Scope, arguments: Arguments) -> Decimal:
    matrices = [scope.matrix(_cut(scope, node.value(scope.each_cell()))) for node in arguments]
    if len({matrix.shape for matrix in matrices}) != 1:
        raise Failed(VALUE)
    result = Decimal(0)
    for places in zip(*(values_in(scope, matrix) for matrix in matrices), strict=True):
        for value in places:
            if isinstance(value, Fault):
                raise Failed(value)
        factors = [value if isinstance(value, Decimal) else Decimal(0) for value in places]
        result = CONTEXT.add(result, product(iter(factors)))
    return checked(result)


def _cut(scope: Scope, value: Value) -> Value:
    return scope.cells.used(value) if isinstance(value, Area) and value.shape[0] * value.shape[1] > _WHOLE else value


_WHOLE = 65_536  # cells; larger areas are whole columns or rows and are cut to the used cells


def _subtotal(scope: Scope, arguments: Arguments) -> Decimal:
    """Computes the function without other subtotals in the areas. Hidden rows count for 1 to 11, unless a filter hid them."""
    number = int(number_of(scope.scalar(arguments[0].value(scope))))
    without_hidden, number = number > 100, number % 100
    if not 1 <= number <= len(_SUBTOTALS):
        raise Failed(VALUE)
    name = _SUBTOTALS[number - 1]
    if name not in _ADDED:
        raise Uncomputable(name)
    found = []
    for area in areas_of(scope, *arguments[1:]):
        skips = without_hidden or scope.cells.is_filtered(area.sheet)
        for row, column in scope.cells.filled(area):
            if scope.cells.is_subtotal(area.sheet, row, column) or (skips and scope.cells.is_hidden(area.sheet, row)):
                continue
            found.append(scope.cells.value(area.sheet, row, column))
    return _ADDED[name](found)


_ADDED: dict[str, Callable[[list[Scalar]], Decimal]] = {
    "SUM": lambda found: total(numbers_among(found)),
    "AVERAGE": lambda found: mean(numbers_among(found)),
    "MIN": lambda found: least(numbers_among(found)),
    "MAX": lambda found: greatest(numbers_among(found)),
    "PRODUCT": lambda found: product(numbers_among(found)),
    "COUNT": lambda found: Decimal(sum(isinstance(value, Decimal) for value in found)),
    "COUNTA": lambda found: Decimal(sum(value is not None for value in found)),
}


def _row(scope: Scope, arguments: Arguments) -> Decimal:
    return Decimal(areas_of(scope, *arguments)[0].top if arguments else scope.row)


def _column(scope: Scope, arguments: Arguments) -> Decimal:
    return Decimal(areas_of(scope, *arguments)[0].left if arguments else scope.column)


def _joined(scope: Scope, arguments: Arguments) -> str:
    found = [item for node in arguments for item in values_in(scope, node.value(scope))]
    return "".join(map(text_of, found))


def _is_error(scope: Scope, arguments: Arguments) -> bool:
    return isinstance(_scalar_or_fault(scope, arguments[0]), Fault)


def _is_blank(scope: Scope, arguments: Arguments) -> bool:
    return _scalar_or_fault(scope, arguments[0]) is None


def _scalar_or_fault(scope: Scope, node: Node) -> Scalar:
    try:
        return scope.scalar(node.value(scope))
    except Failed as failed:
        return failed.fault


MANY = 255  # arguments
# Name -> the function, and the least and greatest number of arguments.
FUNCTIONS: dict[str, tuple[Callable[[Scope, Arguments], Value], int, int]] = {
    "SUM": (_of_numbers(total), 1, MANY),
    "PRODUCT": (_of_numbers(product), 1, MANY),
    "AVERAGE": (_of_numbers(mean), 1, MANY),
    "MIN": (_of_numbers(least), 1, MANY),
    "MAX": (_of_numbers(greatest), 1, MANY),
    "COUNT": (_count, 1, MANY),
    "COUNTA": (_count_filled, 1, MANY),
    "IF": (_if, 2, 3),
    "IFERROR": (_if_error, 2, 2),
    "AND": (lambda scope, arguments: all(_truths(scope, arguments)), 1, MANY),
    "OR": (lambda scope, arguments: any(_truths(scope, arguments)), 1, MANY),
    "NOT": (_one_by_one(lambda value: not truth_of(value)), 1, 1),
    "TRUE": (lambda scope, arguments: True, 0, 0),
    "FALSE": (lambda scope, arguments: False, 0, 0),
    "ABS": (_one_by_one(lambda value: CONTEXT.abs(number_of(value))), 1, 1),
    "INT": (_one_by_one(partial(_rounded, ROUND_FLOOR)), 1, 1),
    "ROUND": (_one_by_one(partial(_rounded, ROUND_HALF_UP)), 2, 2),
    "ROUNDUP": (_one_by_one(partial(_rounded, ROUND_UP)), 2, 2),
    "ROUNDDOWN": (_one_by_one(partial(_rounded, ROUND_DOWN)), 2, 2),
    "TRUNC": (_one_by_one(partial(_rounded, ROUND_DOWN)), 1, 2),
    "MOD": (_one_by_one(_modulo), 2, 2),
    "SUMPRODUCT": (_sum_product, 1, MANY),
    "SUMIF": (sum_if, 2, 3),
    "AVERAGEIF": (partial(sum_if, rule=mean), 2, 3),
    "SUMIFS": (sum_ifs, 3, MANY),
    "AVERAGEIFS": (partial(sum_ifs, rule=mean), 3, MANY),
    "COUNTIF": (count_ifs, 2, 2),
    "COUNTIFS": (count_ifs, 2, MANY),
    "SUBTOTAL": (_subtotal, 2, MANY),
    "CONCATENATE": (_joined, 1, MANY),
    "ISERROR": (_is_error, 1, 1),
    "ISBLANK": (_is_blank, 1, 1),
    "ROW": (_row, 0, 1),
    "COLUMN": (_column, 0, 1),
}
