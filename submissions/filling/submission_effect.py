"""The effects of sending a report or taking it back, as sentences shown before the act."""

from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Organization
from submissions.core.reviewers import lines_for
from submissions.filling.sheet import FormSheet
from submissions.models import Submission
from submissions.tasks.progress import due_day


def sending_effects(submission: Submission, sheet: FormSheet) -> list[str]:
    """Effects of sending: who reviews the report, what cannot be done any more, and what is still blank."""
    today = timezone.localdate()
    lines = lines_for(submission.task, [submission.organization_id], today)
    reviewer = Organization.objects.get(pk=lines.next_above(submission.organization_id))
    sentences = [
        _("It goes to %(reviewer)s for review and cannot be changed meanwhile; it can be taken back until it is reviewed.")
        % {"reviewer": reviewer}
    ]
    if sheet.nil_report:
        sentences.append(_("It is a nil report: blank flows count as 0."))
    blank = sum(1 for line in sheet.typed if not line.is_answered)
    if blank:
        sentences.append(_("%(n)s cells are blank and count as not reported, not as 0.") % {"n": blank})
    due_on = due_day(submission, submission.task)
    if today > due_on:
        sentences.append(_("It was due on %(day)s and counts as late.") % {"day": due_on.isoformat()})
    return sentences


def withdrawal_effects(submission: Submission) -> list[str]:
    """Effects of taking a report back: it counts as not sent until it is sent again."""
    sentences = [
        _(
            "The report is being filled again; its figures leave the sums until it is sent again. The version sent stays readable."
        )
    ]
    if not submission.times_returned:
        sentences.append(
            _("Until then it counts as not sent; sent after %(day)s it is late.")
            % {"day": due_day(submission, submission.task).isoformat()}
        )
    return sentences
