"""The document that a correction makes of the version it was requested on: what may be changed, and what the checks say of it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from indicators.choices import Severity
from indicators.values.documents import Figure
from submissions.checking.validator import Bench
from submissions.core.check_context import Finding, label_of
from submissions.core.conflicts import figure_text
from submissions.core.refusals import ActRefused, NotReady
from submissions.filling.draft_actions import apply_changes, refuse_unasked
from submissions.filling.submission_actions import judge
from submissions.models import Submission, Version

Changes = Mapping[str, Figure | None]  # figure key -> the new figure; None: not reported


def corrected_version(submission: Submission, base: Version, changes: Changes, explanations: Mapping[str, str]) -> Version:
    """An unsaved version that begins as a copy of the base, with these changes. Raises ActRefused for a cell that is not typed."""
    refuse_unasked(submission, dict(changes))
    version = Version(
        county_id=submission.county_id, submission=submission, number=base.number + 1, figures=dict(base.figures),
        explanations=dict(base.explanations), nil_report=base.nil_report, revision=base.revision, on_behalf=base.on_behalf,
    )  # fmt: skip
    apply_changes(submission, version, dict(changes), dict(explanations), None, "")
    return version


def judged(bench: Bench, submission: Submission, version: Version) -> list[Finding]:
    """What the checks say. Raises NotReady where a mandatory rule is broken or an explanation is missing."""
    return judge(bench, submission, version)


def unexplained(bench: Bench, submission: Submission, version: Version) -> list[Finding]:
    """Findings that only lack an explanation. Raises NotReady where a mandatory rule is broken: no explanation settles that."""
    try:
        judge(bench, submission, version)
    except NotReady as refusal:
        if any(finding.severity == Severity.MANDATORY for finding in refusal.findings):
            raise
        return [finding for finding in refusal.findings if finding.needs_explanation]
    return []


def figure_changes(base: Version, changes: Changes) -> dict[str, tuple[Figure | None, Figure | None]]:
    """Figure key -> old and new, of the cells that really change."""
    return {key: (base.figures.get(key), new) for key, new in changes.items() if base.figures.get(key) != new}


def refuse_unchanged(submission: Submission, base: Version, changes: Changes) -> None:
    """ActRefused where every cell holds its figure already (T50)."""
    if figure_changes(base, changes):
        return
    same = [
        _("%(name)s %(figure)s") % {
            "name": label_of(submission.task.layout, key), "figure": figure_text(submission.task.layout, key, figure) or "—",
        }
        for key, figure in changes.items()
    ]  # fmt: skip
    if not same:
        raise ActRefused(_("No cell was changed, so there is nothing to correct; type the right figure into a cell first."))
    raise ActRefused(
        _(
            "Nothing would change: the report holds these figures already (%(figures)s). Type what is right, or leave it as it is."
        )
        % {"figures": _(", ").join(same)}
    )


def refuse_refilled(submission: Submission, bench: Bench, version: Version, changes: Changes) -> None:
    """ActRefused where a cleared cell would be answered again by the nil report that the unit declared."""
    filled = bench.filled(submission, version.figures, version.nil_report)
    for key, figure in changes.items():
        if figure is None and filled.get(key) is not None:
            sentence = _(
                "“%(name)s” cannot be cleared: the unit declared a nil report, which answers it. Type a figure instead."
            )
            raise ActRefused(sentence % {"name": label_of(submission.task.layout, key)})
