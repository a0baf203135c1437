"""Reports of units that ended within their period, which stand for the units that carry them on."""

from orgs.choices import SuccessionKind
from orgs.models import Placement, SuccessionEnd
from submissions.choices import State
from submissions.models import Task


def answered_by_predecessors(task: Task) -> set[int]:
    """Units that carry on others which ended within the period and whose reports for it stand: they would be asked twice."""
    day = task.period.last_day
    ended = Placement.objects.filter(county_id=task.county_id, is_report_place=True, valid_from=day)
    reporting = task.submissions.exclude(state__in=(State.EXEMPT, State.BLANK))
    ended_reporting = ended.filter(organization_id__in=reporting.values("organization_id")).values("organization_id")
    changes = SuccessionEnd.objects.filter(
        county_id=task.county_id, is_predecessor=True, organization_id__in=ended_reporting,
        succession__on__lte=day, succession__on__gt=task.period.first_day,
        succession__kind__in=(SuccessionKind.MERGE, SuccessionKind.SPLIT),
    )  # fmt: skip
    heirs = SuccessionEnd.objects.filter(
        county_id=task.county_id, is_predecessor=False, succession__in=changes.values("succession")
    )
    return set(heirs.values_list("organization_id", flat=True)) - set(reporting.values_list("organization_id", flat=True))
