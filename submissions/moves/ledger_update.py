"""The ledger of open tasks after the tree changed: who owes newly is asked, who owes no more and has not begun goes."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from audit.recorder import record
from orgs.county_rows import delete_rows, stored
from orgs.models import Organization, User
from orgs.tree.dependants import DroppedReport, ExpectedReport, Followed
from orgs.tree.queries import tree_on
from orgs.tree.trees import Node, Tree
from submissions.choices import State
from submissions.core.change_records import subject_of
from submissions.core.refusals import ActRefused
from submissions.core.summary_stamps import mark_changed
from submissions.models import Submission, Task
from submissions.tasks.form_units import nodes_asked
from submissions.tasks.predecessor_reports import answered_by_predecessors


@transaction.atomic
def update_ledgers(*, organization_ids: Collection[int], since: date, by: User, at: datetime) -> Followed:
    """In every task that is not closed and whose period ends on the day or later, as opening it again would do."""
    rows = Organization.objects.filter(pk__in=organization_ids).values_list("pk", "county_id")
    by_county: dict[int, set[int]] = {}
    for org_id, county_id in rows:
        by_county.setdefault(county_id, set()).add(org_id)
    followed = Followed()
    for county_id, units in sorted(by_county.items()):
        tasks = Task.objects.filter(county_id=county_id).select_related("form", "county").order_by("pk")
        for task in tasks:
            if task.period.last_day >= since and not _is_closed(task, at):
                followed += _update(task, units, by, at)
    return followed


def _is_closed(task: Task, at: datetime) -> bool:
    return task.closes_on is not None and task.closes_on < timezone.localdate(at)


def _update(task: Task, units: set[int], by: User, at: datetime) -> Followed:
    tree = tree_on(task.county_id, task.period.last_day)
    try:
        asked = {node.id: node for node in nodes_asked(task.form, task.county, task.period, tree)}
    except ActRefused:  # an expired form asks nobody newly
        return Followed()
    rows = {row.organization_id: row for row in task.submissions.filter(organization_id__in=units).order_by("pk")}
    added = _added(task, [asked[org] for org in asked if org in units and org not in rows], asked, tree)
    dropped = [row for org, row in rows.items() if org not in asked and org in tree and _is_untouched(row)]
    for row in dropped:
        _record("submission.dropped", row, by, at)
        delete_rows(Submission.objects.filter(pk=row.pk, state=State.BLANK), row.county_id)
    kept = [row for row in rows.values() if row not in dropped]
    changed = _recategorized(kept, asked)
    for row in Submission.objects.filter(county_id=task.county_id, task=task, organization_id__in=added).order_by("pk"):
        _record("submission.expected", row, by, at)
    if touched := {*added, *changed, *(row.organization_id for row in dropped)}:
        mark_changed(task, sorted(touched))
    title, period = task.form.title, task.period.label
    return Followed(
        dropped=[DroppedReport(row.organization_id, title, period) for row in dropped],
        expected=[ExpectedReport(org, title, period) for org in added],
    )


def _added(task: Task, nodes: list[Node], asked: Mapping[int, Node], tree: Tree) -> list[int]:
    """The units that got a row."""
    if not nodes:
        return []
    present = set(task.submissions.values_list("organization_id", flat=True))
    answered = answered_by_predecessors(task)
    new = [node for node in nodes if node.id not in answered and _is_open_for(node, asked, present, tree)]
    Submission.objects.bulk_create(
        Submission(county_id=task.county_id, task=task, organization_id=node.id, unit_category=node.unit_category)
        for node in new
    )
    return [node.id for node in new]


def _is_open_for(node: Node, asked: Mapping[int, Node], present: set[int], tree: Tree) -> bool:
    """Whether the task was opened where the unit stands: in the nearest branch above it in which anybody else is asked."""
    for above in tree.ancestors(node.id):
        others = [one.id for one in tree.walk(above.id) if one.id in asked and one.id != node.id]
        if others:
            return any(one in present for one in others)
    return True


def _is_untouched(row: Submission) -> bool:
    return row.state == State.BLANK and not row.versions.exists() and not row.reviews.exists()


def _recategorized(rows: Collection[Submission], asked: Mapping[int, Node]) -> list[int]:
    """What nobody began is of the category of the day; what was begun keeps the one it was asked under."""
    changed = []
    for row in rows:
        node = asked.get(row.organization_id)
        if node is not None and row.unit_category != node.unit_category and _is_untouched(row):
            stored(row).update(unit_category=node.unit_category)
            changed.append(row.organization_id)
    return changed


def _record(kind: str, row: Submission, by: User, at: datetime) -> None:
    record(
        kind, by=by, at=at, county_id=row.county_id, subject=subject_of(row), organization_id=row.organization_id,
        data={"_task": row.task_id},
    )  # fmt: skip
