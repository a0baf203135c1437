"""Rows of a table that has one row per indicator: sections, items and parts under their indicator. Knows no Grid's sums."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from indicators.printed.looks import CODE, NAME, SECTION, SHORT, figure
from reports.figures.output.grid import FigureColumn
from reports.tables.layouts.column_heads import full_name, groups, member_name
from spreadsheets.write.sheet import BodyRow, Look, Style, Value
from spreadsheets.write.text_metrics import line_count, row_height

_ROW_HEIGHT = 18.5
_SECTION_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十0-9]+[、.．)）]")  # a section that brings its own number


@dataclass(frozen=True)
class WideLine:
    """A text column beside the figures: its style and its width, because it wraps."""

    style: Style
    width: float


def line_looks(columns: Sequence[FigureColumn], figures: Sequence[int | None], wide: WideLine | None) -> dict[str, Look]:
    """A look per number of decimals and depth. `figures`: decimals of a figure column, or None for the indicator's own."""
    end = (wide.style,) if wide else ()
    width = 3 + len(figures) + len(end)
    looks = {"section": Look((SECTION,) * width, 20, ((1, width),))}
    for decimals in {column.decimals for column in columns}:
        styles = tuple(figure(decimals if own is None else own) for own in figures)
        for depth in (0, 1):
            looks[f"{decimals}/{depth}"] = Look((CODE, replace(NAME, indent=depth * 2), SHORT, *styles, *end), _ROW_HEIGHT)
    return looks


def line_rows(
    columns: Sequence[FigureColumn], values: Sequence[tuple[Value, ...]], name_width: float, wide: WideLine | None
) -> Iterator[BodyRow]:
    """A row per column of a Grid with its values, under a row per section."""
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
    return BodyRow(f"{column.decimals}/{int(is_member)}", (code, name, column.unit, *values), height)
