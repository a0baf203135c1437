"""Stage 3, the column that names the row's own unit: by its head, or by a column of codes before it; else one question.

A column whose head relates it to another unit (结对村) never names the row's own, however many names it holds. Lists side by
side each have a column of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indicators.values.unit_of_measure_words import is_measure
from orgs.names.name_similarity import folded
from orgs.names.unit_columns import UnitColumn, UnitPlaces, answered_kind, places_beside, unit_places
from orgs.names.unit_heads import UnitHead, is_neutral_head
from orgs.names.unit_lists import unit_lists
from submissions.imports.tables.geometry.cells import SheetCells, Spot
from submissions.imports.tables.geometry.header_rows import HeaderBand
from submissions.imports.tables.geometry.words import (
    is_aside,
    is_measure_head,
    is_numbered,
    is_period_head,
    is_serial,
    is_title_line,
    is_total,
)
from submissions.imports.tables.heads.columns import TableColumn
from submissions.imports.tables.heads.head_matcher import HeadMatcher
from submissions.imports.tables.heads.note_rows import is_note_row
from submissions.imports.tables.table_report import IS_OTHER, IS_OWN

_SHORTEST_CODE = 6
_SAMPLE = 3  # names that a choice shows of its column


@dataclass(frozen=True)
class ColumnBlock:
    """One list of a band: the columns of its figures, those beside them, and the column that names its units."""

    lines: frozenset[int]
    beside: tuple[int, ...]
    places: UnitPlaces
    head: "UnitCandidate | None" = None  # over the units' own names, or their codes
    periods: frozenset[int] = frozenset()  # the places beside that say of each row which period it is of
    dated: frozenset[int] = frozenset()  # those under another head, where a date says something else: 成立时间


@dataclass(frozen=True, kw_only=True)
class UnitCandidate(UnitColumn):
    """A column that may name the units, with its head. `names`: known names, each once; `held`: rows with a value."""

    spot: Spot
    names: tuple[str, ...] = ()
    held: int = 0


@dataclass(frozen=True)
class UnitLayout:
    """The lists of one band, over the rows `downs`. `candidates`: the places that might name the units.

    `beside`: all places beside the figures. `question`: the candidates among which a person has to choose; empty if heads or
    codes decide. `address`: of the question, the same before and after an answer.
    """

    blocks: tuple[ColumnBlock, ...]
    downs: range
    candidates: tuple[UnitCandidate, ...] = ()
    beside: tuple[UnitCandidate, ...] = ()
    question: tuple[UnitCandidate, ...] = ()
    address: str = ""


def unit_layout(
    cells: SheetCells,
    band: HeaderBand,
    columns: Mapping[int, TableColumn],
    lines: frozenset[int],
    matcher: HeadMatcher,
    *,
    is_first: bool = True,
) -> UnitLayout:
    """The columns of units of one band.

    The question about the first band of a sheet is asked at the sheet, that about any other at its own heads.
    """
    downs = [down for down in range(band.first, band.last + 1) if down in cells.rows]
    beside = [across for across in range(1, cells.width + 1) if across not in lines]
    found = {across: _candidate(cells, band, columns.get(across), across, downs, matcher) for across in beside}
    candidates = tuple(one for one in found.values() if one.score and not one.is_aside)
    found = _with_answers(cells, found, matcher)
    address = cells.sheet.title if is_first else _row_of_heads(cells, band)
    layout = UnitLayout((), range(band.first, band.last + 1), candidates, tuple(found.values()), address=address)
    if side_by_side := _side_by_side(cells, found, columns, lines):
        return replace(layout, blocks=side_by_side)
    places = unit_places(list(found.values()), matcher.units.is_below, is_turned=cells.turned)
    question = tuple(found[across] for across in places.question)
    return replace(layout, blocks=(_block(found, lines, beside, places),), question=question)


def _candidate(
    cells: SheetCells, band: HeaderBand, column: TableColumn | None, across: int, downs: Sequence[int], matcher: HeadMatcher
) -> UnitCandidate:
    kind = column.unit_head if column is not None else UnitHead.NONE
    text = column.own_text if column is not None else ""
    spot = column.spot if column is not None and text else (band.bottom, across)
    labels = {
        down: label
        for down in downs
        if (label := cells.label(down, across)) and (matcher.is_unit(label) == 1 or not _is_no_name(label))
    }
    texts = dict.fromkeys(labels.values())
    numbers = sum(cells.label(down, across).isdigit() for down in downs)
    held = sum((down, across) in cells.cells for down in downs if not is_note_row(cells, down, matcher))
    codes = [label for label in texts if _is_code(label)]
    names = {label: score for label in texts if label not in codes and (score := matcher.is_unit(label))}
    units = {down: match.target for down, label in labels.items() if (match := matcher.unit(label)).is_sure}
    is_neutral = not text or column.is_corner or is_neutral_head(text)
    is_measured = all(is_measure(label) for label in texts) if texts else is_measure_head(text)
    return UnitCandidate(
        place=across, spot=spot, text=text, kind=kind, names=tuple(names), units=units, texts=len(texts) - len(codes),
        score=sum(names.values()), codes=sum(matcher.unit(code).is_sure for code in codes),
        above=sum(matcher.units.is_above(label) for label in texts), numbers=numbers, held=held, is_neutral=is_neutral,
        is_aside=is_measured or (bool(text) and (is_serial(text) or is_aside(text))),
    )  # fmt: skip


def denied_columns(cells: SheetCells, layout: UnitLayout, matcher: HeadMatcher) -> frozenset[int]:
    """The columns under an own head that hold other units than the column that a person chose: probably another list beside it."""
    chosen = next((one for one in layout.candidates if matcher.is_own_column(cells.address(one.spot))), None)
    if chosen is None:
        return frozenset()
    others = [one for one in layout.candidates if one.kind == UnitHead.OWN and one.text != chosen.text]
    return frozenset(one.place for one in others if any(chosen.units.get(row, code) != code for row, code in one.units.items()))


def _row_of_heads(cells: SheetCells, band: HeaderBand) -> str:
    """The address of the lowest row of heads, as a range, which no cell has: Sheet1!A9:E9."""
    start, end = cells.address((band.bottom, 1)), cells.address((band.bottom, cells.width))
    return f"{start}:{end.rpartition('!')[2]}"


def _is_no_name(text: str) -> bool:
    """Whether the text is a column number, a total, or a text below a table: 合计, 填表人：, a sentence of a note."""
    return is_numbered(text) or is_total(text) or is_title_line(text) or text.rstrip().endswith(("。", "；"))


def _is_code(text: str) -> bool:
    return text.isascii() and text.isalnum() and any(sign.isdigit() for sign in text) and len(text) >= _SHORTEST_CODE


def _with_answers(cells: SheetCells, found: Mapping[int, UnitCandidate], matcher: HeadMatcher) -> dict[int, UnitCandidate]:
    """The columns with a person's answer: the chosen head names the units, also where it is repeated.

    The other heads name none.
    """
    kinds = {across: kind for across, one in found.items() if (kind := _remembered(one, matcher)) is not None}
    chosen = next((one for one in found.values() if matcher.is_own_column(cells.address(one.spot))), None)
    if chosen is not None:
        for across, one in found.items():
            kinds[across] = answered_kind(one, is_own=one is chosen or bool(one.text and one.text == chosen.text))
    return {across: replace(one, kind=kinds.get(across, one.kind)) for across, one in found.items()}


def _remembered(one: UnitCandidate, matcher: HeadMatcher) -> UnitHead | None:
    answer = matcher.answer("@", remembered_head(one.text)) if one.text else None
    if answer is None or answer.means not in (IS_OWN, IS_OTHER):
        return None
    return UnitHead.OWN if answer.means == IS_OWN else UnitHead.RELATION


def remembered_head(text: str) -> str:
    """The text under which it is remembered whether a head names the row's own unit."""
    return f"@{folded(text)}"[:200]


def _block(found: Mapping[int, UnitCandidate], lines: frozenset[int], beside: Sequence[int], places: UnitPlaces) -> ColumnBlock:
    # Relations to other units, and remarks, say nothing about the row itself.
    speaking = tuple(across for across in beside if across == places.name or not _is_silent(found.get(across)))
    periods = frozenset(across for across in speaking if across in found and is_period_head(found[across].text))
    dated = frozenset(across for across in speaking if across in found and _is_dated(found[across])) - periods
    return ColumnBlock(lines, speaking, places, found.get(places.name or places.code), periods, dated)


def _is_silent(one: UnitCandidate | None) -> bool:
    return one is None or one.is_tied or (bool(one.text) and is_aside(one.text) and not is_period_head(one.text))


def _is_dated(one: UnitCandidate) -> bool:
    return one.kind == UnitHead.NONE and not one.is_neutral and not is_serial(one.text)


def _side_by_side(
    cells: SheetCells, found: Mapping[int, UnitCandidate], columns: Mapping[int, TableColumn], lines: frozenset[int]
) -> tuple[ColumnBlock, ...]:
    """A block for each list, if lists are side by side."""
    figures = {place: columns[place].line.target if place in columns else "" for place in lines}
    blocks = []
    for one in unit_lists(list(found.values()), figures, cells.width):
        beside = [across for across in range(one.first, one.last + 1) if across not in lines]
        own = {across: found[across] for across in beside if across in found}
        part = frozenset(place for place in lines if one.first <= place <= one.last)
        blocks.append(_block(own, part, beside, places_beside(list(own.values()), one.name)))
    return tuple(blocks)


def sample(candidate: UnitCandidate) -> str:
    """The first names in the column."""
    return "、".join(candidate.names[:_SAMPLE]) + (" …" if len(candidate.names) > _SAMPLE else "")
