"""The texts that head an empty cell, each with what it holds: the row's own unit, a code, a measure, an indicator. Binds nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from reports.rows import CATEGORY
from reports.upper.heads import Heads, SheetHeads
from reports.upper.roles import SPEAK_OF_UNITS, Role, Told, is_measure_column, is_settled_by_texts, role_of
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

    `heads`: the text over each of these columns; `lines`: the first text of every row between the first cell and the last.
    """

    asked: tuple[Asked, ...]
    roles: dict[int, Role]
    heads: dict[int, str]
    lines: dict[int, str]

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
    columns = _Columns(over, texts, vocabulary)
    roles = columns.roles(unit_column)
    asked = tuple(Asked(place, found, _by_axis(heads, place, found, roles, vocabulary)) for place, found in cells)
    nearest = {column: next(iter(over[column]), "") for column in roles}
    return Table(asked, roles, nearest, {row: heads.label(row) for row in range(rows[0], rows[-1] + 1)})


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
    heads: SheetHeads, place: Place, found: Heads, roles: dict[int, Role], vocabulary: Vocabulary
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


def _beside(heads: SheetHeads, at: Place, before: int, roles: dict[int, Role]) -> Told:
    """A text that reaches over several columns (合计 over 序号 and 村名) belongs to the one that says most."""
    reached = [roles.get(column, Role.OPEN) for column in range(at[1], min(heads.right(at), before - 1) + 1)]
    role = next((role for role in (Role.UNIT, Role.PLACE, Role.LINE) if role in reached), reached[0] if reached else Role.OPEN)
    return Told(heads.words(at), role, at)


class _Columns:
    """Settles what each column of texts holds, where its head alone does not."""

    def __init__(self, over: dict[int, tuple[str, ...]], lines: dict[int, list[str]], vocabulary: Vocabulary):
        """`lines`: the texts of each column, row by row, "" where there is none."""
        self._over, self._lines, self._vocabulary = over, lines, vocabulary
        self._texts = {column: [text for text in texts if text] for column, texts in lines.items()}

    def roles(self, unit_column: int | None) -> dict[int, Role]:
        roles = {column: role_of(heads) for column, heads in self._over.items()}
        for column, heads in self._over.items():
            others = [role for other, role in roles.items() if other != column]
            if is_measure_column(heads, self._texts[column], others):
                roles[column] = Role.MEASURE
        roles = {column: self._by_texts(column, role) for column, role in roles.items()}
        if unit_column is not None:
            return {column: _as_said(role, column == unit_column) for column, role in roles.items()}
        return self._own(roles)

    def _by_texts(self, column: int, role: Role) -> Role:
        """名称 over indicators names lines; a code is an indicator's or a unit's."""
        if role == Role.UNIT and is_settled_by_texts(self._over[column]):
            return Role.LINE if self._named(column, "figure") > self._named(column, "unit") else role
        return role

    def _own(self, roles: dict[int, Role]) -> dict[int, Role]:
        """Without a column of the rows' own units the nearest place is it (乡镇 alone), else the only open one with names of units."""
        if Role.UNIT in roles.values() or (Role.CODE in roles.values() and self._is_coded(roles)):
            return roles
        places = [column for column, role in roles.items() if role == Role.PLACE]
        if places:
            lowest = [column for column in places if self._is_below_all(column, places) and self._is_own_place(column, roles)]
            return roles | {lowest[0]: Role.UNIT} if len(lowest) == 1 else roles
        if any(role in SPEAK_OF_UNITS for role in roles.values()):
            return roles
        named = [column for column, role in roles.items() if role in (Role.OPEN, Role.LINE) and self._is_of_units(column)]
        return roles | {named[0]: Role.UNIT} if len(named) == 1 else roles

    def _is_below_all(self, column: int, places: Sequence[int]) -> bool:
        """Each of its units stands below what the other columns of places name in the same row: 乡镇 beside 县."""
        units = self._vocabulary.units
        for other in places:
            pairs = [(units.unit(one), units.unit(text)) for one, text in self._pairs(column, other)]
            if other != column and not (pairs and all(one and units.is_below(one, above) for one, above in pairs)):
                return False
        return True

    def _is_own_place(self, column: int, roles: dict[int, Role]) -> bool:
        """A row for each place, and no other column names what stands below it: 镇 beside 所在村 is not the row's own."""
        if len(set(self._texts[column])) < len(self._texts[column]):
            return False
        units = self._vocabulary.units
        pairs = (pair for other, role in roles.items() if role in SPEAK_OF_UNITS for pair in self._pairs(other, column))
        named = ((units.unit(text), units.unit(place)) for text, place in pairs)
        return not any(
            one and place and one.org and one.org != place.org and units.is_below(one, place) for one, place in named
        )

    def _pairs(self, column: int, other: int) -> list[tuple[str, str]]:
        return [(one, text) for one, text in zip(self._lines[column], self._lines[other], strict=True) if one and text]

    def _is_coded(self, roles: dict[int, Role]) -> bool:
        columns = [column for column, role in roles.items() if role == Role.CODE]
        return any(self._vocabulary.is_code(text) for column in columns for text in self._texts[column])

    def _is_of_units(self, column: int) -> bool:
        """More units, categories of units among them, than figures."""
        count = sum(self._vocabulary.units.unit(text) is not None for text in self._texts[column])
        return count > self._named(column, "figure")

    def _named(self, column: int, what: str) -> int:
        """How many texts of the column surely name a unit, or a figure."""
        count = Counter(self._vocabulary.names(text) for text in self._texts[column])
        return count[what]


def _as_said(role: Role, is_own: bool) -> Role:
    if is_own:
        return Role.UNIT
    return Role.RELATION if role in (Role.UNIT, Role.UNCLEAR) else role
