"""The trees of a report: one county's, or several counties' together under one organization."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from orgs.choices import UnitCategory
from orgs.models import Organization, Placement
from orgs.moments import once_in_a_moment
from orgs.tree.former_names import WAS_RENAMED, former_names_of
from orgs.tree.queries import counted_on, placed_on, standing_path
from orgs.tree.trees import Node, Tree, after_branch, ids_of

NODE_FIELDS = (
    "organization_id", "organization__code", "organization__name", "organization__short_name", "organization__org_type",
    "organization__unit_category", "organization__is_functional", "organization__sort_order",
    "parent_id", "district_id", "line_id", "path",
)  # fmt: skip


def counties_below(top: Organization, day: date) -> list[int]:
    """The counties whose tasks answer for an organization: its own, or those below it if it is above counties."""
    if top.county_id != top.id or top.unit_category == UnitCategory.COUNTY:
        return [top.county_id]
    path = standing_path(top.id, day)
    rows = Placement.objects.filter(path__gte=path, path__lt=after_branch(path)) if path else Placement.objects.none()
    return sorted({top.county_id, *rows.values_list("county_id", flat=True).distinct()})


@once_in_a_moment
def forest_on(top: Organization, day: date) -> Tree:
    """What counts at or below `top` on a day, as it was called then; in one query (and one for its path, one for other names)."""
    return _forest(top, day, counted_on(day))


def standing_forest_on(top: Organization, day: date) -> Tree:
    """The same without closed units whose reports alone count there."""
    return _forest(top, day, placed_on(day))


def _forest(top: Organization, day: date, condition: Q) -> Tree:
    path = standing_path(top.id, day)
    rows = (
        Placement.objects.filter(condition, path__gte=path, path__lt=after_branch(path)) if path else Placement.objects.none()
    )
    rows = list(rows.annotate(was_renamed=WAS_RENAMED).values_list("was_renamed", *NODE_FIELDS))
    former = former_names_of([row[1] for row in rows if row[0]])
    return Tree(former.node_on(Node(*row), day) for _was_renamed, *row in rows)


@once_in_a_moment
def lines_on(county_ids: frozenset[int], org_ids: frozenset[int], day: date) -> Tree:
    """These organizations and those above them, where their reports count on a day; in two queries, however large the county."""
    rows = Placement.objects.filter(counted_on(day), county_id__in=county_ids, organization_id__in=org_ids)
    ids = {one for path in rows.values_list("path", flat=True) for one in ids_of(path)}
    return Tree(
        Node(*row) for row in Placement.objects.filter(counted_on(day), organization_id__in=ids).values_list(*NODE_FIELDS)
    )


def children_on(top: Organization, day: date) -> Tree:
    """Only `top` and its children, each with the fact whether it is inner: two queries, however large the branch."""
    return children_over(top, [day])[day]


def children_over(top: Organization, days: Collection[date]) -> dict[date, Tree]:
    """The same for many days, also in two queries."""
    return _children_over(top, frozenset(days)) if days else {}


@once_in_a_moment
def _children_over(top: Organization, days: frozenset[date]) -> dict[date, Tree]:
    over = Placement.objects.filter(spanning(days))
    places = over.filter(Q(organization_id=top.id) | Q(parent_id=top.id))
    places = places.annotate(was_renamed=WAS_RENAMED)
    rows = list(places.values_list("valid_from", "valid_to", "was_renamed", *NODE_FIELDS))
    nodes = [Node(*row) for _start, _end, _renamed, *row in rows]
    former = former_names_of([node.id for node, row in zip(nodes, rows, strict=True) if row[2]])
    inner = over.filter(parent_id__in={node.id for node in nodes})
    spans = list(inner.values_list("valid_from", "valid_to", "parent_id").distinct())
    known: dict[tuple, Tree] = {}  # most days have the same tree
    found = {}
    for day in days:
        here = tuple(
            former.node_on(node, day) for node, (start, end, *_) in zip(nodes, rows, strict=True) if _holds(start, end, day)
        )
        inner_ids = frozenset(parent_id for start, end, parent_id in spans if _holds(start, end, day))
        if (here, inner_ids) not in known:
            known[here, inner_ids] = Tree(here, inner_ids)
        found[day] = known[here, inner_ids]
    return found


def spanning(days: Collection[date]) -> Q:
    """The condition that a Placement is valid on some day between the first and the last of these."""
    return Q(valid_from__lte=max(days)) & (Q(valid_to__isnull=True) | Q(valid_to__gte=min(days)))


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or end >= day)


def node_of(top: Organization, tree: Tree) -> Node:
    """The organization's node; made from its record if it is not in the tree."""
    if top.id in tree:
        return tree[top.id]
    return Node(
        top.id, top.code, top.name, top.short_name, top.org_type, top.unit_category, top.is_functional, top.sort_order,
        None, None, None, "",
    )  # fmt: skip
