"""Whose figures a row holds: the head of a column decides, and where heads do not settle it nothing is bound."""

from datetime import date

import pytest

from orgs.models import Organization
from reports.external.search.search import find
from spreadsheets.preview.sheet_preview import sheet_previews
from tests.factories.upper_tables import a_blank_table

DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def module_county(module_story):
    module_story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,", "V1,甲村,village,T1,,,,", "V2,乙村,village,T1,,,,",
        "V3,丙村,village,T1,,,,", "V4,丁村,village,T2,,,,", "V5,新村,village,T1,,,,", "V6,新村,village,T2,,,,",
    )  # fmt: skip
    module_story.indicators(
        "A-1,受理件数,件,flow,,,", "H-1,贫困户数,户,stock,,,", "M-1,单位自筹,元,flow,,,", "P-1,党员总数,名,stock,,,男;女"
    )
    module_story.form("F", "A-1", "H-1", "M-1", "P-1")
    module_story.open("F", "2026Q3")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path):
    return module_county.in_folder(tmp_path)


def found_in(*rows, merged=(), unit_columns=None):
    found = find(sheet_previews(a_blank_table(rows, merged)), Organization.objects.get(code="C"), DAY, unit_columns)
    bindings = {
        cell.removeprefix("表1!"): (one.key, one.org, one.certainty)
        for cell, one in found.bindings.items()
        if one.kind == "figure"
    }
    return bindings, found


OWN = {
    "a paired village": ((["村名", "受理件数", "结对村"], ["甲村", None, "丙村"]), {"B2": "V1"}),
    "the pair first": ((["结对村", "村名", "受理件数"], ["丙村", "甲村", None]), {"C2": "V1"}),
    "a former name": ((["现村名", "原村名", "受理件数"], ["甲村", "丙村", None]), {"C2": "V1"}),
    "a helper with a village's name": ((["村名", "帮带村", "受理件数"], ["甲村", "乙村", None]), {"C2": "V1"}),
    "who guides it": ((["单位名称（全称）", "挂点领导单位", "受理件数"], ["甲村", "云岭县", None]), {"C2": "V1"}),
    "the township tells namesakes apart": ((["乡镇", "村", "受理件数"], ["白沙镇", "新村", None]), {"C2": "V6"}),
    "a township alone": ((["乡镇", "受理件数"], ["青山镇", None]), {"B2": "T1"}),
    "a township's subtotal": ((["乡镇", "村", "受理件数"], ["青山镇", "小计", None]), {"C2": "T1"}),
    "what it is subordinate to": ((["上级党组织", "村名", "受理件数"], ["白沙镇党委", "新村", None]), {"C2": "V6"}),
    "its own name behind the figure": ((["帮扶单位", "受理件数", "村名"], ["青山镇", None, "甲村"]), {"B2": "V1"}),
    "the lower of two places": ((["县", "乡镇", "受理件数"], ["云岭县", "青山镇", None]), {"C2": "T1"}),
    "the total": ((["村名", "受理件数"], ["青山镇", None], ["白沙镇", None], ["合计", None]), {"B2": "T1", "B3": "T2", "B4": ""}),
    "totals with colons and blanks": (
        (["村名", "受理件数"], ["青山镇", None], ["白沙镇", None], ["合 计：", None]),
        {"B2": "T1", "B3": "T2", "B4": ""},
    ),
    "a total with its measure": (
        (["村名", "受理件数"], ["青山镇", None], ["白沙镇", None], ["合计（件）", None]),
        {"B2": "T1", "B3": "T2", "B4": ""},
    ),
    "names with colons": ((["村名", "受理件数"], ["甲村：", None], ["乙村:", None]), {"B2": "V1", "B3": "V2"}),
    "a code decides": ((["村代码", "村名", "受理件数"], ["V6", "新村", None]), {"C2": "V6"}),
    "a code alone": ((["单位代码", "受理件数"], ["V1", None]), {"B2": "V1"}),
    "the name of items over units": ((["名称", "受理件数"], ["甲村", None]), {"B2": "V1"}),
    "two names of one unit": ((["单位", "党组织名称", "受理件数"], ["甲村", "甲村党支部", None]), {"C2": "V1"}),
    "a blank head beside its township": ((["乡镇", None, "受理件数"], ["青山镇", "甲村", None]), {"C2": "V1"}),
    "a region": ((["地区", "受理件数"], ["青山镇", None], ["白沙镇", None]), {"B2": "T1", "B3": "T2"}),
    "a county alone": ((["县区", "受理件数"], ["云岭县", None]), {"B2": ""}),
    "codes below townships": ((["乡镇", "村代码", "受理件数"], ["青山镇", "V1", None]), {"C2": "V1"}),
    "units across": ((["项目", "甲村", "全县"], ["受理件数", None, None]), {"B2": "V1", "C2": ""}),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_the_rows_own_unit(county, name):
    rows, orgs = OWN[name]
    bindings, _found = found_in(*rows)
    assert bindings == {cell: ("A-1", org, "sure") for cell, org in orgs.items()}


NOTHING = {
    "only a relation": (["帮扶单位", "受理件数"], ["甲村", None]),
    "only what it is subordinate to": (["上级党组织", "受理件数"], ["青山镇", None]),
    "a village in a column of relation beside its township": (["所在村", "镇名称", "受理件数"], ["甲村", "青山镇", None]),
    "a township in several rows": (["镇名称", "户主", "受理件数"], ["青山镇", "张三", None], ["青山镇", "李四", None]),
    "another measure behind the figure": (["项目", "数量", "计量单位"], ["贫困户总数", None, "人"]),
    "two tables side by side": (["村名", "受理件数", "村名"], ["甲村", None, "丙村"]),
    "a word that is not known": (["示范村", "受理件数"], ["甲村", None]),
    "another township": (["乡镇", "村", "受理件数"], ["白沙镇", "甲村", None]),
    "a namesake without its township": (["村名", "受理件数"], ["新村", None]),
    "a head that does not speak of units": (["受益对象", "受理件数"], ["甲村", None]),
    "a blank head beside a relation": ([None, "受理件数", "结对村"], ["甲村", None, "丙村"]),
    "a township beside a relation": (["乡镇", "受理件数", "结对村"], ["青山镇", None, "丁村"]),
    "own heads that disagree": (["单位名称", "党组织名称", "受理件数"], ["甲村", "甲村党支部", None], ["乙村", "丙村党支部", None]),
    "a code of another": (["村代码", "村名", "受理件数"], ["V2", "甲村", None]),
    "names of two units": (["单位", "党组织名称", "受理件数"], ["甲村", "乙村党支部", None]),
    "the name as a part of another": (["单位", "受理件数"], ["云岭县人民法院", None], ["青山镇民政办", None]),
    "rows that are not known": (["名称", "受理件数"], ["某某", None]),
    "names still to be filled in": (["序号", "村名", "受理件数"], ["1", None, None], ["2", None, None]),
    "a part of the figure": (["类别", "受理件数"], ["男", None]),
    "a plan": (["村名", "受理件数计划"], ["甲村", None]),
    "a share": (["村名", "占比"], ["甲村", None]),
    "the measure of another thing": (["项目", "单位", "数量"], ["贫困户总人数", "人", None]),
    "measures and no items": (["代码", "指标", "单位", "本季"], ["N1", "基站", None, None]),
    "quarters beside each other": (["指标", "一季度", "二季度"], ["受理件数", None, None]),
    "months": (["指标", "7月", "8月"], ["受理件数", None, None]),
    "a figure of the partner": (["村名", "结对情况", None], [None, "村名", "受理件数"], ["甲村", "丙村", None]),
    "generic words": (["项目", "单位", "数量"], ["单位", "元", None], ["其他", "元", None], ["合计", "元", None]),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTHING)
def test_what_heads_do_not_settle_is_not_bound_and_is_listed(county, name):
    merged = ("A1:A2", "B1:C1") if name == "a figure of the partner" else ()
    bindings, found = found_in(*NOTHING[name], merged=merged)
    assert bindings == {}
    assert found.unmatched
    assert all(one.reason for one in found.unmatched)


LIKELY = {
    "a similar name": (["村名", "贫困户总数"], ["甲村", None]),
    "another measure": (["项目", "单位", "数量"], ["贫困户数", "人", None]),
    "a branch of the township's": (["乡镇", "村", "受理件数"], ["青山镇", None, None]),
    "a code beside a name that is another": (["村代码", "村名", "受理件数"], ["V1", "张三", None]),
    "a code that nobody knows": (["村代码", "村名", "受理件数"], ["V1", "甲村", None], ["V9", "乙村", None]),
    "more than the county": (["项目", "全市"], ["受理件数", None]),
    "a time behind a figure": (["村名", "受理件数", "上年同期"], ["甲村", None, None]),
    "the same for men and women": (["村名", "性别", "受理件数"], ["甲村", "男", None], ["甲村", "女", None]),
    "a change beside figures since January": (["指标", "本年累计", "同比增减"], ["受理件数", None, None]),
}  # fmt: skip


@pytest.mark.parametrize("name", LIKELY)
def test_what_is_only_likely_says_why(county, name):
    bindings, found = found_in(*LIKELY[name])
    likely = {cell for cell, (_key, _org, certainty) in bindings.items() if certainty == "likely"}
    assert likely
    assert {cell.removeprefix("表1!") for cell, doubt in found.doubts.items() if doubt} == likely


def test_a_person_says_which_column_it_is(county):
    rows = (["示范村", "帮带村", "受理件数"], ["甲村", "丙村", None])
    bindings, found = found_in(*rows)
    assert (bindings, dict(found.unsettled)) == ({}, {"表1": ((1, "示范村"), (2, "帮带村"))})
    assert found_in(*rows, unit_columns={"表1": 1})[0] == {"C2": ("A-1", "V1", "sure")}
    assert found_in(*rows, unit_columns={"表1": 2})[0] == {"C2": ("A-1", "V3", "sure")}


def test_the_column_that_was_taken_is_shown(county):
    assert found_in(["序号", "村名", "受理件数"], ["1", "甲村", None])[1].unit_columns == {"表1": "B 村名"}
    assert found_in(["项目", "数量"], ["受理件数", None])[1].unit_columns == {}


def test_an_item_behind_a_line_that_is_not_known_is_not_of_the_figure_before(county):
    bindings, _found = found_in(
        ["项目", "数量"], ["党员总数", None], ["其中：女", None], ["入党申请人", None], ["其中：女", None]
    )
    assert bindings == {"B2": ("P-1", "", "sure"), "B3": ("P-1:女", "", "sure"), "B5": ("P-1:女", "", "likely")}


def test_periods_in_heads_are_asked_from_the_tables_own(county):
    rows = [["2026年第三季度统计表", None, None], ["指标", "2025年第三季度", "2026年第三季度"], ["受理件数", None, None]]
    found = find(sheet_previews(a_blank_table(rows, ("A1:C1",))), Organization.objects.get(code="C"), DAY)
    assert [found.bindings[f"表1!{cell}"].period for cell in ("B3", "C3", "B2", "C2")] == ["same_last_year", "this"] * 2
    ytd = find(
        sheet_previews(a_blank_table([["村名", "1-9月受理件数"], ["甲村", None]])), Organization.objects.get(code="C"), DAY
    )
    assert ytd.bindings["表1!B2"].view == "ytd"
    assert ytd.bindings["表1!B1"].pattern == "{}受理件数"
