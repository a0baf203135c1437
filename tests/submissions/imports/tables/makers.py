"""Tables as different people make them, drawn by chance: which way they run, how they call things, what they add.

Every figure tells whose and what it is, so that a wrongly placed one shows itself.
"""

import random
from dataclasses import dataclass

from indicators.layout import Line
from orgs.names.name_matching import Candidate
from submissions.imports.tables.table_report import TableResult
from tests.submissions.imports.tables.world import catalogue, demonstration_layout, sheet_of

STEP, NOISE = 100, 900_000
_NOISE_HEADS = ("辖区面积", "户籍人口", "耕地", "上年同期党员总数", "志愿者数", "增幅%", "排名", "低保户数", "联系电话")
_UNIT_HEADS = ("单位", "村名", "党组织名称", "填报单位", "村（社区）", "单位名称")


@dataclass(frozen=True)
class Made:
    """The rows of a table, and what each of its figures is: figure -> (unit, key)."""

    sheets: tuple
    truth: dict[str, tuple[str, str]]
    name: str


def called(line: Line, dice: random.Random) -> str:
    """A head for an indicator as somebody writes it: always its own name, code or English name, dressed somehow."""
    unit = dice.choice((f"（{line.unit}）", f"({line.unit})", f"[{line.unit}]", "", "", ""))
    name = line.name.replace("“", "").replace("”", "") if dice.random() < 0.4 else line.name
    number = dice.choice(("", "", "", "1.", "（二）", "3、", "④", "5 "))
    english, dated = catalogue()[line.code]["name_en"], name if "本期" in name else f"本期{name}"
    return dice.choice(
        (f"{number}{name}{unit}", f"{number}{name}{unit}", f"{line.code} {name}", line.code, f"{name}：", f" {name} ",
         name[:3] + "\n" + name[3:], english, f"{name}（{line.code}）", dated)
    )  # fmt: skip


def cut_short(line: Line, dice: random.Random) -> str:
    """A head that is only similar: it may be proposed, never taken."""
    name = line.name.replace("“", "").replace("”", "")
    place = dice.randrange(len(name))
    return dice.choice(
        (name[: max(2, len(name) // 2)], name[:place] + name[place + 1 :], name.replace("数", "情况"), f"{name}合格率")
    )


def unit_called(unit: Candidate, dice: random.Random) -> str:
    plain = unit.short_name
    return dice.choice(
        (unit.name, plain, plain, f"{plain}党支部委员会", f"青山镇{plain}", f"云泽县青山镇{unit.name}", unit.code, f"{unit.code} {plain}",
         f"{plain}村委会".replace("村村", "村"), f"1、{plain}", f"中共{unit.name}", f" {plain[0]} {plain[1:]} ")
    )  # fmt: skip


def a_table(dice: random.Random, units: list[Candidate], lines: list[Line], *, is_cut: bool = False) -> Made:
    """Units × lines, either way round, with noise among both, totals, titles and notes."""
    truth, heads, rows = {}, [], []
    columns: list[Line | str] = [*lines, *dice.sample(_NOISE_HEADS, dice.randint(0, 3))]
    dice.shuffle(columns)
    call = cut_short if is_cut and dice.random() < 0.5 else called
    heads = [column if isinstance(column, str) else call(column, dice) for column in columns]
    for unit in units:
        figures = []
        for place, column in enumerate(columns):
            number = NOISE + place if isinstance(column, str) else figure_of(unit, column)
            measure = "个" if isinstance(column, str) else column.unit
            figures.append(number if dice.random() < 0.9 else dice.choice((None, f" {number} ", f"{number}{measure}")))
            if not isinstance(column, str) and figures[-1] is not None:
                truth[str(number)] = (unit.code, column.key)
        rows.append([unit_called(unit, dice), *figures])
    if dice.random() < 0.4:
        rows.insert(dice.randrange(len(rows) + 1), ["不知道的村", *(NOISE + 50 + place for place in range(len(columns)))])
    total = [
        "合　计",
        *(sum(row[place] for row in rows if isinstance(row[place], int)) for place in range(1, len(columns) + 1)),
    ]
    if dice.random() < 0.6:
        rows.insert(dice.choice((0, len(rows))), total)
    table = [[dice.choice(_UNIT_HEADS), *heads], *rows]
    if dice.random() < 0.5:
        table = [["序号" if number == 0 else number, *row] for number, row in enumerate(table)]
    if dice.random() < 0.5:
        width = len(table[0])
        table = [list(row) for row in zip(*(row + [None] * (width - len(row)) for row in table), strict=True)]
    titles = dice.choice(
        ([], [["青山镇2026年第三季度党建工作统计表"]], [["附件1"], ["党建情况统计表"], ["填报时间：2026年10月8日"]])
    )
    notes = dice.choice(([], [["填表人：张三", None, "审核人：李四"]], [[], ["注：本表于季后10日内报送"]]))
    return Made((sheet_of([*titles, *table, *notes]),), truth, "汇总表.xlsx")


def figure_of(unit: Candidate, line: Line) -> int:
    """Its own number for every unit and line: beyond 1,000, so that no serial number is one."""
    keys = [each.key for each in demonstration_layout().lines]
    return (int(unit.code[-3:]) + 10) * STEP + keys.index(line.key)


def wrong(table: TableResult, made: Made, *, sure_only: bool) -> list[str]:
    """The placed figures that are another unit's or another line's."""
    found = []
    for cell in table.cells:
        if sure_only and cell.org in table.waiting:
            continue
        number = "".join(sign for sign in cell.cell.text if sign.isdigit())
        if made.truth.get(number) != (cell.org, cell.key):
            found.append(f"{cell.address} {cell.cell.text} -> {cell.org} {cell.key}, is {made.truth.get(number)}")
    return found
