"""Heads that speak of time, as Chinese tables write them."""

import pytest

from reports.upper.period_words import Time, read_time, without_time

HEADS = {
    "本期": Time("this"),
    "本期数": Time("this"),
    "本季度": Time("this"),
    "本 月": Time("this"),
    "期末": Time("this"),
    "今年": Time("this"),
    "上期": Time("prev"),
    "上季度": Time("prev"),
    "期初": Time("prev"),
    "上年同期": Time("same_last_year"),
    "去年同期数": Time("same_last_year"),
    "上年同期：": Time("same_last_year"),
    "上年末": Time("year_end"),
    "年初": Time("year_end"),
    "年初数": Time("year_end"),
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
    "较上季度增长率": Time(measure="percent", against="prev"),
    "比年初增减": Time(measure="change", against="year_end"),
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
