"""The periods of a column counted back from its last one, so that two stretches of time can be compared place by place."""

from collections.abc import Iterator
from datetime import date, timedelta

from indicators.choices import Frequency, PeriodRule
from indicators.periods import Period, period_holding
from reports.figures.plan.query_plan import ColumnPlan

Back = tuple[str, int]  # a frequency, and how many periods of it before the last one of the stretch

_TO_THURSDAY = timedelta(days=3)


def backs_of(column: ColumnPlan) -> dict[int, Back]:
    """Task id -> its place in the stretch."""
    places = {
        period: (str(frequency), back)
        for frequency in _frequencies(column)
        for back, period in enumerate(_periods_back(column, frequency))
    }
    return {part.task.id: places.get(part.period, ("", 0)) for part in column.parts}


def needed_of(column: ColumnPlan) -> frozenset[Back]:
    """The places that the figure needs: the whole stretch if it adds up over time, otherwise the last period."""
    needed: set[Back] = set()
    for frequency in _frequencies(column):
        size = sum(1 for _period in _periods_back(column, frequency))
        needed |= {(str(frequency), back) for back in range(size if _adds_over_time(column) else min(size, 1))}
    return frozenset(needed)


def gaps_of(column: ColumnPlan) -> frozenset[Back]:
    """The places of the stretch for which nobody was asked, if anybody was asked for others."""
    return needed_of(column) - set(backs_of(column).values()) if column.parts else frozenset()


def _frequencies(column: ColumnPlan) -> list[Frequency]:
    return sorted({part.period.frequency for part in column.parts})


def _adds_over_time(column: ColumnPlan) -> bool:
    """Whether the column adds up over time; a running total does not, because its last value covers the whole stretch."""
    return not column.is_running and any(lane.measure.over_time != PeriodRule.LAST for lanes in column.lanes for lane in lanes)


def _periods_back(column: ColumnPlan, frequency: Frequency) -> Iterator[Period]:
    """The periods of one frequency inside the stretch, the last first."""
    period = period_holding(column.period.last_day, frequency)
    while _first_inside(period) >= column.first_day:
        if _last_inside(period) <= column.period.last_day:
            yield period
        period = period.previous()


def _first_inside(period: Period) -> date:
    """A week belongs to the period of its Thursday."""
    return period.first_day + _TO_THURSDAY if period.frequency == Frequency.WEEK else period.first_day


def _last_inside(period: Period) -> date:
    return period.first_day + _TO_THURSDAY if period.frequency == Frequency.WEEK else period.last_day
