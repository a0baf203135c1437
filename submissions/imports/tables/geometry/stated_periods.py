"""Reads the periods that a text states (2026年第三季度, 2026Q3, 上半年, 7-9月) and compares them with a task's period."""

import re
from dataclasses import dataclass
from functools import lru_cache

from indicators.choices import Frequency
from indicators.periods import Period
from orgs.names.name_similarity import folded
from submissions.imports.tables.geometry.words import Timing

_CHINESE_YEAR = re.compile("二[〇零○o0][一二三四五六七八九〇零○]{2}(?=年)")
_DIGITS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789")
_YEAR = "(?:(?P<year>(?:19|20)[0-9]{2})(?:年度?|[-_./]?(?=q|第|h)))?"
# Q2 2026: a year after its quarter, unless the quarter has one before it, or another period follows.
_ALONE = "(?<![年度第0-9a-z])"
_BEHIND = "[-_./,(]?(?P<year>(?:19|20)[0-9]{2})(?![0-9])(?!年?(?:第?[一二三四1-4]季|[上下]半|[qh][1-4]|[0-9]{1,2}月))(?:年度?)?"
_PATTERNS = (
    (Frequency.QUARTER, re.compile(_ALONE + "(?:第?(?P<number>[一二三四1-4])季度?|q(?P<letter>[1-4]))" + _BEHIND)),
    (Frequency.HALF, re.compile(_ALONE + "(?:(?P<number>[上下])半年|h(?P<letter>[12]))" + _BEHIND)),
    (Frequency.QUARTER, re.compile(_YEAR + "(?:第?(?P<number>[一二三四1-4])季度?|q(?P<letter>[1-4])(?![0-9a-z]))")),
    (Frequency.HALF, re.compile(_YEAR + "(?:(?P<number>[上下])半年|h(?P<letter>[12])(?![0-9a-z]))")),
    (
        Frequency.MONTH,
        re.compile(_YEAR + "(?P<first>0?[1-9]|1[0-2])(?:月份?)?[-至到](?P<number>0?[1-9]|1[0-2])月份?(?![0-9日])"),
    ),
    (Frequency.MONTH, re.compile("(?<![0-9])(?P<year>20[0-9]{2})(?P<number>0[1-9]|1[0-2])(?![0-9])")),
    (Frequency.MONTH, re.compile("(?<![0-9])(?P<year>20[0-9]{2})[-./](?P<number>0?[1-9]|1[0-2])(?![0-9./-])")),
    (Frequency.MONTH, re.compile(_YEAR + "(?<![0-9-至到])(?P<number>0?[1-9]|1[0-2])月份?(?![0-9日末底])")),
    (Frequency.YEAR, re.compile("(?P<year>(?:19|20)[0-9]{2})年度(?![一二三四第])")),
)
_DAY = re.compile("(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月[0-9]{1,2}日?|([./-])[0-9]{1,2}\\1[0-9]{1,2})")
_LONE_YEAR = re.compile("((?:19|20)[0-9]{2})(?:年度?)?")
_SAME_OF_YEAR = re.compile("((?:19|20)[0-9]{2})年?同(?:期|月|季度?)(?:数|值)?")
_THIS_YEAR = re.compile("(?:今|本|当)年度?(?:数|值|合计|情况)?")
_MONTH_END = re.compile("(?:截至|截止到?|到|至)?(?:((?:19|20)[0-9]{2})年)?(0?[1-9]|1[0-2])月(?:末|底)(?:止|数)?")
_YEAR_AND_MONTH = re.compile("20[0-9]{2}(?:0[1-9]|1[0-2])?")
_APART = "(:,-_)的"
_LONGEST_PERIOD = 14  # characters of a period before or behind the name of a figure
_NUMBERS = {**{sign: place for place, sign in enumerate("一二三四", 1)}, "上": 1, "下": 2}


@dataclass(frozen=True)
class StatedPeriod:
    """A period in a text. `year` is 0 if it has none; months as `first` to `last` of a year."""

    text: str
    frequency: Frequency
    year: int
    first: int
    last: int

    def fits(self, period: Period) -> bool | None:
        """Whether it can mean the period; None if the two cannot be compared.

        That is another kind of period, the year of the period alone, or a single month beside a quarter (the month of filling
        in).
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
def stated_periods(text: str) -> tuple[StatedPeriod, ...]:
    """Every period in the text, in order of the patterns; a date of a day is none."""
    plain = _CHINESE_YEAR.sub(lambda found: found.group().translate(_DIGITS), folded(text))
    plain = _DAY.sub("", plain)
    found = []
    for frequency, pattern in _PATTERNS:
        found += [_stated(frequency, match) for match in pattern.finditer(plain)]
        if found:
            break
    return tuple(one for one in found if 1 <= one.first <= one.last <= 12)


@lru_cache(maxsize=1024)
def periods_of_name(name: str) -> tuple[StatedPeriod, ...]:
    """The periods in a file's name: a bare q1 or h2 is none there, as it may count anything."""
    return tuple(one for one in stated_periods(name) if one.year or not one.text.isascii())


def contradicts(text: str, period: Period) -> str:
    """The period in the text that cannot be the task's; "" if the task's is there too, or none can be compared."""
    verdicts = [(stated.fits(period), stated.text) for stated in stated_periods(text)]
    if any(fits for fits, _text in verdicts):
        return ""
    return next((text for fits, text in verdicts if fits is False), "")


def timing_in(head: str, period: Period) -> Timing | None:
    """The time of a head with a stretch of time: the task's period, the year up to its end, a month of it, another; else None."""
    plain = folded(head)
    is_yearly = period.frequency == Frequency.YEAR
    if lone := _LONE_YEAR.fullmatch(plain):
        return Timing.OTHER if int(lone.group(1)) != period.year else Timing.NOW if is_yearly else None
    if same := _SAME_OF_YEAR.fullmatch(plain):
        return Timing.NOW if int(same.group(1)) == period.year else Timing.OTHER
    if _THIS_YEAR.fullmatch(plain):
        return Timing.NOW if is_yearly else Timing.YEAR
    if end := _MONTH_END.fullmatch(plain):
        is_end = int(end.group(1) or period.year) == period.year and int(end.group(2)) == _months(period)[1]
        return Timing.END if is_end else Timing.OTHER
    found = stated_periods(head)
    if not found:
        return None
    timings = {_timing_of(stated, period) for stated in found}
    return next(timing for timing in (Timing.NOW, Timing.YEAR, Timing.END, Timing.PART, Timing.OTHER) if timing in timings)


def _timing_of(stated: StatedPeriod, period: Period) -> Timing:
    first, last = _months(period)
    is_of_year = stated.year in (0, period.year)
    if stated.fits(period):
        return Timing.NOW
    if is_of_year and (stated.first, stated.last) == (1, last):
        return Timing.YEAR
    if is_of_year and stated.frequency == Frequency.MONTH and stated.first == stated.last and first <= stated.last <= last:
        return Timing.END if stated.last == last else Timing.PART
    return Timing.OTHER


def is_period_number(text: str) -> bool:
    """Whether the number is a month or a year: 202606, 2026."""
    return bool(_YEAR_AND_MONTH.fullmatch(text.strip()))


@lru_cache(maxsize=16384)
def split_period(text: str, period: Period) -> tuple[str, Timing | None, bool]:
    """Splits a period before or after a name: 2025年受理件数 -> 受理件数, OTHER, True. The task's own year alone is no time.

    The third is False if there is no period at either end; the first is then the text.
    """
    name = folded(text)
    edges = [(name[:cut], name[cut:]) for cut in range(min(len(name) - 2, _LONGEST_PERIOD), 1, -1)]
    edges += [(name[cut:], name[:cut]) for cut in range(max(2, len(name) - _LONGEST_PERIOD), len(name) - 1)]
    for edge, rest in edges:
        stretch, rest = edge.strip(_APART), rest.strip(_APART)
        is_apart = rest and not (rest[0].isdigit() or rest[-1].isdigit())
        if is_apart and (_LONE_YEAR.fullmatch(stretch) or is_only_period(stretch)):
            return rest, timing_in(stretch, period), True
    return text, None, False


def is_only_period(text: str) -> bool:
    """Whether a folded text is only a period: 2026年, 三季度, 9月末."""
    if (
        (_LONE_YEAR.fullmatch(text) and not text.isdigit())
        or _MONTH_END.fullmatch(text)
        or _THIS_YEAR.fullmatch(text)
        or _SAME_OF_YEAR.fullmatch(text)
    ):
        return True
    found = stated_periods(text)
    return len(found) == 1 and found[0].text.strip(_APART) == text


def _stated(frequency: Frequency, match: re.Match) -> StatedPeriod:
    parts = match.groupdict()
    number = parts.get("number") or parts.get("letter") or "1"
    value = _NUMBERS.get(number) or int(number)
    length = {Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.MONTH: 1, Frequency.YEAR: 12}[frequency]
    first = int(parts["first"]) if parts.get("first") else (value - 1) * length + 1
    return StatedPeriod(match.group(), frequency, int(parts.get("year") or 0), first, value * length)


def _months(period: Period) -> tuple[int, int]:
    return period.first_day.month, period.last_day.month
