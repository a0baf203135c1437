"""Reads a sheet of one of our forms by its stamp and keys, not by position: the report's cells, and cells outside them. Pure.

The keys are described in submissions.workbooks.stamps. Whether a key belongs to the form is checked in form_recognition.

"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from indicators.values.number_parser import LONGEST, PlainLine, read_value
from indicators.values.odd_texts import ENDING
from spreadsheets.read.workbook import Cell, Content, Place, Range, ReadSheet
from submissions.imports.forms.heads import FormHead, read_form_head
from submissions.imports.report.import_report import PlacedCell, Remark, Weight
from submissions.workbooks.stamps import CHOICE, CLEAR_TOKENS, COLUMNS, NOW, Shape, Stamp

BLANK = Cell("", Content.TEXT)
MOST_STRAYS = 50  # reported one by one for each sheet; the others as a count
_NO_TEXT = (Content.NUMBER, Content.BOOLEAN, Content.ERROR, Content.UNCOMPUTED)
_DIGIT = re.compile(r"\d")
_ANY_FIGURE = PlainLine(decimals=15, negative_allowed=True)


@dataclass(frozen=True)
class FormRow:
    """The visible columns of a row with a key, and their places: they show whether the row was sorted without its key."""

    key: str
    code: str
    name: str
    address: str


@dataclass
class ReadFormSheet:
    """One sheet to fill.

    `cells` has every crossing of keys, blank ones too; `errors` by the code of the unit, "" = the sheet's.
    """

    title: str
    stamp: Stamp
    head: FormHead = field(default_factory=FormHead)
    cells: list[PlacedCell] = field(default_factory=list)
    errors: dict[str, list[Remark]] = field(default_factory=lambda: defaultdict(list))
    rows: list[FormRow] = field(default_factory=list)

    def refuse(self, org: str, address: str, sentence: str, key: str = "") -> None:
        self.errors[org].append(Remark(address, Weight.ERROR, sentence, key=key))


def read_form_sheet(sheet: ReadSheet, stamp: Stamp, at: Place) -> ReadFormSheet:
    """Reads a sheet. `at` is the place of the stamp: its row has the keys of columns, its column those of rows."""
    return _Reader(sheet, stamp, at).read()


class _Reader:
    """Reads one sheet by its keys."""

    def __init__(self, sheet: ReadSheet, stamp: Stamp, at: Place):
        self.sheet, self.stamp, self.at = sheet, stamp, at
        self.is_grid = stamp.shape == Shape.GRID
        self.found = ReadFormSheet(sheet.title, stamp)
        self.heads: dict[int, str] = {}
        self.keys: dict[int, str] = {}
        self.others: list[tuple[Place, Cell]] = []
        self._lay_out()
        self.found.head = read_form_head(sheet, at[0], self.keys)
        self.inputs = [column for column, head in sorted(self.heads.items()) if self._is_input(head)]
        self.choices = [column for column, head in sorted(self.heads.items()) if head == CHOICE and not self.is_grid]
        self.code_at, self.name_at = self._column("code"), self._column("name")
        self.rows = sorted(self.keys)

    def _lay_out(self) -> None:
        top, left = self.at
        for place, cell in self.sheet.cells.items():
            row, column = place
            if place == self.at:
                continue
            if row == top:
                self.heads[column] = cell.text.strip()
            elif column == left:
                self.keys[row] = cell.text.strip()
            else:
                self.others.append((place, cell))
        self.keys = {row: key for row, key in self.keys.items() if key}

    def _column(self, wanted: str) -> int | None:
        return next((column for column, head in self.heads.items() if head == wanted), None)

    def _is_input(self, head: str) -> bool:
        return head not in COLUMNS if self.is_grid else head == NOW

    def read(self) -> ReadFormSheet:
        if not self.inputs:
            sentence = _(
                "The hidden row that says which column is which was deleted or emptied, so nothing of this sheet can be told."
            )
            self.found.refuse(self._unit(""), self.sheet.title, sentence)
            return self.found
        for row in self.rows:
            self._place(row)
        self._refuse_merged()
        self._refuse_strays()
        return self.found

    def _place(self, row: int) -> None:
        for column in self.inputs:
            self._place_cell(row, column)
        code, name = self._text(row, self.code_at), self._text(row, self.name_at)
        if code or name:
            address = self.sheet.address(row, self.code_at or self.name_at)
            self.found.rows.append(FormRow(self.keys[row], code, name, address))

    def _place_cell(self, row: int, column: int) -> None:
        cell = self.sheet.cells.get((row, column), BLANK)
        for choice in self.choices:
            chosen = self.sheet.cells.get((row, choice), BLANK)
            if not chosen.text.strip():
                continue
            if not cell.text.strip():
                column, cell = choice, chosen
            elif chosen.text.strip() != cell.text.strip():
                sentence = _("“%(chosen)s” is chosen here, but “%(typed)s” is filled in beside it; keep one of them.")
                self._refuse(row, choice, sentence % {"chosen": chosen.text.strip(), "typed": cell.text.strip()})
        key = self.keys[row]
        org, key = (key, self.heads[column]) if self.is_grid else (self.stamp.org, key)
        self.found.cells.append(PlacedCell(org, key, self.sheet.address(row, column), cell))

    def _text(self, row: int, column: int | None) -> str:
        return self.sheet.cells.get((row, column), BLANK).text.strip()

    def _unit(self, key: str) -> str:
        """The code of a row's unit; "" for a row of a grid without one."""
        return key if self.is_grid else self.stamp.org

    def _refuse(self, row: int, column: int, sentence: str) -> None:
        unit, address = self._unit(self.keys.get(row, "")), self.sheet.address(row, column)
        self.found.refuse(unit, address, sentence, self._line(row, column))

    def _line(self, row: int, column: int) -> str:
        """The figure key of the row, or of the column of a grid; "" for none."""
        if self.is_grid:
            return self.heads[column] if column in self.inputs else ""
        return self.keys.get(row, "")

    def _refuse_merged(self) -> None:
        """Reports merged ranges, which keep one value: each covered cell to fill is named, whichever of them was meant."""
        for merged in self.sheet.merged:
            covered = list(self._inputs_in(merged))
            if len(covered) > 1 or (covered and covered[0] != merged[:2]):
                sentence = _(
                    "This cell was merged with others, so it cannot be told whose the figure is; part the cells and fill in each."
                )
                for row, column in covered:
                    self._refuse(row, column, sentence)

    def _inputs_in(self, merged: Range) -> Iterator[Place]:
        top, left, bottom, right = merged
        columns = [column for column in self.inputs if left <= column <= right]
        if columns:
            for row in self.rows[bisect_left(self.rows, top) : bisect_right(self.rows, bottom)]:
                yield from ((row, column) for column in columns)

    def _refuse_strays(self) -> None:
        """Reports values outside the cells of the form that look like figures, so that none is lost; frame and notes are fine."""
        keys, heads, filled_in = self.keys, self.heads, {*self.inputs, *self.choices}
        strays = [
            (place, cell)
            for place, cell in self.others
            if (place[1] not in heads or (place[0] not in keys and place[1] in filled_in)) and _looks_like_figure(cell)
        ]
        for (row, column), cell in strays[:MOST_STRAYS]:
            sentence = _(
                "“%(text)s” stands outside the table, where the form has no cell to fill; move it to its cell or delete it."
            )
            self._refuse(row, column, sentence % {"text": cell.text[:30]})
        if len(strays) > MOST_STRAYS:
            sentence = _("%(count)s more cells outside the table are filled in; move them to their cells or delete them.")
            self.found.refuse(self._unit(""), self.sheet.title, sentence % {"count": len(strays) - MOST_STRAYS})


def _looks_like_figure(cell: Cell) -> bool:
    """Whether the cell holds a number, a text that is read as one or could be meant as one, or a word that clears a cell."""
    if cell.content in _NO_TEXT:
        return True
    text = cell.text.strip()
    if cell.content != Content.TEXT or len(text) > LONGEST or not _DIGIT.search(text):
        return cell.content == Content.TEXT and text.upper() in CLEAR_TOKENS
    reading = read_value(text, _ANY_FIGURE)
    return reading.figure is not None or bool(reading.suggestion and text[-1] not in ENDING)  # 1、 counts lines
