"""T70 and T71 of docs/semantics.md, and their kind: computed lines are rounded only where printed, a bound is reported at its cell."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import CommandError

from tests.reports.story import Story

Q = "2026Q1"


def county_cell(story: Story, formula: str, decimals: int, *values: str, more: tuple[str, ...] = ()) -> tuple:
    """Value and text of the county's cell of X, which is computed from D (two decimals) of one village per value."""
    villages = [f"V{number}" for number in range(len(values))]
    story.villages(*villages)
    head = "code,name_zh,unit,kind,decimals,formula"
    rows = ["D,金额,元,flow,2,", *more, f'X,算得,元,flow,{decimals},"{formula}"']
    story.run("load_catalogue", story._file("catalogue.csv", head, rows))
    story.form("F", "D", *(row.split(",")[0] for row in more), "X")
    story.open("F", Q)
    story.figures("F", *(f"{Q},{village},D,,{value}" for village, value in zip(villages, values, strict=True)))
    answer = story.ask("X", period=Q)
    assert story.run("verify").count("failed") == 0
    return answer.value(), answer.text()


def test_t70_a_product_keeps_the_decimals_it_needs(story):
    assert county_cell(story, "{D} * {D}", 4, "0.05", "0.15") == (Decimal("0.025"), "0.0250")


def test_t71_what_is_linear_is_computed_after_adding(story):
    assert county_cell(story, "{D} / 6", 0, "5", "5", "5") == (Decimal("2.5"), "3")


LARGEST = "999999999999999.99"
HALF = "H,半数,元,flow,0,{D} * 0.5"
CASES = {
    "through a computed input": ("{H} * 2", (HALF,), ("0.05", "0.15"), "0.2", "0.20"),
    "a square of a half": ("{H} * {H}", (HALF,), ("0.01", "0.01", "0.01"), "0.000075", "0.00"),
    "a seventh of sevenths": ("{D} / 7 / 7", (), ("1",) * 49, "1", "1.00"),
    "three thirds": ("{D} * (1 / 3)", (), ("1", "1", "1"), "1", "1.00"),
    "halves below zero": ("{D} / 8 - 1", (), ("1", "1", "1"), "-2.625", "-2.63"),
    "the lesser of a third and a number": ("min({D} / 3, 0.5)", (), ("1", "1", "1", "9"), "1.5", "1.50"),
    "a condition of a quotient": ("if({D} / 3 > 0.33, {D} / 3, 0)", (), ("1", "1", "1", "0.5"), "1", "1.00"),
    "whole groups": ("floor({D} / 0.3)", (), ("0.3", "0.9", "1"), "7", "7.00"),
    "twelve years of months": ("{D} / 12", (), ("0.06",) * 5, "0.025", "0.03"),
    "a square of the largest": ("{D} * {D}", (), (LARGEST,), "999999999999999980000000000000.0001", "999999999999999980000000000000.00"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_exact(story, name):
    formula, more, values, value, text = CASES[name]
    assert county_cell(story, formula, 2, *values, more=more) == (Decimal(value), text)


def test_what_does_not_end_is_given_to_many_digits(story):
    value, text = county_cell(story, "{D} / 7", 3, "1", "1")
    assert text == "0.286"
    assert abs(Fraction(value) - Fraction(2, 7)) < Fraction(1, 10**40)


def test_a_quotient_is_refused_with_the_way_out(story):
    with pytest.raises((CommandError, SystemExit)):
        story.indicators("D,金额,元,flow,,,,2,", "X,算得,元,flow,,,,2,{D} / {D}", extra="decimals,formula")
    assert "catalogue.csv:3: formula: It divides by a figure ({D})" in story.error_output
    assert "choose the kind ratio" in story.error_output


@pytest.mark.parametrize("value", ["1000000000000000", "-1000000000000000", "1,000,000,000,000,000", "1000000000000000.5"])
def test_a_figure_beyond_the_sums_is_refused_at_its_cell(story, value):
    story.villages("V")
    story.indicators("D,金额,元,flow,,,,2,", extra="decimals,formula")
    story.form("F", "D")
    story.open("F", Q)
    with pytest.raises((CommandError, SystemExit)):
        story.figures("F", f'{Q},V,D,,"{value}"')
    assert "figures.csv:2: value:" in story.error_output
    assert "The largest number that is added up is 999,999,999,999,999" in story.error_output
