"""Where the heads of figures stand in a sheet: which way they run, and the bands of rows that hold them. Knows no unit's figures."""

from collections import defaultdict
from dataclasses import dataclass

from indicators.measuring_words import is_measure
from spreadsheets.reading.workbook import ReadSheet
from submissions.intake.tables.area import Area, Spot
from submissions.intake.tables.senses import LONGEST_HEAD, Senses, key_of_head
from submissions.intake.tables.told import UNIT
from submissions.intake.tables.words import is_aside, is_code_head, is_measure_head, is_serial, looks_like_figure

MOST_TEXTS = 20_000  # of one sheet; what has more is no table of figures
_HEADS_ABOVE, _HEADS_BELOW = 6, 4  # how many rows of heads may stand around the row that names most


@dataclass(frozen=True)
class Band:
    """Rows `top` to `bottom` hold the heads of the entries in rows `first` to `last`, as the area sees it."""

    top: int
    bottom: int
    first: int
    last: int


@dataclass
class Hits:
    """Which texts look like heads of figures, and which like units. Spots as the sheet has them: row, column."""

    lines: dict[Spot, float]
    units: dict[Spot, float]


def hits_of(sheet: ReadSheet, senses: Senses) -> Hits:
    """One pass over the texts of a sheet."""
    hits = Hits({}, {})
    for spot, text in Area(sheet, turned=False).own_words():
        if len(text) > LONGEST_HEAD:
            continue
        if said := senses.said(sheet.address(*spot), key_of_head([text])):
            (hits.units if said.means.startswith(UNIT) else hits.lines)[spot] = 1.0
            continue
        if unit := senses.is_unit(text):
            hits.units[spot] = unit
        if not looks_like_figure(text) and (line := senses.is_told(text)) > unit:
            hits.lines[spot] = line
    return hits


def runs_down(sheet: ReadSheet, hits: Hits) -> bool:
    """True where figures' heads stand below each other, so that the sheet is to be seen turned.

    Told by where the figures stand, beside the heads or below them; else by how many heads share a row or a column.
    """
    area = Area(sheet, turned=False)
    sure = [spot for spot, score in hits.lines.items() if score == 1] or list(hits.lines)
    beside = sum(_next_is_figure(area, spot, (0, 1)) for spot in sure)
    below = sum(_next_is_figure(area, spot, (1, 0)) for spot in sure)
    if beside != below:
        return beside > below
    in_row, in_column = _best(hits.lines, 0), _best(hits.lines, 1)
    if in_row != in_column:
        return in_column > in_row
    return _best(hits.units, 0) > _best(hits.units, 1)


def _next_is_figure(area: Area, spot: Spot, step: Spot) -> bool:
    """Whether the first thing that follows, a measure passed over, is a figure."""
    down, across = spot
    for _far in range(4):
        down, across = down + step[0], across + step[1]
        if area.is_figure(down, across):
            return True
        if (text := area.words(down, across)) and not is_measure(text):
            return False
    return False


def bands_of(area: Area, hits: Hits) -> list[Band]:
    """The bands of heads, each with the rows of entries that follow it up to the next one."""
    lines = {_turned(spot, area): score for spot, score in hits.lines.items()}
    units = {_turned(spot, area) for spot in hits.units}
    scores: dict[int, float] = defaultdict(float)
    for (down, _across), score in lines.items():
        scores[down] += score
    least = max(scores.values(), default=0) * 0.34
    rows = sorted(down for down, score in scores.items() if score >= least)
    groups = _grouped(area, rows, {across for _down, across in lines}, units)
    tops = [_top(area, groups, place, units) for place in range(len(groups))]
    return [
        Band(tops[place], group[-1], group[-1] + 1, tops[place + 1] - 1 if place + 1 < len(groups) else area.height)
        for place, group in enumerate(groups)
    ]


def _best(spots: dict[Spot, float], axis: int) -> float:
    totals: dict[int, float] = defaultdict(float)
    for spot, score in spots.items():
        totals[spot[axis]] += score
    return max(totals.values(), default=0.0)


def _grouped(area: Area, rows: list[int], places: set[int], units: set[Spot]) -> list[list[int]]:
    """Rows of heads that belong together: nothing but heads between them, and what continues them below."""
    groups: list[list[int]] = []
    for down in rows:
        if groups and all(_is_heads(area, between, places, units) for between in range(groups[-1][-1] + 1, down)):
            groups[-1].append(down)
        else:
            groups.append([down])
    for place, group in enumerate(groups):
        end = groups[place + 1][0] if place + 1 < len(groups) else area.height + 1
        for down in range(group[-1] + 1, min(group[-1] + 1 + _HEADS_BELOW, end)):
            if not (_is_heads(area, down, places, units) and any(area.label(down, across) for across in places)):
                break
            group.append(down)
    return groups


def _is_heads(area: Area, down: int, places: set[int], units: set[Spot]) -> bool:
    """No figure stands where the heads have theirs, and no unit; or the whole row counts, measures or explains."""
    if is_about_heads(area, down, places):
        return True
    return not any((down, across) in units for across in area.rows.get(down, ())) and not any(
        area.is_figure(down, across) for across in places
    )


def is_about_heads(area: Area, down: int, places: set[int]) -> bool:
    """A row of measures, serial numbers, codes or remarks beside the heads, as its own head says."""
    for across in range(1, area.width + 1):
        text = area.words(down, across) if across not in places else ""
        if text and (is_measure_head(text) or is_serial(text) or is_code_head(text) or is_aside(text)):
            return True
    return False


def _top(area: Area, groups: list[list[int]], place: int, units: set[Spot]) -> int:
    """How far up the heads reach: titles and groups of heads, up to the entries of the table above."""
    first = groups[place][0]
    limit = max(groups[place - 1][-1] + 1 if place else 1, first - _HEADS_ABOVE)
    top = first
    for down in range(first - 1, limit - 1, -1):
        spots = area.rows.get(down, ())
        if place and (not spots or any((down, across) in units or area.is_figure(down, across) for across in spots)):
            break
        top = down
    return top


def _turned(spot: Spot, area: Area) -> Spot:
    return (spot[1], spot[0]) if area.turned else spot
