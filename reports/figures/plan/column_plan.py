"""One column of a query: the tasks that answer it, and which lanes of their sums."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from indicators.choices import PeriodRule
from indicators.kinds.kind import IndicatorKind
from indicators.kinds.registry import kind_of
from indicators.layout import Line
from indicators.measures.document_measures import Measure, plan_of
from indicators.models import Indicator
from indicators.periods import Period
from reports.figures.plan.joined_forms import JoinedTask
from submissions.models import Task


@dataclass(frozen=True)
class ColumnPart:
    """One task that answers a column, with the column's line in it."""

    task: Task | JoinedTask
    line: Line
    excluded: frozenset[int] = frozenset()  # organizations that answer on another form for this stretch of time

    @property
    def period(self) -> Period:
        return self.task.period

    def measure(self, role: str) -> Measure:
        return plan_of(self.task.layout).measure(self.line.key, role)


@dataclass(frozen=True)
class Lane:
    """One measure of one task's sums that a column adds up."""

    part: ColumnPart
    measure: Measure


@dataclass(frozen=True)
class ColumnPlan:
    """One column: its indicator, and the tasks that answer it, in time order. No parts: nobody was asked."""

    code: str
    item: str
    period: Period
    line: Line | None
    indicator: Indicator
    parts: tuple[ColumnPart, ...]
    first_day: date
    baseline: tuple[ColumnPart, ...]  # of a running total alone: the periods that end just before the first day
    is_year_to_date: bool
    apart: tuple[str, ...] = ()  # its inputs, if they are on several forms that are not joined
    is_broken: bool = False  # its figure would mix two definitions (reports.figures.plan.series_breaks): there is none

    @property
    def view(self) -> str:
        """The time that it covers, in the form of `reports.figures.plan.query_plan.View`."""
        if self.is_year_to_date:
            return "ytd"
        return "period" if self.first_day == self.period.first_day else f"since:{self.first_day}"

    @cached_property
    def periods(self) -> list[Period]:
        return sorted({part.period for part in self.parts}, key=lambda period: period.last_day)

    @cached_property
    def last_parts(self) -> tuple[ColumnPart, ...]:
        """The parts that end with the period of the query; if none does, the latest part in it."""
        inside = [part for part in self.parts if part.period.anchor_day >= self.period.first_day]
        return tuple(part for part in inside if self._ends_period(part)) or _latest(inside)

    @cached_property
    def behind(self) -> tuple[ColumnPart, ...]:
        """For a figure with a last value: the parts that represent the whole though the period continues after them."""
        parts = self.last_parts or _latest(self.parts)
        return tuple(part for part in parts if self.takes_last and not self._ends_period(part))

    def _ends_period(self, part: ColumnPart) -> bool:
        return part.period.anchor_day <= self.period.last_day < part.period.next().anchor_day

    @cached_property
    def takes_last(self) -> bool:
        """Whether the last value counts instead of a sum over time: a stock, a running total, a ratio of such."""
        if not self.parts:
            return False
        return any(self.parts[-1].measure(role).over_time == PeriodRule.LAST for role in roles_of(self))

    @cached_property
    def lanes(self) -> tuple[tuple[Lane, ...], ...]:
        """The lanes of each role of the column; computed once instead of per cell, as a table has 180,000 cells."""
        return tuple(tuple(_lanes(self, role)) for role in roles_of(self))

    @cached_property
    def starts_with_year(self) -> bool:
        return self.is_year_to_date or (self.first_day.month, self.first_day.day) == (1, 1)

    @cached_property
    def spans_periods(self) -> bool:
        return len(self.periods) > 1

    @cached_property
    def is_one_period(self) -> bool:
        """Whether the query is for a period of the forms themselves.

        Otherwise it is a stretch, in which gaps may need bridging.
        """
        ends = (self.first_day, self.period.last_day)
        return all((part.period.first_day, part.period.last_day) == ends for part in self.parts)

    @cached_property
    def kind(self) -> IndicatorKind:
        """The kind of the line; only for a column with a line."""
        return kind_of(self.line)

    @cached_property
    def is_divided(self) -> bool:
        return self.line is not None and self.kind.is_divided(self.line)

    @cached_property
    def is_running(self) -> bool:
        return self.line is not None and self.kind.is_running and not self.kind.counts_condition(self.line)

    @cached_property
    def adds_parts(self) -> bool:
        """Whether the column is a sum of steps: a running total over units adds the steps of each, in its place of then."""
        return self.is_running and self.kind.is_sum(self.line)

    @cached_property
    def adds_year(self) -> bool:
        """Whether that sum begins with New Year.

        Then known parts and rests add up to the last known running total of every unit. True also if only one period of the
        year was asked, perhaps a later one.
        """
        return self.adds_parts and self.starts_with_year

    @cached_property
    def is_mixed(self) -> bool:
        """Whether periods of different length answer it together; coverage then counts units, not answers."""
        return len({part.period.frequency for part in self.parts}) > 1

    @cached_property
    def picks_units(self) -> bool:
        """Whether sums of branches contain answers that are not the column's, or count units more than once."""
        return self.is_mixed or any(part.excluded for part in self.parts)

    @cached_property
    def follows_units(self) -> bool:
        """Whether a value is first computed unit by unit.

        This holds for differences of running totals, least and greatest, means over time, and means over units of what adds up
        over time (a mean of its parts would be another number).
        """
        if self.line is None:
            return False
        if self.kind.is_extreme(self.line):
            return True
        if self.is_divided or self.kind.counts_condition(self.line):
            return False
        if self.is_running:
            forms = {part.task.form.family_id for part in (*self.parts, *self.baseline)}
            return not (self.is_one_period or self.starts_with_year) or len(forms) > 1
        adds_before_mean = self.kind.is_mean(self.line) and self.kind.adds_over_time(self.line)
        return self.spans_periods and (adds_before_mean or self.kind.averages_over_time(self.line))

    @property
    def needs_units(self) -> bool:
        """Whether sums of branches are not enough."""
        return self.line is not None and (self.follows_units or self.picks_units)


def _latest(parts: Iterable[ColumnPart]) -> tuple[ColumnPart, ...]:
    parts = list(parts)
    last = max((part.period.last_day for part in parts), default=None)
    return tuple(part for part in parts if part.period.last_day == last)


def roles_of(column: ColumnPlan) -> tuple[str, ...]:
    """The lanes of the line for each role; the first one counts who answered."""
    if column.is_divided:
        return ("numerator", "denominator")
    if not column.is_running:
        return ("value",)
    if column.adds_year:
        return ("total", "part", "rest")
    # The part packed with a document uses only its own form; over several forms steps are differences of totals.
    return ("part",) if column.is_one_period and not column.follows_units else ("total",)


def counted_parts(column: ColumnPlan) -> tuple[ColumnPart, ...]:
    """The parts of a lane that takes the last value: a running total still counts for a year that was not asked to its end."""
    return column.last_parts or (_latest(column.parts) if column.is_running else ())


def _lanes(column: ColumnPlan, role: str) -> Iterator[Lane]:
    """The lanes of the last period or of all periods, by the lane's own rule over time."""
    is_last = column.parts[-1].measure(role).over_time == PeriodRule.LAST
    for part in counted_parts(column) if is_last else column.parts:
        yield Lane(part, part.measure(role))
