"""Which units count in which row of a set of tasks, with their answers: under the tree of then, or with successors of today."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from indicators.measures.document_measures import Plan, plan_of
from indicators.measures.vectors import LANE_BYTES
from orgs.models import Organization
from reports.figures.changes.unit_answers import Entry, TaskAnswers, answers_to, packed
from reports.figures.plan.rows import CHILDREN, SELF, UNITS, Key, keys_for
from reports.figures.sums.aggregation import NOW, THEN, placing_of
from reports.figures.sums.branch_lines import branch_members
from submissions.core.packed_measures import Packed
from submissions.models import Task

Members = Mapping[Key, Collection[int]]


@dataclass(frozen=True)
class Grouping:
    """The rows of a query: below which organization, by what, under which tree.

    `inner`: see `reports.figures.plan.rows.keys_for`.
    """

    top: Organization
    by: str
    tree: str
    today: date
    inner: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Answering:
    """One task: all answers, and the units of each row. `alone`: the units that each have a row of their own."""

    answers: TaskAnswers
    members: Members
    alone: Collection[int] = frozenset()

    def units_of(self, key: Key) -> Collection[int]:
        kind, org_id = key
        return (org_id,) if kind == "unit" and org_id in self.alone else self.members.get(key, ())


def answering(tasks: Collection[Task], grouping: Grouping) -> dict[int, Answering]:
    """Task id -> the units of each row. Under the tree of now an answer belongs to today's successor of its unit."""
    answers = answers_to(tasks)
    days = {task.id: task.period.last_day for task in tasks}
    if grouping.tree == NOW:
        return _by_heirs({task.id: plan_of(task.layout) for task in tasks}, answers, days, grouping)
    if grouping.by in (SELF, CHILDREN, UNITS) and {task.county_id for task in tasks} == {grouping.top.county_id}:
        stood = branch_members(grouping.top.county_id, set(days.values()), grouping.top.id)
        rows = {day: _of_branches(members, grouping.top.id) for day, members in stood.items()}
        alone = {day: found["total", grouping.top.id] if grouping.by == UNITS else frozenset() for day, found in rows.items()}
        return {task_id: Answering(one, rows[days[task_id]], alone[days[task_id]]) for task_id, one in answers.items()}
    plans = {task.id: plan_of(task.layout) for task in tasks}
    placing = placing_of(grouping.top, grouping.by, THEN, grouping.today, set(days.values()), grouping.inner)
    return {task_id: Answering(one, _placed(one, placing, days[task_id], plans[task_id])) for task_id, one in answers.items()}


def _of_branches(members: Mapping[int, frozenset[int]], top_id: int) -> Members:
    """The rows of branches. `members`: child -> everybody in its branch; the organization itself -> itself."""
    rows: dict[Key, Collection[int]] = {("total", top_id): frozenset().union(*members.values()), ("own", top_id): {top_id}}
    return rows | {("branch", child_id): found for child_id, found in members.items() if child_id != top_id}


def _placed(answers: TaskAnswers, placing, day: date, plan: Plan) -> Members:
    members: dict[Key, set[int]] = defaultdict(set)
    for org_id, category in zip(answers.unit_ids, answers.categories, strict=True):
        for placed in placing.places(day, org_id, category, Packed(), plan):
            members[placed.key].add(org_id)
    return members


# --- under the tree of now ------------------------------------------------------------------------------------------


def _by_heirs(
    plans: Mapping[int, Plan], answers: Mapping[int, TaskAnswers], days: Mapping[int, date], grouping: Grouping
) -> dict[int, Answering]:
    placing = placing_of(grouping.top, UNITS, NOW, grouping.today, set(days.values()))
    keys = keys_for(grouping.by, placing.tree, grouping.top.id)
    found = {}
    for task_id, one in answers.items():
        entries = list(_inherited(one, placing, days[task_id], plans[task_id]))
        members: dict[Key, set[int]] = defaultdict(set)
        for unit_id in {entry[0] for entry in entries}:
            for key in keys(unit_id):
                members[key].add(unit_id)
        found[task_id] = Answering(packed(entries, one.size), members)
    return found


def _inherited(answers: TaskAnswers, placing, day: date, plan: Plan) -> Iterator[Entry]:
    """Each answer with today's successors, in their shares; an answer without a successor belongs to nobody."""
    width = answers.size * LANE_BYTES
    for number, (org_id, category) in enumerate(zip(answers.unit_ids, answers.categories, strict=True)):
        vectors = [both[number * width : (number + 1) * width] for both in (answers.sent, answers.approved)]
        for placed in placing.places(day, org_id, category, Packed(*vectors), plan):
            if placed.key[0] in ("unit", "own"):
                yield placed.key[1], category, placed.packed.measures, placed.packed.over_approved
