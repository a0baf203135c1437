"""What one text of a table may name: a figure, a unit, a stretch of time; with what was said and remembered. Knows no cell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.naming import IndicatorNames, is_of_which, plain_name
from orgs.likeness import Certainty, Match, without_numbering
from submissions.intake.tables.asking import AskedTask, AskedUnits
from submissions.intake.tables.stated_periods import timing_in
from submissions.intake.tables.told import LINE, UNIT
from submissions.intake.tables.words import Timing, split_timing, timing_of

LONGEST_HEAD = 80  # characters; what is longer is a note
_ORDER = (Certainty.NONE, Certainty.AMBIGUOUS, Certainty.LIKELY, Certainty.SURE)


@dataclass(frozen=True)
class Said:
    """What a person said a head means, for this file (`is_now`) or for an earlier one: a line, a unit, or to pass it over."""

    means: str
    is_now: bool

    @property
    def why(self) -> str:
        return _("as you said") if self.is_now else _("as said for an earlier file")


class Senses:
    """Everything that texts of one workbook can mean for one task."""

    def __init__(
        self,
        task: AskedTask,
        units: AskedUnits,
        chosen: Mapping[str, str] | None = None,
        alike: Mapping[str, str] | None = None,
    ):
        """`chosen`: address of a head -> what a person says it means; `alike`: the same by the text of heads that read alike."""
        self.task, self.period, self.layout = task, task.period, task.layout
        self.lines: IndicatorNames = task.names
        self.units, self.labels = units.names, units.labels
        self._chosen, self._alike, self._remembered = chosen or {}, alike or {}, task.remembered

    def said(self, address: str, remembered_as: str) -> Said | None:
        """What was said about the head; an answer that names nothing any more is no answer."""
        told = (
            (self._chosen.get(address), True),
            (self._alike.get(remembered_as), True),
            (self._remembered.get(remembered_as), False),
        )
        return next((Said(means, is_now) for means, is_now in told if means is not None and self._is_known(means)), None)

    def line(self, text: str, within: str = "") -> tuple[Match, Timing | None]:
        """The figure that a head names, and the time if it says one: 党员总数（上年同期）."""
        if len(text) > LONGEST_HEAD:
            return Match(), None
        whole = self.lines.match(text, within)
        if whole.is_sure:
            return whole, None
        rest, timing = split_timing(text)
        if timing is None or not rest:
            return whole, None
        part = self.lines.match(rest, within)
        return (part, timing) if _ORDER.index(part.certainty) >= _ORDER.index(whole.certainty) else (whole, None)

    def item(self, text: str, within: str) -> Match | None:
        """An item by its exact name under the indicator that stands before it."""
        found = self.lines.match(text, within) if within and len(text) <= LONGEST_HEAD else Match()
        is_own = found.is_sure and found.target.startswith(f"{within}:")
        return found if is_own or (is_of_which(text) and found.target) else None

    def unit(self, text: str, near: str = "") -> Match:
        return self.units.match(text, near) if len(text) <= LONGEST_HEAD else Match()

    def timing(self, text: str) -> Timing | None:
        """Of a head that is nothing but a time: 本期, 三季度, 2025年."""
        return timing_of(text) or (timing_in(text, self.period) if len(text) <= 16 else None)

    def is_told(self, text: str) -> float:
        """How much the text looks like the head of a figure: 1 for sure, less where it is only similar."""
        match = self.line(text)[0]
        return {Certainty.SURE: 1.0, Certainty.LIKELY: 0.4, Certainty.AMBIGUOUS: 0.4}.get(match.certainty, 0.0)

    def is_unit(self, text: str) -> float:
        match = self.unit(text)
        return (
            0.0 if match.certainty == Certainty.NONE else 0.4 if match.is_alike or not (match.target or match.choices) else 1.0
        )

    def _is_known(self, means: str) -> bool:
        if means.startswith(LINE):
            return means.removeprefix(LINE) in self.layout.by_key
        return not means or (means.startswith(UNIT) and means.removeprefix(UNIT) in self.labels)


def sure(target: str, why: str) -> Match:
    return Match(target, Certainty.SURE, why, (target,))


def proposed(match: Match, why: str) -> Match:
    """The same, but no longer sure."""
    return replace(match, certainty=Certainty.LIKELY, why=why) if match.is_sure else match


def key_of_head(texts: list[str]) -> str:
    """Under which text an answer is remembered: the head's own, after the one it stands under."""
    plain = [name for text in texts if (name := plain_name(text) or without_numbering(text))]
    return "/".join(plain[-2:])[:200]
