"""The holidays and make-up days that the State Council publishes every year, from the package chinesecalendar. Pure."""

from dataclasses import dataclass
from datetime import date

from chinese_calendar import Holiday, holidays, workdays
from django.utils.translation import get_language


@dataclass(frozen=True)
class DayKind:
    """Whether a day is a working day, and the occasion for which it is not what its weekday says."""

    is_working: bool
    occasion: str = ""


# The package answers a year that it does not know with an error; which ones it knows stands in its own table.
PUBLISHED_YEARS = frozenset(day.year for day in holidays)


def published_day(day: date) -> DayKind | None:
    """What is published about a day; None for one that is as its weekday says, or of a year not published yet."""
    if day in workdays:
        return DayKind(True, _occasion(workdays[day]))
    if day in holidays:
        return DayKind(False, _occasion(holidays[day]))
    return None


def published_days(year: int) -> dict[date, DayKind]:
    """Every published day of a year, in order."""
    days = sorted(day for day in (*holidays, *workdays) if day.year == year)
    return {day: published_day(day) for day in days}


def _occasion(english: str) -> str:
    """The package names occasions in English and keeps the Chinese beside them."""
    if (get_language() or "").startswith("en"):
        return english
    return Holiday(english).chinese
