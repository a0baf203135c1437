"""The audit: every chain from its first event, and the locks of the database."""

from collections.abc import Iterator

from audit.chain_verification import broken_links


def audit_is_unbroken() -> Iterator[str]:
    for broken in broken_links():
        yield str(broken)
