"""Notes under a Grid on figures that depend on earlier reports that are not approved, with their units."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.measures.dependencies import periods_leaned_on
from indicators.periods import Period
from orgs.models import Organization, Placement
from orgs.tree.queries import counted_on
from orgs.tree.trees import ids_of
from reports.figures.output.cells import APPROVED
from reports.figures.plan.query_plan import ColumnPart, ColumnPlan
from submissions.choices import STANDING, State
from submissions.core.earlier_reports import OpenReport, listed, open_reports
from submissions.models import Submission, Task

Leaned = dict[tuple[Task, Period], list[str]]  # a task and an earlier period -> the names of the columns that depend on it


def leaning_notes(columns: Sequence[ColumnPlan], org: Organization, basis: str) -> list[str]:
    """A sentence per task and earlier period: which figures, at how many units, which ones. One query where all is approved."""
    leaned = _leaned(columns)
    reports = open_reports({task for task, _earlier in leaned}, {earlier for _task, earlier in leaned})
    # Provisional figures count reports that wait for review: only returned or withdrawn reports are missing in them.
    reports = [report for report in reports if basis == APPROVED or not report.is_counted]
    if not reports:
        return []
    counted = _counted([task for task, _earlier in leaned], org, basis, {report.organization_id for report in reports})
    notes = []
    for (task, earlier), names in leaned.items():
        units = [
            report for report in reports if _is_under(report, task, earlier) and (task.id, report.organization_id) in counted
        ]
        if units:
            notes.append(_sentence(task, earlier, names, units))
    return notes


def _leaned(columns: Sequence[ColumnPlan]) -> Leaned:
    found: dict[tuple[int, Period], list[str]] = defaultdict(list)
    tasks: dict[int, Task] = {}
    for column in columns:
        name = f"{column.code} {column.line.name}" if column.line else column.code
        for part, earlier in _column_leans(column):
            tasks[part.task.id] = part.task
            names = found[part.task.id, earlier]
            if name not in names:
                names.append(name)
    return {(tasks[task_id], earlier): names for (task_id, earlier), names in found.items()}


def _column_leans(column: ColumnPlan) -> list[tuple[ColumnPart, Period]]:
    if not column.parts:
        return []
    # Parts and rests of a year add up to the running total whatever they depend on.
    roles = column.lanes[:1] if column.adds_year else column.lanes
    lanes = {(lane.part, lane.measure) for lanes in roles for lane in lanes if isinstance(lane.part.task, Task)}
    return [
        (part, earlier)
        for part, measure in sorted(lanes, key=lambda lane: (lane[0].period.last_day, lane[0].task.id, lane[1].lane))
        for earlier in sorted(periods_leaned_on(part.task.layout, measure, part.period))
    ]


def _counted(tasks: Sequence[Task], org: Organization, basis: str, org_ids: set[int]) -> set[tuple[int, int]]:
    """(task, unit) of these units whose own reports count under the basis, for units in the branch of `org` on the task's day."""
    periods = {task.id: task.period for task in tasks}
    below = {day: _below(org, day, org_ids) for day in {period.last_day for period in periods.values()}}
    states = (State.APPROVED,) if basis == APPROVED else STANDING
    rows = Submission.objects.filter(task_id__in=periods, organization_id__in=org_ids, state__in=states)
    return {
        (task_id, org_id)
        for task_id, org_id in rows.values_list("task_id", "organization_id")
        if org_id in below[periods[task_id].last_day]
    }


def _below(org: Organization, day: date, org_ids: set[int]) -> set[int]:
    rows = Placement.objects.filter(counted_on(day), organization_id__in=org_ids)
    return {org_id for org_id, path in rows.values_list("organization_id", "path") if org.id in ids_of(path)}


def _is_under(report: OpenReport, task: Task, earlier: Period) -> bool:
    return (report.form_id, report.county_id, report.period) == (task.form_id, task.county_id, earlier)


def _sentence(task: Task, earlier: Period, names: list[str], units: list[OpenReport]) -> str:
    sentence = ngettext(
        "%(figures)s, %(period)s: made with %(earlier)s, which is not approved at %(count)s unit: %(units)s.",
        "%(figures)s, %(period)s: made with %(earlier)s, which is not approved at %(count)s units: %(units)s.",
        len(units),
    )
    shown = [_("%(unit)s (%(condition)s)") % {"unit": unit.organization, "condition": unit.condition} for unit in units]
    return sentence % {
        "figures": listed(names), "period": task.period.label, "earlier": earlier.label, "count": len(units),
        "units": listed(shown),
    }  # fmt: skip
