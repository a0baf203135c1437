"""Random stamps, one per change: equal stamps mean the same content, in every process and after every restore."""

import secrets


def new_stamp() -> int:
    """Random, because a counter would repeat after a restore, and a sum in memory would be taken for fresh."""
    return secrets.randbits(62)
