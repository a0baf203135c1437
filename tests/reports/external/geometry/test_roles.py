"""What a column of texts holds, by the heads over it."""

import pytest

from reports.external.geometry.roles import ColumnRole, is_measure_column, is_settled_by_texts, role_of

ROLES = {
    ColumnRole.UNIT: "村名 单位名称 填报单位 党组织名称 村（社区） 名称 现村名 单位",
    ColumnRole.PLACE: "乡镇 镇名称 街道 所属镇",
    ColumnRole.SUPERIOR: "上级党组织 所属党委 主管单位",
    ColumnRole.CODE: "代码 村编码 指标代码 单位代码",
    ColumnRole.RELATION: "结对村 帮扶单位 原村名 曾用名 挂点单位 帮带村 责任单位",
    ColumnRole.UNCLEAR: "示范村 先进单位",
    ColumnRole.LINE: "项目 指标 指标名称 统计项目 类别 主要指标",
    ColumnRole.MEASURE: "计量单位 计算单位",
    ColumnRole.ASIDE: "序号 备注 联系电话 说明",
    ColumnRole.OPEN: "受理件数 地区 党员总数 户主姓名",
}


@pytest.mark.parametrize(("head", "role"), [(head, role) for role, heads in ROLES.items() for head in heads.split()])
def test_one_head(head, role):
    assert role_of([head]) == role


def test_a_group_that_ties_makes_a_relation_of_the_names_below_it():
    assert role_of(["村名", "结对情况"]) == ColumnRole.RELATION
    assert role_of(["村名", "基本情况"]) == ColumnRole.UNIT
    assert role_of(["甲", "村名"]) == ColumnRole.UNIT  # the letters count the columns
    assert role_of([]) == role_of([""]) == ColumnRole.OPEN


def test_the_word_for_a_unit_is_the_measure_beside_items_or_over_measures():
    assert is_measure_column(["单位"], ["元", "户"], [ColumnRole.OPEN])
    assert is_measure_column(["单位"], [], [ColumnRole.LINE])
    assert not is_measure_column(["单位"], ["甲村", "乙村"], [ColumnRole.OPEN])
    assert not is_measure_column(["单位"], [], [ColumnRole.OPEN])
    assert not is_measure_column(["单位名称"], ["元"], [ColumnRole.LINE])


def test_heads_that_name_units_in_one_table_and_lines_in_another():
    assert is_settled_by_texts(["名称"])
    assert not is_settled_by_texts(["村名"])
    assert not is_settled_by_texts([])
