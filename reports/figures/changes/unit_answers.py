"""Every unit's own answer to a task, packed side by side so that a query over thousands of units takes microseconds."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from indicators.layout import Line
from indicators.measures.document_measures import plan_of
from indicators.measures.vectors import (
    LANE_BYTES,
    Totals,
    answered_flags,
    as_integer,
    lane_sums,
    not_applicable_flags,
    read_totals,
)
from orgs.moments import one_moment
from reports.figures.output.cells import APPROVED
from reports.figures.plan.joined_forms import JoinedTask, joined_leaves
from reports.figures.sums.branch_sums import BranchSums
from submissions.choices import State
from submissions.core.count_stamps import stamps_of
from submissions.core.packed_measures import PACKED_FIELDS, Packed
from submissions.models import Submission, Task


@dataclass(frozen=True)
class TaskAnswers:
    """The answers of all units that owe a task. For each entry: its unit, its category, its vectors.

    `sent` and `approved` are the vectors of all entries one after the other; zeros where nothing counts.
    """

    size: int  # lanes of a vector
    unit_ids: Sequence[int]
    categories: Sequence[str]
    sent: bytes
    approved: bytes

    def vectors(self, basis: str) -> bytes:
        return self.approved if basis == APPROVED else self.sent

    def given(self, line: Line, lanes: Collection[int], basis: str) -> tuple[set[int], set[int]]:
        """The units that gave all these numbers, and those that still owe them. 不适用 is an answer that owes nothing."""
        gave, excused = self._ones, 0
        for lane in lanes:
            gave &= answered_flags(self.vectors(basis), self.size, lane)
            excused |= not_applicable_flags(self.sent, self.size, lane)
        return self._units(gave), self._units(self._owing(line) & ~(gave | excused))

    def asked(self, line: Line) -> set[int]:
        """The units that owe the line, whether or not they gave it."""
        return self._units(self._owing(line))

    def sum_of(self, units: Collection[int], lanes: Collection[int], basis: str) -> BranchSums:
        """The sum of these units' answers in these lanes; the others are 0."""
        chosen = bytes(map(units.__contains__, self.unit_ids))
        totals = Totals(lane_sums(self.vectors(basis), self.size, lanes, chosen), self.size)
        return BranchSums(totals, totals, {})

    def branch_of(self, unit_id: int) -> BranchSums | None:
        """The sums of one unit that owes the task, from its first answer; None if it owes nothing."""
        number = self._numbers.get(unit_id)
        if number is None:
            return None
        cut = slice(number * self.size * LANE_BYTES, (number + 1) * self.size * LANE_BYTES)
        sent, approved = (read_totals(vectors[cut]) for vectors in (self.sent, self.approved))
        return BranchSums(sent, approved, {self.categories[number]: 1})

    def vectors_of(self, units: Collection[int], basis: str) -> dict[int, bytes]:
        """Unit -> its vectors; the sum if it carries several answers."""
        width, vectors = self.size * LANE_BYTES, self.vectors(basis)
        found: dict[int, int] = {}
        for number, unit_id in enumerate(self.unit_ids):
            if unit_id in units:
                found[unit_id] = found.get(unit_id, 0) + as_integer(vectors[number * width : (number + 1) * width])
        return {unit_id: vector.to_bytes(width, "little") for unit_id, vector in found.items()}

    @property
    def bytes_kept(self) -> int:
        return len(self.sent) + (0 if self.approved is self.sent else len(self.approved))

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {unit_id: number for number, unit_id in reversed(list(enumerate(self.unit_ids)))}

    @cached_property
    def _ones(self) -> int:
        return as_integer(b"\1" * len(self.unit_ids))

    def _owing(self, line: Line) -> int:
        if not line.unit_categories:
            return self._ones
        asks = {category: line.asks(category) for category in set(self.categories)}
        return as_integer(bytes(map(asks.__getitem__, self.categories)))

    def _units(self, flags: int) -> set[int]:
        return set(compress(self.unit_ids, flags.to_bytes(len(self.unit_ids), "little")))


# Answers cached in this process, by their stamps: a stamp is never drawn twice, so a cached answer is never stale.
_remembered: OrderedDict[tuple[int, int, int], TaskAnswers] = OrderedDict()
_MOST_BYTES = 64_000_000  # ten quarters of 3,000 units with sixty figures, where not all of them are approved


@one_moment()
def answers_to(tasks: Collection[Task | JoinedTask]) -> dict[int | str, TaskAnswers]:
    """Task id -> its answers; those without a change are not read again. Two queries whatever the number."""
    joins = [task for task in tasks if isinstance(task, JoinedTask)]
    found = _answers_to([task for task in tasks if not isinstance(task, JoinedTask)])
    return found | _joined(joins) if joins else found


def _joined(joins: Sequence[JoinedTask]) -> dict[str, TaskAnswers]:
    """Joined forms, always read from their documents."""
    entries: dict[str, list[Entry]] = {join.id: [] for join in joins}
    for join_id, org_id, category, state, one in joined_leaves(joins):
        entries[join_id].append((org_id, category, one.counted(state, False), one.counted(state, True)))
    return {join.id: packed(entries[join.id], len(plan_of(join.layout))) for join in joins}


def _answers_to(tasks: Collection[Task]) -> dict[int, TaskAnswers]:
    stamps = {task_id: (task_id, *found) for task_id, found in stamps_of(tasks).items()}
    known = {task_id: _remembered.get(place) for task_id, place in stamps.items()}
    found = {task_id: one for task_id, one in known.items() if one is not None}
    unread = [task for task in tasks if task.id not in found]
    found |= _read(unread) if unread else {}
    for task_id, place in stamps.items():
        _remembered.pop(place, None)
        _remembered[place] = found[task_id]  # the most recently used is removed last
    while len(_remembered) > 1 and sum(one.bytes_kept for one in list(_remembered.values())) > _MOST_BYTES:
        _remembered.popitem(last=False)
    return found


def _read(tasks: Sequence[Task]) -> dict[int, TaskAnswers]:
    """Reads the answers; `submissions.core.packed_measures` decides what counts on which basis."""
    rows = Submission.objects.filter(
        county_id__in={task.county_id for task in tasks}, task_id__in=[task.id for task in tasks]
    ).exclude(state=State.EXEMPT)
    fields = ("task_id", "organization_id", "unit_category", "state", *PACKED_FIELDS)
    entries: dict[int, list[Entry]] = {task.id: [] for task in tasks}
    for task_id, org_id, category, state, *vectors in rows.values_list(*fields).iterator(chunk_size=4000):
        packed_vectors = Packed(*vectors)
        sent, approved = (packed_vectors.counted(state, approved_only) for approved_only in (False, True))
        entries[task_id].append((org_id, category, sent, approved))
    return {task.id: packed(entries[task.id], len(plan_of(task.layout))) for task in tasks}


Entry = tuple[int, str, bytes | None, bytes | None]  # unit, category, what was sent, what is approved


def packed(entries: Sequence[Entry], size: int) -> TaskAnswers:
    nothing = bytes(size * LANE_BYTES)
    sent = b"".join([entry[2] or nothing for entry in entries])
    approved = b"".join([entry[3] or nothing for entry in entries])
    return TaskAnswers(
        size, [entry[0] for entry in entries], [entry[1] for entry in entries], sent, sent if approved == sent else approved
    )
