"""Headline figures over the last periods: the value, from how many units, and its change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from indicators.periods import Period
from orgs.models import Organization
from reports.dashboards.cell_texts import Shown, is_sparse, shown, shown_row, why_missing
from reports.dashboards.sparklines import Spark, spark
from reports.figures.answers.change_texts import ChangeText, change_text
from reports.figures.answers.figure_query import figures
from reports.figures.changes.change import PREV, SAME_LAST_YEAR
from reports.figures.output.grid import FigureCell, FigureColumn
from reports.figures.plan.rows import SELF
from reports.scope.headlines import ChosenHeadline

SHOWN = 8  # periods


@dataclass(frozen=True)
class Trend:
    """One organization's headline figures, period by period; the same period last year is known even where not shown."""

    period: Period
    columns: tuple[FigureColumn, ...]  # of the period
    cells: dict[Period, tuple[FigureCell, ...]]
    since: dict[Period, tuple[str, ...]]  # period -> from which day each column's figures are comparable

    def of(self, number: int, period: Period | None) -> FigureCell | None:
        found = self.cells.get(period) if period is not None else None
        return found[number] if found else None

    def breaks_before(self, period: Period) -> tuple[bool, ...]:
        """Of each column, whether its definition changed between the last period with a figure and this one."""
        known = [one for one in last_periods(self.period) if one in self.cells and one.last_day < period.last_day]
        return tuple(self._breaks(number, period, known) for number in range(len(self.columns)))

    def _breaks(self, number: int, period: Period, known: Sequence[Period]) -> bool:
        before = [one for one in known if self.cells[one][number].value is not None]
        return bool(before) and self.since[before[-1]][number] != self.since[period][number]


@dataclass(frozen=True)
class Tile:
    """One headline figure. `missing`: why there is none."""

    column: FigureColumn
    cell: Shown
    missing: str
    previous: ChangeText
    last_year: ChangeText
    spark: Spark
    is_chosen: bool


@dataclass(frozen=True)
class TrendRow:
    """One period of the trend table."""

    label: str
    period: str
    cells: tuple[Shown, ...]


def last_periods(period: Period) -> list[Period]:
    """The periods shown, oldest first."""
    found = [period]
    while len(found) < SHOWN:
        found.insert(0, found[0].previous())
    return found


def trend_of(organization: Organization, period: Period, codes: Sequence[str], basis: str, today: date) -> Trend:
    """One question for all periods."""
    if not codes:
        return Trend(period, (), {}, {})
    last_year = period.same_last_year()
    wanted = list(dict.fromkeys([*([last_year] if last_year else []), *last_periods(period)]))
    grid = figures(
        codes, periods=wanted, org=organization, by=SELF, basis=basis, today=today,
        compare=(PREV, SAME_LAST_YEAR), compare_only=[period], with_notes=False,
    )  # fmt: skip
    size = len(codes)
    places = {one: slice(at * size, (at + 1) * size) for at, one in enumerate(wanted)}
    cells = {one: grid.rows[0].cells[place] for one, place in places.items()}
    since = {one: tuple(column.comparable_since for column in grid.columns[place]) for one, place in places.items()}
    return Trend(period, grid.columns[-size:], cells, since)


def tiles_of(trend: Trend, headlines: Sequence[ChosenHeadline], basis: str, wanted: str) -> tuple[Tile, ...]:
    """`wanted`: the code of the figure that is chosen; where it is not among them, the first that has something to draw."""
    codes = [headline.code for headline in headlines]
    chosen = codes.index(wanted) if wanted in codes else _first_drawn(trend)
    return tuple(_tile(trend, number, headline, basis, number == chosen) for number, headline in enumerate(headlines))


def _first_drawn(trend: Trend) -> int:
    """The first figure known for a period that is shown; a unit is not asked what its county's first headline tells."""
    rows = [trend.cells[one] for one in last_periods(trend.period) if one in trend.cells]
    return next((at for at in range(len(trend.columns)) if any(row[at].value is not None for row in rows)), 0)


def _tile(trend: Trend, number: int, headline: ChosenHeadline, basis: str, is_chosen: bool) -> Tile:
    cell, column = trend.of(number, trend.period), trend.columns[number]
    periods = last_periods(trend.period)
    cells = [trend.of(number, one) for one in periods]
    breaks = {at for at, one in enumerate(periods) if trend.breaks_before(one)[number]}
    return Tile(
        column, shown(cell, basis), why_missing(cell, basis),
        change_text(cell.compare[PREV], column, headline.direction), change_text(cell.compare[SAME_LAST_YEAR], column, headline.direction),
        spark([one.value for one in cells], [one.is_complete for one in cells], _sparse(cells, basis), breaks), is_chosen,
    )  # fmt: skip


def _sparse(cells: Sequence[FigureCell], basis: str) -> set[int]:
    return {at for at, cell in enumerate(cells) if cell.value is not None and is_sparse(cell, basis)}


def rows_of(trend: Trend, basis: str) -> tuple[TrendRow, ...]:
    """Oldest first; periods before anything was asked are left out."""
    shown = [one for one in last_periods(trend.period) if one in trend.cells]
    while shown and not any(cell.expected or cell.reported for cell in trend.cells[shown[0]]):
        shown.pop(0)
    return tuple(TrendRow(one.label, str(one), _row_of(trend, one, basis)) for one in shown)


def _row_of(trend: Trend, period: Period, basis: str) -> tuple[Shown, ...]:
    """The row, with a mark on each figure whose definition is another than that of the figure above it."""
    breaks = trend.breaks_before(period)
    row = shown_row(trend.cells[period], basis)
    return tuple(replace(one, is_after_break=has_break and bool(one.value)) for one, has_break in zip(row, breaks, strict=True))
