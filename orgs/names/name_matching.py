"""Finds which organization a text in anyone's table names: by code, by name, with or without the names above it.

The result says how sure it is; of two equal candidates it chooses neither.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from orgs.names.name_similarity import Certainty, Match, NameIndex, folded, leads, without_numbering

# What a party organization or a committee adds to the name of its place, the longest first.
_SUFFIXES = sorted(
    (
        "联合党支部", "党总支部", "党总支", "党支部", "党的工作委员会", "党工委", "党委会", "党委", "党组", "党组织", "党支部委员会",
        "党总支部委员会", "党总支委员会", "支部委员会", "总支部委员会", "总支委员会",
        "总支部", "总支", "支部", "两委", "工作委员会", "委员会",
        "人民政府", "政府", "办事处", "党群服务中心",
    ),
    key=len, reverse=True,
)  # fmt: skip
# A committee of residents, with what its place is: 石桥村委会 and 石桥村村民委员会 are both 石桥村.
_COMMITTEES = ((re.compile("村?(?:村民委员会|村委会|行政村)$"), "村"), (re.compile("(?:社区)?(?:居民委员会|居委会)$"), "社区"))
# Short forms of the official names: 中共石桥村支部委员会 is 石桥村党支部.
_KIND_OF = (
    (re.compile("(?:党?总支部委员会|党?总支委员会|党总支部|(?<!党)总支部?)$"), "党总支"),
    (re.compile("(?:党?支部委员会|(?<!党)(?<!总)支部)$"), "党支部"),
    (re.compile("党委会$"), "党委"),
)
_IN_BRACKETS = re.compile(r"\((党?支部|党?总支部?|党委|党组织|党工委)\)$")
_SEAT = "机关"  # 青山镇机关党支部 has its seat in 青山镇 and is not 青山镇
_WHO = ("中国共产党", "中共")
_KINDS = ("街道", "社区", "村", "镇", "乡", "嘎查")  # the type of a place, where its name is written without it
_IS_PLACE = re.compile("(?:镇|乡|街道|县|区|市|旗|办事处|党委|党工委)$")
_AFTER = re.compile(
    "[^\u4e00-\u9fff]|党|村民?委|居民?委|支部|总支|两委|年|月|季|第|[一二三四上下](?:季|半)|报|统计|汇总|填|上|基层|数据|情况|的|本|各|一表"
)
_BRANCH = re.compile("支部|总支|机关")
_CODE = re.compile("[a-z0-9][a-z0-9-]*")
# An own name; the same with its kind in short form; what is left of one without its suffix or the place before it; its seat.
_OWN, _FULL, _SHORTENED, _SEATED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organization that may be meant. `above`: the names of the organizations above it, with short names."""

    code: str
    name: str
    short_name: str = ""
    above: tuple[str, ...] = ()


@lru_cache(maxsize=65536)
def plain_org_name(text: str) -> str:
    """The name of the place, folded: 1.中共石桥村党支部委员会 -> 石桥村, 石桥村委会 -> 石桥村."""
    name = _IN_BRACKETS.sub(r"\1", _without_who(without_numbering(text).strip(":,")))
    for pattern, kind in _COMMITTEES:
        if (found := pattern.search(name)) and found.start() > 0:
            return name[: found.start()] + kind
    cut = next((suffix for suffix in _SUFFIXES if name.endswith(suffix) and len(name) > len(suffix) + 1), "")
    return name.removesuffix(cut)


@lru_cache(maxsize=65536)
def full_org_name(text: str) -> str:
    """The name with its type, folded: 中共石桥村支部委员会, 石桥村（党支部） -> 石桥村党支部."""
    plain = _IN_BRACKETS.sub(r"\1", without_numbering(text).strip(":,"))
    name = _without_who(plain)
    if name != plain and name.endswith("委员会") and not name.endswith(("支部委员会", "总支委员会", "工作委员会")):
        return name.removesuffix("委员会") + "党委"
    for pattern, kind in _KIND_OF:
        if (found := pattern.search(name)) and found.start() > 1:
            return name[: found.start()] + kind
    return name


class OrgNames:
    """Matches texts with the candidates. `remembered`: plain text -> code, as a person once answered."""

    def __init__(self, candidates: Iterable[Candidate], remembered: Mapping[str, str] | None = None):
        self._candidates = {candidate.code: candidate for candidate in candidates}
        self._codes = {code.lower(): code for code in self._candidates}
        remembered_codes = (remembered or {}).items()
        self._remembered = {without_numbering(text): code for text, code in remembered_codes if code in self._candidates}
        self._forms: dict[str, dict[str, int]] = defaultdict(dict)  # form of a name -> code -> tier
        self._above: dict[str, set[str]] = {}
        self._stems: set[str] = set()
        self._names_of: dict[str, list[str]] = defaultdict(list)
        for candidate in self._candidates.values():
            self._enter(candidate)
        plain = [(form, code) for form, owners in self._forms.items() for code in owners]
        for form, code in plain:
            self._names_of[code].append(form)
        self._similar_names = NameIndex(plain)
        self._inside: dict[str, set[str]] = defaultdict(set)  # name of a place -> the codes below it
        for code, above in self._above.items():
            for form in above:
                self._inside[form].add(code)
        self._tops = sorted(self._inside, key=len, reverse=True)
        self._seen: dict[tuple[str, str], Match] = {}

    def match(self, text: str, near: str = "") -> Match:
        """The match of a text. `near`: the name or code in the table's column of townships beside it."""
        if (text, near) not in self._seen:
            name = without_numbering(text)
            found = self._by_code(text, name) or self._by_name(name, self._beside(near)) if name else Match()
            self._seen[text, near] = found
        return self._seen[text, near]

    def inside(self, text: str) -> Match:
        """The one organization named inside a longer text, such as a title or a file name; SURE where the name is separate."""
        title = folded(text)
        coded = {self._codes[run] for run in _runs(title) if len(run) >= 6 and run in self._codes}
        if len(coded) == 1:
            return self._sure(coded.pop(), _("by its code"))
        named = {code: apart for span in self._spans(title) for code, apart in self._named_at(title, span)}
        codes = self.lowest(coded or set(named))
        if len(codes) > 1:
            return _ambiguous(codes, _("the text names several of your units"))
        if not codes:
            return Match()
        code = codes.pop()
        return Match(code, Certainty.SURE if named[code] else Certainty.LIKELY, _("named in the text"), (code,))

    def is_above(self, text: str) -> bool:
        """Whether the text names an organization above one of the candidates."""
        return not {without_numbering(text), plain_org_name(text)}.isdisjoint(self._tops)

    def is_upper(self, text: str) -> bool:
        """Whether the text names only such an organization: 青山镇机关党支部 has its seat in 青山镇 and is not 青山镇."""
        return self.is_above(text) and (without_numbering(text) in self._tops or not _BRANCH.search(text))

    def is_below(self, code: str, other: str) -> bool:
        """Whether the candidate `code` is below the candidate `other`."""
        one = self._candidates[other]
        return any(_forms_of_place(name) & self._above[code] for name in (one.name, one.short_name) if name)

    def lowest(self, codes: Iterable[str]) -> set[str]:
        """The codes without those above another of them: 青山镇石桥村 is the village."""
        kept = set(codes)
        return {code for code in kept if not any(self.is_below(other, code) for other in kept if other != code)}

    def _enter(self, candidate: Candidate) -> None:
        own = {without_numbering(name) for name in (candidate.name, candidate.short_name) if name}
        plain = {plain_org_name(name) for name in own}
        self._above[candidate.code] = above = {form for name in candidate.above for form in _forms_of_place(name)}
        self._stems |= {stem for name in candidate.above if (stem := _stem(plain_org_name(name)))}
        prefixes = above | self._stems
        bare = {form.removeprefix(prefix) for form in plain for prefix in prefixes if len(form) > len(prefix) + 2}
        full = {full_org_name(name) for name in own}
        short = {form.removeprefix(prefix) for form in full for prefix in prefixes if len(form) > len(prefix) + 2}
        seated = {form.removesuffix(_SEAT) for form in plain if form.endswith(_SEAT) and len(form) > len(_SEAT) + 2}
        for tier, forms in ((_OWN, own), (_FULL, full), (_SHORTENED, plain | bare | short), (_SEATED, seated)):
            for form in forms:
                self._forms[form].setdefault(candidate.code, tier)

    def _by_code(self, text: str, name: str) -> Match | None:
        """The match by a code in the text; if a name beside it names another unit, neither is chosen."""
        runs = [run for run in _runs(folded(text)) if any(sign.isdigit() for sign in run)]
        found = {self._codes[run] for run in runs if run in self._codes and (len(run) >= 6 or run == name)}
        if len(found) > 1:
            return _ambiguous(found, _("the text carries several codes"))
        if not found:
            unknown = [run for run in runs if run.isdigit() and len(run) in (9, 12)]
            return Match(why=_("none of your units has the code %(code)s") % {"code": unknown[0]}) if unknown else None
        code = found.pop()
        rest = without_numbering(folded(text).replace(code.lower(), "").strip("-_:,.()"))
        others = self._owners(rest, None) or self._owners(plain_org_name(rest), None)
        if others and code not in others:
            return _ambiguous({code, *others}, _("the code and the name beside it name different units"))
        return self._sure(code, _("by its code"))

    def _by_name(self, name: str, among: set[str] | None) -> Match:
        if among is not None and not among:
            return Match(why=_("the place above it in the table has none of your units"))
        if (code := self._remembered.get(name)) and (among is None or code in among):
            return self._sure(code, _("as said for an earlier file"))
        plain, full = plain_org_name(name), full_org_name(name)
        for form in dict.fromkeys((name, full)):
            # The exact name of one never means another, whatever short name that one has.
            if codes := self._bearers(form, among) or self._below(form, among, only_bearers=True):
                return self._one_of(codes)
        for form in dict.fromkeys((name, full, plain)):
            if codes := self._owners(form, among) or self._below(form, among):
                return self._one_of(codes | self._namesakes(codes, plain, among))
        return self._likely(plain, among)

    def _one_of(self, codes: set[str]) -> Match:
        if len(codes) == 1:
            return self._sure(codes.pop(), _("by its name"))
        return _ambiguous(codes, _("several of your units have this name; write the code or the township beside it"))

    def _namesakes(self, codes: set[str], plain: str, among: set[str] | None) -> set[str]:
        """The candidates elsewhere with the same plain name: another township may write its 新村党总支 as 新村党支部."""
        above = [self._above[code] for code in codes]
        same = (code for code in self._forms.get(plain, {}) if among is None or code in among)
        return {code for code in same if self._above[code] not in above}

    def _bearers(self, form: str, among: set[str] | None) -> set[str]:
        """The candidates with exactly this name, their type written out or short."""
        owners = self._owners(form, among)
        return {code for code in owners if self._forms[form][code] in (_OWN, _FULL)}

    def _below(self, form: str, among: set[str] | None, *, only_bearers: bool = False) -> set[str]:
        """The candidates after removing places before the name one by one: 桥头镇石桥村 -> the 石桥村 below 桥头镇."""
        owners = self._bearers if only_bearers else self._owners
        while top := next((top for top in self._tops if form.startswith(top) and len(form) > len(top)), ""):
            form = form.removeprefix(top).lstrip("-_.:,/")
            among = self._inside[top] if among is None else among & self._inside[top]
            if codes := owners(form, among):
                return codes
        return set()

    def _likely(self, form: str, among: set[str] | None) -> Match:
        """A likely match, only proposed.

        The name lacks its type of place (石桥) or is shortened, has the stem of a place before it, or differs in one letter.
        """
        whole = set()
        for bare in (form, *(form.removeprefix(stem) for stem in self._stems if form.startswith(stem))):
            for kind in ("", *_KINDS):
                whole |= self._owners(bare + kind, among)
        found = [(1.0, code) for code in sorted(whole)]
        if not whole:
            found = [pair for pair in self._similar_names.ranked(form, among) if not self._is_elsewhere(form, pair[1])]
        choices = tuple(code for _score, code in found[:5])
        if leads(found):
            return Match(choices[0], Certainty.LIKELY, _("the name is similar"), choices, is_alike=True)
        if found:
            return Match("", Certainty.AMBIGUOUS, _("several of your units have a similar name"), choices, is_alike=True)
        return Match()

    def _is_elsewhere(self, form: str, code: str) -> bool:
        """Whether the text names a place that is not above the candidate: 白沙镇新村 is not the 新村 of another township."""
        names = [name for name in self._names_of[code] if len(form) > len(name) and form.endswith(name)]
        return any(self._is_foreign(form.removesuffix(name), code) for name in names)

    def _is_foreign(self, before: str, code: str) -> bool:
        return bool(_IS_PLACE.search(before)) and not any(before.endswith(form) for form in self._above[code])

    def _owners(self, form: str, among: set[str] | None) -> set[str]:
        """The candidates for a form of a name: those whose name it is, else those whose short form it is."""
        owners = {code: tier for code, tier in self._forms.get(form, {}).items() if among is None or code in among}
        return {code for code, tier in owners.items() if tier == min(owners.values())}

    def _beside(self, near: str) -> set[str] | None:
        """The candidates below the place that `near` names, or with that name themselves; None if it names no place."""
        forms = {without_numbering(near), plain_org_name(near)} - {""}
        if not forms:
            return None
        stems = {form + kind for form in forms for kind in _KINDS}
        below = set().union(*(self._inside.get(form, ()) for form in forms | stems))
        return below | {code for form in forms for code in self._owners(form, None)}

    def _spans(self, title: str) -> list[tuple[int, int, str]]:
        """The positions of names in the title; a name inside a longer one is left out."""
        spans = [(at, at + len(form), form) for form in self._forms if len(form) >= 2 and (at := title.find(form)) >= 0]
        return [one for one in spans if not any(other != one and other[0] <= one[0] and one[1] <= other[1] for other in spans)]

    def _named_at(self, title: str, span: tuple[int, int, str]) -> list[tuple[str, bool]]:
        """The candidates named there, and whether the name is separate: 大石桥村 and 石桥村民小组 are not surely 石桥村."""
        before, after = title[: span[0]], title[span[1] :]
        owners = {code for code in self._owners(span[2], None) if not self._is_foreign(before, code)}
        placed = {code for code in owners if any(before.endswith(form) for form in self._above[code])}
        ends = not after or bool(_AFTER.match(after))
        return [(code, ends and self._begins(before, code)) for code in placed or owners]

    def _begins(self, before: str, code: str) -> bool:
        while cut := next((form for form in (*self._above[code], *_WHO) if before.endswith(form)), ""):
            before = before.removesuffix(cut)
        return not before or not "\u4e00" <= before[-1] <= "\u9fff"

    def _sure(self, code: str, why: str) -> Match:
        return Match(code, Certainty.SURE, why, (code,))


def _runs(text: str) -> list[str]:
    """Possible codes: runs of letters and digits, whole and split at their hyphens."""
    whole = _CODE.findall(text)
    return list(dict.fromkeys((*whole, *(part for run in whole for part in run.split("-")))))


@lru_cache(maxsize=4096)
def _forms_of_place(name: str) -> set[str]:
    """The names of a place: 青山镇党委 -> 青山镇党委, 青山镇."""
    return {form for form in (without_numbering(name), plain_org_name(name)) if len(form) >= 2}


def _stem(plain: str) -> str:
    """The name without its type: 青山镇 -> 青山; "" if no possible name is left."""
    kind = next((kind for kind in (*_KINDS, "县", "区", "市") if plain.endswith(kind)), "")
    stem = plain.removesuffix(kind)
    return stem if kind and len(stem) >= 2 else ""


def _without_who(name: str) -> str:
    for who in _WHO:
        name = name.removeprefix(who)
    return name


def _ambiguous(codes: Iterable[str], why: str) -> Match:
    return Match("", Certainty.AMBIGUOUS, why, tuple(sorted(codes)))
