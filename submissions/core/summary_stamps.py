"""Renews the change marks along ancestor lines, so that sums kept before count as stale."""

from collections.abc import Collection

from orgs.models import Placement
from orgs.stamps import new_stamp
from orgs.tree.queries import counted_on
from orgs.tree.trees import ids_of
from submissions.models import ChangeMark, Task


def mark_changed(task: Task, organization_ids: Collection[int]) -> None:
    """Units' answers changed: everything above them (and themselves, where inner) on the period's last day is stale.

    Called after the audit event: its chain is the lock that keeps two writers from taking the marks in different orders.
    """
    day = task.period.last_day
    rows = Placement.objects.filter(counted_on(day), county_id=task.county_id, organization_id__in=organization_ids)
    paths = [ids_of(path) for path in rows.values_list("path", flat=True)]
    above = {one for path in paths for one in path[:-1]}
    marks = ChangeMark.objects.filter(county_id=task.county_id, task=task)
    stamped = marks.filter(organization_id__in=above | {path[-1] for path in paths}).update(stamp=new_stamp())
    if stamped < len(above):
        _add_missing(task, above)


def _add_missing(task: Task, above: set[int]) -> None:
    """Add missing marks: a tree corrected after opening lacks some, and a sum kept without a mark would never be stale."""
    marks = ChangeMark.objects.filter(county_id=task.county_id, task=task, organization_id__in=above)
    missing = above - set(marks.values_list("organization_id", flat=True))
    ChangeMark.objects.bulk_create(
        [ChangeMark(county_id=task.county_id, task=task, organization_id=org_id) for org_id in sorted(missing)],
        ignore_conflicts=True,
    )
    marks.filter(organization_id__in=missing).update(stamp=new_stamp())
