"""Finds lists of units side by side in one table, and figures of another unit than the row's own: one rule for both directions.

Each side supplies the places of its columns and the figure in each.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from orgs.names.name_similarity import folded
from orgs.names.unit_columns import UnitColumn
from orgs.names.unit_heads import UnitHead


@dataclass(frozen=True)
class UnitList:
    """One list: its first and last place, and the place of its units' own names; 0 if only codes name them."""

    first: int
    last: int
    name: int


@dataclass(frozen=True)
class FigurePlace:
    """One column of a table. `figure`: its key, "" for none; `head`: what its head says about units; `text`: the head itself.

    `is_apart`: serial numbers, remarks and columns without a head, after which another list begins.
    """

    place: int
    head: UnitHead
    text: str = ""
    figure: str = ""
    is_apart: bool = False


def unit_lists(columns: Sequence[UnitColumn], figures: Mapping[int, str], width: int) -> tuple[UnitList, ...]:
    """The lists side by side, each with its own names, and some of the same figures or the same own head.

    Empty if there is only one list. `columns`: all places without figures; `figures`: place -> key of what it holds, "" where
    that is not known; `width`: the last place.
    """
    found = {one.place: one for one in columns}
    groups = _groups(columns, figures)
    if len(groups) < 2:
        return ()
    edges = _edges(groups, found, figures, width)
    keys = [{key for place, key in figures.items() if first <= place <= last and key} for first, last in edges]
    if not all(keys) or not (all(keys[0] & other for other in keys[1:]) or _have_one_head(groups, found)):
        return ()
    return tuple(
        UnitList(first, last, next((place for place in group if not found[place].holds_codes), 0))
        for group, (first, last) in zip(groups, edges, strict=True)
    )


def partners(places: Sequence[FigurePlace]) -> dict[int, str]:
    """Places in one list with another unit's figure -> the head of the relation.

    Of a figure that comes twice, the one after the relation is the partner's (村名, 件数, 结对村, 件数), whichever comes first.
    """
    relations = _relations(places)
    own = {one.figure for one in places if one.figure and not relations[one.place]}
    return {one.place: relations[one.place] for one in places if relations[one.place] and one.figure in own}


def figures_behind(places: Sequence[FigurePlace], denied: Collection[int]) -> dict[int, str]:
    """Places of figures after one of `denied`, which name other units, up to the next head -> the head over those units."""
    marked = [replace(one, head=_as_denied(one, denied)) for one in places]
    relations = _relations(marked)
    return {one.place: relations[one.place] for one in marked if one.figure and relations[one.place]}


def _as_denied(one: FigurePlace, denied: Collection[int]) -> UnitHead:
    if one.place in denied:
        return UnitHead.RELATION
    return UnitHead.OWN if one.head == UnitHead.RELATION else one.head


def _have_one_head(groups: Sequence[Sequence[int]], found: Mapping[int, UnitColumn]) -> bool:
    """Whether each list begins with the same own head (村名, 件数, 村名, 人口).

    The names below it must differ from those beside it in the row.
    """
    texts = [{folded(found[place].text) for place in group if found[place].kind == UnitHead.OWN} for group in groups]
    if not set.intersection(*texts) - {""}:
        return False
    units = [found[group[0]].units for group in groups]
    return all(units) and not any(one[row] == other[row] for one, other in pairwise(units) for row in one.keys() & other.keys())


def _relations(places: Sequence[FigurePlace]) -> dict[int, str]:
    """Place -> the relation before it; "" after any other head of names, and where another list begins."""
    found: dict[int, str] = {}
    relation = ""
    for one in places:
        if one.head == UnitHead.RELATION:
            relation = one.text
        elif one.head != UnitHead.NONE or one.is_apart:
            relation = ""
        found[one.place] = relation
    return found


def _groups(columns: Sequence[UnitColumn], figures: Mapping[int, str]) -> list[list[int]]:
    """The places with which lists begin: names and codes that no figure separates belong to one list."""
    texts = Counter(one.text for one in columns if one.text)
    groups: list[list[int]] = []
    for one in sorted(columns, key=lambda column: column.place):
        if not _starts_list(one, texts):
            continue
        if groups and not any(groups[-1][-1] < place < one.place for place in figures):
            groups[-1].append(one.place)
        else:
            groups.append([one.place])
    return groups


def _starts_list(one: UnitColumn, texts: Mapping[str, int]) -> bool:
    """Whether names or codes begin a list; under an unknown head only if codes beside it identify the row anyway."""
    if one.kind == UnitHead.OWN or (
        one.kind == UnitHead.NONE and one.is_neutral and one.texts > one.numbers and one.score >= one.above
    ):
        return True
    return one.holds_codes and one.kind != UnitHead.RELATION and texts[one.text] > 1


def _edges(
    groups: Sequence[Sequence[int]], found: Mapping[int, UnitColumn], figures: Mapping[int, str], width: int
) -> list[tuple[int, int]]:
    """The first and last place of each list.

    One begins with the same head as the first list (序号); else after the last figure before it, so that 单位 and 备注 after a
    figure stay with it.
    """
    head = next((one.text for _place, one in sorted(found.items()) if one.text), "")
    firsts = [1]
    for group in groups[1:]:
        behind = max((place for place in figures if place < group[0]), default=0) + 1
        firsts.append(
            next((place for place in range(behind, group[0] + 1) if place in found and found[place].text == head), behind)
        )
    return [(first, later - 1) for first, later in zip(firsts, [*firsts[1:], width + 1], strict=True)]
