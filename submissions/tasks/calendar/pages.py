"""The calendar page: the days of a year that are not as their weekday says, and where each comes from; the uploaded table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.loading.days import YEARS
from spreadsheets import limits
from submissions.tasks.calendar.published_days import PUBLISHED_YEARS, published_days
from submissions.tasks.calendar.working_days import Calendar


@dataclass(frozen=True)
class CalendarRow:
    """One day that is off or worked against its weekday."""

    day: date
    weekday: str
    is_working: bool
    occasion: str
    is_own: bool


def calendar_rows(calendar: Calendar, year: int) -> list[CalendarRow]:
    """In order of days; the county's own day stands in place of the published one."""
    own = {day: kind for day, kind in calendar.own.items() if day.year == year}
    days = sorted((published_days(year) | own).items())
    return [CalendarRow(day, str(WEEKDAYS[day.weekday()]), kind.is_working, kind.occasion, day in own) for day, kind in days]


def years_to_show(chosen: int, today: date) -> Sequence[int]:
    """The years to choose from: the last, this and the next, and the one on the page."""
    return sorted({today.year - 1, today.year, today.year + 1, chosen})


def year_chosen(text: str, today: date) -> int:
    """The year of the address; this year for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in YEARS else today.year


def year_words(calendar: Calendar, year: int) -> str:
    """How much is known of a year."""
    if year in PUBLISHED_YEARS:
        return _("%(year)s is in the published calendar that comes with the program.") % {"year": year}
    if calendar.knows(year):
        return _("%(year)s is not in the published calendar; the days below are the county's own.") % {"year": year}
    return _("%(year)s is not known yet: until its days are uploaded, only weekends are days off.") % {"year": year}


class CalendarForm(forms.Form):
    """The table of days to upload."""

    file = forms.FileField(
        label=gettext_lazy("Table of days (.xlsx or .csv)"), label_suffix="",
        help_text=gettext_lazy(
            "With the heads Day, Day off or working day, Occasion. Days that the table leaves out stay as they are."
        ),
    )  # fmt: skip

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB.") % {"limit": limits.FILE_BYTES // limits.MEBIBYTE}
            )
        return file
