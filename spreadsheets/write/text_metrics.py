"""Estimates the space that a text needs, because merged cells never grow by themselves."""

from math import ceil
from unicodedata import east_asian_width

_UNIT_SIZE = 10.5  # points at which a half-width character is about one unit of column width
_LEADING = 1.42
_PADDING = 4.0  # points above and below together


def text_width(text: str) -> int:
    """The width of the text in half-width characters; a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def line_count(text: str, width: float, size: float) -> int:
    """The number of lines of the wrapped text in a cell of `width` column units at `size` points."""
    places = max((width - 1) * _UNIT_SIZE / size, 1)
    return sum(max(ceil(text_width(line) / places), 1) for line in text.split("\n"))


def row_height(lines: int, size: float) -> float:
    """The height in points for so many lines."""
    return round(lines * size * _LEADING + _PADDING, 1)
