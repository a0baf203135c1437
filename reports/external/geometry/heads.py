"""Finds the texts that head a cell of a sheet: those to its left in its row and those above it in its column."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from indicators.values.stated_measures import is_bare_measure
from orgs.names.name_similarity import folded
from spreadsheets.preview.sheet_preview import MOST_COLUMNS, SheetPreview
from spreadsheets.read.workbook import Place
from submissions.imports.tables.geometry.words import is_aside, is_place_like, is_serial, is_total, looks_like_figure

# Lines around a table that are not heads in it: who filled it, when, notes.
_BESIDE = re.compile(
    "填表|填报|制表|审核|复核|负责人|报送|联系|电话|报出|日期|说明|备注|注[:0-9]|单位[:]|计量单位[:]|表号|制定机关|文号|有效期"
)
_FIGURE = re.compile("(?:数|率|额|值|量|人次|经费|资金|收入|支出)$")
_LEFT_OPEN = re.compile(":_*$")  # a label followed by blanks to write in


@dataclass(frozen=True)
class SheetHeadTexts:
    """The texts that head a cell. `row`: to the left; `column`: above; the nearest first. `…_places`: their places."""

    row: tuple[str, ...]
    column: tuple[str, ...]
    row_places: tuple[Place, ...] = ()
    column_places: tuple[Place, ...] = ()

    @property
    def are_there(self) -> bool:
        return bool(self.row and self.column)


class SheetHeads:
    """Finds heads in one sheet."""

    def __init__(self, sheet: SheetPreview):
        self.sheet = sheet
        self._first = min((column for (_row, column), cell in sheet.cells.items() if cell.text), default=1)
        self._by_row: dict[int, list[int]] = defaultdict(list)  # places of texts, and all places of a merged cell with a text
        self._by_column: dict[int, list[int]] = defaultdict(list)
        self._measured = frozenset(self._rows_of_measures())
        for row, column in sorted({*sheet.cells, *sheet.covered}):
            if self._text((row, column)):
                self._by_row[row].append(column)
                self._by_column[column].append(row)

    def of(self, place: Place) -> SheetHeadTexts:
        return self.at(tuple(self._row(place)), tuple(self._column(place)))

    def at(self, row: Sequence[Place], column: Sequence[Place]) -> SheetHeadTexts:
        """The heads at these places, the nearest first."""
        return SheetHeadTexts(tuple(map(self._text, row)), tuple(map(self._text, column)), tuple(row), tuple(column))

    def is_head(self, place: Place, column: int, *, is_group: bool = False) -> bool:
        """Whether a text may head a cell of the column.

        No label beside the table, no figure typed as text and no title across the column is a head. `is_group`: its row has
        other heads of figures, so it is no title, however wide it is.
        """
        text = self._text(place)
        return bool(text) and not looks_like_figure(text) and (is_group or not self._is_across(place, column))

    def over(self, column: int, beside: Sequence[Place]) -> tuple[str, ...]:
        """The heads of another column of the same table, the nearest first.

        `beside`: the heads of a cell, whose rows are searched.
        """
        top, bottom = min(row for row, _column in beside), max(self.bottom(place) for place in beside)
        anchors = (self._anchor((row, column)) for row in reversed(self._by_column.get(column, ())) if top <= row <= bottom)
        return tuple(self._text(anchor) for anchor in dict.fromkeys(anchors))

    def label(self, row: int, among: Container[int] = range(1, MOST_COLUMNS + 1)) -> str:
        """The first text in a row of heads; it says what the other texts are. `among`: columns."""
        return next((self._text((row, column)) for column in self._by_row.get(row, ()) if column in among), "")

    def words(self, place: Place) -> str:
        """The text of a cell, numbers included; for a merged range that of its first cell."""
        return self.sheet.cell(self._anchor(place)).text.strip()

    def blanks(self) -> Iterator[tuple[Place, SheetHeadTexts]]:
        """The empty cells with heads on both sides, row by row: the cells that the table wants filled."""
        last_row, last_column = self.sheet.last
        for row in range(1, last_row + 1):
            if row in self.sheet.hidden_rows or self._is_beside(row):
                continue
            for column in range(self._first + 1, last_column + 1):
                if column not in self.sheet.hidden_columns and self._is_blank((row, column)):
                    heads = self.of((row, column))
                    if heads.are_there and not is_aside(heads.column[0]) and not is_serial(heads.column[0]):
                        yield (row, column), heads

    def _is_blank(self, place: Place) -> bool:
        cell = self.sheet.cell(place)
        return not (cell.text.strip() or cell.is_formula or self.sheet.is_covered(place))

    def _is_beside(self, row: int) -> bool:
        """Whether the row is a line beside the table: its first text is none of the table's heads."""
        texts = (self._words((row, column)) for column in range(1, self.sheet.last[1] + 1))
        first = folded(next(filter(None, texts), ""))
        return bool(_BESIDE.match(first) or (_LEFT_OPEN.search(first) and not _names_row(first)))

    def _row(self, place: Place) -> Iterator[Place]:
        """Texts to the left, the nearest first; a line across the whole table is a section, not a head."""
        seen = set()
        for column in reversed(self._by_row.get(place[0], ())):
            anchor = self._anchor((place[0], column))
            if column < place[1] and anchor not in seen and not self._is_across(anchor, place[1]):
                seen.add(anchor)
                yield anchor

    def _column(self, place: Place) -> Iterator[Place]:
        """Texts above up to the first gap over them, so that the heads of another table above do not count."""
        seen: list[Place] = []
        before = 0
        for row in reversed(self._by_column.get(place[1], ())):
            anchor = self._anchor((row, place[1]))
            if row >= place[0] or self._is_across(anchor, place[1]):
                continue
            if seen and row != before - 1:
                return
            before = row
            if anchor not in seen:
                seen.append(anchor)
                if not looks_like_figure(self._text(anchor)):  # a figure typed as text heads nothing
                    yield anchor

    def _is_across(self, anchor: Place, column: int) -> bool:
        """A merged cell that begins at the table's first column and reaches over this one: a title, a section."""
        area = self.sheet.covered.get(anchor)
        return area is not None and area[1] <= self._first < column <= area[3]

    def bottom(self, place: Place) -> int:
        """The last row of the cell's merged range."""
        area = self.sheet.covered.get(place)
        return place[0] if area is None else area[2]

    def right(self, place: Place) -> int:
        """The last column of the cell's merged range."""
        area = self.sheet.covered.get(place)
        return place[1] if area is None else area[3]

    def _anchor(self, place: Place) -> Place:
        area = self.sheet.covered.get(place)
        return place if area is None else area[:2]

    def _text(self, place: Place) -> str:
        """The text of a head; "" for labels around the table such as 填报日期：."""
        text = self._words(place)
        plain = folded(text)
        is_label = ":" in plain and bool(_BESIDE.match(plain.lstrip("(")))
        return "" if is_label or self._anchor(place)[0] in self._measured or self._is_answer(self._anchor(place)) else text

    def _is_answer(self, place: Place) -> bool:
        """Whether the cell is the answer to a label in the cell before it: 填报单位： | 白沙镇."""
        before = folded(self._words((place[0], place[1] - 1))) if place[1] > 1 else ""
        return before.endswith(":") and bool(_BESIDE.match(before))

    def _rows_of_measures(self) -> Iterator[int]:
        """Rows right above heads that contain only a unit of measure such as （万元）, which holds for the whole table."""
        texts: dict[int, list[str]] = defaultdict(list)
        for (row, _column), cell in self.sheet.cells.items():
            if cell.text.strip():
                texts[row].append(cell.text)
        for row, found in texts.items():
            if len(found) == 1 and is_bare_measure(found[0]) and len(texts.get(row + 1, ())) > 1:
                yield row

    def _words(self, place: Place) -> str:
        cell = self.sheet.cell(self._anchor(place))
        return cell.text.strip() if cell.is_text and not cell.is_formula else ""


def _names_row(label: str) -> bool:
    """Whether a text with a colon names a row: 合计：, 甲村：, 党员总数： do; 联系人： is a label beside the table."""
    word = label.rstrip(":_")
    return is_total(word) or is_place_like(word) or bool(_FIGURE.search(word))
