"""Formulas that lead back to themselves, and figures divided by figures."""

import pytest

from indicators.formulas import parse
from indicators.formulas.cycles import circle_in, inputs_now
from indicators.formulas.quotients import divisor_in


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        ([], set()),
        (["", "{A} + {B:项}"], {"A", "B"}),
        (["{A@prev} + {B@ytd}", "{C@same_last_year}"], {"B"}),
        (["{A}", "", "{C} / {D}"], {"A", "C", "D"}),
    ],
)
def test_what_formulas_need_of_this_period(texts, codes):
    assert inputs_now(texts) == codes


@pytest.mark.parametrize(
    ("inputs", "circle"),
    [
        ({}, []),
        ({"A": set()}, []),
        ({"A": {"A"}}, ["A", "A"]),
        ({"A": {"B"}, "B": {"A"}}, ["A", "B", "A"]),
        ({"A": {"B"}, "B": {"C"}, "C": {"B"}}, ["B", "C", "B"]),
        ({"A": {"B", "C"}, "B": {"D"}, "C": {"D"}}, []),
        ({"A": {"B", "C"}, "B": {"D"}, "C": {"D"}, "D": {"E"}, "E": {"C"}}, ["C", "D", "E", "C"]),
        ({"A": {"B"}, "C": {"D"}, "D": {"C"}}, ["C", "D", "C"]),
        ({"A": {"X"}}, []),
    ],
)
def test_a_circle(inputs, circle):
    assert circle_in(inputs) == circle


def test_a_long_chain_is_followed():
    chain = {str(number): {str(number + 1)} for number in range(5000)}
    assert circle_in(chain) == []
    assert circle_in(chain | {"5000": {"0"}})[:2] == ["0", "1"]


@pytest.mark.parametrize(
    ("text", "divisors"),
    [
        ("{A} / {B}", ["B"]),
        ("{A} / 12", []),
        ("{A} * {B}", []),
        ("1 + {A} / ({B} + {C} * 2)", ["B", "C"]),
        ("{A} / 2 / {B}", ["B"]),
        ("-({A} / {B})", ["B"]),
        ("sum({A}, {B} / {C})", ["C"]),
        ("if({A} > 0, {B} / {A}, 0)", ["A"]),
        ("if({A} / {B} > 1, {A}, 0)", []),
        ("floor({A} / {B})", []),
        ("{A} / {B} > 1", []),
        ("abs({A} / {B})", ["B"]),
        ("{A} / {B} + {A} / {C}", ["B"]),
        ("({A} / {C}) / {B}", ["B"]),
        ("2 * (1 / {A})", ["A"]),
    ],
)
def test_what_a_figure_is_divided_by(text, divisors):
    assert [reference.code for reference in divisor_in(parse(text).tree)] == divisors
