"""Writes a zip whose local headers agree with its directory: no ZIP64, no descriptors, unless a part is beyond 4 GiB.

`zipfile` can stream a part only under a ZIP64 header, which some readers compare with the directory and refuse. Here the header
is written again over its place once the sizes are known.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZipInfo

from spreadsheets.ooxml.zip_entries import DEFLATED, END, END_SIGNS, IN_EXTRA, LINE, LINE_SIGNS, LOCAL, LOCAL_SIGNS, UTF8

Moment = tuple[int, int, int, int, int, int]  # year, month, day, hour, minute, second

LARGEST = IN_EXTRA  # bytes of a part, packed or not, and of what lies before it: what four bytes can say, less the mark
_EXTRA = struct.Struct("<2H2Q")
_VERSION, _VERSION64 = 20, 45
_MOST_PARTS = 0xFFFE
_CHUNK = 1 << 20


class TooLarge(ValueError):
    """The zip would be larger than a zip of ordinary headers can say."""


@dataclass
class _Part:
    """A part as its header and its line of the directory describe it."""

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
        return version, self.flags, DEFLATED, *moment, self.crc, packed, size, len(self.name), len(self.extra)

    @property
    def extra(self) -> bytes:
        return _EXTRA.pack(1, 16, self.size, self.packed) if self.is_large else b""


class ZipWriter:
    """Puts parts one after the other into a file that is empty and can be read and sought; `close` writes the directory.

    All parts bear one `moment`, so that the same parts give the same bytes. `largest` is another than LARGEST in tests alone.
    """

    def __init__(self, file: BinaryIO, moment: Moment, level: int, largest: int = LARGEST):
        self._file, self._level, self._largest = file, level, largest
        self._moment = _dos_moment(moment)
        self._parts: list[_Part] = []

    def put(self, name: str, content: bytes) -> None:
        """A whole part."""
        with self.streamed(name) as write:
            write(content)

    @contextmanager
    def streamed(self, name: str) -> Iterator[Callable[[bytes], object]]:
        """A part that is written piece by piece with the function given."""
        part = self._begun(name)
        packer = zlib.compressobj(self._level, zlib.DEFLATED, -zlib.MAX_WBITS)

        def write(content: bytes) -> None:
            part.crc, part.size = zlib.crc32(content, part.crc), part.size + len(content)
            self._pack(part, packer.compress(content))

        yield write
        self._pack(part, packer.flush())
        self._finish(part)

    def close(self) -> None:
        """The directory. Raises TooLarge."""
        start = self._file.tell()
        for part in self._parts:
            fields = part.shared_fields(self._moment)
            self._file.write(LINE.pack(LINE_SIGNS, fields[0], *fields, 0, 0, 0, 0, part.header) + part.name + part.extra)
        size, count = self._file.tell() - start, len(self._parts)
        if start >= LARGEST or count > _MOST_PARTS:
            raise TooLarge
        self._file.write(END.pack(END_SIGNS, 0, 0, count, count, size, start, 0))

    def _begun(self, name: str) -> _Part:
        header = self._file.tell()
        if header >= LARGEST:
            raise TooLarge
        part = _Part(name.encode(), 0 if name.isascii() else UTF8, header)
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
        return LOCAL.pack(LOCAL_SIGNS, *part.shared_fields(self._moment)) + part.name + part.extra

    def _make_room(self, part: _Part) -> None:
        """Moves what was packed by the length of the extra field, from its end on."""
        start, room = part.header + LOCAL.size + len(part.name), len(part.extra)
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
    """An entry for the same part in another zip: name, time, packing and remark, without the sizes in the old one."""
    kept = copy(found)
    kept.extra, kept.extract_version, kept.create_version = b"", _VERSION, _VERSION
    return kept


def _dos_moment(moment: Moment) -> tuple[int, int]:
    """Time and date as a zip has them: years from 1980, every other second."""
    year, month, day, hour, minute, second = moment
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
