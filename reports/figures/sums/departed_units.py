"""The answers of the few units that left a place within a year, in the rows where they stood. Adds nothing up."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from indicators.measures.document_measures import plan_of
from indicators.periods import read_period
from orgs.models import Placement
from orgs.tree.trees import ids_of
from reports.figures.changes.row_members import Grouping
from reports.figures.plan.column_plan import ColumnPlan
from reports.figures.plan.rows import CHILDREN, SELF, Key
from reports.figures.sums.aggregation import LEAF_FIELDS, THEN, UnitAnswer, placing_of
from reports.figures.sums.running_ratios import Leavers
from submissions.core.packed_measures import Packed
from submissions.models import Submission, Task

Placing = Callable[[Task, int, str, Packed], Iterable[tuple[Key, Packed]]]


def leavers_of(columns: Sequence[ColumnPlan], grouping: Grouping, inner: frozenset[int]) -> Leavers:
    """Of the columns that follow units; two queries for a total and its children under the tree of then."""
    followed = [column for column in columns if column.follows_leavers]
    tasks = {part.task.id: part.task for column in followed for part in (*column.baseline, *column.parts)}
    found = Leavers()
    if not tasks:
        return found
    years = [column.period.year for column in followed]
    left = Placement.objects.filter(
        county_id__in={task.county_id for task in tasks.values()},
        valid_to__gte=date(min(years), 1, 1), valid_to__lt=max(column.period.last_day for column in followed),
    )  # fmt: skip
    org_ids = set(left.values_list("organization_id", flat=True))
    placing = _placing(tasks.values(), org_ids, grouping, inner)
    rows = Submission.objects.filter(task_id__in=tasks, organization_id__in=org_ids)
    for task_id, org_id, category, state, *vectors in rows.values_list(*LEAF_FIELDS):
        unit = UnitAnswer(state, Packed(*vectors), category)
        found.answers.setdefault(org_id, {})[task_id] = unit
        for key, packed in placing(tasks[task_id], org_id, category, unit.packed):
            found.rows.setdefault(key, {}).setdefault(org_id, {})[task_id] = UnitAnswer(state, packed, category)
    return found


def _placing(tasks: Iterable[Task], org_ids: set[int], grouping: Grouping, inner: frozenset[int]) -> Placing:
    days = {task.id: read_period(task.period).last_day for task in tasks}
    if grouping.tree == THEN and grouping.by in (SELF, CHILDREN):
        return _by_path(days, org_ids, grouping)
    places = placing_of(grouping.top, grouping.by, grouping.tree, grouping.today, set(days.values()), inner)

    def placed(task: Task, org_id: int, category: str, packed: Packed) -> Iterable[tuple[Key, Packed]]:
        found = places.places(days[task.id], org_id, category, packed, plan_of(task.layout))
        return [(one.key, one.packed) for one in found]

    return placed


def _by_path(days: dict[int, date], org_ids: set[int], grouping: Grouping) -> Placing:
    """No tree is needed to tell below which child a path leads."""
    top_id, lines = grouping.top.id, {}
    for org_id, start, end, path in Placement.objects.filter(organization_id__in=org_ids).values_list(
        "organization_id", "valid_from", "valid_to", "path"
    ):
        lines.setdefault(org_id, []).append((start, end or date.max, tuple(ids_of(path))))

    def placed(task: Task, org_id: int, category: str, packed: Packed) -> Iterable[tuple[Key, Packed]]:
        day = days[task.id]
        line = next((line for start, end, line in lines.get(org_id, ()) if start <= day <= end), ())
        if top_id not in line:
            return []
        below = line[line.index(top_id) + 1 :]
        own = [("branch", below[0]) if below else ("own", org_id)] if grouping.by == CHILDREN else []
        return [(key, packed) for key in (("total", top_id), *own)]

    return placed
