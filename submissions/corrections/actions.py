"""Corrections of approved reports: requested by the unit, passed on level by level, approved at the county; or refused, taken back.

The report stays approved all the while. Approval seals one more version and lets the report stand on it.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.accounts.accounts import SYSTEM_USERNAME
from orgs.models import User
from submissions.checking.validator import bench_for
from submissions.choices import OPEN_CORRECTION, Act, CorrectionState
from submissions.core.change_records import subject_of
from submissions.core.conflicts import correction_decided, stale_correction
from submissions.core.locks import hold_for_act
from submissions.core.refusals import ActRefused
from submissions.core.reviewers import lines_for
from submissions.core.sealed_measures import leaning_on
from submissions.core.summary_stamps import mark_changed
from submissions.core.transitions import TransitionSentence, carry_out
from submissions.corrections.documents import (
    Changes,
    corrected_version,
    figure_changes,
    judged,
    refuse_refilled,
    refuse_unchanged,
)
from submissions.corrections.states import CorrectionAct, check_can
from submissions.filling.submission_actions import seal
from submissions.models import Correction, Submission, Task
from submissions.states import check_can as check_report_can

SHORTEST_REASON = 2  # characters: 漏报 is a reason


@transaction.atomic
def request_correction(
    *, submission: Submission, version_number: int, changes: Changes, reason: str, by: User, at: datetime, evidence: str = "",
    explanations: Mapping[str, str] | None = None, on_behalf: str = "",
) -> Correction:  # fmt: skip
    """Ask that cells of an approved report be changed; what stands and what is added up stays as it is until it is approved.

    `version_number` is the version that was seen: another one by now is a Conflict with the differences. Raises NotNow for the
    state, NotReady for what the checks say, ActRefused for a second correction at once, for no change, and for a cell that is
    not typed.
    """
    held = hold_for_act(submission)
    check_report_can(Act.CORRECT, held.state)
    if held.standing.number != version_number:
        raise stale_correction(held, held.versions.filter(number=version_number).first(), held.standing)
    _refuse_second(held)
    _refuse_short(reason)
    changed = {key: new for key, (_old, new) in figure_changes(held.standing, changes).items()}
    bench = bench_for(held.task, [held.organization_id])
    version = corrected_version(held, held.standing, changes, explanations or {})
    refuse_unchanged(held, held.standing, changes)
    refuse_refilled(held, bench, version, changed)
    judged(bench, held, version)
    today = timezone.localdate(at)
    correction = Correction.objects.create(
        county_id=held.county_id, submission=held, number=held.corrections.count() + 1, base=held.standing,
        figures={key: new for key, new in changed.items() if new is not None},
        cleared=sorted(key for key, new in changed.items() if new is None),
        explanations={key: text.strip() for key, text in (explanations or {}).items() if text.strip()},
        reason=reason.strip(), evidence=evidence.strip(), on_behalf=on_behalf.strip(), requested_at=at, requested_by=by,
        reviewer_org_id=lines_for(held.task, [held.organization_id], today).next_today(held.organization_id),
    )  # fmt: skip
    _set_under_way(held, True)
    figures = {key: [old, new] for key, (old, new) in figure_changes(held.standing, changed).items()}
    _record("requested", held, correction, by, at, {"_figures": figures, "_reason": correction.reason})
    mark_changed(held.task, [held.organization_id])
    submission.is_in_correction = True
    return correction


@transaction.atomic
def approve_correction(*, correction: Correction, by: User, at: datetime) -> None:
    """Pass it on to the next reviewing organization; at the county approve it, so that the report stands on its result.

    `correction` is as the reviewer saw it: decided or passed on meanwhile is a Conflict. Raises ActRefused for one's own request,
    NotReady where the checks say otherwise by now.
    """
    held, row = _hold(correction, CorrectionAct.APPROVE)
    if by.username != SYSTEM_USERNAME and row.requested_by_id == by.pk:
        raise ActRefused(_("You requested this correction yourself; another person has to decide on it."))
    level = row.reviewer_org_id
    if level == held.county_id:
        _put_into_force(held, row, by, at)
    else:
        lines = lines_for(held.task, [held.organization_id], timezone.localdate(at))
        _write(
            row, CorrectionAct.PASS, passed_at=at, passed_by=by, reviewer_org_id=lines.next_today(held.organization_id, level)
        )
        _record("passed", held, row, by, at, {"_level": level})
    _follow(correction, row)


@transaction.atomic
def refuse_correction(*, correction: Correction, reason: str, by: User, at: datetime) -> None:
    """Leave the report as it stands. Raises Conflict where it was decided or passed on meanwhile."""
    held, row = _hold(correction, CorrectionAct.REFUSE)
    _refuse_short(reason)
    _write(row, CorrectionAct.REFUSE, reviewer_org_id=None, decided_at=at, decided_by=by, opinion=reason.strip())
    _end(held, row, "refused", by, at, {"_reason": row.opinion})
    _follow(correction, row)


@transaction.atomic
def withdraw_correction(*, correction: Correction, by: User, at: datetime) -> None:
    """Take a request back before anybody passed it."""
    held, row = _hold(correction, CorrectionAct.WITHDRAW)
    _write(row, CorrectionAct.WITHDRAW, reviewer_org_id=None, decided_at=at, decided_by=by)
    _end(held, row, "withdrawn", by, at, {})
    _follow(correction, row)


def _put_into_force(held: Submission, row: Correction, by: User, at: datetime) -> None:
    """Seal the result from the base, and let the report stand on it."""
    bench = bench_for(held.task, [held.organization_id])
    version = corrected_version(held, row.base, row.changes, row.explanations)
    findings = judged(bench, held, version)
    version.on_behalf = row.on_behalf or version.on_behalf
    version.saved_at, version.saved_by = row.requested_at, row.requested_by
    seal(held, version, bench, findings, by=by, at=at)
    version.save(force_insert=True)
    _note_on_tasks(held.task)
    _write(row, CorrectionAct.APPROVE, reviewer_org_id=None, decided_at=at, decided_by=by, result=version)
    figures = {key: [old, new] for key, (old, new) in figure_changes(row.base, row.changes).items()}
    carry_out(
        held, held, Act.CORRECT, by=by, at=at, organization_id=held.county_id, version=version,
        sentence=TransitionSentence(row.reason), change={**figures, "_digest": version.digest, "_correction": row.number},
        standing=version, is_in_correction=False,
    )  # fmt: skip


def _note_on_tasks(task: Task) -> None:
    """The task, and those of the same form whose reports may lean on it, say from now on that corrections stand in them."""
    periods = [task.period, *leaning_on(task.period)]
    tasks = Task.objects.filter(county_id=task.county_id, form_id=task.form_id, period__in=periods, has_corrections=False)
    tasks.update(has_corrections=True)


def _hold(correction: Correction, act: CorrectionAct) -> tuple[Submission, Correction]:
    """Lock the report, then the correction; Conflict where either is not as it was seen."""
    held = hold_for_act(correction.submission)
    rows = Correction.objects.select_for_update(no_key=True, of=("self",)).select_related("base", "requested_by")
    row = rows.get(county_id=held.county_id, pk=correction.pk)
    if row.state in OPEN_CORRECTION and (row.state, row.reviewer_org_id) != (correction.state, correction.reviewer_org_id):
        raise correction_decided(row)
    check_can(act, row.state)
    if held.standing_id != row.base_id:
        raise stale_correction(held, row.base, held.standing)
    return held, row


def _write(row: Correction, act: CorrectionAct, **values) -> None:
    """Bring a held correction along the table; the object follows."""
    state = check_can(act, row.state)
    for name, value in {"state": state, **values}.items():
        setattr(row, name, value)
    Correction.objects.filter(county_id=row.county_id, pk=row.pk).update(state=state, **values)


def _end(held: Submission, row: Correction, kind: str, by: User, at: datetime, data: dict) -> None:
    _set_under_way(held, False)
    _record(kind, held, row, by, at, data)
    mark_changed(held.task, [held.organization_id])


def _set_under_way(held: Submission, is_in_correction: bool) -> None:
    rows = Submission.objects.filter(county_id=held.county_id, pk=held.pk)
    rows.update(is_in_correction=is_in_correction)


def _record(kind: str, held: Submission, row: Correction, by: User, at: datetime, data: dict) -> None:
    record(
        f"correction.{kind}", by=by, at=at, county_id=held.county_id, subject=subject_of(held),
        organization_id=held.organization_id, data={"_correction": row.number, **data},
    )  # fmt: skip


def _follow(correction: Correction, row: Correction) -> None:
    """The caller's object is brought up to date."""
    for name in (
        "state",
        "reviewer_org_id",
        "result_id",
        "decided_at",
        "decided_by_id",
        "passed_at",
        "passed_by_id",
        "opinion",
    ):
        setattr(correction, name, getattr(row, name))


def _refuse_second(held: Submission) -> None:
    open_one = held.corrections.filter(county_id=held.county_id, state__in=OPEN_CORRECTION).first()
    if open_one is not None:
        raise ActRefused(
            _("Correction %(number)s of this report is still under way (%(state)s); take it back or wait until it is decided.")
            % {"number": open_one.number, "state": CorrectionState(open_one.state).label}
        )


def _refuse_short(reason: str) -> None:
    if len("".join(reason.split())) < SHORTEST_REASON:
        raise ActRefused(
            _("The reason has to say what happened, in at least %(least)s characters.") % {"least": SHORTEST_REASON}
        )
