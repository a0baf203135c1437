"""Keeps what a person said the heads of a table mean, so that next quarter's table of the same maker is understood. Knows no file."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from audit.recording import record
from indicators.models import Form
from orgs.models import Organization, User
from submissions.models import HeadName


@transaction.atomic
def remember_heads(*, organization: Organization, form: Form, heads: Mapping[str, str], by: User, at: datetime) -> int:
    """`heads`: text as `Head.remembered_as` writes it -> "line:KEY", "unit:CODE" or "" to pass it over; how many are new or changed."""
    rows = HeadName.objects.filter(county_id=organization.county_id, organization=organization, form=form)
    known = dict(rows.filter(text__in=heads).values_list("text", "means"))
    changed = {text: means for text, means in heads.items() if known.get(text) != means}
    if not changed:
        return 0
    HeadName.objects.bulk_create(
        [
            HeadName(
                county_id=organization.county_id, organization=organization, form=form, text=text, means=means,
                said_at=at, said_by=by,
            )
            for text, means in changed.items()
        ],
        update_conflicts=True, unique_fields=["county", "organization", "form", "text"],
        update_fields=["means", "said_at", "said_by"],
    )  # fmt: skip
    record(
        "heads.remembered", by=by, at=at, county_id=organization.county_id, subject=f"form:{form.pk}",
        organization_id=organization.pk, data={text: [known.get(text), means] for text, means in changed.items()},
    )  # fmt: skip
    return len(changed)
