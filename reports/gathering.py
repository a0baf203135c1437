"""Gathers the sums of every row for a set of tasks, under the tree of then or of now. Knows no column and prints nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from indicators.measures import Plan, plan_of
from indicators.periods import read_period
from orgs.kinds import UnitCategory
from orgs.models import Organization, Placement
from orgs.queries import placed_on
from orgs.successions import Heirs, successors_now
from orgs.trees import Node, Tree
from reports.rows import CHILDREN, SELF, Key, RowHead, in_order, keys_for
from reports.summaries import Branch, Tally, branches_of_tasks
from reports.trees import children_over, counties_below, forest_on, node_of
from submissions.kinds import STANDING
from submissions.models import Submission, Task
from submissions.packed import PACKED_FIELDS, Packed

THEN, NOW = "then", "now"
_LEAF_FIELDS = ("task_id", "organization_id", "unit_category", "state", *PACKED_FIELDS)


@dataclass(frozen=True)
class Unit:
    """One unit's standing answer to one task."""

    state: str
    packed: Packed


@dataclass
class Gathered:
    """The rows in order, the sums of each row and task, and — where asked for — every unit's own answer behind them."""

    heads: list[RowHead]
    sums: dict[tuple[Key, int], Branch]
    units: dict[Key, dict[int, dict[int, Unit]]] = field(default_factory=dict)  # row -> organization -> task -> answer
    estimated: set[Key] = field(default_factory=set)
    emptied: set[Key] = field(default_factory=set)  # rows whose figures all moved elsewhere since
    notes: list[str] = field(default_factory=list)
    inner: frozenset[int] = frozenset()  # organizations with a subtotal, where rows are units on the tree of then


def gather(
    tasks: Sequence[Task],
    top: Organization,
    by: str,
    tree: str,
    today: date,
    with_units: bool = False,
    inner: frozenset[int] = frozenset(),
) -> Gathered:
    """The sums of each row for each task. Sums of branches are read from summaries where that answers the question.

    `inner`: organizations that have a subtotal of their own beside which these sums are to stand.
    """  # fmt: skip
    if tree == THEN and by in (SELF, CHILDREN) and not with_units:
        return _from_summaries(tasks, top, by)
    return _from_leaves(tasks, top, by, tree, today, with_units, inner)


def _titles() -> dict[str, str]:
    return {
        "own": _("%(name)s itself"),
        "no_line": _("No line of industry"),
        "gone": _("Closed since, without successor"),
        "unshared": _("Split since, no shares recorded"),
        **{category.value: str(category.label) for category in UnitCategory},
    }


def _days(tasks: Iterable[Task]) -> dict[int, date]:
    return {task.id: read_period(task.period).last_day for task in tasks}


# --- from summaries: as many reads as the organization has children -------------------------------------------------


def _from_summaries(tasks: Sequence[Task], top: Organization, by: str) -> Gathered:
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
    return Gathered(in_order(by, latest, node_of(top, latest), found, _titles(), nodes), sums)


def _inner_in(tree: Tree, top_id: int, by: str) -> list[int]:
    """Whose summaries answer: the organization itself and, for rows by child, its inner children."""
    children = [node.id for node in tree.children(top_id) if tree.is_inner(node.id)] if by == CHILDREN else []
    return [top_id, *children] if tree.is_inner(top_id) else children


def _task_branches(
    task: Task, tree: Tree, top_id: int, by: str, summed: dict[int, Branch], answers: list[tuple]
) -> dict[Key, Branch]:
    """The organization's own row and its children for one task; children without anybody asked are left out."""
    found: dict[Key, Branch] = {
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
    for task_id, org_id, category, state, *packed in rows.values_list(*_LEAF_FIELDS):
        if org_id == top_id or org_id in leaves[task_id]:
            found[task_id].append((org_id, category, state, Packed(*packed)))
    return found


def _leaf_branch(category: str, state: str, packed: Packed, size: int) -> Branch:
    tally = Tally()
    tally.add_units(category, state, [packed])
    return tally.branch(size)


# --- from leaves: any grouping, any tree ----------------------------------------------------------------------------


def placing_of(top: Organization, by: str, tree: str, today: date, days: Collection[date], inner: frozenset[int] = frozenset()):
    """How a leaf finds its rows: `places(day, organization, vector)` under the tree of then or of now."""
    thens = {day: forest_on(top, day) for day in days}
    return _Now(top, by, today, thens) if tree == NOW else _Then(top, by, thens, inner)


def _from_leaves(
    tasks: Sequence[Task], top: Organization, by: str, tree: str, today: date, with_units: bool, inner: frozenset[int]
) -> Gathered:
    days = _days(tasks)
    placing = placing_of(top, by, tree, today, set(days.values()), inner)
    groups, units = defaultdict(list), defaultdict(lambda: defaultdict(dict))
    plans = {task.id: plan_of(task.layout) for task in tasks}
    for task_id, org_id, category, state, *vectors in _leaves(tasks):
        for key, part in placing.places(days[task_id], org_id, category, Packed(*vectors), plans[task_id]):
            groups[key, task_id, category, state].append(part)
            if with_units and part.measures is not None and state in STANDING:
                units[key][org_id][task_id] = Unit(state, part)
    tallies: dict[tuple[Key, int], Tally] = defaultdict(Tally)
    for (key, task_id, category, state), answers in groups.items():
        tallies[key, task_id].add_units(category, state, answers)
    sums = {place: tally.branch(len(plans[place[1]])) for place, tally in tallies.items()}
    found = {key for key, _task_id in sums}
    heads = in_order(by, placing.tree, node_of(top, placing.tree), found | placing.emptied(found), _titles(), placing.elsewhere)
    return Gathered(heads, sums, units, placing.estimated, placing.emptied(found), placing.notes, placing.inner)


def _leaves(tasks: Sequence[Task]):
    return Submission.objects.filter(task_id__in=[task.id for task in tasks]).values_list(
        *_LEAF_FIELDS
    ).iterator(chunk_size=4000)  # fmt: skip


class _Then:
    """Every leaf where it stood on its task's day."""

    def __init__(self, top: Organization, by: str, thens: dict[date, Tree], inner: frozenset[int]):
        self.tree = thens[max(thens)] if thens else Tree([])
        self.elsewhere: dict[int, Node] = {}
        for tree in thens.values():
            self.elsewhere |= tree.nodes
        self.inner = inner.union(*(tree.inner_ids() for tree in thens.values()))
        self._keys = {day: _remembering(keys_for(by, tree, top.id, self.inner)) for day, tree in thens.items()}
        self.estimated: set[Key] = set()
        self.notes: list[str] = []

    def places(self, day: date, org_id: int, category: str, packed: Packed, plan: Plan):
        """`category`: what the unit was when its task was opened."""
        return [(("category", category) if key[0] == "category" else key, packed) for key in self._keys[day](org_id)]

    def emptied(self, found: set[Key]) -> set[Key]:
        return set()


class _Now:
    """Every leaf where it, or what became of it, stands today; what had to be estimated is marked."""

    def __init__(self, top: Organization, by: str, today: date, thens: dict[date, Tree]):
        self._top, self._thens = top, thens
        self.inner: frozenset[int] = frozenset()  # both periods stand on the same tree
        self.tree = forest_on(top, today)
        self._names = {org_id: node.name for tree in thens.values() for org_id, node in tree.nodes.items()}
        self.elsewhere: dict[int, Node] = {}
        self._keys = _remembering(keys_for(by, self.tree, top.id))
        self._keys_then = {day: _remembering(keys_for(by, tree, top.id)) for day, tree in thens.items()}
        counties = counties_below(top, today)
        self._heirs = {day: _heirs_in(counties, today, day) for day in thens}
        standing = Placement.objects.filter(placed_on(today), county_id__in=counties)
        self._standing = frozenset(standing.values_list("organization_id", flat=True))
        self._left: set[Key] = set()
        self.estimated: set[Key] = set()
        self.notes: list[str] = []

    def places(self, day: date, org_id: int, category: str, packed: Packed, plan: Plan):
        """In the row of what the heir is today, whatever `category` the unit was."""
        self._left.update(key for key in self._keys_then[day](org_id) if key[0] == "branch" and key[1] in self.tree)
        heirs = self._heirs[day].get(org_id)
        if heirs is None:
            return self._placed(day, org_id, org_id, packed)
        if any(share is None for _heir_id, share in heirs):
            return self._apart(day, org_id, packed, "unshared")
        return self._inherited(day, org_id, heirs, packed, plan)

    def _placed(self, day: date, org_id: int, heir_id: int, packed: Packed):
        """In the heir's rows; nowhere where it stands outside this branch today; apart where it stands nowhere at all."""
        if heir_id in self.tree:
            return [(key, packed) for key in self._keys(heir_id)]
        return [] if heir_id in self._standing else self._apart(day, org_id, packed, "gone")

    def _apart(self, day: date, org_id: int, packed: Packed, why: str):
        """What cannot be given to anyone of today stays in the total, in a row of its own, and is named."""
        if not self._keys_then[day](org_id):
            return []
        self.notes.append(
            {
                "gone": _("%(name)s was closed without successor; its figures stand apart."),
                "unshared": _("%(name)s was split without recorded shares; its figures cannot be compared and stand apart."),
            }[why]
            % {"name": self._names.get(org_id, org_id)}
        )
        return [(("total", self._top.id), packed), (("apart", why), packed)]

    def _inherited(self, day: date, org_id: int, heirs: Heirs, packed: Packed, plan: Plan):
        """Shared out among all heirs, of which this branch keeps its own: an heir elsewhere takes its share with it."""
        shares = [share.as_integer_ratio() for _heir_id, share in heirs]
        parts = packed.shared_out(plan.widths, shares) if len(shares) > 1 else [packed]
        placed = []
        for (heir_id, _share), part in zip(heirs, parts, strict=True):
            found = self._placed(day, org_id, heir_id, part)
            self.estimated.update(key for key, _part in found if key[0] not in ("total", "apart"))
            placed += found
        return placed

    def emptied(self, found: set[Key]) -> set[Key]:
        return self._left - found


def _heirs_in(county_ids: Iterable[int], today: date, since: date) -> dict[int, Heirs]:
    """Organization -> its heirs, over all counties."""
    return {
        org_id: heirs for county_id in county_ids for org_id, heirs in successors_now(county_id, today, since=since).items()
    }


def _remembering(keys):
    """The same answer for the same organization without asking the tree twice."""
    known: dict[int, tuple[Key, ...]] = {}

    def ask(org_id: int) -> tuple[Key, ...]:
        if org_id not in known:
            known[org_id] = keys(org_id)
        return known[org_id]

    return ask
