"""Corrects approved reports from a table for the operator: requested and approved by the acts of the pages, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.loading.columns import named_table
from orgs.loading.result import Loaded
from orgs.models import User
from spreadsheets.tables import Problems, Table
from submissions.checking.validator import bench_for
from submissions.choices import OPEN_CORRECTION, Act
from submissions.core.conflicts import Conflict, figure_text
from submissions.core.refusals import ActRefused, NotReady
from submissions.corrections.actions import approve_correction, request_correction
from submissions.corrections.documents import corrected_version, figure_changes, unexplained
from submissions.corrections.later_reports import disagreements
from submissions.imports.loading.cells import Document, read_documents
from submissions.imports.loading.columns import COLUMNS
from submissions.models import Correction, Submission
from submissions.states import NotNow, why_not


@dataclass
class _Corrected:
    """What became of the reports of the file so far."""

    changes: list[str] = field(default_factory=list)
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def correct_figures(table: Table, *, reason: str, evidence: str = "", by: User, at: datetime) -> Loaded:
    """One correction per report of the table, earlier periods first, requested and approved by the operator.

    A report that holds the figures already is left as it is. Raises TableProblems; then nothing changed.
    """
    table = named_table(table, COLUMNS)
    problems, done = table.problems(), _Corrected()
    tasks = read_documents(table, problems)
    problems.raise_if_any()
    explanation = _("Corrected by the system operator from the file %(file)s: %(reason)s") % {
        "file": table.name,
        "reason": reason,
    }
    for _task, documents in tasks:
        for document in documents:
            try:
                correction = _correct(document, explanation, done, reason=reason, evidence=evidence, by=by, at=at)
            except NotReady as refusal:
                _record_findings(refusal, document, problems)
            except (ActRefused, NotNow, Conflict) as refusal:
                problems.add(document.rows[""], "org_code", refusal.sentence)
            else:
                done.unchanged += correction is None
                done.changes += [_step(correction)] if correction else []
                done.notes += [found.sentence for found in disagreements(document.submission)] if correction else []
    problems.raise_if_any()
    nothing = () if done.changes else (_("Nothing to correct: the reports hold these figures already."),)
    return Loaded(
        _("Corrections"), added=len(done.changes), unchanged=done.unchanged, changes=tuple(done.changes),
        notes=(*done.notes, *nothing),
    )  # fmt: skip


def _correct(
    document: Document, explanation: str, done: _Corrected, *, reason: str, evidence: str, by: User, at: datetime
) -> Correction | None:  # fmt: skip
    """The approved correction of one report; None where it holds the figures already."""
    submission = document.submission
    if why := why_not(Act.CORRECT, submission.state):
        raise ActRefused(_("This report cannot be corrected. %(why)s") % {"why": why})
    if document.nil_report:
        raise ActRefused(_("A correction names the cells and their figures; a nil report cannot be declared by it."))
    base = submission.standing
    if not figure_changes(base, document.figures):
        return None
    silent = _silent(document)
    done.notes += [_("%(unit)s: %(said)s") % {"unit": submission.organization.name, "said": one.sentence} for one in silent]
    correction = request_correction(
        submission=submission, version_number=base.number, changes=document.figures, reason=reason, evidence=evidence,
        explanations={finding.check: explanation for finding in silent}, by=by, at=at,
    )  # fmt: skip
    while correction.state in OPEN_CORRECTION:
        approve_correction(correction=correction, by=by, at=at)
    return correction


def _silent(document: Document) -> list:
    """Findings that the operator's explanation settles."""
    submission = document.submission
    version = corrected_version(submission, submission.standing, document.figures, {})
    return unexplained(bench_for(submission.task, [submission.organization_id]), submission, version)


def _step(correction: Correction) -> str:
    """470883101 石桥村, 季01表 2026年第一季度: A-1 10 → 12."""
    submission: Submission = correction.submission
    layout = submission.task.layout
    figures: Iterable[str] = (
        f"{key} {figure_text(layout, key, old) or '—'} → {figure_text(layout, key, new) or '—'}"
        for key, (old, new) in figure_changes(correction.base, correction.changes).items()
    )
    return _("%(unit)s, %(form)s %(period)s, correction %(number)s: %(figures)s.") % {
        "unit": f"{submission.organization.code} {submission.organization.name}", "form": submission.task.form.code,
        "period": submission.task.period.label, "number": correction.number, "figures": _("; ").join(figures),
    }  # fmt: skip


def _record_findings(refusal: NotReady, document: Document, problems: Problems) -> None:
    """Each finding at its cell's row; at the report's first row where the cell is not in the file."""
    for finding in (one for one in refusal.findings if one.blocks):
        key = finding.keys[0] if finding.keys else ""
        column = "value" if key in document.rows and key else "org_code"
        problems.add(document.rows.get(key, document.rows[""]), column, f"{finding.sentence} {finding.cure}")
