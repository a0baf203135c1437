"""What heads of columns say about organizations, by the words that offices use."""

import pytest

from orgs.names.unit_heads import UnitHead, is_tie, unit_head

HEADS = {
    UnitHead.OWN: "村名 单位名称 填报单位 党组织名称 支部 村（社区） "
    "名称 村（社区）名称 村/社区 行政村 党支部名称（全称） 单位（盖章） 村居 "
    "各村 现村名 合并后村名 "
    "单位 基层党组织名称 村别 所辖村 下属单位 联合党支部 报送单位： 党（总）支部名称 村(居)民委员会 嘎查村 "
    "村屯 两新组织名称 （一）单位名称 企业名称 村级党组织",
    UnitHead.CODE: "单位代码 代码 村编码 组织机构代码 统一社会信用代码 单位编号 行政区划代码",
    UnitHead.ABOVE: "镇 乡镇 街道 乡镇（街道） 所属镇 所在乡镇 镇名称 县（区） 乡镇街道名称",
    UnitHead.SUPERIOR: "上级党组织 所属党委 上级单位 所属党组织 主管单位",
    UnitHead.RELATION: "结对村 帮扶单位 帮扶单位名称 原村名 曾用名 村名（原） 原名 对口单位 联系村 包保单位 "
    "挂点单位 帮带村 挂钩村 "
    "结对村代码 责任单位 驻村单位 "
    "户籍所在村 邻村 后盾单位 合并前村名 共建单位 帮扶村1 结对村2 联系点 援建单位 双联单位 流入村 派驻单位",
    UnitHead.UNCLEAR: "示范村 试点社区 参加企业 先进单位",
    UnitHead.NONE: "编号 是否合并村 村书记姓名 来源 受理件数 党员总数 支部数 序号 指标名称 指标代码 项目名称 计量单位 备注 "
    "负责人 姓名 联系电话 村党支部书记 结对户数 帮扶人数",
}


@pytest.mark.parametrize(("head", "kind"), [(head, kind) for kind, heads in HEADS.items() for head in heads.split()])
def test_one_head(head, kind):
    assert unit_head(head) == kind


@pytest.mark.parametrize(
    ("group", "ties"), [("结对帮扶情况", True), ("基本情况", False), ("撤并前", True), ("党员情况", False)]
)
def test_a_group_of_heads_that_ties(group, ties):
    assert is_tie(group) == ties
