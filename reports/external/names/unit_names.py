"""Finds the unit that the heads of a cell name: by the unit's own name or code, as a total, or as a category of units."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from indicators.values.unit_of_measure_words import is_measure, split_measure
from orgs.choices import UnitCategory
from orgs.names.name_matching import OrgNames, plain_org_name
from orgs.names.name_similarity import Certainty, Match, folded, without_numbering
from orgs.names.unit_of_row import unit_of_row
from reports.external.bindings.bindings import BRANCH, LIKELY, OWN, SURE
from reports.external.names.period_words import read_time
from reports.figures.plan.rows import CATEGORY
from submissions.imports.tables.geometry.words import is_numbered

_TOTAL = re.compile("(?:合计|总计|共计|总和)数?")
_WHOLE = re.compile("全(县|区|市|旗)(?:合计|总计|共计|汇总)?数?")
_SUBTOTAL = re.compile("(?:小计|合计|总计|共计|计)数?")
_SUM_OF = re.compile("(.{2,})(?:合计|总计|共计|汇总|小计)数?")
_OWN = re.compile("(.{2,})(?:本级|机关本级|本部)")
_ALIKE = 0.4
_BRANCH_WORDS = re.compile("机关|支部|总支")
_CATEGORIES = {
    "村": UnitCategory.VILLAGE, "行政村": UnitCategory.VILLAGE, "农村": UnitCategory.VILLAGE, "建制村": UnitCategory.VILLAGE,
    "社区": UnitCategory.COMMUNITY, "城市社区": UnitCategory.COMMUNITY, "乡镇": UnitCategory.TOWNSHIP, "街道": UnitCategory.STREET,
    "机关": UnitCategory.AGENCY, "党政机关": UnitCategory.AGENCY, "事业单位": UnitCategory.INSTITUTION,
    "国有企业": UnitCategory.STATE_ENTERPRISE, "集体企业": UnitCategory.COLLECTIVE_ENTERPRISE,
    "非公企业": UnitCategory.PRIVATE_ENTERPRISE, "非公有制企业": UnitCategory.PRIVATE_ENTERPRISE,
    "非公有制经济组织": UnitCategory.PRIVATE_ENTERPRISE, "社会组织": UnitCategory.SOCIAL_ORGANIZATION,
    "学校": UnitCategory.SCHOOL,
}  # fmt: skip


@dataclass(frozen=True)
class UnitMeant:
    """The unit whose figure the heads ask for, in the terms of a binding. `doubt`: why it is not sure, "" where it is."""

    org: str
    by: str
    certainty: str
    doubt: str = ""


@dataclass
class UnitNames:
    """The units of a county by the names used in heads. `county_code` names the whole table: its rows are totals.

    `names`: code -> full name; `inner`: the codes of units with others below them.
    """

    county_code: str
    orgs: OrgNames
    names: Mapping[str, str]
    inner: frozenset[str] = frozenset()
    _seen: dict[tuple[str, str], UnitMeant | None] = field(default_factory=dict)

    def unit(self, text: str, near: str = "") -> UnitMeant | None:
        """The unit that a text names.

        `near`: the text in the column of places beside it, which distinguishes units of the same name.
        """
        if (text, near) not in self._seen:
            self._seen[text, near] = self._read(text, near)
        return self._seen[text, near]

    def by_code(self, text: str) -> UnitMeant | None:
        """The unit of a text that is only a code."""
        if not names_code(text):
            return None
        match = self.orgs.match(text)
        is_code = match.is_sure and match.target.lower() == folded(text)
        return UnitMeant(self.org(match.target), BRANCH, SURE) if is_code else None

    def code_match(self, text: str) -> Match:
        """The unit of a text in a column of codes."""
        meant = self.by_code(text)
        return Match() if meant is None else _match(meant.org or self.county_code, Certainty.SURE)

    def name_match(self, text: str, near: str) -> Match:
        """The result of `unit` as a match: several units of the same name are choices, a category is no match."""
        meant = self.unit(text, near) if text else None
        if meant is None or meant.by == CATEGORY:
            match = self.orgs.match(text, near)
            return match if match.certainty == Certainty.AMBIGUOUS and not match.is_alike else Match()
        certainty = Certainty.SURE if meant.certainty == SURE else Certainty.LIKELY
        return _match(meant.org or self.county_code, certainty, meant.doubt)

    def stands_below(self, org: str, other: str) -> bool:
        """Whether one unit is below the other; false for a category or the whole."""
        return org in self.names and other in self.names and org != self.county_code and self.orgs.is_below(org, other)

    def is_whole(self, text: str) -> bool:
        """Whether the text means the whole table by a word such as 合计 or 全县, not by the county's name."""
        meant = self.unit(text)
        return meant is not None and not meant.org and not self.is_county(text)

    def is_county(self, text: str) -> bool:
        return self.orgs.match(text).target == self.county_code

    def sure_code(self, text: str) -> str:
        """The code of the one unit that the text surely names; "" for the whole, a category and anything else."""
        meant = self.unit(text)
        is_one = meant is not None and meant.certainty == SURE and meant.by != CATEGORY
        return (meant.org or (self.county_code if self.is_county(text) else "")) if is_one else ""

    def score(self, text: str) -> float:
        """The similarity of a text to the name of a unit, of several or of a category: 1 if sure, less if only similar, else 0."""
        meant, match = self.unit(text), self.orgs.match(text)
        if meant is not None:
            return 1.0 if meant.certainty == SURE or meant.by == CATEGORY else _ALIKE
        return 1.0 if match.choices and not match.is_alike else 0.0

    def _read(self, text: str, near: str) -> UnitMeant | None:
        plain = split_measure(without_numbering(text).strip(":"))[0]
        if total := self._total(plain, near):
            return total
        if is_measure(text) or is_numbered(text) or read_time(text) is not None:
            return None
        own, whole = _OWN.fullmatch(plain), _SUM_OF.fullmatch(plain)
        name = (own or whole)[1] if own or whole else text
        match = self.orgs.match(name, near)
        if not match.target and match.certainty == Certainty.NONE and near and not self.orgs.is_above(near):
            match = self.orgs.match(name)  # the text beside it is no township of the county: a number, a section
        if not match.target:
            category = _CATEGORIES.get(plain)
            doubt = _("“%(text)s” may be a category of units") % {"text": text}
            return UnitMeant(category.value, CATEGORY, LIKELY, doubt) if category else None
        return self._matched(match, folded(name), OWN if own else BRANCH)

    def _total(self, plain: str, near: str) -> UnitMeant | None:
        if near and _SUBTOTAL.fullmatch(plain):
            return self.unit(near)
        if _TOTAL.fullmatch(plain):
            return UnitMeant("", BRANCH, SURE)
        whole = _WHOLE.fullmatch(plain)
        if whole is None:
            return None
        if self.names.get(self.county_code, "").endswith(whole[1]) or self.county_code not in self.names:
            return UnitMeant("", BRANCH, SURE)
        return UnitMeant("", BRANCH, LIKELY, _("“%(text)s” may be more than this county") % {"text": plain})

    def _matched(self, match: Match, name: str, by: str) -> UnitMeant | None:
        org, known = self.org(match.target), folded(self.names.get(match.target, ""))
        if not match.is_sure:
            if self._is_more_than(name, match.target):
                return None
            doubt = _("“%(text)s” is only similar to %(name)s") % {"text": name, "name": self.names.get(match.target, "")}
            return UnitMeant(org, by, LIKELY, doubt)
        words = set(_BRANCH_WORDS.findall(name)) - set(_BRANCH_WORDS.findall(known))
        if words and match.target in self.inner:
            doubt = _("“%(text)s” may be a branch of its own and not %(name)s") % {"text": name, "name": known}
            return UnitMeant(org, by, LIKELY, doubt)
        return UnitMeant(org, by, SURE)

    def _is_more_than(self, name: str, code: str) -> bool:
        """Whether the text names another organization: 青山镇民政办 and 云岭县人民法院 contain the name of a unit."""
        known = plain_org_name(self.names.get(code, ""))
        stem = known[:-1] if len(known) > 2 else known
        return bool(stem) and stem in name and len(name) > len(known)

    def org(self, code: str) -> str:
        """The code as a binding stores it: "" for the county."""
        return "" if code == self.county_code else code


def names_code(text: str) -> bool:
    """Whether the text looks like a code, known or not; a dash does not."""
    return bool(re.fullmatch("[a-z0-9-]*[a-z0-9][a-z0-9-]*", folded(text)))


def row_unit(named: str, near: str, code: str, names: UnitNames) -> UnitMeant | str:
    """The unit of a row from its code, its name and the place beside it; a sentence where they leave it open."""
    meant = names.unit(named, near) if named else None
    if not code:
        return meant or _("names no unit of the county")
    written = names.code_match(code)
    found = unit_of_row(names.name_match(named, near), written, text=named, own_name=names.names.get(written.target, ""))
    if not found.target:
        return found.why or _("names no unit of the county")
    by = meant.by if meant is not None and meant.org == names.org(found.target) else BRANCH  # 本级 stays 本级 beside its code
    return (
        UnitMeant(names.org(found.target), by, SURE)
        if found.is_sure
        else UnitMeant(names.org(found.target), by, LIKELY, found.why)
    )


def lowest(found: Sequence[UnitMeant], names: UnitNames) -> UnitMeant | None:
    """Of units that are below one another (青山镇, 甲村) the lowest; None where they are not."""
    orgs = list(dict.fromkeys(one.org for one in found if one.org))
    kept = names.orgs.lowest(orgs) if orgs else set()
    if len(kept) > 1:
        return None
    return next((one for one in found if one.org in kept), found[0]) if kept else found[0]


def _match(code: str, certainty: Certainty, why: str = "") -> Match:
    return Match(code, certainty, why, (code,))
