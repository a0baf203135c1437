"""Reads the names in the directory of an OLE compound file, the container of old Office files and locked workbooks.

xlrd could do it, but the first child, which recognises the kind of a file, loads nothing but Python and starts in half the
time.
"""

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_ENTRY_BYTES = 128
_MOST_SECTORS = 100_000  # sectors of one chain that are followed
_ROOT = 5


def stream_names(content: bytes) -> frozenset[str]:
    """The names in the directory; none for a file that is damaged."""
    try:
        return frozenset(_names(content))
    except (struct.error, IndexError, ValueError, OverflowError):
        return frozenset()


def _names(content: bytes) -> list[str]:
    (power,) = struct.unpack_from("<H", content, 30)
    (sector,) = struct.unpack_from("<L", content, 48)
    if power not in (9, 12):
        raise ValueError(power)
    sectors, names = _Sectors(content, 1 << power), []
    following, looked_at = sectors.table(), 0
    while sector < _MARKS and looked_at < _MOST_SECTORS:
        names += _names_in(sectors.content(sector))
        sector, looked_at = following[sector], looked_at + 1
    return names


def _names_in(sector: bytes) -> list[str]:
    entries = [sector[start : start + _ENTRY_BYTES] for start in range(0, len(sector), _ENTRY_BYTES)]
    found = [(entry, *struct.unpack_from("<HB", entry, 64)) for entry in entries]
    return [
        entry[: length - 2].decode("utf-16-le", "replace")
        for entry, length, kind in found
        if kind not in (0, _ROOT) and 2 <= length <= 64
    ]


class _Sectors:
    """The sectors of a compound file; a table gives the next one of a chain."""

    def __init__(self, content: bytes, size: int):
        self._content, self._size = content, size

    def table(self) -> tuple[int, ...]:
        """For each sector the next one of its chain."""
        sectors = [number for number in struct.unpack_from("<109L", self._content, 76) if number < _MARKS]
        (further,) = struct.unpack_from("<L", self._content, 68)
        while further < _MARKS and len(sectors) < _MOST_SECTORS:
            *more, further = self._numbers(further)
            sectors += [number for number in more if number < _MARKS]
        return tuple(number for sector in sectors for number in self._numbers(sector))

    def content(self, number: int) -> bytes:
        """The content of a sector. Raises IndexError beyond the file."""
        start = (number + 1) * self._size
        found = self._content[start : start + self._size]
        if not found:
            raise IndexError(number)
        return found.ljust(self._size, b"\0")

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}L", self.content(sector))
