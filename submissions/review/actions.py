"""Passes, approves or returns the version the reviewer saw, level by level up to the county; nobody passes or approves an own report."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.accounts.accounts import SYSTEM_USERNAME
from orgs.models import User
from submissions.choices import Act
from submissions.core.change_records import has_typed
from submissions.core.conflicts import already_acted, stale_review
from submissions.core.locks import hold_for_act, newest_version
from submissions.core.refusals import ActRefused
from submissions.core.reviewers import lines_for
from submissions.core.transitions import TransitionSentence, carry_out
from submissions.models import Submission
from submissions.states import check_can


@transaction.atomic
def approve(*, submission: Submission, version_number: int, by: User, at: datetime) -> None:
    """Pass the seen version on to the next reviewing organization; at the county approve and lock it.

    `submission` is as the reviewer saw it: another standing version or another reviewing organization is a Conflict, so a
    second click changes nothing. Raises NotNow for the state, ActRefused for one's own figures.
    """
    held = _hold_for_review(submission, version_number, Act.APPROVE)
    _refuse_own(held, by)
    level = held.reviewer_org_id
    common = {"by": by, "at": at, "organization_id": level, "version": held.standing}
    if level == held.county_id:
        carry_out(submission, held, Act.APPROVE, **common, reviewer_org_id=None, approved_at=at, approved_by_id=by.pk)
        return
    lines = lines_for(held.task, [held.organization_id], timezone.localdate(at))
    carry_out(submission, held, Act.PASS, **common, reviewer_org_id=lines.next_above(held.organization_id, level))


@transaction.atomic
def send_back(
    *, submission: Submission, version_number: int, reason: str, cell_reasons: dict[str, str], by: User, at: datetime
) -> None:
    """Return the seen version to the unit with reasons per cell or one for all. Raises as `approve` does."""
    held = _hold_for_review(submission, version_number, Act.RETURN)
    sentence = _return_sentence(held, reason, cell_reasons)
    carry_out(
        submission, held, Act.RETURN, by=by, at=at, organization_id=held.reviewer_org_id, version=held.standing, sentence=sentence,
        standing=None, submitted_at=None, reviewer_org_id=None, times_returned=held.times_returned + 1,
    )  # fmt: skip


def _hold_for_review(submission: Submission, version_number: int, act: Act) -> Submission:
    """Lock the row; check that it is in review, with the version that was seen, before the organization that saw it."""
    seen_level = submission.reviewer_org_id
    held = hold_for_act(submission)
    newest = held.standing or newest_version(held)
    if newest is not None and newest.number != version_number:
        raise stale_review(held, held.versions.filter(number=version_number).first(), newest)
    check_can(act, held.state)
    if held.reviewer_org_id != seen_level:
        raise already_acted(held)
    return held


def _refuse_own(submission: Submission, by: User) -> None:
    """Four eyes: ActRefused for a person who typed or sent the figures; the operator of commands is exempt from this."""
    if by.username == SYSTEM_USERNAME:
        return
    if submission.standing.sealed_by_id == by.pk or has_typed(submission, by):
        raise ActRefused(_("You filled in this report yourself; another person has to review it."))


def _return_sentence(submission: Submission, reason: str, cell_reasons: dict[str, str]) -> TransitionSentence:
    cells = {key: text.strip() for key, text in cell_reasons.items() if text.strip()}
    unknown = [key for key in cells if key not in submission.task.layout.by_key]
    if unknown:
        raise ActRefused(_("“%(key)s” is not a cell of this form; reload the page and try again.") % {"key": unknown[0]})
    if not reason.strip() and not cells:
        raise ActRefused(_("A return needs a reason: one for the whole report, or one at a cell that has to be corrected."))
    return TransitionSentence(reason.strip(), cells)
