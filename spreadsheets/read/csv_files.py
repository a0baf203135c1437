"""Reads separated text into numbered rows of stripped texts: the one csv reader, for tables and uploads."""

import csv
import io
from collections.abc import Iterator

from spreadsheets.read.wide_texts import wide_of

_DELIMITERS = ",\t;"
UTF8, GBK = "UTF-8", "GBK"

NumberedTexts = tuple[int, tuple[str, ...]]  # row number, texts


def separated_rows(text: str, delimiter: str = ",") -> Iterator[NumberedTexts]:
    """Numbered rows. A record over several lines is one row, as in Excel. Raises csv.Error."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number, cells in enumerate(reader, 1):
        yield number, tuple(cell.strip() for cell in cells)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF8, GBK, UTF16 or UTF32. Raises UnicodeError for what is no text.

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
    """The separator of columns in the first line with content: comma, tab or semicolon; "" if there is none."""
    first = next(filter(str.strip, io.StringIO(text)), "")
    most = max(_DELIMITERS, key=first.count)
    return most if most in first else ""
