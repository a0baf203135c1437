"""What a head says of time, and what it names besides."""

import pytest

from indicators.periods import read_period
from reports.external.names.period_words import Time
from reports.external.names.printed_periods import NO_BASE, BasePeriod
from reports.external.sheets.head_times import head_time, is_other_figure

BASE = BasePeriod(read_period("2026Q3"), 2026)
HEADS = {
    "受理件数": ("受理件数", Time()),
    "本期受理件数": ("受理件数", Time("this")),
    "上季度受理件数": ("受理件数", Time("prev", length="quarter")),
    "本年累计受理件数": ("受理件数", Time("this", "ytd")),
    "受理件数同比增减": ("受理件数", Time(measure="change", against="same_last_year")),
    "受理件数（上年同期）": ("受理件数", Time("same_last_year")),
    "2026年第三季度": ("", Time("this")),
    "2025年第三季度受理件数": ("受理件数", Time("same_last_year")),
    "2025年第四季度": ("", Time("year_end")),
    "三季度": ("", Time("this")),
    "三季度受理件数": ("受理件数", Time("this")),
    "7-9月": ("", Time("this")),
    "1-9月受理件数": ("受理件数", Time("this", "ytd")),
    "2025年1-9月": ("", Time("same_last_year", "ytd")),
    "2025年末": ("", Time("year_end", moment="end")),
    "2026年受理件数": ("受理件数", Time("this", length="year")),
    "2026年累计受理件数": ("受理件数", Time("this", "ytd", length="year")),
    "2026年第三季度受理件数增减": ("受理件数", Time("this", measure="change")),
    "截至9月底受理件数": ("受理件数", Time("this", moment="end")),
    "截至2026年9月末受理件数": ("受理件数", Time("this", moment="end")),
    "受理件数（截至9月30日）": ("受理件数", Time("this", moment="end")),
    "9月底受理件数": ("受理件数", Time("this", moment="end")),
    "截至9月底累计受理件数": ("受理件数", Time("this", "ytd", moment="end")),
    "截至季末受理件数": ("受理件数", Time("this", length="quarter", moment="end")),
    "2026年7—9月受理件数": ("受理件数", Time("this")),
    "%": ("", Time()),
}


@pytest.mark.parametrize("head", HEADS)
def test_one_head(head):
    found = head_time(head, BASE)
    assert (found.rest, found.time) == HEADS[head]
    assert not found.doubt


@pytest.mark.parametrize(
    "head",
    ["2024年第三季度", "2026年9月", "二季度", "1-6月", "2025年第三季度与2026年第三季度", "2023年受理件数", "截至6月底受理件数"],
)
def test_a_period_that_the_table_is_not_asked_for(head):
    found = head_time(head, BASE)
    assert found.is_foreign
    assert found.doubt


def test_a_year_alone_is_not_sure():
    assert head_time("2025年", BASE).doubt
    assert not head_time("2025年", BASE).is_foreign


def test_parts_of_a_year_beside_each_other_have_no_own_one():
    assert not head_time("二季度", NO_BASE).is_foreign
    assert head_time("二季度", BasePeriod(has_several=True)).is_foreign


def test_other_figures():
    assert all(map(is_other_figure, ("受理计划", "目标数", "占比", "下季度", "完成率（%）", "应完成数")))
    assert not any(map(is_other_figure, ("受理件数", "下属单位数", "完成数")))


@pytest.mark.parametrize("head", ["本季累计受理件数", "本期累计受理件数", "2026年第三季度累计受理件数"])
def test_a_period_and_a_running_total_in_one_head_are_not_sure(head):
    found = head_time(head, BASE)
    assert (found.rest, found.time.view) == ("受理件数", "ytd")
    assert found.doubt


def test_the_name_of_a_figure_keeps_its_own_words_of_time():
    found = head_time("本年累计收入", BASE, lambda text: text == "累计收入")
    assert (found.rest, found.time) == ("累计收入", Time("this", length="year"))
