"""Closes, suspends, reopens, moves, renames, recategorizes, merges and splits organizations: place and succession in one act.

A change `on` a day holds from that day: the day before is the last of the old state. What was reported stays
with whom reported it, and `orgs.tree.successions` says where it belongs today. What was begun for a period at whose end the
organization stands no more counts where it stood (`orgs.tree.report_places`), or is exempted by decision (`exempts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from orgs.choices import SuccessionKind
from orgs.models import Organization, User
from orgs.tree.bulk_successions import rename_note
from orgs.tree.categories import change_category
from orgs.tree.ended_places import TreeChange, end_places
from orgs.tree.initials import initials_of
from orgs.tree.name_records import OldName, RenamedLater, keep_former_names
from orgs.tree.organization_states import states_of
from orgs.tree.organizations import make_organization
from orgs.tree.placements import ONE_DAY, PlacementSpan
from orgs.tree.span_writer import replace_places
from orgs.tree.spans import spans_of
from orgs.tree.succession_records import (
    RestructuringResult,
    Shares,
    record_succession,
    state_before_opening,
    undo_data,
)


@dataclass(frozen=True)
class Views:
    """District and line of a place to come; None: as they were."""

    district: Organization | None = None
    line: Organization | None = None

    def of(self, span: PlacementSpan) -> dict[str, int | None]:
        district, line = (org.pk if org else None for org in (self.district, self.line))
        return {"district": district or span.district, "line": line or span.line}


AS_THEY_WERE = Views()


@transaction.atomic
def open_organization(
    *, code: str, name: str, parent: Organization | None, on: date, by: User, at: datetime, note: str = "", **facts
) -> Organization:
    """Opens a new organization from a day on."""
    span = PlacementSpan(parent.pk if parent else None, on)
    organization = make_organization(code=code, name=name, spans=[span], by=by, at=at, **facts)
    record_opening(organization=organization, on=on, by=by, at=at, note=note)
    return organization


@transaction.atomic
def record_opening(*, organization: Organization, on: date, by: User, at: datetime, note: str = "") -> RestructuringResult:
    """That an organization, which has just been placed, was opened on the day."""
    change = TreeChange(state_before_opening(organization))
    return _record(SuccessionKind.OPEN, on, [], {organization: None}, note, change, by=by, at=at)


@transaction.atomic
def close(
    *, organization: Organization, on: date, by: User, at: datetime, note: str = "", exempts: bool = False
) -> RestructuringResult:
    """No place from the day on, for good. Refused while anything stands below it."""
    return _end_alone(SuccessionKind.CLOSE, organization, on, note, exempts, by=by, at=at)


@transaction.atomic
def suspend(
    *, organization: Organization, on: date, by: User, at: datetime, note: str = "", exempts: bool = False
) -> RestructuringResult:
    """No place from the day on, until it is reopened."""
    return _end_alone(SuccessionKind.SUSPEND, organization, on, note, exempts, by=by, at=at)


@transaction.atomic
def reopen(
    *, organization: Organization, on: date, by: User, at: datetime, parent: Organization | None = None, note: str = ""
) -> RestructuringResult:
    """A place again from the day on: under `parent`, or where it stood last."""
    before = states_of([organization.pk])
    spans = before[organization.pk].spans
    if not spans or spans[-1].last_day >= on:
        raise ValidationError(_("%(name)s is not closed or suspended before %(day)s.") % _words(organization, on))
    again = replace(spans[-1], valid_from=on, valid_to=None, parent=parent.pk if parent else spans[-1].parent)
    placed = replace_places(declared={organization.pk: [*spans, again]}, by=by, at=at)
    change = TreeChange(before, placed.touched, placed.followed)
    return _record(SuccessionKind.REOPEN, on, [], {organization: None}, note, change, by=by, at=at)


@transaction.atomic
def move(
    *,
    organization: Organization,
    parent: Organization,
    on: date,
    by: User,
    at: datetime,
    note: str = "",
    views: Views = AS_THEY_WERE,
) -> RestructuringResult:
    """Under another parent, or into another district or line, from the day on; everything below it goes with it."""
    before = states_of([organization.pk])
    moved: list[PlacementSpan] = []
    for span in standing_spans(organization, on):
        if span.valid_from <= on <= span.last_day:
            moved += [replace(span, valid_to=on - ONE_DAY)] if span.valid_from < on else []
            moved.append(replace(span, valid_from=on, parent=parent.pk, **views.of(span)))
        else:
            moved.append(span)
    placed = replace_places(declared={organization.pk: moved}, by=by, at=at)
    if organization.pk not in placed.changes:
        raise ValidationError(_("%(name)s already stands there on %(day)s.") % _words(organization, on))
    change = TreeChange(before, placed.touched, placed.followed)
    return _record(SuccessionKind.MOVE, on, [organization], {organization: None}, note, change, by=by, at=at)


@transaction.atomic
def rename(*, organization: Organization, name: str, on: date, by: User, at: datetime, note: str = "") -> RestructuringResult:
    """Another full name from the day on; periods that ended before print the old one, and the succession's note says it."""
    change = TreeChange(states_of([organization.pk]))
    old = organization.name
    renamed = Organization(code=organization.code, name=name)
    renamed.clean_fields(exclude=["county"])
    if name == old:
        raise ValidationError(_("%(name)s already has this name.") % {"name": old})
    try:
        keep_former_names([OldName(organization, old, organization.short_name, on)])
    except RenamedLater as later:
        raise ValidationError(later.sentence) from later
    Organization.objects.filter(county_id=organization.county_id, pk=organization.pk).update(
        name=name, initials=initials_of(name)
    )
    note = rename_note(old, name, note)
    return _record(SuccessionKind.RENAME, on, [organization], {organization: None}, note, change, by=by, at=at)


@transaction.atomic
def recategorize(
    *,
    organization: Organization,
    on: date,
    by: User,
    at: datetime,
    unit_category: str = "",
    org_type: str = "",
    note: str = "",
) -> RestructuringResult:
    """Another unit category or organization type from the day on (撤村改社区). What was asked before keeps the one it was asked under."""
    change = TreeChange(states_of([organization.pk]))
    said = change_category(organization=organization, unit_category=unit_category, org_type=org_type, on=on)
    note = f"{said}; {note}"[:300] if note else said
    return _record(SuccessionKind.RECATEGORIZE, on, [organization], {organization: None}, note, change, by=by, at=at)


@transaction.atomic
def merge(
    *,
    predecessors: Sequence[Organization],
    successor: Organization,
    on: date,
    by: User,
    at: datetime,
    note: str = "",
    exempts: bool = False,
    opened: bool = False,
) -> RestructuringResult:
    """The predecessors end and the successor, which stands on the day, carries them on. It may be one of them.

    What stands below them goes with them to the successor. `opened`: the successor was made for this, and goes when it is undone.
    """
    standing_spans(successor, on)
    ending = [org for org in predecessors if org != successor]
    because = _because(SuccessionKind.MERGE, on, note, exempts)
    ended = end_places(ending, on, into=successor, because=because, exempts=exempts, by=by, at=at)
    change = _with_opened(ended, [successor] if opened else [])
    return _record(SuccessionKind.MERGE, on, predecessors, {successor: Decimal(1)}, note, change, by=by, at=at)


@transaction.atomic
def split(
    *,
    predecessor: Organization,
    successors: Shares,
    on: date,
    by: User,
    at: datetime,
    note: str = "",
    exempts: bool = False,
    opened: Sequence[Organization] = (),
) -> RestructuringResult:
    """The predecessor ends (unless it is a successor too); the successors, which stand on the day, carry it on.

    Shares say how the past is to be divided: all recorded and together 1, or none, and then the past is not divided.
    `opened`: successors that were made for this, and go when it is undone.
    """
    _check_shares(successors)
    for successor in successors:
        standing_spans(successor, on)
    ending = [] if predecessor in successors else [predecessor]
    ended = end_places(ending, on, because=_because(SuccessionKind.SPLIT, on, note, exempts), exempts=exempts, by=by, at=at)
    change = _with_opened(ended, opened)
    return _record(SuccessionKind.SPLIT, on, [predecessor], successors, note, change, by=by, at=at)


def standing_spans(organization: Organization, on: date) -> tuple[PlacementSpan, ...]:
    """The spans of an organization that has a place on the day. Raises ValidationError."""
    spans = spans_of([organization.pk]).get(organization.pk, ())
    if not any(span.valid_from <= on <= span.last_day for span in spans):
        raise ValidationError(_("%(name)s has no place on %(day)s.") % _words(organization, on))
    return spans


def _check_shares(successors: Shares) -> None:
    shares = list(successors.values())
    if not shares:
        raise ValidationError(_("Say into which organizations it is split."))
    if any(share is None for share in shares):
        if any(share is not None for share in shares):
            raise ValidationError(_("Give a share to every successor or to none."))
    elif sum(shares) != 1 or min(shares) < 0:
        raise ValidationError(_("The shares must add up to 1; they make %(sum)s.") % {"sum": sum(shares)})


def _end_alone(
    kind: SuccessionKind, organization: Organization, on: date, note: str, exempts: bool, *, by: User, at: datetime
) -> RestructuringResult:
    change = end_places([organization], on, because=_because(kind, on, note, exempts), exempts=exempts, by=by, at=at)
    return _record(kind, on, [organization], {}, note, change, by=by, at=at)


def _because(kind: SuccessionKind, on: date, note: str, exempts: bool) -> str:
    """The reason with which reports of an ended unit are exempted: what happened, when, by which document."""
    if exempts and not note.strip():
        raise ValidationError(
            _("To exempt reports that were sent in, name the decision (such as a document number) in the note.")
        )
    words = {"kind": SuccessionKind(kind).label, "day": on.isoformat(), "note": note}
    return (_("%(kind)s on %(day)s: %(note)s") if note else _("%(kind)s on %(day)s")) % words


def _record(
    kind: SuccessionKind,
    on: date,
    predecessors: Sequence[Organization],
    successors: Shares,
    note: str,
    change: TreeChange,
    *,
    by: User,
    at: datetime,
) -> RestructuringResult:
    """The succession of what was done, with the way back."""
    undo = undo_data(change.before, change.followed, is_decided=change.is_decided)
    succession = record_succession(
        kind=kind, on=on, predecessors=predecessors, successors=successors, by=by, at=at, note=note, undo=undo
    )
    return RestructuringResult(succession, change.touched, change.followed)


def _with_opened(change: TreeChange, opened: Sequence[Organization]) -> TreeChange:
    before = dict(change.before)
    for organization in opened:
        before |= state_before_opening(organization)
    return replace(change, before=before)


def _words(organization: Organization, on: date) -> dict[str, str]:
    return {"name": organization.name, "day": on.isoformat()}
