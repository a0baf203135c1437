"""The texts around a table: what is bound in them, and what is written there."""

import pytest

from indicators.periods import read_period
from reports.external.names.printed_periods import BasePeriod
from reports.external.sheets.texts import text_bindings
from spreadsheets.preview.sheet_preview import sheet_previews
from tests.factories.upper_tables import a_blank_table

BASE = BasePeriod(read_period("2026Q3"), 2026)
PATTERNS = {
    "2026年第三季度统计表": "{}统计表",
    "（    年  季度）": "（{}）",
    "填报日期：    年    月    日": "填报日期：{}",
    "填表人：        填报日期：    年    月    日": "填表人：{}        填报日期：{date}",
    "填报单位：          填报日期：    年    月    日": "填报单位：{}          填报日期：{date}",
    "单位负责人：   填表人：    报出日期：    年  月  日": "单位负责人：   填表人：{}    报出日期：{date}",
    "填报单位（盖章）：____  填报日期：2026年7月5日": "填报单位（盖章）：{}  填报日期：{date}",
    "填报单位:_____ 2026年第__季度 单位：万元": "填报单位:{} {period label} 单位：万元",
    "报告期：2026年第二季度": "报告期：{}",
    "报告期：____": "报告期：{}",
    "____年度汇总": "{}年度汇总",
    "2026年度统计表": "{}年度统计表",
    "2026年1-9月完成情况": "{}年{months so far}完成情况",
    "2025年第三季度": "{}",
    "截至2026年9月30日": "截至{}",
    "（盖章）    年   月   日": "（盖章）{}",
    "2026年第三季度与2025年第三季度对比表": "{}与{period label@same_last_year}对比表",
    "填表人：        审核人：": "填表人：{}        审核人：",
    "审核日期：   年  月  日": None,
    "2024年第三季度": None,
    "填报单位：云岭县委组织部": None,
    "填报单位：    县（市、区）委组织部": "填报单位：{}委组织部",
    "2026年7—9月统计表": "{}年{months}统计表",
    "2026年7月至9月": "{}年{months}",
    "注：2026年第三季度起执行": None,
    "受理件数": None,
}


def bound(text: str):
    sheet = sheet_previews(a_blank_table([[text]]))[0]
    return dict(text_bindings(sheet, BASE)).get((1, 1))


@pytest.mark.parametrize("text", PATTERNS)
def test_a_text(text):
    binding = bound(text)
    assert (binding.pattern if binding else None) == PATTERNS[text]


def test_what_may_be_the_day_of_filling_is_only_likely():
    assert bound("2026年9月30日").certainty == "likely"
    assert bound("2026年9月30日").what == "date"
    assert bound("（    年  月  日）") is None or bound("（    年  月  日）").certainty == "sure"
    assert bound("2025年第三季度").period == "same_last_year"


def test_braces_of_the_text_are_no_places():
    assert bound("{注} 2026年第三季度").pattern == "(注) {}"
