"""What later reports of the unit disagree with since an earlier one was corrected: told, and left as they are."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from submissions.checking.later_findings import later_findings
from submissions.checking.validator import bench_for
from submissions.core.check_context import Finding
from submissions.core.sealed_measures import leaning_on
from submissions.models import Submission


@dataclass(frozen=True)
class LaterFinding:
    """A finding that a later report has only since the correction."""

    submission: Submission
    finding: Finding

    @property
    def sentence(self) -> str:
        return _("%(unit)s, %(period)s, report that stands unchanged: %(said)s") % {
            "unit": self.submission.organization.name, "period": self.submission.task.period.label, "said": self.finding.sentence,
        }  # fmt: skip


def disagreements(corrected: Submission) -> list[LaterFinding]:
    """Of the reports of the same form that may lean on this one, in time order."""
    rows = Submission.objects.filter(
        county_id=corrected.county_id, organization_id=corrected.organization_id, task__form_id=corrected.task.form_id,
        task__period__in=leaning_on(corrected.task.period), standing__isnull=False,
    )  # fmt: skip
    later = sorted(rows.select_related("task__form", "standing", "organization"), key=lambda one: one.task.period.last_day)
    return [
        LaterFinding(submission, finding)
        for submission in later
        for finding in later_findings(bench_for(submission.task, [submission.organization_id]), submission)
    ]
