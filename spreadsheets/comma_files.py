"""Reads comma separated text (UTF-8, BOM or not) into numbered rows of stripped texts. Knows no head and no meaning."""

import csv
import io
from collections.abc import Iterator

from spreadsheets.problems import refuse
from spreadsheets.words import gettext_noop, say

# What a file that is no text begins with, and what to say about it.
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def comma_rows(content: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yields (row number, texts). A record over several lines is one row, as in Excel. Raises TableProblems."""
    reader = csv.reader(io.StringIO(_text(content, name), newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, tuple(cell.strip() for cell in cells)
    except csv.Error as error:
        raise refuse(name, say(BROKEN_QUOTES, reason=str(error)), number + 1) from error


def _text(content: bytes, name: str) -> str:
    if content.startswith(_OLD_WORKBOOK):
        raise refuse(name, say(OLD_WORKBOOK))
    if content.startswith(_UTF16):
        raise refuse(name, say(WRONG_ENCODING, encoding="UTF-16"))
    if b"\0" in content:
        raise refuse(name, say(NOT_TEXT))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse(name, _what_it_is(content), line) from error


def _what_it_is(content: bytes) -> str:
    """GBK is what Excel and WPS write for “CSV” on Chinese Windows, so it gets its own sentence."""
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return say(NOT_TEXT)
    return say(WRONG_ENCODING, encoding="GBK")


OLD_WORKBOOK = gettext_noop("This is an old .xls workbook or one locked with a password; save it as .xlsx without a password.")
WRONG_ENCODING = gettext_noop("The text is written in %(encoding)s, not UTF-8; save it as “CSV UTF-8” or as .xlsx.")
NOT_TEXT = gettext_noop("This is neither a .xlsx workbook nor UTF-8 text; save it as “CSV UTF-8” or as .xlsx.")
BROKEN_QUOTES = gettext_noop("Quotation marks or line ends are broken here (%(reason)s); save the file again.")
