"""Permissions on corrections: who sees one, decides on it, takes it back; fetches it for that person or refuses."""

from datetime import date

from django.utils.translation import gettext as _

from orgs.accounts.access import COUNTY, REVIEWING, Refused, holds, posts_on
from orgs.models import User
from submissions.core import access
from submissions.core.reviewers import lines_for
from submissions.corrections.states import CorrectionAct, why_not
from submissions.models import Correction
from submissions.states import NotNow

_RELATED = (
    "submission__task__form", "submission__task__county", "submission__organization", "submission__standing", "base", "result",
    "reviewer_org", "requested_by", "passed_by", "decided_by",
)  # fmt: skip


def correction_to_see(user: User, correction_id: int, day: date) -> Correction:
    """For whoever sees the report, and for a reviewer before whom the correction waits though the unit has moved away."""
    correction = Correction.objects.select_related(*_RELATED).filter(pk=correction_id).first()
    if correction is None:
        raise Refused(_("Correction %(id)s is not within your posts.") % {"id": correction_id})
    if correction.reviewer_org_id is None or correction.reviewer_org_id not in _reviews_at(user, day):
        access.submission_to_see(user, correction.submission_id, day)
    return correction


def correction_to_decide(user: User, correction_id: int, day: date) -> Correction:
    """For a reviewer at or above the unit; NotNow with the reason where it is not this person's turn."""
    correction = correction_to_see(user, correction_id, day)
    if not reviews(user, correction, day):
        raise Refused(
            _("Correction %(id)s is not yours to decide.") % {"id": correction_id}, correction.submission.organization_id
        )
    if why := why_not_deciding(user, correction, day):
        raise NotNow(why)
    return correction


def correction_to_withdraw(user: User, correction_id: int, day: date) -> Correction:
    """For those who may ask for one at the unit."""
    correction = correction_to_see(user, correction_id, day)
    access.submission_to_correct(user, correction.submission_id, day)
    return correction


def reviews(user: User, correction: Correction, day: date) -> bool:
    """Whether the person holds a reviewing post at or above the unit, or where the correction waits."""
    return holds(user, REVIEWING, correction.submission.organization_id, day) or correction.reviewer_org_id in _reviews_at(
        user, day
    )


def requests(user: User, correction: Correction, day: date) -> bool:
    return holds(user, (*access.FILLING, *COUNTY), correction.submission.organization_id, day)


def why_not_deciding(user: User, correction: Correction, day: date) -> str:
    """A sentence why this person cannot decide now; "" where it is this person's turn."""
    if why := why_not(CorrectionAct.APPROVE, correction.state):
        return why
    if correction.requested_by_id == user.pk:
        return _("You requested this correction yourself; another person has to decide on it.")
    level, mine = correction.reviewer_org_id, _reviews_at(user, day)
    if level in mine or (not access.has_reviewer(level, day) and _next_above(correction, day) in mine):
        return ""
    return _("It is the turn of %(name)s to decide on this correction.") % {"name": correction.reviewer_org.name}


def _reviews_at(user: User, day: date) -> set[int]:
    return {post.organization_id for post in posts_on(user, day) if post.role in REVIEWING}


def _next_above(correction: Correction, day: date) -> int:
    unit = correction.submission.organization_id
    return lines_for(correction.submission.task, [unit], day).next_today(unit, correction.reviewer_org_id)
