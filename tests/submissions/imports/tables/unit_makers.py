"""Tables of one unit each as different people make them, drawn by chance: lists, lists side by side, sheets, items, long lists."""

import random

from indicators.layout import Line
from orgs.names.name_matching import Candidate
from tests.submissions.imports.tables.makers import NOISE, Made, called, figure_of, unit_called
from tests.submissions.imports.tables.world import demonstration_layout, sheet_of

_NOW = ("本期", "本期数", "本季度", "数量", "填报数", "2026年三季度", "三季度", "完成数", "本期（人、个）")
_OTHERS = ("上年同期", "上期", "二季度", "2025年三季度", "本年累计", "1-9月", "增减", "同比", "2025年")
_LATER = ("备注", "责任单位", "说明")


def a_list(dice: random.Random, unit: Candidate, lines: list[Line]) -> Made:
    """Indicators below each other with a column of figures, of others beside it, the unit named somewhere."""
    truth, rows = {}, []
    heads = [("名称", "指标名称", "项目", "指标")[dice.randrange(4)]]
    has_code, has_measure, has_serial = (dice.random() < 0.4 for _ in range(3))
    others = dice.sample(_OTHERS, dice.randint(0, 2))
    later = dice.sample(_LATER, dice.randint(0, 1))
    heads = [*(["序号"] if has_serial else []), *heads, *(["代码"] if has_code else []), *(["计量单位"] if has_measure else [])]
    values = [dice.choice(_NOW), *others]
    dice.shuffle(values)
    for number, line in enumerate(lines, start=1):
        figure = figure_of(unit, line)
        truth[str(figure)] = (unit.code, line.key)
        beside = [figure if head in _NOW else NOISE + number for head in values]
        name = line.name if has_code else called(line, dice)
        rows.append(
            [*([number] if has_serial else []), name, *([line.code] if has_code else []), *([line.unit] if has_measure else []),
             *beside, *("某科室" for _ in later)]
        )  # fmt: skip
    return _named([[*heads, *values, *later], *rows], unit, dice, truth)


def two_lists(dice: random.Random, unit: Candidate, lines: list[Line]) -> Made:
    """The list broken in two, side by side, as it fits a page."""
    truth = {str(figure_of(unit, line)): (unit.code, line.key) for line in lines}
    half = (len(lines) + 1) // 2
    pairs = [[called(line, dice), figure_of(unit, line)] for line in lines]
    pairs += [[None, None]] * (2 * half - len(pairs))
    rows = [left + right for left, right in zip(pairs[:half], pairs[half:], strict=True)]
    heads = dice.choice(([["指标", "数量", "指标", "数量"]], []))
    return _named([*heads, *rows], unit, dice, truth)


def one_row(dice: random.Random, unit: Candidate, lines: list[Line]) -> Made:
    """Heads beside each other and one row of figures, with last year's below it or not."""
    truth = {str(figure_of(unit, line)): (unit.code, line.key) for line in lines}
    heads = [called(line, dice) for line in lines]
    rows = [heads, [figure_of(unit, line) for line in lines]]
    if dice.random() < 0.5:
        rows = [["项目", *heads], ["本期", *rows[1]], ["上年同期", *(NOISE + place for place in range(len(lines)))]]
    return _named(rows, unit, dice, truth)


def with_items(dice: random.Random, units: list[Candidate]) -> Made:
    """党员总数 over 合计, 正式, 预备 in merged heads, with another group beside it."""
    shape = demonstration_layout().by_key
    whole, regular, probationary, resident = (shape[key] for key in ("PM-001", "PM-001:正式", "PM-001:预备", "PM-002"))
    truth = {}
    top = [None, "党员总数", None, None, "在村党员数", "志愿者", None]
    below = [dice.choice(("单位", "村")), dice.choice(("合计", "小计", "总数")), "正式", "其中：预备", None, "男", "女"]
    rows = []
    for unit in units:
        for line in (whole, regular, probationary, resident):
            truth[str(figure_of(unit, line))] = (unit.code, line.key)
        rows.append(
            [
                unit_called(unit, dice),
                *(figure_of(unit, line) for line in (whole, regular, probationary, resident)),
                NOISE,
                NOISE + 1,
            ]
        )
    merged = [(1, 2, 1, 4), (1, 5, 2, 5), (1, 6, 1, 7)] if dice.random() < 0.7 else []
    if not merged:
        top[4], below[4] = None, "在村党员数"
    return Made((sheet_of([top, below, *rows], merged=merged),), truth, "党员.xlsx")


def long_list(dice: random.Random, units: list[Candidate], lines: list[Line]) -> Made:
    """One row per figure: unit, indicator, figure."""
    truth, rows = {}, []
    for unit in units:
        for line in lines:
            truth[str(figure_of(unit, line))] = (unit.code, line.key)
            rows.append([unit_called(unit, dice), called(line, dice), figure_of(unit, line)])
    dice.shuffle(rows)
    return Made((sheet_of([["单位", "指标", "数值"], *rows]),), truth, "明细.xlsx")


def _named(rows: list[list], unit: Candidate, dice: random.Random, truth: dict) -> Made:
    """The unit in the file's name, the sheet's title, a title row, a labelled cell."""
    plain = unit.short_name
    way = dice.randrange(5)
    if way == 0:
        return Made((sheet_of([["党建工作情况统计表"], *rows]),), truth, f"青山镇{plain}2026年三季度报表.xlsx")
    if way == 1:
        return Made((sheet_of(rows, title=plain),), truth, "报表(1).xlsx")
    if way == 2:
        return Made((sheet_of([[f"青山镇{plain}党建工作季报"], ["2026年第三季度"], *rows]),), truth, "新建 XLSX 工作表.xlsx")
    if way == 3:
        return Made(
            (sheet_of([["统计表"], [f"填报单位（盖章）：{unit.name}", None, "填报日期：2026.10.9"], *rows]),), truth, "b.xlsx"
        )
    return Made((sheet_of([["统计表"], ["村名：", unit.name], *rows]),), truth, "c.xlsx")
