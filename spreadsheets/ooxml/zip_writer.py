"""Writes a zip whose local headers agree with its directory: no ZIP64 and no descriptors up to 4 GiB per part.

`zipfile` can stream a part only under a ZIP64 header, which some readers compare with the directory and refuse. Here the header
is rewritten in place once the sizes are known.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZipInfo

Moment = tuple[int, int, int, int, int, int]  # year, month, day, hour, minute, second

LARGEST = 0xFFFFFFFF  # bytes of a part, packed or not, and of what precedes it: the largest four-byte number, less the value used as a mark
_LOCAL, _LINE, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_EXTRA = struct.Struct("<2H2Q")
_DEFLATED, _UTF8 = 8, 0x800
_VERSION, _VERSION64 = 20, 45
_MOST_PARTS = 0xFFFE
_CHUNK = 1 << 20


class TooLarge(ValueError):
    """The zip would be larger than ordinary headers can describe."""


@dataclass
class _Part:
    """A part as its header and its entry in the directory describe it."""

    name: bytes
    flags: int
    header: int
    crc: int = 0
    packed: int = 0
    size: int = 0
    is_large: bool = False

    def shared_fields(self, moment: tuple[int, int]) -> tuple[int, ...]:
        """The fields that header and directory share, from the version needed to the length of the extra field."""
        version = _VERSION64 if self.is_large else _VERSION
        packed, size = (LARGEST, LARGEST) if self.is_large else (self.packed, self.size)
        return version, self.flags, _DEFLATED, *moment, self.crc, packed, size, len(self.name), len(self.extra)

    @property
    def extra(self) -> bytes:
        return _EXTRA.pack(1, 16, self.size, self.packed) if self.is_large else b""


class ZipWriter:
    """Writes parts one after the other into an empty file that can be read and sought.

    `close` writes the directory. All parts get the same `moment`, so that the same parts give the same bytes. `largest` differs
    from LARGEST in tests only.
    """

    def __init__(self, file: BinaryIO, moment: Moment, level: int, largest: int = LARGEST):
        self._file, self._level, self._largest = file, level, largest
        self._moment = _dos_moment(moment)
        self._parts: list[_Part] = []

    def put(self, name: str, content: bytes) -> None:
        """Writes a whole part."""
        with self.streamed(name) as write:
            write(content)

    @contextmanager
    def streamed(self, name: str) -> Iterator[Callable[[bytes], object]]:
        """Writes a part piece by piece with the given function."""
        part = self._begun(name)
        packer = zlib.compressobj(self._level, zlib.DEFLATED, -zlib.MAX_WBITS)

        def write(content: bytes) -> None:
            part.crc, part.size = zlib.crc32(content, part.crc), part.size + len(content)
            self._pack(part, packer.compress(content))

        yield write
        self._pack(part, packer.flush())
        self._finish(part)

    def close(self) -> None:
        """Writes the directory. Raises TooLarge."""
        start = self._file.tell()
        for part in self._parts:
            fields = part.shared_fields(self._moment)
            self._file.write(_LINE.pack(b"PK\x01\x02", fields[0], *fields, 0, 0, 0, 0, part.header) + part.name + part.extra)
        size, count = self._file.tell() - start, len(self._parts)
        if start >= LARGEST or count > _MOST_PARTS:
            raise TooLarge
        self._file.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, size, start, 0))

    def _begun(self, name: str) -> _Part:
        header = self._file.tell()
        if header >= LARGEST:
            raise TooLarge
        part = _Part(name.encode(), 0 if name.isascii() else _UTF8, header)
        self._file.write(self._header(part))
        return part

    def _pack(self, part: _Part, packed: bytes) -> None:
        part.packed += len(packed)
        self._file.write(packed)

    def _finish(self, part: _Part) -> None:
        if max(part.size, part.packed) >= self._largest:
            part.is_large = True
            self._make_room(part)
        end = self._file.tell()
        self._file.seek(part.header)
        self._file.write(self._header(part))
        self._file.seek(end)
        self._parts.append(part)

    def _header(self, part: _Part) -> bytes:
        return _LOCAL.pack(b"PK\x03\x04", *part.shared_fields(self._moment)) + part.name + part.extra

    def _make_room(self, part: _Part) -> None:
        """Moves the packed bytes by the length of the extra field, beginning with the last."""
        start, room = part.header + _LOCAL.size + len(part.name), len(part.extra)
        at = start + part.packed
        while at > start:
            length = min(_CHUNK, at - start)
            at -= length
            self._file.seek(at)
            piece = self._file.read(length)
            self._file.seek(at + room)
            self._file.write(piece)
        self._file.seek(start + room + part.packed)


def as_in(found: ZipInfo) -> ZipInfo:
    """An entry for the same part in another zip: the same name, time, packing and remark, without the old sizes."""
    kept = copy(found)
    kept.extra, kept.extract_version, kept.create_version = b"", _VERSION, _VERSION
    return kept


def _dos_moment(moment: Moment) -> tuple[int, int]:
    """Time and date in the zip format: years from 1980, every other second."""
    year, month, day, hour, minute, second = moment
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
