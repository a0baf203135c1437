"""Who may look at what is asked, and who may lay it out. Definitions belong to the installation, not to one organization."""

from datetime import date

from orgs.accounts.access import COUNTY, SEEING, posts_on, require_role
from orgs.models import Post, User


def to_browse(user: User, day: date) -> tuple[Post, ...]:
    """Anyone with a working role; Refused for the others."""
    return require_role(user, SEEING, day)


def to_lay_out(user: User, day: date) -> tuple[Post, ...]:
    """Officers of an organization department only; Refused for the others."""
    return require_role(user, COUNTY, day)


def may_lay_out(user: User, day: date) -> bool:
    """Whether the buttons are shown; `to_lay_out` decides."""
    return any(post.role in COUNTY for post in posts_on(user, day))
