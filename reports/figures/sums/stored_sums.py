"""Stored sums of branches, in the database and in this process, with the stamps that show whether they are still valid.

The statements of every page are written in SQL (docs/decisions/210): they are the same on both databases, and built by the ORM
they took longer than the database needs to run them.
"""

import json
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import OperationalError, connection
from django.utils import timezone

from indicators.measures.document_measures import plan_of
from indicators.measures.vectors import read_totals
from orgs.models import Organization
from orgs.moments import after_the_moment, without_disk_wait
from reports.figures.sums.branch_sums import BranchSums
from reports.models import Summary
from submissions.models import ChangeMark, Task

_SUMMARY, _MARK, _ORGANIZATION = (model._meta.db_table for model in (Summary, ChangeMark, Organization))
_KEY = ("county_id", "task_id", "organization_id")
_KEPT = ("mark", "tree_stamp", "submitted", "approved", "counts", "returned", "made_at")
_STAMPS_OF_TASK = (
    f"SELECT m.organization_id, m.stamp, c.tree_stamp FROM {_MARK} m JOIN {_ORGANIZATION} c ON c.id = m.county_id"
    " WHERE m.county_id = %s AND m.task_id = %s"
)
_SUMS = (
    f"SELECT {', '.join(_KEY[1:] + _KEPT[:-1])} FROM {_SUMMARY}"
    " WHERE county_id IN ({counties}) AND task_id IN ({tasks}) AND organization_id IN ({organizations}) AND mark IN ({marks})"
)
_STORE = (
    f"INSERT INTO {_SUMMARY} ({', '.join(_KEY + _KEPT)}) VALUES {{rows}}"
    f" ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in _KEPT)}"
)
_ROW = f"({', '.join(['%s'] * len(_KEY + _KEPT))})"
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class StampedTask:
    """The state of one read: the task, the stamps of the writing side by organization, the stamp of the county's tree."""

    task: Task
    marks: dict[int, int]
    tree_stamp: int

    @property
    def size(self) -> int:
        return len(plan_of(self.task.layout))


def stamped_task(task: Task) -> StampedTask:
    """The task with its stamps, read in the same moment as the figures.

    So sums belong exactly to their stamps, also for a reader of an older moment.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS_OF_TASK, [task.county_id, task.id])
        rows = cursor.fetchall()
    if rows:
        return StampedTask(task, {org_id: stamp for org_id, stamp, _tree_stamp in rows}, rows[0][2])
    return StampedTask(task, {}, Organization.objects.values_list("tree_stamp", flat=True).get(pk=task.county_id))


def stamped_tasks(wanted: Mapping[Task, Collection[int]]) -> list[StampedTask]:
    """Tasks with only the marks of these organizations: enough to know what is fresh, not enough to rebuild."""
    marks: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    rows = ChangeMark.objects.filter(
        county_id__in={task.county_id for task in wanted},
        task_id__in=[task.id for task in wanted],
        organization_id__in=set().union(*wanted.values()),
    )
    for task_id, org_id, stamp, tree_stamp in rows.values_list("task_id", "organization_id", "stamp", "county__tree_stamp"):
        marks[task_id, tree_stamp][org_id] = stamp
    tasks = {task.id: task for task in wanted}
    return [StampedTask(tasks[task_id], found, tree_stamp) for (task_id, tree_stamp), found in marks.items()]


# Sums cached in this process, by their stamps: a stamp is never drawn twice, so a cached sum is never stale.
_remembered: OrderedDict[tuple[int, int, int, int], BranchSums] = OrderedDict()
_MOST_REMEMBERED = 4096  # about 12 MB of sixty figures each


def fresh_sums(stamped: StampedTask, org_ids: Collection[int]) -> dict[int, BranchSums]:
    """The stored sums of these organizations that are still valid, from memory or from the database."""
    found = remembered_sums(stamped, org_ids)
    unread = (set(org_ids) & stamped.marks.keys()) - found.keys()
    return found | read_sums({stamped: unread})[stamped.task.id] if unread else found


def remembered_sums(stamped: StampedTask, org_ids: Iterable[int]) -> dict[int, BranchSums]:
    task_id, stamp = stamped.task.id, stamped.tree_stamp
    known = ((org_id, _remembered.get((task_id, org_id, stamped.marks.get(org_id), stamp))) for org_id in org_ids)
    return {org_id: branch for org_id, branch in known if branch is not None}


def read_sums(unread: Mapping[StampedTask, Collection[int]]) -> dict[int, dict[int, BranchSums]]:
    """Task id -> the sums that are still valid, from the database, for all tasks in one query."""
    found: dict[int, dict[int, BranchSums]] = {stamped.task.id: {} for stamped in unread}
    by_task = {stamped.task.id: stamped for stamped in unread}
    for task_id, org_id, mark, tree_stamp, submitted, approved, counts, returned in _rows(unread) if unread else ():
        stamped = by_task[task_id]
        if org_id in unread[stamped] and (mark, tree_stamp) == (stamped.marks[org_id], stamped.tree_stamp):
            sums = read_totals(bytes(submitted))
            over_approved = read_totals(bytes(approved)) if approved else sums
            found[task_id][org_id] = BranchSums(sums, over_approved, json.loads(counts), json.loads(returned))
    for stamped in unread:
        _remember(stamped, found[stamped.task.id])
    return found


def _rows(unread: Mapping[StampedTask, Collection[int]]) -> list[tuple]:
    """The rows with the current stamps; stale rows are not read."""
    lists = {
        "counties": {stamped.task.county_id for stamped in unread},
        "tasks": {stamped.task.id for stamped in unread},
        "organizations": set().union(*unread.values()),
        "marks": {stamped.marks[org_id] for stamped, org_ids in unread.items() for org_id in org_ids},
    }
    places = {name: ", ".join(["%s"] * len(values)) for name, values in lists.items()}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(**places), [value for values in lists.values() for value in values])
        return cursor.fetchall()


def keep_sums(stamped: StampedTask, made: dict[int, BranchSums]) -> None:
    """Stores sums after the moment, in a fixed order so that two readers never lock each other out.

    Sums whose stamp has changed meanwhile are stale, never wrong.
    """
    _remember(stamped, made)
    if made:
        after_the_moment(partial(_store, stamped, dict(sorted(made.items())), timezone.now()))


def _remember(stamped: StampedTask, found: Mapping[int, BranchSums]) -> None:
    for org_id, branch in found.items():
        _remembered[stamped.task.id, org_id, stamped.marks[org_id], stamped.tree_stamp] = branch
    while len(_remembered) > _MOST_REMEMBERED:
        _remembered.popitem(last=False)


def _store(stamped: StampedTask, made: Mapping[int, BranchSums], at: datetime) -> None:
    """Writes the sums; if others hold a lock on the table they are dropped, and the next reader computes them again."""
    rows = [list(_values(stamped, org_id, sums, at)) for org_id, sums in made.items()]
    try:
        with without_disk_wait(), connection.cursor() as cursor:
            for start in range(0, len(rows), _ROWS_AT_ONCE):
                some = rows[start : start + _ROWS_AT_ONCE]
                statement = _STORE.format(rows=", ".join([_ROW] * len(some)))
                cursor.execute(statement, [value for row in some for value in row])
    except OperationalError:
        if connection.in_atomic_block:
            raise


def _values(stamped: StampedTask, org_id: int, sums: BranchSums, at: datetime) -> Iterator[object]:
    yield from (stamped.task.county_id, stamped.task.id, org_id, stamped.marks[org_id], stamped.tree_stamp)
    yield connection.Database.Binary(sums.submitted.to_bytes())
    yield connection.Database.Binary(sums.approved_bytes())
    yield json.dumps(sums.expected)
    yield json.dumps(sums.returned)
    yield connection.ops.adapt_datetimefield_value(at)
