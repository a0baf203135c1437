"""Distinguishes UTF-16 and UTF-32 from other bytes, with or without a byte order mark."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

UTF16, UTF32 = "UTF-16", "UTF-32"

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le", UTF32), (codecs.BOM_UTF32_BE, "utf-32-be", UTF32),
    (codecs.BOM_UTF16_LE, "utf-16-le", UTF16), (codecs.BOM_UTF16_BE, "utf-16-be", UTF16),
)  # fmt: skip
_LOOKED_AT = 1 << 16  # bytes: enough to know it, a multiple of what a letter takes
_SPACES = frozenset("\t\n\r\v\f")
_NO_LETTERS = ("Cc", "Cn", "Co", "Cs")  # controls, unassigned, private, halves of surrogate pairs
_OF_TABLES = frozenset(map(chr, range(0x20, 0x7F))) | _SPACES
_USUAL = re.compile(r"[\t-\r -~\u00b7\u2010-\u2030\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MOSTLY = 0.8  # of the letters of a table are frequent ones


@dataclass(frozen=True)
class Wide:
    """The encoding of a text: the codec, the name that people know, and the number of bytes of its mark."""

    codec: str
    name: str
    mark: int = 0

    def text(self, content: bytes) -> str:
        """Raises UnicodeError."""
        return content[self.mark :].decode(self.codec)


def wide_of(content: bytes) -> Wide | None:
    """The encoding of a text with two or four bytes per letter; None for anything else.

    Without a mark the text must contain a zero byte (every comma, digit and line end does) and give letters throughout in one
    of the four encodings, mostly frequent ones, and more characters typical of a table than in the others: in the wrong byte
    order a comma is a letter nobody uses.
    """
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return Wide(codec, name, len(mark))
    start = content[:_LOOKED_AT]
    if b"\0" not in start:
        return None
    found = [(_signs(start, codec) if len(content) % len(mark) == 0 else 0, codec, name) for mark, codec, name in _MARKS]
    signs, codec, name = max(found)
    return Wide(codec, name) if signs else None


def _signs(start: bytes, codec: str) -> int:
    """The number of characters typical of a table in the text, decoded this way; 0 where it is no text."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(start)
    except UnicodeDecodeError:
        return 0
    if any(unicodedata.category(letter) in _NO_LETTERS for letter in set(text) - _SPACES):
        return 0
    if len(_USUAL.findall(text)) < _MOSTLY * len(text):
        return 0
    return sum(letter in _OF_TABLES for letter in text)
