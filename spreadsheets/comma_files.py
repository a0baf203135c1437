"""Reads separated text into numbered rows of stripped texts: the one csv reader, for tables and uploads. Knows no head, no meaning."""

import csv
import io
from collections.abc import Iterator

from spreadsheets.problems import refuse
from spreadsheets.words import gettext_noop, say

# What a file that is no text begins with, and what to say about it.
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",\t;"
UTF8, GBK, UTF16 = "UTF-8", "GBK", "UTF-16"

Numbered = tuple[int, tuple[str, ...]]  # row number, texts


def comma_rows(content: bytes, name: str) -> Iterator[Numbered]:
    """The rows of a loader's file: UTF-8 (BOM or not), parted by commas. Raises TableProblems."""
    text = _text(content, name)
    number = 0
    try:
        for number, cells in separated_rows(text):
            yield number, cells
    except csv.Error as error:
        raise refuse(name, say(BROKEN_QUOTES, reason=str(error)), number + 1) from error


def separated_rows(text: str, delimiter: str = ",") -> Iterator[Numbered]:
    """Numbered rows. A record over several lines is one row, as in Excel. Raises csv.Error."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number, cells in enumerate(reader, 1):
        yield number, tuple(cell.strip() for cell in cells)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and what it was written in: UTF8, GBK or UTF16. Raises UnicodeError for what is no text.

    GBK is what Excel and WPS write for “CSV” on Chinese Windows, UTF-16 what they write for “Unicode text”.
    """
    if content.startswith(_UTF16):
        return content.decode("utf-16"), UTF16
    if b"\0" in content:
        raise UnicodeError
    try:
        return content.decode("utf-8-sig"), UTF8
    except UnicodeDecodeError:
        return content.decode("gb18030"), GBK


def delimiter_of(text: str) -> str:
    """What parts the columns of the first line that holds anything: comma, tab or semicolon; "" where nothing does."""
    first = next(filter(str.strip, io.StringIO(text)), "")
    most = max(_DELIMITERS, key=first.count)
    return most if most in first else ""


def _text(content: bytes, name: str) -> str:
    if content.startswith(_OLD_WORKBOOK):
        raise refuse(name, say(OLD_WORKBOOK))
    if content.startswith(_UTF16):
        raise refuse(name, say(WRONG_ENCODING, encoding=UTF16))
    if b"\0" in content:
        raise refuse(name, say(NOT_TEXT))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse(name, _what_it_is(content), line) from error


def _what_it_is(content: bytes) -> str:
    try:
        return say(WRONG_ENCODING, encoding=decoded(content)[1])
    except UnicodeError:
        return say(NOT_TEXT)


OLD_WORKBOOK = gettext_noop("This is an old .xls workbook or one locked with a password; save it as .xlsx without a password.")
WRONG_ENCODING = gettext_noop("The text is written in %(encoding)s, not UTF-8; save it as “CSV UTF-8” or as .xlsx.")
NOT_TEXT = gettext_noop("This is neither a .xlsx workbook nor UTF-8 text; save it as “CSV UTF-8” or as .xlsx.")
BROKEN_QUOTES = gettext_noop("Quotation marks or line ends are broken here (%(reason)s); save the file again.")
