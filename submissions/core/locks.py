"""Takes the rows of one submission in a fixed order before they are changed: unit, submission, then its newest version.

The audit chain comes after these, the change marks after the chain. On SQLite the whole transaction holds the write lock.
A save takes only the open draft's row, by its revision; so every act that ends the unit's turn takes that row too.
"""

from django.utils.translation import gettext_lazy as _

from orgs.models import Organization
from submissions.choices import Act, State
from submissions.models import Submission, Version
from submissions.states import TRANSITIONS, NotNow

_GONE = _("This report is not asked any more: the organization department took the task back.")


def hold_submission(submission: Submission) -> State:
    """Lock the row; return its present state, which is written into the object too."""
    rows = Submission.objects.select_for_update(no_key=True).filter(county_id=submission.county_id, pk=submission.pk)
    state = rows.values_list("state", flat=True).first()
    if state is None:
        raise NotNow(str(_GONE))
    submission.state = State(state)
    return submission.state


def hold_for_act(submission: Submission) -> Submission:
    """Lock the unit, whose periods lean on each other, then the submission; the submission as it is now, with its task."""
    Organization.objects.select_for_update(no_key=True).filter(
        county_id=submission.county_id, pk=submission.organization_id
    ).values_list("pk").get()
    rows = Submission.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "task__form", "standing", "organization"
    )
    held = rows.filter(county_id=submission.county_id, pk=submission.pk).first()
    if held is None:
        raise NotNow(str(_GONE))
    held.state = State(held.state)
    return held


def newest_version(submission: Submission) -> Version | None:
    versions = Version.objects.filter(county_id=submission.county_id, submission_id=submission.pk)
    return versions.order_by("-number").first()


def hold_newest_version(submission: Submission) -> Version | None:
    """Lock the newest version of a held submission: a save under way is either in it or will be refused."""
    versions = Version.objects.select_for_update(no_key=True).filter(
        county_id=submission.county_id, submission_id=submission.pk
    )
    return versions.order_by("-number").first()


def move(submission: Submission, act: Act, to: State | None = None, **values) -> None:
    """Bring a held submission along the table, only from the state it was held in; the object follows.

    `to` names the end where the act has several.
    """
    new = to or TRANSITIONS[submission.state, act].to[0]
    rows = Submission.objects.filter(county_id=submission.county_id, pk=submission.pk, state=submission.state)
    if rows.update(state=new, **values) != 1:
        raise RuntimeError("the submission changed under its lock")
    for name, value in {"state": new, **values}.items():
        setattr(submission, name, value)
