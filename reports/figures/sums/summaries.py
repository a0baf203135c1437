"""Sums of whole branches: read where fresh, rebuilt where stale, from sealed measures only. Knows no page and no column."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.utils import timezone

from indicators.measures.document_measures import plan_of
from indicators.measures.vectors import read_totals
from orgs.models import Organization, Placement
from orgs.moments import after_the_moment, one_moment, without_disk_wait
from orgs.tree.queries import placed_on
from reports.figures.sums.branch_sums import BranchSums, Tally
from reports.models import Summary
from submissions.core.packed_measures import PACKED_FIELDS, Packed
from submissions.models import ChangeMark, Submission, Task
from submissions.tasks.progress import COUNTED_STATE


@dataclass(frozen=True, eq=False)
class _Ground:
    """What is the same for one reading: the task, the write side's stamps, the stamp of the tree."""

    task: Task
    marks: dict[int, int]
    tree_stamp: int

    @property
    def size(self) -> int:
        return len(plan_of(self.task.layout))


@one_moment()
def branches(task: Task, org_ids: Iterable[int]) -> dict[int, BranchSums]:
    """The sums of inner organizations for one task; stale ones are rebuilt and kept. Reads one row each where fresh."""
    wanted = set(org_ids)
    ground = _ground(task)
    fresh = _fresh(ground, wanted)
    missing = wanted - fresh.keys()
    return fresh | _rebuild(ground, missing, fresh) if missing else fresh


@one_moment()
def branches_of_tasks(wanted: Mapping[Task, Collection[int]]) -> dict[int, dict[int, BranchSums]]:
    """Task id -> what `branches` answers, for many tasks: one reading of marks and one of sums, whatever their number."""
    grounds = _grounds(wanted)
    found: dict[int, dict[int, BranchSums]] = {task.id: {} for task in wanted}
    found |= {ground.task.id: _from_memory(ground, wanted[ground.task]) for ground in grounds}
    unread = {ground: set(wanted[ground.task]) & ground.marks.keys() - found[ground.task.id].keys() for ground in grounds}
    for task_id, read in _read({ground: org_ids for ground, org_ids in unread.items() if org_ids}).items():
        found[task_id] |= read
    for task, org_ids in wanted.items():
        if not found[task.id].keys() >= set(org_ids):
            made = branches(task, org_ids)  # more than was asked for: everything stale is made at once
            found[task.id] = {org_id: made[org_id] for org_id in org_ids}
    return found


def _grounds(wanted: Mapping[Task, Collection[int]]) -> list[_Ground]:
    """Only with the marks of these organizations: enough to tell what is fresh, too little to rebuild."""
    marks: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    rows = ChangeMark.objects.filter(
        county_id__in={task.county_id for task in wanted},
        task_id__in=[task.id for task in wanted],
        organization_id__in=set().union(*wanted.values()),
    )
    for task_id, org_id, stamp, tree_stamp in rows.values_list("task_id", "organization_id", "stamp", "county__tree_stamp"):
        marks[task_id, tree_stamp][org_id] = stamp
    tasks = {task.id: task for task in wanted}
    return [_Ground(tasks[task_id], found, tree_stamp) for (task_id, tree_stamp), found in marks.items()]


def _ground(task: Task) -> _Ground:
    """Read in the same moment as what is summed: a sum is of its stamps exactly, also for a reader of an older moment."""
    rows = ChangeMark.objects.filter(county_id=task.county_id, task_id=task.id)
    marks, tree_stamp = {}, None
    for org_id, stamp, tree_stamp in rows.values_list("organization_id", "stamp", "county__tree_stamp"):  # noqa: B007
        marks[org_id] = stamp
    if tree_stamp is None:
        tree_stamp = Organization.objects.values_list("tree_stamp", flat=True).get(pk=task.county_id)
    return _Ground(task, marks, tree_stamp)


# Sums kept in this process, by what they were made at: a stamp is never drawn twice, so what is found here is never stale.
_remembered: OrderedDict[tuple[int, int, int, int], BranchSums] = OrderedDict()
_MOST_REMEMBERED = 4096  # about 12 MB of sixty figures each


def _fresh(ground: _Ground, org_ids: set[int]) -> dict[int, BranchSums]:
    """The kept sums of these organizations that still hold, from memory or from the database."""
    found = _from_memory(ground, org_ids)
    unread = (org_ids & ground.marks.keys()) - found.keys()
    return found | _read({ground: unread})[ground.task.id] if unread else found


def _from_memory(ground: _Ground, org_ids: Iterable[int]) -> dict[int, BranchSums]:
    task_id, stamp = ground.task.id, ground.tree_stamp
    known = ((org_id, _remembered.get((task_id, org_id, ground.marks.get(org_id), stamp))) for org_id in org_ids)
    return {org_id: branch for org_id, branch in known if branch is not None}


def _read(unread: Mapping[_Ground, set[int]]) -> dict[int, dict[int, BranchSums]]:
    """Task id -> the sums that still hold, out of the database, for all tasks in one query."""
    found: dict[int, dict[int, BranchSums]] = {ground.task.id: {} for ground in unread}
    grounds = {ground.task.id: ground for ground in unread}
    if not unread:
        return found
    # By their stamps, so that what is stale is left where it is.
    marks = {ground.marks[org_id] for ground, org_ids in unread.items() for org_id in org_ids}
    rows = Summary.objects.filter(
        county_id__in={ground.task.county_id for ground in unread},
        task_id__in=list(grounds),
        organization_id__in=set().union(*unread.values()),
        mark__in=marks,
    )
    fields = ("task_id", "organization_id", "mark", "tree_stamp", "submitted", "approved", "counts", "returned")
    for task_id, org_id, mark, stamp, *sums in rows.values_list(*fields):
        ground = grounds[task_id]
        if org_id in unread[ground] and (mark, stamp) == (ground.marks[org_id], ground.tree_stamp):
            found[task_id][org_id] = _decoded(bytes(sums[0]), bytes(sums[1]), sums[2], sums[3])
    for ground in unread:
        _remember(ground, found[ground.task.id])
    return found


def _remember(ground: _Ground, found: dict[int, BranchSums]) -> None:
    for org_id, branch in found.items():
        _remembered[ground.task.id, org_id, ground.marks[org_id], ground.tree_stamp] = branch
    while len(_remembered) > _MOST_REMEMBERED:
        _remembered.popitem(last=False)


def _decoded(submitted: bytes, approved: bytes, counts: dict, returned: dict) -> BranchSums:
    sums = read_totals(submitted)
    return BranchSums(sums, read_totals(approved) if approved else sums, counts, returned)


@dataclass(frozen=True)
class _Lines:
    """Who stands under whom on a day: parents of all, whose sum each counts in, and the inner organizations deepest first."""

    parents: dict[int, int | None]
    places: dict[int, int | None]  # an inner organization's own answer (本级) counts in its own sum
    inner: tuple[int, ...]
    inner_set: frozenset[int]


@lru_cache(maxsize=64)
def _lines(county_id: int, day: date, tree_stamp: int) -> _Lines:
    """Kept per process: under one stamp of the county's tree it cannot change."""
    rows = Placement.objects.filter(placed_on(day), county_id=county_id)
    parents, paths = {}, {}
    for org_id, parent_id, path in rows.values_list("organization_id", "parent_id", "path"):
        parents[org_id], paths[org_id] = parent_id, path
    inner = {parent_id for parent_id in parents.values() if parent_id in parents}
    places = {org_id: org_id if org_id in inner else parent_id for org_id, parent_id in parents.items()}
    return _Lines(parents, places, tuple(sorted(inner, key=lambda org_id: -len(paths[org_id]))), frozenset(inner))


def branch_members(county_id: int, days: Collection[date], top_id: int) -> dict[date, dict[int, frozenset[int]]]:
    """Day -> child -> everybody in its branch; the organization itself -> itself alone."""
    tree_stamp = Organization.objects.values_list("tree_stamp", flat=True).get(pk=county_id)
    return {day: _members(county_id, day, tree_stamp, top_id) for day in days}


@lru_cache(maxsize=64)
def _members(county_id: int, day: date, tree_stamp: int, top_id: int) -> dict[int, frozenset[int]]:
    parents = _lines(county_id, day, tree_stamp).parents
    branches: dict[int, set[int]] = defaultdict(set)
    for org_id in parents:
        above, child = org_id, org_id
        while above is not None and above != top_id:
            child, above = above, parents.get(above)
        if above is not None:
            branches[child].add(org_id)
    return {child: frozenset(found) for child, found in branches.items()} | {top_id: frozenset([top_id])}


def _rebuild(ground: _Ground, wanted: set[int], fresh: dict[int, BranchSums]) -> dict[int, BranchSums]:
    """Everything stale is made again, deepest first, from its own leaves and from the sums of its inner children.

    An inner organization without a mark (the tree was mended after the task was opened) is made each time and never
    kept, nor is anything above it: nothing would tell when it is stale.
    """
    lines = _lines(ground.task.county_id, ground.task.period.last_day, ground.tree_stamp)
    kept = fresh | _fresh(ground, ground.marks.keys() - wanted)
    stale = (lines.inner_set | wanted) - kept.keys()
    unmarked = _with_all_above(stale - ground.marks.keys(), lines)
    stale |= unmarked & lines.inner_set
    tallies = _leaf_tallies(ground, lines, stale)
    for org_id in lines.inner:
        parent_id = lines.parents[org_id]
        if parent_id in stale:
            tallies[parent_id].add(tallies[org_id] if org_id in stale else _as_tally(kept[org_id]))
    made = {org_id: tallies[org_id].branch(ground.size) for org_id in stale}
    _keep(ground, {org_id: made[org_id] for org_id in stale - unmarked})
    return made


def _with_all_above(org_ids: Collection[int], lines: _Lines) -> set[int]:
    found = set()
    for org_id in org_ids:
        while org_id is not None and org_id not in found:
            found.add(org_id)
            org_id = lines.parents.get(org_id)
    return found


def _leaf_tallies(ground: _Ground, lines: _Lines, stale: set[int]) -> dict[int, Tally]:
    """The submissions that stand directly under a stale organization, or are its own (本级), added up per organization."""
    rows = Submission.objects.filter(county_id=ground.task.county_id, task_id=ground.task.id)
    if len(stale) * 2 < len(lines.inner):
        rows = rows.filter(
            organization_id__in=[org_id for org_id, above in lines.parents.items() if above in stale or org_id in stale]
        )
    fields = ("organization_id", "unit_category", COUNTED_STATE, *PACKED_FIELDS)
    place_of = lines.places | {org_id: org_id for org_id in stale - lines.inner_set}
    groups: dict[tuple, list[bytes | None]] = defaultdict(list)
    exceptions: dict[tuple, list[Packed]] = defaultdict(list)
    for org_id, category, state, measures, over_approved in _rows_of(rows.values_list(*fields)):
        group = place_of.get(org_id), category, state
        groups[group].append(measures)
        if over_approved is not None:
            exceptions[group].append(Packed(measures, over_approved))
    tallies: dict[int, Tally] = defaultdict(Tally)
    for group, vectors in groups.items():
        place, category, state = group
        if place in stale:
            tallies[place].add_vectors(category, state, vectors, exceptions.get(group, ()))
    return tallies


def _rows_of(values: QuerySet) -> Iterator[tuple]:
    """As the database gives them: none of these columns needs converting, and the rows are thousands."""
    sql, params = values.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(500):
            yield from rows


def _as_tally(branch: BranchSums) -> Tally:
    return Tally(branch.submitted.integer, branch.approved.integer, Counter(branch.expected), Counter(branch.returned))


def _keep(ground: _Ground, made: dict[int, BranchSums]) -> None:
    """To be written when the moment is over, in a fixed order so that two readers never lock each other out.

    What is kept at a stamp that moved meanwhile is stale, never wrong.
    """
    at = timezone.now()
    rows = [
        Summary(
            county_id=ground.task.county_id, task_id=ground.task.id, organization_id=org_id,
            mark=ground.marks[org_id], tree_stamp=ground.tree_stamp,
            submitted=made[org_id].submitted.to_bytes(), approved=made[org_id].approved_bytes(),
            counts=made[org_id].expected, returned=made[org_id].returned, made_at=at,
        )
        for org_id in sorted(made)
    ]  # fmt: skip
    _remember(ground, made)
    if rows:
        after_the_moment(partial(_write, rows))


def _write(rows: list[Summary]) -> None:
    """In one statement. Where others keep the table locked it is left out: whoever reads next makes the sums again."""
    try:
        with without_disk_wait():
            Summary.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["county", "task", "organization"],
                update_fields=["mark", "tree_stamp", "submitted", "approved", "counts", "returned", "made_at"],
            )
    except OperationalError:
        if connection.in_atomic_block:
            raise
