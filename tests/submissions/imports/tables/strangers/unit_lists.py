"""Tables of one unit with its lines below each other, and tables that give every unit a row for each period."""

import random
from dataclasses import replace

from indicators.layout import Line
from submissions.imports.tables.match_targets import AskedTask
from tests.submissions.imports.tables.strangers import columns as of
from tests.submissions.imports.tables.strangers import words
from tests.submissions.imports.tables.strangers.columns import Column, Part
from tests.submissions.imports.tables.strangers.heading import body_block, head_block
from tests.submissions.imports.tables.strangers.periods import WORDS, periods_beside
from tests.submissions.imports.tables.strangers.rows import Row
from tests.submissions.imports.tables.strangers.slots import EMPTY, Block, Figure, Slot, below, texts
from tests.submissions.imports.tables.strangers.tables import Table, finished, made
from tests.submissions.imports.tables.strangers.words import unit_text
from tests.submissions.imports.tables.world import VILLAGES

_NAME_HEADS = ("指标名称", "项目", "指标", "名称", "内容")
_MEASURE_HEADS = ("单位", "计量单位")
_PERIOD_HEADS = ("期别", "季度", "时间", "时期", "月份", "统计期", "填报期")


def a_list_of_lines(dice: random.Random) -> Table:
    """指标代码, 指标名称, 单位, 202606, 202609, 变化原因: of one unit that is named in a title, a label or the sheet's name."""
    task = words.village_task(dice.choice(tuple(WORDS)))
    unit = dice.choice(VILLAGES)
    lines = words.lines_by_chance(task, dice, 8)
    asked, others = periods_beside(task.period, dice, 3)
    heads = [asked, *others]
    dice.shuffle(heads)
    codes, measures, serial = (dice.random() < 0.5 for _ in range(3))
    left = [*(["序号"] if serial else []), *(["指标代码"] if codes else []), dice.choice(_NAME_HEADS)]
    left += [dice.choice(_MEASURE_HEADS)] if measures else []
    rows = [[Slot(head) for head in (*left, *heads, "变化原因")]]
    for number, each in enumerate(lines, start=1):
        names: list[object] = [*([number] if serial else []), *([each.code] if codes else []), each.name]
        names += [each.unit] if measures else []
        figures = [_figure(unit.code, each, head is asked, dice) for head in heads]
        slots = [_named(name, each) for name in names]
        rows.append([*slots, *figures, Slot(dice.choice((None, "新建", "迁入")))])
    return _of_unit(task, Block(rows), dice, unit)


def _named(name: object, each: Line) -> Slot:
    if isinstance(name, int):
        return Slot(name, Figure(why="a serial number", is_mentioned=False))
    return Slot(name, means=f"line:{each.key}")


def _figure(org: str, each: Line, is_asked: bool, dice: random.Random) -> Slot:
    if dice.random() < 0.1:
        return EMPTY
    value = dice.choice((0, 1, 2, dice.randrange(400)))
    return Slot(value, Figure(org, each.key) if is_asked else Figure(why="another period"))


def _of_unit(task: AskedTask, block: Block, dice: random.Random, unit) -> Table:
    way = dice.randrange(4)
    if way == 0:
        return made("list", task, below(texts((f"{unit.short_name}党组织情况表",)), block), is_settled=True)
    if way == 1:
        return made("list", task, below(texts((f"填报单位：{unit.name}",)), block), is_settled=True)
    if way == 2:
        return made("list", task, block, is_settled=True, title=unit.short_name)
    return made("list", task, below(texts(("党组织情况表",)), block), is_settled=True, name=f"青山镇{unit.short_name}报表.xlsx")


def periods_in_rows(dice: random.Random) -> Table:
    """村名, 期别, figures: every unit has a row for the asked period and rows for others."""
    task = words.village_task(dice.choice(tuple(WORDS)))
    asked, others = periods_beside(task.period, dice, 2)
    periods = [asked, *others]
    dice.shuffle(periods)
    rows, merged, way = [], [], dice.choice(("merged", "repeated", "once"))
    units = dice.sample(VILLAGES, dice.randint(1, 5))
    for number, unit in enumerate(units):
        text = unit_text(unit, dice)
        merged += [(2 + number * len(periods), 1, 1 + (number + 1) * len(periods), 1)] if way == "merged" else []
        for at, word in enumerate(periods):
            row = Row(text, unit, unit.code, is_clear=way != "once")
            rows.append(row if word is asked else replace(row, why="another period"))
            if at and way != "repeated":
                rows[-1] = replace(rows[-1], text="")
    period_column = Column(Part.TEXT, Slot(dice.choice(_PERIOD_HEADS)), lambda _row, at: Slot(periods[at % len(periods)]))
    lines = [of.line_column(each, dice) for each in words.lines_by_chance(task, dice, 4)]
    columns = [of.own_column(dice.choice(words.OWN)), period_column, *lines]
    block = below(head_block(columns, dice), body_block(columns, rows))
    block.merged.extend(merged)
    return finished("periods in rows", task, block, True, dice)
