"""Periods and days printed in a table, or left open there."""

import pytest

from indicators.periods import read_period
from reports.external.names.printed_periods import (
    BasePeriod,
    base_of,
    first_months,
    first_year,
    months_printed,
    open_year,
    printed_days,
    printed_periods,
    to_date_ranges,
)

PERIODS = {
    "2026年第三季度统计表": [("2026年第三季度", "2026Q3")],
    "二〇二六年三季度": [("二〇二六年三季度", "2026Q3")],
    "2026Q3": [("2026Q3", "2026Q3")],
    "2026年上半年": [("2026年上半年", "2026H1")],
    "2026年9月": [("2026年9月", "2026-09")],
    "二〇二六年十月": [("二〇二六年十月", "2026-10")],
    "2026年第  季度": [("2026年第  季度", None)],
    "（    年  季度）": [("    年  季度", None)],
    "____年__月": [("____年__月", None)],
    "____年上半年": [("____年上半年", None)],
    "2026年第三季度与2025年第三季度": [("2026年第三季度", "2026Q3"), ("2025年第三季度", "2025Q3")],
    "2026年9月30日": [],
    "填报日期：    年    月    日": [],
    "本年季度数": [],
    "2026年1-9月": [],
    "2026年度统计表": [],
}


@pytest.mark.parametrize("text", PERIODS)
def test_periods(text):
    found = [(text[one.start : one.end], str(one.period) if one.period else None) for one in printed_periods(text)]
    assert found == PERIODS[text]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("填报日期：    年    月    日", ["    年    月    日"]), ("2026年9月30日", ["2026年9月30日"]),
        ("填报日期:2026-07-05", ["2026-07-05"]),
        ("二〇二六年十月九日", ["二〇二六年十月九日"]), ("2026年  月  日", ["2026年  月  日"]), ("2026年1-9月", []), ("1.2.3", []),
    ],
)  # fmt: skip
def test_days(text, days):
    assert [text[start:end] for start, end in printed_days(text)] == days


def test_stretches_since_january():
    assert to_date_ranges("2026年1-9月") == [(0, 9, 2026, 9)]
    assert to_date_ranges("1—6月受理") == [(0, 4, None, 6)]
    assert to_date_ranges("11-12月") == []


def test_a_year_at_the_beginning():
    assert first_year("2026年度统计表") == (0, 4, 2026, "")
    assert first_year("（二〇二五年末）") == (1, 5, 2025, "末")
    assert first_year("2026年第三季度") is None
    assert open_year("____年度汇总") == (0, 4)
    assert open_year("____年上半年") is None


def test_parts_of_a_year():
    assert months_printed("三季度") == (None, 7, 9)
    assert months_printed("7-9月") == (None, 7, 9)
    assert months_printed("上半年") == (None, 1, 6)
    assert months_printed("十月") == (None, 10, 10)
    assert months_printed("三季度受理") is None
    assert first_months("三季度受理") == ((None, 7, 9), "受理")
    assert first_months("9月底党员数") is None


def test_what_a_table_speaks_of():
    third = read_period("2026Q3")
    assert base_of(["2026年第三季度表", "二〇二六年十月"], ["2025年第三季度"]) == BasePeriod(third, 2026)
    assert base_of([], ["2025年第三季度", "2026年第三季度"]) == BasePeriod(third, 2026)
    assert base_of(["2026年度表"], []) == BasePeriod(None, 2026)
    assert base_of([], ["一季度", "二季度"]).has_several
    assert BasePeriod(third, 2026).shift_to(read_period("2025Q3")) == "same_last_year"
    assert BasePeriod(third, 2026).shift_to(read_period("2026Q2")) == "prev"
    assert BasePeriod(third, 2026).shift_to(read_period("2024Q3")) is None
    assert BasePeriod(third, 2026).shift_to_year(2024) is None
