"""Checks whether a 合计 counts exactly the units listed with it; otherwise the printed table would contradict itself."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.values.unit_of_measure_words import split_measure
from orgs.names.name_similarity import folded, without_numbering
from reports.external.geometry.roles import ColumnRole
from reports.external.names.reporters import Reporters
from reports.external.names.unit_names import UnitMeant, UnitNames
from reports.external.sheets.cell_texts import ROW, EmptyCell, SheetTexts

# 全县 and the county's own name mean the whole, whatever is listed.
_TOTAL = re.compile("(?:小计|合计|总计|共计|总和|汇总|计)数?")
_MOST_NAMES = 3


@dataclass(frozen=True)
class _Line:
    """One row or column of units. `unit`: None where it names no known unit."""

    unit: UnitMeant | None
    is_total: bool
    is_named: bool


class ListedTotals:
    """Checks the totals of one table. `unit_of`: finds the unit of a cell's heads, or a sentence."""

    def __init__(self, table: SheetTexts, axis: str, names: UnitNames, unit_of: Callable[[EmptyCell], UnitMeant | str]):
        self._axis = axis
        self._lines = {cell.line(axis): _line(cell, axis, unit_of(cell)) for cell in table.cells} if axis else {}
        others = table.lines.items() if axis == ROW else ()
        for number, text in others:  # rows that have figures already
            if number not in self._lines and (unit := names.unit(text) if text else None):
                self._lines[number] = _Line(unit, is_total_word(text), True)
        self._beside = [_Line(names.unit(text, near), is_total_word(text), True) for text, near in table.listed_beside]

    def doubt(self, cell: EmptyCell, code: str, reporters: Reporters) -> str:
        """Why a total may differ from that of the units listed with it; "" where they are all listed, and for any other cell."""
        line = self._lines.get(cell.line(self._axis)) if self._axis else None
        if line is None or not line.is_total or line.unit is None:
            return ""
        blocks = [block for block in self._blocks(cell.line(self._axis), line.unit.org) if any(one.is_named for one in block)]
        is_of_all = not any(one.is_total and one.unit is not None for one in self._beside)
        if is_of_all:  # one total for lists side by side
            blocks = [[*block, *self._beside] for block in blocks]
        missing = [reporters.left_out(code, _units(block, line.unit.org), line.unit.org) for block in blocks]
        if not missing or not all(missing):
            return ""
        left = min(missing, key=len)
        names = _(", ").join(node.label for node in left[:_MOST_NAMES])
        sentence = _("the units listed with the total are not all that give the figure; not listed: %(names)s (%(count)s)")
        return sentence % {"count": len(left), "names": names + (" …" if len(left) > _MOST_NAMES else "")}

    def _blocks(self, number: int, org: str) -> list[list[_Line]]:
        """The lines that a total is compared with: all of them.

        Where there are several totals of the same organization, those up to the next one on either side.
        """
        numbers = sorted(self._lines)
        same = [one for one in numbers if self._lines[one].is_total and _org(self._lines[one]) == org]
        if len(same) < 2:
            return [[self._lines[one] for one in numbers if one != number]]
        before = max((one for one in same if one < number), default=-1)
        after = min((one for one in same if one > number), default=numbers[-1] + 1)
        return [
            [self._lines[one] for one in numbers if before < one < number],
            [self._lines[one] for one in numbers if number < one < after],
        ]


def _units(lines: Iterable[_Line], org: str) -> list[UnitMeant]:
    """The units of the lines, except totals of the same organization, which list nobody."""
    return [one.unit for one in lines if one.unit is not None and not one.is_total and one.unit.org != org]


def _org(line: _Line) -> str | None:
    return line.unit.org if line.unit is not None else None


def _line(cell: EmptyCell, axis: str, unit: UnitMeant | str) -> _Line:
    heads = cell.texts[axis]
    own = (
        [one.text for one in heads if one.role in (ColumnRole.UNIT, ColumnRole.PLACE)]
        if axis == ROW
        else [one.text for one in heads]
    )
    if isinstance(unit, str):
        return _Line(None, False, bool(own) and axis == ROW)
    is_named = any(one.role == ColumnRole.UNIT and not is_total_word(one.text) for one in heads)
    texts: Sequence[str] = own if is_named else [one.text for one in heads]
    is_total = any(map(is_total_word, texts))
    return _Line(unit, is_total, not is_total)


def is_total_word(text: str) -> bool:
    """Whether the text is 合计 or 小计; 全县 is not."""
    return bool(_TOTAL.fullmatch(split_measure(without_numbering(folded(text)).strip(":"))[0]))
