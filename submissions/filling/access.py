"""The units of a task that a clerk above them fills on one grid: fetched in the county's order, or refused."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orgs.accounts.access import Refused, organization_to_see
from orgs.models import Organization, Placement, User
from orgs.tree.queries import branch_on, counted_on
from submissions.core.access import FILLING
from submissions.models import Submission, Task


@dataclass(frozen=True)
class GridToFill:
    """A task with the reports to fill below one organization."""

    task: Task
    organization: Organization
    submissions: QuerySet[Submission]


def grid_to_fill(user: User, task_id: int, organization_id: int, day: date) -> GridToFill:
    """For a clerk at the organization or above it; the units stood below it on the period's last day."""
    organization = organization_to_see(user, organization_id, day, FILLING)
    task = Task.objects.select_related("form", "county").filter(pk=task_id).first()
    if task is None or task.county_id not in (organization.pk, organization.county_id):
        raise Refused(_("Task %(id)s is not within your posts.") % {"id": task_id}, organization_id)
    period_end = task.period.last_day
    placement = Placement.objects.filter(counted_on(period_end), organization_id=organization.pk).first()
    units = branch_on(placement.path, period_end).values("organization_id") if placement else ()
    submissions = Submission.objects.filter(county_id=task.county_id, task=task, organization_id__in=units)
    related = submissions.select_related("task__form", "organization")
    return GridToFill(task, organization, related.order_by("organization__sort_order", "organization__code"))
