"""Reads tasks and who answered: one row per thing on the page, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from indicators.periods import read_period
from orgs.models import Organization, Placement
from orgs.tree.former_names import FormerNames, former_names_in, former_names_of
from orgs.tree.queries import placed_on, report_tree_on, standing_path
from orgs.tree.trees import Node, Tree, after_branch, ids_of
from submissions.models import Submission, Task
from submissions.tasks.progress import (
    CHILDREN,
    SELF,
    UNITS,
    Progress,
    added_up,
    never_sent,
    placed_below,
    progress_below,
)

TOTAL, GROUP, UNIT = "total", "group", "unit"


@dataclass(frozen=True)
class ProgressRow:
    """One line of a progress table."""

    org_id: int
    code: str
    name: str
    kind: str
    progress: Progress


def counties_asked(top: Organization | None, day: date) -> list[Organization]:
    """The counties at or below an organization (or all), without what only stands above counties, in the fixed order."""
    placed = Placement.objects.filter(placed_on(day))
    if top is not None:
        path = standing_path(top.id, day)
        placed = placed.filter(path__gte=path, path__lt=after_branch(path)) if path else placed.none()
    heads = {
        county_id: path
        for county_id, org_id, path in placed.values_list("county_id", "organization_id", "path")
        if county_id == org_id
    }
    above = {one for county_id, path in heads.items() for one in ids_of(path) if one != county_id}
    return list(Organization.objects.filter(pk__in=heads.keys() - above).order_by("sort_order", "code"))


def tasks_of(form_code: str, period: str, top: Organization) -> list[Task]:
    """The tasks that ask `top` or units below it: its county's, or those of the counties below it."""
    day = read_period(period).last_day
    counties = [top.county_id] if top.county_id != top.id else [county.id for county in counties_asked(top, day)] or [top.id]
    tasks = Task.objects.filter(form__code=form_code, period=period, county_id__in=counties)
    return list(tasks.select_related("form", "county").order_by("county__sort_order", "county__code"))


def progress_rows(tasks: Sequence[Task], top: Organization, by: str = CHILDREN) -> list[ProgressRow]:
    """The total first, then its parts in the county's fixed order, named as on the period's last day. The organization's own
    answer is inside the total."""
    counts = progress_below(tasks, top, by)
    former = former_names_in({task.county_id for task in tasks})
    day = max(task.period.last_day for task in tasks)
    total = ProgressRow(top.id, top.code, former.name_on(top.id, day, top.name), TOTAL, added_up(counts))
    if by == SELF:
        return [total]
    return [total, *_parts(tasks, top, by, counts, former)]


def missing_units(tasks: Sequence[Task], top: Organization) -> list[Submission]:
    """The reports never sent (未报), in the order of the tree on the period's last day."""
    return as_called_then(units_in(tasks, top, never_sent()))


def as_called_then(submissions: Sequence[Submission]) -> list[Submission]:
    """The same reports, to be read: their organizations under the names they had on the period's last day. One query."""
    former = former_names_of({submission.organization_id for submission in submissions})
    for submission in submissions:
        day = submission.task.period.last_day
        submission.organization = former.as_called(submission.organization, day)
    return list(submissions)


def units_in(tasks: Sequence[Task], top: Organization, wanted: Q) -> list[Submission]:
    """The reports that meet a condition at or below `top`, with their organizations, in the order of the tree of each task's day."""
    found: list[Submission] = []
    for task in tasks:
        day = task.period.last_day
        path = standing_path(top.id, day)
        rows = below(path, day, task).filter(wanted).select_related("organization") if path else ()
        present = {row.organization_id: row for row in rows}
        for row in present.values():
            row.task = task
        found += [present[node.id] for node in _walk(task, top, day) if node.id in present] if present else []
    return found


def below(path: str, day: date, task: Task) -> QuerySet[Submission]:
    """The reports of a task at or below a path as it stood on the day."""
    return Submission.objects.filter(placed_below(path, day), county_id=task.county_id, task=task)


def _parts(tasks: Sequence[Task], top: Organization, by: str, counts: dict, former: FormerNames) -> list[ProgressRow]:
    kind = UNIT if by == UNITS else GROUP
    rows = []
    for task in tasks:
        day = task.period.last_day
        for node in _walk(task, top, day):
            progress = counts.get((task.id, node.id))
            if progress is not None and (by == UNITS or node.id != top.id):
                rows.append(ProgressRow(node.id, node.code, former.name_on(node.id, day, node.name), kind, progress))
    return rows


def _walk(task: Task, top: Organization, day: date) -> list[Node]:
    """The branch of `top` in the task's county; the whole county where `top` stands above it."""
    tree: Tree = report_tree_on(task.county_id, day)
    return list(tree.walk(top.id if top.id in tree else task.county_id))
