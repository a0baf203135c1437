"""Which stretches of time a text states, and whether they can be the task's."""

import pytest

from indicators.choices import Frequency
from indicators.periods import read_period
from submissions.imports.tables.geometry.stated_periods import (
    contradicts,
    is_only_period,
    is_period_number,
    periods_of_name,
    split_period,
    stated_periods,
    timing_in,
)
from submissions.imports.tables.geometry.words import Timing

Y, H, Q, M = Frequency.YEAR, Frequency.HALF, Frequency.QUARTER, Frequency.MONTH


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2026年第三季度", [(Q, 2026, 7, 9)]),
        ("2026Q3", [(Q, 2026, 7, 9)]),
        ("二〇二六年三季度", [(Q, 2026, 7, 9)]),
        ("Q2 2026", [(Q, 2026, 4, 6)]),
        ("第四季度", [(Q, 0, 10, 12)]),
        ("2026年上半年", [(H, 2026, 1, 6)]),
        ("H2", [(H, 0, 7, 12)]),
        ("7-9月", [(M, 0, 7, 9)]),
        ("2026年1月至9月", [(M, 2026, 1, 9)]),
        ("202609", [(M, 2026, 9, 9)]),
        ("2026-09", [(M, 2026, 9, 9)]),
        ("9月份", [(M, 0, 9, 9)]),
        ("2026年度", [(Y, 2026, 1, 12)]),
        ("一季度、二季度", [(Q, 0, 1, 3), (Q, 0, 4, 6)]),
        ("2026年9月30日", []),
        ("2026", []),
        ("9-7月", []),
        ("党员", []),
        ("", []),
    ],
)
def test_what_a_text_states(text, stated):
    assert [(one.frequency, one.year, one.first, one.last) for one in stated_periods(text)] == stated


def test_a_bare_letter_in_the_name_of_a_file_states_nothing():
    assert periods_of_name("q1") == ()
    assert [one.year for one in periods_of_name("2026Q1")] == [2026]
    assert len(periods_of_name("一季度")) == 1


@pytest.mark.parametrize(
    ("text", "period", "is_contradiction"),
    [
        ("2026年第三季度", "2026Q3", ""),
        ("2026年第二季度", "2026Q3", "2026年第二季度"),
        ("2025年三季度", "2026Q3", "2025年三季度"),
        ("三季度", "2026Q3", ""),
        ("7-9月", "2026Q3", ""),
        ("4-6月", "2026Q3", "4-6月"),
        ("1-9月", "2026Q3", ""),
        ("9月", "2026Q3", ""),
        ("2025年度", "2026Q3", "2025年度"),
        ("2026年度", "2026Q3", ""),
        ("9月", "2026-09", ""),
        ("8月", "2026-09", "8月"),
        ("上半年", "2026H1", ""),
        ("二季度和三季度", "2026Q3", ""),
        ("党员", "2026Q3", ""),
        ("1-9月", "2026W37", ""),
        ("2025年1-9月", "2026Q3", "2025年1-9月"),
    ],
)
def test_what_cannot_be_the_tasks(text, period, is_contradiction):
    assert contradicts(text, read_period(period)) == is_contradiction


@pytest.mark.parametrize(
    ("head", "period", "timing"),
    [
        ("2026年", "2026Q3", None),
        ("2026年", "2026", Timing.NOW),
        ("2025年", "2026Q3", Timing.OTHER),
        ("2025", "2026", Timing.OTHER),
        ("2026年同期", "2026Q3", Timing.NOW),
        ("2025年同期", "2026Q3", Timing.OTHER),
        ("今年", "2026Q3", Timing.YEAR),
        ("本年度", "2026", Timing.NOW),
        ("9月末", "2026Q3", Timing.END),
        ("截至2026年9月底", "2026Q3", Timing.END),
        ("截至2025年9月底", "2026Q3", Timing.OTHER),
        ("8月末", "2026Q3", Timing.OTHER),
        ("三季度", "2026Q3", Timing.NOW),
        ("二季度", "2026Q3", Timing.OTHER),
        ("1-9月", "2026Q3", Timing.YEAR),
        ("2025年1-9月", "2026Q3", Timing.OTHER),
        ("9月", "2026Q3", Timing.END),
        ("8月", "2026Q3", Timing.PART),
        ("6月", "2026Q3", Timing.OTHER),
        ("2025年9月", "2026Q3", Timing.OTHER),
        ("党员", "2026Q3", None),
        ("6月、9月", "2026Q3", Timing.END),
    ],
)
def test_over_what_time_a_head_is(head, period, timing):
    assert timing_in(head, read_period(period)) == timing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年受理件数", ("受理件数", Timing.OTHER, True)),
        ("受理件数（三季度）", ("受理件数", Timing.NOW, True)),
        ("三季度的受理件数", ("受理件数", Timing.NOW, True)),
        ("2026年受理件数", ("受理件数", None, True)),
        ("受理件数", ("受理件数", None, False)),
        ("1-9月受理件数", ("受理件数", Timing.YEAR, True)),
        ("受理件数9月末", ("受理件数", Timing.END, True)),
    ],
)
def test_a_name_and_its_period(text, found):
    assert split_period(text, read_period("2026Q3")) == found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026年", True),
        ("2026", False),
        ("三季度", True),
        ("9月末", True),
        ("本年", True),
        ("2026年同期", True),
        ("三季度受理", False),
        ("一季度二季度", False),
    ],
)
def test_nothing_but_a_period(text, is_one):
    assert is_only_period(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("202606", True), (" 2026 ", True), ("202613", False), ("1926", False), ("20260", False), ("2026年", False)],
)
def test_a_period_as_a_number(text, is_one):
    assert is_period_number(text) is is_one
