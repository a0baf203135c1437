"""Every unit's own answer to a set of tasks, by who carries it and by the rows it counts in. Adds up only what it is told to."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.layouts import Line
from indicators.measures import plan_of
from indicators.periods import read_period
from indicators.vectors import Totals, as_integer, is_answered, is_not_applicable
from orgs.models import Organization
from reports.cells import APPROVED
from reports.gathering import NOW, Unit, placing_of
from reports.rows import UNITS, Key, keys_for
from reports.summaries import Branch
from submissions.kinds import STANDING, State
from submissions.models import Submission, Task


@dataclass(frozen=True)
class Grouping:
    """Which rows are asked: below whom, by what, under which tree. `inner`: see `reports.rows.keys_for`."""

    top: Organization
    by: str
    tree: str
    today: date
    inner: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one unit owes a task and said to it. `stands`: None where nothing counts on the basis asked."""

    unit_category: str
    sent: bytes | None
    stands: bytes | None

    def gives(self, lanes: Sequence[int]) -> bool:
        """True where every one of these numbers counts."""
        return self.stands is not None and all(is_answered(self.stands, lane) for lane in lanes)

    def is_excused(self, lanes: Sequence[int]) -> bool:
        """不适用 is an answer that owes nothing."""
        return self.sent is not None and any(is_not_applicable(self.sent, lane) for lane in lanes)


class UnitAnswers:
    """Answers to all tasks in one reading. A unit is who carries the answer: under the tree of now an heir may carry several."""

    def __init__(self, tasks: Collection[Task], grouping: Grouping, basis: str):
        self._tasks = {task.id: task for task in tasks}
        self._leaves: dict[int, dict[int, list[Leaf]]] = {task_id: defaultdict(list) for task_id in self._tasks}
        self._members: dict[int, dict[Key, set[int]]] = {task_id: defaultdict(set) for task_id in self._tasks}
        self._given: dict[tuple, tuple[set[int], set[int]]] = {}
        self._sums: dict[tuple[int, frozenset[int]], Branch] = {}
        places = _Places(self._tasks.values(), grouping)
        for task_id, org_id, leaf in _leaves(self._tasks, basis, places.organization_ids):
            for unit_id, keys, one in places.of(task_id, org_id, leaf):
                self._leaves[task_id][unit_id].append(one)
                for key in keys:
                    self._members[task_id][key].add(unit_id)

    def given(self, task_id: int, line: Line, lanes: tuple[int, ...], key: Key) -> tuple[set[int], set[int]]:
        """The units of a row that gave all these numbers, and those that owe them still."""
        place = task_id, lanes
        if place not in self._given:
            self._given[place] = _given(self._leaves[task_id], line, lanes)
        gave, owing = self._given[place]
        members = self._members[task_id][key]
        return gave & members, owing & members

    def sum_of(self, task_id: int, units: frozenset[int]) -> Branch:
        """What these units gave together."""
        if (task_id, units) not in self._sums:
            leaves = self._leaves[task_id]
            standing = (leaf.stands for unit_id in units for leaf in leaves.get(unit_id, ()) if leaf.stands is not None)
            totals = Totals(sum(map(as_integer, standing)), len(plan_of(self._tasks[task_id].layout)))
            self._sums[task_id, units] = Branch(totals, totals, {})
        return self._sums[task_id, units]

    def answers_of(self, task_ids: Collection[int], units: Collection[int]) -> dict[int, dict[int, Unit]]:
        """Unit -> task -> its own answer, as `reports.cells` reads it where sums do not tell."""
        found: dict[int, dict[int, Unit]] = {}
        for unit_id in units:
            found[unit_id] = {
                task_id: Unit(State.APPROVED, self.sum_of(task_id, frozenset([unit_id])).approved.to_bytes())
                for task_id in task_ids
            }
        return found


def _given(leaves: dict[int, list[Leaf]], line: Line, lanes: tuple[int, ...]) -> tuple[set[int], set[int]]:
    gave, owing = set(), set()
    for unit_id, parts in leaves.items():
        for leaf in parts:
            if leaf.gives(lanes):
                gave.add(unit_id)
            elif line.asks(leaf.unit_category) and not leaf.is_excused(lanes):
                owing.add(unit_id)
    return gave, owing


def _leaves(tasks: dict[int, Task], basis: str, organization_ids: Collection[int] | None) -> Iterator[tuple[int, int, Leaf]]:
    """Task, organization, answer of every unit that owes one. The one place that knows which vector counts on which basis."""
    rows = Submission.objects.filter(task_id__in=list(tasks)).exclude(state=State.EXEMPT)
    if organization_ids is not None:
        rows = rows.filter(organization_id__in=organization_ids)
    fields = ("task_id", "organization_id", "unit_category", "state", "standing__measures")
    for task_id, org_id, category, state, vector in rows.values_list(*fields).iterator(chunk_size=4000):
        sent = bytes(vector) if vector is not None and state in STANDING else None
        stands = sent if basis != APPROVED or state == State.APPROVED else None
        yield task_id, org_id, Leaf(category, sent, stands)


class _Places:
    """Who carries an answer, and in which rows."""

    def __init__(self, tasks: Collection[Task], grouping: Grouping):
        self._days = {task.id: read_period(task.period).last_day for task in tasks}
        by = UNITS if grouping.tree == NOW else grouping.by
        self._placing = placing_of(grouping.top, by, grouping.tree, grouping.today, set(self._days.values()), grouping.inner)
        self._is_now = grouping.tree == NOW
        self._keys = keys_for(grouping.by, self._placing.tree, grouping.top.id)
        is_whole = self._is_now or grouping.top.id == grouping.top.county_id
        self.organization_ids = None if is_whole else [*self._placing.elsewhere, grouping.top.id]

    def of(self, task_id: int, org_id: int, leaf: Leaf) -> Iterator[tuple[int, Sequence[Key], Leaf]]:
        day = self._days[task_id]
        if not self._is_now:
            keys = [key for key, _vector in self._placing.places(day, org_id, None)]
            if keys:
                yield org_id, keys, leaf
            return
        for unit_id, sent in self._heirs(day, org_id, leaf.sent):
            yield unit_id, self._keys(unit_id), Leaf(leaf.unit_category, sent, sent if leaf.stands is not None else None)

    def _heirs(self, day: date, org_id: int, sent: bytes | None) -> Iterator[tuple[int, bytes | None]]:
        """Those of today who take the answer over, each with its share of it; what stands apart is nobody's."""
        for (kind, unit_id), part in self._placing.places(day, org_id, sent):
            if kind in ("unit", "own"):
                yield unit_id, part
