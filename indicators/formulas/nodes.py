"""The parts of a parsed formula, each of which computes its value exactly.

Three answers run through every part: a number (or true/false), None = not reported, "NA" = not applicable.
| part | missing and 不适用 |
|---|---|
| + - * / comparisons, abs, floor | 不适用 wins over missing, missing over numbers; dividing by 0 is missing |
| and, or | as far as decided by the others; else as above |
| sum, min, max | of those given; where none is, as above |
| coalesce | the first that is given; where none is, as above |
| if | the chosen branch alone counts; an undecided condition is the answer |
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

from indicators.formulas.references import Reference, Resolve
from indicators.values.documents import NA
from indicators.values.exact_numbers import added, minus, over, plus, times

Value = int | Decimal | Fraction | bool | str | None

COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def lacking(values: list[Value]) -> Value:
    """ "NA" where one is 不适用, else None: what cannot be worked out of these."""
    return NA if any(value == NA for value in values) else None


def is_given(value: Value) -> bool:
    return value is not None and value != NA


@dataclass(frozen=True)
class Number:
    number: Decimal
    is_condition = False

    def value(self, resolve: Resolve) -> Value:
        return self.number


@dataclass(frozen=True)
class FigurePointer:
    reference: Reference
    is_condition = False

    def value(self, resolve: Resolve) -> Value:
        return resolve(self.reference)


@dataclass(frozen=True)
class ComparisonChain:
    """Terms joined by + and -, or factors joined by * and /; flat, so that a long one does not nest."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]
    is_condition = False

    def value(self, resolve: Resolve) -> Value:
        numbers = [self.first.value(resolve), *(node.value(resolve) for _sign, node in self.rest)]
        if not all(map(is_given, numbers)):
            return lacking(numbers)
        result = numbers[0]
        for (sign, _node), number in zip(self.rest, numbers[1:], strict=True):
            if sign == "/" and number == 0:
                return None
            result = _ARITHMETIC[sign](result, number)
        return result


@dataclass(frozen=True)
class Minus:
    of: "Node"
    is_condition = False

    def value(self, resolve: Resolve) -> Value:
        number = self.of.value(resolve)
        return minus(0, number) if is_given(number) else number


@dataclass(frozen=True)
class Comparison:
    """`a <= b <= c`; `spans` are the tokens (from, to) each operand was written with."""

    operands: tuple["Node", ...]
    operators: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    is_condition = True

    def value(self, resolve: Resolve) -> Value:
        numbers = [operand.value(resolve) for operand in self.operands]
        if not all(map(is_given, numbers)):
            return lacking(numbers)
        return all(COMPARE[sign](*pair) for sign, pair in zip(self.operators, pairwise(numbers), strict=True))


@dataclass(frozen=True)
class Joined:
    """Conditions joined by `and` or by `or`, decided as soon as one alone decides."""

    word: str
    parts: tuple["Node", ...]
    is_condition = True

    def value(self, resolve: Resolve) -> Value:
        answers = [part.value(resolve) for part in self.parts]
        deciding = self.word == "or"
        if any(answer is deciding for answer in answers):
            return deciding
        return not deciding if all(map(is_given, answers)) else lacking(answers)


@dataclass(frozen=True)
class Not:
    of: "Node"
    is_condition = True

    def value(self, resolve: Resolve) -> Value:
        answer = self.of.value(resolve)
        return not answer if is_given(answer) else answer


@dataclass(frozen=True)
class FormulaCall:
    """sum, min, max, coalesce, abs, floor over numbers."""

    name: str
    arguments: tuple["Node", ...]
    is_condition = False

    def value(self, resolve: Resolve) -> Value:
        answers = [argument.value(resolve) for argument in self.arguments]
        given = [answer for answer in answers if is_given(answer)]
        return _FUNCTIONS[self.name](given) if given else lacking(answers)


@dataclass(frozen=True)
class IfNode:
    """if(condition, this, else that)."""

    condition: "Node"
    chosen: "Node"
    other: "Node"

    @property
    def is_condition(self) -> bool:
        return self.chosen.is_condition

    def value(self, resolve: Resolve) -> Value:
        answer = self.condition.value(resolve)
        if not is_given(answer):
            return answer
        return (self.chosen if answer else self.other).value(resolve)


Node = Number | FigurePointer | ComparisonChain | Minus | Comparison | Joined | Not | FormulaCall | IfNode

_ARITHMETIC = {"+": plus, "-": minus, "*": times, "/": over}
_FUNCTIONS: dict[str, Callable[[list[Decimal | Fraction]], Decimal | Fraction]] = {
    "sum": added,
    "min": min,
    "max": max,
    "coalesce": lambda given: given[0],
    "abs": lambda given: given[0] if given[0] >= 0 else minus(0, given[0]),
    "floor": lambda given: Decimal(floor(given[0])),
}
