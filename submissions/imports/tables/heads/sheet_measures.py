"""The units of measure that a sheet states once for its table: 单位：万元, a title with （万元）, a format such as 0"万元".

If the form asks for 元 and the sheet states 万元, nothing is converted: the head reports it and its figures wait.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from indicators.values.stated_measures import shown_by_format, stated_in, stated_in_brackets
from indicators.values.unit_of_measure_words import is_measure, split_magnitude
from submissions.imports.tables.geometry.cells import SheetCells
from submissions.imports.tables.geometry.header_rows import HeaderBand
from submissions.imports.tables.heads.columns import TableColumn
from submissions.imports.tables.heads.head_matcher import HeadMatcher


def stated_measures(cells: SheetCells, band: HeaderBand) -> tuple[str, ...]:
    """The units of measure that the sheet states, in its order, each once."""
    found: dict[str, None] = {}
    for (down, _across), cell in sorted(cells.cells.items()):
        is_above = not cells.turned and down < band.first and down in band.titles
        words = [*stated_in(cell.text), *(stated_in_brackets(cell.text) if is_above else ())]
        found |= dict.fromkeys(one.word for one in words if is_measure(one.word) or is_measure(split_magnitude(one.word)[1]))
    return tuple(found)


def with_measures(
    columns: Mapping[int, TableColumn], cells: SheetCells, band: HeaderBand, matcher: HeadMatcher
) -> dict[int, TableColumn]:
    """Each column with the measure that the sheet, or the format of its cells, states; that of its own head comes first."""
    stated = stated_measures(cells, band)
    return {across: _weighed(column, cells, band, stated, matcher) for across, column in columns.items()}


def _weighed(
    column: TableColumn, cells: SheetCells, band: HeaderBand, stated: tuple[str, ...], matcher: HeadMatcher
) -> TableColumn:
    if not column.line.target or column.measure:
        return column
    measures = (*_in_formats(column, cells, band), *stated)
    size, base = split_magnitude(matcher.lines.named[column.line.target].unit)
    same = [measure for measure in measures if split_magnitude(measure)[1] == base]
    if any(split_magnitude(measure)[0] == size for measure in same) or not measures:
        return column
    if same:
        return replace(column, line=matcher.lines.measured(column.line, same[0]))
    return column  # what is counted in something else is stated nowhere, as in a sheet that states nothing


def _in_formats(column: TableColumn, cells: SheetCells, band: HeaderBand) -> Iterator[str]:
    for down in range(band.first, band.last + 1):
        cell = cells.figure(down, column.across)
        word = shown_by_format(cell.number_format) if cell is not None else ""
        if split_magnitude(word)[0] > 1:
            yield word
