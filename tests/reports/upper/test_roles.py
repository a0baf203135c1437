"""What a column of texts holds, by the heads over it."""

import pytest

from reports.upper.roles import Role, is_measure_column, is_settled_by_texts, role_of

ROLES = {
    Role.UNIT: "村名 单位名称 填报单位 党组织名称 村（社区） 名称 现村名 单位",
    Role.PLACE: "乡镇 镇名称 街道 所属镇",
    Role.SUPERIOR: "上级党组织 所属党委 主管单位",
    Role.CODE: "代码 村编码 指标代码 单位代码",
    Role.RELATION: "结对村 帮扶单位 原村名 曾用名 挂点单位 帮带村 责任单位",
    Role.UNCLEAR: "示范村 先进单位",
    Role.LINE: "项目 指标 指标名称 统计项目 类别 主要指标",
    Role.MEASURE: "计量单位 计算单位",
    Role.ASIDE: "序号 备注 联系电话 说明",
    Role.OPEN: "受理件数 地区 党员总数 户主姓名",
}


@pytest.mark.parametrize(("head", "role"), [(head, role) for role, heads in ROLES.items() for head in heads.split()])
def test_one_head(head, role):
    assert role_of([head]) == role


def test_a_group_that_ties_makes_a_relation_of_the_names_below_it():
    assert role_of(["村名", "结对情况"]) == Role.RELATION
    assert role_of(["村名", "基本情况"]) == Role.UNIT
    assert role_of(["甲", "村名"]) == Role.UNIT  # the letters count the columns
    assert role_of([]) == role_of([""]) == Role.OPEN


def test_the_word_for_a_unit_is_the_measure_beside_items_or_over_measures():
    assert is_measure_column(["单位"], ["元", "户"], [Role.OPEN])
    assert is_measure_column(["单位"], [], [Role.LINE])
    assert not is_measure_column(["单位"], ["甲村", "乙村"], [Role.OPEN])
    assert not is_measure_column(["单位"], [], [Role.OPEN])
    assert not is_measure_column(["单位名称"], ["元"], [Role.LINE])


def test_heads_that_name_units_in_one_table_and_lines_in_another():
    assert is_settled_by_texts(["名称"])
    assert not is_settled_by_texts(["村名"])
    assert not is_settled_by_texts([])
