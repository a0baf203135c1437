"""Reads a sheet's XML in one pass: cells at their places, exact digits, errors, formulas without result.

Rows as programs write them are read by the expression of `rows`; all others element by element. All elements that may be inside
the rows are known: a sheet with any other goes to the second reader, so that nothing is skipped.
"""

from collections.abc import Iterator
from functools import lru_cache

from spreadsheets import limits
from spreadsheets.ooxml.addresses import address_of, column_of, range_of
from spreadsheets.ooxml.refusals import BAD_PLACE, TOO_MANY_MERGES, TWICE, NotKnown, Refusal, refused
from spreadsheets.ooxml.xml_elements import guarded_parser, is_true, parse, parse_whole, prefix_of, whole_number
from spreadsheets.read.cell_contents import SHARED, Contents, KnownCell, RawCell
from spreadsheets.read.rows import NotPlain, formula_of, parted, plain_cell, plain_rows
from spreadsheets.read.workbook import Range

_SMALL_FRAME = 1 << 16


class _Columns(dict):
    """Column numbers by their letters, cached; 0 for letters that no sheet has."""

    def __missing__(self, letters: str) -> int:
        number = column_of(letters) if len(letters) <= 3 and letters.isascii() and letters.isalpha() else 0
        if number > limits.SHEET_COLUMNS:
            number = 0
        if number:
            self[letters] = number
        return number


_COLUMNS = _Columns()


class SheetPass:
    """Reads a sheet's XML; the results are `cells`, `merged`, `hidden_rows`, `hidden_columns`."""

    def __init__(self, title: str, contents: Contents):
        self.title, self._contents = title, contents
        self._begin()

    def _begin(self) -> None:
        self.cells: list[RawCell] = []
        self.merged: list[Range] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._prefix: str | None = None
        self._is_shuffled = False  # a row or a cell came again: the same cell may be there twice
        self._row = self._column = self._furthest_row = 0
        self._row_text = ""
        self._characters: list[str] = []
        self._attributes: dict[str, str] = {}
        self._value = ""
        self._inline: list[str] | None = None
        self._formula: str | None = None
        self._is_phonetic = self._is_inside_text = self._is_back = False
        self._parser = guarded_parser()
        self._parser.StartElementHandler = self._root

    def read(self, chunks: Iterator[bytes]) -> Iterator[None]:
        """Yields after each chunk, so that the caller may count or remove the cells. Raises Refusal, NotKnown."""
        for _ in parse(self._parser, chunks):
            yield
        self._finish()

    def read_whole(self, content: bytes) -> None:
        """Reads a sheet that is small enough to keep in memory. Raises Refusal, NotKnown."""
        try:
            frame, rows = parted(content)
            self._prefix, merged, hidden_columns = _frame(frame) if len(frame) <= _SMALL_FRAME else _frame_of(frame)
            self.merged, self.hidden_columns = list(merged), list(hidden_columns)
            self._take_plain(rows)
        except NotPlain:
            self._begin()
            parse_whole(self._parser, content)
        self._finish()

    def take_finished_rows(self) -> list[RawCell]:
        """Returns the complete rows and removes them. Only for a sheet whose rows are in order. Raises Refusal."""
        if self._is_shuffled:
            raise refused("damaged")
        end = len(self.cells)
        while end and self.cells[end - 1][0] == self._row:
            end -= 1
        taken, self.cells = self.cells[:end], self.cells[end:]
        return taken

    def _finish(self) -> None:
        if self._prefix is None:
            raise refused("damaged")
        if self._is_shuffled:
            self._refuse_twice()

    def _refuse_twice(self) -> None:
        seen = set()
        for row, column, *_ in self.cells:
            if (row, column) in seen:
                raise Refusal("strange", TWICE, cell=address_of((row, column)), sheet=self.title)
            seen.add((row, column))

    # ---- rows in the plain form

    def _take_plain(self, rows: str) -> None:
        if self._prefix != "":
            raise NotPlain
        last_row, known, keep = 0, self._contents.known, self.cells.append
        for number, is_hidden, cells in plain_rows(rows):
            if not last_row < number <= limits.SHEET_ROWS:
                raise NotPlain
            if is_hidden:
                self.hidden_rows.append(number)
            last_row, last_column = number, 0
            for text in cells:
                row, column, cell = known.get(text) or self._plain(text)
                if row != number or column <= last_column:
                    raise NotPlain
                last_column = column
                if cell is not None:
                    keep(cell)

    def _plain(self, text: str) -> KnownCell:
        """A cell that is not cached yet; it is cached for the next copy of the form if it needs no other part."""
        letters, digits, style, kind, formula, value, inline = plain_cell(text)
        row, column, cell = int(digits), _COLUMNS[letters], None
        if value or inline or formula:
            # The formula itself is read only where its result is not stored.
            shown = None if not formula else "" if value else formula_of(formula)
            cell = self._contents.cell(row, column, kind, style, value, inline or None, shown)
        found = row, column, cell
        if kind != SHARED:
            self._contents.remember(text, found)
        return found

    # ---- before and after the rows

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        prefix = prefix_of(name, attributes)
        if prefix is None or name != f"{prefix}worksheet":
            raise refused("damaged")
        self._prefix = prefix
        self._rows_name, self._column_name, self._merge_name = f"{prefix}sheetData", f"{prefix}col", f"{prefix}mergeCell"
        self._row_name, self._cell_name, self._value_name = f"{prefix}row", f"{prefix}c", f"{prefix}v"
        self._formula_name, self._text_name = f"{prefix}f", f"{prefix}t"
        self._inline_name, self._phonetic_name = f"{prefix}is", f"{prefix}rPh"
        self._leave_rows()

    def _outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._rows_name:
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
            self._parser.CharacterDataHandler = self._say
        elif name == self._merge_name:
            self._merge(attributes.get("ref", ""))
        elif name == self._column_name and is_true(attributes.get("hidden")):
            first, last = (whole_number(attributes.get(key)) for key in ("min", "max"))
            if first is not None and last is not None:
                self.hidden_columns.append((first, min(last, limits.SHEET_COLUMNS)))

    def _merge(self, address: str) -> None:
        if len(self.merged) >= limits.UPLOAD_MERGES:
            raise Refusal("strange", TOO_MANY_MERGES, limit=limits.UPLOAD_MERGES)
        found = range_of(address)
        if found is None:
            raise refused("damaged")
        self.merged.append(found)

    def _leave_rows(self) -> None:
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._outside, None
        self._parser.CharacterDataHandler = None

    # ---- element by element

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._cell_name:
            self._attributes = attributes
            address = attributes.get("r")
            column = _COLUMNS[address.removesuffix(self._row_text)] if address else self._column + 1
            self._is_back, self._column = column <= self._column, column
            self._value, self._inline, self._formula = "", None, None
        elif name == self._value_name or name == self._formula_name:
            self._characters.clear()
        elif name == self._row_name:
            self._begin_row(attributes)
        elif name == self._inline_name:
            self._inline, self._is_inside_text = [], True
        elif not self._is_inside_text:
            raise NotKnown(name)
        elif name == self._text_name:
            self._characters.clear()
        elif name == self._phonetic_name:
            self._is_phonetic = True

    def _say(self, text: str) -> None:
        self._characters.append(text)

    def _end(self, name: str) -> None:
        if name == self._value_name:
            self._value = "".join(self._characters)
        elif name == self._cell_name:
            if self._value or self._formula is not None or self._inline is not None:
                self._finish_cell()
        elif name == self._formula_name:
            self._formula = "".join(self._characters)
        elif name == self._text_name:
            if not self._is_phonetic:
                self._inline.append("".join(self._characters))
        elif name == self._inline_name:
            self._is_inside_text = False
        elif name == self._phonetic_name:
            self._is_phonetic = False
        elif name == self._rows_name:
            self._leave_rows()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = whole_number(attributes["r"]) if "r" in attributes else self._row + 1
        if number is None:
            raise refused("damaged")
        self._row = number
        if self._row <= self._furthest_row:
            self._is_shuffled = True
        self._furthest_row = max(self._row, self._furthest_row)
        self._row_text, self._column = str(self._row), 0
        if is_true(attributes.get("hidden")):
            self.hidden_rows.append(self._row)

    def _finish_cell(self) -> None:
        attributes = self._attributes
        inline = None if self._inline is None else "".join(self._inline)
        kind, style = attributes.get("t", ""), attributes.get("s", "")
        cell = self._contents.cell(self._row, self._column, kind, style, self._value, inline, self._formula)
        if cell is None:
            return
        self._is_shuffled |= self._is_back
        if not self._column or not 0 < self._row <= limits.SHEET_ROWS:
            address = attributes.get("r") or address_of((self._row, self._column))
            raise Refusal("strange", BAD_PLACE, cell=address[:20], sheet=self.title)
        self.cells.append(cell)


def _frame_of(content: bytes) -> tuple[str | None, tuple[Range, ...], tuple[tuple[int, int], ...]]:
    """The facts of a sheet besides its rows: the prefix of its names, merged ranges, hidden columns.

    Raises Refusal, NotKnown.
    """
    found = SheetPass("", Contents("", (), (), is_1904=False))
    parse_whole(found._parser, content)
    return found._prefix, tuple(found.merged), tuple(found.hidden_columns)


# All but the rows is the same in every copy of a form; most of it are validations.
_frame = lru_cache(maxsize=32)(_frame_of)
