"""Collects the sums of every row for a set of tasks, under the tree of then or of now."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

from django.utils.translation import gettext as _

from indicators.measures.document_measures import Plan, plan_of
from orgs.choices import UnitCategory
from orgs.models import Organization
from orgs.tree.trees import Tree
from reports.figures.plan.joined_forms import JoinedTask, joined_leaves
from reports.figures.plan.report_trees import children_over, forest_on, node_of
from reports.figures.plan.rows import CHILDREN, SELF, Key, RowHead, in_order
from reports.figures.sums.branch_sums import BranchSums, Tally
from reports.figures.sums.row_placement import HeirShares, NowPlaces, ThenPlaces
from reports.figures.sums.summaries import branches_of_tasks
from submissions.core.packed_measures import PACKED_FIELDS, Packed
from submissions.models import Submission, Task
from submissions.tasks.progress import COUNTED_STATE

THEN, NOW = "then", "now"
APPROVED, SUBMITTED = "approved", "submitted"
LEAF_FIELDS = ("task_id", "organization_id", "unit_category", COUNTED_STATE, *PACKED_FIELDS)
Units = dict[Key, dict[int, dict[int | str, "UnitAnswer"]]]  # row -> organization -> task -> answer


@dataclass(frozen=True)
class UnitAnswer:
    """One unit's answer to one task, or the fact that it still owes it."""

    state: str  # in counts: `submissions.tasks.progress.COUNTED_STATE`
    packed: Packed
    category: str | None  # None: not given, because its answer is known already

    def vector(self, basis: str) -> bytes | None:
        """Its measures if it counts on the basis: sent in, or approved."""
        return self.packed.counted(self.state, basis == APPROVED)


@dataclass(frozen=True)
class Portion:
    """An answer of which a row has only a share, because its unit was split.

    Measures that cannot be shared are not in the row's sums.
    """

    organization: int
    shares: HeirShares
    unit: UnitAnswer


@dataclass
class RowSums:
    """The rows, the sums of each row and task, and, if asked for, every unit's own answer."""

    order: Callable[[], list[RowHead]]
    sums: Mapping[tuple[Key, int | str], BranchSums]
    units: Units = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    answers: dict[tuple[int, int | str], UnitAnswer] = field(default_factory=dict)  # of an organization to a task, in any row
    portions: dict[tuple[Key, int | str], list[Portion]] = field(default_factory=lambda: defaultdict(list))
    estimated: set[tuple[Key, date]] = field(default_factory=set)  # rows, by the last day of a period
    emptied: set[Key] = field(default_factory=set)  # rows whose figures all moved elsewhere since
    notes: list[str] = field(default_factory=list)
    inner: frozenset[int] = frozenset()  # organizations with a subtotal, where rows are units on the tree of then

    @cached_property
    def heads(self) -> list[RowHead]:
        """The rows in order; the bases of comparisons need no order."""
        return self.order()


class Sums(Mapping[tuple[Key, int | str], BranchSums]):
    """The sums of each row and task, added on demand: a page shows fifty of three thousand rows."""

    def __init__(self, plans: Mapping[int | str, Plan]):
        self._plans = plans
        self._answers: dict[tuple[Key, int | str], list[tuple[str, str, Packed]]] = defaultdict(list)
        self._branches: dict[tuple[Key, int | str], BranchSums] = {}

    def put(self, key: Key, task_id: int | str, category: str, state: str, packed: Packed) -> None:
        self._answers[key, task_id].append((category, state, packed))

    def __getitem__(self, place: tuple[Key, int | str]) -> BranchSums:
        if place not in self._branches:
            self._branches[place] = self._summed(place)
        return self._branches[place]

    def __iter__(self) -> Iterator[tuple[Key, int | str]]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def _summed(self, place: tuple[Key, int | str]) -> BranchSums:
        if place not in self._answers:
            raise KeyError(place)
        groups: dict[tuple[str, str], list[Packed]] = defaultdict(list)
        for category, state, packed in self._answers[place]:
            groups[category, state].append(packed)
        tally = Tally()
        for (category, state), answers in groups.items():
            tally.add_units(category, state, answers)
        return tally.branch(len(self._plans[place[1]]))


def gather(
    tasks: Sequence[Task | JoinedTask],
    top: Organization,
    by: str,
    tree: str,
    today: date,
    with_units: bool = False,
    inner: frozenset[int] = frozenset(),
    leaned_on: Sequence[Task] = (),
) -> RowSums:
    """The sums of each row for each task. Sums of branches are read from summaries if they answer the query.

    `inner`: organizations with a subtotal of their own, beside which these sums are shown. `leaned_on`: tasks before the
    stretch of the query, for which units' answers are read too, but which make no row and no sum.
    """
    is_joined = any(isinstance(task, JoinedTask) for task in tasks)
    if tree == THEN and by in (SELF, CHILDREN) and not with_units and not is_joined:
        return _from_summaries(tasks, top, by)
    return _from_leaves(tasks, top, by, tree, today, with_units, inner, leaned_on)


def _titles() -> dict[str, str]:
    return {
        "own": _("%(name)s itself"),
        "no_line": _("No line of industry"),
        "gone": _("Closed since, without successor"),
        "unshared": _("Split since, no shares recorded"),
        **{category.value: str(category.label) for category in UnitCategory},
    }


def _days(tasks: Iterable[Task]) -> dict[int, date]:
    return {task.id: task.period.last_day for task in tasks}


# --- from summaries: as many reads as the organization has children -------------------------------------------------


def _from_summaries(tasks: Sequence[Task], top: Organization, by: str) -> RowSums:
    days, found, sums, nodes = _days(tasks), set(), {}, {}
    forests = children_over(top, set(days.values()))
    trees = {task: forests[days[task.id]] for task in tasks}
    summed = branches_of_tasks({task: _inner_in(tree, top.id, by) for task, tree in trees.items()})
    answers = _answers(trees, top.id, by)
    for task, tree in trees.items():
        for key, branch in _task_branches(task, tree, top.id, by, summed[task.id], answers[task.id]).items():
            sums[key, task.id] = branch
            found.add(key)
        nodes |= tree.nodes
    latest = forests[max(forests)] if forests else Tree([])
    inner = {org_id for tree in forests.values() for org_id in tree.inner_ids()}
    return RowSums(partial(in_order, by, latest, node_of(top, latest), found, _titles(), nodes, inner), sums)


def _inner_in(tree: Tree, top_id: int, by: str) -> list[int]:
    """The organizations whose summaries answer: the organization itself and, for rows by child, its inner children."""
    children = [node.id for node in tree.children(top_id) if tree.is_inner(node.id)] if by == CHILDREN else []
    return [top_id, *children] if tree.is_inner(top_id) else children


def _task_branches(
    task: Task, tree: Tree, top_id: int, by: str, summed: dict[int, BranchSums], answers: list[tuple]
) -> dict[Key, BranchSums]:
    """The organization's own row and its children for one task; children of which nobody was asked are left out."""
    found: dict[Key, BranchSums] = {
        ("branch", org_id): branch for org_id, branch in summed.items() if org_id != top_id and branch.expected
    }
    size = len(plan_of(task.layout))
    for org_id, category, state, packed in answers:
        key = ("own", org_id) if org_id == top_id else ("branch", org_id)
        found[key] = _leaf_branch(category, state, packed, size)
    total = summed.get(top_id) or found.get(("own", top_id)) or Tally().branch(size)
    if by == SELF:
        found.pop(("own", top_id), None)
    return {("total", top_id): total, **found}


def _answers(trees: dict[Task, Tree], top_id: int, by: str) -> dict[int, list[tuple]]:
    """Task id -> (organization, category, state, measures) of the units directly below, and of the organization itself."""
    leaves = {
        task.id: {node.id for node in tree.children(top_id) if not tree.is_inner(node.id)} if by == CHILDREN else set()
        for task, tree in trees.items()
    }
    found: dict[int, list[tuple]] = {task.id: [] for task in trees}
    rows = Submission.objects.filter(task_id__in=leaves, organization_id__in={top_id}.union(*leaves.values()))
    for task_id, org_id, category, state, *packed in rows.values_list(*LEAF_FIELDS):
        if org_id == top_id or org_id in leaves[task_id]:
            found[task_id].append((org_id, category, state, Packed(*packed)))
    return found


def _leaf_branch(category: str, state: str, packed: Packed, size: int) -> BranchSums:
    tally = Tally()
    tally.add_units(category, state, [packed])
    return tally.branch(size)


# --- from leaves: any grouping, any tree ----------------------------------------------------------------------------


def placing_of(
    top: Organization,
    by: str,
    tree: str,
    today: date,
    days: Collection[date],
    inner: frozenset[int] = frozenset(),
    leaned_on: Collection[date] = (),
) -> NowPlaces | ThenPlaces:
    """The function that finds the rows of a leaf, under the tree of then or of now.

    `leaned_on`: further days, which make no row.
    """
    thens = {day: forest_on(top, day) for day in sorted({*days, *leaned_on})}
    return NowPlaces(top, by, today, thens) if tree == NOW else ThenPlaces(top, by, thens, inner, days)


def _from_leaves(
    tasks: Sequence[Task | JoinedTask],
    top: Organization,
    by: str,
    tree: str,
    today: date,
    with_units: bool,
    inner: frozenset[int],
    leaned_on: Sequence[Task],
) -> RowSums:
    days = _days([*tasks, *leaned_on])
    asked = set(_days(tasks).values())
    placing = placing_of(top, by, tree, today, asked, inner, set(days.values()) - asked)
    plans = {task.id: plan_of(task.layout) for task in (*tasks, *leaned_on)}
    row_sums = RowSums(list, Sums(plans))
    _put(row_sums, tasks, placing, days, with_units)
    found = {key for key, _task_id in row_sums.sums}
    row_sums.estimated, row_sums.emptied, row_sums.notes = set(placing.estimated), placing.emptied(found), list(placing.notes)
    row_sums.inner = placing.inner
    row_sums.order = partial(
        in_order,
        by, placing.tree, node_of(top, placing.tree), found | row_sums.emptied, _titles(), placing.elsewhere, placing.above,
    )  # fmt: skip
    _put(row_sums, leaned_on, placing, days, with_units)
    return row_sums


def _put(
    row_sums: RowSums,
    tasks: Sequence[Task | JoinedTask],
    placing: NowPlaces | ThenPlaces,
    days: Mapping[int | str, date],
    with_units: bool,
) -> None:
    """Adds every answer to the tasks to the rows in which it counts."""
    plans = {task.id: plan_of(task.layout) for task in tasks}
    for task_id, org_id, category, state, packed in _leaves(tasks) if tasks else ():
        if with_units:
            row_sums.answers[org_id, task_id] = UnitAnswer(state, packed, category)
        for key, part, shares in placing.places(days[task_id], org_id, category, packed, plans[task_id]):
            row_sums.sums.put(key, task_id, category, state, part)
            if shares is not None:
                row_sums.portions[key, task_id].append(Portion(org_id, shares, UnitAnswer(state, packed, category)))
            if with_units:
                row_sums.units[key][org_id][task_id] = UnitAnswer(state, part, category)


def _leaves(tasks: Sequence[Task | JoinedTask]) -> Iterator[tuple[int | str, int, str, str, Packed]]:
    """(task, organization, category, state, measures) of every unit."""
    joins = [task for task in tasks if isinstance(task, JoinedTask)]
    rows = Submission.objects.filter(task_id__in=[task.id for task in tasks if not isinstance(task, JoinedTask)])
    for task_id, org_id, category, state, *vectors in rows.values_list(*LEAF_FIELDS).iterator(chunk_size=4000):
        yield task_id, org_id, category, state, Packed(*vectors)
    if joins:
        yield from joined_leaves(joins)
