"""From which figures of which reports tables are made: the tasks behind the columns that were asked, and the versions counted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from indicators.measures.dependencies import periods_leaned_on
from indicators.measures.document_measures import plan_of
from indicators.periods import Period
from orgs.tree.queries import branch_on, standing_on, standing_path
from orgs.tree.successions import successors_now
from orgs.tree.trees import after_branch
from reports.figures.output.cells import APPROVED
from reports.figures.plan.column_plan import ColumnPart, ColumnPlan
from reports.figures.plan.joined_forms import behind, tasks_behind
from reports.figures.plan.report_trees import counties_below
from reports.figures.sums.aggregation import NOW
from reports.releases.snapshot import FrozenVersion
from reports.tables.row_types.row_type import PrintedTable
from reports.tables.subjects.export_context import ExportContext
from submissions.choices import STANDING, State
from submissions.models import Submission, Task

Keys = dict[int, frozenset[str] | None]


def keys_read(columns: Iterable[ColumnPlan], tables: Sequence[PrintedTable]) -> Keys:
    """Task -> the figures that the columns read from its reports, also as an earlier period of a later one.

    None for a task of a list of reports, which reads no figure alone.
    """
    parts = {(part.task.id, part.line.key): part for column in columns for part in (*column.parts, *column.baseline)}
    found: dict[int, set[str]] = {}
    earlier: dict[tuple[int, int, Period], set[str]] = {}
    for part in parts.values():
        keys = set(behind(part.task.layout, part.line.key))
        for task in tasks_behind(part.task):
            found.setdefault(task.id, set()).update(keys & set(task.layout.by_key))
        for period in _periods_leaned_on(part):
            place = (part.task.county_id, part.task.form_id, period)
            earlier.setdefault(place, set()).update(keys)
    for task in _tasks_at(earlier):
        found.setdefault(task.id, set()).update(earlier[task.county_id, task.form_id, task.period] & set(task.layout.by_key))
    listed = {task.id: None for table in tables for task in table.subject.tasks if not table.subject.lines}
    return {task_id: frozenset(keys) for task_id, keys in found.items()} | listed


def _periods_leaned_on(part: ColumnPart) -> set[Period]:
    """The earlier periods whose documents change what the part is worth; a joined task leans on none."""
    if not isinstance(part.task, Task):
        return set()
    layout = part.task.layout
    measures = (measure for measure in plan_of(layout).measures if measure.key == part.line.key)
    return {period for measure in measures for period in periods_leaned_on(layout, measure, part.period)}


def _tasks_at(places: Mapping[tuple[int, int, Period], set[str]]) -> list[Task]:
    if not places:
        return []
    counties, forms, periods = (set(part) for part in zip(*places, strict=True))
    tasks = Task.objects.filter(county_id__in=counties, form_id__in=forms, period__in=periods)
    return [task for task in tasks if (task.county_id, task.form_id, task.period) in places]


def versions_counted(keys: Keys, occasion: ExportContext) -> dict[int, FrozenVersion]:
    """Report -> the version that counts on the basis, for the reports of these tasks in the branch."""
    states = (State.APPROVED,) if occasion.basis == APPROVED else STANDING
    rows = Submission.objects.filter(_in_branch(keys, occasion), state__in=states, standing__isnull=False)
    found = rows.order_by("pk").values_list("pk", "standing_id", "standing__digest")
    return {report: FrozenVersion(version_id, digest) for report, version_id, digest in found}


def _in_branch(keys: Keys, occasion: ExportContext) -> Q:
    """The reports of units in the branch on the day of their task or of the table; under the tree of now also today."""
    periods = dict(Task.objects.filter(pk__in=keys).values_list("pk", "period"))
    tasks_on: dict[date, list[int]] = {}
    for task_id, period in periods.items():
        tasks_on.setdefault(period.last_day, []).append(task_id)
    found = Q(pk__in=())
    for day, task_ids in tasks_on.items():
        found |= Q(task_id__in=task_ids) & _below(occasion, day)
    found |= Q(task_id__in=list(periods)) & _below(occasion, occasion.period.last_day)
    if occasion.tree == NOW:
        found |= Q(task_id__in=list(periods)) & _below_today(occasion)
    return found


def _below(occasion: ExportContext, day: date) -> Q:
    path = standing_path(occasion.org.id, day)
    return Q(organization_id__in=branch_on(path, day).values("organization_id")) if path else Q(pk__in=())


def _below_today(occasion: ExportContext) -> Q:
    """The units of today's branch, and those whose successors are in it; a closed one is also found at its last place."""
    path = standing_path(occasion.org.id, occasion.day)
    stood = standing_on(occasion.day).filter(path__gte=path, path__lt=after_branch(path))
    inside = set(stood.values_list("organization_id", flat=True))
    handed_on = (
        org_id
        for county_id in counties_below(occasion.org, occasion.day)
        for org_id, heirs in successors_now(county_id, occasion.day).items()
        if inside.intersection(heir_id for heir_id, _share in heirs)
    )
    return Q(organization_id__in=inside.union(handed_on))
