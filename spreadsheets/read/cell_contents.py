"""The content of one cell, from its type, style and stored value."""

from collections.abc import Sequence
from functools import lru_cache

from spreadsheets.ooxml.addresses import address_of
from spreadsheets.ooxml.numbers import date_text, plain_number, stored_day
from spreadsheets.ooxml.refusals import BAD_TEXT, TOO_MUCH_TEXT, NotKnown, Refusal
from spreadsheets.ooxml.shared_strings import LONGEST_TEXT, unescaped
from spreadsheets.ooxml.styles import PLAIN, Format
from spreadsheets.ooxml.xml_elements import whole_number

# row, column, text, content (a letter of workbook.Content), format code, is formula, raw
RawCell = tuple[int, int, str, str, str, bool, str]

KnownCell = tuple[int, int, RawCell | None]  # row, column, content

SHARED = "s"  # the type of a cell that points to a text of the workbook
_BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}
_MOST_KNOWN, _LONGEST_KNOWN = 20_000, 500  # cells, characters: some 10 MB at most
_UNWRITTEN = "…"  # in place of the formula of a cell that uses another's


class Contents:
    """The shared texts and formats of a workbook, with the functions that read its cells."""

    def __init__(self, sheet: str, texts: Sequence[str], formats: Sequence[Format], *, is_1904: bool):
        self._sheet, self._texts, self._is_1904 = sheet, texts, is_1904
        self._formats = {str(number): found for number, found in enumerate(formats)}
        self._formats[""] = self._formats.get("0", PLAIN)
        self.known = _known_with(tuple(formats), is_1904)

    def remember(self, text: str, cell: KnownCell) -> None:
        """Remembers a cell by its XML: most cells are the same in every copy of a form."""
        if len(text) <= _LONGEST_KNOWN:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[text] = cell

    def cell(self, row: int, column: int, kind: str, style: str, value: str, inline: str | None, formula: str | None):
        """A RawCell, or None for a cell without content. `kind`, `style`, `value` are "" where they are missing.

        Raises Refusal for a text that is not in the file, NotKnown for a type that no workbook has.
        """
        if inline is not None:
            content, text, raw = "s", unescaped(inline), ""
        elif formula is not None and kind != "str" and not value.strip():
            content, text, raw = "f", f"={formula or _UNWRITTEN}", ""
        elif not value:
            return None
        elif kind in ("", "n"):
            content, text, raw = self._number(value, style)
        elif kind == "s":
            content, text, raw = "s", self._shared(value, row, column), ""
        else:
            content, text, raw = _rare(kind, value)
        if not text:
            return None
        if len(text) > LONGEST_TEXT:
            raise Refusal("strange", TOO_MUCH_TEXT)
        return row, column, text, content, self._formats.get(style, PLAIN).code, formula is not None, raw

    def _number(self, value: str, style: str) -> tuple[str, str, str]:
        number = plain_number(value) or plain_number(value.strip())
        if number is None:
            return "s", value, value
        if self._formats.get(style, PLAIN).is_date:
            shown = date_text(number, is_1904=self._is_1904)
            if shown is not None:
                return "d", shown, number
        return "n", number, ""

    def _shared(self, value: str, row: int, column: int) -> str:
        number = whole_number(value.strip())
        if number is not None and number < len(self._texts):
            return self._texts[number]
        raise Refusal("strange", BAD_TEXT, cell=address_of((row, column)), sheet=self._sheet)


@lru_cache(maxsize=4)
def _known_with(_formats: tuple[Format, ...], _is_1904: bool) -> dict[str, KnownCell]:
    """The remembered cells for these formats; other formats give other contents."""
    return {}


def _rare(kind: str, value: str) -> tuple[str, str, str]:
    if kind in ("str", "inlineStr"):
        return "s", unescaped(value), ""
    if kind == "b":
        shown = _BOOLEANS.get(value.strip())
        return ("b", shown, "") if shown else ("s", value, value)
    if kind == "e":
        return "e", value, ""
    if kind == "d":
        return "d", stored_day(value), value
    raise NotKnown(kind)
