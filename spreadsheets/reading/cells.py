"""One pass over a sheet's XML: cells at their places, exact digits, errors, formulas without result. Knows no file around it.

Written for speed: the handlers run for every element of every form that comes back. What a sheet may hold inside its rows is
known to the last element; anything else is left to the second reader rather than passed over.
"""

from collections.abc import Iterator, Sequence

from spreadsheets import limits
from spreadsheets.reading.addresses import column_of, letters_of, range_of
from spreadsheets.reading.elements import guarded_parser, parse, prefix_of
from spreadsheets.reading.numbers import date_text, plain_number, stored_day
from spreadsheets.reading.refusals import BAD_PLACE, BAD_TEXT, TOO_MANY_MERGES, TOO_MUCH_TEXT, TWICE, NotKnown, Refusal, refused
from spreadsheets.reading.styles import PLAIN, Format
from spreadsheets.reading.texts import LONGEST_TEXT, unescaped
from spreadsheets.reading.workbook import Range

# row, column, text, content (a letter of workbook.Content), format code, is formula, raw
RawCell = tuple[int, int, str, str, str, bool, str]
_BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}
_YES = ("1", "true")


class _Columns(dict):
    """Column numbers by their letters, remembered; 0 for what names no column of a sheet."""

    def __missing__(self, letters: str) -> int:
        number = column_of(letters) if len(letters) <= 3 and letters.isascii() and letters.isalpha() else 0
        self[letters] = number if number <= limits.SHEET_COLUMNS else 0
        return self[letters]


_COLUMNS = _Columns()


class SheetPass:
    """Takes a sheet's XML in chunks; what was found stands in `cells`, `merged`, `hidden_rows`, `hidden_columns`."""

    def __init__(self, title: str, texts: Sequence[str], formats: Sequence[Format], *, is_1904: bool):
        self.title, self._texts, self._formats, self._is_1904 = title, texts, formats, is_1904
        self.cells: list[RawCell] = []
        self.merged: list[Range] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._is_shuffled = False  # a row came back: the same cell may stand twice
        self._row = self._column = self._furthest_row = 0
        self._row_text = self._said = self._formula = ""
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._inline: list[str] | None = None
        self._is_formula = self._is_phonetic = self._is_inside_text = self._is_back = False
        self._parser = guarded_parser()
        self._parser.StartElementHandler = self._root

    def read(self, chunks: Iterator[bytes]) -> Iterator[None]:
        """Yields after each chunk, so that the cells may be counted or taken away. Raises Refusal, NotKnown."""
        yield from parse(self._parser, chunks)
        if not self._row_text and self._parser.StartElementHandler == self._root:
            raise refused("damaged")
        if self._is_shuffled:
            self._refuse_twice()

    def take_finished_rows(self) -> list[RawCell]:
        """Gives the rows that are complete and forgets them. Only for a sheet whose rows stand in order. Raises Refusal."""
        if self._is_shuffled:
            raise refused("damaged")
        end = len(self.cells)
        while end and self.cells[end - 1][0] == self._row:
            end -= 1
        taken, self.cells = self.cells[:end], self.cells[end:]
        return taken

    # ---- before and after the rows

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        prefix = prefix_of(name, attributes)
        if prefix is None or not name.endswith("worksheet"):
            raise refused("damaged")
        self._names = {local: prefix + local for local in ("sheetData", "col", "mergeCell")}
        self._row_name, self._cell_name, self._value_name = f"{prefix}row", f"{prefix}c", f"{prefix}v"
        self._formula_name, self._text_name = f"{prefix}f", f"{prefix}t"
        self._inline_name, self._phonetic_name = f"{prefix}is", f"{prefix}rPh"
        self._leave_rows()

    def _outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._names["sheetData"]:
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
            self._parser.CharacterDataHandler = self._say
        elif name == self._names["mergeCell"]:
            self._merge(attributes.get("ref", ""))
        elif name == self._names["col"] and attributes.get("hidden") in _YES:
            first, last = (attributes.get(key, "") for key in ("min", "max"))
            if first.isdigit() and last.isdigit() and len(first) < 8 and len(last) < 8:
                self.hidden_columns.append((int(first), min(int(last), limits.SHEET_COLUMNS)))

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

    # ---- inside the rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._cell_name:
            self._attributes = attributes
            address = attributes.get("r")
            column = self._column + 1 if address is None else _COLUMNS[address.removesuffix(self._row_text)]
            self._is_back = column <= self._column
            self._column = column
            self._value = self._inline = None
            self._is_formula = False
        elif name == self._value_name:
            self._said = ""
        elif name == self._row_name:
            self._begin_row(attributes)
        elif name == self._formula_name:
            self._said, self._is_formula = "", True
        elif name == self._inline_name:
            self._inline, self._is_inside_text = [], True
        elif self._is_inside_text:
            if name == self._text_name:
                self._said = ""
            elif name == self._phonetic_name:
                self._is_phonetic = True
        else:
            raise NotKnown(name)

    def _say(self, text: str) -> None:
        self._said += text
        if len(self._said) > LONGEST_TEXT:
            raise Refusal("strange", TOO_MUCH_TEXT)

    def _end(self, name: str) -> None:
        if name == self._value_name:
            self._value = self._said
        elif name == self._cell_name:
            if self._value is not None or self._is_formula or self._inline is not None:
                self._finish_cell()
        elif name == self._formula_name:
            self._formula = self._said
        elif name == self._text_name:
            if not self._is_phonetic:
                self._inline.append(self._said)
        elif name == self._inline_name:
            self._is_inside_text = False
        elif name == self._phonetic_name:
            self._is_phonetic = False
        elif name == self._names["sheetData"]:
            self._leave_rows()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        if number is None:
            self._row += 1
        elif number.isascii() and number.isdigit() and len(number) < 10:
            self._row = int(number)
        else:
            raise refused("damaged")
        if self._row <= self._furthest_row:
            self._is_shuffled = True
        else:
            self._furthest_row = self._row
        self._row_text, self._column = str(self._row), 0
        if attributes.get("hidden") in _YES:
            self.hidden_rows.append(self._row)

    # ---- one cell

    def _finish_cell(self) -> None:
        content, text, raw = self._content()
        if not text:
            return
        if self._is_back or not 0 < self._row <= limits.SHEET_ROWS:
            raise self._bad(BAD_PLACE)
        code = self._format().code
        self.cells.append((self._row, self._column, text, content, code, self._is_formula, raw))

    def _content(self) -> tuple[str, str, str]:
        """Content letter, text and raw; the text is "" for a cell that holds nothing after all."""
        kind = self._attributes.get("t", "n")
        if self._inline is not None:
            return "s", unescaped("".join(self._inline)), ""
        value = self._value
        if kind != "str" and self._is_formula and not (value and value.strip()):
            return "f", f"={self._formula or '…'}", ""
        if not value:
            return "s", "", ""
        if kind == "n":
            return self._number(value)
        if kind == "s":
            return "s", self._shared(value), ""
        if kind in ("str", "inlineStr"):
            return "s", unescaped(value), ""
        return self._rare(kind, value)

    def _number(self, value: str) -> tuple[str, str, str]:
        number = plain_number(value) or plain_number(value.strip())
        if number is None:
            return "s", value, value
        if self._format().is_date:
            shown = date_text(number, is_1904=self._is_1904)
            if shown is not None:
                return "d", shown, number
        return "n", number, ""

    def _shared(self, value: str) -> str:
        number = value.strip()
        if number.isascii() and number.isdigit() and len(number) < 10 and int(number) < len(self._texts):
            return self._texts[int(number)]
        raise self._bad(BAD_TEXT)

    def _rare(self, kind: str, value: str) -> tuple[str, str, str]:
        if kind == "b":
            shown = _BOOLEANS.get(value.strip())
            return ("b", shown, "") if shown else ("s", value, "")
        if kind == "e":
            return "e", value, ""
        if kind == "d":
            return "d", stored_day(value), value
        raise NotKnown(kind)

    def _refuse_twice(self) -> None:
        seen = set()
        for row, column, *_ in self.cells:
            if (row, column) in seen:
                raise Refusal("strange", TWICE, cell=f"{letters_of(column)}{row}", sheet=self.title)
            seen.add((row, column))

    def _format(self) -> Format:
        style = self._attributes.get("s", "0")
        if style.isascii() and style.isdigit() and len(style) < 10 and int(style) < len(self._formats):
            return self._formats[int(style)]
        return PLAIN

    def _bad(self, message: str) -> Refusal:
        address = self._attributes.get("r") or f"{letters_of(self._column)}{self._row}"
        return Refusal("strange", message, cell=address[:20], sheet=self.title)
