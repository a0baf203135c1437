"""Converts a figure exactly between units of measure of the same quantity, such as 元 and 万元."""

from decimal import Decimal, localcontext
from fractions import Fraction

from indicators.values.unit_of_measure_words import is_measure, split_magnitude

_PRECISION = 60


def factor_between(one: str, other: str) -> Fraction | None:
    """The divisor that converts a figure in `one` to `other`; None if they measure different quantities."""
    size, what = split_magnitude(one)
    other_size, other_what = split_magnitude(other)
    return Fraction(other_size, size) if what == other_what else None


def converted(value: Decimal, factor: Fraction) -> Decimal:
    """The value divided by the factor; exact, as factors are powers of ten."""
    with localcontext() as context:
        context.prec = _PRECISION
        return value * factor.denominator / factor.numerator


def is_unit_of_measure(text: str) -> bool:
    """Whether the text is a unit of measure, with or without a magnitude before it: 元, 万元, 百万元."""
    return is_measure(text) or is_measure(split_magnitude(text)[1])
