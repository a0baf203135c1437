"""Notices for reviewers about reports handed over because units were moved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Organization
from submissions.choices import REVIEW_TURN
from submissions.models import HandOver, Submission, Task

DAYS = 30  # for which the former reviewer sees the notice
MOST = 200  # reports in one notice; a township has about 60 units
NAMED = 5


@dataclass(frozen=True)
class HandOverNotice:
    """Reports of one task that went together. `is_received`: to the reader, before whom they wait; else away from the reader."""

    task: Task
    period: str
    old: Organization
    new: Organization
    at: datetime
    units: str
    is_received: bool


def recent_hand_overs(organization_ids: Collection[int], today: date) -> list[HandOverNotice]:
    """The latest first: to these organizations as long as a report waits there, away from them for some weeks; one query."""
    since = timezone.make_aware(datetime.combine(today - timedelta(days=DAYS), datetime.min.time()))
    received = Q(new__in=organization_ids, submission__reviewer_org=F("new"), submission__state__in=REVIEW_TURN)
    rows = HandOver.objects.filter(received | Q(old__in=organization_ids, at__gte=since)).select_related(
        "submission__task__form", "submission__organization", "old", "new"
    )
    rows = rows.defer("submission__task__layout").order_by("-at", "submission__task_id", "old_id", "new_id", "pk")[:MOST]
    groups = groupby(rows, key=lambda row: (row.at, row.submission.task_id, row.old_id, row.new_id))
    return [_notice(list(group), organization_ids) for _kind, group in groups]


def hand_overs_of(submission: Submission) -> list[HandOver]:
    """The hand-overs of one report, the latest first."""
    rows = HandOver.objects.filter(county_id=submission.county_id, submission=submission)
    return list(rows.select_related("old", "new", "by").order_by("-at", "-pk"))


def _listed(names: list[str]) -> str:
    units, more = _(", ").join(names[:NAMED]), len(names) - NAMED
    return _("%(units)s and %(more)d more") % {"units": units, "more": more} if more > 0 else units


def _notice(rows: list[HandOver], mine: Collection[int]) -> HandOverNotice:
    first = rows[0]
    names = [row.submission.organization.name for row in rows]
    task = first.submission.task
    return HandOverNotice(
        task, task.period.label, first.old, first.new, first.at, _listed(names), first.new_id in mine,
    )  # fmt: skip
