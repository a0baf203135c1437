"""Tables as strangers send them, drawn by chance, with what each of their cells is."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spreadsheets.read.workbook import ReadSheet
from submissions.imports.tables.match_targets import AskedTask
from tests.submissions.imports.tables.strangers import columns as of
from tests.submissions.imports.tables.strangers import heading, words
from tests.submissions.imports.tables.strangers.columns import Column, Part
from tests.submissions.imports.tables.strangers.rows import DISAGREEMENT, Row, rows_by_chance
from tests.submissions.imports.tables.strangers.slots import Block, Slot, across, below, beside, sheet_from, texts
from tests.submissions.imports.tables.world import TWINS, VILLAGES


@dataclass(frozen=True)
class Table:
    """A drawn table. `slots`: address -> what stands there. `own`: addresses of the heads of the rows' own units.

    `is_settled`: its heads say whose the rows are, so nothing may be asked about that; None: it may be asked or not.
    """

    kind: str
    task: AskedTask
    sheets: tuple[ReadSheet, ...]
    slots: dict[str, Slot]
    own: frozenset[str]
    is_settled: bool | None
    name: str = "报送.xlsx"


@dataclass(frozen=True)
class Plan:
    """The columns of one table and whether its heads settle whose the rows are."""

    columns: tuple[Column, ...]
    is_settled: bool | None

    @property
    def has_codes(self) -> bool:
        return any(column.part == Part.CODE for column in self.columns)

    def place_of(self, heads: Sequence[str]) -> int | None:
        return next((place for place, column in enumerate(self.columns) if column.head.value in heads), None)


def a_plan(task: AskedTask, dice: random.Random, *, most: int = 6) -> Plan:
    """Who the row is, with what stands beside that, and lines among noise."""
    unit, is_settled = unit_columns(dice)
    figures = [each for line in words.lines_by_chance(task, dice, most) for each in of.columns_of_line(line, task, dice)]
    figures = _with_noise(figures, dice)
    late = [column for column in unit if column.part in (Part.RELATION, Part.QUALIFIED) and dice.random() < 0.5]
    early = [column for column in unit if not any(column is other for other in late)]
    found = [*early, *figures, *late]
    if dice.random() < 0.4:
        found.append(of.text_column(dice.choice(words.TEXTS), dice))
    if dice.random() < 0.5:
        found.insert(0, of.serial_column(dice.choice(words.SERIALS), dice))
    return Plan(tuple(found), is_settled)


def unit_columns(dice: random.Random) -> tuple[list[Column], bool | None]:
    """Own names, with relations, codes and townships beside; now and then under a head that settles nothing."""
    others = [of.names_column(Part.RELATION, head, dice) for head in dice.sample(words.RELATIONS, dice.choice((0, 0, 1, 1, 2)))]
    if dice.random() < 0.1:
        others = _banded(dice)
    qualified = [of.names_column(Part.QUALIFIED, dice.choice(words.QUALIFIED), dice)] if dice.random() < 0.2 else []
    head = dice.choice(words.OWN)
    is_settled: bool | None = True
    if dice.random() < 0.08:
        head, is_settled = "", None
    elif dice.random() < 0.08:
        taken = {column.head.value for column in qualified}
        head, is_settled = dice.choice([word for word in words.UNCLEAR if word not in taken]), False
    found = [of.own_column(head), *others, *qualified]
    if dice.random() < 0.6:
        dice.shuffle(found)
    if dice.random() < 0.2:
        found.insert(dice.randrange(len(found) + 1), of.code_column(dice.choice(words.CODES)))
        if dice.random() < 0.3 and others:
            found.append(of.relation_code_column(dice.choice(words.RELATION_CODES), dice))
    if dice.random() < 0.2:
        found.insert(0, of.township_column(dice.choice(words.TOWNSHIPS)))
    return found, is_settled


def _banded(dice: random.Random) -> list[Column]:
    """结对情况 over 村名: the band says that it is a relation, the head alone would not."""
    band = Slot(dice.choice(("结对情况", "结对帮扶", "对口支援情况", "帮扶情况", "原建制")), means="")
    head = dice.choice(("村名", "单位名称", "党组织名称", "名称"))
    return [replace(of.names_column(Part.RELATION, head, dice), band=band)]


def _with_noise(figures: list[Column], dice: random.Random) -> list[Column]:
    """Between the lines, but never inside a band."""
    noise = [
        of.other_column(Part.NOISE, head, "a head of no line", dice)
        for head in dice.sample(words.NOISE, dice.choice((0, 0, 1, 2)))
    ]
    for each in noise:
        places = [
            at
            for at in range(len(figures) + 1)
            if at in (0, len(figures)) or figures[at].band.value is None or figures[at].band is not figures[at - 1].band
        ]
        figures.insert(dice.choice(places), each)
    return figures


def grid_of(plan: Plan, rows: Sequence[Row], dice: random.Random, *, may_merge: bool = True, is_upright: bool = True) -> Block:
    """Heads, rows and what people add to them."""
    columns = plan.columns
    head, body = heading.head_block(columns, dice), heading.body_block(columns, rows)
    place = plan.place_of(words.TOWNSHIPS)
    if place is not None and may_merge and dice.random() < 0.5:
        heading.merge_equal(body, place)
    elif may_merge and len(rows) > 1 and dice.random() < 0.08:
        heading.hide_under_merge(body, columns, rows, dice)
    if may_merge and dice.random() < 0.45:
        total = Block([heading.total_row(body, columns, dice.choice(words.TOTALS), dice)])
        body = below(total, body) if dice.random() < 0.25 else below(body, total)
    body = heading.apart(body, head, dice) if may_merge and is_upright else body
    if dice.random() < 0.08:
        head = heading.under_section(head, columns, dice)
    if may_merge and is_upright and dice.random() < 0.06:
        head = below(head, Block([heading.counting_row(columns, dice)]))
    return below(head, body)


def rows_of(plan: Plan, dice: random.Random, most: int = 8) -> list[Row]:
    rows = rows_by_chance(dice, most, has_codes=plan.has_codes)
    if plan.place_of(words.TOWNSHIPS) is not None and dice.random() < 0.3:
        rows.append(Row("新村", TWINS[0], TWINS[0].code))
    if plan.is_settled:
        return rows
    rows = [row for row in rows if row.why != DISAGREEMENT] or rows[:1]  # an unclear name need not be held against the code
    is_settled = plan.has_codes or plan.is_settled is None
    return [replace(row, is_clear=False, is_settled=is_settled) for row in rows]


def a_list_of_units(dice: random.Random) -> Table:
    """Units in rows, or turned."""
    task = words.task_by_chance(dice)
    plan = a_plan(task, dice)
    is_turned = dice.random() < 0.25
    block = grid_of(plan, rows_of(plan, dice), dice, is_upright=not is_turned)
    return finished("turned" if is_turned else "rows", task, across(block) if is_turned else block, plan.is_settled, dice)


def two_lists_beside(dice: random.Random) -> Table:
    """The same heads twice, side by side, the right one often without figures."""
    task = words.task_by_chance(dice)
    plan = a_plan(task, dice, most=3)
    rows = rows_of(plan, dice, 10)
    half = (len(rows) + 1) // 2
    is_blank = dice.random() < 0.5
    right = [replace(row, is_blank=is_blank or row.is_blank) for row in rows[half:]]
    seed = dice.random()
    left = grid_of(plan, rows[:half], random.Random(seed), may_merge=False)
    block = beside(left, grid_of(plan, right, random.Random(seed), may_merge=False), gap=dice.randrange(2)) if right else left
    return finished("beside", task, block, plan.is_settled, dice)


def lists_beside(dice: random.Random) -> Table:
    """Two or three lists side by side, each of other units with other lines under heads of its own."""
    task = words.task_by_chance(dice)
    lines = words.lines_by_chance(task, dice, 6)
    units = dice.sample(VILLAGES, len(VILLAGES))
    count = min(dice.choice((2, 2, 3)), len(lines))
    head, gap = dice.choice(words.OWN), dice.randrange(2)
    block: Block | None = None
    for place in range(count):
        rows = [Row(words.unit_text(unit, dice), unit, unit.code) for unit in units[place * 6 : place * 6 + dice.randint(2, 6)]]
        columns = (of.own_column(head), *(of.line_column(each, dice) for each in lines[place::count]))
        part = below(heading.head_block(columns, dice), heading.body_block(columns, rows))
        block = part if block is None else beside(block, part, gap)
    return finished("lists beside", task, block, None if count > 1 else True, dice)


def two_lists_below(dice: random.Random) -> Table:
    """Two tables below each other on one sheet, each with heads of its own."""
    task = words.task_by_chance(dice)
    lines = words.lines_by_chance(task, dice, 4)
    blocks: list[Block] = []
    settled: bool | None = True
    for some in (lines[: len(lines) // 2], lines[len(lines) // 2 :]):
        if some:
            unit, is_settled = unit_columns(dice)
            plan = Plan((*unit, *(of.line_column(each, dice) for each in some)), is_settled)
            blocks.append(grid_of(plan, rows_of(plan, dice, 5), dice))
            settled = is_settled if settled else settled
    block = blocks[0] if len(blocks) == 1 else below(blocks[0], blocks[1], gap=1)
    return finished("below", task, block, settled, dice)


def finished(kind: str, task: AskedTask, block: Block, is_settled: bool | None, dice: random.Random) -> Table:
    """With a title block and notes, as a sheet."""
    block = below(texts(*dice.choice(words.TITLES)), block)
    block = below(block, texts(*dice.choice(words.NOTES)))
    table = made(kind, task, block, is_settled)
    if dice.random() < 0.1:
        return replace(table, sheets=(*table.sheets, sheet_from(texts(*dice.choice(words.SECOND_SHEETS)), "填表说明")))
    return table


def made(
    kind: str, task: AskedTask, block: Block, is_settled: bool, *, title: str = "Sheet1", name: str = "报送.xlsx"
) -> Table:
    sheet = sheet_from(block, title)
    slots = {
        sheet.address(row, column): slot
        for row, cells in enumerate(block.rows, start=1)
        for column, slot in enumerate(cells, start=1)
    }
    own = frozenset(address for address, slot in slots.items() if slot.is_own)
    return Table(kind, task, (sheet,), slots, own, is_settled, name)
