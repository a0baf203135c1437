"""Headline figures over the last periods: the value, from how many units, and its change."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    columns: tuple[FigureColumn, ...]
    cells: dict[Period, tuple[FigureCell, ...]]

    def of(self, number: int, period: Period | None) -> FigureCell | None:
        found = self.cells.get(period) if period is not None else None
        return found[number] if found else None


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
        return Trend(period, (), {})
    last_year = period.same_last_year()
    wanted = list(dict.fromkeys([*([last_year] if last_year else []), *last_periods(period)]))
    grid = figures(
        codes, periods=wanted, org=organization, by=SELF, basis=basis, today=today,
        compare=(PREV, SAME_LAST_YEAR), compare_only=[period], with_notes=False,
    )  # fmt: skip
    size = len(codes)
    cells = {one: grid.rows[0].cells[at * size : (at + 1) * size] for at, one in enumerate(wanted)}
    return Trend(period, grid.columns[-size:], cells)


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
    cells = [trend.of(number, one) for one in last_periods(trend.period)]
    return Tile(
        column, shown(cell, basis), why_missing(cell, basis),
        change_text(cell.compare[PREV], column, headline.direction), change_text(cell.compare[SAME_LAST_YEAR], column, headline.direction),
        spark([one.value for one in cells], [one.is_complete for one in cells], _sparse(cells, basis)), is_chosen,
    )  # fmt: skip


def _sparse(cells: Sequence[FigureCell], basis: str) -> set[int]:
    return {at for at, cell in enumerate(cells) if cell.value is not None and is_sparse(cell, basis)}


def rows_of(trend: Trend, basis: str) -> tuple[TrendRow, ...]:
    """Oldest first; periods before anything was asked are left out."""
    shown = [one for one in last_periods(trend.period) if one in trend.cells]
    while shown and not any(cell.expected or cell.reported for cell in trend.cells[shown[0]]):
        shown.pop(0)
    return tuple(TrendRow(one.label, str(one), shown_row(trend.cells[one], basis)) for one in shown)
