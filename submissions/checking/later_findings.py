"""What the checks say of a standing report now and did not say when it was sealed, because an earlier report was corrected."""

from submissions.checking.validator import Bench
from submissions.core.check_context import Finding
from submissions.models import Submission


def later_findings(bench: Bench, submission: Submission) -> list[Finding]:
    """Findings of rules that look at other periods, new since the standing version was sealed. Nothing is written."""
    standing = submission.standing
    if standing is None:
        return []
    sealed = {finding["check"] for finding in standing.findings}
    leaning = {rule.key for rule in bench.rules if any(reference.shift for reference in rule.references)}
    found = bench.findings(submission, standing.figures, standing.explanations, standing.nil_report)
    return [finding for finding in found if finding.check in leaning - sealed]
