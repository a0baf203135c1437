"""Finds the next reviewing organization: the nearest one above with a reviewer, up to the county."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from orgs.accounts.access import REVIEWING
from orgs.models import Placement, Post
from orgs.tree.queries import counted_on, held_on, placed_on
from orgs.tree.trees import ids_of
from submissions.models import HandOver, Task


@dataclass(frozen=True)
class Lines:
    """The lines of ancestors of units on a period's last day and today, and which organizations have a reviewer today."""

    county_id: int
    then: dict[int, list[int]]  # nearest first, without the unit itself
    today: dict[int, list[int]]
    standing: Container[int]  # organizations placed today
    with_reviewer: Container[int]
    handed_over: Container[int] = ()  # units whose report for the task went to another reviewer when they were moved

    def line_of(self, organization_id: int) -> list[int]:
        """The line of the period; where somebody on it is gone today, today's line; what is gone is left out of both."""
        line = self.then.get(organization_id, [])
        if any(above not in self.standing for above in line):
            line = self.today.get(organization_id, line)
        return [above for above in line if above in self.standing] or [self.county_id]

    def line_today(self, organization_id: int) -> list[int]:
        """Who stands above the unit today; of a unit that is gone, who stood above it in the period."""
        return [above for above in self.today.get(organization_id, ()) if above in self.standing] or self.line_of(
            organization_id
        )

    def next_above(self, organization_id: int, level: int | None = None) -> int:
        """The nearest organization above (strictly above `level`, where given) with a reviewer; without any the county.

        A report that was handed over because its unit was moved keeps to today's line.
        """
        is_handed_over = organization_id in self.handed_over
        line = self.line_today(organization_id) if is_handed_over else self.line_of(organization_id)
        if level in line:
            line = line[line.index(level) + 1 :]
        return self._first_with_reviewer(line)

    def next_today(self, organization_id: int, level: int | None = None) -> int:
        """The nearest organization above the unit today (strictly above `level`, where given) with a reviewer; else the county."""
        line = self.line_today(organization_id)
        return self._first_with_reviewer(line[line.index(level) + 1 :] if level in line else line)

    def _first_with_reviewer(self, line: Iterable[int]) -> int:
        return next((above for above in line if above in self.with_reviewer), self.county_id)


def lines_for(task: Task, organization_ids: Iterable[int], today: date) -> Lines:
    """The lines of many units of one task, in five queries."""
    wanted = list(organization_ids)
    then = _lines(task, wanted, counted_on(task.period.last_day))
    now = _lines(task, wanted, placed_on(today))
    above = {one for lines in (then, now) for line in lines.values() for one in line} | {task.county_id}
    standing = Placement.objects.filter(placed_on(today), county_id=task.county_id, organization_id__in=above)
    posts = Post.objects.filter(held_on(today), organization_id__in=above, role__in=REVIEWING, user__is_active=True)
    handed_over = HandOver.objects.filter(
        county_id=task.county_id, submission__task=task, submission__organization_id__in=wanted
    )
    return Lines(
        task.county_id,
        then,
        now,
        frozenset(standing.values_list("organization_id", flat=True)),
        frozenset(posts.values_list("organization_id", flat=True)),
        frozenset(handed_over.values_list("submission__organization_id", flat=True)),
    )


def _lines(task: Task, organization_ids: list[int], condition: Q) -> dict[int, list[int]]:
    rows = Placement.objects.filter(condition, county_id=task.county_id, organization_id__in=organization_ids)
    return {org_id: ids_of(path)[-2::-1] for org_id, path in rows.values_list("organization_id", "path")}
