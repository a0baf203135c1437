"""An OLE compound file: the names in its directory and its streams. What an old Office file or a locked workbook is made of.

Knows no record of any stream.
"""

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_ENTRY_BYTES, _SMALL_SECTOR_BYTES = 128, 64
_MOST_SECTORS = 100_000  # of one chain that is followed
_ROOT = 5


class CompoundFile:
    """`streams` are the names in the directory; none for a file that is damaged."""

    def __init__(self, content: bytes):
        self._content = content
        self.streams: dict[str, tuple[int, int]] = {}  # first sector, size
        try:
            self._read()
        except (struct.error, IndexError, ValueError, OverflowError):
            self.streams = {}

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, as far as they can be followed; b"" where it is not."""
        if name not in self.streams:
            return b""
        first, size = self.streams[name]
        try:
            return (self._chain(first) if size >= self._small_limit else self._small_chain(first))[:size]
        except (struct.error, IndexError):
            return b""

    def place(self, name: str, offset: int) -> int | None:
        """Where a byte of a stream lies in the file; None for a small stream. Raises KeyError, IndexError."""
        first, size = self.streams[name]
        if size < self._small_limit:
            return None
        for _ in range(offset // self._sector_bytes):
            first = self._next[first]
        return (first + 1) * self._sector_bytes + offset % self._sector_bytes

    def _read(self) -> None:
        (power,) = struct.unpack_from("<H", self._content, 30)
        directory, self._small_limit, small_table = struct.unpack_from("<L4xLL", self._content, 48)
        if power not in (9, 12):
            raise ValueError(power)
        self._sector_bytes = 1 << power
        self._next = self._table()
        entries, self._root = self._chain(directory), (_MARKS, 0)
        for start in range(0, len(entries) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = entries[start : start + _ENTRY_BYTES]
            length, kind = struct.unpack_from("<HB", entry, 64)
            if kind == _ROOT:
                self._root = struct.unpack_from("<LL", entry, 116)
            elif kind and 2 <= length <= 64:
                self.streams[entry[: length - 2].decode("utf-16-le", "replace")] = struct.unpack_from("<LL", entry, 116)
        self._small_table = small_table

    def _table(self) -> tuple[int, ...]:
        """For each sector the next one of its chain."""
        sectors = [number for number in struct.unpack_from("<109L", self._content, 76) if number < _MARKS]
        (further,) = struct.unpack_from("<L", self._content, 68)
        while further < _MARKS and len(sectors) < _MOST_SECTORS:
            *more, further = self._numbers(self._sector(further))
            sectors += [number for number in more if number < _MARKS]
        return tuple(number for sector in sectors for number in self._numbers(self._sector(sector)))

    def _chain(self, sector: int) -> bytes:
        found: list[bytes] = []
        while sector < _MARKS and len(found) < _MOST_SECTORS:
            found.append(self._sector(sector))
            sector = self._next[sector]
        return b"".join(found)

    def _small_chain(self, sector: int) -> bytes:
        """Small streams lie in sectors of 64 bytes inside the stream of the root."""
        within, following, found = self._chain(self._root[0]), self._numbers(self._chain(self._small_table)), []
        while sector < _MARKS and len(found) < _MOST_SECTORS:
            found.append(within[sector * _SMALL_SECTOR_BYTES : (sector + 1) * _SMALL_SECTOR_BYTES])
            sector = following[sector]
        return b"".join(found)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        found = self._content[start : start + self._sector_bytes]
        if not found:
            raise IndexError(number)
        return found.ljust(self._sector_bytes, b"\0")

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}L", content)
