"""The figures of past periods before and after a change of organizations, read as Grids on both trees, and what differs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from indicators.layout import Line
from indicators.periods import Period
from orgs.models import Organization, Placement
from orgs.moments import one_moment
from orgs.tree.spans import batched, organizations_by_id
from orgs.tree.trees import ids_of
from reports.figures.answers.figure_query import figures
from reports.figures.output.cells import SUBMITTED
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.figures.sums.aggregation import NOW, THEN
from reports.restructuring.merge_rules import MergeRule, merge_rule
from submissions.choices import STANDING
from submissions.models import Submission, Task

TREES = (THEN, NOW)
_AT_ONCE = 400  # columns of one question; every question reads all answers of its period again


@dataclass(frozen=True)
class FigureQuestion:
    """What is read before and after: the periods with reports of the organizations, in their counties and below what they stand under."""

    tasks: tuple[Task, ...]
    tops: tuple[int, ...]  # counties first
    today: date  # the day of the tree of now
    rows: frozenset[str]  # the codes of everybody whose figures can differ: the organizations, and what they ever stood below

    @property
    def periods(self) -> list[Period]:
        return sorted({task.period for task in self.tasks}, key=lambda period: (period.last_day, str(period)))


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Where a figure stands: period, tree, row, an indicator or an item of one. A unit's row is the same under whatever it stands.

    `top`: the organization asked, for rows of its own; 0 for others.
    """

    period: Period
    tree: str
    top: int
    row: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure with the words for it."""

    organization: str
    column: FigureColumn
    line: Line | None
    cell: FigureCell


Figures = Mapping[FigurePlace, ReadFigure]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that a change of organizations would change: "" where the row does not exist, or nothing was reported."""

    place: FigurePlace
    organization: str
    name: str
    unit: str
    before: str
    after: str
    is_estimated: bool
    is_county_total: bool
    rule: MergeRule


def question_about(organization_ids: Collection[int], parents: Collection[int], today: date) -> FigureQuestion:
    """The tasks in which reports of these were sent in, and the organizations under which their figures are added up."""
    rows = Submission.objects.filter(organization_id__in=organization_ids, state__in=STANDING)
    tasks = Task.objects.filter(pk__in=rows.values("task")).select_related("form").order_by("pk")
    organizations = organizations_by_id({*organization_ids, *parents})
    counties = sorted({org.county_id for org in organizations.values()})
    tops = (*counties, *sorted(set(parents) - set(counties)))
    return FigureQuestion(tuple(tasks), tops, today, _codes_up_from({*organization_ids, *tops}))


def _codes_up_from(organization_ids: Collection[int]) -> frozenset[str]:
    """The codes of the organizations and of everything above any of their places."""
    paths: set[str] = set()
    for some in batched(sorted(organization_ids)):
        paths |= set(Placement.objects.filter(organization_id__in=some).values_list("path", flat=True))
    above = {org for path in paths for org in ids_of(path)}
    return frozenset(org.code for org in organizations_by_id({*organization_ids, *above}).values())


@one_moment()
def read_figures(question: FigureQuestion) -> dict[FigurePlace, ReadFigure]:
    """Everything that was sent in, in the periods asked, under both trees."""
    found: dict[FigurePlace, ReadFigure] = {}
    for top in organizations_by_id(question.tops).values():
        for period in question.periods:
            tasks = [task for task in question.tasks if task.period == period and task.county_id == top.county_id]
            lines = {line.key: line for task in tasks for line in task.layout.printed}
            for tree in TREES:
                found |= _read(top, period, tree, lines, question)
    return found


def _read(
    top: Organization, period: Period, tree: str, lines: Mapping[str, Line], question: FigureQuestion
) -> dict[FigurePlace, ReadFigure]:
    found: dict[FigurePlace, ReadFigure] = {}
    keys = sorted(lines)
    for start in range(0, len(keys), _AT_ONCE):
        grid = figures(
            keys[start : start + _AT_ONCE], periods=[period], org=top, basis=SUBMITTED, tree=tree, today=question.today,
            with_notes=False, only=question.rows,
        )  # fmt: skip
        found |= _placed(grid, top, period, tree, lines)
    return found


def _placed(
    grid: Grid, top: Organization, period: Period, tree: str, lines: Mapping[str, Line]
) -> dict[FigurePlace, ReadFigure]:
    return {
        FigurePlace(period, tree, _top_of(row, top), row.org, row.kind, column.key): ReadFigure(
            row.name, column, lines.get(column.key), cell
        )
        for row in grid.rows
        if row.kind != "total" or top.pk == top.county_id  # below the county its row stands there already
        for column, cell in zip(grid.columns, row.cells, strict=True)
    }


def _top_of(row: FigureRow, top: Organization) -> int:
    return top.pk if row.org in ("", top.code) else 0


def figure_changes(before: Figures, after: Figures, *, is_divided: bool) -> list[FigureChange]:
    """What differs, by period, tree, organization. `is_divided`: an organization is split without shares, so nothing can be divided."""
    places = sorted({*before, *after}, key=_order)
    return [
        _change(place, before.get(place), after.get(place), is_divided)
        for place in places
        if _said(before.get(place)) != _said(after.get(place))
    ]


def _order(place: FigurePlace) -> tuple:
    return place.period.last_day, str(place.period), place.tree != THEN, place.kind != "total", place.row, place.top, place.key


def _said(figure: ReadFigure | None) -> tuple:
    return (figure.cell.text, figure.cell.value) if figure and figure.cell.text else ("", None)


def _change(place: FigurePlace, before: ReadFigure | None, after: ReadFigure | None, is_divided: bool) -> FigureChange:
    figure = after or before
    return FigureChange(
        place,
        figure.organization,
        figure.column.name,
        figure.column.unit,
        _said(before)[0],
        _said(after)[0],
        bool(after and after.cell.is_estimated),
        place.kind == "total",
        merge_rule(figure.line, is_divided=is_divided and place.tree == NOW),
    )
