"""Exempts a unit from one report with a reason, or by decision after it was sent, and lifts it again; the row of the ledger stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import User
from submissions.choices import Act, State
from submissions.core.locks import hold_for_act, hold_newest_version, newest_version
from submissions.core.refusals import ActRefused
from submissions.core.transitions import TransitionSentence, carry_out
from submissions.models import Submission, Version
from submissions.states import check_can


@transaction.atomic
def exempt(*, submission: Submission, reason: str, by: User, at: datetime, requester: str = "", approver: str = "") -> None:
    """The unit owes nothing this time. Raises NotNow once the report was sent, ActRefused without a reason.

    `requester`: who asked for it, none where the county decided by itself; `approver`: who allowed it, by default who acts.
    """
    requester, approver = requester.strip(), approver.strip() or by.name
    held = hold_for_act(submission)
    check_can(Act.EXEMPT, held.state)
    if not reason.strip():
        raise ActRefused(_("An exemption needs a reason; it stays readable in the list of who was asked."))
    newest = _stop_saves(held)
    carry_out(
        submission, held, Act.EXEMPT, by=by, at=at, organization_id=held.county_id, version=newest,
        sentence=TransitionSentence(reason.strip()), exempt_reason=reason.strip(), exempted_at=at, exempted_by_id=by.pk,
        exempt_requester=requester, exempt_approver=approver,
        change={"_requester": [None, requester], "_approver": [None, approver]},
    )  # fmt: skip


@transaction.atomic
def release(*, submission: Submission, decision: str, by: User, at: datetime) -> None:
    """Exempt a report that was sent or approved, of a unit that ended before the period did. Its versions stay readable.

    Raises NotNow in another state, ActRefused without the decision's words.
    """
    held = hold_for_act(submission)
    check_can(Act.RELEASE, held.state)
    if not decision.strip():
        raise ActRefused(_("To exempt a report that was sent in, name the decision (such as a document number) in the note."))
    newest = _stop_saves(held)
    carry_out(
        submission, held, Act.RELEASE, by=by, at=at, organization_id=held.county_id, version=held.standing or newest,
        sentence=TransitionSentence(decision.strip()), exempt_reason=decision.strip()[:300], exempted_at=at, exempted_by_id=by.pk,
        standing=None, submitted_at=None, reviewer_org_id=None, approved_at=None, approved_by_id=None,
    )  # fmt: skip


@transaction.atomic
def lift(*, submission: Submission, by: User, at: datetime) -> None:
    """The unit owes its report again, from where it was when it was exempted."""
    held = hold_for_act(submission)
    check_can(Act.UNEXEMPT, held.state)
    newest = newest_version(held)
    back = State.RETURNED if held.times_returned else State.DRAFT
    carry_out(
        submission, held, Act.UNEXEMPT, by=by, at=at, organization_id=held.county_id, version=newest,
        to=back if newest else State.BLANK, exempt_reason="", exempted_at=None, exempted_by_id=None,
        exempt_requester=None, exempt_approver=None,
    )  # fmt: skip


def _stop_saves(held: Submission) -> Version | None:
    """The newest version, locked. A save under way must not slip past the exemption: it looks for the revision it knew."""
    newest = hold_newest_version(held)
    if newest is not None and newest.sealed_at is None:
        Version.objects.filter(county_id=held.county_id, pk=newest.pk).update(revision=newest.revision + 1)
    return newest
