"""Stamps of a task's reports and of the county's tree, under which a process may keep what it read of the task."""

from collections.abc import Collection

from django.db.models import F

from submissions.models import ChangeMark, Task

Stamps = tuple[int, int]  # of the county's change mark, and of its tree


def stamps_of(tasks: Collection[Task]) -> dict[int, Stamps]:
    """Task id -> its stamps: equal ones mean the same reports in the same places. In one query."""
    marks = ChangeMark.objects.filter(
        county_id__in={task.county_id for task in tasks},
        task_id__in=[task.id for task in tasks],
        organization_id=F("county_id"),
    )
    return {
        task_id: (stamp, tree_stamp)
        for task_id, stamp, tree_stamp in marks.values_list("task_id", "stamp", "county__tree_stamp")
    }
