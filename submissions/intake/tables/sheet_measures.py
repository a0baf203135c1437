"""The units of measure that a sheet states once for its table: 单位：万元, a title that ends in （万元）, a format such as 0"万元".

A form asks 元 and the sheet says 万元: nothing is converted, the head says so and its figures wait.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from indicators.measuring_words import is_measure, split_magnitude
from orgs.likeness import folded
from submissions.intake.tables.cells import SheetCells
from submissions.intake.tables.columns import Column
from submissions.intake.tables.head_matcher import HeadMatcher
from submissions.intake.tables.header_rows import HeaderBand

_STATED = re.compile("(?=单位[:为是]([^:]{1,20}))")
_IN_BRACKETS = re.compile(r"\(([^()]{1,8})\)$")
_PARTED = re.compile("[、,/;和及() ]")
_FORMAT = re.compile('"([^"]{1,6})"')


def stated_measures(cells: SheetCells, band: HeaderBand) -> tuple[str, ...]:
    """In the order of the sheet, each once."""
    found: dict[str, None] = {}
    for (down, _across), cell in sorted(cells.cells.items()):
        text = folded(cell.text) if len(cell.text) <= 80 else ""
        for words in _STATED.findall(text):
            found |= dict.fromkeys(_measures(words))
        is_above = not cells.turned and down < band.first and down in band.titles
        if is_above and (bracket := _IN_BRACKETS.search(text)):
            found |= dict.fromkeys(_measures(bracket.group(1)))
    return tuple(found)


def with_measures(
    columns: Mapping[int, Column], cells: SheetCells, band: HeaderBand, matcher: HeadMatcher
) -> dict[int, Column]:
    """Each column weighed with what the sheet, or the format of its cells, says to count in; its own head's word goes before."""
    stated = stated_measures(cells, band)
    return {across: _weighed(column, cells, band, stated, matcher) for across, column in columns.items()}


def _weighed(column: Column, cells: SheetCells, band: HeaderBand, stated: tuple[str, ...], matcher: HeadMatcher) -> Column:
    if not column.line.target or column.measure:
        return column
    said = (*_in_formats(column, cells, band), *stated)
    size, base = split_magnitude(matcher.lines.named[column.line.target].unit)
    same = [measure for measure in said if split_magnitude(measure)[1] == base]
    if any(split_magnitude(measure)[0] == size for measure in same) or not said:
        return column
    if same:
        return replace(column, line=matcher.lines.measured(column.line, same[0]))
    return column  # what is counted in something else is stated nowhere, as in a sheet that states nothing


def _in_formats(column: Column, cells: SheetCells, band: HeaderBand) -> Iterator[str]:
    for down in range(band.first, band.last + 1):
        cell = cells.figure(down, column.across)
        for words in _FORMAT.findall(cell.number_format) if cell is not None else ():
            yield from (word for word in _measures(folded(words)) if split_magnitude(word)[0] > 1)


def _measures(words: str) -> list[str]:
    return [word for word in _PARTED.split(words) if word and (is_measure(word) or is_measure(split_magnitude(word)[1]))]
