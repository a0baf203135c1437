"""Hands reports and corrections that wait for review over to the reviewers above their unit today; states and figures stay."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.recorder import record
from orgs.models import Organization, User
from orgs.tree.dependants import ReviewerChange
from orgs.tree.spans import batched
from submissions.choices import OPEN_CORRECTION, REVIEW_TURN
from submissions.core.change_records import subject_of
from submissions.core.reviewers import lines_for
from submissions.models import Correction, HandOver, Submission, Task


@transaction.atomic
def hand_over(*, organization_ids: Collection[int], by: User, at: datetime) -> list[ReviewerChange]:
    """After units were moved: what waits for somebody who stands above its unit no more goes to the nearest who reviews there.

    A report passed below waits where it waits as long as that is above its unit. The tree is today's: a move that is yet to
    come hands nothing over.
    """
    waiting: dict[Task, list[Submission]] = defaultdict(list)
    for some in batched(sorted(organization_ids)):
        for submission in _held(some):
            waiting[submission.task].append(submission)
    changes = []
    for task, submissions in waiting.items():
        lines = lines_for(task, [submission.organization_id for submission in submissions], timezone.localdate(at))
        for submission in submissions:
            old, unit = submission.reviewer_org_id, submission.organization_id
            if old != task.county_id and old not in lines.line_today(unit) and (new := lines.next_today(unit)) != old:
                changes.append(ReviewerChange(unit, task.form.title, task.period.label, old, new))
                _hand(submission, new, by=by, at=at)
    return [*changes, *_hand_corrections(organization_ids, by=by, at=at)]


def _hand_corrections(organization_ids: Collection[int], *, by: User, at: datetime) -> list[ReviewerChange]:
    """The same for corrections under way, whose reports are approved and wait for nobody."""
    changes = []
    for some in batched(sorted(organization_ids)):
        for correction in _held_corrections(some):
            submission, old = correction.submission, correction.reviewer_org_id
            task, unit = submission.task, submission.organization_id
            lines = lines_for(task, [unit], timezone.localdate(at))
            if old == task.county_id or old in lines.line_today(unit) or (new := lines.next_today(unit)) == old:
                continue
            changes.append(ReviewerChange(unit, task.form.title, task.period.label, old, new))
            Correction.objects.filter(county_id=correction.county_id, pk=correction.pk).update(reviewer_org_id=new)
            _record(submission, {"_reviewer": [old, new], "_correction": correction.number}, by=by, at=at)
    return changes


def _held_corrections(organization_ids: list[int]) -> list[Correction]:
    """The corrections under way, locked in a fixed order."""
    rows = (
        Correction.objects.select_for_update(no_key=True, of=("self",)).select_related("submission__task__form").order_by("pk")
    )
    counties = set(Organization.objects.filter(pk__in=organization_ids).values_list("county_id", flat=True))
    under_way = rows.filter(county_id__in=counties, submission__organization_id__in=organization_ids, state__in=OPEN_CORRECTION)
    return list(under_way.defer("submission__task__layout"))


def _held(organization_ids: list[int]) -> list[Submission]:
    """The reports that wait for review, locked in a fixed order."""
    rows = Submission.objects.select_for_update(no_key=True, of=("self",)).select_related("task__form").order_by("pk")
    counties = set(Organization.objects.filter(pk__in=organization_ids).values_list("county_id", flat=True))
    waiting = rows.filter(county_id__in=counties, organization_id__in=organization_ids, state__in=REVIEW_TURN)
    return list(waiting.defer("task__layout"))


def _hand(submission: Submission, new: int, *, by: User, at: datetime) -> None:
    old = submission.reviewer_org_id
    Submission.objects.filter(county_id=submission.county_id, pk=submission.pk).update(reviewer_org_id=new)
    HandOver.objects.create(county_id=submission.county_id, submission=submission, old_id=old, new_id=new, at=at, by=by)
    _record(submission, {"_reviewer": [old, new]}, by=by, at=at)


def _record(submission: Submission, data: dict, *, by: User, at: datetime) -> None:
    record(
        "submission.handed_over", by=by, at=at, county_id=submission.county_id, subject=subject_of(submission),
        organization_id=submission.organization_id, data=data,
    )  # fmt: skip
