"""Writes what became of organizations as successions, each audited and with what is needed to take it back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.choices import SuccessionKind
from orgs.models import Organization, Succession, SuccessionEnd, User
from orgs.tree.dependants import NOTHING_FOLLOWED, Followed, PlacedReport
from orgs.tree.organization_states import OrganizationState, States, packed, states_of

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
    SuccessionKind.RECATEGORIZE: "organization.recategorized",
}


@dataclass(frozen=True)
class RestructuringResult:
    """A change that was made: its record, the reports it touched, and what was adjusted after it."""

    succession: Succession
    touched: Sequence[PlacedReport] = ()
    followed: Followed = NOTHING_FOLLOWED


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
    undo: dict | None = None,
) -> Succession:
    """The record alone, audited. Raises ValidationError across counties."""
    everyone = [*predecessors, *successors]
    county = _one_county(everyone)
    succession = Succession.objects.create(
        county_id=county, kind=kind, on=on, note=note, undo=undo or {}, recorded_at=at, recorded_by=by
    )
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


def undo_data(before: States, followed: Followed = NOTHING_FOLLOWED, *, is_decided: bool = False) -> dict:
    """How to take back what was just done to these organizations; one that is new had no place before.

    `is_decided`: reports that were sent in were exempted by decision.
    """
    after = states_of(before)
    return {
        "before": packed(before),
        "after": packed(after),
        "exempted": [report.key for report in followed.exempted],
        "is_decided": is_decided,
    }


def state_before_opening(organization: Organization) -> dict[int, OrganizationState]:
    """The state of a new organization before it had a place."""
    [state] = states_of([organization.pk]).values()
    return {organization.pk: OrganizationState((), state.facts, state.former_names, state.former_categories)}


def _one_county(organizations: Iterable[Organization]) -> int:
    counties = {org.county_id for org in organizations}
    if len(counties) != 1:
        raise ValidationError(_("Organizations of different counties cannot succeed one another."))
    return counties.pop()
