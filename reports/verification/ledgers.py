"""Checks of who owes: each has a place in the tree, and every state fits the version it rests on."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from orgs.moments import one_moment
from orgs.tree.queries import report_tree_on
from submissions.choices import REVIEW_TURN, STANDING, State
from submissions.models import Submission, Task


def every_unit_stands_in_the_tree() -> Iterator[str]:
    """A unit that is not placed on the period's last day is in nobody's sum; one that is exempt owes none."""
    for task in Task.objects.select_related("form").order_by("pk"):
        yield from _placeless(task)


@one_moment()
def _placeless(task: Task) -> list[str]:
    tree = report_tree_on(task.county_id, task.period.last_day)
    rows = task.submissions.exclude(state=State.EXEMPT).values_list("organization_id", "organization__code")
    sentence = _("%(form)s %(period)s is expected of %(code)s, which stands nowhere on the period's last day.")
    words = {"form": task.form.code, "period": task.period}
    return [sentence % (words | {"code": code}) for org_id, code in rows if org_id not in tree]


def states_fit_their_versions() -> Iterator[str]:
    """A report with the reviewers or approved rests on its newest sealed version; other reports have no standing version."""
    standing_missing = Q(state__in=STANDING, standing__isnull=True) | (~Q(state__in=STANDING) & Q(standing__isnull=False))
    unsealed = Q(standing__isnull=False, standing__sealed_at__isnull=True)
    foreign = Q(standing__isnull=False) & ~Q(standing__submission_id=F("pk"))
    unapproved = Q(state=State.APPROVED, approved_at__isnull=True) | (~Q(state=State.APPROVED) & Q(approved_at__isnull=False))
    nobody = Q(state__in=REVIEW_TURN, reviewer_org__isnull=True)
    for sentence, condition in (
        (_("is %(state)s, but no version fits that"), standing_missing),
        (_("stands on a version that is not sealed"), unsealed),
        (_("stands on a version of another report"), foreign),
        (_("is %(state)s, but its approval says otherwise"), unapproved),
        (_("waits for a review that is nobody's"), nobody),
    ):
        for submission in Submission.objects.filter(condition).select_related("task__form", "organization").order_by("pk"):
            yield f"{name_of(submission)} {sentence % {'state': submission.get_state_display()}}"


def name_of(submission: Submission) -> str:
    task = submission.task
    return f"{task.form.code} {task.period} {submission.organization.code}"
