"""Random stamps, one per change: equal stamps mean the same content, in every process and after every restore."""

import secrets


def new_stamp() -> int:
    """A random stamp: a counter would repeat after a restore, and a sum in memory would seem fresh."""
    return secrets.randbits(62)
