"""The column widths of a printed table: as wide as the content, narrower if the paper requires it."""

import re
from collections.abc import Iterable, Sequence
from math import floor

from spreadsheets.write.text_metrics import text_width

_WORDS = re.compile(r"[（(][^（）()\s]{1,6}[）)]|[!-~]+|\S")  # a short text in brackets, or a Latin word, is not split
_BORDER = 1.8  # column units beside a text
_HEAD_LINES = 4
_SHORT_HEAD = 6  # three Chinese signs
_NARROWEST_TEXT = 14.0
_INDENT = 2.5


NUMBER_WIDTH = 6.0  # of 序号
_NAMES, _CODES = (16.0, 40.0), (9.0, 24.0)
_CODE_SIZE = 9 / 10.5  # codes are printed smaller


def name_width(names: Iterable[str]) -> float:
    """The width for names of rows with their indent; in one line unless that is very long."""
    return min(max(longest(names, _BORDER + _INDENT), _NAMES[0]), _NAMES[1])


def code_width(codes: Iterable[str]) -> float:
    return round(min(max(longest(codes, 0) * _CODE_SIZE + 2.5, _CODES[0]), _CODES[1]), 1)


def longest(texts: Iterable[str], border: float = _BORDER) -> float:
    """The width for the longest of these texts in one line; line breaks in a text count."""
    return max((text_width(line) for text in set(texts) for line in text.split("\n")), default=0) + border


def least_width(text: str, in_one_line: int = _SHORT_HEAD) -> float:
    """The width for the widest word of a head, and for the whole head in a few lines; in one line if it is short."""
    if text_width(text) <= in_one_line:
        return text_width(text) + _BORDER
    words = max((text_width(word) for word in _WORDS.findall(text)), default=0)
    return max(words, text_width(text) / _HEAD_LINES + 1.2) + _BORDER


def squeezed(widths: Sequence[float], flexible: Iterable[int], room: float) -> tuple[float, ...]:
    """The widths fitted to `room` by narrowing the widest of the `flexible` columns, which wrap then.

    There is a limit to it.
    """
    found, places = list(widths), list(flexible)
    while (over := sum(found) - room) > 0 and places:
        widest = max(found[place] for place in places)
        at_widest = [place for place in places if found[place] == widest]
        below = max([found[place] for place in places if found[place] < widest], default=_NARROWEST_TEXT)
        target = max(widest - over / len(at_widest), below, _NARROWEST_TEXT)
        if target >= widest:
            break
        for place in at_widest:
            found[place] = target
    return tuple(floor(width * 10) / 10 for width in found)


def spread(widths: Sequence[float], flexible: Sequence[int], room: float) -> tuple[float, ...]:
    """A narrow table widened to `room`: the flexible columns share the rest."""
    more = max(room - sum(widths), 0) / len(flexible) if flexible else 0
    return tuple(round(width + more, 1) if place in flexible else width for place, width in enumerate(widths))
