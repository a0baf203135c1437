"""The columns of a table, each with its head, its cell in every row and whether it identifies the row's unit."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indicators.layout import Line
from orgs.names.name_matching import Candidate
from submissions.imports.tables.match_targets import AskedTask
from tests.submissions.imports.tables.strangers import words
from tests.submissions.imports.tables.strangers.periods import periods_beside, with_period
from tests.submissions.imports.tables.strangers.rows import Row
from tests.submissions.imports.tables.strangers.slots import EMPTY, Figure, Slot
from tests.submissions.imports.tables.strangers.words import MARGIN
from tests.submissions.imports.tables.world import VILLAGES


class Part(StrEnum):
    """What a column is in its table."""

    OWN = "own"
    RELATION = "relation"
    QUALIFIED = "qualified"
    CODE = "code"
    LINE = "line"
    OTHER_PERIOD = "other period"
    NOISE = "noise"
    TEXT = "text"
    SERIAL = "serial"


@dataclass(frozen=True)
class Column:
    """`band`: what stands above the head, merged over all neighbours with the same band."""

    part: Part
    head: Slot
    cell: Callable[[Row, int], Slot]
    band: Slot = EMPTY


def own_column(head: str) -> Column:
    return Column(Part.OWN, Slot(head, means=""), lambda row, _at: row.head())


def names_column(
    part: Part, head: str, dice: random.Random, *, band: str = "", units: Sequence[Candidate] = VILLAGES
) -> Column:
    """Names of other units beside the row's own: partners, former names, superiors."""
    superior = "上级" in head or "所属" in head
    named: dict[int, Slot] = {}

    def cell(_row: Row, at: int) -> Slot:
        if at not in named:
            other = dice.choice(units)
            text = dice.choice(("青山镇党委", "青山镇")) if superior else dice.choice((other.name, other.short_name))
            named[at] = Slot(text if dice.random() < 0.9 else None, means="")
        return named[at]

    return Column(part, Slot(head, means=""), cell, Slot(band, means="") if band else EMPTY)


def code_column(head: str) -> Column:
    return Column(Part.CODE, Slot(head, means=""), lambda row, _at: Slot(row.code, means=row.means))


def relation_code_column(head: str, dice: random.Random) -> Column:
    codes = [dice.choice(VILLAGES).code for _ in range(40)]
    return Column(Part.RELATION, Slot(head, means=""), lambda _row, at: Slot(codes[at % 40], means=""))


def township_column(head: str) -> Column:
    return Column(Part.TEXT, Slot(head, means=""), lambda _row, _at: Slot("青山镇", means=""))


def line_column(each: Line, dice: random.Random, *, head: str | int | None = None, band: Slot = EMPTY, text=None) -> Column:
    """Figures of a line of ours; small numbers, zeros, numbers as texts, blanks, as they come."""
    name = text or words.line_text(each, dice)
    formatted = f'0"{each.unit}"' if dice.random() < 0.1 else ""

    def cell(row: Row, _at: int) -> Slot:
        value = None if row.is_blank else _value(each, dice)
        return EMPTY if value is None else Slot(value, row.figure(each.key), number_format=formatted)

    shown = Slot(name if head is None else head, means=f"line:{each.key}")
    return Column(Part.LINE, shown, cell, band)


def other_column(part: Part, head: str | int, why: str, dice: random.Random, *, band: Slot = EMPTY) -> Column:
    """Figures that no line of ours asks for, or of another period."""

    def cell(row: Row, _at: int) -> Slot:
        return EMPTY if row.is_blank or dice.random() < 0.1 else Slot(dice.randrange(300), Figure(why=why))

    return Column(part, Slot(head, means=""), cell, band)


def text_column(head: str, dice: random.Random) -> Column:
    """Remarks, persons and days; a remark may name a village, and a day is not the row's period."""

    def cell(_row: Row, _at: int) -> Slot:
        if "时间" in head:
            return Slot(dice.choice((None, "3月", "2026年6月", "2025年", "2024.5", "二季度")))
        remark = f"与{dice.choice(VILLAGES).short_name}结对"
        return Slot(
            dice.choice((None, "张三", "李四", "已核", remark, None, "建制村", "党支部", dice.choice(VILLAGES).short_name))
        )

    return Column(Part.TEXT, Slot(head), cell)


def serial_column(head: str, dice: random.Random) -> Column:
    """1, 2, 3; now and then numbers that look like codes."""
    way = dice.choice((*(int,) * 5, "{:03d}".format, lambda number: 2026000 + number, lambda number: f"{MARGIN}{number:03d}"))
    return Column(
        Part.SERIAL, Slot(head), lambda _row, at: Slot(way(at + 1), Figure(why="a serial number", is_mentioned=False))
    )


def columns_of_line(each: Line, task: AskedTask, dice: random.Random) -> list[Column]:
    """A line alone, with a period in its head, or with other periods beside it under one band."""
    way = dice.random()
    if way < 0.6:
        return [line_column(each, dice)]
    asked, others = periods_beside(task.period, dice, 2)
    if way < 0.8:
        heads = [(Part.LINE, asked), *((Part.OTHER_PERIOD, other) for other in others)]
        dice.shuffle(heads)
        band = Slot(words.line_text(each, dice), means=f"line:{each.key}")
        return [_of_period(part, each, head, dice, band) for part, head in heads]
    found = [line_column(each, dice, text=with_period(each.name, asked, dice))]
    found += [other_column(Part.OTHER_PERIOD, with_period(each.name, other, dice), "another period", dice) for other in others]
    dice.shuffle(found)
    return found


def _of_period(part: Part, each: Line, head: str | int, dice: random.Random, band: Slot) -> Column:
    if part == Part.LINE:
        return line_column(each, dice, head=head, band=band)
    return other_column(part, head, "another period", dice, band=band)


def _value(each: Line, dice: random.Random) -> object:
    number = dice.choice((0, 1, 2, 3, dice.randrange(20), dice.randrange(400), dice.randrange(3000)))
    return dice.choice((number,) * 9 + (f"{number}{each.unit}", f" {number} ", None))
