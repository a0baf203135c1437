"""Scales: the factor that makes every value of a line a whole number, from the definitions alone.

| part of a formula | its scale |
|---|---|
| a number, a typed line | its decimals |
| + - sum min max if coalesce | the most decimals, the least common multiple of the divisors |
| × | decimals add, divisors multiply |
| ÷ by a number | the twos and fives of it are decimals, the rest is divisor: {A} / 6 is a whole number of 1/30 |
| abs, - | as what they are of |
| floor, a condition | whole |
| a quotient of figures, a ratio as input | has no end: carried with CARRIED decimals, read with READ |

So a sum of scaled values is exact, and dividing it after adding is the same as computing the formula after adding.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

from indicators.formulas import Reference, nodes, parse
from indicators.formulas.nodes import Node
from indicators.formulas.verdicts import references_in
from indicators.kinds.kind import Defined, ScaleSource
from indicators.kinds.ratio import PER
from indicators.kinds.registry import kind_of
from indicators.layout import Line
from indicators.measures.vectors import LIMB_BITS, ONE_LANE_BITS
from indicators.values.exact_numbers import Exact, decimals_and_rest, half_up
from indicators.values.number_parser import LIMIT

CARRIED, READ = 27, 18  # a million roundings at the 27th decimal are no unit of the 18th
MOST_LANES = 16
_MOST_BITS = (MOST_LANES - 1) * LIMB_BITS + ONE_LANE_BITS
MOST_DECIMALS = 6  # of a typed line; an earlier period's line may have had more than today's
_TYPED_BITS = int(LIMIT).bit_length()
_YEAR_BITS = 6  # at most 53 periods in a year


@dataclass(frozen=True)
class Scale:
    """`value * unit` is a whole number, and |value| < 2**bits for any document that can be typed."""

    decimals: int
    divisor: int = 1
    bits: int = 0
    ends: bool = True
    fits: bool = True  # False: more than MOST_LANES would be needed

    @cached_property
    def unit(self) -> int:
        return 10**self.decimals * self.divisor

    @property
    def size(self) -> int:
        """Bits of the whole number."""
        return self.bits + self.unit.bit_length()

    @cached_property
    def lanes(self) -> int:
        return max(1, -(-(self.size - ONE_LANE_BITS) // LIMB_BITS) + 1)

    def units(self, value: Exact) -> int:
        """The value as a whole number. Only what has no end is rounded, once, half up."""
        if isinstance(value, int):
            return value * self.unit
        top, bottom = value.as_integer_ratio()
        return half_up(top * self.unit, bottom)

    def value(self, units: int) -> int | Fraction:
        """The value of a sum of such whole numbers."""
        if not self.ends:
            return Fraction(half_up(units, 10 ** (CARRIED - READ)), 10**READ)
        return units if self.unit == 1 else Fraction(units, self.unit)


NOTHING = Scale(0)  # of what is never known


class Scales:
    """The scales of lines that are computed from each other."""

    def __init__(self, by_key: Mapping[str, Defined]):
        self._by_key = by_key
        self._lines: dict[tuple[str, bool], Scale] = {}

    def of_line(self, key: str, *, earlier: bool = False) -> Scale:
        """`earlier`: of the line in an earlier document, computed from that alone."""
        if (key, earlier) not in self._lines:
            self._lines[key, earlier] = NOTHING  # circles are refused when a formula is made
            line = self._by_key.get(key)
            self._lines[key, earlier] = self._of(line, earlier) if line is not None else NOTHING
        return self._lines[key, earlier]

    def of_difference(self, key: str) -> Scale:
        """Of the line less what it was in an earlier document."""
        both = _together(self.of_line(key), self.of_line(key, earlier=True))
        return _checked(replace(both, bits=both.bits + 1))

    def of_source(self, line: Line, source: ScaleSource) -> Scale:
        """Of one measure of the line."""
        if source == ScaleSource.CONDITION:
            return Scale(0, bits=1)
        if source in (ScaleSource.NUMERATOR, ScaleSource.DENOMINATOR):
            return self.of_formula(line.numerator if source == ScaleSource.NUMERATOR else line.denominator)
        return self.of_difference(line.key) if source == ScaleSource.DIFFERENCE else self.of_line(line.key)

    def of_formula(self, text: str, *, earlier: bool = False) -> Scale:
        return _Reading(self, earlier).of(parse(text).tree)

    def of_reference(self, reference: Reference, earlier: bool) -> Scale:
        line = self._by_key.get(reference.key)
        if line is None or (earlier and reference.shift in ("prev", "same_last_year")):
            return NOTHING
        if reference.shift in ("prev", "same_last_year"):
            return self.of_line(reference.key, earlier=True)
        now = self.of_line(reference.key, earlier=earlier)
        if reference.shift == "ytd" and kind_of(line).adds_over_time(line) and not earlier:
            both = _together(now, self.of_line(reference.key, earlier=True))
            return _checked(replace(both, bits=both.bits + _YEAR_BITS))
        return now

    def _of(self, line: Defined, earlier: bool) -> Scale:
        if line.formula:
            return self.of_formula(line.formula, earlier=earlier)
        if kind_of(line).is_divided(line):
            sides = (self.of_formula(text, earlier=earlier) for text in (line.numerator, line.denominator))
            return _quotient(*sides, PER.get(line.unit, 1).bit_length())
        return Scale(MOST_DECIMALS if earlier else line.decimals, bits=_TYPED_BITS)


class _Reading:
    """Walks one formula; `earlier`: as an earlier document computes it."""

    def __init__(self, scales: Scales, earlier: bool):
        self._scales, self._earlier = scales, earlier

    def of(self, node: Node) -> Scale:
        if node.is_condition:
            return Scale(0, bits=1)
        if not references_in(node):
            return _of_constant(_constant(node))
        match node:
            case nodes.FigurePointer(reference):
                return self._scales.of_reference(reference, self._earlier)
            case nodes.ComparisonChain(first, rest):
                return self._chain(first, rest)
            case nodes.Minus(of):
                return self.of(of)
            case nodes.IfNode(_, chosen, other):
                return _together(self.of(chosen), self.of(other))
        return self._call(node)

    def _chain(self, first: Node, rest: tuple[tuple[str, Node], ...]) -> Scale:
        found = self.of(first)
        for sign, node in rest:
            if sign in "+-":
                both = _together(found, self.of(node))
                found = _checked(replace(both, bits=both.bits + 1))
            elif sign == "*":
                found = _product(found, self.of(node))
            elif references_in(node):
                found = _quotient(found, self.of(node))
            else:
                found = _product(found, _of_inverse(_constant(node)))
        return found

    def _call(self, call: nodes.FormulaCall) -> Scale:
        scales = [self.of(argument) for argument in call.arguments]
        if call.name == "floor":
            return Scale(0, bits=scales[0].bits + 1, fits=scales[0].fits)
        found = scales[0]
        for scale in scales[1:]:
            found = _together(found, scale)
        return _checked(replace(found, bits=found.bits + len(scales).bit_length())) if call.name == "sum" else found


def _constant(node: Node) -> Exact | None:
    return node.value(lambda _reference: None)


def _of_constant(value: Exact | None) -> Scale:
    if value is None:
        return NOTHING
    top, bottom = value.as_integer_ratio()
    decimals, divisor = decimals_and_rest(bottom)
    return _checked(Scale(decimals, divisor, (abs(top) // bottom + 1).bit_length()))


def _of_inverse(value: Exact | None) -> Scale:
    return _of_constant(1 / Fraction(value)) if value else NOTHING


def _together(left: Scale, right: Scale) -> Scale:
    """Of a value that is one or the other."""
    bits, fits = max(left.bits, right.bits), left.fits and right.fits
    if not (left.ends and right.ends):
        return _endless(bits, fits)
    return _checked(Scale(max(left.decimals, right.decimals), lcm(left.divisor, right.divisor), bits, fits=fits))


def _product(left: Scale, right: Scale) -> Scale:
    bits, fits = left.bits + right.bits, left.fits and right.fits
    if not (left.ends and right.ends):
        return _endless(bits, fits)
    return _checked(Scale(left.decimals + right.decimals, left.divisor * right.divisor, bits, fits=fits))


def _quotient(top: Scale, bottom: Scale, more_bits: int = 0) -> Scale:
    """A divisor that is not 0 is at least one of its units."""
    return _endless(top.bits + bottom.unit.bit_length() + more_bits, top.fits and bottom.fits)


def _endless(bits: int, fits: bool) -> Scale:
    return _checked(Scale(CARRIED, 1, bits, ends=False, fits=fits))


def _checked(scale: Scale) -> Scale:
    """What is wider than all lanes is carried like what has no end, as far as it goes; such a formula is refused when made."""
    if scale.size <= _MOST_BITS:
        return scale
    return Scale(CARRIED, 1, _MOST_BITS - (10**CARRIED).bit_length(), ends=False, fits=False)
