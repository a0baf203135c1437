"""Periods as values with their calendar: 2026, 2026H1, 2026Q3, 2026-09, 2026W37."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from indicators.choices import Frequency
from indicators.period_texts import worded_period

_TEXTS = (
    (Frequency.YEAR, re.compile(r"(\d{4})")),
    (Frequency.HALF, re.compile(r"(\d{4})H([12])")),
    (Frequency.QUARTER, re.compile(r"(\d{4})Q([1-4])")),
    (Frequency.MONTH, re.compile(r"(\d{4})-(0[1-9]|1[0-2])")),
    (Frequency.WEEK, re.compile(r"(\d{4})W(0[1-9]|[1-4]\d|5[0-3])")),
)
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: 0?0:00(?::00)?)?")
_MONTHS = {Frequency.YEAR: 12, Frequency.HALF: 6, Frequency.QUARTER: 3, Frequency.MONTH: 1}
_FINER = (Frequency.YEAR, Frequency.HALF, Frequency.QUARTER, Frequency.MONTH, Frequency.WEEK)


class BadPeriod(ValueError):
    """The text names no period; the message is a sentence for people."""


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of the calendar. `number` counts inside the year (1 for a year)."""

    year: int
    number: int
    frequency: Frequency

    def __str__(self) -> str:
        return {
            Frequency.YEAR: f"{self.year:04d}",
            Frequency.HALF: f"{self.year:04d}H{self.number}",
            Frequency.QUARTER: f"{self.year:04d}Q{self.number}",
            Frequency.MONTH: f"{self.year:04d}-{self.number:02d}",
            Frequency.WEEK: f"{self.year:04d}W{self.number:02d}",
        }[self.frequency]

    @cached_property
    def first_day(self) -> date:
        if self.frequency == Frequency.WEEK:
            return date.fromisocalendar(self.year, self.number, 1)
        return date(self.year, (self.number - 1) * _MONTHS[self.frequency] + 1, 1)

    @cached_property
    def last_day(self) -> date:
        if self.frequency == Frequency.WEEK:
            return self.first_day + timedelta(days=6)
        month = self.number * _MONTHS[self.frequency]
        return date(self.year, month, monthrange(self.year, month)[1])

    @cached_property
    def anchor_day(self) -> date:
        """The day that decides to which month, quarter, half and year it belongs: a week's Thursday (ISO 8601), else its last."""
        return self.first_day + timedelta(days=3) if self.frequency == Frequency.WEEK else self.last_day

    def belongs_between(self, first_day: date, last_day: date) -> bool:
        """Whether it counts in a stretch of time: a week by its Thursday, any other where it lies in it wholly."""
        first = self.anchor_day if self.frequency == Frequency.WEEK else self.first_day
        return first_day <= first and self.anchor_day <= last_day

    def overlaps(self, other: "Period") -> bool:
        """Whether both tell of one stretch of time: two weeks only where they are one, a week and a month by the week's Thursday."""
        if Frequency.WEEK in (self.frequency, other.frequency):
            return self.belongs_between(other.first_day, other.last_day) or other.belongs_between(self.first_day, self.last_day)
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    @property
    def label(self) -> str:
        """As a heading says it: 2026年第三季度."""
        return {
            Frequency.YEAR: _("Year %(year)s"),
            Frequency.HALF: _("First half of %(year)s") if self.number == 1 else _("Second half of %(year)s"),
            Frequency.QUARTER: (
                _("First quarter of %(year)s"), _("Second quarter of %(year)s"),
                _("Third quarter of %(year)s"), _("Fourth quarter of %(year)s"),
            )[min(self.number, 4) - 1],
            Frequency.MONTH: _("Month %(number)s of %(year)s"),
            Frequency.WEEK: _("Week %(number)s of %(year)s"),
        }[self.frequency] % {"year": self.year, "number": self.number}  # fmt: skip

    def previous(self) -> "Period":
        return period_holding(self.first_day - timedelta(days=1), self.frequency)

    def next(self) -> "Period":
        return period_holding(self.last_day + timedelta(days=1), self.frequency)

    def same_last_year(self) -> "Period | None":
        """The period of the same number a year before; None for a week 53 whose year before has none."""
        try:
            return read_period(str(Period(self.year - 1, self.number, self.frequency)))
        except BadPeriod:
            return None

    def end_of_year_before(self) -> "Period":
        """The last period of this frequency in the year before: of weeks that of its last Thursday."""
        return period_holding(date(self.year - 1, 12, 28 if self.frequency == Frequency.WEEK else 31), self.frequency)

    def year_to_date(self) -> list["Period"]:
        """The periods of this frequency from the start of the year up to this one."""
        return [Period(self.year, number, self.frequency) for number in range(1, self.number + 1)]

    def parts(self, frequency: Frequency) -> list["Period"]:
        """The periods of a finer (or the same) frequency that belong to this one; empty for a coarser one."""
        if _FINER.index(frequency) < _FINER.index(self.frequency):
            return []
        if frequency == self.frequency:
            return [self]
        return periods_between(self.first_day, self.last_day, frequency)


@lru_cache(maxsize=1024)
def read_period(text: str) -> Period:
    """`2026`, `2026H1`, `2026Q3`, `2026-09`, `2026W37`, or as printed: `2026年第三季度` -> Period. Raises BadPeriod with a sentence."""
    period = _written(text.strip())
    if period is not None and _exists(period):
        return period
    if _DAY.fullmatch(text.strip()):
        raise BadPeriod(
            _("“%(text)s” is a day, perhaps made of a month by a spreadsheet; write the period as text.") % {"text": text}
        )
    sentence = _(
        "“%(text)s” is not a period; write 2026, 2026H1, 2026Q3, 2026-09, 2026W37, or 2026年第三季度 as it is printed."
    )
    raise BadPeriod(sentence % {"text": text[:40]})


def read_periods(text: str) -> list[Period]:
    """Several, parted by commas of either kind; each once, in their order. Raises BadPeriod."""
    return list(dict.fromkeys(read_period(part) for part in re.split("[,，、]", text)))


def _written(text: str) -> Period | None:
    for frequency, pattern in _TEXTS:
        match = pattern.fullmatch(text)
        if match:
            return Period(int(match.group(1)), int(match.group(2)) if match.lastindex == 2 else 1, frequency)
    worded = worded_period(text)
    return Period(*worded) if worded else None


def period_holding(day: date, frequency: Frequency) -> Period:
    """The period of a frequency in which a day lies."""
    if frequency == Frequency.WEEK:
        year, week, _weekday = day.isocalendar()
        return Period(year, week, frequency)
    return Period(day.year, (day.month - 1) // _MONTHS[frequency] + 1, frequency)


def periods_between(first_day: date, last_day: date, frequency: Frequency) -> list[Period]:
    """The periods of a frequency that belong to a stretch of time, in order."""
    return list(_periods_between(first_day, last_day, frequency))


@lru_cache(maxsize=1024)
def _periods_between(first_day: date, last_day: date, frequency: Frequency) -> tuple[Period, ...]:
    """Kept: a page asks for the weeks of the same years again and again, and the calendar does not change."""
    found, part = [], period_holding(first_day, frequency)
    while part.first_day <= last_day:
        if part.belongs_between(first_day, last_day):
            found.append(part)
        part = part.next()
    return tuple(found)


def _exists(period: Period) -> bool:
    """The calendar has years 1900 to 2999; only some years have a week 53."""
    if not 1900 <= period.year <= 2999:
        return False
    try:
        return period.last_day >= period.first_day
    except ValueError:
        return False
