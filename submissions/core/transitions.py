"""Carries out an act on a locked submission: changes its state, and writes the review row, the audit event and the change marks."""

from dataclasses import dataclass, field
from datetime import datetime

from audit.recorder import record
from orgs.models import User
from submissions.choices import Act, State
from submissions.core.change_records import subject_of
from submissions.core.locks import move
from submissions.core.sealed_measures import remeasure_later
from submissions.core.summary_stamps import mark_changed
from submissions.models import Review, Submission, Version

KINDS = {
    Act.SUBMIT: "submission.submitted",
    Act.WITHDRAW: "submission.withdrawn",
    Act.PASS: "submission.passed",
    Act.APPROVE: "submission.approved",
    Act.RETURN: "submission.returned",
    Act.EXEMPT: "submission.exempted",
    Act.UNEXEMPT: "submission.unexempted",
    Act.RELEASE: "submission.released",
    Act.CORRECT: "submission.corrected",
}
# What an act may have changed; the caller's object is brought up to date with these.
FOLLOWING = (
    "state", "standing_id", "submitted_at", "first_submitted_at", "reviewer_org_id", "times_returned",
    "approved_at", "approved_by_id", "is_in_correction", "exempt_reason", "exempted_at", "exempted_by_id", "exempt_requester",
    "exempt_approver",
)  # fmt: skip


@dataclass(frozen=True)
class TransitionSentence:
    """The words that go with an act: one reason for all, and one per figure key."""

    reason: str = ""
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> dict:
        return {"_reason": self.reason, "_cells": self.cells} if self.reason or self.cells else {}


def carry_out(
    submission: Submission, held: Submission, act: Act, *, by: User, at: datetime, organization_id: int,
    version: Version | None = None, sentence: TransitionSentence | None = None, change: dict | None = None, to: State | None = None,
    **values,
) -> None:  # fmt: skip
    """Do the act on the held row with these values; `organization_id`: in whose name. `submission` is the caller's object."""
    sentence = sentence or TransitionSentence()
    data = {"_state": [held.state, None], "_version": version.number if version else None, **sentence.data, **(change or {})}
    move(held, act, to, **values)
    data["_state"][1] = held.state
    Review.objects.create(
        county_id=held.county_id, submission=held, version=version, act=act, organization_id=organization_id,
        reason=sentence.reason, cell_reasons=sentence.cells, at=at, by=by,
    )  # fmt: skip
    record(
        KINDS[act], by=by, at=at, county_id=held.county_id, subject=subject_of(held),
        organization_id=held.organization_id, data=data,
    )  # fmt: skip
    mark_changed(held.task, [held.organization_id])
    remeasure_later(held.task, [held.organization_id])
    for name in FOLLOWING:
        setattr(submission, name, getattr(held, name))
