"""Decides the role of each column of texts beside a table, and which one names the rows' units.

The head of a column decides; where it leaves the role open, its texts do.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from orgs.names.unit_columns import UnitColumn, UnitPlaces, answered_kind, unit_places
from orgs.names.unit_heads import UnitHead, is_neutral_head
from reports.external.geometry.roles import (
    SPEAK_OF_UNITS,
    UNIT_HEADS,
    ColumnRole,
    is_measure_column,
    is_settled_by_texts,
    role_of,
)
from reports.external.names.vocabulary import Vocabulary
from reports.figures.plan.rows import CATEGORY


@dataclass(frozen=True)
class ColumnRoles:
    """The result.

    `roles`: column -> its role; `question`: the columns among which a person has to choose the one with the rows' own units.
    `columns`: the facts about each.
    """

    roles: Mapping[int, ColumnRole]
    question: tuple[int, ...] = ()
    columns: tuple[UnitColumn, ...] = ()


def column_roles(
    over: Mapping[int, tuple[str, ...]],
    lines: Mapping[int, Sequence[str]],
    vocabulary: Vocabulary,
    own: Collection[int] = (),
) -> ColumnRoles:
    """Decides the roles.

    `over`: the heads of each column, the nearest first; `lines`: its texts, row by row, "" where there is none. `own`: columns
    that a person chose for the rows' own units.
    """
    return _RoleColumns(over, lines, vocabulary).roles(own)


class _RoleColumns:
    """Decides the columns whose head alone leaves it open."""

    def __init__(self, over: Mapping[int, tuple[str, ...]], lines: Mapping[int, Sequence[str]], vocabulary: Vocabulary):
        self._over, self._lines, self._vocabulary = over, lines, vocabulary
        self._texts = {column: [text for text in texts if text] for column, texts in lines.items()}

    def roles(self, own: Collection[int]) -> ColumnRoles:
        roles = {column: role_of(heads) for column, heads in self._over.items()}
        for column, heads in self._over.items():
            others = [role for other, role in roles.items() if other != column]
            if is_measure_column(heads, self._texts[column], others) and not self._named(column, "unit"):
                roles[column] = ColumnRole.MEASURE
        roles = {column: self._by_texts(column, role) for column, role in roles.items()}
        columns = [self._unit_column(column, role) for column, role in sorted(roles.items())]
        if own:
            columns = [replace(one, kind=answered_kind(one, is_own=one.place in own)) for one in columns]
            related = {one.place: ColumnRole.RELATION for one in columns if one.kind == UnitHead.RELATION}
            roles = roles | related | dict.fromkeys(own, ColumnRole.UNIT)
        settled = _with_units(roles, unit_places(columns, self._vocabulary.units.orgs.is_below))
        return replace(settled, columns=tuple(columns))

    def _by_texts(self, column: int, role: ColumnRole) -> ColumnRole:
        """The role that the texts show.

        名称 beside indicators names lines; so does 村名 in the corner between villages and figures.
        """
        figures, units = self._named(column, "figure"), self._named(column, "unit")
        if role == ColumnRole.UNIT and is_settled_by_texts(self._over[column]):
            return ColumnRole.LINE if figures > units else role
        return ColumnRole.LINE if role in SPEAK_OF_UNITS and figures and not units else role

    def _unit_column(self, column: int, role: ColumnRole) -> UnitColumn:
        units = self._vocabulary.units
        count = Counter(self._texts[column])
        texts = [text for text in count if not units.is_whole(text)]
        codes = [text for text in texts if self._vocabulary.is_code(text)]
        names = {text: score for text in texts if text not in codes and (score := units.score(text))}
        rows = {row: code for row, text in enumerate(self._lines[column]) if text and (code := units.sure_code(text))}
        return UnitColumn(
            place=column, kind=UNIT_HEADS.get(role, UnitHead.NONE), units=rows, texts=len(texts) - len(codes),
            text=next(iter(self._over[column]), ""), numbers=sum(text.isdigit() for text in self._texts[column]),
            score=sum(names.values()), above=sum(units.orgs.is_above(text) for text in names), codes=len(codes),
            is_neutral=role == ColumnRole.LINE or self._is_neutral(column, names), is_aside=self._is_aside(column, role, codes),
            is_repeated=any(count[text] > 1 for text in names) or len(set(rows.values())) < len(rows),
        )  # fmt: skip

    def _is_neutral(self, column: int, names: Mapping[str, float]) -> bool:
        """Whether the head leaves open which units are named: no head, 地区, or only categories of units below it."""
        head = next(iter(self._over[column]), "")
        found = [self._vocabulary.units.unit(text) for text in names]
        return not head or is_neutral_head(head) or (bool(found) and all(one and one.by == CATEGORY for one in found))

    def _is_aside(self, column: int, role: ColumnRole, codes: Sequence[str]) -> bool:
        """Whether the column does not matter: measures, remarks, codes of indicators, or more names of figures than of units."""
        if role in (ColumnRole.OPEN, ColumnRole.LINE):
            count = sum(self._vocabulary.units.unit(text) is not None for text in self._texts[column])
            return 0 < self._named(column, "figure") >= count
        return role in (ColumnRole.MEASURE, ColumnRole.ASIDE) or (role == ColumnRole.CODE and not codes)

    def _named(self, column: int, what: str) -> int:
        """How many texts of the column surely name a unit, or a figure."""
        return Counter(self._vocabulary.names(text) for text in self._texts[column])[what]


def _with_units(roles: Mapping[int, ColumnRole], places: UnitPlaces) -> ColumnRoles:
    """The roles with the chosen columns of units. A column still in question, or not settled, names no row."""
    settled = dict(roles)
    for place, role in ((places.name, ColumnRole.UNIT), (places.code, ColumnRole.CODE), (places.above, ColumnRole.PLACE)):
        if place and (place == places.name or settled[place] in (ColumnRole.OPEN, ColumnRole.LINE)):
            settled[place] = role
    for place in places.question:
        if settled[place] in (ColumnRole.UNIT, ColumnRole.OPEN, ColumnRole.LINE):
            settled[place] = ColumnRole.UNCLEAR
    question = places.question
    if not places.own and not question:
        question = tuple(column for column, role in settled.items() if role in SPEAK_OF_UNITS)
    return ColumnRoles(settled, question)
