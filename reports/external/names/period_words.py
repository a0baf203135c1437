"""Parses words by which heads of Chinese tables name a period, a running total or a change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indicators.choices import Frequency
from orgs.names.name_similarity import folded, without_numbering
from reports.external.bindings.bindings import CHANGE, PERCENT, THIS, VALUE
from reports.figures.changes.change import PREV, SAME_LAST_YEAR, YEAR_END
from reports.figures.plan.query_plan import PERIOD_VIEW, YEAR_TO_DATE


@dataclass(frozen=True)
class Time:
    """The time that a head names.

    Each field is None where the head leaves it open. `length`: of the period that its words name (本月, 今年); `moment`: "end"
    or "start" where they name a day (年末, 期初), not a period.
    """

    period: str | None = None
    view: str | None = None
    measure: str | None = None
    against: str | None = None
    length: str | None = None
    moment: str | None = None

    def beside(self, other: "Time") -> "Time":
        """Both times combined; where both have a value, the first wins."""
        return Time(
            self.period or other.period, self.view or other.view, self.measure or other.measure, self.against or other.against,
            self.length or other.length, self.moment or other.moment,
        )  # fmt: skip

    def as_percent(self) -> "Time":
        return replace(self, measure=PERCENT)


START, END = "start", "end"
NO_TIME = Time()
_COUNT = "(?:数|数量|值|实绩|实际|完成|完成数|情况)?"
_NOW = (
    "(?:(?:截至|截止)(?:到)?)?(?:本期|本季度?|本月|本年度?|今年|当年度?|当期|当季度?|当月|本报告期|报告期|(?:本|当)?(?:期|月|季度?)[末底]|(?:本|今|当)?年度?[末底]"
    "|期末数)"
)
_LAST = "(?:上期|上季度?|上月|上一?(?:个)?(?:季度?|月)|上一期|上期末|上一?(?:个)?(?:季度?|月)[末底]|期初)"
_YEAR_AGO = "(?:上年|去年|上一年度?)(?:同期|同季|同月|同季度)"
_YEAR_END = "(?:上年末|去年末|上年底|去年底|年初|上年年末|上年末数|年初数)"
_TO_DATE = (
    "(?:本年度?|今年|全年|自?年初|(?:自?年初)?至(?:今|本期|本季|季末))?累计|年初至(?:今|本期|期末)"
    "|(?:今年|本年度?|年初|1月)以来(?:累计)?|(?:1|一)-(?:本|[0-9]{1,2})(?:季度?|月)(?:累计)?"
)
_COMPARED = {
    SAME_LAST_YEAR: "同比|(?:比|较|与)(?:上年|去年)(?:同期|同季)?(?:相)?(?:比)?",
    PREV: "环比|(?:比|较|与)(?:上期|上季度?|上月)(?:相)?(?:比)?",
    YEAR_END: "(?:比|较|与)(?:上年末|去年末|上年底|年初)(?:相)?(?:比)?",
}
_CHANGE = "(?:增减|增加|增长|净增|变化|变动|升降|±|\\+-|增\\(\\+\\)减\\(-\\)|增\\+减-)(?:数|量|值|额|情况)?"
_RATE = "(?:率|幅度|幅|百分比|%|\\(%\\)|\\(±%\\))"
_PERCENT = f"(?:增减|增加|增长|升降|变化|变动|增|±)?{_RATE}(?:\\(%\\))?"

_WHOLE = tuple(
    (re.compile(pattern), time)
    for pattern, time in (
        (f"{_NOW}{_COUNT}", Time(THIS)),
        (f"{_LAST}{_COUNT}", Time(PREV)),
        (f"{_YEAR_AGO}{_COUNT}", Time(SAME_LAST_YEAR)),
        (f"{_YEAR_END}{_COUNT}", Time(YEAR_END)),
        (f"(?:{_TO_DATE}){_COUNT}", Time(THIS, YEAR_TO_DATE)),
        (f"{_YEAR_AGO}累计{_COUNT}", Time(SAME_LAST_YEAR, YEAR_TO_DATE)),
        (_CHANGE, Time(measure=CHANGE)),
        (_PERCENT, Time(measure=PERCENT)),
    )
)
_AGAINST = tuple((re.compile(f"(?:{pattern})(.*)"), against) for against, pattern in _COMPARED.items())
_IN_BRACKETS = re.compile(r"(.+?)\(([^()]+)\)")
_LENGTHS = (("月", Frequency.MONTH), ("季", Frequency.QUARTER))
_CUT_OFF = ("末", "底", "数", "度", "同期", "期", "季")  # what belongs to the time before it
# A growth only where another head speaks of a change; under 组建率 it is the unit of measure.
_BARE_PERCENT = re.compile(r"\(?±?%\)?|率|比率|占比|百分比")


def read_time(text: str) -> Time | None:
    """The time named by a head that consists of nothing else; None for any other text."""
    plain = folded(text).strip(":,.")
    for pattern, time in _WHOLE:
        if plain and pattern.fullmatch(plain):
            return _with_length(time, plain)
    for pattern, against in _AGAINST:
        match = pattern.fullmatch(plain)
        if match:
            time = _compared(match.group(1), against)
            return time and _with_length(time, plain)
    return None


def _with_length(time: Time, words: str) -> Time:
    """Adds the length: 本月 is a month, 上季度 a quarter, 今年 and 年末 a year; since January (1-9月) has none."""
    if time.view == YEAR_TO_DATE:
        return time
    length = next((length for sign, length in _LENGTHS if sign in words), None)
    if length is None and time.period == THIS and "年" in words:
        length = Frequency.YEAR
    moment = START if "初" in words else END if re.search("[末底]", words) else None
    return replace(time, length=length and str(length), moment=moment)


def _compared(rest: str, against: str) -> Time | None:
    """The measure of 比上年同期 + 增减%: a change unless a per cent sign makes it a growth."""
    rest = rest.strip("()")
    if not rest or re.fullmatch(_CHANGE, rest):
        return Time(measure=CHANGE, against=against)
    return Time(measure=PERCENT, against=against) if re.fullmatch(_PERCENT, rest) or "%" in rest else None


def is_bare_percent(text: str) -> bool:
    """Whether the text is only （%） or 率: a share or a growth, which the other heads decide."""
    return bool(_BARE_PERCENT.fullmatch(folded(text)))


def without_time(text: str) -> tuple[str, Time]:
    """A head with a time in brackets at its end, split: 受理（本年累计） -> 受理, the year to date."""
    match = _IN_BRACKETS.fullmatch(folded(text))
    time = read_time(match.group(2)) if match and not is_bare_percent(match.group(2)) else None
    return (match.group(1), time) if match and time is not None else (text, NO_TIME)


def split_time(text: str) -> tuple[str, Time]:
    """A head with a time before or after its name, split: 本期受理件数 -> 受理件数, this; 受理件数增减 -> 受理件数, the change."""
    return next(splits(text), (text, NO_TIME))


def splits(text: str) -> Iterator[tuple[str, Time]]:
    """Every way to split a head into a name and a time, the longest time first: 本年累计收入 -> 收入 | 累计收入."""
    bare, time = without_time(text)
    if time != NO_TIME:
        yield bare, time
        return
    plain = without_numbering(text)
    for length in range(len(plain) - 2, 1, -1):
        for name, words in ((plain[length:], plain[:length]), (plain[:-length], plain[-length:])):
            time = None if is_bare_percent(words) or name.startswith(_CUT_OFF) else read_time(words)
            if time is not None:
                yield name.strip("(:,-_)"), time


USUAL = Time(THIS, PERIOD_VIEW, VALUE, SAME_LAST_YEAR)
