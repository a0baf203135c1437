"""Saves what the unit types into the draft of its report: compare-and-set on the revision, idempotent, audited."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.measures.history import Document
from indicators.values.documents import Figure
from orgs.models import User
from submissions.choices import Act
from submissions.core.change_records import subject_of
from submissions.core.conflicts import stale_save
from submissions.core.drafts import open_draft, write_draft
from submissions.core.locks import hold_submission, move, newest_version
from submissions.core.nil_report import speaking_against_nil
from submissions.core.refusals import ActRefused
from submissions.models import Submission, Version
from submissions.states import TRANSITIONS, check_can

KEYS_REMEMBERED = 20


@transaction.atomic
def save_draft(
    *,
    submission: Submission,
    changes: dict[str, Figure | None],
    revision: int,
    key: str,
    by: User,
    at: datetime,
    explanations: dict[str, str] | None = None,
    nil_report: bool | None = None,
    on_behalf: str = "",
) -> Version:
    """Write changed cells (None = blank again) into the draft; the newest version, with its new revision.

    `revision` is the one the page showed (0 before anything was saved); `key` names this attempt, so that a retry after a
    lost answer changes nothing. Raises Conflict for an old revision, NotNow for the state, ActRefused for a cell that is
    not asked or a nil report that figures contradict.
    """
    latest = _latest(submission)
    if _has_taken(latest, key):
        return latest
    check_can(Act.SAVE, submission.state)
    if revision != (latest.revision if latest else 0):
        raise stale_save(submission, latest, changes, revision)
    refuse_unasked(submission, changes)
    draft = next_draft(submission, latest)
    change = apply_changes(submission, draft, changes, explanations or {}, nil_report, on_behalf)
    if not change:
        return latest or draft
    draft.revision += 1
    draft.recent_keys = [*draft.recent_keys, key][-KEYS_REMEMBERED:] if key else draft.recent_keys
    draft.saved_at, draft.saved_by = at, by
    if not _write(draft):
        return _overtaken(submission, changes, revision, key)
    if TRANSITIONS[submission.state, Act.SAVE].to[0] != submission.state:
        move(submission, Act.SAVE)
    change |= {"_revision": [revision, draft.revision], "_version": draft.number}
    record(
        "submission.saved", by=by, at=at, county_id=submission.county_id, subject=subject_of(submission),
        organization_id=submission.organization_id, data=change,
    )  # fmt: skip
    return draft


def _latest(submission: Submission) -> Version | None:
    """The newest version; the submission's state is read with it. Without an open draft the row is held to make one."""
    draft = open_draft(submission)
    if draft is not None:
        return draft
    hold_submission(submission)
    return newest_version(submission)


def _has_taken(latest: Version | None, key: str) -> bool:
    return latest is not None and bool(key) and key in latest.recent_keys


def _overtaken(submission: Submission, changes: Document, revision: int, key: str) -> Version:
    """Answer a save overtaken between reading and writing by another save, a submission or an exemption, as if that had come first."""
    latest = _latest(submission)
    if _has_taken(latest, key):
        return latest
    check_can(Act.SAVE, submission.state)
    raise stale_save(submission, latest, changes, revision)


def next_draft(submission: Submission, latest: Version | None) -> Version:
    """The open draft, or an unsaved new one that begins as a copy of the sealed version before it."""
    if latest is not None and latest.sealed_at is None:
        return latest
    draft = Version(county_id=submission.county_id, submission=submission, number=1)
    if latest is not None:
        draft.number, draft.revision, draft.recent_keys = latest.number + 1, latest.revision, latest.recent_keys
        draft.figures, draft.explanations = dict(latest.figures), dict(latest.explanations)
        draft.nil_report, draft.on_behalf = latest.nil_report, latest.on_behalf
    return draft


def _write(draft: Version) -> bool:
    """Insert a new draft, or change the open one; False where its revision is no longer the one it was read at."""
    if draft.pk is not None:
        return write_draft(draft)
    draft.save(force_insert=True)
    return True


def refuse_unasked(submission: Submission, changes: Document) -> None:
    layout = submission.task.layout
    for key in changes:
        line = layout.by_key.get(key)
        if line is None or line.is_computed or not line.asks(submission.unit_category):
            raise ActRefused(
                _("“%(key)s” is not a cell this unit fills in on this form; reload the page and try again.") % {"key": key}
            )


def apply_changes(
    submission: Submission,
    draft: Version,
    changes: dict[str, Figure | None],
    explanations: dict[str, str],
    nil_report: bool | None,
    on_behalf: str,
) -> dict[str, list]:
    """Change a draft in memory; return the changes as audit data. Raises ActRefused for a contradicted nil report."""
    change: dict[str, list] = {}
    for key, figure in changes.items():
        _set(draft.figures, key, figure, change, key)
    for key, text in explanations.items():
        _set(draft.explanations, key, text.strip() or None, change, f"_explanation:{key}")
    nil = _nil_after(submission, draft, nil_report)
    if nil != draft.nil_report:
        change["_nil_report"] = [draft.nil_report, nil]
        draft.nil_report = nil
    if on_behalf and on_behalf != draft.on_behalf:
        change["_on_behalf"] = [draft.on_behalf, on_behalf]
        draft.on_behalf = on_behalf
    return change


def _set(document: dict, key: str, new, change: dict[str, list], name: str) -> None:
    old = document.get(key)
    if old == new:
        return
    if new is None:
        del document[key]
    else:
        document[key] = new
    change[name] = [old, new]


def _nil_after(submission: Submission, draft: Version, wanted: bool | None) -> bool:
    """A figure typed under a nil report lifts it; a nil report declared over figures is refused, so none is lost."""
    nil = draft.nil_report if wanted is None else wanted
    if not nil:
        return False
    against = speaking_against_nil(submission.task.layout, draft.figures)
    if against and wanted:
        raise ActRefused(
            _(
                "A nil report says that nothing happened, but “%(name)s” has a figure. Clear it first, or send without nil report."
            )
            % {"name": against[0].label}
        )
    return not against
