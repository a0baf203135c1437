"""Reads the corrections of reports, for rooms below the one in which they are made."""

from django.db.models import QuerySet

from indicators.periods import Period
from submissions.choices import OPEN_CORRECTION, CorrectionState
from submissions.core.history import leaned_on
from submissions.models import Correction, Submission


def corrections_of(submission: Submission) -> QuerySet[Correction]:
    """All corrections of one report, the newest first, with who asked, passed and decided."""
    rows = Correction.objects.filter(county_id=submission.county_id, submission=submission)
    people = ("requested_by", "passed_by", "decided_by", "reviewer_org", "base", "result")
    return rows.select_related(*people).order_by("-number")


def open_correction_of(submission: Submission) -> Correction | None:
    """The one that is under way."""
    return corrections_of(submission).filter(state__in=OPEN_CORRECTION).first() if submission.is_in_correction else None


def stands_before(county_id: int, form_id: int, period: Period) -> bool:
    """Whether an approved correction stands in a report on which reports of this form and period lean."""
    return Correction.objects.filter(
        county_id=county_id, state=CorrectionState.APPROVED, submission__task__form_id=form_id,
        submission__task__period__in=leaned_on(period),
    ).exists()  # fmt: skip
