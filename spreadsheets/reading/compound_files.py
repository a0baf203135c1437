"""The directory of an OLE compound file: what an old Office file or a locked workbook holds inside. Knows no record in it."""

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_ENTRY_BYTES = 128
_MOST_SECTORS = 20_000  # of a directory or a stream that is followed


class CompoundFile:
    """`streams` are the names in the directory with (first sector, size). Names are empty for a file that is damaged."""

    def __init__(self, content: bytes):
        self._content = content
        self.streams: dict[str, tuple[int, int]] = {}
        try:
            self._read()
        except (struct.error, IndexError, ValueError, OverflowError):
            self.streams = {}

    def stream(self, name: str) -> bytes:
        """A stream of more than 4,096 bytes; smaller ones lie elsewhere and are b""."""
        first, size = self.streams.get(name, (_END, 0))
        return self._chain(first)[:size] if size >= self._small else b""

    def _read(self) -> None:
        (power,) = struct.unpack_from("<H", self._content, 30)
        (directory,) = struct.unpack_from("<L", self._content, 48)
        (self._small,) = struct.unpack_from("<L", self._content, 56)
        if power not in (9, 12):
            raise ValueError(power)
        self._sector_bytes = 1 << power
        self._next = self._allocation()
        entries = self._chain(directory)
        for start in range(0, len(entries) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = entries[start : start + _ENTRY_BYTES]
            length, kind = struct.unpack_from("<HB", entry, 64)
            first, size = struct.unpack_from("<LL", entry, 116)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                self.streams[entry[: length - 2].decode("utf-16-le", "replace")] = first, size

    def _allocation(self) -> tuple[int, ...]:
        """The chain table: for each sector the next one."""
        sectors = [number for number in struct.unpack_from("<109L", self._content, 76) if number < _END]
        (further,) = struct.unpack_from("<L", self._content, 68)
        slots = self._sector_bytes // 4
        while further < _END and len(sectors) < _MOST_SECTORS:
            *more, further = struct.unpack(f"<{slots}L", self._sector(further))
            sectors += [number for number in more if number < _END]
        return tuple(number for sector in sectors for number in struct.unpack(f"<{slots}L", self._sector(sector)))

    def _chain(self, sector: int) -> bytes:
        found: list[bytes] = []
        while sector < _END and len(found) < _MOST_SECTORS:
            found.append(self._sector(sector))
            sector = self._next[sector]
        return b"".join(found)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        found = self._content[start : start + self._sector_bytes]
        return found.ljust(self._sector_bytes, b"\0") if found else b"\0" * 0
