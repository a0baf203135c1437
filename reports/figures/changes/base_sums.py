"""The sums that rows of units are compared with: of branches from summaries, of units from their stored answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from orgs.models import Organization
from reports.figures.changes.unit_answers import TaskAnswers, answers_to
from reports.figures.plan.rows import Key
from reports.figures.sums.aggregation import RowSums
from reports.figures.sums.branch_lines import branch_members
from reports.figures.sums.branch_sums import BranchSums
from reports.figures.sums.summaries import branches_of_tasks
from submissions.models import Task

Place = tuple[Key, int]  # row, task


def base_of_units(tasks: Sequence[Task], top: Organization) -> RowSums:
    """The same sums as `aggregation.gather` finds for rows by unit on the tree of then, without the rows.

    Tasks of the county of `top`.
    """
    days = {task.id: task.period.last_day for task in tasks}
    members = branch_members(top.county_id, set(days.values()), top.id)
    inner = {task: _inner(members[days[task.id]], top.id) for task in tasks}
    summed = branches_of_tasks({task: found for task, found in inner.items() if found})
    placed = {day: frozenset().union(*found.values()) for day, found in members.items()}
    return RowSums(list, BaseSums(summed, answers_to(tasks), {task_id: placed[day] for task_id, day in days.items()}))


def _inner(members: Mapping[int, frozenset[int]], top_id: int) -> list[int]:
    """The organization and its children that have others below them."""
    children = [child_id for child_id, found in members.items() if child_id != top_id and len(found) > 1]
    return [top_id, *children] if len(members) > 1 else []


class BaseSums(Mapping[Place, BranchSums]):
    """Row and task -> its sums, computed on demand. `placed`: who was placed in the branch on the task's day."""

    def __init__(
        self,
        summed: Mapping[int, Mapping[int, BranchSums]],
        answers: Mapping[int, TaskAnswers],
        placed: Mapping[int, Collection[int]],
    ):
        self._summed, self._answers, self._placed = summed, answers, placed

    def __getitem__(self, place: Place) -> BranchSums:
        """The sums of a row. A row of units that were asked nothing has none; a unit with nobody below it is its own branch."""
        (kind, org_id), task_id = place
        found = self._summed.get(task_id, {}).get(org_id) if kind in ("total", "branch") else None
        if found is None and org_id in self._placed[task_id]:
            found = self._answers[task_id].branch_of(org_id)
        if found is None:
            raise KeyError(place)
        return found

    def __iter__(self) -> Iterator[Place]:
        raise TypeError("the rows of a base are those of what is compared with it")

    def __len__(self) -> int:
        return len(self._answers)
