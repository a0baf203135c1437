"""Reports of units that ended before the period did: drafts are exempted, what was sent in only by decision; lifts that again."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from orgs.models import Placement, User
from orgs.tree.dependants import ExemptedReport
from orgs.tree.queries import placed_on
from orgs.tree.spans import batched
from submissions.choices import STANDING, State
from submissions.models import Submission
from submissions.tasks.exemptions import exempt, lift, release


@transaction.atomic
def exempt_drafts(*, organization_ids: Collection[int], because: str, by: User, at: datetime) -> list[ExemptedReport]:
    """Drafts that were never sent, of units without a place on the period's last day; nobody owes them any more."""
    found = []
    drafts = Submission.objects.filter(state=State.DRAFT, first_submitted_at=None)
    for submission in _of_ended_units(organization_ids, drafts):
        exempt(submission=submission, reason=because, by=by, at=at)
        found.append(_exempted(submission))
    return found


@transaction.atomic
def release_reports(
    *, organization_ids: Collection[int], since: date, because: str, by: User, at: datetime
) -> list[ExemptedReport]:
    """Every report that was ever sent, of units without a place on the last day of a period that ends on the day or later."""
    found = []
    sent = Submission.objects.filter(state__in=(*STANDING, State.RETURNED, State.DRAFT))
    for submission in _of_ended_units(organization_ids, sent):
        if submission.task.period.last_day >= since:
            release(submission=submission, decision=because, by=by, at=at)
            found.append(_exempted(submission))
    return found


@transaction.atomic
def lift_exemptions(*, keys: Collection[int], by: User, at: datetime) -> None:
    """Of the reports that are exempt still."""
    rows = Submission.objects.filter(pk__in=keys, state=State.EXEMPT)
    for submission in rows.select_related("task__form").defer("task__layout").order_by("pk"):
        lift(submission=submission, by=by, at=at)


def _of_ended_units(organization_ids: Collection[int], rows) -> list[Submission]:
    found: list[Submission] = []
    for some in batched(sorted(organization_ids)):
        reports = rows.filter(organization_id__in=some).select_related("task__form").defer("task__layout").order_by("pk")
        found += [report for report in reports if not _stands(report)]
    return found


def _stands(submission: Submission) -> bool:
    placed = Placement.objects.filter(placed_on(submission.task.period.last_day), county_id=submission.county_id)
    return placed.filter(organization_id=submission.organization_id).exists()


def _exempted(submission: Submission) -> ExemptedReport:
    task = submission.task
    return ExemptedReport(submission.organization_id, task.form.title, task.period.label, submission.pk)
