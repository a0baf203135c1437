"""What the words around figures are taken for, by table."""

import pytest

from submissions.imports.tables.geometry import words
from submissions.imports.tables.geometry.words import Timing, labelled_unit, looks_like_figure, split_timing, timing_of


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("本期", Timing.NOW),
        ("本期数", Timing.NOW),
        ("（本季度）", Timing.NOW),
        ("期末数", Timing.NOW),
        ("1.本月完成情况", Timing.NOW),
        ("本年累计", Timing.YEAR),
        ("累计数", Timing.YEAR),
        ("年初至今", Timing.YEAR),
        ("截至本季度末累计", Timing.YEAR),
        ("上年同期", Timing.OTHER),
        ("去年", Timing.OTHER),
        ("同比", Timing.OTHER),
        ("完成率(%)", Timing.OTHER),
        ("年初数", Timing.OTHER),
        ("本期（人）", Timing.NOW),
        ("党员总数", None),
        ("本期党员总数", None),
        ("", None),
    ],
)
def test_over_what_time_a_head_is(text, timing):
    assert timing_of(text) == timing


@pytest.mark.parametrize(
    ("text", "name", "timing"),
    [
        ("党员总数（上年同期）", "党员总数", Timing.OTHER),
        ("本期党员总数", "党员总数", Timing.NOW),
        ("上年同期党员总数", "党员总数", Timing.OTHER),
        ("受理件数本年累计", "受理件数", Timing.YEAR),
        ("受理件数-本期", "受理件数", Timing.NOW),
        ("本期", "", Timing.NOW),
        ("党员总数", "党员总数", None),
        ("一、本期：受理", "受理", Timing.NOW),
        ("人", "人", None),
    ],
)
def test_a_name_and_its_time(text, name, timing):
    assert split_timing(text) == (name, timing)


# The rule, what it takes, what it does not.
RULES = [
    (words.is_total, ["合计", "全县", "各镇小计", "总计（人）", "合计：", "平均值"], ["党员合计划", "石桥村", ""]),
    (words.is_serial, ["序号", "编号", "NO.", "行次"], ["号码", "人数"]),
    (words.is_aside, ["备注", "备注说明", "责任单位", "指标解释", "联系电话"], ["单位", "党员"]),
    (words.is_measure_head, ["计量单位", "单位", "Unit"], ["填报单位", "人"]),
    (words.is_code_head, ["指标代码", "编码", "组织编码", "code"], ["序号", "代码表"]),
    (words.is_period_head, ["年份", "统计期间", "季度", "填报时间"], ["2026年", "时间安排"]),
    (
        words.is_unit_head,
        ["填报单位", "村（社区）", "党组织名称", "单位全称", "名称", "支部"],
        ["计量单位", "石桥村", "组织数"],
    ),
    (words.is_near_head, ["乡镇", "所属街道", "上级党组织"], ["街道办", "村"]),
    (words.is_generic, ["单位", "合计", "数量", "其他"], ["党员", "其他人员"]),
    (words.is_corner, ["项目", "指标名称", "指标\\单位", "指标/单位", "计量单位"], ["党员", "单位"]),
    (words.is_value_head, ["数量", "数值", "完成情况", "填报数", "数（人）"], ["党员数", "说明"]),
    (words.is_place_like, ["石桥村", "城关镇", "某某公司", "机关总支"], ["党员", "合计"]),
    (words.is_numbered, ["甲", "1", "(2)", "3=1+2", "a", "乙"], ["1000", "党", "aa"]),
    (
        words.is_title_line,
        ["填报单位：石桥村", "2026年9月30日", "党员情况统计表", "附件1", "活动台账"],
        ["党员总数", "其中：女", "单位：万元", "人", ""],
    ),
]


@pytest.mark.parametrize(("rule", "taken", "left"), RULES, ids=[rule.__name__ for rule, _taken, _left in RULES])
def test_what_a_rule_takes(rule, taken, left):
    assert [text for text in taken if not rule(text)] == []
    assert [text for text in left if rule(text)] == []


@pytest.mark.parametrize(
    ("text", "is_figure"),
    [
        ("12", True),
        ("1,200", True),
        ("-0.5", True),
        ("12人", True),
        ("约30", True),
        ("3万余", True),
        ("-", True),
        ("无", True),
        ("N/A", True),
        ("#REF!", True),
        ("=A1", True),
        ("是", True),
        ("√", True),
        ("12村", False),
        ("石桥村", False),
        ("", False),
        ("1-2", False),
    ],
)
def test_what_stands_where_a_figure_stands(text, is_figure):
    assert looks_like_figure(text) is is_figure


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("填报单位（盖章）：石桥村党支部", "石桥村党支部"),
        ("单位：", ""),
        ("填报单位", None),
        ("石桥村", None),
        ("支部名称：一支部", "一支部"),
    ],
)
def test_the_unit_that_a_label_names(text, unit):
    assert labelled_unit(text) == unit
