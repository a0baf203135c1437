"""Stage 2, bands of heads: the direction of a sheet, and the rows that hold heads over the rows of figures."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from indicators.values.stated_measures import is_bare_measure
from indicators.values.unit_of_measure_words import is_measure
from orgs.names.unit_heads import is_tie
from spreadsheets.read.workbook import ReadSheet
from submissions.imports.tables.geometry.cells import SheetCells, Spot
from submissions.imports.tables.geometry.stated_periods import is_period_number
from submissions.imports.tables.geometry.words import (
    is_aside,
    is_code_head,
    is_measure_head,
    is_numbered,
    is_serial,
    is_title_line,
)

LONGEST_HEAD = 80  # characters; a longer text is a note
MOST_TEXTS = 20_000  # of one sheet; a sheet with more is no table of figures
_HEADS_ABOVE, _HEADS_BELOW = 6, 4  # how many rows of heads may be around the row with most names


@dataclass(frozen=True)
class HeaderBand:
    """Rows `top` to `bottom` hold the heads of the figures in rows `first` to `last`.

    `titles`: those among them that head no column.
    """

    top: int
    bottom: int
    first: int
    last: int
    titles: frozenset[int] = frozenset()

    @property
    def heads(self) -> tuple[int, ...]:
        return tuple(down for down in range(self.top, self.bottom + 1) if down not in self.titles)


@dataclass(frozen=True)
class HeadHits:
    """Texts that look like heads of figures, and texts that look like units. Spots as on the sheet: row, column."""

    lines: Mapping[Spot, float]
    units: Mapping[Spot, float]


class HeadWords(Protocol):
    """Interface: recognises names, either those that a task asks for or all of a county."""

    def weights(self, address: str, text: str) -> tuple[float, float]:
        """The similarity of a text to the head of a figure, and to a unit: 1 if sure, less if only similar, 0."""

    def timing(self, text: str) -> object:
        """The time of a head that names nothing else; else None."""


def head_hits(sheet: ReadSheet, names: HeadWords) -> HeadHits:
    """The hits among the texts of a sheet, in one pass."""
    lines: dict[Spot, float] = {}
    units: dict[Spot, float] = {}
    for spot, text in SheetCells(sheet, turned=False).own_words():
        if len(text) > LONGEST_HEAD:
            continue
        line, unit = names.weights(sheet.address(*spot), text)
        if unit:
            units[spot] = unit
        if line:
            lines[spot] = line
    return HeadHits(lines, units)


def runs_down(sheet: ReadSheet, hits: HeadHits, names: HeadWords) -> bool:
    """Whether heads of figures are below each other, so that the sheet has to be turned.

    The place of the figures decides, beside the heads or below them; else the number of heads in a row or a column.
    """
    cells = SheetCells(sheet, turned=False)
    sure = [spot for spot, score in hits.lines.items() if score == 1] or list(hits.lines)
    beside = sum(_next_is_figure(cells, spot, (0, 1), names) for spot in sure)
    below = sum(_next_is_figure(cells, spot, (1, 0), names) for spot in sure)
    if beside != below:
        return beside > below
    in_row, in_column = _best(hits.lines, 0), _best(hits.lines, 1)
    if in_row != in_column:
        return in_column > in_row
    return _best(hits.units, 0) > _best(hits.units, 1)


def _next_is_figure(cells: SheetCells, spot: Spot, step: Spot, names: HeadWords) -> bool:
    """Whether a figure follows somewhere along the head's edge, which is as long as its merged range."""
    edge = [seen for seen in cells.spread_from(spot) if seen[0] == spot[0] or not step[0]]
    starts = [seen for seen in edge if seen[1] == spot[1] or not step[1]] or [spot]
    return any(_is_figure_ahead(cells, start, spot, step, names) for start in starts)


def _is_figure_ahead(cells: SheetCells, start: Spot, spot: Spot, step: Spot, names: HeadWords) -> bool:
    """Whether the first thing that follows is a figure; measures, times and column numbers are skipped."""
    down, across = start
    for _far in range(4):
        down, across = down + step[0], across + step[1]
        if cells.is_figure(down, across):
            return True
        if cells.spot_of(down, across) == spot:
            continue  # the head's own merged cell
        text = cells.words(down, across)
        if text and not (is_measure(text) or is_numbered(text) or names.timing(text)):
            return False
    return False


def header_bands(cells: SheetCells, hits: HeadHits) -> list[HeaderBand]:
    """The bands of heads, each with the rows of figures that follow it up to the next one."""
    lines = {_turned(spot, cells): score for spot, score in hits.lines.items()}
    units = {_turned(spot, cells) for spot in hits.units}
    scores: dict[int, float] = defaultdict(float)
    for (down, _across), score in lines.items():
        scores[down] += score
    least = max(scores.values(), default=0) * 0.34
    rows = sorted(down for down, score in scores.items() if score >= least)
    groups = _grouped(cells, rows, {across for _down, across in lines}, units)
    tops = [_top(cells, groups, place, units) for place in range(len(groups))]
    return [
        HeaderBand(
            tops[place], group[-1], group[-1] + 1, tops[place + 1] - 1 if place + 1 < len(groups) else cells.height,
            _titles(cells, range(tops[place], group[0]), group, lines),
        )
        for place, group in enumerate(groups)
    ]  # fmt: skip


def is_about_heads(cells: SheetCells, down: int, places: Collection[int]) -> bool:
    """Whether the row has only measures, serial numbers, codes or remarks beside the heads, as its own head says."""
    for across in range(1, min(places, default=cells.width + 1)):
        text = cells.words(down, across)
        if (
            text
            and not is_title_line(text)
            and (is_measure_head(text) or is_serial(text) or is_code_head(text) or is_aside(text))
        ):
            return True
    return False


def _best(spots: Mapping[Spot, float], axis: int) -> float:
    totals: dict[int, float] = defaultdict(float)
    for spot, score in spots.items():
        totals[spot[axis]] += score
    return max(totals.values(), default=0.0)


def _grouped(cells: SheetCells, rows: Sequence[int], places: set[int], units: set[Spot]) -> list[list[int]]:
    """Groups of rows of heads that belong together: only heads between them, and rows below that continue them."""
    groups: list[list[int]] = []
    for down in rows:
        if groups and all(_is_heads(cells, between, places, units) for between in range(groups[-1][-1] + 1, down)):
            groups[-1].append(down)
        else:
            groups.append([down])
    for place, group in enumerate(groups):
        end = groups[place + 1][0] if place + 1 < len(groups) else cells.height + 1
        for down in range(group[-1] + 1, min(group[-1] + 1 + _HEADS_BELOW, end)):
            if not (_is_heads(cells, down, places, units) and any(cells.label(down, across) for across in places)):
                break
            group.append(down)
    return groups


def _is_heads(cells: SheetCells, down: int, places: set[int], units: set[Spot]) -> bool:
    """Whether the row has no figure and no unit at the places of the heads.

    Or consists of numbers, measures, explanations or months.
    """
    if is_about_heads(cells, down, places):
        return True
    if any((down, across) in units for across in cells.rows.get(down, ())):
        return False
    figures = [across for across in places if cells.is_figure(down, across)]
    return all(is_period_number(cells.label(down, across)) for across in figures)


def _top(cells: SheetCells, groups: Sequence[Sequence[int]], place: int, units: set[Spot]) -> int:
    """The first row of the heads, with titles and groups of heads, up to the rows of the table above."""
    first = groups[place][0]
    limit = max(groups[place - 1][-1] + 1 if place else 1, first - _HEADS_ABOVE)
    top = first
    for down in range(first - 1, limit - 1, -1):
        spots = cells.rows.get(down, ())
        if place and (not spots or any((down, across) in units or cells.is_figure(down, across) for across in spots)):
            break
        top = down
    return top


def _titles(cells: SheetCells, downs: Sequence[int], group: Sequence[int], lines: Collection[Spot]) -> frozenset[int]:
    """Rows above the heads that name the table, its unit, its day: 填报单位：…, 2026年9月30日, 附件1. They head no column.

    Nor does a text alone in its row that begins before the first head of a figure, unless it names or relates some itself.
    """
    if cells.turned:
        return frozenset()
    first = min(across for down, across in lines if down in group)
    return frozenset(down for down in downs if _is_title(cells, down, first, lines))


def _is_title(cells: SheetCells, down: int, first: int, lines: Collection[Spot]) -> bool:
    acrosses = cells.rows.get(down, ())
    if any((down, across) in lines for across in acrosses):
        return False
    if len(acrosses) == 1 and acrosses[0] < first and not is_tie(cells.words(down, acrosses[0])):
        reach = cells.spread_from((down, acrosses[0]))
        return acrosses[0] == 1 or not reach
    texts = [cells.words(down, across) for across in acrosses]
    is_measured = (
        len(texts) == 1 and is_bare_measure(texts[0]) and len(cells.rows.get(down + 1, ())) > 1
    )  # over the whole table
    return is_measured or any(map(is_title_line, texts))


def _turned(spot: Spot, cells: SheetCells) -> Spot:
    return (spot[1], spot[0]) if cells.turned else spot
