"""The dashboard of one organization and period: headline figures with their trend, progress and figures by child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.periods import Period
from orgs.models import Organization
from orgs.tree.former_names import as_called_on
from orgs.tree.trees import Node, Tree
from reports.dashboards.cell_texts import NOT_ASKED, Shown, shown_row
from reports.dashboards.period_forms import AskedForm, Due, asked_forms, main_line
from reports.dashboards.trend import Tile, TrendRow, rows_of, tiles_of, trend_of
from reports.figures.answers.figure_query import figures
from reports.figures.output.cells import DASH
from reports.figures.output.grid import FigureColumn, Grid
from reports.figures.plan.report_trees import children_on, counties_below, node_of
from reports.scope.headlines import headlines_for
from reports.scope.task_queries import tasks_of
from submissions.core.earlier_reports import listed
from submissions.tasks.progress import NOTHING, Progress, progress_below


@dataclass(frozen=True)
class DashboardChildRow:
    """One row of the table by district: progress and figures. `org_id` where it leads further down, else None."""

    name: str
    kind: str  # total, own, subtotal, unit
    progress: Progress
    cells: tuple[Shown, ...]
    org_id: int | None = None


@dataclass(frozen=True)
class Dashboard:
    """Everything the page prints; nothing of it is computed in a template. Progress is that of one form: of `shown`."""

    organization: Organization
    period: Period
    basis: str
    forms: tuple[AskedForm, ...]
    shown: AskedForm | None
    due: Due | None
    tiles: tuple[Tile, ...]
    trend: tuple[TrendRow, ...]
    columns: tuple[FigureColumn, ...]
    rows: tuple[DashboardChildRow, ...]
    notes: tuple[str, ...]

    @property
    def chosen(self) -> Tile | None:
        """The headline figure that the charts draw."""
        return next((tile for tile in self.tiles if tile.is_chosen), None)

    @property
    def _number(self) -> int | None:
        return next((number for number, tile in enumerate(self.tiles) if tile.is_chosen), None)

    @property
    def has_hollow_periods(self) -> bool:
        """Whether the trend draws a period that is not complete."""
        number = self._number
        return number is not None and any(row.cells[number].short for row in self.trend)

    @property
    def has_hollow_children(self) -> bool:
        number = self._number
        return number is not None and any(row.cells[number].short for row in self.rows[1:])

    @property
    def without_bar(self) -> str:
        """How many of those asked the bars leave out because they have no figure, and which; who has sent it is listed apart."""
        number = self._number
        cells = [(row.name, row.cells[number]) for row in self.rows[1:]] if number is not None else []
        left_out = [(name, cell.is_waiting) for name, cell in cells if not cell.value and cell.cover != DASH]
        without = [name for name, is_waiting in left_out if not is_waiting]
        waiting = [name for name, is_waiting in left_out if is_waiting]
        sentences = []
        if without:
            sentence = ngettext("%(n)s without data: %(names)s", "%(n)s without data: %(names)s", len(without))
            sentences.append(sentence % {"n": len(without), "names": listed(without)})
        if waiting:
            sentence = ngettext("%(n)s not approved yet: %(names)s", "%(n)s not approved yet: %(names)s", len(waiting))
            sentences.append(sentence % {"n": len(waiting), "names": listed(waiting)})
        return _("; ").join(sentences)

    @property
    def compares_children(self) -> bool:
        """Two bars at least; one alone says no more than its figure."""
        number = self._number
        return number is not None and sum(bool(row.cells[number].value) for row in self.rows[1:]) > 1


def dashboard(
    organization: Organization, period: Period, basis: str, wanted: str, today: date, shown_form: str = ""
) -> Dashboard:
    """`wanted`: the code of the headline figure that the charts draw. `shown_form`: the key of the one whose progress is asked for."""
    county_ids = counties_below(organization, today)
    headlines = headlines_for(organization.county_id, county_ids, period)
    codes = [headline.code for headline in headlines]
    tasks = tasks_of(period, county_ids)
    forms = asked_forms(tasks, progress_below(tasks, organization))
    shown = main_line(forms, today, shown_form)
    trend = trend_of(organization, period, codes, basis, today)
    now = figures(codes, periods=[period], org=organization, basis=basis, today=today) if codes else None
    return Dashboard(
        as_called_on(organization, period.last_day), period, basis, forms, shown, shown.due(today) if shown else None,
        tiles_of(trend, headlines, basis, wanted), rows_of(trend, basis),
        now.columns if now else (), _rows(organization, period, shown.below if shown else {}, now), now.notes if now else (),
    )  # fmt: skip


def _rows(
    organization: Organization, period: Period, counts: Mapping[int, Progress], now: Grid | None
) -> tuple[DashboardChildRow, ...]:
    """Total first, then the organization's own answer, then its children in the county's order. `counts`: by organization."""
    tree = children_on(organization, period.last_day)
    top = node_of(organization, tree)
    cells = _cells(now)
    blank = (NOT_ASKED,) * (len(now.columns) if now else 0)
    total = DashboardChildRow(top.label, "total", sum(counts.values(), NOTHING), cells.get(("total", top.code), blank))
    own_name = _("%(name)s itself") % {"name": top.label}
    own = DashboardChildRow(own_name, "own", counts.get(top.id, NOTHING), cells.get(("own", top.code), blank))
    children = (
        _child(node, tree, counts.get(node.id, NOTHING), cells.get(("child", node.code), blank))
        for node in tree.children(top.id)
    )
    below = [row for row in children if row.progress != NOTHING or any(cell.text for cell in row.cells)]
    return (total, own, *below) if below and own.progress != NOTHING else (total, *below)


def _cells(now: Grid | None) -> dict[tuple[str, str], tuple[Shown, ...]]:
    """("total", "own" or "child", code) -> cells."""
    if now is None:
        return {}
    kinds = ("total", "own")
    return {(row.kind if row.kind in kinds else "child", row.org): shown_row(row.cells, now.basis) for row in now.rows}


def _child(node: Node, tree: Tree, progress: Progress, cells: tuple[Shown, ...]) -> DashboardChildRow:
    return DashboardChildRow(node.label, "subtotal" if tree.is_inner(node.id) else "unit", progress, cells, node.id)
