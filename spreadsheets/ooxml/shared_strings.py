"""The texts of a workbook: the shared strings, and the decoding of _x0041_."""

import re

from spreadsheets import limits
from spreadsheets.ooxml.refusals import TOO_MUCH_TEXT, Refusal, refused
from spreadsheets.ooxml.relations import Parts
from spreadsheets.ooxml.xml_elements import guarded_parser, parse_whole, prefix_of

LONGEST_TEXT = 10 * limits.CELL_CHARACTERS  # one character may be written as seven, _x000D_
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Decodes `_x0041_` -> A, which is how Excel writes what XML can not contain."""
    if "_x" not in text:
        return text
    decoded = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Strings:
    """Handlers for sharedStrings.xml: runs of rich text are joined, phonetic runs (pronunciations) are left out."""

    def __init__(self, characters: int):
        self.texts: list[str] = []
        self._characters_left = characters
        self._parts: list[str] = []
        self._characters = ""
        self._phonetic = self._item = self._text = ""

    def root(self, name: str, attributes: dict[str, str], parser) -> None:
        prefix = prefix_of(name, attributes)
        if prefix is None:
            raise refused("damaged")
        self._phonetic, self._item, self._text = f"{prefix}rPh", f"{prefix}si", f"{prefix}t"
        self._is_phonetic = False
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.say

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == self._text:
            self._characters = ""
        elif name == self._phonetic:
            self._is_phonetic = True
        elif name == self._item:
            self._parts = []

    def say(self, text: str) -> None:
        self._characters += text
        if len(self._characters) > LONGEST_TEXT:
            raise Refusal("strange", TOO_MUCH_TEXT)

    def end(self, name: str) -> None:
        if name == self._text:
            if not self._is_phonetic:
                self._parts.append(self._characters)
        elif name == self._item:
            self._keep("".join(self._parts))
        elif name == self._phonetic:
            self._is_phonetic = False

    def _keep(self, text: str) -> None:
        self._characters_left -= len(text)
        if self._characters_left < 0:
            raise Refusal("strange", TOO_MUCH_TEXT)
        self.texts.append(unescaped(text))


def shared_texts(content: bytes, characters: int) -> list[str]:
    """The texts of sharedStrings.xml in order, with a limit on all their characters. Raises Refusal."""
    strings, parser = _Strings(characters), guarded_parser()
    parser.StartElementHandler = lambda name, attributes: strings.root(name, attributes, parser)
    parse_whole(parser, content)
    return strings.texts


def texts_of(parts: Parts, part: str, characters: int) -> list[str]:
    """The texts of a workbook, none where it has no such part. Raises Refusal."""
    return shared_texts(parts.read(part), characters) if part in parts else []
