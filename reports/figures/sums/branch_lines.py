"""The parents and branches of a county's organizations on a day, for sums of branches.

Cached per process by the stamp of the tree.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from orgs.models import Organization, Placement
from orgs.tree.queries import counted_on


@dataclass(frozen=True)
class BranchLines:
    """The tree of a day: the parent of each, the sum in which each counts, and the inner organizations deepest first."""

    parents: dict[int, int | None]
    places: dict[int, int | None]  # an inner organization's own answer (本级) counts in its own sum
    inner: tuple[int, ...]
    inner_set: frozenset[int]


@lru_cache(maxsize=64)
def branch_lines(county_id: int, day: date, tree_stamp: int) -> BranchLines:
    """Kept per process: under one stamp of the county's tree it cannot change."""
    rows = Placement.objects.filter(counted_on(day), county_id=county_id)
    parents, paths = {}, {}
    for org_id, parent_id, path in rows.values_list("organization_id", "parent_id", "path"):
        parents[org_id], paths[org_id] = parent_id, path
    inner = {parent_id for parent_id in parents.values() if parent_id in parents}
    places = {org_id: org_id if org_id in inner else parent_id for org_id, parent_id in parents.items()}
    return BranchLines(parents, places, tuple(sorted(inner, key=lambda org_id: -len(paths[org_id]))), frozenset(inner))


def branch_members(county_id: int, days: Collection[date], top_id: int) -> dict[date, dict[int, frozenset[int]]]:
    """Day -> child -> everybody in its branch; the organization itself -> itself alone."""
    tree_stamp = Organization.objects.values_list("tree_stamp", flat=True).get(pk=county_id)
    return {day: _members(county_id, day, tree_stamp, top_id) for day in days}


@lru_cache(maxsize=64)
def _members(county_id: int, day: date, tree_stamp: int, top_id: int) -> dict[int, frozenset[int]]:
    parents = branch_lines(county_id, day, tree_stamp).parents
    branches: dict[int, set[int]] = defaultdict(set)
    for org_id in parents:
        above, child = org_id, org_id
        while above is not None and above != top_id:
            child, above = above, parents.get(above)
        if above is not None:
            branches[child].add(org_id)
    return {child: frozenset(found) for child, found in branches.items()} | {top_id: frozenset([top_id])}
