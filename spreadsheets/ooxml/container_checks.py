"""Refuses zips by the names, compression methods and sizes in their directory, before anything is unpacked."""

from collections.abc import Iterator, Sequence

from spreadsheets import limits
from spreadsheets.ooxml.refusals import (
    ABSOLUTE_PATH,
    BOMB,
    NAME_TWICE,
    PATH_OUTSIDE,
    STRANGE_PACKING,
    UNPACKS_TOO_LARGE,
    Refusal,
    refused,
)
from spreadsheets.ooxml.zip_entries import DEFLATED, STORED, Bounds, Entry


def check_entries(entries: Sequence[Entry], bounds: Bounds) -> None:
    """Raises the Refusal of the first fault; names are checked before sizes, because a name says more about who made the file."""
    if any(entry.is_encrypted for entry in entries):
        raise refused("locked zip")
    seen: set[str] = set()
    for entry in entries:
        for refusal in _about_name(entry, seen):
            raise refusal
        seen.add(entry.key)
    for entry in entries:
        _check_packing(entry)
    if sum(entry.size for entry in entries) > bounds.total or any(entry.size > bounds.part for entry in entries):
        raise Refusal("strange", UNPACKS_TOO_LARGE, limit=bounds.total // limits.MEBIBYTE)


def _about_name(entry: Entry, seen: set[str]) -> Iterator[Refusal]:
    parts = entry.meant_name.split("/")
    if not parts[0] or ":" in parts[0]:
        yield entry.refused(ABSOLUTE_PATH)
    if ".." in parts or "\0" in entry.name:
        yield entry.refused(PATH_OUTSIDE)
    if entry.key in seen:
        yield entry.refused(NAME_TWICE)


def _check_packing(entry: Entry) -> None:
    if entry.method not in (STORED, DEFLATED) or (entry.method == STORED and entry.size != entry.packed):
        raise entry.refused(STRANGE_PACKING, method=entry.method)
    if entry.size > limits.ZIP_RATIO_FROM and entry.size > limits.ZIP_RATIO * max(entry.packed, 1):
        raise entry.refused(BOMB, limit=limits.ZIP_RATIO)
