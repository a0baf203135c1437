"""Heads that speak of time, as Chinese tables write them."""

import pytest

from reports.external.names.period_words import Time, read_time, splits, without_time

HEADS = {
    "本期": Time("this"),
    "本期数": Time("this"),
    "本季度": Time("this", length="quarter"),
    "本 月": Time("this", length="month"),
    "期末": Time("this", moment="end"),
    "今年": Time("this", length="year"),
    "年底": Time("this", length="year", moment="end"),
    "本年以来": Time("this", "ytd"),
    "上期": Time("prev"),
    "上季度": Time("prev", length="quarter"),
    "上季度末": Time("prev", length="quarter", moment="end"),
    "上年同月": Time("same_last_year", length="month"),
    "期初": Time("prev", moment="start"),
    "上年同期": Time("same_last_year"),
    "去年同期数": Time("same_last_year"),
    "上年同期：": Time("same_last_year"),
    "上年末": Time("year_end", moment="end"),
    "年初": Time("year_end", moment="start"),
    "年初数": Time("year_end", moment="start"),
    "本年累计": Time("this", "ytd"),
    "累计": Time("this", "ytd"),
    "年初至今累计": Time("this", "ytd"),
    "1—9月": Time("this", "ytd"),
    "上年同期累计": Time("same_last_year", "ytd"),
    "增减": Time(measure="change"),
    "增减数": Time(measure="change"),
    "+-": Time(measure="change"),
    "增减%": Time(measure="percent"),
    "增长率（%）": Time(measure="percent"),
    "增幅": Time(measure="percent"),
    "同比": Time(measure="change", against="same_last_year"),
    "同比增减": Time(measure="change", against="same_last_year"),
    "同比增长%": Time(measure="percent", against="same_last_year"),
    "同比±%": Time(measure="percent", against="same_last_year"),
    "比上年同期增减": Time(measure="change", against="same_last_year"),
    "比上年同期增减（%）": Time(measure="percent", against="same_last_year"),
    "环比": Time(measure="change", against="prev"),
    "较上季度增长率": Time(measure="percent", against="prev", length="quarter"),
    "比年初增减": Time(measure="change", against="year_end", moment="start"),
}


@pytest.mark.parametrize("head", HEADS)
def test_a_head_of_time(head):
    assert read_time(head) == HEADS[head]


@pytest.mark.parametrize(
    "head", ["", "党员总数", "本期新建党组织", "同比例", "年初计划", "增加党员", "合计", "上年同期党员", "%数", "组建率"]
)
def test_any_other_head_says_nothing_of_time(head):
    assert read_time(head) is None


def test_a_time_in_brackets_behind_a_name():
    assert without_time("受理（本年累计）") == ("受理", Time("this", "ytd"))
    assert without_time("受理（件）") == ("受理（件）", Time())


def test_two_heads_are_read_together():
    assert read_time("上年同期").beside(read_time("累计")) == Time("same_last_year", "ytd")


def test_a_head_that_can_be_parted_in_two_ways():
    assert [name for name, _time in splits("本年累计收入")] == ["收入", "累计收入"]
