"""The texts that head an empty cell, each with its role: the row's own unit, a code, a unit of measure, an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.external.geometry.heads import SheetHeads, SheetHeadTexts
from reports.external.geometry.roles import SPEAK_OF_UNITS, ColumnHeadText, ColumnRole, role_of
from reports.external.names.vocabulary import Vocabulary
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.read.workbook import Place

ROW, COLUMN = "row", "column"
# Roles whose text may also be after the figure, or be a number, with the same meaning.
_ANYWHERE = (*SPEAK_OF_UNITS, ColumnRole.CODE, ColumnRole.MEASURE)


@dataclass(frozen=True)
class EmptyCell:
    """One empty cell: the texts that head it by axis, the nearest first.

    `shown`: the unit of measure in its number format, "" for none.
    """

    place: Place
    heads: SheetHeadTexts
    texts: dict[str, tuple[ColumnHeadText, ...]]
    shown: str = ""

    def line(self, axis: str) -> int:
        """The number of the row or the column of the cell."""
        return self.place[0] if axis == ROW else self.place[1]

    def heads_text(self, axis: str) -> str:
        """The heads of one side, from the outside in.

        If it has none, as beside a name still to be written, those of the other side.
        """
        row, column = self.heads.row, self.heads.column
        return " › ".join(reversed((row or column) if axis == ROW else (column or row)))


@dataclass(frozen=True)
class SheetTexts:
    """The empty cells of a sheet under the same heads. `roles`: what each column of texts beside them contains.

    `heads`: the text over each of these columns; `lines`: the first text of every row between the first cell and the last;
    `question`: the columns among which a person has to choose the one with the rows' own units; `partners`: columns that hold
    another unit's figures, each with the head that says so; `listed_beside`: the names in the lists beside it, each with its
    place.
    """

    cells: tuple[EmptyCell, ...]
    roles: Mapping[int, ColumnRole]
    heads: dict[int, str]
    lines: dict[int, str]
    question: tuple[int, ...] = ()
    partners: Mapping[int, str] = field(default_factory=dict)
    listed_beside: tuple[tuple[str, str], ...] = ()

    @property
    def unit_columns(self) -> list[int]:
        return [column for column, role in self.roles.items() if role == ColumnRole.UNIT]

    @property
    def speaks_of_units(self) -> bool:
        """Whether a column beside the figures names units, the rows' own or others."""
        return any(role in SPEAK_OF_UNITS for role in self.roles.values())

    def unit_column(self) -> str:
        """The column of the rows' own units in words: A 村名; "" if there is none."""
        return ", ".join(f"{letters_of(column)} {self.heads[column]}".strip() for column in self.unit_columns)


def texts_by_axis(
    heads: SheetHeads, place: Place, found: SheetHeadTexts, roles: Mapping[int, ColumnRole], vocabulary: Vocabulary
) -> dict[str, tuple[ColumnHeadText, ...]]:
    """The texts that head one cell. `roles`: what each column of texts in its table contains."""
    row = [_beside(heads, at, place[1], roles) for at in found.row_places]
    seen = {column for at in found.row_places for column in range(at[1], heads.right(at) + 1)}
    others = (
        ColumnHeadText(heads.words((place[0], column)), role, (place[0], column))
        for column, role in roles.items()
        if role in _ANYWHERE and column not in seen and (role == ColumnRole.CODE or column > place[1])
    )
    return {
        ROW: tuple(row) + tuple(head for head in others if head.text),
        COLUMN: tuple(_above(heads, at, vocabulary) for at in found.column_places),
    }


def _above(heads: SheetHeads, at: Place, vocabulary: Vocabulary) -> ColumnHeadText:
    """The texts above.

    The first text of its row says whether a unit named there is the figures' own; for other texts it means nothing.
    """
    text = heads.words(at)
    label = role_of([heads.label(at[0])]) if vocabulary.is_unit(text) else ColumnRole.OPEN
    return ColumnHeadText(text, label if label in (ColumnRole.RELATION, ColumnRole.UNCLEAR) else ColumnRole.OPEN, at)


def _beside(heads: SheetHeads, at: Place, before: int, roles: Mapping[int, ColumnRole]) -> ColumnHeadText:
    """The texts beside.

    A text over several columns (合计 over 序号 and 村名) belongs to the column with the most specific role.
    """
    reached = [roles.get(column, ColumnRole.OPEN) for column in range(at[1], min(heads.right(at), before - 1) + 1)]
    role = next(
        (role for role in (ColumnRole.UNIT, ColumnRole.PLACE, ColumnRole.LINE) if role in reached),
        reached[0] if reached else ColumnRole.OPEN,
    )
    return ColumnHeadText(heads.words(at), role, at)
