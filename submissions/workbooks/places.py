"""Where units stand on a period's last day, as their form workbooks remember it; for many units at once. Writes nothing."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from indicators.periods import read_period
from orgs.models import Organization, Placement
from orgs.queries import placed_on, standing_path
from orgs.trees import ids_of
from submissions.models import Submission, Task
from submissions.progress import placed_below
from submissions.workbooks.stamps import place_of_unit


def unit_places(organization_ids: Collection[int], day: date) -> dict[int, str]:
    """Organization id -> `place_of_unit` on the day, in two queries. One that stands nowhere on the day is not answered."""
    rows = Placement.objects.filter(placed_on(day), organization_id__in=organization_ids)
    above = {org_id: ids_of(path)[:-1] for org_id, path in rows.values_list("organization_id", "path")}
    wanted = {ancestor for ancestors in above.values() for ancestor in ancestors}
    codes = dict(Organization.objects.filter(pk__in=wanted).values_list("id", "code"))
    return {org_id: place_of_unit([codes[ancestor] for ancestor in ancestors]) for org_id, ancestors in above.items()}


def reports_below(task: Task, organization: Organization) -> QuerySet[Submission]:
    """Every report of the task at or below an organization as it stood on the period's last day, exempt ones too."""
    day = read_period(task.period).last_day
    path = standing_path(organization.pk, day)
    reports = Submission.objects.filter(county_id=task.county_id, task=task)
    return reports.filter(placed_below(path, day)) if path else reports.none()
