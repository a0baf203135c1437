"""Makes an organization and edits facts about it other than its place."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.recorder import record
from orgs.models import Organization, User
from orgs.tree.initials import initials_of
from orgs.tree.name_records import OldName, keep_former_names
from orgs.tree.new_organizations import insert_organizations, next_organization_ids
from orgs.tree.placements import PlacementSpan
from orgs.tree.span_writer import place

EDITABLE = ("short_name", "contact", "telephone")


@transaction.atomic
def make_organization(*, code: str, name: str, spans: Sequence[PlacementSpan], by: User, at: datetime, **facts) -> Organization:
    """Makes an organization at its spans. `facts` are fields of Organization (unit_category, org_type, …).

    Raises ValidationError if a fact or a span is not possible.
    """
    [own_id] = next_organization_ids(1)
    organization = Organization(pk=own_id, code=code, name=name, initials=initials_of(name), **facts)
    organization.clean_fields(exclude=["county"])
    insert_organizations([organization], {own_id: spans})
    place(declared={organization.pk: spans}, by=by, at=at)
    organization.refresh_from_db()
    record(
        "organization.made",
        by=by,
        at=at,
        county_id=organization.county_id,
        subject=f"organization:{organization.pk}",
        organization_id=organization.pk,
        data={"code": [None, code], "name": [None, name]} | {key: [None, value] for key, value in facts.items()},
    )
    return organization


@transaction.atomic
def edit_organization(
    *, organization: Organization, short_name: str, contact: str, telephone: str, by: User, at: datetime
) -> Organization:
    """Edits short name, contact and office telephone, and records old and new. Writes nothing if nothing changed."""
    rows = Organization.objects.select_for_update().filter(county_id=organization.county_id, pk=organization.pk)
    standing = rows.get()
    wanted = dict(zip(EDITABLE, (short_name, contact, telephone), strict=True))
    changes = {key: [getattr(standing, key), text] for key, text in wanted.items() if getattr(standing, key) != text}
    if changes:
        if standing.short_name and "short_name" in changes:
            keep_former_names([OldName(standing, standing.name, standing.short_name, timezone.localdate(at))])
        rows.update(**{key: new for key, (_old, new) in changes.items()})
        record(
            "organization.edited",
            by=by,
            at=at,
            county_id=organization.county_id,
            subject=f"organization:{organization.pk}",
            organization_id=organization.pk,
            data=changes,
        )
    return rows.get()
