"""Sends a report in and takes it back before review: checks it, seals the version with its digest, hands it to the reviewer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.choices import Severity
from orgs.models import User
from submissions.checking.validator import Bench, bench_for
from submissions.choices import Act, State
from submissions.core.check_context import Finding
from submissions.core.conflicts import stale_submit
from submissions.core.digests import digest_of
from submissions.core.locks import hold_for_act, hold_newest_version
from submissions.core.refusals import ActRefused, NotReady
from submissions.core.reviewers import lines_for
from submissions.core.sealed_measures import measures_of
from submissions.core.transitions import carry_out
from submissions.filling.draft_actions import next_draft
from submissions.models import Submission, Task, Version
from submissions.states import check_can

SEALED = ("figures", "digest", "findings", "measures", "approved_measures", "sealed_at", "sealed_by")


@transaction.atomic
def submit(*, submission: Submission, revision: int, by: User, at: datetime) -> Version:
    """Seal the draft shown at `revision` and put it before the next reviewer; the sealed version.

    `at` is the server's time of arrival: it decides whether the task is open, whatever the time of the commit. Raises
    NotNow, Conflict, NotReady with all findings, ActRefused outside the opening days and for a return sent back unchanged.
    """
    held = hold_for_act(submission)
    latest = hold_newest_version(held)
    check_can(Act.SUBMIT, held.state)
    check_is_open(held.task, at)
    if revision != latest.revision:
        raise stale_submit(held, latest, revision)
    bench = bench_for(held.task, [held.organization_id])
    draft = next_draft(held, latest)
    refuse_unchanged(draft, _returned_version(held))
    findings = judge(bench, held, draft)
    nil_cells = seal(held, draft, bench, findings, by=by, at=at)
    _write_sealed(draft)
    today = timezone.localdate(at)
    reviewer = lines_for(held.task, [held.organization_id], today).next_above(held.organization_id)
    carry_out(
        submission, held, Act.SUBMIT, by=by, at=at, organization_id=held.organization_id, version=draft,
        change={**nil_cells, "_digest": draft.digest}, standing=draft, submitted_at=at,
        first_submitted_at=held.first_submitted_at or at, reviewer_org_id=reviewer,
    )  # fmt: skip
    return draft


@transaction.atomic
def withdraw(*, submission: Submission, by: User, at: datetime) -> None:
    """Take a report back before anybody reviewed it. One that was never returned counts as not yet sent."""
    held = hold_for_act(submission)
    check_can(Act.WITHDRAW, held.state)
    first = held.first_submitted_at if held.times_returned else None
    carry_out(
        submission, held, Act.WITHDRAW, by=by, at=at, organization_id=held.organization_id, version=held.standing,
        standing=None, submitted_at=None, reviewer_org_id=None, first_submitted_at=first,
    )  # fmt: skip


def check_is_open(task: Task, at: datetime) -> None:
    """Dates are those of Asia/Shanghai, whatever the clerk's computer says; both ends belong to the opening days."""
    day = timezone.localdate(at)
    if day < task.opens_on:
        raise ActRefused(
            _("This report can be sent from %(day)s on; what you typed is kept.") % {"day": task.opens_on.isoformat()}
        )
    if task.closes_on is not None and day > task.closes_on:
        raise ActRefused(
            _("This report was closed after %(day)s; ask the organization department to extend it. What you typed is kept.")
            % {"day": task.closes_on.isoformat()}
        )


def seal(
    submission: Submission, draft: Version, bench: Bench, findings: list[Finding], *, by: User, at: datetime
) -> dict[str, list]:
    """Seal a checked draft in memory; return the cells filled by a nil report as audit data."""
    figures = bench.filled(submission, draft.figures, draft.nil_report)
    nil_cells = {key: [None, figure] for key, figure in figures.items() if key not in draft.figures}
    draft.figures = figures
    draft.digest = digest_of(figures, draft.explanations, draft.nil_report)
    draft.findings = [finding.as_data() for finding in findings]
    earlier = bench.reports_of(submission).earlier_by_basis
    draft.measures, draft.approved_measures = measures_of(bench.layout, submission.unit_category, figures, earlier)
    draft.sealed_at, draft.sealed_by = at, by
    return nil_cells


def refuse_unchanged(draft: Version, returned: Version | None) -> None:
    """ActRefused where a returned report is sent again unchanged and without an explanation (T50)."""
    if returned is None or returned.digest != digest_of(draft.figures, draft.explanations, draft.nil_report):
        return
    raise ActRefused(
        _("No change: this is the same as version %(number)s, which was returned. Correct or explain what was asked.")
        % {"number": returned.number}
    )


def judge(bench: Bench, submission: Submission, draft: Version) -> list[Finding]:
    """All findings of a document that may be sent; NotReady for one that may not, and for an empty one (T3)."""
    if not draft.figures and not draft.nil_report:
        raise NotReady([empty_finding()])
    findings = bench.findings(submission, draft.figures, draft.explanations, draft.nil_report)
    if any(finding.blocks for finding in findings):
        raise NotReady(findings)
    return findings


def empty_finding() -> Finding:
    """The finding of a report with nothing in it."""
    cure = _("Fill in the figures, or declare a nil report where nothing happened in the period.")
    return Finding("empty", Severity.MANDATORY, (), _("Nothing is filled in."), cure)


def _returned_version(submission: Submission) -> Version | None:
    """The sealed version the unit has to correct; None where nothing was returned."""
    if submission.state != State.RETURNED:
        return None
    sealed = submission.versions.filter(county_id=submission.county_id, sealed_at__isnull=False)
    return sealed.order_by("-number").first()


def _write_sealed(draft: Version) -> None:
    if draft.pk is None:
        draft.saved_at, draft.saved_by = draft.sealed_at, draft.sealed_by
        draft.save(force_insert=True)
        return
    rows = Version.objects.filter(county_id=draft.county_id, pk=draft.pk, revision=draft.revision, sealed_at__isnull=True)
    if rows.update(**{name: getattr(draft, name) for name in SEALED}) != 1:
        raise RuntimeError("the draft changed under its lock")
