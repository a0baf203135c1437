"""Who may import files, and for which units: a clerk at the unit or above it; operator commands for all units.

A reviewer, officer or leader without a post as clerk may import nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from orgs.accounts.access import posts_on
from orgs.models import User
from orgs.tree.queries import standing_on
from orgs.tree.trees import ids_of
from submissions.core.access import FILLING


@dataclass(frozen=True)
class ImportScope:
    """One person on one day. `posts`: the organizations where he is clerk, `counties`: theirs; the operator needs none."""

    user: User
    day: date
    posts: frozenset[int] = frozenset()
    counties: frozenset[int] = frozenset()
    is_operator: bool = False

    def units(self, organization_ids: Collection[int]) -> dict[int, bool]:
        """The organizations that he fills in: id -> True if he does so on behalf (代录). One query, however many."""
        if self.is_operator:
            return dict.fromkeys(organization_ids, True)
        if not self.posts or not organization_ids:
            return {}
        rows = standing_on(self.day).filter(organization_id__in=organization_ids).values_list("organization_id", "path")
        lines = {org_id: {org_id} for org_id in organization_ids}
        for org_id, path in rows:
            lines[org_id].update(ids_of(path))
        return {org_id: org_id not in self.posts for org_id, line in lines.items() if line & self.posts}


def scope_of(user: User, day: date) -> ImportScope:
    """The scope of a person, by the posts held on the day."""
    posts = [post for post in posts_on(user, day) if post.role in FILLING]
    return ImportScope(
        user, day, frozenset(post.organization_id for post in posts), frozenset(post.county_id for post in posts)
    )  # fmt: skip


def operator_scope(operator: User, day: date) -> ImportScope:
    """The scope of the operator of commands: everything. For commands only; nobody signs in as the operator."""
    return ImportScope(operator, day, is_operator=True)
