"""What stands behind the cells of a blank table is found from its heads, whichever way the table lies."""

from datetime import date

import pytest

from orgs.models import Organization
from reports.external.bindings.bindings import as_json
from reports.external.search.search import find
from spreadsheets.preview.sheet_preview import sheet_previews
from tests.factories.upper_tables import a_blank_table

DAY = date(2026, 9, 30)
USUAL = {"kind": "figure", "certainty": "sure", "is_proposed": True}


def found_in(*rows, merged=()):
    found = find(sheet_previews(a_blank_table(rows, merged)), Organization.objects.get(code="C"), DAY)
    bindings = {address.removeprefix("表1!"): binding for address, binding in as_json(found.bindings).items()}
    return bindings, {one.heads: [cell.removeprefix("表1!") for cell in one.cells] for one in found.unmatched}


def figure(key: str, org: str = "", **more) -> dict:
    return USUAL | {"key": key} | ({"org": org} if org else {}) | more


def test_units_down_indicators_across(county):
    bindings, unmatched = found_in(
        ["序号", "单位名称", "受理件数", "办结件数（件）", "备注"],
        ["1", "青山镇党委", None, None, None],
        ["2", "白沙镇", None, None, None],
        ["3", "临河镇", None, None, None],
        ["合 计", None, None, None, None],
        merged=("A5:B5",),
    )
    assert bindings == {
        "C2": figure("A-1", "T1"), "D2": figure("B-1", "T1"), "C3": figure("A-1", "T2"), "D3": figure("B-1", "T2"),
        "C4": figure("A-1", "T3"), "D4": figure("B-1", "T3"), "C5": figure("A-1"), "D5": figure("B-1"),
    }  # fmt: skip
    assert unmatched == {}


def test_indicators_down_units_across(county):
    bindings, unmatched = found_in(
        ["指标", "计量单位", "全县", "青山镇", "某某镇"], ["一、办理", None, None, None, None], ["1.受理件数", "件", None, None, None],
        ["其中：不明", "件", None, None, None], merged=("A2:E2",),
    )  # fmt: skip
    assert bindings == {"C3": figure("A-1"), "D3": figure("A-1", "T1")}
    assert unmatched == {"某某镇": ["E3"], "其中：不明 › 件": ["C4", "D4", "E4"]}


def test_periods_and_changes_under_merged_heads(county):
    bindings, _unmatched = found_in(
        ["单位", "受理件数", None, None, "办结件数", None],
        [None, "本期", "上年同期", "增减%", "本年累计", "比上期增减"],
        ["青山镇", None, None, None, None, None],
        merged=("A1:A2", "B1:D1", "E1:F1"),
    )
    assert bindings == {
        "B3": figure("A-1", "T1"),
        "C3": figure("A-1", "T1", period="same_last_year"),
        "D3": figure("A-1", "T1", measure="percent", digits=1),
        "E3": figure("B-1", "T1", view="ytd"),
        "F3": figure("B-1", "T1", measure="change", against="prev"),
    }


def test_a_table_about_the_county_alone(county):
    bindings, _unmatched = found_in(
        ["指标名称", "本期", "上期"], ["党员总数", None, None], ["其中：女", None, None], ["办结率", None, None]
    )
    assert bindings == {
        "B2": figure("P-1"), "C2": figure("P-1", period="prev"), "B3": figure("P-1:女"), "C3": figure("P-1:女", period="prev"),
        "B4": figure("R-1", digits=1), "C4": figure("R-1", period="prev", digits=1),
    }  # fmt: skip


def test_items_beside_their_indicator_and_heads_of_time_alone(county):
    bindings, _unmatched = found_in(["单位", "党员总数", "其中：男", "上年同期"], ["青山镇", None, None, None])
    assert bindings["C2"] == figure("P-1:男", "T1")
    assert bindings["D2"] == figure("P-1:男", "T1", period="same_last_year", certainty="likely")


@pytest.mark.parametrize(
    ("stated", "head", "unit"),
    [
        ("单位：万元", "活动经费", "万元"),
        ("计量单位：件、万元", "活动经费", "万元"),
        ("", "活动经费（万元）", "万元"),
        ("", "活动经费(元)", ""),
        ("单位：件、元", "活动经费", ""),
        ("活动经费统计表（单位：万元）", "活动经费", "万元"),
        ("金额单位：人民币千元", "活动经费", "千元"),
        ("填报单位：个旧市", "活动经费", ""),
        ("单位：个", "受理件数", ""),
        ("金额单位：万元", "受理件数", ""),
    ],
)
def test_the_tables_own_measure(county, stated, head, unit):
    bindings, _unmatched = found_in([stated or None, None], [None, None], ["单位", head], ["青山镇", None])
    key = "A-1" if head == "受理件数" else "M-1"
    assert bindings["B4"] == figure(key, "T1", **({"unit": unit} if unit else {}))


@pytest.mark.parametrize(
    ("stated", "head"),
    [
        ("单位：个", "活动经费"),
        ("单位：件", "活动经费"),
        ("单位：元、万元", "活动经费"),
        ("单位：美元", "活动经费"),
        ("单位：人", "受理件数"),
    ],
)
def test_a_measure_of_the_table_that_is_another_ones_is_not_sure(county, stated, head):
    bindings, _unmatched = found_in([stated, None], [None, None], ["单位", head, "办结率"], ["青山镇", None, None])
    assert bindings["B4"]["certainty"] == "likely"
    assert "unit" not in bindings["B4"]
    assert bindings["C4"]["certainty"] == "sure"  # a rate is not counted in it


def test_categories_and_what_is_only_similar_are_not_sure(county):
    bindings, _unmatched = found_in(["类别", "受理件数"], ["行政村", None], ["社区", None])
    assert bindings["B2"] == figure("A-1", "village", by="unit_category", certainty="likely")
    assert bindings["B3"] == figure("A-1", "community", by="unit_category", certainty="likely")


def test_formulas_of_the_template_and_filled_cells_are_left(county):
    bindings, _unmatched = found_in(["单位", "受理件数", "办结件数"], ["青山镇", None, "9"], ["合计", "=SUM(B2:B2)", None])
    assert set(bindings) == {"B2", "C3"}


def test_texts_around_the_table(county):
    bindings, unmatched = found_in(
        ["2026年第  季度统计表"],
        ["填报单位：", None, "填报日期："],
        ["单位", "受理件数", None],
        ["青山镇", None],
        ["填表人：        审核人："],
        ["报告期：____"],
        merged=("A1:C1",),
    )
    text = {"kind": "text", "certainty": "sure", "is_proposed": True}
    assert bindings["A1"] == text | {"what": "period label", "pattern": "{}统计表"}
    assert bindings["A2"] == text | {"what": "organization", "pattern": "填报单位：{}"}
    assert bindings["C2"] == text | {"what": "date", "pattern": "填报日期：{}"}
    assert bindings["A5"] == text | {"what": "person", "pattern": "填表人：{}        审核人："}
    assert bindings["A6"] == text | {"what": "period label", "pattern": "报告期：{}"}
    assert bindings["B4"] == figure("A-1", "T1")
    assert unmatched == {}


def test_a_table_of_which_nothing_is_known(county):
    bindings, unmatched = found_in(["名称", "天气"], ["北京", None])
    assert bindings == {}
    assert unmatched == {"天气": ["B2"]}


def test_two_tables_on_one_sheet_have_their_own_heads(county):
    bindings, _unmatched = found_in(
        ["单位", "受理件数"], ["青山镇", None], [None, None], ["单位", "办结件数"], ["白沙镇", None],
    )  # fmt: skip
    assert bindings == {"B2": figure("A-1", "T1"), "B5": figure("B-1", "T2")}


def test_a_per_cent_sign_is_the_unit_of_a_rate_and_a_growth_only_beside_a_change(county):
    bindings, _unmatched = found_in(
        ["单位", "办结率（%）", "办结率", "受理件数", None], [None, None, "（%）", "增减", "%"], ["青山镇", None, None, None, None],
        merged=("A1:A2", "B1:B2", "D1:E1"),
    )  # fmt: skip
    assert bindings["B3"] == bindings["C3"] == figure("R-1", "T1", digits=1)
    assert bindings["D3"] == figure("A-1", "T1", measure="change")
    assert bindings["E3"] == figure("A-1", "T1", measure="percent", digits=1, certainty="likely")


def test_what_the_head_above_names_is_not_each_column_below_it(county):
    bindings, unmatched = found_in(
        ["单位", "受理的件数", None, None],
        [None, "网上", "现场", "小计"],
        ["青山镇", None, None, None],
        merged=("A1:A2", "B1:D1"),
    )
    assert list(bindings) == ["D3"]
    assert bindings["D3"]["key"] == "A-1"
    assert unmatched == {"受理的件数 › 网上": ["B3"], "受理的件数 › 现场": ["C3"]}
