"""Checks whether an indicator has figures for the time its heads name: running total, state on a day, length of period."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.choices import Frequency
from reports.external.bindings.bindings import AT_YEAR_END, THIS
from reports.external.names.figure_traits import FigureTraits
from reports.external.names.period_words import END, Time
from reports.external.names.printed_periods import BasePeriod
from reports.figures.changes.change import PREV
from reports.figures.plan.query_plan import PERIOD_VIEW, YEAR_TO_DATE

_DECEMBER = 12
_ORDER = [str(one) for one in (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.HALF, Frequency.YEAR)]
Head = tuple[str, Time]  # a text and the time that it names


class TimeFit:
    """The time of one cell compared with its figure. `time`: as it is asked; `doubt`: why it is not sure, "" where it is.

    `length`: the only length of period for which this is the answer, "" for any; AT_YEAR_END for a period that ends a year.
    """

    def __init__(self, heads: Sequence[Head], time: Time, traits: FigureTraits, name: str, base: BasePeriod):
        self._traits, self._name, self._base = traits, name, base
        self.length = next((length for _text, one in heads if (length := self._length(one))), "")
        self.time = self._viewed(time, heads)
        self.doubt = next(self._doubts(heads, time), "")

    def _viewed(self, time: Time, heads: Sequence[Head]) -> Time:
        """The view of a running total: since January, as it is typed, unless a head without 累计 names the period alone."""
        if time.view is not None:
            return time
        if self._traits.is_running:
            is_part = any(map(_is_of_period, (one for _text, one in heads))) and "累计" not in self._name
            return replace(time, view=PERIOD_VIEW if is_part else YEAR_TO_DATE)
        is_year = any(_is_year(one) and not self._fits(one) for _text, one in heads) or self._is_since_january(heads)
        return replace(time, view=YEAR_TO_DATE) if is_year and not self._traits.is_of_day else time

    def _is_since_january(self, heads: Sequence[Head]) -> bool:
        """Whether 1—9月 is printed over the table and no head asks for a single period."""
        return bool(self._base.since_january) and not any(one.period or one.view or one.moment for _text, one in heads)

    def _doubts(self, heads: Sequence[Head], time: Time) -> Iterator[str]:
        is_running = self._traits.is_running
        if time.view is None and not (is_running or self._traits.is_of_day) and self._is_since_january(heads):
            sentence = _(
                "the table speaks of “%(text)s”; no head says whether %(name)s is asked since January or for the period"
            )
            yield sentence % {"text": self._base.since_january, "name": self._name}
        for text, one in heads:
            words = {"text": text, "name": self._name}
            if _is_year(one):
                if not (self._traits.is_of_day or is_running or self._fits(one)) and time.view is None:
                    yield _("“%(text)s” is a whole year; what %(name)s has of it so far is not the year") % words
            elif one.length == Frequency.YEAR and not self._fits(one):
                yield _("“%(text)s” is the end of a year; the table may be filled for a period that ends earlier") % words
            elif one.length and not self._fits(one):
                yield _("“%(text)s” is not the length of the period that %(name)s is asked for") % words
            is_up_to = one.moment == END and (is_running or one.view == YEAR_TO_DATE)  # 截至9月底累计
            if one.moment and not self._traits.is_of_day and not is_up_to:
                yield _("“%(text)s” is a day, %(name)s is counted over a time") % words
            if is_running and time.view is None and (_is_of_period(one) or one.against == PREV):
                yield _("%(name)s is a running total of the year; “%(text)s” may ask for the period alone") % words

    def _fits(self, one: Time) -> bool:
        """Whether the table's period has the length.

        If the table has no period: whether the figure can be given for that length.
        """
        frequencies = self._traits.frequencies
        if one.length is None:
            return True
        if one.length == Frequency.YEAR and one.moment:
            return self._base.last_month == _DECEMBER or frequencies == {Frequency.YEAR}
        if self._base.period is not None and self._base.period.frequency != one.length:
            return False
        if one.length == Frequency.YEAR:
            return self._base.period is not None or frequencies == {Frequency.YEAR}
        return any(_ORDER.index(frequency) <= _ORDER.index(one.length) for frequency in frequencies)

    def _length(self, one: Time) -> str:
        if one.view == YEAR_TO_DATE:
            return ""
        if one.length == Frequency.YEAR:
            if one.moment:
                return AT_YEAR_END
            return "" if self._traits.is_of_day or self._traits.is_running else one.length
        return one.length or ""


def _is_year(one: Time) -> bool:
    return one.length == Frequency.YEAR and not one.moment


def _is_of_period(one: Time) -> bool:
    """Whether the head may mean the period alone: 本期, 本季, 上季度."""
    return one.period in (THIS, PREV) and one.view is None and not one.moment and one.length != Frequency.YEAR
