"""Stretches of time as docs/semantics.md counts them: which belongs to which, which tell of the same days. Imports nothing of ours."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

LENGTHS = ("week", "month", "quarter", "half", "year")
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """One period: how long, its days, and the day by which it belongs to a year (a week's Thursday, else its last)."""

    text: str
    length: str
    first: date
    last: date

    @cached_property
    def anchor(self) -> date:
        return self.first + 3 * DAY if self.length == "week" else self.last

    @property
    def year(self) -> int:
        return self.anchor.year

    def is_inside(self, first: date, last: date) -> bool:
        """A week counts where its Thursday is, any other where it lies wholly."""
        if self.length == "week":
            return first <= self.anchor <= last
        return first <= self.first and self.last <= last

    def meets(self, other: "Stretch") -> bool:
        """Whether both tell of the same days."""
        if "week" in (self.length, other.length):
            return self.is_inside(other.first, other.last) or other.is_inside(self.first, self.last)
        return self.first <= other.last and other.first <= self.last


@lru_cache
def stretch(text: str) -> Stretch:
    """2026, 2026H1, 2026Q2, 2026-05, 2026W14."""
    year = int(text[:4])
    if text[4:5] == "W":
        monday = date.fromisocalendar(year, int(text[5:]), 1)
        return Stretch(text, "week", monday, monday + 6 * DAY)
    length = {"": "year", "H": "half", "Q": "quarter", "-": "month"}[text[4:5]]
    months = _MONTHS[length]
    number = int(text[5:] or 1)
    first = date(year, (number - 1) * months + 1, 1)
    after = date(year + number * months // 12, number * months % 12 + 1, 1)
    return Stretch(text, length, first, after - DAY)


def holding(day: date, length: str) -> Stretch:
    """The stretch of a length that a day lies in."""
    if length == "week":
        year, week, _weekday = day.isocalendar()
        return stretch(f"{year}W{week:02d}")
    number = (day.month - 1) // _MONTHS[length] + 1
    return stretch(
        f"{day.year}{ {'year': '', 'half': f'H{number}', 'quarter': f'Q{number}', 'month': f'-{number:02d}'}[length] }"
    )


def before(one: Stretch) -> Stretch:
    return holding(one.first - DAY, one.length)


def after(one: Stretch) -> Stretch:
    return holding(one.last + DAY, one.length)


def of_year_until(one: Stretch) -> list[Stretch]:
    """Those of its length from New Year up to it."""
    found = [one]
    while before(found[0]).year == one.year:
        found.insert(0, before(found[0]))
    return found


def same_last_year(one: Stretch) -> Stretch:
    return stretch(f"{one.year - 1}{one.text[4:]}")
