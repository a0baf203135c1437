"""The texts that head an empty cell, each with what it holds: the row's own unit, a code, a measure, an indicator. Binds nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.rows import CATEGORY
from reports.upper.column_roles import column_roles
from reports.upper.heads import Heads, SheetHeads
from reports.upper.roles import SPEAK_OF_UNITS, Role, Told, is_measure_column, role_of
from reports.upper.vocabulary import Vocabulary
from spreadsheets.drawn import DrawnSheet
from spreadsheets.reading.addresses import letters_of
from spreadsheets.reading.workbook import Place

ROW, COLUMN = "row", "column"
# What may stand behind the figure too, or is a number: it says as much there.
_ANYWHERE = (*SPEAK_OF_UNITS, Role.CODE, Role.MEASURE)


@dataclass(frozen=True)
class Asked:
    """One empty cell: the texts that head it by axis, the nearest first."""

    place: Place
    heads: Heads
    texts: dict[str, tuple[Told, ...]]

    def line(self, axis: str) -> int:
        """The number of the row or the column of the cell."""
        return self.place[0] if axis == ROW else self.place[1]

    def said(self, axis: str) -> str:
        """The heads of one side, from the outside in."""
        return " › ".join(reversed(self.heads.row if axis == ROW else self.heads.column))


@dataclass(frozen=True)
class Table:
    """The empty cells of a sheet that stand under the same heads. `roles`: what each column of texts beside them holds.

    `heads`: the text over each of these columns; `lines`: the first text of every row between the first cell and the last;
    `question`: the columns among which a person has to say which one names the rows' own units.
    """

    asked: tuple[Asked, ...]
    roles: Mapping[int, Role]
    heads: dict[int, str]
    lines: dict[int, str]
    question: tuple[int, ...] = ()

    @property
    def unit_columns(self) -> list[int]:
        return [column for column, role in self.roles.items() if role == Role.UNIT]

    @property
    def speaks_of_units(self) -> bool:
        """True where a column beside the figures names units, the rows' own or not."""
        return any(role in SPEAK_OF_UNITS for role in self.roles.values())

    def unit_column(self) -> str:
        """In words: A 村名; "" where no column names the rows' own units."""
        return ", ".join(f"{letters_of(column)} {self.heads[column]}".strip() for column in self.unit_columns)


def tables_of(sheet: DrawnSheet, vocabulary: Vocabulary, unit_column: int | None = None) -> list[Table]:
    """`unit_column`: the one that a person says names the rows' own units."""
    heads = SheetHeads(sheet)
    by_bottom: dict[int, list[tuple[Place, Heads]]] = defaultdict(list)
    labels: set[int] = set()
    for place, found in heads.blanks():
        if _is_label(heads, found, vocabulary):
            labels.add(place[1])
        else:
            by_bottom[heads.bottom(found.column_places[0])].append((place, found))
    return [_table(heads, cells, labels, vocabulary, unit_column) for cells in by_bottom.values()]


def _table(
    heads: SheetHeads,
    cells: Sequence[tuple[Place, Heads]],
    labels: Collection[int],
    vocabulary: Vocabulary,
    unit_column: int | None,
) -> Table:
    """`labels`: columns of names that are not filled in, or not everywhere."""
    beside = {place for _place, found in cells for place in found.column_places}
    rows = sorted({place[0] for place, _found in cells})
    first = min(place[1] for place, _found in cells)
    texts = {
        column: found
        for column in range(1, heads.sheet.last[1] + 1)
        if any(found := _texts(heads, column, rows)) or column < first or column in labels
    }
    over = {column: heads.over(column, sorted(beside)) for column in texts}
    settled = column_roles(over, texts, vocabulary, unit_column)
    roles = settled.roles
    asked = tuple(Asked(place, found, _by_axis(heads, place, found, roles, vocabulary)) for place, found in cells)
    nearest = {column: next(iter(over[column]), "") for column in roles}
    labels_of_rows = {row: heads.label(row) for row in range(rows[0], rows[-1] + 1)}
    return Table(asked, roles, nearest, labels_of_rows, settled.question)


def _is_label(heads: SheetHeads, found: Heads, vocabulary: Vocabulary) -> bool:
    """An empty cell in a column of names or of measures: no figure is asked there. 社区 beside indicators is a category of units."""
    words = [heads.words(place) for place in found.column_places]
    told = [role_of([text]) for text in words]
    if len(told) > 1 and told[-1] in SPEAK_OF_UNITS and told[0] not in SPEAK_OF_UNITS:
        return True
    if told[0] in (Role.UNIT, Role.PLACE, Role.CODE, Role.RELATION):
        unit = vocabulary.units.unit(words[0])
        if unit is None or (unit.by == CATEGORY and not any(vocabulary.names(text) == "figure" for text in found.row)):
            return True
    nearest = found.column_places[0]
    others = [role_of([heads.words((nearest[0], column))]) for column in range(1, nearest[1])]
    return told[0] == Role.MEASURE or is_measure_column([heads.words(nearest)], [], others)


def _texts(heads: SheetHeads, column: int, rows: Iterable[int]) -> list[str]:
    return [heads.words((row, column)) for row in rows]


def _by_axis(
    heads: SheetHeads, place: Place, found: Heads, roles: Mapping[int, Role], vocabulary: Vocabulary
) -> dict[str, tuple[Told, ...]]:
    row = [_beside(heads, at, place[1], roles) for at in found.row_places]
    seen = {column for at in found.row_places for column in range(at[1], heads.right(at) + 1)}
    others = (
        Told(heads.words((place[0], column)), role, (place[0], column))
        for column, role in roles.items()
        if role in _ANYWHERE and column not in seen and (role == Role.CODE or column > place[1])
    )
    return {
        ROW: tuple(row) + tuple(told for told in others if told.text),
        COLUMN: tuple(_above(heads, at, vocabulary) for at in found.column_places),
    }


def _above(heads: SheetHeads, at: Place, vocabulary: Vocabulary) -> Told:
    """The first text of its row says whether a unit's name there is the figures' own; of other texts it says nothing."""
    text = heads.words(at)
    label = role_of([heads.label(at[0])]) if vocabulary.is_unit(text) else Role.OPEN
    return Told(text, label if label in (Role.RELATION, Role.UNCLEAR) else Role.OPEN, at)


def _beside(heads: SheetHeads, at: Place, before: int, roles: Mapping[int, Role]) -> Told:
    """A text that reaches over several columns (合计 over 序号 and 村名) belongs to the one that says most."""
    reached = [roles.get(column, Role.OPEN) for column in range(at[1], min(heads.right(at), before - 1) + 1)]
    role = next((role for role in (Role.UNIT, Role.PLACE, Role.LINE) if role in reached), reached[0] if reached else Role.OPEN)
    return Told(heads.words(at), role, at)
