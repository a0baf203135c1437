"""A stamp is drawn anew at every change: equal stamps mean the same content, in every process and after every restore."""

import secrets


def new_stamp() -> int:
    """A counter would come round again after a restore, and a sum kept in memory would be taken for fresh."""
    return secrets.randbits(62)
