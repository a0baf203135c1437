"""Compares a figure with another period's: difference, growth, and the reason if there is none."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.kinds.registry import KINDS
from indicators.periods import Period
from indicators.values.exact_numbers import as_decimal, minus, over, plus, times
from indicators.values.number_parser import round_half_up
from reports.figures.output.grid import Change

PREV, SAME_LAST_YEAR, YEAR_END = "prev", "same_last_year", "year_end"
COMPARED: dict[str, Callable[[Period], Period | None]] = {
    PREV: lambda period: period.previous(),
    SAME_LAST_YEAR: lambda period: period.same_last_year(),
    YEAR_END: lambda period: period.end_of_year_before(),
}


def change(now: Decimal | None, base: Decimal | None, kind: str, compared: str) -> Change:
    """`change` in the figure's own unit (百分点 for a ratio); no growth of a ratio, nor over a base ≤ 0 or missing."""
    if now is None or base is None:
        return Change(base, None, None, _("nothing to compare"))
    difference = minus(now, base)
    if not KINDS[kind].has_growth:
        return Change(base, difference, None)
    if base == 0:
        return Change(base, difference, None, _zero_base(compared))
    if base < 0:
        return Change(base, difference, None, _("the base is negative"))
    return Change(base, difference, _growth(difference, base))


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; of 29 February the 28th where that year has none."""
    last = monthrange(day.year - years, day.month)[1]
    return day.replace(year=day.year - years, day=min(day.day, last))


def as_printed(found: Change, decimals: int) -> Change:
    """The comparison of the two figures as printed, each with its own decimals.

    A reader who subtracts on paper gets the same (decision 170). `decimals`: those of this period.
    """
    if found.value is None or found.change is None:
        return found
    base = round_half_up(found.value, other_decimals(found, decimals))
    difference = minus(round_half_up(plus(found.value, found.change), decimals), base)
    percent = None if found.percent is None or base <= 0 else _growth(difference, base)
    return replace(found, value=base, change=difference, percent=percent)


def other_decimals(found: Change, decimals: int) -> int:
    """The number of decimals with which the other period's figure is printed."""
    return decimals if found.decimals is None else found.decimals


def difference_decimals(found: Change, decimals: int) -> int:
    """The number of decimals of a printed difference: those of the more exact figure."""
    return max(decimals, other_decimals(found, decimals))


def _growth(difference: Decimal, base: Decimal) -> Decimal:
    return as_decimal(over(times(difference, 100), base))


def _zero_base(compared: str) -> str:
    if compared == SAME_LAST_YEAR:
        return _("the same period last year was 0")
    return _("last year's end was 0") if compared == YEAR_END else _("the period before was 0")
