"""What the tree page shows: the opened part of the tree on a day, row by row. Three queries for any size."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from orgs.choices import OrgType, UnitCategory
from orgs.models import Organization, Placement
from orgs.tree.queries import placed_on

# Django's own get_…_display hashes every choice for every row: 260 of them took a third of the page.
UNIT_CATEGORIES = dict(UnitCategory.choices)
ORG_TYPES = dict(OrgType.choices)


@dataclass(frozen=True, slots=True)
class TreeBranch:
    """One row of the tree page: an organization, its depth below the top, the number of organizations directly below it."""

    placement: Placement
    level: int
    children: int
    is_open: bool

    @property
    def organization(self) -> Organization:
        return self.placement.organization

    @property
    def unit_category(self) -> str:
        return UNIT_CATEGORIES[self.organization.unit_category]

    @property
    def org_type(self) -> str:
        return ORG_TYPES[self.organization.org_type]


def opened_tree(tops: Collection[int], opened: Collection[int], day: date) -> list[TreeBranch]:
    """The top organizations and, below each opened one, its children, depth first in the fixed order."""
    rows = list(_rows(tops, opened, day))
    counts = _children_counts([row.organization_id for row in rows], day)
    families: dict[int | None, list[Placement]] = defaultdict(list)
    for row in rows:
        families[row.parent_id].append(row)
    found: dict[int, TreeBranch] = {}
    # The higher tops first: a top that is already shown below another opened one is not shown twice.
    for top in sorted((row for row in rows if row.organization_id in tops), key=lambda row: len(row.path)):
        stack = [] if top.organization_id in found else [(top, 0)]
        while stack:
            row, level = stack.pop()
            is_open = row.organization_id in opened
            found[row.organization_id] = TreeBranch(row, level, counts.get(row.organization_id, 0), is_open)
            if is_open:
                stack += [(child, level + 1) for child in reversed(families[row.organization_id])]
    return list(found.values())


def lineage(organization_ids: Iterable[int]) -> list[Organization]:
    """The organizations in the order of the ids: a path, root first, for breadcrumbs."""
    ids = list(organization_ids)
    found = Organization.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _rows(tops: Collection[int], opened: Collection[int], day: date) -> Iterable[Placement]:
    below = Placement.objects.filter(placed_on(day), parent_id__in=opened)
    themselves = Placement.objects.filter(placed_on(day), organization_id__in=tops)
    return (
        (below | themselves)
        .select_related("organization", "district", "line")
        .order_by("organization__sort_order", "organization__code")
    )


def _children_counts(organization_ids: Collection[int], day: date) -> dict[int, int]:
    below = Placement.objects.filter(placed_on(day), parent_id__in=organization_ids)
    return dict(below.values_list("parent_id").annotate(count=Count("pk")).order_by())
