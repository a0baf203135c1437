"""Removes submissions that nobody owes any more: not begun, of units without a place on the period's last day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from audit.recorder import record
from orgs.county_rows import delete_rows
from orgs.models import Placement, User
from orgs.tree.dependants import DroppedReport
from orgs.tree.queries import placed_on
from orgs.tree.spans import batched
from submissions.choices import State
from submissions.core.change_records import subject_of
from submissions.models import Submission, Task


@transaction.atomic
def drop_unplaced(*, organization_ids: Collection[int], by: User, at: datetime) -> list[DroppedReport]:
    """After places were ended. Opening the task again would do the same; until then the unit would be missing in no sum."""
    blank: dict[Task, list[Submission]] = defaultdict(list)
    for some in batched(sorted(organization_ids)):
        rows = Submission.objects.filter(organization_id__in=some, state=State.BLANK, versions=None, reviews=None)
        for submission in rows.select_related("task__form").defer("task__layout").order_by("pk"):
            blank[submission.task].append(submission)
    dropped = []
    for task, submissions in blank.items():
        period = task.period
        units = [submission.organization_id for submission in submissions]
        placed = Placement.objects.filter(placed_on(period.last_day), county_id=task.county_id, organization_id__in=units)
        standing = set(placed.values_list("organization_id", flat=True))
        for submission in submissions:
            if submission.organization_id not in standing:
                dropped.append(DroppedReport(submission.organization_id, task.form.title, period.label))
                _drop(submission, by=by, at=at)
    return dropped


def _drop(submission: Submission, *, by: User, at: datetime) -> None:
    record(
        "submission.dropped", by=by, at=at, county_id=submission.county_id, subject=subject_of(submission),
        organization_id=submission.organization_id, data={"_task": submission.task_id},
    )  # fmt: skip
    delete_rows(Submission.objects.filter(pk=submission.pk, state=State.BLANK), submission.county_id)
