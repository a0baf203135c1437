"""One unit's document with what it reported before: references, years to date, parts of running totals, sides of ratios."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.choices import Kind, OrgRule, PeriodRule
from indicators.formulas import parse
from indicators.measures.document_measures import Leaf, counts_answers, pack, plan_of, ratio_figure, shown
from indicators.measures.history import NOTHING_EARLIER, EarlierDocuments
from indicators.values.documents import NA
from tests.factories.indicators import layout, line

MADE = layout(
    line("A"),
    line("S", kind=Kind.STOCK, period_rule=PeriodRule.LAST),
    line("T", kind=Kind.CUMULATIVE),
    line("Y", kind=Kind.YES_NO, period_rule=PeriodRule.LAST),
    line("YP", kind=Kind.YES_NO, period_rule=PeriodRule.SUM),
    line("X", formula="{A} * 2"),
    line("R", numerator="{A}", denominator="{S}", unit="%"),
    line("V", unit="家", unit_categories=("village",)),
)
EARLIER = EarlierDocuments(
    previous={"A": 3, "T": 7, "S": 1}, year=({"A": 1}, {"A": NA}, None, {"A": 3, "S": 1}), same_last_year={"A": 50}
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{A}", 5), ("{A@prev}", 3), ("{A@same_last_year}", 50), ("{A@ytd}", 9), ("{X}", 10), ("{X@prev}", 6), ("{X@same_last_year}", 100),
        ("{X@ytd}", 18), ("{S@ytd}", 8), ("{T@prev}", 7), ("{T}", None), ("{T@ytd}", None), ("{NONE}", None),
        ("{R}", Fraction(125, 2)), ("{R@prev}", 300),
        ("{V@ytd}", NA),
    ],
)  # fmt: skip
def test_what_a_reference_stands_for(text, value):
    document = Leaf(MADE, {"A": 5, "S": 8, "V": NA}, EARLIER)
    assert document.computed(text) == value


def test_nothing_stood_before():
    document = Leaf(MADE, {"A": 5}, NOTHING_EARLIER)
    assert [document.computed(text) for text in ("{A@prev}", "{A@same_last_year}", "{A@ytd}")] == [None, None, 5]


@pytest.mark.parametrize(
    ("total", "year", "part", "rest"),
    [
        (9, (), 9, None),
        (9, (4,), 5, None),
        (9, (2, 4), 5, None),
        (9, (4, None), None, 5),
        (9, (2, 4, NA), None, 5),
        (9, (None,), None, 9),
        (9, (NA, None), None, 9),
        (None, (4,), None, None),
        (NA, (4,), NA, None),
        (NA, (), NA, None),
        (Decimal("2.5"), (Decimal("0.7"),), Decimal("1.8"), None),
    ],
)
def test_parts_and_rests_of_a_running_total(total, year, part, rest):
    earlier = EarlierDocuments(year=tuple({"T": before} if before is not None else {} for before in year))
    document = Leaf(MADE, {"T": total}, earlier)
    assert document.part_of_period("T") == part
    assert document.rest_of_year("T") == rest


@pytest.mark.parametrize(
    ("top", "bottom", "both"),
    [
        (3, 4, (3, 4)),
        (None, 4, (None, None)),
        (3, None, (None, None)),
        (NA, 4, (NA, NA)),
        (3, NA, (NA, NA)),
        (None, NA, (NA, NA)),
        (0, 0, (0, 0)),
    ],
)
def test_both_sides_or_none(top, bottom, both):
    figures = {key: value for key, value in (("A", top), ("S", bottom)) if value is not None}
    document = Leaf(MADE, figures, NOTHING_EARLIER)
    assert document.both_sides(MADE.by_key["R"]) == both
    assert document.sides(MADE.by_key["R"]) == (top, bottom)


@pytest.mark.parametrize(
    ("value", "figure"),
    [(None, None), (NA, NA), (3, 3), (Decimal("2.50"), Decimal("2.50")), (Fraction(1, 8), Decimal("0.125"))],
)
def test_a_value_to_be_shown(value, figure):
    assert shown(value) == figure
    assert type(shown(value)) is type(figure)


def test_a_figure_to_be_shown():
    document = Leaf(MADE, {"A": 1, "S": 3}, NOTHING_EARLIER)
    assert document.figure("A") == 1
    assert str(document.figure("R")) == "33." + "3" * 40
    assert ratio_figure(MADE.by_key["R"], 1, 8) == Decimal("12.5")


@pytest.mark.parametrize(
    ("given", "over_time"),
    [
        ({"numerator": "{A}", "denominator": "{X}"}, ("sum", "sum")),
        ({"numerator": "{A}", "denominator": "{S}"}, ("sum", "last")),
        ({"numerator": "{T} + {A}", "denominator": "{A}"}, ("last", "sum")),
        ({"numerator": "{A@prev}", "denominator": "{A}"}, ("last", "sum")),
        ({"numerator": "{A} + {NONE}", "denominator": "{A}"}, ("last", "sum")),
        ({"numerator": "{Y}", "denominator": "1"}, ("last", "last")),
        ({"numerator": "{YP}", "denominator": "1"}, ("sum", "sum")),
        ({"numerator": "{YP} + {A}", "denominator": "1"}, ("sum", "last")),
        ({"numerator": "1", "denominator": "{YP}"}, ("sum", "sum")),
        ({"numerator": "{A}", "denominator": "1"}, ("sum", "last")),
        ({"numerator": "{A}", "denominator": "{S}", "period_rule": PeriodRule.SUM}, ("sum", "sum")),
    ],
)
def test_how_the_sides_of_a_ratio_go_over_time(given, over_time):
    """A flow adds up; what holds a stock, a running total or another period is its last; a plain number goes with the answers."""
    made = layout(*MADE.lines, line("Q", **{"period_rule": PeriodRule.NONE, **given}))
    plan = plan_of(made)
    assert tuple(plan.measure("Q", role).over_time for role in ("numerator", "denominator")) == over_time


@pytest.mark.parametrize(
    ("text", "counts"),
    [("{Y}", True), ("{Y} + {YP}", True), ("{Y} + {A}", False), ("{NONE}", False), ("1", False), ("{A}", False)],
)
def test_what_counts_answers(text, counts):
    assert counts_answers(parse(text), MADE.by_key) is counts


def test_lanes_follow_one_another():
    plan = plan_of(layout(line("A"), line("W", formula="{A} * {A}"), line("B", decimals=2), line("T", kind=Kind.CUMULATIVE)))
    assert [(one.key, one.role, one.lane, one.scale.lanes, one.is_typed, one.over_time) for one in plan.measures] == [
        ("A", "value", 0, 1, True, "sum"),
        ("W", "value", 1, 2, False, "sum"),
        ("B", "value", 3, 1, True, "sum"),
        ("T", "total", 4, 1, True, "last"),
        ("T", "part", 5, 2, False, "sum"),
        ("T", "rest", 7, 2, False, "sum"),
    ]
    assert len(plan) == sum(plan.widths) == 9
    assert [str(one.key) for one, asked in plan.measured_lines if asked.code == "T"] == ["T"] * 3


def test_a_unit_gives_what_it_is_asked():
    plan = plan_of(MADE)
    figures = {"A": NA, "S": 2, "V": 4}
    for category, given in (("village", 4), ("township", None)):
        vector = pack(MADE, category, figures, NOTHING_EARLIER)
        assert plan.measure("V", "value").given_in(vector) == given
        assert plan.measure("A", "value").given_in(vector) == NA
        assert plan.measure("S", "value").given_in(vector) == 2
        assert plan.measure("R", "numerator").given_in(vector) == NA


def test_a_condition_counts_the_units_that_meet_it():
    made = layout(line("A"), line("C", org_rule=OrgRule.COUNT_IF, condition="{A} > 3"))
    vectors = [
        pack(made, "village", {"A": figure} if figure is not None else {}, NOTHING_EARLIER) for figure in (5, 2, None, NA)
    ]
    assert [plan_of(made).measure("C", "value").given_in(vector) for vector in vectors] == [1, 0, None, NA]
