"""Computes the formulas of a sheet as Excel does, as far as `in_cells` writes them: errors, blanks and texts beside numbers.

Independent of indicators.formulas.
"""

import operator
import re
from collections.abc import Mapping
from fractions import Fraction
from math import floor

_TOKEN = re.compile(r'\s*("[^"]*"|[A-Z]+[0-9]+|[A-Z]+|[0-9.]+|<=|>=|<>|[-+*/=<>(),])')
_COMPARE = {
    "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_BINARY = ({"=", "<>", "<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/"})


class SheetError(Exception):
    """#VALUE!, #DIV/0!"""


def value_of(text: str, cells: Mapping[str, object]):
    """The value of a formula without its "="; a cell that is not among `cells` is blank, which reads None."""
    reader = _Reader(text)
    value = reader.level(0)
    assert reader.at == len(reader.tokens), text
    return value(cells)


class _Reader:
    """Each part becomes a function of the cells, so that IF computes only what it chooses."""

    def __init__(self, text: str):
        self.tokens, self.at = _TOKEN.findall(text), 0
        assert "".join(self.tokens) == text.replace(" ", ""), text

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def level(self, depth: int):
        if depth == len(_BINARY):
            return self.single()
        left = self.level(depth + 1)
        while self.peek() in _BINARY[depth]:
            left = _two(self.take(), left, self.level(depth + 1))
        return left

    def single(self):
        token = self.take()
        if token == "-":
            of = self.single()
            return lambda cells: -_number(of(cells))
        if token == "(":
            inner = self.level(0)
            assert self.take() == ")"
            return inner
        if token.startswith('"'):
            return lambda cells: token[1:-1]
        if token[0].isdigit():
            return lambda cells: Fraction(token)
        if self.peek() == "(":
            return self.call(token)
        if token in ("TRUE", "FALSE"):
            return lambda cells: token == "TRUE"
        assert token[-1].isdigit(), f"#NAME? {token}"
        found = lambda cells: cells.get(token)  # noqa: E731
        found.is_cell = True
        return found

    def call(self, name: str):
        self.take()
        arguments = [self.level(0)]
        while self.peek() == ",":
            self.take()
            arguments.append(self.level(0))
        assert self.take() == ")"
        return lambda cells: _FUNCTIONS[name](cells, *arguments)


def _two(sign: str, left, right):
    def compute(cells):
        one, other = left(cells), right(cells)
        if sign in _COMPARE:
            return _compared(sign, one, other)
        one, other = _number(one), _number(other)
        if sign == "/" and other == 0:
            raise SheetError("#DIV/0!")
        return {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[sign](one, Fraction(other))

    return compute


def _compared(sign: str, one, other) -> bool:
    """A text is greater than any number; a blank is 0 beside a number and "" beside a text."""
    if isinstance(one, str) or isinstance(other, str):
        ranks = [
            (1, value.lower()) if isinstance(value, str) else (1, "") if value is None else (0, "") for value in (one, other)
        ]
        return _COMPARE[sign](*ranks)
    return _COMPARE[sign](one or 0, other or 0)


def _number(value):
    if isinstance(value, str):
        raise SheetError("#VALUE!")
    return value or 0


def _truth(value) -> bool:
    if isinstance(value, str):
        raise SheetError("#VALUE!")
    return bool(value)


def _numbers(cells, arguments) -> list:
    """What SUM, MIN and MAX take: a text or a blank alone in a cell is passed over, one that was computed is an error."""
    values = [(argument(cells), hasattr(argument, "is_cell")) for argument in arguments]
    return [_number(value) for value, is_cell in values if not (is_cell and (value is None or isinstance(value, str)))]


def _if_error(cells, value, otherwise):
    try:
        return value(cells)
    except SheetError:
        return otherwise(cells)


_FUNCTIONS = {
    "IF": lambda cells, condition, true, false: (true if _truth(condition(cells)) else false)(cells),
    "IFERROR": _if_error,
    "AND": lambda cells, *arguments: all([_truth(argument(cells)) for argument in arguments]),
    "OR": lambda cells, *arguments: any([_truth(argument(cells)) for argument in arguments]),
    "NOT": lambda cells, of: not _truth(of(cells)),
    "ISNUMBER": lambda cells, of: isinstance(of(cells), int | Fraction) and not isinstance(of(cells), bool),
    "SUM": lambda cells, *arguments: sum(_numbers(cells, arguments)),
    "MIN": lambda cells, *arguments: min(_numbers(cells, arguments), default=0),
    "MAX": lambda cells, *arguments: max(_numbers(cells, arguments), default=0),
    "ABS": lambda cells, of: abs(_number(of(cells))),
    "INT": lambda cells, of: floor(_number(of(cells))),
}
