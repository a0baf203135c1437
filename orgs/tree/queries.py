"""Page-sized reads of the tree."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from orgs.choices import UnitCategory
from orgs.models import FormerCategory, Organization, Placement, Post
from orgs.tree.former_categories import WAS_RECATEGORIZED, former_categories_on
from orgs.tree.trees import Node, Tree, after_branch


def placed_on(day: date) -> Q:
    """The condition on a Placement that its organization stands there on the day."""
    return counted_on(day) & Q(is_report_place=False)


def counted_on(day: date) -> Q:
    """The condition on a Placement that reports for periods ending on the day count there: a closed unit's too (decision 214)."""
    return held_on(day)


def held_on(day: date) -> Q:
    """The condition on a Post (or a Placement) that it holds on the day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


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
    """The county's whole tree on a day, everybody in the category of the day; in one query."""
    return _tree(county_id, day, placed_on(day))


def report_tree_on(county_id: int, day: date) -> Tree:
    """The same with the places at which reports of closed units count: the tree of what is summed and counted."""
    return _tree(county_id, day, counted_on(day))


def _tree(county_id: int, day: date, condition: Q) -> Tree:
    placed = Placement.objects.filter(condition, county_id=county_id).annotate(was_recategorized=WAS_RECATEGORIZED)
    rows = placed.values_list(
        "was_recategorized", "organization_id", "organization__code", "organization__name", "organization__short_name",
        "organization__org_type", "organization__unit_category", "organization__is_functional", "organization__sort_order",
        "parent_id", "district_id", "line_id", "path",
    )  # fmt: skip
    rows = list(rows)
    former = former_categories_on([row[1] for row in rows if row[0]], day)
    return Tree(_as_categorized(Node(*row), former) for _was, *row in rows)


def _as_categorized(node: Node, former: Mapping[int, FormerCategory]) -> Node:
    then = former.get(node.id)
    return node._replace(unit_category=then.unit_category, org_type=then.org_type) if then else node


def placement_on(organization_id: int, day: date) -> Placement | None:
    return Placement.objects.filter(placed_on(day), organization_id=organization_id).first()


def branch_on(path: str, day: date) -> QuerySet[Placement]:
    """The placements at or below a path on a day, also of units whose reports alone count there."""
    return Placement.objects.filter(counted_on(day), path__gte=path, path__lt=after_branch(path))


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
