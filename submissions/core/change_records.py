"""Reads a submission's figures back from its audit events: who changed which cell, and the document after all changes.

An event's data holds {figure key: [old, new]}; keys that begin with "_" tell of the act itself (state, revision, reason).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from audit.models import Event
from indicators.measures.history import Document
from indicators.values.documents import NA, Figure
from orgs.models import User
from submissions.models import Submission

ABOUT_ACT = "_"


@dataclass(frozen=True)
class ChangeRecord:
    """What stood in a cell before, and who changed it last."""

    old: Figure | None
    by: str
    at: datetime


def subject_of(submission: Submission) -> str:
    return f"submission:{submission.pk}"


def changes_since(submission: Submission, revision: int) -> dict[str, ChangeRecord]:
    """Cells changed after a revision, with what they held then."""
    found: dict[str, ChangeRecord] = {}
    events = [event for event in _events(submission) if _revision_after(event) > revision]
    names = dict(User.objects.filter(pk__in={event.actor_id for event in events}).values_list("id", "name"))
    for event in events:
        for key, (old, _new) in _cells(event.data):
            first = found.get(key)
            found[key] = ChangeRecord(first.old if first else old, names.get(event.actor_id, event.actor_name), event.at)
    return found


def replayed(submission: Submission) -> Document:
    """The figures of the newest version, computed from the audit trail alone."""
    return replayed_from(event.data for event in _events(submission))


def replayed_from(records: Iterable[str]) -> Document:
    """The document after applying the data of one submission's events in their order."""
    figures: Document = {}
    for data in records:
        for key, (_old, new) in _cells(data):
            figures[key] = new
    return {key: figure for key, figure in figures.items() if figure is not None}


def has_typed(submission: Submission, user: User) -> bool:
    """True where the person changed a figure of this submission, in any version."""
    events = Event.objects.filter(chain=submission.county_id, subject=subject_of(submission), actor_id=user.pk, result="done")
    return events.filter(kind__in=("submission.saved", "submission.taken_in")).exists()


def _events(submission: Submission) -> list[Event]:
    events = Event.objects.filter(chain=submission.county_id, subject=subject_of(submission), result="done")
    return list(events.order_by("sequence"))


def _revision_after(event: Event) -> int:
    return json.loads(event.data).get("_revision", (0, 0))[1]


def _cells(data: str) -> Iterator[tuple[str, tuple[Figure | None, Figure | None]]]:
    for key, value in json.loads(data).items():
        if not key.startswith(ABOUT_ACT):
            yield key, (_figure(value[0]), _figure(value[1]))


def _figure(value) -> Figure | None:
    """A figure from the audit's notation: integers as such, fractions as text, 不适用 as "NA"."""
    return Decimal(value) if isinstance(value, str) and value != NA else value
