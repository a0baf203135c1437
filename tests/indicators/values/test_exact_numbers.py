"""Arithmetic that rounds nothing, beside Python's fractions; and where a number without end is cut."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

import pytest

from indicators.values.exact_numbers import added, as_decimal, decimals_and_rest, half_up, minus, over, plus, times

NUMBERS = (
    0,
    1,
    -7,
    10**30 + 1,
    Decimal("0.1"),
    Decimal("-2.675"),
    Decimal("123456789012345.678901"),
    Fraction(1, 3),
    Fraction(-22, 7),
)


@pytest.mark.parametrize(("left", "right"), list(product(NUMBERS, NUMBERS)))
def test_two_numbers(left, right):
    one, other = Fraction(left), Fraction(right)
    assert Fraction(plus(left, right)) == one + other
    assert Fraction(minus(left, right)) == one - other
    assert Fraction(times(left, right)) == one * other
    if right:
        assert over(left, right) == one / other


def test_what_has_no_fraction_stays_a_decimal():
    """Five times as fast: nine of ten sums."""
    assert [type(found(2, Decimal("0.5"))) for found in (plus, minus, times)] == [Decimal] * 3
    assert type(plus(2, 3)) is Decimal
    assert type(plus(2, Fraction(1, 3))) is Fraction


@pytest.mark.parametrize("numbers", [(), (3,), (1, 2, 3), (Decimal("0.1"), Decimal("0.2"), Fraction(1, 3), -1)])
def test_a_sum(numbers):
    assert Fraction(added(iter(numbers))) == sum(map(Fraction, numbers))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (7, "7"),
        (Decimal("2.50"), "2.50"),
        (Fraction(7), "7"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(7, 20), "0.35"),
        (Fraction(3, 250), "0.012"),
        (Fraction(10**20 + 1, 4), "25000000000000000000.25"),
        (Fraction(1, 3), "0." + "3" * 41),
        (Fraction(-200, 3), "-66." + "6" * 40),
        (Fraction(200, 7), "28.5714285714285714285714285714285714285714"),
    ],
)
def test_a_number_as_a_decimal(number, text):
    """Exact where it ends, otherwise with 40 digits behind the first."""
    assert str(as_decimal(number)) == text


@pytest.mark.parametrize("places", range(12))
@pytest.mark.parametrize(
    "number", [Fraction(1, 6), Fraction(-1, 6), Fraction(25, 1000) + Fraction(1, 10**50 * 3), Fraction(10**9, 7)]
)
def test_a_cut_number_rounds_as_the_exact_one(number, places):
    """Also where the exact one lies a hair beside a half: it is never cut to a half that it was not."""
    exact = half_up(number.numerator * 10**places, number.denominator)
    assert as_decimal(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) == Decimal(exact).scaleb(-places)


@pytest.mark.parametrize(
    ("divisor", "places", "rest"),
    [
        (1, 0, 1),
        (2, 1, 1),
        (5, 1, 1),
        (8, 3, 1),
        (25, 2, 1),
        (40, 3, 1),
        (12, 2, 3),
        (75, 2, 3),
        (7, 0, 7),
        (700, 2, 7),
        (9, 0, 9),
        (6, 1, 3),
    ],
)
def test_how_many_decimals_a_division_needs(divisor, places, rest):
    assert decimals_and_rest(divisor) == (places, rest)


@pytest.mark.parametrize(
    ("top", "bottom", "whole"),
    [
        (0, 3, 0), (1, 3, 0), (1, 2, 1), (2, 3, 1), (3, 2, 2), (5, 2, 3), (7, 3, 2), (-1, 2, -1), (1, -2, -1), (-1, -2, 1), (-1, 3, 0),
        (-5, 2, -3), (-7, -3, 2), (6, 3, 2), (-6, 3, -2), (1, 1, 1), (0, -3, 0), (2, 1, 2), (9, 10, 1), (4, 9, 0),
    ],
)  # fmt: skip
def test_the_half_goes_away_from_zero(top, bottom, whole):
    assert half_up(top, bottom) == whole
