"""Reads separated text into numbered rows of stripped texts: the one csv reader, for tables and uploads. Knows no head, no meaning."""

import csv
import io
import re
from collections.abc import Iterator

from spreadsheets.problems import refuse
from spreadsheets.wide_texts import wide_of
from spreadsheets.words import gettext_noop, say

# What a file that is no text begins with, and what to say about it.
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",\t;"
_FIRST_LINE = re.compile(r"[^\r\n]*")
_QUOTED = re.compile('="([^"]*)"')
UTF8, GBK = "UTF-8", "GBK"

Numbered = tuple[int, tuple[str, ...]]  # row number, texts


def comma_rows(content: bytes, name: str) -> Iterator[Numbered]:
    """The rows of a loader's file, parted by commas; by tabs, where the head has no comma. Raises TableProblems."""
    text = _text(content, name)
    head = _FIRST_LINE.match(text).group()
    number = 0
    try:
        for number, cells in separated_rows(text, "\t" if "\t" in head and "," not in head else ","):
            yield number, tuple(map(_without_formula, cells))
    except csv.Error as error:
        raise refuse(name, say(BROKEN_QUOTES, reason=str(error)), number + 1) from error


def separated_rows(text: str, delimiter: str = ",") -> Iterator[Numbered]:
    """Numbered rows. A record over several lines is one row, as in Excel. Raises csv.Error."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number, cells in enumerate(reader, 1):
        yield number, tuple(cell.strip() for cell in cells)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and what it was written in: UTF8, GBK, UTF16 or UTF32. Raises UnicodeError for what is no text.

    GBK is what Excel and WPS write for “CSV” on Chinese Windows, UTF-16 what they write for “Unicode text”.
    """
    wide = wide_of(content)
    if wide is not None:
        return wide.text(content), wide.name
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
    try:
        text, encoding = decoded(content)
    except UnicodeError as error:
        raise refuse(name, say(NOT_TEXT), _line_of(content, error)) from error
    if encoding == GBK and (broken := _broken_utf8(content)):
        raise refuse(name, say(BROKEN_UTF8), _line_of(content, broken))
    if encoding == UTF8 and _may_be_gbk(content, text):
        raise refuse(name, say(TWO_ENCODINGS))
    return text


def _without_formula(text: str) -> str:
    """="007" is how programs write a code into a comma file so that Excel leaves its zeros."""
    match = _QUOTED.fullmatch(text) if text.startswith("=") else None
    return match.group(1).strip() if match else text


def _line_of(content: bytes, error: UnicodeError) -> int:
    return content.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 0


def _broken_utf8(content: bytes) -> UnicodeDecodeError | None:
    """Where the text is UTF-8 that was cut or damaged: read as GBK it would be a text of wrong characters, without an error.

    Chinese in GBK hardly ever looks like the three bytes of a Chinese character in UTF-8; damaged UTF-8 is full of them.
    """
    try:
        content.decode()
    except UnicodeDecodeError as error:
        read = content.decode(errors="replace")
        damaged = read.count("\ufffd")
        return error if sum(sign > "\u07ff" for sign in read) - damaged > damaged else None
    return None


def _may_be_gbk(content: bytes, text: str) -> bool:
    """小山 in GBK is also two letters in UTF-8: without another Chinese character beside it nobody can tell."""
    strange = [sign for sign in text if sign > "\x7f"]
    if not strange or content.startswith(b"\xef\xbb\xbf") or any(sign > "\u07ff" for sign in strange):
        return False
    try:
        return all("\u4e00" <= sign <= "\u9fff" for sign in content.decode("gb18030") if sign > "\x7f")
    except UnicodeDecodeError:
        return False


OLD_WORKBOOK = gettext_noop("This is an old .xls workbook or one locked with a password; save it as .xlsx without a password.")
BROKEN_UTF8 = gettext_noop("The text is UTF-8 and damaged here; save the file again as “CSV UTF-8” or as .xlsx.")
TWO_ENCODINGS = gettext_noop("The text can be read in UTF-8 and in GBK, differently; save it as “CSV UTF-8” or as .xlsx.")
NOT_TEXT = gettext_noop("This is neither a .xlsx workbook nor a text; save it as “CSV UTF-8” or as .xlsx.")
BROKEN_QUOTES = gettext_noop("Quotation marks or line ends are broken here (%(reason)s); save the file again.")
