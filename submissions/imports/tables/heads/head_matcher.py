"""Matches one text of a table with figures, units and periods, using answers and remembered heads."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.catalogue.figure_matching import IndicatorNames, is_of_which, plain_name
from indicators.choices import Frequency
from orgs.names.name_similarity import Certainty, Match, folded, without_numbering
from submissions.imports.tables.geometry.header_rows import LONGEST_HEAD
from submissions.imports.tables.geometry.stated_periods import is_only_period, is_period_number, split_period, timing_in
from submissions.imports.tables.geometry.words import Timing, is_generic, looks_like_figure, split_timing, timing_of
from submissions.imports.tables.match_targets import AskedTask, AskedUnits
from submissions.imports.tables.table_report import LINE, OWN, UNIT

_THIS = re.compile("(?:本|当|报告|这个?)(月|周|半年|季)")
_LENGTHS = {"周": Frequency.WEEK, "月": Frequency.MONTH, "季": Frequency.QUARTER, "半年": Frequency.HALF}
_ORDER_OF_LENGTH = (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.HALF, Frequency.YEAR)
_TAIL = re.compile(
    r"(?:\([^()]{1,4}\))?(?:数|值|数量|数值|情况|数据|完成数|完成情况|完成|发生数)?(?:\([^()]{1,4}\))?$"
)  # 三季度数（人）
_ORDER = (Certainty.NONE, Certainty.AMBIGUOUS, Certainty.LIKELY, Certainty.SURE)
# Letters that a head may have besides the line's name and still be likely: they count, sum up or name a place.
_FILLERS = frozenset("的数量人次个名户家条件项总共计合全各本现有实际情况村镇乡支社区级其中及和与、。:：-—（）() ")
_MOST_EXTRA = 1  # with more other letters the head means something else: 在村党员结对数 is not 在村党员数


@dataclass(frozen=True)
class HeadAnswer:
    """A person's answer about a head, for this file (`is_now`) or for an earlier one: a line, a unit, or to skip it."""

    means: str
    is_now: bool

    @property
    def why(self) -> str:
        return _("as you said") if self.is_now else _("as said for an earlier file")


class HeadMatcher:
    """Meanings of the texts of one workbook for one task."""

    def __init__(
        self,
        task: AskedTask,
        units: AskedUnits,
        chosen: Mapping[str, str] | None = None,
        alike: Mapping[str, str] | None = None,
    ):
        """`chosen`: address of a head -> a person's answer; `alike`: the same by the text of heads with the same text."""
        self.task, self.period, self.layout = task, task.period, task.layout
        self.lines: IndicatorNames = task.names
        self.units, self.labels = units.names, units.labels
        self._chosen, self._alike, self._remembered = chosen or {}, alike or {}, task.remembered
        self._own_columns = {means for means in self._chosen.values() if means.startswith(OWN)}

    def answer(self, address: str, remembered_as: str) -> HeadAnswer | None:
        """The answer about the head, given now or remembered; answers whose line or unit no longer exists are ignored."""
        answers = (
            (self._chosen.get(address), True),
            (self._alike.get(remembered_as), True),
            (self._remembered.get(remembered_as), False),
        )
        return next(
            (HeadAnswer(means, is_now) for means, is_now in answers if means is not None and self._is_known(means)), None
        )

    def is_own_column(self, address: str) -> bool:
        """Whether a person answered for this file that this head is over the units' own names."""
        return f"{OWN}{address}" in self._own_columns

    def line(self, text: str, within: str = "") -> tuple[Match, Timing | None]:
        """The figure that a head names, and its time if it has one: 党员总数（上年同期）, 2026年受理件数."""
        if len(text) > LONGEST_HEAD:
            return Match(), None
        whole = self.lines.match(text, within)
        if whole.is_sure:
            return whole, None
        if is_generic(text):
            return Match(), None
        rest, timing = self._split(text)
        if rest and rest != text:
            part = self.lines.match(rest, within)
            if _ORDER.index(part.certainty) >= _ORDER.index(whole.certainty):
                return self._claimed(part, rest), timing
        return self._claimed(whole, text), None

    def _split(self, text: str) -> tuple[str, Timing | None]:
        """The head without the words of time before or after it, and their time; the text itself if there are none."""
        if is_only_period(folded(text)):
            return text, None
        rest, timing, is_split = split_period(text, self.period)
        if not is_split:
            name, within = split_timing(text)
            return (text, None) if within is None else (name, self._of_length(text, within))
        name, within = split_timing(rest)
        if within is None:
            return rest, timing
        return name, timing if timing in (Timing.OTHER, Timing.PART) else within

    def _claimed(self, match: Match, text: str) -> Match:
        """The match.

        A similar head with another word in it is asked about with nothing selected: 在村党员结对数 is not 在村党员数.
        """
        if not (match.is_alike and match.certainty == Certainty.LIKELY):
            return match
        named = self.lines.named[match.target]
        more = Counter(plain_name(text)) - Counter(plain_name(named.name) + named.item)
        if sum(count for letter, count in more.items() if letter not in _FILLERS) <= _MOST_EXTRA:
            return match
        why = _("the name is similar, but says something besides")
        return Match("", Certainty.AMBIGUOUS, why, match.choices, is_alike=True)

    def item(self, text: str, within: str, whole: str = "") -> Match | None:
        """An item by its exact name under the indicator before it; 其中 also under the whole before other parts."""
        if is_of_which(text) and whole != within and (found := self.lines.match(text, whole)).is_sure:
            return found
        found = self.lines.match(text, within) if within and len(text) <= LONGEST_HEAD else Match()
        is_own = found.is_sure and found.target.startswith(f"{within}:")
        return found if is_own or (is_of_which(text) and found.target) else None

    def unit(self, text: str, near: str = "") -> Match:
        return self.units.match(text, near) if len(text) <= LONGEST_HEAD else Match()

    def unproposed(self, unit: Match) -> Match:
        """The match without a proposal.

        A unit whose name is only similar is asked about with nothing selected: 青家庄村 may be no misspelt 青家村.
        """
        if not (unit.is_alike and unit.certainty == Certainty.LIKELY):
            return unit
        why = _("none of your units is called so; similar is %(name)s") % {"name": self.labels.get(unit.target, unit.target)}
        return Match("", Certainty.AMBIGUOUS, why, unit.choices or (unit.target,), is_alike=True)

    def timing(self, text: str) -> Timing | None:
        """The time of a head that is only a time: 本期, 三季度, 2025年, 202606."""
        if timing := timing_of(text):
            return self._of_length(text, timing)
        word = _TAIL.sub("", folded(text).strip("():,"))
        return timing_in(word, self.period) if is_only_period(word) or is_period_number(word) else None

    def _of_length(self, text: str, timing: Timing) -> Timing:
        """The time by the length of the form's period: 本月 in a quarter is its last month, 本季 in a month another stretch.

        本期 has the form's own length.
        """
        match = _THIS.search(without_numbering(text)) if timing == Timing.NOW else None
        if match is None:
            return timing
        length = _LENGTHS[match.group(1)]
        if length == self.period.frequency:
            return timing
        return Timing.END if _ORDER_OF_LENGTH.index(length) < _ORDER_OF_LENGTH.index(self.period.frequency) else Timing.OTHER

    def says_time(self, text: str) -> bool:
        """Whether the text names a time, also one that fits the period, such as its own year."""
        return bool(self.timing(text)) or split_period(f"{text}-", self.period)[2] or is_period_number(text)

    def is_line(self, text: str) -> float:
        """The similarity of the text to the head of a figure: 1 if sure, less if only similar."""
        match = self.line(text)[0]
        # A line in another unit of measure is no match, with a reason: its text is a head all the same.
        return {Certainty.SURE: 1.0, Certainty.NONE: 0.4 if match.why else 0.0}.get(match.certainty, 0.4)

    def is_unit(self, text: str) -> float:
        return self.unit(text).weight

    def weights(self, address: str, text: str) -> tuple[float, float]:
        """The similarity of the text to the head of a figure, and to a unit; a person's answer about it comes first."""
        answer = self.answer(address, key_of_head([text]))
        if answer is not None and answer.means.startswith((LINE, UNIT)):
            return (0.0, 1.0) if answer.means.startswith(UNIT) else (1.0, 0.0)
        unit = self.is_unit(text)  # a skipped head says nothing new about the place of heads
        line = 0.0 if looks_like_figure(text) else self.is_line(text)
        return (line if line > unit else 0.0), unit

    def _is_known(self, means: str) -> bool:
        if means.startswith(LINE):
            return means.removeprefix(LINE) in self.layout.by_key
        return not means or means.startswith(OWN) or (means.startswith(UNIT) and means.removeprefix(UNIT) in self.labels)


def sure(target: str, why: str) -> Match:
    return Match(target, Certainty.SURE, why, (target,))


def key_of_head(texts: list[str]) -> str:
    """The text under which an answer is remembered: the head's own, after the one above it."""
    plain = [name for text in texts if (name := plain_name(text) or without_numbering(text))]
    return "/".join(plain[-2:])[:200]
