"""The closed lists of the workflow: states and acts of reports, states of corrections."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    BLANK = "blank", _("Not started")
    DRAFT = "draft", _("Being filled")
    SUBMITTED = "submitted", _("Waiting for review")
    PASSED = "passed", _("Passed below")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    EXEMPT = "exempt", _("Exempt")


class Act(TextChoices):
    SAVE = "save", _("Save")
    SUBMIT = "submit", _("Submit")
    WITHDRAW = "withdraw", _("Withdraw")
    PASS = "pass", _("Pass")
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return")
    EXEMPT = "exempt", _("Exempt")
    UNEXEMPT = "unexempt", _("Lift the exemption")
    RELEASE = "release", _("Exempt by decision")
    CORRECT = "correct", _("Correct")


class CorrectionState(TextChoices):
    REQUESTED = "requested", _("Requested")
    PASSED = "passed", _("Passed below")
    APPROVED = "approved", _("Corrected")
    REFUSED = "refused", _("Not agreed to")
    WITHDRAWN = "withdrawn", _("Taken back")


UNIT_TURN = (State.BLANK, State.DRAFT, State.RETURNED)
REVIEW_TURN = (State.SUBMITTED, State.PASSED)
# What counts as sent in: with the reviewers or approved.
STANDING = (State.SUBMITTED, State.PASSED, State.APPROVED)
# A correction that is still under way: at most one of a report.
OPEN_CORRECTION = (CorrectionState.REQUESTED, CorrectionState.PASSED)
