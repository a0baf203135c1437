"""Adds up the tree, branch by branch: sums are read if fresh, rebuilt from sealed measures if stale."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import connection
from django.db.models import QuerySet

from orgs.moments import one_moment
from reports.figures.sums.branch_lines import BranchLines, branch_lines
from reports.figures.sums.branch_sums import BranchSums, Tally
from reports.figures.sums.stored_sums import (
    StampedTask,
    fresh_sums,
    keep_sums,
    read_sums,
    remembered_sums,
    stamped_task,
    stamped_tasks,
)
from submissions.core.packed_measures import PACKED_FIELDS, Packed
from submissions.models import Submission, Task
from submissions.tasks.progress import COUNTED_STATE


@one_moment()
def branches(task: Task, org_ids: Iterable[int]) -> dict[int, BranchSums]:
    """The sums of inner organizations for one task; stale ones are rebuilt and stored. Reads one row for each fresh sum."""
    wanted = set(org_ids)
    stamped = stamped_task(task)
    fresh = fresh_sums(stamped, wanted)
    missing = wanted - fresh.keys()
    return fresh | _rebuild(stamped, missing, fresh) if missing else fresh


@one_moment()
def branches_of_tasks(wanted: Mapping[Task, Collection[int]]) -> dict[int, dict[int, BranchSums]]:
    """Task id -> the result of `branches`, for many tasks: one query for marks and one for sums, whatever their number."""
    stamps = stamped_tasks(wanted)
    found: dict[int, dict[int, BranchSums]] = {task.id: {} for task in wanted}
    found |= {stamped.task.id: remembered_sums(stamped, wanted[stamped.task]) for stamped in stamps}
    unread = {stamped: set(wanted[stamped.task]) & stamped.marks.keys() - found[stamped.task.id].keys() for stamped in stamps}
    for task_id, read in read_sums({stamped: org_ids for stamped, org_ids in unread.items() if org_ids}).items():
        found[task_id] |= read
    for task, org_ids in wanted.items():
        if not found[task.id].keys() >= set(org_ids):
            made = branches(task, org_ids)  # more than needed: everything stale is rebuilt at once
            found[task.id] = {org_id: made[org_id] for org_id in org_ids}
    return found


def _rebuild(stamped: StampedTask, wanted: set[int], fresh: dict[int, BranchSums]) -> dict[int, BranchSums]:
    """Rebuilds everything stale, deepest first, from its own leaves and the sums of its inner children.

    An inner organization without a mark (the tree was corrected after the task was opened) is computed each time and never
    stored, nor is anything above it: nothing would show when it is stale.
    """
    lines = branch_lines(stamped.task.county_id, stamped.task.period.last_day, stamped.tree_stamp)
    kept = fresh | fresh_sums(stamped, stamped.marks.keys() - wanted)
    stale = (lines.inner_set | wanted) - kept.keys()
    unmarked = _with_all_above(stale - stamped.marks.keys(), lines)
    stale |= unmarked & lines.inner_set
    tallies = _leaf_tallies(stamped, lines, stale)
    for org_id in lines.inner:
        parent_id = lines.parents[org_id]
        if parent_id in stale:
            tallies[parent_id].add(tallies[org_id] if org_id in stale else _as_tally(kept[org_id]))
    made = {org_id: tallies[org_id].branch(stamped.size) for org_id in stale}
    keep_sums(stamped, {org_id: made[org_id] for org_id in stale - unmarked})
    return made


def _with_all_above(org_ids: Collection[int], lines: BranchLines) -> set[int]:
    found = set()
    for org_id in org_ids:
        while org_id is not None and org_id not in found:
            found.add(org_id)
            org_id = lines.parents.get(org_id)
    return found


def _leaf_tallies(stamped: StampedTask, lines: BranchLines, stale: set[int]) -> dict[int, Tally]:
    """The submissions directly under a stale organization, or its own (本级), added up per organization."""
    rows = Submission.objects.filter(county_id=stamped.task.county_id, task_id=stamped.task.id)
    if len(stale) * 2 < len(lines.inner):
        rows = rows.filter(
            organization_id__in=[org_id for org_id, above in lines.parents.items() if above in stale or org_id in stale]
        )
    fields = ("organization_id", "unit_category", COUNTED_STATE, *PACKED_FIELDS)
    place_of = lines.places | {org_id: org_id for org_id in stale - lines.inner_set}
    tallies: dict[int, Tally] = defaultdict(Tally)
    for some in _in_parts(rows.values_list(*fields)):
        groups, exceptions = _grouped(some, place_of)
        for group, vectors in groups.items():
            place, category, state = group
            if place in stale:
                tallies[place].add_vectors(category, state, vectors, exceptions.get(group, ()))
    return tallies


_ROWS_AT_ONCE = 500


def _in_parts(values: QuerySet) -> Iterator[list[tuple]]:
    """Raw rows of the database: none of these columns needs converting, and there are thousands of rows."""
    sql, params = values.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield rows


def _grouped(rows: Iterable[tuple], place_of: Mapping[int, int | None]) -> tuple[dict[tuple, list], dict[tuple, list]]:
    """(the organization of the sum, unit category, state) -> vectors; the same -> those that differ on the approved basis."""
    groups: dict[tuple, list[bytes | None]] = defaultdict(list)
    exceptions: dict[tuple, list[Packed]] = defaultdict(list)
    for org_id, category, state, measures, over_approved in rows:
        group = place_of.get(org_id), category, state
        groups[group].append(measures)
        if over_approved is not None:
            exceptions[group].append(Packed(measures, over_approved))
    return groups, exceptions


def _as_tally(branch: BranchSums) -> Tally:
    return Tally(branch.submitted.integer, branch.approved.integer, Counter(branch.expected), Counter(branch.returned))
