"""Calculates one document's measures a second time, in plain fractions and from the definitions alone, without scales and lanes.

What a formula means is written here again, node by node, so that a mistake of the product's own reading is not repeated.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from math import floor

from indicators.formulas import Reference, nodes, parse
from indicators.formulas.nodes import Node
from indicators.layout import Layout, Line
from indicators.measures.history import Document, EarlierDocuments
from indicators.values.documents import NA

Number = Fraction | bool | str | None  # a number or a condition, NA, or not known
Look = Callable[[Reference], Number]
PER = {"%": 100, "％": 100, "‰": 1000}
_NOTHING_BEFORE = EarlierDocuments()


class Recount:
    """The measures of each line in one unit's document."""

    def __init__(self, layout: Layout, document: Document, earlier: EarlierDocuments):
        self._layout, self._document, self._earlier = layout, document, earlier

    def measures(self, line: Line) -> Iterator[tuple[str, Number]]:
        """Role and number of everything that is added up of the line."""
        if line.numerator:
            top, bottom = self._sides(line)
            yield "numerator", top
            yield "denominator", bottom
        elif line.org_rule == "count_if":
            yield "value", self._of(line.condition or line.formula)
        elif line.kind == "cumulative":
            yield "total", self.figure(line.key)
            yield "part", self._part(line)
            yield "rest", self._rest(line)
        else:
            yield "value", self.figure(line.key)

    def figure(self, key: str) -> Number:
        line = self._layout.by_key.get(key)
        if line is not None and line.formula and not line.numerator:
            return self._of(line.formula)
        if line is not None and line.numerator:
            top, bottom = self._sides(line)
            if NA in (top, bottom):
                return NA
            return top * PER.get(line.unit, 1) / bottom if bottom else None
        typed = self._document.get(key)
        return typed if typed is None or typed == NA else Fraction(typed)

    def _of(self, text: str) -> Number:
        found = value_of(parse(text).tree, self._look)
        return Fraction(found) if isinstance(found, bool) else found

    def _sides(self, line: Line) -> tuple[Number, Number]:
        """Numerator and denominator, only if the unit gave both."""
        top, bottom = self._of(line.numerator), self._of(line.denominator)
        if NA in (top, bottom):
            return NA, NA
        return (None, None) if None in (top, bottom) else (top, bottom)

    def _look(self, reference: Reference) -> Number:
        match reference.shift:
            case "prev":
                return self._before(self._earlier.previous, reference.key)
            case "same_last_year":
                return self._before(self._earlier.same_last_year, reference.key)
            case "ytd":
                return self._to_date(reference.key)
        return self.figure(reference.key)

    def _before(self, document: Document | None, key: str) -> Number:
        return None if document is None else Recount(self._layout, document, _NOTHING_BEFORE).figure(key)

    def _to_date(self, key: str) -> Number:
        line, total = self._layout.by_key.get(key), self.figure(key)
        if key in self._earlier.broken_year:
            return NA if total == NA else None
        adds = line is not None and line.period_rule == "sum" and line.kind != "cumulative"
        for document in self._earlier.year if adds and total not in (None, NA) else ():
            before = self._before(document, key)
            total += before if before not in (None, NA) else 0
        return total

    def _part(self, line: Line) -> Number:
        total, year = self.figure(line.key), self._earlier.year
        if total in (None, NA) or not year:
            return total
        before = self._before(year[-1], line.key)
        return None if before in (None, NA) else total - before

    def _rest(self, line: Line) -> Number:
        """Where the part is not known: what the total adds to the last one that is."""
        total = self.figure(line.key)
        if total in (None, NA) or self._part(line) is not None:
            return None
        known = [self._before(document, line.key) for document in self._earlier.year]
        return total - next((before for before in reversed(known) if before not in (None, NA)), 0)


def value_of(node: Node, look: Look) -> Number:
    """What a part of a formula says; missing and 不适用 as in `indicators.formulas.nodes`."""
    match node:
        case nodes.Number(number):
            return Fraction(number)
        case nodes.FigurePointer(reference):
            return look(reference)
        case nodes.Minus(of) | nodes.Not(of):
            inner = value_of(of, look)
            return inner if inner in (None, NA) else not inner if isinstance(node, nodes.Not) else -inner
        case nodes.IfNode(condition, chosen, other):
            answer = value_of(condition, look)
            return answer if answer is None or answer == NA else value_of(chosen if answer else other, look)
        case nodes.Joined(word, parts):
            return _joined(word, [value_of(part, look) for part in parts])
        case nodes.Comparison(operands, operators):
            return _compared([value_of(operand, look) for operand in operands], operators)
        case nodes.FormulaCall(name, arguments):
            return _called(name, [value_of(argument, look) for argument in arguments])
    return _chained(node, look)


def _lacks(values: list[Number]) -> bool:
    return any(value is None or value == NA for value in values)


def _lacking(values: list[Number]) -> Number:
    return NA if NA in values else None


def _joined(word: str, answers: list[Number]) -> Number:
    decisive = word == "or"
    if any(answer is decisive for answer in answers):
        return decisive
    return _lacking(answers) if _lacks(answers) else not decisive


def _compared(values: list[Number], operators: tuple[str, ...]) -> Number:
    if _lacks(values):
        return _lacking(values)
    signs = {"<=": (-1, 0), "<": (-1,), ">=": (0, 1), ">": (1,), "==": (0,), "!=": (-1, 1)}
    orders = [(left > right) - (left < right) for left, right in pairwise(values)]
    return all(order in signs[sign] for order, sign in zip(orders, operators, strict=True))


def _called(name: str, values: list[Number]) -> Number:
    given = [value for value in values if value is not None and value != NA]
    if not given:
        return _lacking(values)
    match name:
        case "sum":
            return sum(given, Fraction(0))
        case "coalesce":
            return given[0]
        case "abs":
            return abs(given[0])
        case "floor":
            return Fraction(floor(given[0]))
        case "min":
            return min(given)
        case "max":
            return max(given)
    raise ValueError(f"{name} is not recounted yet")  # a new function of the language


def _chained(chain: nodes.ComparisonChain, look: Look) -> Number:
    values = [value_of(chain.first, look), *(value_of(node, look) for _sign, node in chain.rest)]
    if _lacks(values):
        return _lacking(values)
    result = values[0]
    for (sign, _node), value in zip(chain.rest, values[1:], strict=True):
        if sign == "/" and not value:
            return None
        result = {"+": result + value, "-": result - value, "*": result * value}.get(sign) if sign != "/" else result / value
    return result


def has_no_end(line: Line, role: str, layout: Layout) -> bool:
    """Whether the measure may be a fraction that no decimals and no common divisor hold: only such a one may be rounded."""
    if role in ("numerator", "denominator"):
        return _divides(parse(line.numerator if role == "numerator" else line.denominator).tree, layout)
    return line.org_rule != "count_if" and bool(line.formula) and _divides(parse(line.formula).tree, layout)


def _divides(node: Node, layout: Layout) -> bool:
    """A figure divides, or a ratio is looked at; not inside `floor` and conditions, whose answers are whole."""
    match node:
        case nodes.FigurePointer(reference):
            line = layout.by_key.get(reference.key)
            if line is None or not (line.numerator or line.formula):
                return False
            return bool(line.numerator) or _divides(parse(line.formula).tree, layout)
        case nodes.ComparisonChain(first, rest):
            is_quotient = any(sign == "/" and _looks_at_figures(part) for sign, part in rest)
            return is_quotient or any(_divides(part, layout) for part in (first, *(part for _sign, part in rest)))
        case nodes.Minus(of):
            return _divides(of, layout)
        case nodes.IfNode(_, chosen, other):
            return _divides(chosen, layout) or _divides(other, layout)
        case nodes.FormulaCall(name, arguments):
            return name != "floor" and any(_divides(argument, layout) for argument in arguments)
    return False


def _looks_at_figures(node: Node) -> bool:
    match node:
        case nodes.FigurePointer():
            return True
        case nodes.ComparisonChain(first, rest):
            return _looks_at_figures(first) or any(_looks_at_figures(part) for _sign, part in rest)
        case nodes.Minus(of) | nodes.Not(of):
            return _looks_at_figures(of)
        case nodes.IfNode(condition, chosen, other):
            return any(map(_looks_at_figures, (condition, chosen, other)))
        case nodes.FormulaCall(_, parts) | nodes.Joined(_, parts) | nodes.Comparison(parts):
            return any(map(_looks_at_figures, parts))
    return False
