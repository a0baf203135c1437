"""Stores the headline figures that a county chooses."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from audit.recorder import record
from indicators.models import Indicator
from orgs.county_rows import delete_rows
from orgs.models import Organization, User
from reports.models import Headline


@transaction.atomic
def choose_headlines(*, county: Organization, indicators: Sequence[Indicator], by: User, at: datetime) -> bool:
    """Replaces the choice by these, in this order; none means the default. False if nothing changed."""
    rows = Headline.objects.select_for_update().filter(county_id=county.id).select_related("indicator").order_by("position")
    before = [row.indicator.code for row in rows]
    after = [indicator.code for indicator in indicators]
    if before == after:
        return False
    delete_rows(Headline.objects.all(), county.id)
    Headline.objects.bulk_create(
        Headline(county_id=county.id, indicator=indicator, position=position)
        for position, indicator in enumerate(indicators, start=1)
    )
    record(
        "headlines.chosen", by=by, at=at, county_id=county.id, subject=f"county:{county.id}", organization_id=county.id,
        data={"indicators": [before, after]},
    )  # fmt: skip
    return True
