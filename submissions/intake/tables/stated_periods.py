"""The periods that a text states: 2026年第三季度, 2026Q3, 上半年, 7-9月. Compares them with a task's. Knows no table."""

import re
from dataclasses import dataclass
from functools import lru_cache

from indicators.kinds import Frequency
from indicators.periods import Period
from orgs.likeness import folded
from submissions.intake.tables.words import Timing

_CHINESE_YEAR = re.compile("二[〇零○o0][一二三四五六七八九〇零○]{2}(?=年)")
_DIGITS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789")
_YEAR = "(?:(?P<year>(?:19|20)[0-9]{2})(?:年度?|[-_./]?(?=q|第|h)))?"
_PATTERNS = (
    (Frequency.QUARTER, re.compile(_YEAR + "(?:第?(?P<number>[一二三四1-4])季度?|q(?P<letter>[1-4])(?![0-9a-z]))")),
    (Frequency.HALF, re.compile(_YEAR + "(?:(?P<number>[上下])半年|h(?P<letter>[12])(?![0-9a-z]))")),
    (Frequency.MONTH, re.compile(_YEAR + "(?P<first>1?[0-9])(?:月份?)?[-至到](?P<number>1?[0-9])月份?(?![0-9日])")),
    (Frequency.MONTH, re.compile(_YEAR + "(?<![0-9-至到])(?P<number>1?[0-9])月份?(?![0-9日末底])")),
    (Frequency.YEAR, re.compile("(?P<year>(?:19|20)[0-9]{2})年度(?![一二三四第])")),
)
_LONE_YEAR = re.compile("((?:19|20)[0-9]{2})年度?")
_NUMBERS = {**{sign: place for place, sign in enumerate("一二三四", 1)}, "上": 1, "下": 2}


@dataclass(frozen=True)
class Stated:
    """What a text says: `year` 0 where it names none; months as `first` to `last` of a year."""

    text: str
    frequency: Frequency
    year: int
    first: int
    last: int

    def fits(self, period: Period) -> bool | None:
        """Whether it can mean the period; None where it speaks of another kind of stretch and nothing can be said.

        A year alone, and a single month beside a quarter (the month of filling in), say nothing.
        """
        begin, end = _months(period)
        if self.frequency == period.frequency or (self.first, self.last) == (begin, end):
            return self.year in (0, period.year) and (self.first, self.last) == (begin, end)
        if self.frequency == Frequency.YEAR:
            return None if self.year == period.year else False
        if self.first < self.last and self.frequency == Frequency.MONTH and period.frequency != Frequency.WEEK:
            # 1-9月 is a running total up to the period's end; 4-6月 is another quarter.
            return None if self.last == end and self.year in (0, period.year) else False
        return None


@lru_cache(maxsize=16384)
def stated_periods(text: str) -> tuple[Stated, ...]:
    """Every period that the text names, in order of the patterns; a date of a day names none."""
    plain = _CHINESE_YEAR.sub(lambda found: found.group().translate(_DIGITS), folded(text))
    plain = re.sub("(?:19|20)[0-9]{2}[年.-][0-9]{1,2}[月.-][0-9]{1,2}日?", "", plain)
    found = []
    for frequency, pattern in _PATTERNS:
        found += [_stated(frequency, match) for match in pattern.finditer(plain)]
        if found:
            break
    return tuple(one for one in found if 1 <= one.first <= one.last <= 12)


def contradicts(text: str, period: Period) -> str:
    """The stated period that cannot be the task's; "" where one of those stated is, or none says anything."""
    verdicts = [(stated.fits(period), stated.text) for stated in stated_periods(text)]
    if any(fits for fits, _text in verdicts):
        return ""
    return next((said for fits, said in verdicts if fits is False), "")


def timing_in(head: str, period: Period) -> Timing | None:
    """Of a head that names a stretch of time: the task's period, the year up to its end, another; None where it names none."""
    found = stated_periods(head)
    if lone := _LONE_YEAR.fullmatch(folded(head)):
        return Timing.OTHER if int(lone.group(1)) != period.year else None
    if not found:
        return None
    if any(stated.fits(period) for stated in found):
        return Timing.NOW
    to_date = any(
        (stated.first, stated.last) == (1, _months(period)[1]) and stated.year in (0, period.year) for stated in found
    )
    return Timing.YEAR if to_date else Timing.OTHER


def _stated(frequency: Frequency, match: re.Match) -> Stated:
    parts = match.groupdict()
    number = parts.get("number") or parts.get("letter") or "1"
    value = _NUMBERS.get(number) or int(number)
    length = {Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.MONTH: 1, Frequency.YEAR: 12}[frequency]
    first = int(parts["first"]) if parts.get("first") else (value - 1) * length + 1
    return Stated(match.group(), frequency, int(parts.get("year") or 0), first, value * length)


def _months(period: Period) -> tuple[int, int]:
    return period.first_day.month, period.last_day.month
