"""Normal forms of names as people write them, and the similarity of two names."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

PROPOSED, CLEARLY = 0.6, 0.08  # the least similarity worth proposing, and by how much it must lead the next one
_FEW, _RARE = 60, 8  # a letter in more names than these, and in more than every eighth, says little
_SIMILAR = 0.4  # how much a text counts that is only similar to a name
_ALPHABETIC = 0.8  # any two English texts share most of their letters

# Quotation marks have no meaning in a name: “两新”组织 is 两新组织. Spaces and line ends come from narrow cells.
_LEFT_OUT = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad“”\"‘’'`「」『』《》〈〉<>*※★●◆■]+")
_FOLDED = str.maketrans("【〔[{】〕]}、;。·•—–―−~", "(((())))" + ",,..." + "-----")
_NUMERALS = "一二三四五六七八九十百"
_NUMBERING = re.compile(
    rf"(?:\((?:\d{{1,3}}|[{_NUMERALS}]{{1,4}})\)|第?[{_NUMERALS}]{{1,4}}[,.:]|\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}(?:[.,):](?!\d)|\s+(?=\D)))\s*"
)
_OPPOSED = re.compile("未|不|无|非|没|撤销|取消|退出|流失")
_OTHERWISE = re.compile(
    "上年|去年|同期|同比|环比|上期|上季|上月|期初|年初|增长|增幅|增减|减少|占比|比例|比重|率$|平均|计划|目标|累计"
)
_DIGITS = re.compile(r"\d+")


class Certainty(StrEnum):
    """How sure a match is. LIKELY is only proposed; AMBIGUOUS has several equal choices, none of them chosen."""

    SURE = "sure"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """The target that a text names.

    `target`: a code or a key, "" where none is chosen; `why`: a sentence; `choices`: the possible targets. `is_alike`: only
    similar to the proposed name; False if it is exactly the name (of several, if ambiguous).
    """

    target: str = ""
    certainty: Certainty = Certainty.NONE
    why: str = ""
    choices: tuple[str, ...] = ()
    is_alike: bool = False

    @property
    def is_sure(self) -> bool:
        return self.certainty == Certainty.SURE

    @property
    def weight(self) -> float:
        """The probability that a text is a name: 1 if it is exactly the name of one or several, less if only similar, else 0."""
        if self.certainty == Certainty.NONE:
            return 0.0
        return _SIMILAR if self.is_alike or not (self.target or self.choices) else 1.0


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The normal form of a text: half width, round brackets, small letters, no spaces and no quotation marks."""
    return _LEFT_OUT.sub("", _straight(text))


@lru_cache(maxsize=65536)
def without_numbering(text: str) -> str:
    """The folded text without its number in a list: `1.`, `（一）`, `一、`, `①`, `2.3`."""
    rest = _straight(text).strip()
    while (match := _NUMBERING.match(rest)) and len(match.group()) < len(rest):
        rest = rest[match.end() :]
    return _LEFT_OUT.sub("", rest)


def _straight(text: str) -> str:
    # ① becomes (1), so that a number in front can be separated from the name.
    marked = re.sub("[①-⑳]", lambda match: f"({ord(match.group()) - 0x245F})", text)
    return unicodedata.normalize("NFKC", marked).translate(_FOLDED).lower()


def similarity(one: str, other: str) -> float:
    """The similarity of two folded names, 0 to 1.

    It counts containment, abbreviation and few changed letters; it is 0 if they contain different numbers.
    """
    if one == other:
        return 1.0
    if not one or not other or _DIGITS.findall(one) != _DIGITS.findall(other):
        return 0.0
    if one.isascii() or other.isascii():
        return score if (score := _common(_pairs(one), _pairs(other))) >= _ALPHABETIC else 0.0
    short, long = sorted((one, other), key=len)
    share = len(short) / len(long)
    score = (_common(one, other) + _common(_pairs(one), _pairs(other))) / 2
    if len(short) >= 2 and short in long:
        score = max(score, 0.5 + share / 2)
    elif len(short) >= 2 and short[0] == long[0] and _is_abbreviation(short, long):
        score = max(score, 0.4 + share / 2)
    elif len(short) >= 3 and len(short) == len(long) and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        score = max(score, 1 - 1 / len(short))
    for words in (_OPPOSED, _OTHERWISE):
        score -= 0.3 * (set(words.findall(one)) != set(words.findall(other)))
    return max(score, 0.0)


class NameIndex:
    """An index of names that finds those most similar to a text. Names with too few common letters are not compared."""

    def __init__(self, names: Iterable[tuple[str, str]]):
        """`names`: (folded name, target)."""
        self._names = list(names)
        self._letters = [len(set(name)) for name, _target in self._names]
        self._with: dict[str, list[int]] = defaultdict(list)
        for place, (name, _target) in enumerate(self._names):
            for letter in set(name):
                self._with[letter].append(place)

    def ranked(self, text: str, among: Container[str] | None = None) -> list[tuple[float, str]]:
        """(similarity, target) of the targets worth proposing, the most similar first; only those in `among`."""
        best: dict[str, float] = {}
        for place in self._sharing(text):
            name, target = self._names[place]
            if among is not None and target not in among:
                continue
            score = similarity(text, name)
            if score >= PROPOSED and score > best.get(target, 0.0):
                best[target] = score
        return sorted(((score, target) for target, score in best.items()), key=lambda pair: (-pair[0], pair[1]))

    def _sharing(self, text: str) -> Iterator[int]:
        """The names that contain all letters, or share more than half of them.

        One of the letters must not be in every other name (村).
        """
        letters = set(text)
        rare = {
            letter for letter in letters if len(self._with.get(letter, ())) <= max(_FEW, len(self._names) // _RARE)
        } or letters
        shared: Counter[int] = Counter()
        for letter in rare:
            shared.update(self._with.get(letter, ()))
        for place, count in shared.items():
            common = sum(letter in self._names[place][0] for letter in letters - rare)
            both = count + common
            if both == min(len(letters), self._letters[place]) or 4 * both > len(letters) + self._letters[place]:
                yield place


def leads(found: list[tuple[float, str]]) -> bool:
    """Whether the first is clearly more similar than the second."""
    return bool(found) and (len(found) == 1 or found[0][0] - found[1][0] >= CLEARLY)


def _common(one: Iterable[str], other: Iterable[str]) -> float:
    """The Dice coefficient: twice the common letters, divided by all letters of both."""
    first, second = set(one), set(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _is_abbreviation(short: str, long: str) -> bool:
    """Whether the long one contains every letter of the short one, in order."""
    letters = iter(long)
    return all(letter in letters for letter in short)
