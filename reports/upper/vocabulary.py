"""What heads of an upper level's table may name: the county's units and categories, its indicators. Reads them, binds nothing."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from indicators.kinds import Kind, OrgRule
from indicators.measuring_words import agree, is_measure, split_measure
from indicators.models import Indicator
from indicators.naming import IndicatorNames, Named
from orgs.kinds import UnitCategory
from orgs.likeness import Certainty, Match, folded, without_numbering
from orgs.models import Organization
from orgs.naming import Candidate, OrgNames
from orgs.trees import Tree
from reports.queries import indicators_asked
from reports.rows import CATEGORY
from reports.trees import forest_on
from reports.upper.bindings import BRANCH, LIKELY, OWN, PERCENT, SURE
from reports.upper.period_words import NOTHING_SAID, Time, is_bare_percent, read_time, without_time
from reports.upper.scaling import factor_between
from spreadsheets.drawn import DrawnSheet
from submissions.intake.tables.words import is_numbered, is_serial

_TOTAL = re.compile("(?:合计|总计|共计|总和|全(?:县|区|市|旗)(?:合计|总计|共计|汇总)?)数?")
_SUBTOTAL = re.compile("(?:小计|合计|总计|总数|计)(?:数)?")
_SUM_OF = re.compile("(.{2,})(?:合计|总计|共计|汇总)数?")
_STATED = re.compile("(?:计量|金额)?单位[:](.{1,20})")
_OWN = re.compile("(.{2,})(?:本级|机关本级|本部)")
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
    """Whose figure a head asks for; as in a binding."""

    org: str
    by: str
    certainty: str


@dataclass(frozen=True)
class FigureMeant:
    """Which figure; `unit`: the table's own unit of measure, "" where it is the indicator's."""

    key: str
    unit: str
    certainty: str


@dataclass
class Vocabulary:
    """Understands single heads and paths of heads. `county_code` names the whole table: its rows are totals."""

    county_code: str
    orgs: OrgNames
    asked: IndicatorNames
    known: IndicatorNames
    decimals: Mapping[str, int]  # of indicators that do not come out even: ratios, means
    _units: dict[tuple[str, str], UnitMeant | None] = field(default_factory=dict)

    def unit_in(self, path: Iterable[str]) -> UnitMeant | None:
        """The unit that heads name, the nearest first; what stands beside it (its township) tells namesakes apart."""
        texts = list(path)
        for number, text in enumerate(texts):
            found = self._unit(text, texts[number + 1] if number + 1 < len(texts) else "")
            if found is not None:
                return found
        return None

    def _unit(self, text: str, near: str) -> UnitMeant | None:
        if (text, near) not in self._units:
            self._units[text, near] = self._read_unit(text, near)
        return self._units[text, near]

    def _read_unit(self, text: str, near: str) -> UnitMeant | None:
        plain = without_numbering(text).strip(":")
        if _TOTAL.fullmatch(plain):
            return UnitMeant("", BRANCH, SURE)
        if is_measure(text) or is_numbered(text) or read_time(text) is not None:
            return None
        own, whole = _OWN.fullmatch(plain), _SUM_OF.fullmatch(plain)
        name = (own or whole)[1] if own or whole else text
        match = self.orgs.match(name, near)
        if not match.target and near:  # what stands beside it is no township: a number, a section
            match = self.orgs.match(name)
        if not match.target:
            category = _CATEGORIES.get(plain)
            return UnitMeant(category.value, CATEGORY, LIKELY) if category else None
        org = "" if match.target == self.county_code else match.target
        return UnitMeant(org, OWN if own else BRANCH, SURE if match.is_sure else LIKELY)

    def time_in(self, path: Iterable[str], key: str) -> Time:
        """What heads say of time. A bare % is a growth where they speak of a change or the figure is no share; else its unit."""
        told, said = list(path), NOTHING_SAID
        for text in told:
            if not is_bare_percent(text):
                said = said.beside(read_time(text) or without_time(text)[1])
        is_share = self._named(key).unit in ("%", "％")
        if (said.measure or said.against or not is_share) and any(map(is_bare_percent, told)):
            return replace(said, measure=PERCENT)
        return said

    def figure_in(self, path: Iterable[str], within: str, measures: Collection[str] = ()) -> FigureMeant | None:
        """The figure that heads name, the nearest first; it must be named by the nearest that is no time and no measure.

        `within`: the indicator of the head before, whose items may follow it; `measures`: what the sheet says to count in.
        """
        told = list(path)
        stated = next((text for text in told if is_measure(text)), "")
        texts = [text for text in told if not self._is_aside(text)]
        if not texts:
            return None
        whole = within
        for text in reversed(texts[1:]):
            match = self._figure(text, "")[0]
            whole = match.target.partition(":")[0] if match.is_sure else whole
        match, unit = self._figure(texts[0], whole)
        if not match.target and len(texts) > 1:
            match, unit = self._figure_together(texts)
        return self._meant(match, unit or stated or self._counted_in(match, measures))

    def _figure_together(self, texts: Sequence[str]) -> tuple[Match, str]:
        """Heads that only together name a figure: 已建立党组织 › 单独. What the heads above name by themselves is not it,
        unless the nearest says so: 小计."""
        above = "".join(reversed(texts[1:]))
        if _SUBTOTAL.fullmatch(without_numbering(texts[0]).strip(":")):
            return self._figure(above, "")
        match, unit = self._figure(above + texts[0], "")
        if match.target and match.target == self._figure(above, "")[0].target:
            return Match(), unit
        return match, unit

    def _counted_in(self, match: Match, measures: Collection[str]) -> str:
        """The measure of the sheet that the figure can be turned into: 万元 for 元, nothing for 件."""
        if not match.target:
            return ""
        own = self._named(match.target).unit
        fitting = [said for said in measures if factor_between(own, said) is not None]
        return fitting[0] if len(fitting) == 1 else ""

    def _named(self, key: str) -> Named:
        return (self.asked if key in self.asked.named else self.known).named[key]

    def _is_aside(self, text: str) -> bool:
        if is_measure(text) or is_numbered(text) or is_serial(text) or read_time(text) is not None:
            return True
        unit = self._unit(text, "")
        return unit is not None and unit.certainty == SURE and not self._figure(text, "")[0].is_sure

    def _figure(self, text: str, within: str) -> tuple[Match, str]:
        """What a head names, and the unit of measure stated in it."""
        bare = without_time(text)[0]
        plain, unit = split_measure(folded(bare))
        for names in (self.asked, self.known):
            for said in dict.fromkeys((bare, plain)):
                match = names.match(said, within)
                if match.target or match.certainty == Certainty.AMBIGUOUS:
                    return match, unit
        return Match(), unit

    def _meant(self, match: Match, stated: str) -> FigureMeant | None:
        if not match.target:
            return None
        named = self._named(match.target)
        if agree(stated, named.unit):
            return FigureMeant(match.target, "", SURE if match.is_sure else LIKELY)
        if factor_between(named.unit, stated) is None:
            return FigureMeant(match.target, "", LIKELY)
        return FigureMeant(match.target, stated, SURE if match.is_sure else LIKELY)


def measures_of(sheet: DrawnSheet) -> list[str]:
    """What the sheet says it counts in: 单位：件、万元 -> 件, 万元."""
    said = (_STATED.fullmatch(folded(cell.text).strip("()")) for cell in sheet.cells.values() if cell.is_text)
    words = (word for match in said if match for word in re.split("[,;/]", match[1]))
    return [word for word in dict.fromkeys(words) if is_measure(word)]


def vocabulary_of(county: Organization, day: date) -> Vocabulary:
    """The names of everything placed at or below the county on a day, and of all indicators; those it was asked come first."""
    known = list(
        Indicator.objects.filter(is_enabled=True)
        .select_related("part_of")
        .prefetch_related("breakdown_items")
        .order_by("sort_order", "code")
    )
    asked = {indicator.code for indicator in indicators_asked(county.id)}
    return Vocabulary(
        county.code,
        OrgNames(_candidates(forest_on(county, day))),
        IndicatorNames(_named(indicator for indicator in known if indicator.code in asked)),
        IndicatorNames(_named(known)),
        {one.code: one.decimals for one in known if one.kind == Kind.RATIO or one.org_rule == OrgRule.MEAN},
    )


def _candidates(tree: Tree) -> Iterable[Candidate]:
    for node in tree.nodes.values():
        above = tree.ancestors(node.id)
        names = tuple(name for other in above for name in (other.name, other.short_name) if name)
        yield Candidate(node.code, node.name, node.short_name, names)


def _named(indicators: Iterable[Indicator]) -> Iterable[Named]:
    for indicator in indicators:
        whole = indicator.part_of.code if indicator.part_of else ""
        yield Named(indicator.code, "", indicator.name, indicator.unit, indicator.name_en, whole)
        for item in indicator.breakdown_items.all():
            yield Named(indicator.code, item.name, indicator.name, indicator.unit)
