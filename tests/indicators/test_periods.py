"""A period is read as it is written and as it is printed; what could be two periods, or none, is refused."""

from datetime import date

import pytest
from django.utils.translation import override

from indicators.choices import Frequency
from indicators.periods import BadPeriod, read_period, read_periods

ALL = [
    "2026",
    "2026H1",
    "2026H2",
    "2026Q1",
    "2026Q2",
    "2026Q3",
    "2026Q4",
    "2026-01",
    "2026-10",
    "2026-12",
    "2026W01",
    "2026W37",
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("text", ALL)
def test_a_printed_period_reads_back(text, language):
    with override(language):
        printed = read_period(text).label
    assert str(read_period(printed)) == text


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("２０２６年第３季度", "2026Q3"), ("2026 年 三 季 度", "2026Q3"), ("2026年第三季", "2026Q3"), ("2026年Q3", "2026Q3"),
        ("2026q3", "2026Q3"), ("2026年度第三季度", "2026Q3"), ("二〇二六年第三季度", "2026Q3"), ("2026年3季度", "2026Q3"),
        ("2026第三季度", "2026Q3"), ("2026-Q3", "2026Q3"), ("2026年度", "2026"), ("2026年全年", "2026"), ("2026年上半年", "2026H1"),
        ("2026下半年", "2026H2"), ("2026h2", "2026H2"), ("2026年9月", "2026-09"), ("2026年09月份", "2026-09"),
        ("2026年十一月", "2026-11"), ("2026年十月", "2026-10"), ("2026年第7周", "2026W07"), ("third quarter of 2026", "2026Q3"),
    ],
)  # fmt: skip
def test_the_ways_offices_write_it(text, period):
    assert str(read_period(text)) == period


@pytest.mark.parametrize(
    "text",
    [
        "", "第三季度", "三季度", "26年三季度", "2026年第五季度", "2026年13月", "2026年0月", "2026年第54周", "2026.9", "202609", "20263",
        "2026年1-9月", "2026年7-9月", "9月", "soon", "2026年第三季度末", "2026Q3、", "1890年", "2026年第三季度报表", "Sep-26",
    ],
)  # fmt: skip
def test_everything_else_is_refused(text):
    with pytest.raises(BadPeriod, match="is not a period"):
        read_period(text)


@pytest.mark.parametrize("text", ["2026-09-01", "2026/9/1", "2026-09-01 00:00:00"])
def test_a_month_that_excel_made_a_day_is_named(text):
    with pytest.raises(BadPeriod, match=text):
        read_period(text)


def test_several_are_parted_by_commas_of_either_kind():
    assert list(map(str, read_periods("2026Q1,2026年第二季度，2026Q3、2026Q1"))) == ["2026Q1", "2026Q2", "2026Q3"]


@pytest.mark.parametrize(
    ("whole", "frequency", "first", "last", "number"),
    [
        ("2025", Frequency.WEEK, "2025W01", "2025W52", 52), ("2026", Frequency.WEEK, "2026W01", "2026W53", 53),
        ("2025-01", Frequency.WEEK, "2025W01", "2025W05", 5), ("2024-12", Frequency.WEEK, "2024W49", "2024W52", 4),
        ("2025Q1", Frequency.WEEK, "2025W01", "2025W13", 13), ("2025Q2", Frequency.WEEK, "2025W14", "2025W26", 13),
        ("2025W01", Frequency.WEEK, "2025W01", "2025W01", 1), ("2027-01", Frequency.WEEK, "2027W01", "2027W04", 4),
        ("2025Q1", Frequency.MONTH, "2025-01", "2025-03", 3), ("2025H2", Frequency.QUARTER, "2025Q3", "2025Q4", 2),
    ],
)  # fmt: skip
def test_the_parts_of_a_period(whole, frequency, first, last, number):
    """A week belongs to the month, quarter and year of its Thursday."""
    found = read_period(whole).parts(frequency)
    assert (str(found[0]), str(found[-1]), len(found)) == (first, last, number)


def test_every_week_belongs_to_one_year_quarter_and_month():
    for year in range(2015, 2045):
        for finer in (Frequency.QUARTER, Frequency.MONTH):
            weeks = [week for part in read_period(str(year)).parts(finer) for week in part.parts(Frequency.WEEK)]
            assert weeks == read_period(str(year)).parts(Frequency.WEEK)
            assert {week.year for week in weeks} == {year}


@pytest.mark.parametrize(
    ("one", "other", "does"),
    [
        ("2025W01", "2025-01", True), ("2025W01", "2024-12", False), ("2025W05", "2025-01", True), ("2025W05", "2025-02", False),
        ("2025W13", "2025Q1", True), ("2025W14", "2025Q1", False), ("2025W05", "2025W06", False), ("2025W05", "2025W05", True),
        ("2025-03", "2025Q1", True), ("2025-04", "2025Q1", False), ("2025H1", "2025", True),
    ],
)  # fmt: skip
def test_two_periods_of_one_stretch_of_time(one, other, does):
    assert read_period(one).overlaps(read_period(other)) is does
    assert read_period(other).overlaps(read_period(one)) is does


def test_the_year_before_ends_with_its_last_thursday():
    assert [str(read_period(text).end_of_year_before()) for text in ("2025W05", "2026W05", "2027W05", "2026Q3", "2026-09")] == [
        "2024W52", "2025W52", "2026W53", "2025Q4", "2025-12",
    ]  # fmt: skip
    assert read_period("2026W53").anchor_day == date(2026, 12, 31)
