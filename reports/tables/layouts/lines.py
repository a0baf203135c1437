"""Rows of a table that has one row per indicator: sections, items and parts under their indicator."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, groupby

from indicators.printed.looks import CODE, NAME, SECTION, SHORT, figure
from reports.figures.output.grid import FigureColumn
from reports.tables.layouts.column_heads import full_name, groups, member_name
from spreadsheets.write.sheet import BodyRow, Look, Style, Value
from spreadsheets.write.text_metrics import line_count, row_height

_ROW_HEIGHT = 18.5
_SECTION_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十0-9]+[、.．)）]")  # a section with a number of its own


@dataclass(frozen=True)
class WideLine:
    """A text column beside the figures: its style and its width, because it wraps."""

    style: Style
    width: float


def line_looks(columns: Sequence[FigureColumn], values: Sequence[tuple[Value, ...]], wide: WideLine | None) -> dict[str, Look]:
    """A look for each pair of decimals and depth: another period's figure keeps the decimals with which it was printed then."""
    end = (wide.style,) if wide else ()
    width = 3 + (len(values[0]) if values else len(end))
    looks = {"section": Look((SECTION,) * width, 20, ((1, width),))}
    for column, row in zip(columns, values, strict=True):
        decimals = _decimals(column, row, wide)
        for depth in (0, 1):
            looks[_look(decimals, depth)] = Look(
                (CODE, replace(NAME, indent=depth * 2), SHORT, *map(figure, decimals), *end), _ROW_HEIGHT
            )
    return looks


def _look(decimals: Sequence[int], depth: int) -> str:
    return f"{','.join(map(str, decimals))}/{depth}"


def _decimals(column: FigureColumn, values: Sequence[Value], wide: WideLine | None) -> list[int]:
    """The decimals of the figures of a row, as printed; the indicator's own where there is no number."""
    figures = values[:-1] if wide else values
    return [_printed_decimals(value, column.decimals) for value in figures]


def _printed_decimals(value: Value, own: int) -> int:
    if isinstance(value, Decimal):
        return max(0, -value.as_tuple().exponent)
    return 0 if isinstance(value, int) else own


def line_rows(
    columns: Sequence[FigureColumn], values: Sequence[tuple[Value, ...]], name_width: float, wide: WideLine | None
) -> Iterator[BodyRow]:
    """A row per column of a Grid with its values; sections get a row of their own."""
    rest, numbers = iter(values), count()
    for section, run in groupby(groups(columns), lambda group: group.leader.section):
        if section:
            yield _section(section, "" if _NUMBERED.match(section) else _number(next(numbers)), len(values[0]))
        for group in run:
            for column in group.columns:
                yield _line(column, column is not group.leader, next(rest), name_width, wide)


def _section(name: str, number: str, figures: int) -> BodyRow:
    return BodyRow("section", (number + name, *(None,) * (2 + figures)))


def _number(number: int) -> str:
    return f"{_SECTION_NUMBERS[number]}、" if number < len(_SECTION_NUMBERS) else ""


def _line(
    column: FigureColumn, is_member: bool, values: tuple[Value, ...], name_width: float, wide: WideLine | None
) -> BodyRow:
    name = member_name(column) if is_member else full_name(column)
    lines = line_count(name, name_width - 3 * is_member, NAME.size)
    if wide and isinstance(values[-1], str):
        lines = max(lines, line_count(values[-1], wide.width, wide.style.size))
    height = row_height(lines, NAME.size) if lines > 1 else None
    code = None if column.item else column.indicator
    return BodyRow(_look(_decimals(column, values, wide), int(is_member)), (code, name, column.unit, *values), height)
