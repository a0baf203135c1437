"""Enters the documents of many units of one task at once, with the rules of filling, sending and reviewing.

What a page does for one unit in a dozen statements is done here for a thousand in as many: the same table of states, the same rules,
one audit event per unit.

"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.choices import Severity
from orgs.models import Organization, User
from submissions.checking.validator import Bench, bench_for
from submissions.choices import REVIEW_TURN, UNIT_TURN, Act, State
from submissions.core.change_records import ABOUT_ACT, subject_of
from submissions.core.check_context import Finding
from submissions.core.conflicts import refuse_stale
from submissions.core.refusals import ActRefused
from submissions.core.reviewers import Lines, lines_for
from submissions.core.sealed_measures import remeasure_later
from submissions.core.summary_stamps import mark_changed
from submissions.core.transitions import FOLLOWING
from submissions.filling.draft_actions import apply_changes, next_draft, refuse_unasked
from submissions.filling.entries import BulkEntry, Entered, Step, has_figure, holds
from submissions.filling.submission_actions import check_is_open, empty_finding, refuse_unchanged, seal
from submissions.models import Review, Submission, Task, Version
from submissions.states import NotNow, check_can

LOADED, TAKEN_IN = "submission.loaded", "submission.taken_in"  # by the operator from a list; by anybody from a filled workbook
AT_ONCE = 1000  # units held, judged and written together; SQLite takes 32,766 values in one statement


@dataclass
class _Work:
    """One unit's entry in progress."""

    submission: Submission
    version: Version
    old_state: State
    change: dict
    audit_data: dict
    reviews: list[Review] = field(default_factory=list)

    @property
    def step(self) -> Step:
        figures = {key: (old, new) for key, (old, new) in self.change.items() if not key.startswith(ABOUT_ACT)}
        return Step(self.submission, self.old_state, State(self.submission.state), figures)


@transaction.atomic
def enter_many(
    *, task: Task, entries: Sequence[BulkEntry], upto: State, explanation: str, by: User, at: datetime, kind: str = LOADED
) -> Entered:
    """Bring each entry's unit (no unit twice) to `upto` (draft, submitted or approved) with its figures.

    `explanation` settles verify findings, which are noticed; mandatory ones refuse their unit. What is refused is not
    written, the rest is: the caller undoes all where it wants all or nothing. Figures that stand already change nothing,
    whatever the revision. `kind` is that of the audit events.
    """
    entered = Entered()
    for start in range(0, len(entries), AT_ONCE):
        _Batch(task, entries[start : start + AT_ONCE], upto, explanation, kind, by, at, entered).run()
    return entered


class _Batch:
    """Up to AT_ONCE units, read together, decided one by one, written together."""

    def __init__(
        self,
        task: Task,
        entries: Sequence[BulkEntry],
        upto: State,
        explanation: str,
        kind: str,
        by: User,
        at: datetime,
        entered: Entered,
    ):
        self.task, self.entries, self.upto, self.explanation, self.kind = task, entries, upto, explanation, kind
        self.by, self.at, self.entered = by, at, entered
        self.units = sorted({entry.submission.organization_id for entry in entries})
        self.held = _hold(task, self.units)
        self.newest, self.sealed = _versions(task, list(self.held))

    @cached_property
    def bench(self) -> Bench:
        return bench_for(self.task, self.units)

    @cached_property
    def lines(self) -> Lines:
        return lines_for(self.task, self.units, timezone.localdate(self.at))

    def run(self) -> None:
        works = []
        for entry in self.entries:
            try:
                work = self._entered(self.held[entry.submission.pk], entry)
            except (ActRefused, NotNow) as refusal:
                self.entered.refused.append((entry.submission.pk, "", refusal.sentence))
                continue
            except _Broken as broken:
                self.entered.refused += [(entry.submission.pk, *problem) for problem in broken.problems]
                continue
            if work is None:
                self.entered.unchanged += 1
            else:
                works.append(work)
        self.entered.changed += len(works)
        self.entered.steps += [work.step for work in works]
        if works:
            self._write(works)

    def _entered(self, submission: Submission, entry: BulkEntry) -> _Work | None:
        """The unit with its figures entered, sent and reviewed as far as asked; None where all of it stands already."""
        newest = self.newest.get(submission.pk)
        refuse_unasked(submission, entry.changes)
        is_same = newest is not None and holds(newest, entry)
        if submission.state in UNIT_TURN:
            if self.upto == State.DRAFT and (is_same or (newest is None and not entry.nil_report and not has_figure(entry))):
                return None
            work = self._filled(submission, newest, entry)
            if self.upto != State.DRAFT:
                self._send(work)
        elif not is_same:
            raise ActRefused(_locked(submission))
        else:
            work = _Work(submission, newest, submission.state, {}, entry.audit_data)
        if self.upto == State.APPROVED and submission.state in REVIEW_TURN:
            self._approve(work)
        return work if work.change or work.reviews else None

    def _filled(self, submission: Submission, newest: Version | None, entry: BulkEntry) -> _Work:
        check_can(Act.SAVE, submission.state)
        refuse_stale(newest, entry.revision)
        draft = next_draft(submission, newest)
        change = apply_changes(submission, draft, entry.changes, {}, entry.nil_report or None, entry.on_behalf)
        if change or draft.pk is None:
            change["_revision"] = [draft.revision, draft.revision + 1]
            draft.revision += 1
            draft.saved_at, draft.saved_by = self.at, self.by
        work = _Work(submission, draft, submission.state, change, entry.audit_data)
        if submission.state == State.BLANK:
            submission.state = State.DRAFT
        return work

    def _send(self, work: _Work) -> None:
        submission, draft = work.submission, work.version
        check_can(Act.SUBMIT, submission.state)
        check_is_open(self.task, self.at)
        refuse_unchanged(draft, self.sealed.get(submission.pk) if submission.state == State.RETURNED else None)
        findings = self._judged(submission, draft)
        work.change |= seal(submission, draft, self.bench, findings, by=self.by, at=self.at)
        submission.submitted_at = self.at
        submission.first_submitted_at = submission.first_submitted_at or self.at
        submission.reviewer_org_id = self.lines.next_above(submission.organization_id)
        submission.state = State.SUBMITTED
        work.reviews.append(self._review(work, Act.SUBMIT, submission.organization_id))

    def _judged(self, submission: Submission, draft: Version) -> list[Finding]:
        """The findings, those to verify settled in the operator's name; _Broken for the mandatory ones."""
        if not draft.figures and not draft.nil_report:
            raise _Broken([empty_finding()])
        findings = self._findings(submission, draft)
        mandatory = [finding for finding in findings if finding.severity == Severity.MANDATORY]
        if mandatory:
            raise _Broken(mandatory)
        silent = [finding for finding in findings if finding.needs_explanation]
        if silent:
            draft.explanations |= {finding.check: self.explanation for finding in silent}
            self.entered.noticed += [
                (submission.pk, finding.keys[0] if finding.keys else "", finding.sentence) for finding in silent
            ]
            findings = self._findings(submission, draft)
        return findings

    def _findings(self, submission: Submission, draft: Version) -> list[Finding]:
        return self.bench.findings(submission, draft.figures, draft.explanations, draft.nil_report)

    def _approve(self, work: _Work) -> None:
        """Approve at every level that a page would ask, up to the county."""
        submission = work.submission
        while submission.reviewer_org_id != submission.county_id:
            level = submission.reviewer_org_id
            check_can(Act.PASS, submission.state)
            work.reviews.append(self._review(work, Act.PASS, level))
            submission.state = State.PASSED
            submission.reviewer_org_id = self.lines.next_above(submission.organization_id, level)
        check_can(Act.APPROVE, submission.state)
        work.reviews.append(self._review(work, Act.APPROVE, submission.county_id))
        submission.state, submission.reviewer_org_id = State.APPROVED, None
        submission.approved_at, submission.approved_by = self.at, self.by

    def _review(self, work: _Work, act: Act, organization_id: int) -> Review:
        return Review(
            county_id=self.task.county_id, submission=work.submission, version=work.version, act=act,
            organization_id=organization_id, at=self.at, by=self.by,
        )  # fmt: skip

    def _write(self, works: list[_Work]) -> None:
        """Write versions, then submissions, then reviews, events and change marks."""
        Version.objects.bulk_create(
            [work.version for work in works],
            update_conflicts=True, unique_fields=["county", "submission", "number"], update_fields=_VERSION_FIELDS,
        )  # fmt: skip
        for work in works:
            work.submission.standing = work.version if work.version.sealed_at else None
        Submission.objects.bulk_create(
            [work.submission for work in works],
            update_conflicts=True, unique_fields=["county", "task", "organization"], update_fields=_SUBMISSION_FIELDS,
        )  # fmt: skip
        Review.objects.bulk_create([_of_stored_version(review, work) for work in works for review in work.reviews])
        for work in works:
            self._record(work)
        units = [work.submission.organization_id for work in works]
        mark_changed(self.task, units)
        remeasure_later(self.task, units)

    def _record(self, work: _Work) -> None:
        submission, version = work.submission, work.version
        state_data = {"_state": [work.old_state, submission.state], "_version": version.number, "_digest": version.digest}
        if version.explanations:
            state_data["_explanations"] = version.explanations
        record(
            self.kind, by=self.by, at=self.at, county_id=submission.county_id, subject=subject_of(submission),
            organization_id=submission.organization_id, data=work.change | state_data | work.audit_data,
        )  # fmt: skip


class _Broken(Exception):
    """One unit's document breaks mandatory rules: (cell, sentence) each."""

    def __init__(self, findings: Sequence[Finding]):
        super().__init__()
        self.problems = [
            (finding.keys[0] if finding.keys else "", f"{finding.sentence} {finding.cure}") for finding in findings
        ]


_VERSION_FIELDS = (
    "figures", "explanations", "nil_report", "revision", "recent_keys", "saved_at", "saved_by", "sealed_at", "sealed_by",
    "digest", "findings", "on_behalf", "measures", "approved_measures",
)  # fmt: skip
_SUBMISSION_FIELDS = tuple(name.removesuffix("_id") for name in FOLLOWING if not name.startswith("exempt"))


def _hold(task: Task, units: list[int]) -> dict[int, Submission]:
    """The units' rows, then their submissions, locked in the order every other act takes them."""
    organizations = Organization.objects.select_for_update(no_key=True).filter(county_id=task.county_id, pk__in=units)
    list(organizations.order_by("pk").values_list("pk"))
    rows = Submission.objects.select_for_update(no_key=True, of=("self",)).select_related("organization")
    held = {}
    for submission in rows.filter(county_id=task.county_id, task=task, organization_id__in=units).order_by("pk"):
        submission.state, submission.task = State(submission.state), task
        held[submission.pk] = submission
    return held


def _versions(task: Task, submission_ids: list[int]) -> tuple[dict[int, Version], dict[int, Version]]:
    """The newest version of each submission, and the newest sealed one."""
    rows = Version.objects.select_for_update(no_key=True).filter(county_id=task.county_id, submission_id__in=submission_ids)
    versions = list(rows.order_by("submission_id", "number"))
    newest = {version.submission_id: version for version in versions}
    return newest, {version.submission_id: version for version in versions if version.sealed_at is not None}


def _locked(submission: Submission) -> str:
    if submission.state == State.APPROVED:
        return _(
            "The report is approved and locked, and holds other figures; take its rows out. What is approved is corrected by the"
            " command correct, with the reason."
        )
    if submission.state == State.EXEMPT:
        return _("The unit is exempt from this report (%(reason)s); lift the exemption first.") % {
            "reason": submission.exempt_reason
        }
    return _("The report is with the reviewers and holds other figures; have it returned or withdrawn first.")


def _of_stored_version(review: Review, work: _Work) -> Review:
    """The review of a stored version, which has its id only after it was inserted."""
    review.version = work.version
    return review
