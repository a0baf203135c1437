"""Reads a period as headings print it, in either language and as offices vary it."""

import re

from indicators.choices import Frequency
from orgs.names.name_similarity import folded

_DIGITS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789")
_COUNTED = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NUMBERS = {
    **{word: number for number, word in enumerate(_COUNTED, 1)},
    **{word: number for number, word in enumerate(("first", "second", "third", "fourth"), 1)},
    "上": 1,
    "下": 2,
}
_YEAR = "(?P<year>(?:19|20|21)[0-9]{2}|[一二][〇零○o一二三四五六七八九]{3})"
_ORDER = "(?P<number>first|second|third|fourth)"
_PATTERNS = tuple(
    (frequency, re.compile(pattern))
    for frequency, pattern in (
        (Frequency.YEAR, f"{_YEAR}年度?(?:全年)?"),
        (Frequency.YEAR, f"year{_YEAR}"),
        (Frequency.HALF, f"{_YEAR}(?:年度?)?-?(?:h(?P<letter>[12])|(?P<number>[上下])半年度?)"),
        (Frequency.HALF, f"{_ORDER}halfof{_YEAR}"),
        (Frequency.QUARTER, f"{_YEAR}(?:年度?)?-?(?:q(?P<letter>[1-4])|第(?P<number>[一二三四1-4])季度?)"),
        (Frequency.QUARTER, f"{_YEAR}年度?(?P<number>[一二三四1-4])季度?"),
        (Frequency.QUARTER, f"{_ORDER}quarterof{_YEAR}"),
        (Frequency.MONTH, f"{_YEAR}年度?(?P<number>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"),
        (Frequency.MONTH, f"month(?P<number>1[0-2]|[1-9])of{_YEAR}"),
        (Frequency.WEEK, f"{_YEAR}年度?第?(?P<number>[0-9]{{1,2}})周"),
        (Frequency.WEEK, f"week(?P<number>[0-9]{{1,2}})of{_YEAR}"),
    )
)


def worded_period(text: str) -> tuple[int, int, Frequency] | None:
    """2026年第三季度 -> year, number in the year, frequency; None for any other text. Whether it exists is not asked."""
    plain = folded(text)
    for frequency, pattern in _PATTERNS:
        if match := pattern.fullmatch(plain):
            parts = match.groupdict()
            number = parts.get("number") or parts.get("letter") or "1"
            return int(parts["year"].translate(_DIGITS)), _NUMBERS.get(number) or int(number), frequency
    return None
