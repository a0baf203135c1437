"""The rows of a loader's comma file as numbered texts; if its encoding is ambiguous the file is refused with a question."""

import csv
import re
from collections.abc import Iterator

from spreadsheets.messages import gettext_noop, say
from spreadsheets.read.csv_files import GBK, UTF8, NumberedTexts, decoded, separated_rows
from spreadsheets.tables.problems import refuse

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # the first bytes of files that are no text
_FIRST_LINE = re.compile(r"[^\r\n]*")
_QUOTED = re.compile('="([^"]*)"')


def csv_rows(content: bytes, name: str) -> Iterator[NumberedTexts]:
    """The rows of a loader's file, separated by commas; by tabs, if the head has no comma. Raises TableProblems."""
    text = _text(content, name)
    head = _FIRST_LINE.match(text).group()
    number = 0
    try:
        for number, cells in separated_rows(text, "\t" if "\t" in head and "," not in head else ","):
            yield number, tuple(map(_without_formula, cells))
    except csv.Error as error:
        raise refuse(name, say(BROKEN_QUOTES, reason=str(error)), number + 1) from error


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
    """The code in ="007", which programs write into a comma file so that Excel keeps its zeros."""
    match = _QUOTED.fullmatch(text) if text.startswith("=") else None
    return match.group(1).strip() if match else text


def _line_of(content: bytes, error: UnicodeError) -> int:
    return content.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 0


def _broken_utf8(content: bytes) -> UnicodeDecodeError | None:
    """The error of a UTF-8 text that was cut or damaged; None for any other text.

    Read as GBK it would give wrong characters without an error. Chinese in GBK hardly ever looks like the three bytes of a
    Chinese character in UTF-8; damaged UTF-8 is full of them.
    """
    try:
        content.decode()
    except UnicodeDecodeError as error:
        read = content.decode(errors="replace")
        damaged = read.count("\ufffd")
        return error if sum(sign > "\u07ff" for sign in read) - damaged > damaged else None
    return None


def _may_be_gbk(content: bytes, text: str) -> bool:
    """Whether a UTF-8 text may be GBK: the bytes of 小山 in GBK are two letters in UTF-8 too.

    A Chinese character in the UTF-8 text rules it out.
    """
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
