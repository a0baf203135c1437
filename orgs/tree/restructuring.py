"""Closes, suspends, reopens, moves, renames, merges and splits organizations: place and succession in one act.

A change `on` a day holds from that day: the day before is the last of the old state. Reports stay with the organization that
reported them, and `orgs.tree.successions` says where they belong today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.choices import SuccessionKind
from orgs.models import Organization, Succession, SuccessionEnd, User
from orgs.tree.bulk_successions import rename_note
from orgs.tree.initials import initials_of
from orgs.tree.name_records import OldName, RenamedLater, keep_former_names
from orgs.tree.organizations import make_organization
from orgs.tree.placements import ONE_DAY, PlacementSpan
from orgs.tree.span_writer import place
from orgs.tree.spans import spans_of

Shares = Mapping[Organization, Decimal | None]
VERBS = {
    SuccessionKind.OPEN: "organization.opened",
    SuccessionKind.CLOSE: "organization.closed",
    SuccessionKind.SUSPEND: "organization.suspended",
    SuccessionKind.REOPEN: "organization.reopened",
    SuccessionKind.MERGE: "organization.merged",
    SuccessionKind.SPLIT: "organization.split",
    SuccessionKind.RENAME: "organization.renamed",
    SuccessionKind.MOVE: "organization.moved",
}


@transaction.atomic
def record_succession(
    *,
    kind: SuccessionKind,
    on: date,
    predecessors: Sequence[Organization],
    successors: Shares,
    by: User,
    at: datetime,
    note: str = "",
) -> Succession:
    """Records a succession, without changing places; the acts below do both. Raises ValidationError across counties."""
    everyone = [*predecessors, *successors]
    county = _one_county(everyone)
    succession = Succession.objects.create(county_id=county, kind=kind, on=on, note=note)
    ends = [(org, True, None) for org in predecessors] + [(org, False, share) for org, share in successors.items()]
    SuccessionEnd.objects.bulk_create(
        SuccessionEnd(county_id=county, succession=succession, organization=org, is_predecessor=before, share=share)
        for org, before, share in ends
    )
    data = {
        "on": on.isoformat(),
        "from": [org.code for org in predecessors],
        "to": {org.code: None if share is None else str(share) for org, share in successors.items()},
        "note": note,
    }
    subject = f"succession:{succession.pk}"
    record(VERBS[kind], by=by, at=at, county_id=county, subject=subject, organization_id=everyone[0].pk, data=data)
    return succession


@transaction.atomic
def open_organization(
    *, code: str, name: str, parent: Organization | None, on: date, by: User, at: datetime, note: str = "", **facts
) -> Organization:
    """Opens a new organization from a day on."""
    span = PlacementSpan(parent.pk if parent else None, on)
    organization = make_organization(code=code, name=name, spans=[span], by=by, at=at, **facts)
    _record_one(SuccessionKind.OPEN, on, [], [organization], note, by, at)
    return organization


@transaction.atomic
def close(*, organization: Organization, on: date, by: User, at: datetime, note: str = "") -> None:
    """Removes the place from the day on, for good. Refused while any organization is below it."""
    _end([organization], on, by=by, at=at)
    _record_one(SuccessionKind.CLOSE, on, [organization], [], note, by, at)


@transaction.atomic
def suspend(*, organization: Organization, on: date, by: User, at: datetime, note: str = "") -> None:
    """Removes the place from the day on, until the organization is reopened."""
    _end([organization], on, by=by, at=at)
    _record_one(SuccessionKind.SUSPEND, on, [organization], [], note, by, at)


@transaction.atomic
def reopen(
    *, organization: Organization, on: date, by: User, at: datetime, parent: Organization | None = None, note: str = ""
) -> None:
    """Gives a place again from the day on: under `parent`, or at its last place."""
    spans = spans_of([organization.pk]).get(organization.pk, ())
    if not spans or spans[-1].last_day >= on:
        raise ValidationError(_("%(name)s is not closed or suspended before %(day)s.") % _words(organization, on))
    again = replace(spans[-1], valid_from=on, valid_to=None, parent=parent.pk if parent else spans[-1].parent)
    place(declared={organization.pk: [*spans, again]}, by=by, at=at)
    _record_one(SuccessionKind.REOPEN, on, [], [organization], note, by, at)


@transaction.atomic
def move(*, organization: Organization, parent: Organization, on: date, by: User, at: datetime, note: str = "") -> None:
    """Moves the organization under another parent from the day on, with everything below it."""
    spans = _standing_spans(organization, on)
    moved: list[PlacementSpan] = []
    for span in spans:
        if span.valid_from <= on <= span.last_day:
            moved += [replace(span, valid_to=on - ONE_DAY)] if span.valid_from < on else []
            moved.append(replace(span, valid_from=on, parent=parent.pk))
        else:
            moved.append(span)
    if organization.pk not in place(declared={organization.pk: moved}, by=by, at=at):
        raise ValidationError(_("%(name)s already stands there on %(day)s.") % _words(organization, on))
    _record_one(SuccessionKind.MOVE, on, [organization], [organization], note, by, at)


@transaction.atomic
def rename(*, organization: Organization, name: str, on: date, by: User, at: datetime, note: str = "") -> None:
    """Gives another full name from the day on.

    Periods that ended before print the old one, which the note of the succession contains.
    """
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
    _record_one(SuccessionKind.RENAME, on, [organization], [organization], rename_note(old, name, note), by, at)


@transaction.atomic
def merge(
    *, predecessors: Sequence[Organization], successor: Organization, on: date, by: User, at: datetime, note: str = ""
) -> None:
    """Ends the predecessors; the successor, which has a place on the day, continues them. It may be one of them."""
    _standing_spans(successor, on)
    _end([org for org in predecessors if org != successor], on, by=by, at=at)
    record_succession(
        kind=SuccessionKind.MERGE,
        on=on,
        predecessors=predecessors,
        successors={successor: Decimal(1)},
        by=by,
        at=at,
        note=note,
    )


@transaction.atomic
def split(*, predecessor: Organization, successors: Shares, on: date, by: User, at: datetime, note: str = "") -> None:
    """Ends the predecessor (unless it is a successor too); the successors, which have a place on the day, continue it.

    Shares say how the past is divided: all recorded and together 1, or none, and then the past is not divided.
    """
    _check_shares(successors)
    for successor in successors:
        _standing_spans(successor, on)
    if predecessor not in successors:
        _end([predecessor], on, by=by, at=at)
    record_succession(
        kind=SuccessionKind.SPLIT, on=on, predecessors=[predecessor], successors=successors, by=by, at=at, note=note
    )


def _check_shares(successors: Shares) -> None:
    shares = list(successors.values())
    if not shares:
        raise ValidationError(_("Say into which organizations it is split."))
    if any(share is None for share in shares):
        if any(share is not None for share in shares):
            raise ValidationError(_("Give a share to every successor or to none."))
    elif sum(shares) != 1 or min(shares) < 0:
        raise ValidationError(_("The shares must add up to 1; they make %(sum)s.") % {"sum": sum(shares)})


def _end(organizations: Iterable[Organization], on: date, *, by: User, at: datetime) -> None:
    """Removes every place from the day on."""
    declared: dict[int, list[PlacementSpan]] = {}
    for organization in organizations:
        spans = _standing_spans(organization, on)
        before = [span for span in spans if span.valid_from < on]
        declared[organization.pk] = [replace(span, valid_to=min(span.last_day, on - ONE_DAY)) for span in before]
    place(declared=declared, by=by, at=at)


def _standing_spans(organization: Organization, on: date) -> tuple[PlacementSpan, ...]:
    """The spans of an organization that has a place on the day."""
    spans = spans_of([organization.pk]).get(organization.pk, ())
    if not any(span.valid_from <= on <= span.last_day for span in spans):
        raise ValidationError(_("%(name)s has no place on %(day)s.") % _words(organization, on))
    return spans


def _record_one(
    kind: SuccessionKind,
    on: date,
    predecessors: Sequence[Organization],
    successors: Sequence[Organization],
    note: str,
    by: User,
    at: datetime,
) -> None:
    shares = dict.fromkeys(successors)
    record_succession(kind=kind, on=on, predecessors=predecessors, successors=shares, by=by, at=at, note=note)


def _one_county(organizations: Iterable[Organization]) -> int:
    counties = {org.county_id for org in organizations}
    if len(counties) != 1:
        raise ValidationError(_("Organizations of different counties cannot succeed one another."))
    return counties.pop()


def _words(organization: Organization, on: date) -> dict[str, str]:
    return {"name": organization.name, "day": on.isoformat()}
