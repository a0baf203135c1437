"""Parses parts of a year printed in a text, with or without the year: 4—6月, 第2季度, 4月1日至6月30日, 截至6月底."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.periods import Period
from reports.external.names.printed_periods import GAP, MONTH, TILL, YEAR, month_in, months_of, year_in

_ALONE = "(?<![0-9０-９.十一二三四五六七八九])"
_DAY = rf"{GAP}(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}}){GAP}日"
_FIRST = rf"(?:{YEAR}|{_ALONE})(?P<first>{MONTH}){GAP}"
_LAST = rf"{TILL}(?:[0-9]{{4}}{GAP}年{GAP})?(?P<last>{MONTH}){GAP}月"
_RANGES = (
    re.compile(rf"{_FIRST}月{_DAY}{_LAST}{_DAY}"),
    re.compile(rf"{_FIRST}(?:月(?:份)?)?{_LAST}(?!{GAP}[0-9０-９])"),
)
_UP_TO = (
    re.compile(
        rf"(?:(?:截至|截止|到|至)(?:到)?{GAP})?(?:{YEAR}|{_ALONE})(?P<last>{MONTH}){GAP}月(?:份)?{GAP}[末底](?![以之]?前)"
    ),
    re.compile(rf"(?:截至|截止)(?:到)?{GAP}(?:{YEAR})?(?P<last>{MONTH}){GAP}月{_DAY}"),
)
_PARTS = (
    (3, re.compile(rf"(?:{YEAR})?第{GAP}(?P<number>[一二三四1-4１-４]){GAP}季度?")),
    (3, re.compile(rf"(?:{YEAR})?{_ALONE}(?P<number>[一二三四1-4１-４]){GAP}季度")),
    (3, re.compile(r"(?<![0-9A-Za-z])(?:(?P<year>[0-9]{4})年?-?)?[Qq](?P<number>[1-4])(?![0-9A-Za-z])")),
    (6, re.compile(rf"(?:{YEAR})?(?<![每前近])(?P<number>[上下]){GAP}半年")),
)
_NUMBERS = {"上": 1, "下": 2}


@dataclass(frozen=True)
class Stretch:
    """Months `first` to `last`; `year` is None where none is printed. `is_day`: only the end of the last month is meant."""

    text: str
    year: int | None
    first: int
    last: int
    is_day: bool = False

    def fits(self, period: Period) -> bool:
        """Whether it is the period itself, a range since January up to its end, or the day that ends it."""
        first, last = months_of(period)
        is_whole = self.is_day or self.first in (1, first)
        return self.year in (None, period.last_day.year) and self.last == last and is_whole


def printed_stretches(text: str) -> list[Stretch]:
    """The ranges in a text, kind by kind, each place once."""
    taken: list[tuple[int, int]] = []
    found = []
    for match, first, last, is_day in _matches(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        taken.append(match.span())
        year = match.groupdict().get("year")
        if first <= last:
            found.append(Stretch(match.group().strip(), year_in(year) if year else None, first, last, is_day))
    return found


def _matches(text: str) -> Iterator[tuple[re.Match, int, int, bool]]:
    for pattern in _RANGES:
        for match in pattern.finditer(text):
            yield match, month_in(match["first"]), month_in(match["last"]), False
    for pattern in _UP_TO:
        for match in pattern.finditer(text):
            yield match, month_in(match["last"]), month_in(match["last"]), True
    for length, pattern in _PARTS:
        for match in pattern.finditer(text):
            number = _NUMBERS.get(match["number"]) or month_in(match["number"])
            yield match, (number - 1) * length + 1, number * length, False
