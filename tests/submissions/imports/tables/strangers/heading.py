"""Puts columns together: heads in one row or two, merged or not, rows below them, and what people do to rows."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from tests.submissions.imports.tables.strangers.columns import Column, Part
from tests.submissions.imports.tables.strangers.rows import Row
from tests.submissions.imports.tables.strangers.slots import EMPTY, Block, Figure, Slot, below

_OF_FIGURES = (Part.LINE, Part.OTHER_PERIOD, Part.NOISE)


def head_block(columns: Sequence[Column], dice: random.Random) -> Block:
    """One row of heads; two where something stands above some of them."""
    if all(column.band is EMPTY for column in columns):
        return Block([[column.head for column in columns]])
    ways = ("merged down", "above") if _has_lone_band(columns) else ("merged down", "above", "below")
    way = dice.choice(ways)
    upper, lower, merged, at = [], [], [], 1
    for _band, run in groupby(columns, key=lambda column: id(column.band)):
        group = list(run)
        if group[0].band is EMPTY:
            for column in group:
                upper.append(EMPTY if way == "below" else column.head)
                lower.append(column.head if way == "below" else EMPTY)
                merged += [(1, at, 2, at)] if way == "merged down" else []
                at += 1
            continue
        upper += [group[0].band, *[EMPTY] * (len(group) - 1)]
        lower += [column.head for column in group]
        merged += [(1, at, 1, at + len(group) - 1)] if len(group) > 1 else []
        at += len(group)
    return Block([upper, lower], merged)


def _has_lone_band(columns: Sequence[Column]) -> bool:
    """A band over one column cannot be merged: with nothing beside it, it would seem to stand over all that follows."""
    groups = [list(run) for _band, run in groupby(columns, key=lambda column: id(column.band))]
    return any(len(group) == 1 and group[0].band is not EMPTY for group in groups)


def body_block(columns: Sequence[Column], rows: Sequence[Row]) -> Block:
    return Block([[column.cell(row, at) for column in columns] for at, row in enumerate(rows)])


def under_section(head: Block, columns: Sequence[Column], dice: random.Random) -> Block:
    """One more row above: a section over the columns of figures, the others merged down or left empty."""
    figures = [place for place, column in enumerate(columns) if column.part in _OF_FIGURES]
    first, last = figures[0], figures[-1]
    if any(column.part not in _OF_FIGURES for column in columns[first : last + 1]):
        return head
    row = [EMPTY] * len(columns)
    row[first] = Slot(dice.choice(("一、基本情况", "党建工作情况", "主要指标", "填报内容")))
    merged = [(1, first + 1, 1, last + 1)] if last > first else []
    return below(Block([row], merged), head)


def apart(body: Block, head: Block, dice: random.Random) -> Block:
    """An empty row between the rows, or the heads once more as after a page break."""
    if body.merged or head.merged or len(body.rows) < 3 or dice.random() > 0.1:
        return body
    at = dice.randrange(1, len(body.rows) - 1)
    between = head.rows if dice.random() < 0.5 else [[EMPTY] * body.width]
    return Block([*body.rows[:at], *between, *body.rows[at:]])


def counting_row(columns: Sequence[Column], dice: random.Random) -> list[Slot]:
    """甲, 乙, 1, 2 …: the columns numbered below their heads."""
    signs, number, found = iter("甲乙丙丁戊己庚辛壬癸子丑"), 0, []
    way = dice.choice((str, int, "({})".format))
    for column in columns:
        if column.part in _OF_FIGURES:
            number += 1
            found.append(Slot(way(number), Figure(why="a column's number", is_mentioned=False)))
        else:
            found.append(Slot(next(signs, "子")))
    return found


def hide_under_merge(body: Block, columns: Sequence[Column], rows: Sequence[Row], dice: random.Random) -> None:
    """Two cells of a line merged with a value left under the merge: nobody sees it in the spreadsheet."""
    at = dice.randrange(len(rows) - 1)
    places = [place for place, column in enumerate(columns) if column.part == Part.LINE]
    column = dice.choice(places)
    shown = body.rows[at][column]
    if shown.value is None or rows[at].unit is None or rows[at + 1].unit is None:
        return
    figure = replace(shown.figure, is_clear=False, is_doubtful=True)
    body.rows[at][column] = Slot(shown.value, figure)
    hidden = Figure(why="hidden under a merged cell", is_remarked=True)
    body.rows[at + 1][column] = Slot(dice.randrange(1, 90), hidden)
    body.merged.append((at + 1, column + 1, at + 2, column + 1))


def merge_equal(body: Block, place: int) -> None:
    """The cells of one column that all say the same become one."""
    if len(body.rows) > 1 and not body.merged:
        for row in body.rows[1:]:
            row[place] = EMPTY
        body.merged.append((1, place + 1, len(body.rows), place + 1))


def total_row(body: Block, columns: Sequence[Column], label: str, dice: random.Random) -> list[Slot]:
    """The sums of the rows, one of them wrong now and then; labelled where the names stand or at the very left."""
    own = next((place for place, column in enumerate(columns) if column.part == Part.OWN), 0)
    labelled = own if dice.random() < 0.75 else 0
    wrong = dice.randrange(len(columns)) if dice.random() < 0.4 else -1
    return [
        Slot(label) if place == labelled else _sum(body, place, column.part, is_wrong=place == wrong)
        for place, column in enumerate(columns)
    ]


def _sum(body: Block, place: int, part: Part, *, is_wrong: bool) -> Slot:
    if part not in (Part.LINE, Part.NOISE):
        return EMPTY
    slots = [row[place] for row in body.rows]
    values = [slot.value for slot in slots if isinstance(slot.value, int)]
    is_plain = part == Part.LINE and len(values) > 1 and all(_is_plain(slot) for slot in slots)
    value = sum(values) + (7 if is_wrong else 0)
    return Slot(value, Figure(why="a total", is_mentioned=part == Part.NOISE, is_remarked=is_wrong if is_plain else None))


def _is_plain(slot: Slot) -> bool:
    """A whole number in a row that is surely a unit's."""
    return isinstance(slot.value, int) and slot.figure is not None and bool(slot.figure.org) and slot.figure.is_clear
