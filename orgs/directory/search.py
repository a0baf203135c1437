"""Finds organizations by name, code or pinyin initials among those that the caller passes in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from orgs.directory.tree_page import UNIT_CATEGORIES
from orgs.models import Organization, Placement
from orgs.tree.queries import standing_on


@dataclass(frozen=True, slots=True)
class FoundOrganization:
    """An organization and the organizations above it, which distinguish two villages of one name."""

    organization: Organization
    parent: Organization | None
    is_placed: bool

    @property
    def unit_category(self) -> str:
        return UNIT_CATEGORIES[self.organization.unit_category]


def matching(organizations: QuerySet[Organization], words: str) -> QuerySet[Organization]:
    """The matches. Every word must be in the name, short name or initials, or begin the code; the exact code comes first."""
    for word in words.split():
        organizations = organizations.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(code__istartswith=word)
            | Q(initials__contains=word.lower())
        )
    exact = Case(When(code=words.strip(), then=Value(0)), default=Value(1), output_field=IntegerField())
    return organizations.order_by(exact, "sort_order", "code", "pk")


def where_they_stand(organizations: list[Organization], day: date) -> list[FoundOrganization]:
    """The organizations with those above them; one query for a page."""
    rows = standing_on(day).filter(organization__in=organizations).select_related("parent")
    standing: dict[int, Placement] = {row.organization_id: row for row in rows}
    return [_found(organization, standing.get(organization.pk), day) for organization in organizations]


def _found(organization: Organization, row: Placement | None, day: date) -> FoundOrganization:
    if row is None:
        return FoundOrganization(organization, None, False)
    return FoundOrganization(organization, row.parent, row.valid_from <= day and (row.valid_to is None or row.valid_to >= day))
