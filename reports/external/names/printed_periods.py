"""Parses periods and days printed in the texts of an upper level's table, also with blanks: 2026年第三季度, ____年__月__日."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from indicators.choices import Frequency
from indicators.periods import Period
from reports.external.bindings.bindings import THIS
from reports.figures.changes.change import COMPARED

GAP = r"[\s_＿　]*"
_DIGITS = dict(zip("〇零○ＯO０一二三四五六七八九１２３４５６７８９", "000000123456789123456789", strict=True))
_FOUR = "(?:[0-9０-９]{4}|二[〇零○ＯO0][〇零○一二三四五六七八九]{2})"
MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
TILL = rf"{GAP}[-－—–~～至到]+{GAP}"
YEAR = rf"(?P<year>{_FOUR}){GAP}年(?:度)?{GAP}"
_FULL = (
    (Frequency.QUARTER, rf"{YEAR}(?:第)?{GAP}(?P<number>[一二三四1-4]){GAP}季(?:度)?"),
    (Frequency.QUARTER, r"(?P<year>[0-9]{4})[-年]?[Qq](?P<number>[1-4])(?![0-9])"),
    (Frequency.HALF, rf"{YEAR}(?P<number>[上下]){GAP}半年"),
    (Frequency.MONTH, rf"{YEAR}(?P<number>{MONTH}){GAP}月(?:份)?(?!{GAP}(?:[0-9_＿]|[日末底]|[-－—–~～至到]))"),
)
_OPEN = (
    (Frequency.QUARTER, rf"(?:{_FOUR}|(?<=[（(\s_＿　])|^){GAP}年(?:度)?{GAP}第?{GAP}季度"),
    (Frequency.HALF, rf"(?:{_FOUR}|(?<=[（(\s_＿　])|^){GAP}年(?:度)?(?:{GAP}[上下]|[\s_＿　]+)半年"),
    (Frequency.MONTH, rf"(?:{_FOUR}|(?<=[（(\s_＿　])|^){GAP}年(?:度)?{GAP}月(?:份)?(?!{GAP}(?:[0-9_＿]|日))"),
)
_RANGE = re.compile(
    rf"{YEAR}(?P<first>{MONTH}){GAP}(?:月(?:份)?)?{TILL}(?:(?P=year){GAP}年{GAP})?(?P<last>{MONTH}){GAP}月(?:份)?(?!{GAP}[0-9_＿])"
)
_TO_DATE = re.compile(rf"(?:{YEAR})?(?P<first>1|一|01){GAP}(?:月(?:份)?)?{TILL}(?P<last>{MONTH}){GAP}月(?:份)?")
_MONTHS = re.compile(rf"(?:{YEAR})?(?P<first>{MONTH})(?:月(?:份)?)?{TILL}(?P<last>{MONTH})月(?:份)?")
_PART = re.compile(rf"第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年|(?P<month>{MONTH})月份?")
_FIRST_PART = re.compile(
    rf"\s*(?P<part>第?[一二三四1-4]季度|[上下]半年|{MONTH}(?:月(?:份)?)?{TILL}{MONTH}月(?:份)?)(?P<rest>[^0-9末底].*)$"
)
_DAY_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = re.compile(
    rf"{_FOUR}{GAP}年{GAP}{MONTH}{GAP}月{GAP}{_DAY_NUMBER}{GAP}日|[0-9]{{4}}([./-])(?:1[0-2]|0?[1-9])\1[0-9]{{1,2}}(?![0-9])"
)
_OPEN_DAY = re.compile(rf"(?:{_FOUR})?{GAP}年{GAP}(?:[0-9]{{1,2}})?{GAP}月{GAP}(?:[0-9]{{1,2}})?{GAP}日")
_FIRST_YEAR = re.compile(rf"^{GAP}[（(【]?{GAP}(?P<year>{_FOUR}){GAP}年(?P<end>[末底初])?")
_OPEN_YEAR = re.compile(r"(?:(?<=[（(])|^)[\s_＿　]{2,}(?=年(?!.*[月季半]))")
_HALVES = {"上": 1, "下": 2}


@dataclass(frozen=True)
class Printed:
    """A part of a text that names a period: from `start` to `end`. `period` is None where blanks are left or it is not whole.

    `months`: the position of the months in a period written as months, as 2026年4—6月; 0 for any other.
    """

    start: int
    end: int
    frequency: Frequency
    period: Period | None = None
    months: int = 0


def printed_periods(text: str) -> list[Printed]:
    """Whole periods, and periods with blanks (2026年第__季度), in the order of the text; a day does not count."""
    found = [*_ranges(text)]
    days = [match.span() for match in (*_DAY.finditer(text), *_OPEN_DAY.finditer(text))]
    for patterns, is_open in ((_FULL, False), (_OPEN, True)):
        for frequency, pattern in patterns:
            for match in re.finditer(pattern, text):
                taken = [*days, *((one.start, one.end) for one in found)]
                if not any(start < match.end() and match.start() < end for start, end in taken):
                    found.append(Printed(*match.span(), frequency, None if is_open else _period(frequency, match)))
    return sorted((one for one in found if one.period or _is_open(text, one)), key=lambda one: one.start)


def _ranges(text: str) -> Iterator[Printed]:
    """Quarters or half years written as months: 2026年4—6月, 2026年7月至12月. A range from January is a range to date."""
    for match in _RANGE.finditer(text):
        first, last = month_in(match["first"]), month_in(match["last"])
        length = {3: Frequency.QUARTER, 6: Frequency.HALF}.get(last - first + 1)
        if length and first > 1 and not last % (last - first + 1):
            period = Period(year_in(match["year"]), last // (last - first + 1), length)
            yield Printed(*match.span(), length, period, match.start("first"))


def _is_open(text: str, one: Printed) -> bool:
    """Whether there are blanks to write in: 年 within words, as in 本年季度, has none."""
    return bool(re.search(r"[\s_＿　]", text[one.start : one.end])) or text[one.start : one.end][:2].isdigit()


def printed_days(text: str) -> list[tuple[int, int]]:
    """Days that are printed or have blanks: 2026年7月5日, ____年__月__日."""
    found = [match.span() for match in _OPEN_DAY.finditer(text)]
    for match in _DAY.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in found):
            found.append(match.span())
    return sorted(found)


def to_date_ranges(text: str) -> list[tuple[int, int, int | None, int]]:
    """Ranges since January, such as 1-9月 or 2026年1—9月: start, end, year (None where it is missing) and last month."""
    found = []
    for match in _TO_DATE.finditer(text):
        if not (match.start() and text[match.start() - 1].isdigit()):
            found.append((*match.span(), year_in(match["year"]) if match["year"] else None, month_in(match["last"])))
    return found


def first_year(text: str) -> tuple[int, int, int, str] | None:
    """The year at the beginning of a text, unless a whole period follows: start, end, year, and the 末, 底 or 初 after it."""
    match = _FIRST_YEAR.match(text)
    if match is None or printed_periods(text)[:1] or printed_days(text)[:1] or to_date_ranges(text)[:1]:
        return None
    return match.start("year"), match.end("year"), year_in(match["year"]), match["end"] or ""


def open_year(text: str) -> tuple[int, int] | None:
    """The blanks before 年度 at the beginning: ______年度党员统计表."""
    match = _OPEN_YEAR.search(text)
    return match.span() if match else None


def months_printed(text: str) -> tuple[int | None, int, int] | None:
    """Year or None, first and last month of a head that is only 三季度, 7-9月, 9月 or 上半年; None for any other."""
    plain = re.sub(r"[\s_＿　（）()]", "", text)
    found = _MONTHS.fullmatch(plain)
    if found:
        return (year_in(found["year"]) if found["year"] else None), month_in(found["first"]), month_in(found["last"])
    part = _PART.fullmatch(plain)
    if part is None:
        return None
    if part["month"]:
        return None, month_in(part["month"]), month_in(part["month"])
    length, number = (3, _number(part["quarter"])) if part["quarter"] else (6, _HALVES[part["half"]])
    return None, (number - 1) * length + 1, number * length


def first_months(text: str) -> tuple[tuple[int | None, int, int], str] | None:
    """The months at the beginning of a head, and the rest: 三季度受理件数; a single month (9月底) does not count."""
    match = _FIRST_PART.match(text)
    months = months_printed(match["part"]) if match else None
    return (months, match["rest"]) if months else None


def leading_months(text: str) -> tuple[tuple[int | None, int, int], str] | None:
    """The months with which a head begins, or of which it consists, and the rest."""
    found = first_months(text)
    if found is None and (months := months_printed(text)) is not None:
        found = months, ""
    return found


def months_of(period: Period) -> tuple[int, int]:
    return period.first_day.month, period.last_day.month


@dataclass(frozen=True)
class BasePeriod:
    """The period of the table as it was received; other periods in it are named by their distance from it.

    `has_several`: its heads name several parts of a year (一季度, 二季度) and nothing says which is its own; `since_january`: a
    range printed around the table (1—9月), "" for none.
    """

    period: Period | None = None
    year: int | None = None
    has_several: bool = False
    since_january: str = ""

    @property
    def last_month(self) -> int | None:
        return months_of(self.period)[1] if self.period else None

    def shift_to(self, other: Period) -> str | None:
        """The word for another period: this, prev, same_last_year or year_end; None where there is none."""
        if self.period is None or self.period == other:
            return THIS
        if self.period.frequency != other.frequency:
            return None
        return next((shift for shift in ("same_last_year", "prev", "year_end") if COMPARED[shift](self.period) == other), None)

    def shift_to_year(self, year: int | None) -> str | None:
        if self.year is None or year in (None, self.year):
            return THIS
        return "same_last_year" if year == self.year - 1 else None


NO_BASE = BasePeriod()


def base_of(around: Iterable[str], heads: Iterable[str]) -> BasePeriod:
    """The newest period printed around the table, else the newest in its heads; a year alone gives only the year."""
    around, heads = list(around), list(heads)
    parts = {_part(text) for text in heads if not to_date_ranges(text)} - {None}
    has_several = len(parts) > 1
    since = next((text[start:end] for text in around for start, end, _year, _last in to_date_ranges(text)), "")
    for texts in (around, heads):
        if periods := [one.period for text in texts for one in printed_periods(text) if one.period]:
            newest = max(periods, key=_telling)
            return BasePeriod(newest, newest.year, has_several, since)
        years = [found[2] for text in texts if (found := first_year(text))]
        years += [year for text in texts for _start, _end, year, _last in to_date_ranges(text) if year]
        if years:
            return BasePeriod(None, max(years), has_several, since)
    return BasePeriod(has_several=has_several, since_january=since)


def _part(text: str) -> tuple[int | None, int, int] | None:
    found = leading_months(text)
    return found[0] if found else None


def _telling(period: Period) -> tuple[bool, date, int]:
    """The sort key of the period that counts, which is the newest.

    Of two that end on one day the longer counts; a month beside a quarter is the month of filling in.
    """
    return period.frequency != Frequency.MONTH, period.last_day, -period.first_day.toordinal()


def year_in(text: str) -> int:
    return int("".join(_DIGITS.get(sign, sign) for sign in text))


def month_in(text: str) -> int:
    if text.startswith("十"):
        return 10 + (_number(text[1:]) if text[1:] else 0)
    return int("".join(_DIGITS.get(sign, sign) for sign in text))


def months_label(period: Period) -> str:
    """The months of a period: 7—9月."""
    first, last = months_of(period)
    return f"{first}—{last}月" if first < last else f"{last}月"


def to_date_label(day: date) -> str:
    """From January to the month of the day: 1—9月."""
    return f"1—{day.month}月" if day.month > 1 else "1月"


def _number(text: str) -> int:
    return _HALVES.get(text) or int(_DIGITS.get(text, text))


def _period(frequency: Frequency, match: re.Match) -> Period:
    number = month_in(match["number"]) if frequency == Frequency.MONTH else _number(match["number"])
    return Period(year_in(match["year"]), number, frequency)
