"""Page-sized reads of the tree."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from orgs.choices import UnitCategory
from orgs.models import Organization, Placement, Post
from orgs.tree.trees import Node, Tree, after_branch


def placed_on(day: date) -> Q:
    """The condition that a Placement holds on the day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def held_on(day: date) -> Q:
    """The condition that a Post is held on the day."""
    return placed_on(day)


def standing_on(day: date) -> QuerySet[Placement]:
    """One placement per organization: the one that holds on the day; else the last before it; else the first after it.

    So a closed or suspended organization keeps a place in the tree, where its past can be seen.
    """
    others = Placement.objects.filter(organization=OuterRef("organization"))
    begun = Q(valid_from__lte=day) & ~Exists(others.filter(valid_from__lte=day, valid_from__gt=OuterRef("valid_from")))
    to_come = Q(valid_from__gt=day) & ~Exists(others.filter(valid_from__lt=OuterRef("valid_from")))
    return Placement.objects.filter(begun | to_come)


def standing_path(organization_id: int, day: date) -> str:
    """The path of an organization's placement from `standing_on`; "" if it never had one."""
    return standing_on(day).filter(organization_id=organization_id).values_list("path", flat=True).first() or ""


def tree_on(county_id: int, day: date) -> Tree:
    """The county's whole tree on a day, in one query."""
    rows = Placement.objects.filter(placed_on(day), county_id=county_id).values_list(
        "organization_id", "organization__code", "organization__name", "organization__short_name", "organization__org_type",
        "organization__unit_category", "organization__is_functional", "organization__sort_order",
        "parent_id", "district_id", "line_id", "path",
    )  # fmt: skip
    return Tree(Node(*row) for row in rows)


def placement_on(organization_id: int, day: date) -> Placement | None:
    return Placement.objects.filter(placed_on(day), organization_id=organization_id).first()


def branch_on(path: str, day: date) -> QuerySet[Placement]:
    """The placements of everything at or below a path on a day."""
    return Placement.objects.filter(placed_on(day), path__gte=path, path__lt=after_branch(path))


def posts_at(organization_id: int, day: date) -> QuerySet[Post]:
    """The posts at the organization on the day, with their people."""
    held = Post.objects.filter(held_on(day), organization_id=organization_id).select_related("user")
    return held.order_by("role", "valid_from", "pk")


def organizations_with_code(code: str) -> list[Organization]:
    """All organizations of that code; more than one only where counties share a code."""
    return list(Organization.objects.filter(code=code).select_related("county"))


class UnknownOrganization(ValueError):
    """No organization, or more than one, has the code; the message is a sentence."""


def organization_named(code: str) -> Organization:
    """The one organization of that code. Raises UnknownOrganization with a sentence."""
    found = organizations_with_code(code)
    if not found:
        raise UnknownOrganization(_("There is no organization with code %(code)s.") % {"code": code})
    if len(found) > 1:
        counties = "、".join(organization.county.name for organization in found)
        raise UnknownOrganization(
            _("The code %(code)s stands in several counties (%(counties)s); they must differ.")
            % {"code": code, "counties": counties}
        )
    return found[0]


def county_named(code: str = "") -> Organization:
    """The county of that code; without one the only county there is. Raises UnknownOrganization with a sentence."""
    if code:
        found = organization_named(code)
        if found.county_id != found.id:
            raise UnknownOrganization(_("%(code)s %(name)s is no county.") % {"code": code, "name": found.name})
        return found
    tops = list(Organization.objects.filter(county_id=F("id")).order_by("code"))
    counties = [top for top in tops if top.unit_category == UnitCategory.COUNTY] or tops
    if len(counties) != 1:
        known = "、".join(f"{top.code} {top.name}" for top in counties) or _("none")
        raise UnknownOrganization(_("Say which county by its code (--county); there are: %(known)s.") % {"known": known})
    return counties[0]
