"""The places of units on a period's last day, as stored in their form workbooks; for many units at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from orgs.models import Organization, Placement
from orgs.tree.queries import counted_on, standing_path
from orgs.tree.trees import ids_of
from submissions.models import Submission, Task
from submissions.tasks.progress import placed_below
from submissions.workbooks.stamps import place_of_unit


@dataclass(frozen=True)
class UnitStanding:
    """The place of a unit: its `place_of_unit`, and the name of the organization directly above it ("" for a root)."""

    place: str
    above: str


def standings(organization_ids: Collection[int], day: date) -> dict[int, UnitStanding]:
    """Organization id -> its Standing on the day, in two queries. One that stands nowhere on the day is not answered."""
    rows = Placement.objects.filter(counted_on(day), organization_id__in=organization_ids)
    above = {org_id: ids_of(path)[:-1] for org_id, path in rows.values_list("organization_id", "path")}
    wanted = {ancestor for ancestors in above.values() for ancestor in ancestors}
    rows = Organization.objects.filter(pk__in=wanted).values_list("id", "code", "name")
    named = {org_id: (code, name) for org_id, code, name in rows}
    return {
        org_id: UnitStanding(
            place_of_unit([named[ancestor][0] for ancestor in ancestors]), named[ancestors[-1]][1] if ancestors else ""
        )
        for org_id, ancestors in above.items()
    }


def unit_places(organization_ids: Collection[int], day: date) -> dict[int, str]:
    """Organization id -> `place_of_unit` on the day, in two queries. Organizations without a place on the day are left out."""
    return {org_id: standing.place for org_id, standing in standings(organization_ids, day).items()}


def reports_below(task: Task, organization: Organization) -> QuerySet[Submission]:
    """Every report of the task at or below an organization in the tree of the period's last day, exempt ones too."""
    day = task.period.last_day
    path = standing_path(organization.pk, day)
    reports = Submission.objects.filter(county_id=task.county_id, task=task)
    return reports.filter(placed_below(path, day)) if path else reports.none()
