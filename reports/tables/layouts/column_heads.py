"""Merged heads of two or three rows over the figures of a Grid: section, indicator, 其中 and items; and the row of numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from indicators.printed.looks import HEAD, NUMBERS
from indicators.values.unit_of_measure_words import is_measure
from reports.figures.output.grid import FigureColumn, timed
from spreadsheets.write.sheet import Block
from spreadsheets.write.text_metrics import line_count, row_height, text_width

_BRACKET = re.compile(r"[（(][^（）()]{1,8}[）)]")
_SURE = 0.95  # of the width of a line: some programs draw characters a little wider
STUB_LETTERS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Group:
    """An indicator with the items and parts that follow it."""

    columns: tuple[FigureColumn, ...]

    @property
    def leader(self) -> FigureColumn:
        return self.columns[0]


@dataclass(frozen=True)
class PrintedHeads:
    """The blocks of the merged heads and of the numbers under them, with the heights of their rows."""

    blocks: tuple[Block, ...]
    heights: dict[int, float]
    last_row: int


def groups(columns: Sequence[FigureColumn]) -> list[Group]:
    """Neighbouring columns under one head: items of one indicator, and 其中 after the indicator that they are part of."""
    found: list[list[FigureColumn]] = []
    for column in columns:
        if found and _belongs(column, found[-1]):
            found[-1].append(column)
        else:
            found.append([column])
    return [Group(tuple(group)) for group in found]


def _belongs(column: FigureColumn, group: list[FigureColumn]) -> bool:
    leader, before = group[0], group[-1]
    if (column.section, column.period, column.view) != (leader.section, leader.period, leader.view) or column.head:
        return False
    is_item = column.item is not None and column.indicator == before.indicator
    return is_item or (column.is_part and column.part_of in {member.indicator for member in group})


def heads(
    stub: Sequence[str], columns: Sequence[FigureColumn], widths: Sequence[float], first_row: int, breaks: Sequence[int] = ()
) -> PrintedHeads:
    """The heads over a stub and figure columns, from `first_row` on. `widths`: of all columns.

    A section that goes on behind a page break (`breaks`: last columns of pages) is named again there.
    """
    sections = _sections(groups(columns), len(stub) + 1, breaks)
    has_sections = any(name for name, _run in sections)
    has_members = any(len(group.columns) > 1 for _name, run in sections for group in run)
    row, name_row = first_row, first_row + has_sections
    last = name_row + has_members
    blocks = [Block(row, number, name, HEAD, rows=last - row + 1) for number, name in enumerate(stub, 1)]
    with_unit = len({column.unit for column in columns}) > 1
    at = len(stub) + 1
    for name, run in sections:
        count = sum(len(group.columns) for group in run)
        if has_sections and name:
            blocks.append(Block(row, at, name, HEAD, columns=count))
        for group in run:
            top = name_row if name else row
            blocks += _group_blocks(group, at, top, last, with_unit)
            at += len(group.columns)
    blocks = [replace(block, value=uncut(str(block.value), _room(block, widths))) for block in blocks]
    blocks += number_row(len(stub), len(columns), last + 1)
    return PrintedHeads(tuple(blocks), _heights(blocks, widths, row, last), last + 1)


def _sections(all_groups: Sequence[Group], first_column: int, breaks: Sequence[int]) -> list[tuple[str, list[Group]]]:
    """Runs of groups of one section on one page."""
    placed, at = [], first_column
    for group in all_groups:
        placed.append((group.leader.section, sum(at > last for last in breaks), group))
        at += len(group.columns)
    return [(name, [group for *_where, group in run]) for (name, _page), run in groupby(placed, lambda entry: entry[:2])]


def _group_blocks(group: Group, at: int, top: int, last: int, with_unit: bool) -> list[Block]:
    if len(group.columns) == 1:
        name = timed_name(group.leader)
        return [Block(top, at, label(group.leader, name, with_unit), HEAD, rows=last - top + 1)]
    blocks = [
        Block(top, at, timed(_base_name(group.leader), group.leader.time), HEAD, rows=last - top, columns=len(group.columns))
    ]
    blocks.append(Block(last, at, label(group.leader, _("Subtotal"), with_unit), HEAD))
    for number, column in enumerate(group.columns[1:], at + 1):
        blocks.append(Block(last, number, label(column, member_name(column), with_unit), HEAD))
    return blocks


def member_name(column: FigureColumn) -> str:
    """The name of an item; for a part 其中：…."""
    if column.item:
        return column.item
    return _("of which: %(name)s") % {"name": column.name} if column.is_part else column.name


def full_name(column: FigureColumn) -> str:
    """The name of a column without a group, a part marked as such; a layout's own head takes precedence."""
    if column.head:
        return column.head
    return member_name(column) if column.is_part and not column.item else column.name


def timed_name(column: FigureColumn) -> str:
    """The name with the time of the figures, unless the layout has its own words."""
    return column.head or timed(full_name(column), column.time)


def _base_name(column: FigureColumn) -> str:
    return column.name.removesuffix(f":{column.item}") if column.item else column.name


def label(column: FigureColumn, name: str, with_unit: bool) -> str:
    """A head with its unit of measure on a separate line."""
    return f"{name}\n（{column.unit}）" if with_unit and column.unit else name


def uncut(text: str, width: float) -> str:
    """A head with a line break before a bracketed unit that the line end would split: 报送率 and （%）, never （ and %）."""
    return "\n".join(_uncut_line(line, (width - 1) * _SURE) for line in text.split("\n"))


def _uncut_line(line: str, places: float) -> str:
    made, used, at = "", 0.0, 0
    for bracket in _BRACKET.finditer(line):
        if bracket.end() < len(line) or not all(map(is_measure, bracket[0][1:-1].split("/"))):
            continue  # a line break inside a name (村（社区）书记) would change the name for readers of the workbook
        before, needed = line[at : bracket.start()], text_width(bracket[0])
        for sign in before:
            used = used + text_width(sign) if used + text_width(sign) <= places else text_width(sign)
        is_cut = used > 0 and used + needed > places >= needed
        made += before + ("\n" if is_cut else "") + bracket[0]
        used, at = (needed if is_cut else used + needed), bracket.end()
    return made + line[at:]


def _room(block: Block, widths: Sequence[float]) -> float:
    return sum(widths[block.column - 1 : block.column - 1 + block.columns])


def number_row(stub: int, figures: int, row: int) -> list[Block]:
    """The row of numbers: 甲 乙 丙 under the stub, 1 2 3 under the figures."""
    letters = [Block(row, number, STUB_LETTERS[number - 1], NUMBERS) for number in range(1, stub + 1)]
    return letters + [Block(row, stub + number, number, NUMBERS) for number in range(1, figures + 1)]


def _heights(blocks: Sequence[Block], widths: Sequence[float], first: int, last: int) -> dict[int, float]:
    """The height of each row for its highest head; for a head over several rows the last row gets the missing height."""
    heights = dict.fromkeys(range(first, last + 1), row_height(1, HEAD.size))
    for block in sorted(blocks, key=lambda block: block.rows):
        end = block.row + block.rows - 1
        if end > last:
            continue
        needed = row_height(line_count(str(block.value), _room(block, widths), HEAD.size), HEAD.size)
        missing = needed - sum(heights[row] for row in range(block.row, end + 1))
        heights[end] += max(missing, 0)
    return {**heights, last + 1: 14.5}
