"""What each kind makes of the rules of an indicator: over organizations, over periods, as checks, as defaults of the catalogue."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.choices import Kind, OrgRule, PeriodRule, Severity
from indicators.kinds.kind import DefaultCheck, MeasureRule, ScaleSource
from indicators.kinds.registry import KINDS, is_at_end
from tests.factories.indicators import line

NUMBER = KINDS[Kind.FLOW]
RATIO = KINDS[Kind.RATIO]
DIVIDED = line("R", numerator="{A}", denominator="{B}", unit="%")
COMPUTED_RATIO = line("R", kind=Kind.RATIO, formula="{A} + {B}")
CONDITION = line("C", org_rule=OrgRule.COUNT_IF, condition="{A} > 3", period_rule=PeriodRule.LAST)

# OrgRule -> is_sum, is_shareable, is_extreme, is_mean, is_of_one_unit, what 1, 2 and 6 come to.
OVER_UNITS = [
    (OrgRule.SUM, True, True, False, False, False, 9),
    (OrgRule.COUNT_IF, False, True, False, False, False, 9),
    (OrgRule.MEAN, False, False, False, True, False, 3),
    (OrgRule.MIN, False, False, True, False, False, 1),
    (OrgRule.MAX, False, False, True, False, False, 6),
    (OrgRule.NONE, False, False, False, False, True, 9),
]


@pytest.mark.parametrize(("rule", "is_sum", "is_shareable", "is_extreme", "is_mean", "is_of_one", "together"), OVER_UNITS)
def test_over_organizations(rule, is_sum, is_shareable, is_extreme, is_mean, is_of_one, together):
    asked = line("A", org_rule=rule)
    assert NUMBER.is_sum(asked) is is_sum
    assert NUMBER.is_shareable(asked) is is_shareable
    assert NUMBER.is_extreme(asked) is is_extreme
    assert NUMBER.is_mean(asked) is is_mean
    assert NUMBER.is_of_one_unit(asked) is is_of_one
    assert NUMBER.of_units(asked, [1, 2, 6]) == together


def test_a_mean_is_exact():
    assert NUMBER.of_units(line("A", org_rule=OrgRule.MEAN), [1, 1, 2]) == Fraction(4, 3)


def test_what_is_divided_after_adding_is_no_sum():
    sum_of_sides = line("R", numerator="{A}", denominator="{B}", org_rule=OrgRule.SUM)
    assert not RATIO.is_sum(sum_of_sides)
    assert not RATIO.is_shareable(sum_of_sides)
    assert RATIO.is_sum(line("R", kind=Kind.RATIO, formula="{A}"))
    assert not KINDS[Kind.YES_NO].is_shareable(line("Y", kind=Kind.YES_NO))


def test_the_items_of_a_counted_condition_are_added():
    assert NUMBER.item_rule(CONDITION) == OrgRule.SUM
    assert NUMBER.item_rule(line("A", org_rule=OrgRule.MAX)) == OrgRule.MAX


# PeriodRule -> adds, averages, is the last, has a figure, what 1, 2 and 6 come to.
OVER_PERIODS = [
    (PeriodRule.SUM, True, False, False, True, 9),
    (PeriodRule.LAST, False, False, True, True, 9),
    (PeriodRule.MEAN, False, True, False, True, 3),
    (PeriodRule.NONE, False, False, False, False, 9),
]


@pytest.mark.parametrize(("rule", "adds", "averages", "is_last", "has_figure", "together"), OVER_PERIODS)
def test_over_periods(rule, adds, averages, is_last, has_figure, together):
    asked = line("A", period_rule=rule)
    assert NUMBER.adds_over_time(asked) is adds
    assert NUMBER.averages_over_time(asked) is averages
    assert NUMBER.is_last_over_time(asked) is is_last
    assert NUMBER.has_time_rule(asked) is has_figure
    assert NUMBER.of_periods(asked, [1, 2, 6]) == together


@pytest.mark.parametrize("rule", PeriodRule)
def test_a_running_total_is_never_added_over_time(rule):
    asked = line("A", kind=Kind.CUMULATIVE, period_rule=rule)
    assert KINDS[Kind.CUMULATIVE].adds_over_time(asked) is False
    assert KINDS[Kind.CUMULATIVE].averages_over_time(asked) is False


@pytest.mark.parametrize(
    ("asked", "has_figure"),
    [
        (line("R", numerator="{A}", denominator="{B}", period_rule=PeriodRule.NONE), True),
        (line("R", kind=Kind.RATIO, formula="{A}", period_rule=PeriodRule.NONE), False),
        (line("R", kind=Kind.RATIO, formula="{A}", period_rule=PeriodRule.LAST), True),
    ],
)
def test_a_ratio_over_time(asked, has_figure):
    assert RATIO.has_time_rule(asked) is has_figure


@pytest.mark.parametrize(
    ("kind", "at_end"),
    [
        (Kind.FLOW, False),
        (Kind.STOCK, True),
        (Kind.CUMULATIVE, True),
        (Kind.RATIO, False),
        (Kind.SCORE, False),
        (Kind.YES_NO, True),
    ],
)
def test_which_figures_are_those_of_the_last_day(kind, at_end):
    assert is_at_end(line("A", kind=kind)) is at_end


VALUE = MeasureRule("value", ScaleSource.LINE, PeriodRule.SUM)


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        (line("A"), (VALUE,)),
        (line("A", kind=Kind.STOCK), (MeasureRule("value", ScaleSource.LINE, PeriodRule.LAST),)),
        (CONDITION, (MeasureRule("value", ScaleSource.CONDITION, PeriodRule.LAST),)),
        (
            line("A", kind=Kind.CUMULATIVE),
            (
                MeasureRule("total", ScaleSource.LINE, PeriodRule.LAST),
                MeasureRule("part", ScaleSource.DIFFERENCE, PeriodRule.SUM),
                MeasureRule("rest", ScaleSource.DIFFERENCE, PeriodRule.SUM),
            ),
        ),
        (line("R", kind=Kind.RATIO, formula="{A}", period_rule=PeriodRule.SUM), (VALUE,)),
    ],
)
def test_what_a_document_gives_to_be_added(asked, rules):
    assert KINDS[asked.kind].measures(asked) == rules


@pytest.mark.parametrize(
    ("rule", "over_time"),
    [(PeriodRule.SUM, "sum"), (PeriodRule.LAST, "last"), (PeriodRule.MEAN, None), (PeriodRule.NONE, None)],
)
def test_a_ratio_gives_both_sides(rule, over_time):
    """Only "sum" and "last" say how the sides go over time; otherwise the figures of which they are made do."""
    asked = line("R", numerator="{A}", denominator="{B}", period_rule=rule)
    assert RATIO.measures(asked) == (
        MeasureRule("numerator", ScaleSource.NUMERATOR, over_time),
        MeasureRule("denominator", ScaleSource.DENOMINATOR, over_time),
    )


@pytest.mark.parametrize(
    ("asked", "formulas", "measured"),
    [
        (line("A"), (), ()),
        (line("A", formula="{B} + 1"), ("{B} + 1",), ("{B} + 1",)),
        (CONDITION, (), ("{A} > 3",)),
        (line("C", org_rule=OrgRule.COUNT_IF, formula="{A} > 1"), ("{A} > 1",), ("{A} > 1",)),
        (DIVIDED, ("{A}", "{B}"), ("{A}", "{B}")),
        (COMPUTED_RATIO, ("{A} + {B}",), ("{A} + {B}",)),
        (line("R", kind=Kind.RATIO, org_rule=OrgRule.COUNT_IF, condition="{A} > 3", formula="{A}"), ("{A}",), ("{A} > 3",)),
    ],
)
def test_of_which_formulas_a_line_and_its_measures_are_made(asked, formulas, measured):
    kind = KINDS[asked.kind]
    assert kind.formulas(asked) == formulas
    assert {kind.measured_formulas(asked, rule.role) for rule in kind.measures(asked)} == {measured}


@pytest.mark.parametrize("kind", [Kind.FLOW, Kind.STOCK, Kind.CUMULATIVE, Kind.SCORE])
def test_a_typed_number_is_not_below_0_unless_it_may_be(kind):
    assert list(KINDS[kind].cell_checks(line("A", kind=kind))) == [DefaultCheck("sign", "{A} >= 0", is_sign=True)]
    assert list(KINDS[kind].cell_checks(line("A", kind=kind, negative_allowed=True))) == []


def test_only_a_running_total_is_asked_whether_it_falls():
    falling = DefaultCheck("falling", "{A} >= {A@prev}", Severity.VERIFY, within_year=True)
    found = {kind: list(KINDS[kind].history_checks(line("A", kind=kind))) for kind in Kind}
    assert found == {kind: [falling] if kind == Kind.CUMULATIVE else [] for kind in Kind}


@pytest.mark.parametrize(
    ("kind", "given", "is_zero"),
    [
        (Kind.FLOW, {}, True),
        (Kind.FLOW, {"org_rule": OrgRule.COUNT_IF, "condition": "{A} > 3"}, True),
        (Kind.FLOW, {"org_rule": OrgRule.MEAN}, False),
        (Kind.FLOW, {"formula": "{B}"}, False),
        (Kind.SCORE, {}, True),
        (Kind.STOCK, {}, False),
        (Kind.CUMULATIVE, {}, False),
        (Kind.RATIO, {}, False),
        (Kind.YES_NO, {}, False),
    ],
)
def test_what_a_nil_report_says_is_0(kind, given, is_zero):
    assert KINDS[kind].is_nil_zero(line("A", kind=kind, **given)) is is_zero


# Kind -> decimals where the rules as catalogued say nothing, say 3, say nothing of a number that is the same for everybody.
@pytest.mark.parametrize(
    ("kind", "unstated", "stated", "constant"),
    [
        (Kind.FLOW, 0, 3, 0),
        (Kind.STOCK, 0, 3, 0),
        (Kind.CUMULATIVE, 0, 3, 0),
        (Kind.SCORE, 1, 3, 0),
        (Kind.RATIO, 2, 2, 2),
        (Kind.YES_NO, 0, 0, 0),
    ],
)
def test_decimals_of_the_catalogue(kind, unstated, stated, constant):
    assert KINDS[kind].decimals("家", None, is_constant=False) == unstated
    assert KINDS[kind].decimals("家", 3, is_constant=False) == stated
    assert KINDS[kind].decimals("家", None, is_constant=True) == constant
    assert KINDS[kind].decimals("家", 0, is_constant=False) == (2 if kind == Kind.RATIO else 0)


@pytest.mark.parametrize(("unit", "decimals"), [("%", 1), ("％", 1), ("‰", 2), ("人/家", 2)])
def test_a_share_has_one_decimal(unit, decimals):
    assert RATIO.decimals(unit, None, is_constant=False) == decimals


# Kind -> may be negative where nothing is stated and it is typed, where it is computed, where it is stated that it may, that it may not.
@pytest.mark.parametrize(
    ("kind", "typed", "computed", "may", "may_not"),
    [
        (Kind.FLOW, False, True, True, False),
        (Kind.CUMULATIVE, False, True, True, False),
        (Kind.STOCK, False, True, False, False),
        (Kind.SCORE, True, True, True, False),
        (Kind.YES_NO, False, False, False, False),
    ],
)
def test_which_may_be_negative(kind, typed, computed, may, may_not):
    assert KINDS[kind].may_be_negative(None, is_computed=False) is typed
    assert KINDS[kind].may_be_negative(None, is_computed=True) is computed
    assert KINDS[kind].may_be_negative(True, is_computed=False) is may
    assert KINDS[kind].may_be_negative(False, is_computed=True) is may_not


def test_numbers_are_shown_with_their_decimals():
    kind = KINDS[Kind.FLOW]
    assert kind.text(Decimal("2.5"), 2) == "2.50"
    assert kind.year_text(Decimal("2.5"), line("A", decimals=2)) == "2.50"
    assert kind.sum_text(Decimal("2.5"), 2, 7) == "2.50"
    assert kind.answers() == ()


def test_a_share_is_read_by_the_format_of_its_cell():
    share = line("A", unit="%", decimals=2)
    assert KINDS[Kind.FLOW].read("0.85", share, "0%").figure == 85
    assert KINDS[Kind.FLOW].read("0.85", share).figure == Decimal("0.85")
