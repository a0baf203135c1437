"""What people write: heads of units, of relations, of codes; names of a village; lines and periods. Plain lists, no rules."""

import random

from indicators.layout import Line
from indicators.periods import read_period
from orgs.names.name_matching import Candidate
from submissions.imports.tables.match_targets import AskedTask
from tests.factories.indicators import layout, line
from tests.submissions.imports.tables.world import VILLAGES, demonstration_task

OWN = (
    "村名", "单位名称", "填报单位", "党组织名称", "支部", "村（社区）", "名称", "单位", "村", "党支部名称", "支部名称", "现村名",
    "填报单位名称", "行政村", "村(社区)名称", "党组织", "基层党组织名称", "村 名", "村\n名", "单位（村）", "村名称",
    "填报村", "村级党组织", "建制村", "本单位名称", "党支部（党总支）名称", "村/社区", "村名：", "各村名称",
)  # fmt: skip
RELATIONS = (
    "结对村", "结对帮扶村", "帮扶单位", "帮扶村", "原村名", "曾用名", "对口村", "对口支援单位", "联系村", "联系单位", "包保单位",
    "包保村", "挂点村", "挂点单位", "上级党组织", "结对单位名称", "结对共建党支部", "原单位名称", "曾用村名", "对口帮扶村名称",
    "结对村名", "结对支部", "联系点", "原支部", "包联单位", "帮扶单位名称", "结对共建单位", "挂点支部名称", "原名称", "结对村（社区）",
    "原村（社区）名称", "上级党组织名称", "所属党组织", "上级单位",
)  # fmt: skip
QUALIFIED = (
    "帮带村",
    "示范村",
    "挂钩村",
    "牵头村",
    "先进村",
    "友好村",
    "邻村",
    "协作村",
    "试点村",
    "党建示范点",
    "片区中心村",
    "帮带支部",
)
UNCLEAR = ("帮带村", "示范村", "挂钩村", "先进村", "试点村", "片区中心村")  # an own column under a head that settles nothing
CODES = ("代码", "组织代码", "单位代码", "党组织代码", "编码", "村代码", "机构编码", "组织机构代码")
RELATION_CODES = ("结对村代码", "上级党组织代码", "帮扶单位编码", "原代码", "对口村编码")
TOWNSHIPS = ("乡镇", "镇", "镇（街道）", "所属乡镇", "乡镇（街道）", "所在乡镇", "乡镇名称", "所属镇", "街道/乡镇")
NOISE = (
    "辖区面积", "户籍人口", "耕地", "志愿者数", "增幅%", "排名", "低保户数", "村民小组数", "五保户", "集体资产（元）", "得分",
    "驻村天数", "四议两公开次数", "完成率", "常住户数",
)  # fmt: skip
TEXTS = (
    "备注", "负责人", "书记姓名", "说明", "办公地点", "变化原因", "联系人",
    "单位负责人", "村书记姓名", "党支部书记", "结对时间", "结对形式",
    "单位性质", "党组织类型", "村类型", "联系人及电话", "隶属关系", "帮扶单位类型", "结对村属性", "换届时间",
)  # fmt: skip
SERIALS = ("序号", "序 号", "编号", "No.", "")
TOTALS = ("合计", "合　计", "小计", "总计", "全镇合计", "合计：", "总 计", "共计", "合计（个）")
UNKNOWN_UNITS = ("不知道的村", "大石桥村", "镇直机关", "卫生院", "外镇某村", "前进村", "三官庙村")
TITLES = (
    (), (("青山镇党建工作统计表",),), (("附件1",), ("2026年党建情况统计表",), ("填报时间：2026年10月8日",)),
    (("青山镇基层党建情况一览表",), ("填报单位：青山镇党委", None, None, "单位：个、人")), (("附件2：",), (), ("各村基本情况表",)),
    (("中共青山镇委员会",), ("关于报送党建数据的统计表",)), (("填报单位（盖章）：青山镇", None, "联系电话：", 13800001111),),
)  # fmt: skip
NOTES = (
    (), ((), ("注：本表于季后10日内报送",)), (("填表人：张三", None, "审核人：李四"),), (("填表人：", "王五", "电话：", 13900002222),),
    ((), ("说明：1.本表由各村填报；",), ("2.结对村指与本村结对共建的村。",)), ((None, None, "2026年10月8日"),),
    (("分管领导签字：", None, "填报日期：", "2026-10-08"),), (("联系电话", 13700003333),),
)  # fmt: skip
SECOND_SHEETS = (
    (("填表说明",), ("1.受理件数：指本季度受理的件数，按件填报。",), ("2.联系电话：", 13900003333)),
    (("指标", "口径"), ("党员总数", "指本村全部党员"), ("支部数", "含联合党支部")),
    (("注：本表一式两份",), (2026, 10, 8)), (("村名单",), ("石桥村",), ("柳沟村",)),
)  # fmt: skip
LINES = (
    line("A-1", name="受理件数", unit="件"), line("A-2", name="支部数", unit="个"), line("A-3", name="全村人口", unit="人"),
    line("A-4", name="申请入党人数", unit="人"), line("A-5", name="党建活动专项经费", unit="万元", decimals=1),
    line("A-6", name="单位自筹资金", unit="万元", decimals=1), line("A-7", name="结对帮扶户数", unit="户"),
    line("A-8", name="帮扶单位个数", unit="个"), line("A-9", name="联系群众户数", unit="户"),
    line("A-10", name="上级补助资金", unit="万元", decimals=1), line("A-11", name="所属党小组数", unit="个"),
    line("A-12", name="示范户数", unit="户"), line("A-13", name="村干部人数", unit="人"),
)  # fmt: skip
MARGIN = "990199199"  # where codes of no unit of ours begin


def village_task(period: str = "2026Q3") -> AskedTask:
    """A form whose lines speak of pairs, helpers and superiors themselves."""
    return AskedTask(1, "村季01表", "村级组织情况季报", read_period(period), layout(*LINES))


def task_by_chance(dice: random.Random) -> AskedTask:
    if dice.random() < 0.4:
        return demonstration_task()
    return village_task(dice.choice(("2026Q3", "2026Q3", "2026Q3", "2026-09", "2026", "2026H2")))


def lines_by_chance(task: AskedTask, dice: random.Random, most: int = 6) -> list[Line]:
    typed = [each for each in task.layout.typed if not each.item]
    return dice.sample(typed, dice.randint(1, min(most, len(typed))))


def unit_text(unit: Candidate, dice: random.Random) -> str:
    """A name that the unit bears, in any of the ways that need no asking."""
    plain = unit.short_name
    committee = "总支部委员会" if unit.name.endswith("党总支") else "支部委员会"
    return dice.choice(
        (unit.name, plain, plain, plain, f"中共青山镇{plain}{committee}", f"中共{plain}{committee}", f"中共{plain}党{committee}",
         f"青山镇{plain}", f"青山镇{unit.name}", f"云泽县青山镇{unit.name}", f"{plain}党支部委员会", f"{plain}支部", f" {plain} ",
         f"{plain[0]} {plain[1:]}", f"1.{plain}", f"（二）{plain}", f"{plain}委员会", f"{plain}：", f"{unit.code} {plain}",
         f"中国共产党青山镇{plain}{committee}")
    )  # fmt: skip


def misspelt(unit: Candidate, dice: random.Random) -> str:
    """One character changed, lost or doubled, such that it is no other unit's name."""
    plain = unit.short_name
    at = dice.randrange(len(plain))
    text = dice.choice((plain[:at] + dice.choice("挢沟弯坝甲") + plain[at + 1 :], plain[:at] + plain[at + 1 :], plain + "组"))
    return unit.short_name[:-1] if any(text in other.short_name or text in other.name for other in VILLAGES) else text


def line_text(each: Line, dice: random.Random) -> str:
    """A head that names the line surely."""
    unit = dice.choice((f"（{each.unit}）", f"({each.unit})", "", "", ""))
    number = dice.choice(("", "", "", "1.", "（二）", "3、"))
    broken = each.name[:2] + "\n" + each.name[2:]
    return dice.choice((f"{number}{each.name}{unit}", f"{each.name}{unit}", each.name, broken, f"{each.code} {each.name}"))
