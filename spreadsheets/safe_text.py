"""Makes any text safe for a workbook, a comma file, a sheet title or a file name."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from spreadsheets.limits import CELL_CHARACTERS
from spreadsheets.messages import gettext_noop, say

# What XML 1.0 can not contain: one U+FFFE in a remark made a workbook that nobody could open, without any exception.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Text without any of these is written as it stands; most texts are.
_NEEDS_CARE = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x")
_SHORT = 8_000  # characters: far below what a cell holds, whatever the planes
# Excel reads _x0041_ in a text as the letter A; the underscore itself is written _x005F_.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_NOT_IN_TITLES = re.compile(r"[\\/?*\[\]:\x00-\x1f\x7f]")
_NOT_IN_FILE_NAMES = re.compile(r"[\\/?*:\"<>|\x00-\x1f\x7f]")
_TITLE_CHARACTERS = 31
_FILE_NAME_BYTES = 200  # 255 on common file systems; room for an ending and a counter


def clean(text: str) -> str:
    """The text without characters that no workbook can contain; line ends become \\n.

    A text longer than a cell is cut and says so.
    """
    cleaned = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(cleaned) * 2 > CELL_CHARACTERS and _units(cleaned) > CELL_CHARACTERS:
        mark = say(CUT)
        return _first_units(cleaned, CELL_CHARACTERS - _units(mark)) + mark
    return cleaned


def workbook_text(text: str) -> str:
    """A text for a cell's XML or for openpyxl, so that a reader of the file sees `clean(text)`."""
    cleaned = clean(text)
    return _ESCAPE_LIKE.sub("_x005F_", cleaned) if "_x" in cleaned else cleaned


def text_xml(text: str) -> str:
    """Text as it stands in the XML of an element."""
    if len(text) < _SHORT and not _NEEDS_CARE.search(text):
        return text
    return escape(workbook_text(text))


def comma_text(text: str) -> str:
    """A text as one field of a comma file: one that a spreadsheet would read as a formula gets an apostrophe before it."""
    cleaned = clean(text)
    starts = cleaned[:1] in _FORMULA_STARTS or cleaned.lstrip(" \u00a0\u3000")[:1] in _FORMULA_STARTS
    return f"'{cleaned}" if cleaned and starts else cleaned


def sheet_titles(wanted: Iterable[str]) -> list[str]:
    """Titles that a workbook accepts, in the same order: no \\ / ? * [ ] :, at most 31 characters, unique in any case."""
    titles, taken = [], {"history"}  # Excel reserves this name
    for text in wanted:
        base = _NOT_IN_TITLES.sub("-", clean(text)).strip().strip("'") or "-"
        title, count = _first_units(base, _TITLE_CHARACTERS), 1
        while title.casefold() in taken:
            count += 1
            mark = f" ({count})"
            title = _first_units(base, _TITLE_CHARACTERS - len(mark)) + mark
        taken.add(title.casefold())
        titles.append(title)
    return titles


def file_name(text: str, ending: str) -> str:
    """A file name that every office computer accepts; `ending` includes its dot."""
    base = _NOT_IN_FILE_NAMES.sub("-", clean(text)).strip(" .") or "-"
    return base.encode()[:_FILE_NAME_BYTES].decode(errors="ignore") + ending


def page_text(text: str) -> str:
    """A text for a page head or foot, where & starts a code and must be doubled."""
    return clean(text).replace("\n", " ").replace("&", "&&")


def _units(text: str) -> int:
    """The length as Excel counts it: characters beyond the basic plane are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _first_units(text: str, count: int) -> str:
    """The longest beginning of at most `count` units; no character is cut in half."""
    return text.encode("utf-16-le")[: count * 2].decode("utf-16-le", errors="ignore")


CUT = gettext_noop("… (cut: longer than one cell can hold)")
