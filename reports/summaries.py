"""Sums of whole branches: read where fresh, rebuilt where stale, from sealed measures only. Knows no page and no column."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Q
from django.utils import timezone

from indicators.measures import plan_of
from indicators.periods import read_period
from indicators.vectors import Totals, read_totals, totals_of
from orgs.models import Organization, Placement
from orgs.queries import placed_on, tree_on
from reports.models import Summary
from submissions.kinds import STANDING, State
from submissions.models import ChangeMark, Submission, Task

EXEMPT = "exempt"  # counted beside the unit categories: such units have a row, but owe nothing
_integer = partial(int.from_bytes, byteorder="little")


@dataclass(frozen=True)
class Branch:
    """The decoded sums of one branch: over everything sent in, over what is approved, and whom it was expected from."""

    submitted: Totals
    approved: Totals
    expected: dict[str, int]  # unit category -> units that owe an answer; EXEMPT -> units that do not


@dataclass
class Tally:
    """Sums being made: two large integers and the expectation. Adding is exact."""

    submitted: int = 0
    approved: int = 0
    expected: Counter = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        self.submitted += other.submitted
        self.approved += other.approved
        self.expected.update(other.expected)

    def add_units(self, unit_category: str, state: str, vectors: list[bytes | None]) -> None:
        """Units of one category in one state; a vector is None where the unit's version was not measured."""
        self.expected[EXEMPT if state == State.EXEMPT else unit_category] += len(vectors)
        if state in STANDING:
            amount = sum(map(_integer, filter(None, vectors)))
            self.submitted += amount
            if state == State.APPROVED:
                self.approved += amount

    def branch(self, size: int) -> Branch:
        submitted = totals_of(self.submitted, size)
        approved = submitted if self.approved == self.submitted else totals_of(self.approved, size)
        return Branch(submitted, approved, dict(self.expected))


@dataclass(frozen=True)
class _Ground:
    """What is the same for one reading: the task, the write side's counters, the revision of the tree."""

    task: Task
    marks: dict[int, int]
    tree_revision: int

    @property
    def size(self) -> int:
        return len(plan_of(self.task.layout))

    @property
    def day(self):
        return read_period(self.task.period).last_day


def branches(task: Task, org_ids: Iterable[int]) -> dict[int, Branch]:
    """The sums of inner organizations for one task; stale ones are rebuilt and kept. Reads one row each where fresh."""
    wanted = set(org_ids)
    ground = _ground(task)
    fresh = _fresh(ground, wanted)
    missing = wanted - fresh.keys()
    if not missing:
        return fresh
    made = _rebuild(ground, missing)
    nothing = Tally().branch(ground.size)
    return fresh | {org_id: made.get(org_id, nothing) for org_id in missing}


def _ground(task: Task) -> _Ground:
    """Read before anything is summed: a change while summing leaves the sum stale, never wrong."""
    revision = Organization.objects.values_list("tree_revision", flat=True).get(pk=task.county_id)
    marks = ChangeMark.objects.filter(county_id=task.county_id, task_id=task.id)
    return _Ground(task, dict(marks.values_list("organization_id", "count")), revision)


def _fresh(ground: _Ground, org_ids: Iterable[int] | None = None) -> dict[int, Branch]:
    """The kept sums that still hold, of these organizations or of all."""
    rows = Summary.objects.filter(county_id=ground.task.county_id, task_id=ground.task.id, tree_revision=ground.tree_revision)
    if org_ids is not None:
        rows = rows.filter(organization_id__in=org_ids)
    return {
        org_id: _decoded(bytes(submitted), bytes(approved), counts)
        for org_id, mark, submitted, approved, counts in rows.values_list(
            "organization_id", "mark", "submitted", "approved", "counts"
        )
        if mark == ground.marks.get(org_id)
    }


def _decoded(submitted: bytes, approved: bytes, counts: dict) -> Branch:
    sums = read_totals(submitted)
    return Branch(sums, sums if approved == submitted else read_totals(approved), counts)


def _rebuild(ground: _Ground, wanted: set[int]) -> dict[int, Branch]:
    """Everything stale is made again, deepest first, from its own leaves and from the sums of its inner children."""
    if _tree_outgrew_marks(ground):
        return _from_whole_tree(ground, wanted)
    parents = _inner_parents(ground)
    kept = _fresh(ground)
    stale = (ground.marks.keys() | wanted) - kept.keys()
    tallies = _leaf_tallies(ground, parents, stale)
    for org_id in sorted(parents, key=lambda org_id: -len(parents[org_id][1])):
        parent_id = parents[org_id][0]
        below = tallies.get(org_id) if org_id in stale else _as_tally(kept[org_id])
        if parent_id in stale and below is not None:
            tallies[parent_id].add(below)
    made = {org_id: tallies[org_id].branch(ground.size) for org_id in stale}
    _keep(ground, {org_id: branch for org_id, branch in made.items() if org_id in ground.marks})
    return made


def _inner_parents(ground: _Ground) -> dict[int, tuple[int | None, str]]:
    """Parent and path of every inner organization of the task that stands on its day."""
    rows = Placement.objects.filter(placed_on(ground.day), county_id=ground.task.county_id, organization_id__in=ground.marks)
    return {org_id: (parent_id, path) for org_id, parent_id, path in rows.values_list("organization_id", "parent_id", "path")}


def _tree_outgrew_marks(ground: _Ground) -> bool:
    """True where the tree was mended after the task was opened, so that an inner organization has no counter yet."""
    rows = Placement.objects.filter(placed_on(ground.day), county_id=ground.task.county_id, parent_id__isnull=False)
    return rows.exclude(parent_id__in=ground.marks).exists()


def _from_whole_tree(ground: _Ground, wanted: set[int]) -> dict[int, Branch]:
    """The slow and sure way, kept nowhere: until the task is opened again for the new tree nothing tells when it is stale."""
    tree = tree_on(ground.task.county_id, ground.day)
    inner = {org_id: (node.parent_id, node.path) for org_id, node in tree.nodes.items() if tree.is_inner(org_id)}
    tallies = _leaf_tallies(ground, inner, inner.keys() | wanted)
    for org_id in sorted(inner, key=lambda org_id: -len(inner[org_id][1])):
        if inner[org_id][0] in inner:
            tallies[inner[org_id][0]].add(tallies[org_id])
    return {org_id: tallies[org_id].branch(ground.size) for org_id in wanted}


def _leaf_tallies(ground: _Ground, parents: dict, stale: Collection[int]) -> dict[int, Tally]:
    """The submissions that stand directly under a stale organization, or are its own (本级), added up per organization."""
    rows = Submission.objects.filter(
        placed_on_path("organization__placements", ground.day), county_id=ground.task.county_id, task_id=ground.task.id
    )
    if len(stale) < len(parents):
        rows = rows.filter(Q(organization__placements__parent_id__in=stale) | Q(organization_id__in=stale))
    groups = defaultdict(list)
    for parent_id, org_id, category, state, vector in rows.values_list(
        "organization__placements__parent_id", "organization_id", "unit_category", "state", "standing__measures"
    ).iterator(chunk_size=4000):
        groups[org_id if org_id in parents or org_id in stale else parent_id, category, state].append(vector)
    tallies: dict[int, Tally] = defaultdict(Tally)
    for (place, category, state), vectors in groups.items():
        if place in stale:
            tallies[place].add_units(category, state, vectors)
    return tallies


def placed_on_path(prefix: str, day) -> Q:
    """The condition on rows joined to placements by `prefix` that the placement holds on the day."""
    return Q(**{f"{prefix}__valid_from__lte": day}) & (
        Q(**{f"{prefix}__valid_to__isnull": True}) | Q(**{f"{prefix}__valid_to__gte": day})
    )


def _as_tally(branch: Branch) -> Tally:
    return Tally(branch.submitted.as_integer(), branch.approved.as_integer(), Counter(branch.expected))


def _keep(ground: _Ground, made: dict[int, Branch]) -> None:
    """Write the new sums in one statement, in a fixed order so that two readers never lock each other out."""
    at = timezone.now()
    rows = [
        Summary(
            county_id=ground.task.county_id, task_id=ground.task.id, organization_id=org_id,
            mark=ground.marks[org_id], tree_revision=ground.tree_revision,
            submitted=made[org_id].submitted.to_bytes(), approved=made[org_id].approved.to_bytes(),
            counts=made[org_id].expected, made_at=at,
        )
        for org_id in sorted(made)
    ]  # fmt: skip
    Summary.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["county", "task", "organization"],
        update_fields=["mark", "tree_revision", "submitted", "approved", "counts", "made_at"],
    )
