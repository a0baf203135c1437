"""Limits how many files are read at once on this machine: a child waits for a free slot before it reads.

The slots are locks on small files in the machine's temporary folder; the kernel frees the slot of a dead child. The waiting
child holds a further lock, the door, so nobody overtakes it. Where locks are missing (Windows) nobody waits.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from spreadsheets import limits

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_PAUSE_SECONDS = 0.002


class Turns:
    """The lock files of a folder, opened once; afterwards no file needs to be opened."""

    def __init__(self, folder: str, name: str = "dangjian-reading"):
        self._door, *self._slots = (
            [_opened(os.path.join(folder, f"{name}-{os.getuid()}-{number}.lock")) for number in range(limits.CHILDREN + 1)]
            if fcntl
            else [None]
        )

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until one of the slots is free and holds it."""
        slot = self._taken() if self._slots else None
        try:
            yield
        finally:
            if slot is not None:
                fcntl.flock(slot, fcntl.LOCK_UN)

    def close(self) -> None:
        for file in (self._door, *self._slots):
            if file is not None:
                os.close(file)

    def _taken(self) -> int:
        fcntl.flock(self._door, fcntl.LOCK_EX)
        try:
            while True:
                for slot in self._slots:
                    with suppress(BlockingIOError):
                        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        return slot
                time.sleep(_PAUSE_SECONDS)
        finally:
            fcntl.flock(self._door, fcntl.LOCK_UN)


def _opened(path: str) -> int:
    """Opens a lock file of this user; a link that somebody else put there is not followed."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
