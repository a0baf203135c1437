"""The unit categories and types of organizations on a day, where they have others since."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from orgs.models import FormerCategory

# On a Placement: whether its organization ever had another category. Most never had; for them no further query is made.
WAS_RECATEGORIZED = Exists(FormerCategory.objects.filter(organization=OuterRef("organization_id")))


def former_categories_on(org_ids: Collection[int], day: date) -> dict[int, FormerCategory]:
    """Organization -> what held on the day and holds no more; in one query, none where nobody is asked for."""
    return _first_of_each(FormerCategory.objects.filter(organization_id__in=org_ids, until__gte=day)) if org_ids else {}


def _first_of_each(rows: Iterable[FormerCategory]) -> dict[int, FormerCategory]:
    found: dict[int, FormerCategory] = {}
    for row in sorted(rows, key=lambda row: row.until):
        found.setdefault(row.organization_id, row)
    return found
