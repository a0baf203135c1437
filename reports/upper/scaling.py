"""Turns a figure of one unit of measure into another of the same thing, exactly: 元 into 万元. Knows no table."""

from decimal import Decimal, localcontext
from fractions import Fraction

from indicators.measuring_words import is_measure
from orgs.likeness import folded

_MAGNITUDES = {"百万": 10**6, "千万": 10**7, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PRECISION = 60


def factor_between(one: str, other: str) -> Fraction | None:
    """By what a figure in `one` is divided to stand in `other`; None where they measure different things."""
    size, what = _split(one)
    other_size, other_what = _split(other)
    return Fraction(other_size, size) if what == other_what else None


def converted(value: Decimal, factor: Fraction) -> Decimal:
    """The value divided by the factor; exact, as factors are powers of ten."""
    with localcontext() as context:
        context.prec = _PRECISION
        return value * factor.denominator / factor.numerator


def is_unit_of_measure(text: str) -> bool:
    """元, 万元, 百万元: a measure with or without a magnitude before it."""
    return is_measure(text) or is_measure(_split(text)[1])


def _split(unit: str) -> tuple[int, str]:
    """万元 -> (10000, 元)."""
    plain = folded(unit)
    name = next((name for name in _MAGNITUDES if plain.startswith(name) and len(plain) > len(name)), "")
    return _MAGNITUDES.get(name, 1), plain.removeprefix(name)
