"""Values are exact, and missing figures, 不适用 and a zero divisor have answers of their own; a Fraction oracle."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas import parse
from indicators.values.documents import NA
from indicators.values.number_parser import round_half_up

FIGURES = {"A": 6, "B": 4, "Z": 0, "F": Decimal("0.1"), "N": NA}


def value(text):
    return parse(text).compute(lambda reference: FIGURES.get(reference.key))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{A} + {B} * 2", 14),
        ("({A} + {B}) * 2", 20),
        ("{A} - {B} - 1", 1),
        ("{A} / {B}", Decimal("1.5")),
        ("-{A} + --{B}", -2),
        ("{F} * 3", Decimal("0.3")),
        ("sum({A}, {B}, {F})", Decimal("10.1")),
        ("min({A}, {B})", 4),
        ("max({A}, {B})", 6),
        ("abs({B} - {A})", 2),
        ("floor({A} / {B})", 1),
        ("floor(-{A} / {B})", -2),
        ("if({A} >= 80, floor({A} / 5), 0)", 0),
        ("if({A} > 5, floor({A} / 5), 0)", 1),
        ("{A} > {B}", 1),
        ("{A} < {B}", 0),
        ("0 <= {A} <= 6", 1),
        ("0 <= {B} < {A} < 6", 0),
        ("{A} > 5 and {B} > 5", 0),
        ("{A} > 5 or {B} > 5", 1),
        ("not {A} > 7", 1),
        ("{A} != 6.0", 0),
        # missing
        ("{M}", None),
        ("{A} + {M}", None),
        ("{M} <= {A}", None),
        ("-{M}", None),
        ("sum({A}, {M})", 6),
        ("sum({M}, {M2})", None),
        ("max({M}, {B})", 4),
        ("coalesce({M}, {B})", 4),
        ("coalesce({M}, {M2})", None),
        ("{A} + coalesce({M}, 0)", 6),
        ("if({M} > 0, 1, 2)", None),
        ("if({A} > 0, 1, {M})", 1),
        ("if({A} > 0, {M}, 1)", None),
        ("{A} > 7 and {M} > 1", 0),
        ("{A} > 5 and {M} > 1", None),
        ("{A} > 5 or {M} > 1", 1),
        ("{A} > 7 or {M} > 1", None),
        ("not {M} > 1", None),
        # a zero divisor
        ("{A} / {Z}", None),
        ("{Z} / {Z}", None),
        ("1 + {A} / ({B} - 4)", None),
        ("if({Z} == 0, 0, {A} / {Z})", 0),
        # not applicable
        ("{N}", NA),
        ("{A} + {N}", NA),
        ("{M} + {N}", NA),
        ("{N} <= {A}", NA),
        ("sum({A}, {N})", 6),
        ("sum({M}, {N})", NA),
        ("coalesce({N}, {A})", 6),
        ("{A} > 5 and {N} > 1", NA),
        ("abs({N})", NA),
    ],
)
def test_value(text, expected):
    assert value(text) == expected


def test_items_and_other_periods_are_asked_for_as_written():
    asked = []
    parse("{A:x} + {B@prev} + {C@ytd}").compute(lambda reference: asked.append(str(reference)) or 1)
    assert asked == ["{A:x}", "{B@prev}", "{C@ytd}"]


def test_the_largest_product_that_can_be_written_still_computes():
    text = "*".join(["999999999999999"] * 120)
    assert value(text).adjusted() == 15 * 120 - 1


_LEAF = st.integers(-(10**15) + 1, 10**15 - 1) | st.decimals(-(10**6), 10**6, places=2, allow_nan=False)


@st.composite
def sums(draw, depth=0):
    """A text with the value a plain Fraction gives it."""
    if depth > 3 or draw(st.booleans()):
        number = draw(_LEAF)
        text = format(abs(number), "f")
        return (f"(-{text})", -Fraction(abs(number))) if number < 0 else (text, Fraction(number))
    sign = draw(st.sampled_from("+-*"))
    left, right = draw(sums(depth + 1)), draw(sums(depth + 1))
    result = {"+": left[1] + right[1], "-": left[1] - right[1], "*": left[1] * right[1]}[sign]
    return f"({left[0]} {sign} {right[0]})", result


@given(sums())
def test_sums_and_products_within_sixty_digits_are_exact(written):
    text, expected = written
    result = value(text)
    if len(str(abs(expected.numerator))) + 20 < 60:
        assert Fraction(result) == expected
    else:
        assert abs(Fraction(result) - expected) <= abs(expected) / 10**40 + 1


@given(st.integers(-(10**15), 10**15), st.integers(-(10**9), 10**9))
def test_a_quotient_is_the_oracles_rounded_half_up(top, bottom):
    result = parse("{A} / {B}").compute(lambda reference: top if reference.code == "A" else bottom)
    if bottom == 0:
        assert result is None
        return
    exact = Fraction(top, bottom)
    assert abs(Fraction(result) - exact) < Fraction(1, 10**40)
    scaled = abs(exact) * 100
    rounded = scaled.numerator * 2 // scaled.denominator
    half_up = Fraction((rounded + 1) // 2, 100) * (1 if exact >= 0 else -1)
    assert Fraction(round_half_up(result, 2)) == half_up


@given(st.lists(st.one_of(st.none(), st.just(NA), st.integers(-1000, 1000)), min_size=1, max_size=6))
def test_sum_takes_what_is_given(figures):
    text = "sum(" + ",".join(f"{{X{number}}}" for number in range(len(figures))) + ")"
    numbers = [figure for figure in figures if isinstance(figure, int)]
    expected = sum(numbers) if numbers else (NA if NA in figures else None)
    assert parse(text).compute(lambda reference: figures[int(reference.code[1:])]) == expected


@given(st.integers(-5, 5), st.integers(-5, 5), st.integers(-5, 5))
def test_chained_comparisons_as_python_has_them(a, b, c):
    figures = {"A": a, "B": b, "C": c}
    result = parse("{A} <= {B} < {C} and not {A} == {C}").compute(lambda reference: figures[reference.code])
    assert bool(result) is (a <= b < c and a != c)
