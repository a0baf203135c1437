"""Scales are read off definitions, and what is packed by them adds up to what plain fractions give, to the last digit."""

import os
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from indicators.choices import Kind, OrgRule
from indicators.measures.document_measures import pack, plan_of
from indicators.measures.history import NOTHING_EARLIER, EarlierDocuments
from indicators.measures.scales import Scale
from indicators.measures.vectors import Totals, as_integer, shared_out
from indicators.measures.vectors import pack as pack_lanes
from indicators.values.documents import NA
from tests.acceptance.sums.computed_lines import LAYERS, TYPED, drawn_document, drawn_lines
from tests.factories.indicators import layout, line

WORLDS = int(os.environ.get("COMPUTED_WORLDS", "300"))
BASE = (line("I"), line("D", decimals=2), line("E", decimals=6), line("R", numerator="{I}", denominator="{D}", unit="%"))


def scale_of(formula: str):
    return plan_of(layout(*BASE, line("H", formula="{I} * 0.5"), line("X", formula=formula))).measure("X", "value").scale


@pytest.mark.parametrize(
    ("formula", "decimals", "divisor", "lanes"),
    [
        ("{I}", 0, 1, 1),
        ("{D} * {D}", 4, 1, 2),
        ("{H} * 2", 1, 1, 1),
        ("{H} * {H}", 2, 1, 2),
        ("{I} / 6", 1, 3, 1),
        ("{I} / 8", 3, 1, 1),
        ("{I} / 0.25", 0, 1, 1),
        ("{I} / 7 / 7", 0, 49, 1),
        ("{I} / 3 + {D} / 7", 2, 21, 1),
        ("{I} * (1 / 3)", 0, 3, 1),
        ("min({I}, {D} / 3)", 2, 3, 1),
        ("if({D} / {I} > 0.5, {I}, 1.125)", 3, 1, 1),
        ("floor({D} / {I}) * 2", 0, 1, 1),
        ("{D} > 1", 0, 1, 1),
        ("{I} - {I@prev}", 6, 1, 2),
        ("{E}", 6, 1, 2),
        ("{I} / {D}", 27, 1, 3),
        ("{R} * 0.4", 27, 1, 3),
        ("{I} / 0", 0, 1, 1),
    ],
)
def test_scale(formula, decimals, divisor, lanes):
    scale = scale_of(formula)
    assert (scale.decimals, scale.divisor, scale.lanes) == (decimals, divisor, lanes)


WIDE = 50  # bits of a number of 15 digits


@pytest.mark.parametrize(
    ("formula", "bits", "ends", "fits"),
    [
        ("{I}", WIDE, True, True),
        ("-{I}", WIDE, True, True),
        ("abs({I})", WIDE, True, True),
        ("7", 4, True, True),
        ("8", 4, True, True),
        ("{I} + {D}", WIDE + 1, True, True),
        ("{I} - {D} - {E}", WIDE + 2, True, True),
        ("{I} * {D}", 2 * WIDE, True, True),
        ("{I} * 100", WIDE + 7, True, True),
        ("sum({I}, {D}, {E})", WIDE + 2, True, True),
        ("max({I}, {I} * {D}, 3)", 2 * WIDE, True, True),
        ("coalesce({I} * {D}, {I})", 2 * WIDE, True, True),
        ("if({I} > 1, {I}, {I} * {D})", 2 * WIDE, True, True),
        ("{I@prev}", WIDE, True, True),
        ("{I@ytd}", WIDE + 6, True, True),
        ("{S@ytd}", WIDE, True, True),
        ("floor({I} / {D})", WIDE + 7 + 1, True, True),
        ("{I} > 1", 1, True, True),
        ("{I} / {D}", WIDE + 7, False, True),
        ("{R}", WIDE + 7 + 7, False, True),
        ("{RQ}", WIDE + 7 + 1, False, True),
        ("{I} / {D} + {I}", WIDE + 7 + 1, False, True),
        ("{I} / {D} * {I}", 2 * WIDE + 7, False, True),
        ("{NONE}", 0, True, True),
        ("{P@prev}", WIDE + 1, True, True),  # {I} + {I@prev} of an earlier document, of which the second is not at hand
        ("{Y@prev}", WIDE, True, True),
        ("{E} * " * 13 + "1", 13 * WIDE + 2, True, True),
        ("{E} * " * 20 + "1", 936, False, False),
        ("floor(" + "{E} * " * 20 + "1)", 937, True, False),
        ("{I} + " + "{E} * " * 20 + "1", 936, False, False),
        ("max({I}, " + "{E} * " * 20 + "1)", 936, False, False),
        ("1 + 2 * 3", 4, True, True),
        ("{I} / (2 - 2)", WIDE, True, True),
    ],
)
def test_how_large_a_value_may_be(formula, bits, ends, fits):
    lines = (
        *BASE,
        line("S", kind=Kind.STOCK, period_rule="last"),
        line("P", formula="{I} + {I@prev}"),
        line("Y", formula="{I@ytd}"),
    )
    lines = (*lines, line("RQ", numerator="{I}", denominator="{D}", unit="家"), line("X", formula=formula))
    scale = plan_of(layout(*lines)).measure("X", "value").scale
    assert (scale.bits, scale.ends, scale.fits) == (bits, ends, fits)


def test_each_side_of_a_ratio_and_each_measure_has_its_own_scale():
    condition = line("C", org_rule=OrgRule.COUNT_IF, condition="{I} > 3")
    plan = plan_of(
        layout(*BASE, line("Q", numerator="{I} * {D}", denominator="{E} / 3"), line("T", kind=Kind.CUMULATIVE), condition)
    )
    places = (("Q", "numerator"), ("Q", "denominator"), ("T", "part"), ("C", "value"))
    found = [plan.measure(*place).scale for place in places]
    assert [(scale.decimals, scale.divisor, scale.bits) for scale in found] == [
        (2, 1, 2 * WIDE), (6, 3, WIDE + 1), (6, 1, WIDE + 1), (0, 1, 1),
    ]  # fmt: skip


def test_a_sum_of_whole_numbers_is_read_back():
    assert Scale(0).value(7) == 7
    assert type(Scale(0).value(7)) is int
    assert Scale(1).value(7) == Fraction(7, 10)
    assert Scale(0, 3).value(7) == Fraction(7, 3)
    assert Scale(2, 3).units(Fraction(1, 6)) == 50
    assert Scale(27, ends=False).value(10**27 + 10**8) == 1
    assert Scale(27, ends=False).value(10**27 + 5 * 10**8) == 1 + Fraction(1, 10**18)


def test_no_figure_that_can_be_typed_has_no_room():
    """The largest of everything, multiplied as often as a formula may, in a million units."""
    most = {"I": 10**15 - 1, "D": Decimal(10**17 - 1).scaleb(-2), "E": Decimal(10**21 - 1).scaleb(-6)}
    lines = (*BASE, line("X", formula="{E} * " * 10 + "{D}"), line("Y", formula="-{I} * {I} * {I} / 7"))
    made = layout(*lines)
    vector, plan = pack(made, "village", most, NOTHING_EARLIER), plan_of(made)
    units = 2**20 - 1
    totals = Totals(as_integer(vector) * units, len(plan))
    assert plan.measure("X", "value").sum_in(totals) == units * Fraction(most["E"]) ** 10 * Fraction(most["D"])
    assert plan.measure("Y", "value").sum_in(totals) == -units * Fraction(most["I"] ** 3, 7)
    assert plan.measure("E", "value").sum_in(totals) == units * Fraction(most["E"])


def sum_of(made, key: str, *documents: dict, role: str = "value"):
    plan = plan_of(made)
    total = sum(as_integer(pack(made, "village", document, NOTHING_EARLIER)) for document in documents)
    return plan.measure(key, role).sum_in(Totals(total, len(plan)))


def test_linear_formulas_are_computed_after_adding():
    made = layout(*BASE, line("X", formula="{I} / 6"), line("Y", formula="{X} * 2 / 7"))
    assert sum_of(made, "X", *[{"I": 5}] * 3) == Fraction(5, 2)
    assert sum_of(made, "Y", *[{"I": 5}] * 7) == Fraction(5, 3)


def test_what_has_no_end_is_read_as_if_it_had():
    """An old layout's quotient and a ratio as input: thirds and sevenths of single units come to whole numbers again."""
    made = layout(*BASE, line("X", formula="{I} / {D}"), line("Y", formula="{R} / 100"))
    documents = [{"I": 1, "D": Decimal(number)} for number in (3, 3, 3, 7, 14, 14, 14, 14, 14)]
    assert sum_of(made, "X", *documents) == sum_of(made, "Y", *documents) == Fraction(3, 2)


def test_an_earlier_document_may_have_more_decimals_than_today():
    """The form asks whole numbers now; what it asked before stays what it was."""
    made = layout(line("I"), line("X", formula="{I} - {I@prev}"), line("K", kind=Kind.CUMULATIVE))
    before = {"I": Decimal("3.25"), "K": Decimal("1.123456")}
    vector = pack(made, "village", {"I": 5, "K": 2}, EarlierDocuments(previous=before, year=(before,)))
    plan = plan_of(made)
    assert plan.measure("X", "value").given_in(vector) == Fraction("1.75")
    assert plan.measure("K", "part").given_in(vector) == Fraction("0.876544")


def test_a_computed_running_total_has_its_part():
    made = layout(line("I"), line("K", kind=Kind.CUMULATIVE, formula="{I} / 3"))
    vector = pack(made, "village", {"I": 5}, EarlierDocuments(previous={"I": 4}, year=({"I": 4},)))
    assert plan_of(made).measure("K", "part").given_in(vector) == Fraction(1, 3)


def test_shares_of_large_values_are_shares_of_the_whole():
    made = layout(*BASE, line("X", formula="{I} * {I}"))
    vector = pack(made, "village", {"I": 10**15 - 1}, NOTHING_EARLIER)
    measure, widths = plan_of(made).measure("X", "value"), plan_of(made).widths
    shared = shared_out(vector, widths, [(3, 5), (2, 5)], range(len(widths)))
    parts = [measure.given_in(pack_lanes(part, widths)) for part in shared]
    assert sum(parts) == (10**15 - 1) ** 2
    assert abs(parts[0] - Fraction((10**15 - 1) ** 2 * 3, 5)) <= Fraction(1, 2)


def test_a_condition_that_is_counted_takes_one_lane():
    made = layout(*BASE, line("Y", org_rule=OrgRule.COUNT_IF, formula="{D} / {I} >= 0.5"))
    assert sum_of(made, "Y", {"D": 1, "I": 2}, {"D": 1, "I": 3}) == 1


@pytest.mark.parametrize("start", range(0, WORLDS, 50))
def test_any_computed_line_adds_up_as_in_fractions(start):
    """Three layers of formulas over a few units with a year behind them; sums, answers and 不适用 to the last digit."""
    for seed in range(start, min(start + 50, WORLDS)):
        _one_world(Random(seed), seed)


def _one_world(dice: Random, seed: int) -> None:
    lines = drawn_lines(dice)
    kinds = {"S": {"kind": Kind.STOCK}}
    made = layout(
        *(line(code, decimals=decimals, **kinds.get(code, {})) for code, decimals in TYPED.items()),
        *(line(code, formula=drawn.text) for code, drawn in lines.items()),
    )
    plan, integer, years = plan_of(made), 0, [[drawn_document(dice) for _ in range(3)] for _unit in range(5)]
    for year in years:
        *before, now = [{code: _typed(value) for code, value in document.items()} for document in year]
        integer += as_integer(pack(made, "village", now, EarlierDocuments(previous=before[-1], year=tuple(before))))
    totals = Totals(integer, len(plan))
    for code in (code for layer in LAYERS for code in layer):
        values = [lines[code].means(year) for year in years]
        given = [value for value in values if value is not None and value != NA]
        measure = plan.measure(code, "value")
        what = (seed, code, lines[code].text)
        assert measure.sum_in(totals) == sum(given), what
        assert (totals.answered[measure.lane], totals.na[measure.lane]) == (len(given), values.count(NA)), what


def _typed(value):
    """As the reader of cells keeps it."""
    if not isinstance(value, Fraction):
        return value
    return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)
