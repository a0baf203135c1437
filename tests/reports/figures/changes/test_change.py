"""A figure beside another period's: difference, growth, and why there is none."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from indicators.choices import Kind
from indicators.periods import read_period
from reports.figures.changes.change import (
    COMPARED,
    PREV,
    SAME_LAST_YEAR,
    YEAR_END,
    as_printed,
    change,
    difference_decimals,
    other_decimals,
    years_before,
)
from reports.figures.output.grid import Change


@pytest.mark.parametrize(
    ("now", "base", "kind", "compared", "found"),
    [
        ("12", "10", Kind.FLOW, PREV, Change(Decimal(10), Decimal(2), Decimal(20))),
        ("9", "12", Kind.STOCK, PREV, Change(Decimal(12), Decimal(-3), Decimal(-25))),
        ("80.5", "80", Kind.RATIO, PREV, Change(Decimal(80), Decimal("0.5"), None)),
        ("1", "0", Kind.RATIO, PREV, Change(Decimal(0), Decimal(1), None)),
        ("3", "2", Kind.YES_NO, PREV, Change(Decimal(2), Decimal(1), None)),
        ("5", "0", Kind.FLOW, PREV, Change(Decimal(0), Decimal(5), None, "the period before was 0")),
        ("5", "0", Kind.FLOW, SAME_LAST_YEAR, Change(Decimal(0), Decimal(5), None, "the same period last year was 0")),
        ("5", "0", Kind.FLOW, YEAR_END, Change(Decimal(0), Decimal(5), None, "last year's end was 0")),
        ("5", "-1", Kind.SCORE, PREV, Change(Decimal(-1), Decimal(6), None, "the base is negative")),
        ("0", "4", Kind.FLOW, PREV, Change(Decimal(4), Decimal(-4), Decimal(-100))),
        ("5", None, Kind.FLOW, PREV, Change(None, None, None, "nothing to compare")),
        (None, "5", Kind.FLOW, PREV, Change(Decimal(5), None, None, "nothing to compare")),
    ],
)
def test_a_change(now, base, kind, compared, found):
    given = (None if number is None else Decimal(number) for number in (now, base))
    assert change(*given, kind, compared) == found


@pytest.mark.parametrize("compared", COMPARED)
@pytest.mark.parametrize(("now", "base"), [(None, Decimal(1)), (Decimal(5), Decimal(0)), (Decimal(5), Decimal(-1))])
def test_why_there_is_no_growth_is_said_in_chinese(compared, now, base):
    with translation.override("zh-hans"):
        assert not any(letter.isascii() and letter.isalpha() for letter in change(now, base, Kind.FLOW, compared).reason)


def test_a_growth_without_end_is_cut_far_behind_the_point():
    assert str(change(Decimal(4), Decimal(3), Kind.FLOW, PREV).percent).startswith("33.333333333333333333")


@pytest.mark.parametrize(
    ("compared", "period", "base"),
    [
        (PREV, "2026Q1", "2025Q4"),
        (SAME_LAST_YEAR, "2026Q1", "2025Q1"),
        (YEAR_END, "2026Q3", "2025Q4"),
        (SAME_LAST_YEAR, "2026W53", "None"),
    ],
)
def test_with_what_a_period_is_compared(compared, period, base):
    assert str(COMPARED[compared](read_period(period))) == base


@pytest.mark.parametrize(
    ("found", "decimals", "printed"),
    [
        (Change(Decimal("10.4"), Decimal("1.2"), Decimal("11.5")), 0, Change(Decimal(10), Decimal(2), Decimal(20))),
        (
            Change(Decimal("10.44"), Decimal("1.2"), Decimal(5)),
            1,
            Change(Decimal("10.4"), Decimal("1.2"), Decimal(150) / 13),
        ),
        (Change(Decimal("0.4"), Decimal("1"), Decimal(250)), 0, Change(Decimal(0), Decimal(1), None)),
        (Change(Decimal("1"), Decimal("1"), None), 0, Change(Decimal(1), Decimal(1), None)),
        (Change(None, None, None, "x"), 0, Change(None, None, None, "x")),
        (Change(Decimal(5), None, None, "x"), 0, Change(Decimal(5), None, None, "x")),
        (
            Change(Decimal("75.34"), Decimal("4.66"), None, decimals=1),
            0,
            Change(Decimal("75.3"), Decimal("4.7"), None, decimals=1),
        ),
    ],
)
def test_as_who_subtracts_it_on_paper(found, decimals, printed):
    made = as_printed(found, decimals)
    assert (made.value, made.change) == (printed.value, printed.change)
    assert (made.percent is None) == (printed.percent is None)
    assert made.percent is None or abs(made.percent - printed.percent) < Decimal("1E-20")


@pytest.mark.parametrize(("given", "decimals", "other", "difference"), [(None, 1, 1, 1), (0, 1, 0, 1), (2, 1, 2, 2)])
def test_decimals_of_the_other_and_of_the_difference(given, decimals, other, difference):
    found = Change(Decimal(1), Decimal(1), None, decimals=given)
    assert other_decimals(found, decimals) == other
    assert difference_decimals(found, decimals) == difference


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        ("2026-08-31", 1, "2025-08-31"),
        ("2024-02-29", 1, "2023-02-28"),
        ("2024-02-29", 4, "2020-02-29"),
        ("2026-01-29", 1, "2025-01-29"),
    ],
)
def test_the_same_day_of_an_earlier_year(day, years, before):
    """Never an earlier day: a week from Thursday 2025-08-28 on would be counted too much."""
    assert str(years_before(date.fromisoformat(day), years)) == before
