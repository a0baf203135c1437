"""Finds the indicator that the heads of a cell name: sure by full name or code, section and measure; otherwise likely."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from indicators.catalogue.figure_matching import IndicatorNames, Named, plain_name
from indicators.values.stated_measures import StatedMeasure
from indicators.values.unit_of_measure_words import agree, is_measure, plain_measure, split_measure, stands_for
from orgs.names.name_similarity import Certainty, Match, folded, without_numbering
from reports.external.bindings.bindings import LIKELY, SURE
from reports.external.bindings.scale import factor_between
from reports.external.geometry.sections import agree_on_section, is_title
from reports.external.names.figure_traits import FigureTraits
from reports.external.names.period_words import read_time, splits
from submissions.imports.tables.geometry.words import is_numbered, is_serial, is_value_head

_SUBTOTAL = re.compile("(?:小计|合计|总计|总数|计)(?:数)?")
# Words that name no figure by themselves, even if an indicator has that name.
_GENERIC = re.compile(
    "单位|合计|总计|小计|共计|总和|其他|其它|其余|数量|数值?|总数|总量|个数|金额|名称|情况|备注|内容|项目|指标|类别|类型|说明|计"
)

_RATES = ("%", "‰", "百分点")


@dataclass(frozen=True)
class FigureMeant:
    """The figure that heads name.

    `unit`: the table's own unit of measure, "" for the indicator's. `doubt`: why it is not sure.
    """

    key: str
    unit: str
    certainty: str
    doubt: str = ""

    def doubted(self, doubt: str) -> "FigureMeant":
        return replace(self, certainty=LIKELY, doubt=_("; ").join(filter(None, (self.doubt, doubt))))


@dataclass(frozen=True)
class LineHeads:
    """The heads of one row or column of figures.

    `texts`: the nearest first; `code` and `measure` from columns of their own, or "". `sections`: the sections above it;
    `measures`: the units of measure that the sheet states; `shown`: the unit of measure in the number format of the cell, ""
    for none.
    """

    texts: tuple[str, ...]
    code: str = ""
    measure: str = ""
    sections: tuple[str, ...] = ()
    measures: tuple[StatedMeasure, ...] = ()
    shown: str = ""


@dataclass
class FigureNames:
    """The county's indicators by the names used in heads. `sections`: code -> the sections of forms that contain it.

    `decimals`: of indicators whose values are quotients: ratios, means. `is_unit`: whether a head surely names a unit.
    `traits`: how each figure adds up over time and how often it is asked.
    """

    asked: IndicatorNames
    known: IndicatorNames
    decimals: Mapping[str, int]
    sections: Mapping[str, Collection[str]]
    is_unit: Callable[[str], bool]
    traits: Mapping[str, FigureTraits] = field(default_factory=dict)
    _seen: dict[tuple[str, str], tuple[Match, str]] = field(default_factory=dict)

    def named(self, key: str) -> Named:
        return (self.asked if key in self.asked.named else self.known).named[key]

    def is_sure(self, text: str) -> bool:
        return self._figure(text, "")[0].is_sure

    def weight(self, text: str) -> float:
        """The similarity of a text to the name of a figure: 1 if sure, less if only similar, else 0."""
        return self._figure(text, "")[0].weight if text else 0.0

    def key_of(self, texts: Sequence[str]) -> str:
        """The figure that the nearest heads name, whatever the section; "" for none."""
        meant = self.figure_in(LineHeads(tuple(texts)), "") if texts else ""
        return meant.key if isinstance(meant, FigureMeant) else ""

    def is_name(self, text: str) -> bool:
        """Whether the whole text is the name or code of a figure: then 本年 in 本年新发展党员 is part of the name and no time."""
        return any(names.match(text).is_sure for names in (self.asked, self.known))

    def figure_in(self, line: LineHeads, within: str) -> FigureMeant | str:
        """The figure that the heads name, or the reason why they name none.

        `within`: the indicator of the head before, whose items may follow it.
        """
        stated = line.measure or next((text for text in line.texts if is_measure(text)), "")
        texts = [text for text in line.texts if not self._is_aside(text)]
        if not texts:
            return _("names no indicator of the catalogue")
        match, unit = self._match(texts, within, line.code)
        sections = [*self._above(texts), *line.sections]
        if match.certainty == Certainty.AMBIGUOUS and not match.is_alike:
            match = self._in_section(match, sections)
        if not match.target:
            return match.why or _("names no indicator of the catalogue")
        own, doubt = plain_measure(unit or stated), ""
        if not own:
            own, doubt = self._counted_in(match, line.measures)
        if line.shown:
            own, doubt = self._as_shown(match, own, doubt, line.shown)
        meant = self._meant(match, own, sections, texts[0])
        return meant.doubted(doubt) if doubt and isinstance(meant, FigureMeant) else meant

    def _match(self, texts: Sequence[str], within: str, code: str) -> tuple[Match, str]:
        whole = within
        for text in reversed(texts[1:]):
            match = self._figure(text, "")[0]
            whole = match.target.partition(":")[0] if match.is_sure else whole
        if code and (coded := self._coded(code, texts[0])):
            return coded
        match, unit = self._figure(texts[0], whole)
        if match.target or match.choices or len(texts) == 1:
            return match, unit
        match, unit = self._together(texts)
        if not match.is_sure and is_value_head(texts[0]):
            return self._match(texts[1:], within, "")
        return match, unit

    def _coded(self, code: str, name: str) -> tuple[Match, str] | None:
        """The figure by the code in a separate column, unless the name beside it is another indicator's."""
        for names in (self.asked, self.known):
            if names.match(code).is_sure:
                return names.match(f"{code} {name}"), split_measure(folded(name))[1]
        return None

    def _together(self, texts: Sequence[str]) -> tuple[Match, str]:
        """The figure that heads name only together: 已建立党组织 › 单独.

        A figure that the upper heads name by themselves does not count, unless the nearest head is a word such as 小计.
        """
        above = "".join(reversed(texts[1:]))
        if _SUBTOTAL.fullmatch(without_numbering(texts[0]).strip(":")):
            return self._figure(above, "")
        match, unit = self._figure(above + texts[0], "")
        if match.target and match.target == self._figure(above, "")[0].target:
            return Match(), unit
        return match, unit

    def _figure(self, text: str, within: str) -> tuple[Match, str]:
        """The figure that one head names, and the unit of measure stated in the head."""
        if (text, within) not in self._seen:
            self._seen[text, within] = self._read(text, within)
        return self._seen[text, within]

    def _read(self, text: str, within: str) -> tuple[Match, str]:
        unit, first = "", Match()
        for bare in dict.fromkeys((text, *(rest for rest, _time in splits(text)))):
            plain, unit = split_measure(folded(bare))
            for names in (self.asked, self.known):
                for spelling in dict.fromkeys((bare, plain)):
                    match = names.match(spelling, within)
                    if _GENERIC.fullmatch(plain_name(spelling)) and not (within and match.target.startswith(f"{within}:")):
                        continue
                    if match.is_sure or (match.certainty == Certainty.AMBIGUOUS and not match.is_alike):
                        return match, unit
                    first = first if first.target or first.choices else match
        return first, unit

    def _is_aside(self, text: str) -> bool:
        if is_measure(text) or is_numbered(text) or is_serial(text) or is_title(text) or read_time(text) is not None:
            return True
        return self.is_unit(text) and not self.is_sure(text)

    def _above(self, texts: Sequence[str]) -> Iterator[str]:
        """The upper heads as sections; where one names an indicator, the sections of that indicator are added."""
        for text in texts[1:]:
            match = self._figure(text, "")[0]
            own = self.sections.get(match.target.partition(":")[0], ()) if match.is_sure else ()
            yield from (text, *filter(None, own))

    def _in_section(self, match: Match, sections: Sequence[str]) -> Match:
        """Of several indicators with the same name the one in this section."""
        fitting = [key for key in match.choices if sections and self._agrees(key, sections, is_needed=True)]
        return Match(fitting[0], Certainty.SURE, "", tuple(fitting)) if len(fitting) == 1 else match

    def _agrees(self, key: str, sections: Sequence[str], is_needed: bool = False) -> bool:
        """Whether the indicator's sections agree. `is_needed`: the indicator's own section must be known."""
        named = self.named(key)
        own = set(self.sections.get(named.code, ()))
        if not sections or not own or "" in own:
            return not is_needed
        names = {named.name, *(self.named(named.whole).name for _one in [0] if named.whole in self.known.named)}
        return any(agree_on_section(text, own, names) for text in sections)

    def _counted_in(self, match: Match, stated: Sequence[StatedMeasure]) -> tuple[str, str]:
        """The sheet's unit of measure to which the figure can be converted (万元 for 元).

        With it the doubt where only others are stated. A rate has no unit from the sheet, and 个 fits everything that is
        counted one by one.
        """
        own = self.named(match.target).unit
        measures = [one.word for one in stated if not one.is_of_money or folded(own).endswith("元")]
        fitting = [measure for measure in measures if agree(measure, own) or factor_between(own, measure) is not None]
        if len(fitting) == 1:
            return fitting[0], ""
        if not measures or folded(own) in _RATES or (not fitting and any(stands_for(measure, own) for measure in measures)):
            return "", ""
        sentence = _("the table counts in %(stated)s, %(name)s is counted in %(own)s")
        return "", sentence % {"stated": _(", ").join(measures), "name": self.named(match.target).name, "own": own}

    def _as_shown(self, match: Match, own: str, doubt: str, shown: str) -> tuple[str, str]:
        """The unit of measure in the cell's number format, where nothing else states another.

        个 fits everything that is counted one by one.
        """
        named = self.named(match.target)
        if stands_for(shown, named.unit) and not own:
            return "", doubt
        if not own or agree(own, shown):
            return shown, ""
        sentence = _("the format of the cell shows %(shown)s, the table counts in %(stated)s")
        return own, sentence % {"shown": shown, "stated": own}

    def _meant(self, match: Match, stated: str, sections: Sequence[str], head: str) -> FigureMeant | str:
        """The match as a result: sure only where name, measure and section all agree.

        A similar name with another measure is not even proposed.
        """
        named, agrees = self.named(match.target), True
        factor = None if agree(stated, named.unit) else factor_between(named.unit, stated)
        words = {
            "name": named.name,
            "stated": stated,
            "own": named.unit,
            "head": head,
            "sections": " › ".join(reversed(sections)),
        }
        doubts = []
        if not match.is_sure:
            doubts.append(_("“%(head)s” is only similar to %(name)s"))
        if not agree(stated, named.unit) and factor is None:
            doubts.append(_("it is counted in %(stated)s here, %(name)s in %(own)s"))
            agrees = False
        if not match.is_sure and not agrees:
            return _("; ").join(doubts) % words
        if not self._agrees(match.target, sections):
            doubts.append(_("it stands under “%(sections)s” here, %(name)s in another section"))
        doubt = _("; ").join(doubts) % words
        return FigureMeant(match.target, "" if factor is None else stated, LIKELY if doubts else SURE, doubt)


def names_of(indicators: Iterable) -> Iterator[Named]:
    """The indicators with the items of their breakdowns."""
    for indicator in indicators:
        whole = indicator.part_of.code if indicator.part_of else ""
        yield Named(indicator.code, "", indicator.name, indicator.unit, indicator.name_en, whole)
        for item in indicator.breakdown_items.all():
            yield Named(indicator.code, item.name, indicator.name, indicator.unit)
