"""The first page after signing in: a block per post with what this person has to do now."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from orgs.choices import Role
from orgs.models import Post
from reports.dashboards.county import CountyBlock, county_block
from reports.dashboards.duties import ClerkBlock, clerk_block
from reports.dashboards.review_duties import ReviewBlock, review_block

Block = ClerkBlock | ReviewBlock | CountyBlock

BLOCKS = {Role.CLERK: clerk_block, Role.REVIEWER: review_block, Role.OFFICER: county_block}
# Where somebody is led who has nothing to fill, review or approve; the first role held decides.
DOORS = {
    Role.LEADER: "reports:dashboard",
    Role.SYSTEM_ADMIN: "orgs:people",
    Role.SECURITY_ADMIN: "orgs:accounts",
    Role.AUDITOR: "orgs:audit",
}


def blocks_of(posts: Sequence[Post], today: date, shown_task: str = "") -> list[Block]:
    """In the order clerk, reviewer, officer; a reviewer who is the county's officer too gets the officer's block.

    `shown_task`: whose progress by township an officer asks for.
    """
    blocks = {**BLOCKS, Role.OFFICER: partial(county_block, shown_task=shown_task)}
    held = {(post.role, post.organization_id): post.organization for post in posts}
    return [
        make(organization, today)
        for role, make in blocks.items()
        for (held_role, organization_id), organization in held.items()
        if held_role == role and not (role == Role.REVIEWER and (Role.OFFICER, organization_id) in held)
    ]


def door_of(posts: Sequence[Post]) -> str:
    """The address name of the page that is home for a person without a block; "" for a person without a post."""
    roles = {post.role for post in posts}
    return next((door for role, door in DOORS.items() if role in roles), "")
