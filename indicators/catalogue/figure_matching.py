"""Which figure of a form a head in anyone's table names: by code, by name, by item, by English name, as remembered.

What is only similar is proposed and not taken; of two equals neither is chosen.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from indicators.layout import Layout
from indicators.values.unit_of_measure_words import agree, only_count_differently, split_measure
from orgs.names.name_similarity import PROPOSED, Certainty, Match, NameIndex, folded, leads, similarity, without_numbering

_OF_WHICH = re.compile("^(?:其中|ofwhich)[:,]?")
_PUNCTUATION = re.compile(r"[()\[\],:;/_\-]|\.(?!\d)|(?<!\d)\.")
_LEADING = re.compile(r"\(?([a-z0-9][a-z0-9_.-]*)\)?([\s:,、_-]*)(.*)", re.DOTALL)
_TRAILING = re.compile(r"(.+)\(([a-z0-9][a-z0-9_.-]*)\)$", re.DOTALL)
_COUNTING = re.compile("(?:总人数|总户数|总数|人数|户数|个数|件数|数量|数)$")
_MOST_CHOICES = 5
_SHORTEST_COUNTED = 2  # letters of what two lines count


@dataclass(frozen=True, slots=True)
class Named:
    """One figure that a head may name: an indicator, or an item of its breakdown. `whole`: the code it is a part of, or ""."""

    code: str
    item: str
    name: str  # of the indicator
    unit: str
    name_en: str = ""
    whole: str = ""

    @property
    def key(self) -> str:
        return f"{self.code}:{self.item}" if self.item else self.code


def plain_name(text: str) -> str:
    """A head folded, without numbering, 其中, colon and unit of measure: （一）其中：党员总数（名）： -> 党员总数."""
    return split_measure(_inner(text))[0]


def is_of_which(text: str) -> bool:
    return bool(_OF_WHICH.match(without_numbering(text)))


@lru_cache(maxsize=64)
def names_of_layout(layout: Layout) -> "IndicatorNames":
    """The names of every printed line."""
    lines = (Named(line.code, line.item, line.name, line.unit, "", line.part_of) for line in layout.printed)
    return IndicatorNames(lines)


class IndicatorNames:
    """Understands heads as figures. `remembered`: plain name -> figure key, as a person once answered."""

    def __init__(self, named: Iterable[Named], remembered: Mapping[str, str] | None = None):
        self.named = {one.key: one for one in named}
        self._remembered = {
            plain_name(text): key for text, key in (remembered or {}).items() if key in self.named and plain_name(text)
        }
        self._codes = {one.code.lower(): one.code for one in self.named.values()}
        self._keys = {folded(key): key for key in self.named}
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._items: dict[str, dict[str, str]] = defaultdict(dict)  # code -> compact item -> key
        self._of_item: dict[str, set[str]] = defaultdict(set)  # compact item -> keys of every indicator that has it
        for one in self.named.values():
            self._enter(one)
        self._seen: dict[tuple[str, str], Match] = {}

    def with_english(self, english: Mapping[str, str]) -> "IndicatorNames":
        """The same with English names by code."""
        return IndicatorNames(replace(one, name_en=english.get(one.code, "")) for one in self.named.values())

    def match(self, text: str, within: str = "") -> Match:
        """`within`: the code of the indicator under which the head stands in its table."""
        if (text, within) not in self._seen:
            self._seen[text, within] = self._matched(text, within)
        return self._seen[text, within]

    def measured(self, match: Match, stated: str) -> Match:
        """The match with the unit of measure that the table states beside it: 元 is not the 万元 that the form asks."""
        asked = self.named[match.target].unit if match.target else ""
        if not match.target or agree(stated, asked):
            return match
        if only_count_differently(stated, asked):
            certainty = Certainty.LIKELY if match.is_sure else match.certainty
            why = _("it is counted in %(stated)s here, the form asks %(asked)s")
            return replace(match, certainty=certainty, why=why % {"stated": stated, "asked": asked})
        why = _("it stands in %(stated)s here, the form asks %(asked)s: convert the figures in the file")
        return Match("", Certainty.NONE, why % {"stated": stated, "asked": asked})

    def has_items(self, code: str) -> bool:
        return bool(self._items.get(code))

    def _enter(self, one: Named) -> None:
        name = _compact(plain_name(one.name))
        if not one.item:
            self._exact[name].add(one.key)
            self._exact[_compact(_inner(one.name))].add(one.key)
            if one.name_en:
                self._exact[_compact(folded(one.name_en))].add(one.key)
            return
        item = _compact(plain_name(one.item))
        self._items[one.code][item] = one.key
        self._of_item[item].add(one.key)
        for joined in (f"{name}{item}", f"{name}其中{item}"):
            self._exact[joined].add(one.key)

    def _matched(self, text: str, within: str) -> Match:
        inner = _inner(text)
        plain, stated = split_measure(inner)
        if not plain:
            return Match()
        if plain in self._remembered:
            return self.measured(_sure(self._remembered[plain], _("as said for an earlier file")), stated)
        if stated and (whole := self._by_name(text, inner, within)):
            return whole  # a name that ends like a unit of measure: 义务劳动出工加分(次)
        if coded := self._by_code(text):
            return coded
        return self.measured(self._by_name(text, plain, within) or self._similar(plain, within), stated)

    def _by_code(self, text: str) -> Match | None:
        """Matches by code, unless the name beside it is another indicator's."""
        whole = folded(text)
        if whole in self._keys and _is_telling(whole):
            return _sure(self._keys[whole], _("by its code"))
        spaced = without_numbering(text) if text.strip()[:1].isdigit() else text.strip().lower()
        leading, trailing = _LEADING.match(spaced), _TRAILING.match(folded(text))
        if leading and self._is_code(leading.group(1), apart=bool(leading.group(2))):
            return self._coded(self._codes[leading.group(1)], leading.group(3))
        if trailing and self._is_code(trailing.group(2), apart=True):
            return self._coded(self._codes[trailing.group(2)], trailing.group(1))
        return None

    def _is_code(self, run: str, *, apart: bool) -> bool:
        return run in self._codes and _is_telling(run) and (apart or (len(run) >= 4 and any(sign.isdigit() for sign in run)))

    def _coded(self, code: str, beside: str) -> Match:
        """The code with the name beside it: the indicator's, an item's, an unknown one (proposed), another's (neither)."""
        inner = _inner(beside)
        if inner and _compact(inner) in self._own_names(code):
            return _sure(code, _("by its code"))
        plain, stated = split_measure(inner)
        return self.measured(self._coded_as(code, _compact(plain)), stated)

    def _coded_as(self, code: str, plain: str) -> Match:
        why = _("by its code")
        keys = self._exact.get(plain, set())
        if not plain or code in keys:
            return _sure(code, why) if code in self.named else Match()
        if plain in self._items[code]:
            return _sure(self._items[code][plain], why)
        own = {key for key in keys if self.named[key].code == code}
        if len(own) == 1:
            return _sure(own.pop(), why)
        if keys:
            return _ambiguous({code, *keys}, _("the code and the name beside it name different indicators"))
        if code not in self.named:
            return Match()
        if not self._items[code] and similarity(plain, _compact(plain_name(self.named[code].name))) >= PROPOSED:
            return _sure(code, why)
        return Match(code, Certainty.LIKELY, _("by its code, but the name beside it is not known"), (code,))

    def _own_names(self, code: str) -> set[str]:
        return {_compact(_inner(self.named[code].name))} if code in self.named else set()

    def _by_name(self, text: str, plain: str, within: str) -> Match | None:
        """By the name of an indicator, or of an item under the indicator it stands under."""
        name = _compact(plain)
        item = self._items.get(within, {}).get(name)
        keys = self._exact.get(name, set())
        if item and (is_of_which(text) or not keys):
            return _sure(item, _("an item of its indicator"))
        if item or len(keys) > 1:
            return _ambiguous({*keys, *([item] if item else ())}, _("several lines of the form have this name"))
        if keys:
            return self._whole_name(next(iter(keys)), is_of_which(text), within)
        return self._lone_item(name) if name in self._of_item else None

    def _whole_name(self, key: str, of_which: bool, within: str) -> Match:
        """其中 under another indicator may be a part that only has the same name: 党员总数 among volunteers."""
        if of_which and not self.named[key].item and not self._is_part(key, within):
            return Match(key, Certainty.LIKELY, _("the name is right, but it stands as a part of something else"), (key,))
        return _sure(key, _("by its name"))

    def _is_part(self, key: str, within: str) -> bool:
        """As the form declares; where it declares nothing, by what both count: 在村党员数 of 党员总数."""
        if whole := self.named[key].whole:
            return within in ("", whole, key)
        counted = _COUNTING.sub("", plain_name(self.named[within].name)) if within in self.named and within != key else ""
        return len(counted) >= _SHORTEST_COUNTED and counted in plain_name(self.named[key].name)

    def _lone_item(self, name: str) -> Match:
        keys = self._of_item[name]
        if len(keys) == 1:
            key = next(iter(keys))
            return Match(key, Certainty.LIKELY, _("an item, but the head does not say of which indicator"), (key,))
        return _ambiguous(keys, _("an item of several indicators"))

    def _similar(self, plain: str, within: str) -> Match:
        text = _compact(plain)
        found = (self._similar_items(within).ranked(text) if within else []) or [
            pair for pair in self._similar_names.ranked(text) if self._is_worth_proposing(pair[1], text)
        ]
        choices = tuple(key for _score, key in found[:_MOST_CHOICES])
        if leads(found):
            return Match(choices[0], Certainty.LIKELY, _("the name is similar"), choices, is_alike=True)
        if found:
            return Match("", Certainty.AMBIGUOUS, _("several lines of the form have a similar name"), choices, is_alike=True)
        return Match()

    def _is_worth_proposing(self, key: str, text: str) -> bool:
        """An item only where the text carries it."""
        item = self.named[key].item
        return not item or _compact(folded(item)) in text

    @cached_property
    def _similar_names(self) -> NameIndex:
        return NameIndex((name, key) for name, keys in self._exact.items() for key in keys)

    def _similar_items(self, code: str) -> NameIndex:
        return NameIndex(self._items.get(code, {}).items())


@lru_cache(maxsize=65536)
def _inner(text: str) -> str:
    """Without numbering, 其中 and colons, but with its unit of measure."""
    name = without_numbering(text).strip(":,")
    while (rest := without_numbering(_OF_WHICH.sub("", name)).strip(":,")) != name:
        name = rest
    return name


def _compact(name: str) -> str:
    """Without punctuation, so that 党员总数：正式, 党员总数（正式） and 党员总数-正式 are one."""
    return _PUNCTUATION.sub("", name)


def _is_telling(code: str) -> bool:
    """False for short numbers: they are row numbers more often than codes."""
    return any(sign.isalpha() for sign in code) or len(code) >= 4


def _sure(key: str, why: str) -> Match:
    return Match(key, Certainty.SURE, why, (key,))


def _ambiguous(keys: Iterable[str], why: str) -> Match:
    return Match("", Certainty.AMBIGUOUS, why, tuple(sorted(keys)))
