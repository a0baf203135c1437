"""A period is read as it is written and as it is printed; what could be two periods, or none, is refused."""

import pytest
from django.utils.translation import override

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
