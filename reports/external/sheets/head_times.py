"""Splits a head into its time, in words (上年同期) or as a printed period (2025年第三季度), and the rest of its text."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.choices import Frequency
from orgs.names.name_similarity import folded
from reports.external.bindings.bindings import THIS
from reports.external.names.period_words import END, NO_TIME, Time, is_bare_percent, read_time, splits
from reports.external.names.printed_periods import (
    GAP,
    MONTH,
    YEAR,
    BasePeriod,
    first_year,
    leading_months,
    month_in,
    months_of,
    printed_periods,
    to_date_ranges,
    year_in,
)
from reports.figures.changes.change import SAME_LAST_YEAR, YEAR_END
from reports.figures.plan.query_plan import YEAR_TO_DATE

_OTHER = re.compile(
    "计划|目标|任务|预计|预期|预算|应(?:完成|收|到)|下(?:期|季|月|年|一)|明年|占比|比重|排名|名次|得分|完成率|达标率|进度"
)
_FEBRUARY, _LEAP_YEAR = 2, 2024
_ROOM = " 　()（）:：,，-—的"
_UP_TO = "(?:截至|截止|到|至)?(?:到)?"
_MONTH_END = rf"{GAP}{_UP_TO}{GAP}(?:{YEAR})?(?P<last>{MONTH}){GAP}月(?:份)?{GAP}(?:[末底]|(?P<day>[0-9]{{1,2}}){GAP}日)(?:止)?"
_MONTH_ENDS = (re.compile(_MONTH_END), re.compile(rf"[（(]{_MONTH_END}{GAP}[）)]{GAP}$"))
_END = re.compile("年(?:度)?[末底初]?")


@dataclass(frozen=True)
class HeadTime:
    """A head, split. `rest`: the head without its time, "" if nothing is left.

    `doubt`: why the time is not sure, "" where it is. `is_foreign`: the period can not be asked for relative to the table's.
    """

    rest: str
    time: Time
    doubt: str = ""
    is_foreign: bool = False


def head_time(text: str, base: BasePeriod, is_name: Callable[[str], bool] = lambda _text: False) -> HeadTime:
    """Splits one head; a head without a time is its own rest. `is_name`: whether a rest is the whole name of a figure."""
    if is_bare_percent(text):
        return HeadTime("", NO_TIME)
    found = _printed(text, base) or _in_words(text, is_name)
    is_period = found.time.period is not None and found.time.length != Frequency.YEAR and found.time.moment is None
    while found.rest and found.rest != text and not found.is_foreign and not is_name(found.rest):
        more = _in_words(found.rest, is_name)
        if more.time == NO_TIME:
            break
        doubt = found.doubt
        if is_period and found.time.view is None and more.time.view == YEAR_TO_DATE:
            doubt = doubt or _("“%(text)s” names one period and a running total") % {"text": text}
        found = replace(found, rest=more.rest, time=found.time.beside(more.time), doubt=doubt)
    return found


def _in_words(text: str, is_name: Callable[[str], bool]) -> HeadTime:
    """The time in words that leaves the whole name of a figure, the longest such name; else the longest time."""
    time = read_time(text)
    if time is not None:
        return HeadTime("", time)
    found = list(splits(text))
    named = [one for one in found if is_name(one[0])]
    rest, time = named[-1] if named else next(iter(found), (text, NO_TIME))
    return HeadTime(rest, time)


def is_other_figure(text: str) -> bool:
    """Whether the head asks for something other than reported figures: 计划数, 占比, 下季度."""
    return bool(_OTHER.search(folded(text)))


def _printed(text: str, base: BasePeriod) -> HeadTime | None:
    periods = printed_periods(text)
    if len(periods) == 1:
        one = periods[0]
        shift = THIS if one.period is None else base.shift_to(one.period)
        return _shifted(_without(text, one.start, one.end), shift, text)
    if periods:
        return HeadTime(text, NO_TIME, _("“%(text)s” names several periods") % {"text": text}, is_foreign=True)
    if ranges := to_date_ranges(text):
        start, end, year, last = ranges[0]
        shift = base.shift_to_year(year) if base.last_month in (None, last) else None
        return _shifted(_without(text, start, end), shift, text, YEAR_TO_DATE)
    return _month_end(text, base) or _months(text, base) or _year(text, base)


def _month_end(text: str, base: BasePeriod) -> HeadTime | None:
    """The end of the table's period, where it ends with the named month: 截至9月底党员总数, 2026年9月末."""
    found = _MONTH_ENDS[0].match(text) or _MONTH_ENDS[1].search(text)
    if found is None or (found["day"] and not _ends_month(found)):
        return None
    shift = base.shift_to_year(year_in(found["year"]) if found["year"] else None)
    fits = base.last_month in (None, month_in(found["last"]))
    shifted = _shifted(_without(text, *found.span()), shift if fits else None, text)
    return replace(shifted, time=replace(shifted.time, moment=END)) if not shifted.is_foreign else shifted


def _ends_month(found: re.Match) -> bool:
    """Whether the day is the last of its month; in February of any year."""
    month = month_in(found["last"])
    return int(found["day"]) in ((28, 29) if month == _FEBRUARY else (monthrange(_LEAP_YEAR, month)[1],))


def _months(text: str, base: BasePeriod) -> HeadTime | None:
    """A range without a year, such as 三季度 or 7-9月: the table's period if it has the same months."""
    found = leading_months(text)
    if found is None:
        return None
    months, rest = found
    fits = months_of(base.period) == months[1:] if base.period else not base.has_several
    found = _shifted(rest, base.shift_to_year(months[0]) if fits else None, text)
    is_month = months[1] == months[2] and not found.is_foreign
    return replace(found, time=replace(found.time, length=str(Frequency.MONTH))) if is_month else found


def _year(text: str, base: BasePeriod) -> HeadTime | None:
    found = first_year(text)
    if found is None:
        return None
    start, end, year, at = found
    shift = base.shift_to_year(year)
    rest = _END.sub("", _without(text, start, end), count=1)
    if (at in ("末", "底") and shift == SAME_LAST_YEAR) or (at == "初" and shift == THIS):
        return HeadTime(rest, Time(YEAR_END, moment=END))
    if shift == THIS and rest and not at:
        return HeadTime(rest, Time(THIS, length=str(Frequency.YEAR)))
    if shift is None:
        return _shifted(rest, None, text)
    return HeadTime(rest, Time(shift), _("“%(text)s” is a year; it does not say which part of it") % {"text": text})


def _shifted(rest: str, shift: str | None, text: str, view: str | None = None) -> HeadTime:
    if shift is None:
        sentence = _("“%(text)s” is neither the table's period nor one that it can be compared with")
        return HeadTime(rest, NO_TIME, sentence % {"text": text}, is_foreign=True)
    return HeadTime(rest, Time(shift, view))


def _without(text: str, start: int, end: int) -> str:
    return (text[:start] + text[end:]).strip(_ROOM)


def together(times: list[HeadTime], is_share: bool, bare_percent: bool) -> Time:
    """The times of all heads of a cell, the nearest first, combined.

    A bare % is a growth where they name a change or the figure is no share.
    """
    time = NO_TIME
    for one in times:
        time = time.beside(one.time)
    if (time.measure or time.against or not is_share) and bare_percent:
        return time.as_percent()
    return time
