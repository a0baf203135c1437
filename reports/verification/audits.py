"""Checks of the audit: every chain from its first event, and the locks of the database."""

from audit.chain_verification import broken_links
from orgs.moments import one_moment


@one_moment()
def audit_is_unbroken() -> list[str]:
    """In one moment, so that an event recorded meanwhile is in its chain and in the head of it, or in neither."""
    return [str(broken) for broken in broken_links()]
