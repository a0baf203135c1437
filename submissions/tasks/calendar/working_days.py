"""Working days of a county: its own days first, then the published calendar, then weekdays. Moves a day on to a working day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from submissions.core.texts import day_words
from submissions.models import CalendarDay
from submissions.tasks.calendar.published_days import PUBLISHED_YEARS, DayKind, published_day

MOST_DAYS_OFF = 366  # in a row; a calendar that never works again is a fault of the table
_SATURDAY = 5
ONE_DAY = timedelta(days=1)


class NoWorkingDay(Exception):
    """The county's calendar has no working day within a year; the message is a sentence."""


@dataclass(frozen=True)
class WorkingDay:
    """A day that was asked for and the working day on which it falls due; `unknown_years`: those judged by weekdays alone."""

    stated: date
    day: date
    unknown_years: tuple[int, ...] = ()

    @property
    def is_moved(self) -> bool:
        return self.day != self.stated

    @property
    def stated_if_moved(self) -> date | None:
        """What is stored beside the day."""
        return self.stated if self.is_moved else None


@dataclass(frozen=True)
class Calendar:
    """`own`: the days that the county declared itself."""

    own: Mapping[date, DayKind]

    def kind_of(self, day: date) -> DayKind:
        return self.own.get(day) or published_day(day) or DayKind(day.weekday() < _SATURDAY)

    def knows(self, year: int) -> bool:
        """Whether more than weekdays is known of a year."""
        return year in PUBLISHED_YEARS or any(day.year == year for day in self.own)

    def working_day(self, stated: date) -> WorkingDay:
        """The day itself, or the first working day after it."""
        day = stated
        while not self.kind_of(day).is_working:
            day += ONE_DAY
            if (day - stated).days > MOST_DAYS_OFF:
                raise NoWorkingDay(
                    _("The calendar has no working day within a year after %(day)s; correct it.") % {"day": stated.isoformat()}
                )
        years = {(stated + ONE_DAY * n).year for n in range((day - stated).days + 1)}
        return WorkingDay(stated, day, tuple(year for year in sorted(years) if not self.knows(year)))


def calendar_of(county_id: int) -> Calendar:
    """The calendar of a county, in one query."""
    rows = CalendarDay.objects.filter(county_id=county_id).values_list("day", "is_working", "name")
    return Calendar({day: DayKind(is_working, name) for day, is_working, name in rows})


def moved_words(calendar: Calendar, stated: date, day: date) -> str:
    """`10月5日为假日，顺延至10月9日`: why a day is later than it was asked for."""
    kind = calendar.kind_of(stated)
    names = {"day": day_words(stated, day), "next": day_words(day, day)}
    if stated.weekday() >= _SATURDAY and not kind.occasion:
        return _("%(day)s is at a weekend; moved on to %(next)s") % names
    return _("%(day)s is a holiday; moved on to %(next)s") % names


def unknown_years_words(years: tuple[int, ...]) -> str:
    """That only weekends could be taken into account; "" where every year is known."""
    if not years:
        return ""
    sentence = _(
        "The holidays of %(years)s are not known here yet: only weekends were taken into account. Upload them on the calendar page."
    )
    return sentence % {"years": _(", ").join(map(str, years))}
