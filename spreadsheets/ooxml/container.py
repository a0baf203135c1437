"""Reads a zip by its directory, which is checked before anything is unpacked (see container_checks)."""

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache

from spreadsheets.ooxml.container_checks import check_entries
from spreadsheets.ooxml.refusals import LYING_SIZE, OVERLAPPING, TOO_MANY_PARTS, Refusal, refused
from spreadsheets.ooxml.zip_entries import STORED, Bounds, Entry

__all__ = ["Bounds", "Container", "Entry", "is_document_like"]

# A part's own header, its line in the directory, and the record at the end: signs, then numbers, then lengths of what follows.
_LOCAL, _LOCAL_SIGNS = struct.Struct("<4s5H3L2H"), b"PK\x03\x04"
_LINE, _LINE_SIGNS = struct.Struct("<4s6H3L5H2L"), b"PK\x01\x02"
_END, _END_SIGNS = struct.Struct("<4s4H2LH"), b"PK\x05\x06"
_IN_EXTRA = 0xFFFFFFFF  # instead of a size or place that does not fit and stands in the extra field
_END64_LOCATOR, _END64 = struct.Struct("<4sLQL"), struct.Struct("<4sQ2H2L4Q")
_START_BYTES = 4096
_CHUNK = 1 << 20
_SMALL_PART = 1 << 16
_MOST_NAMES = 20_000
_DOCUMENT_NAMES = ("[content_types].xml", "_rels/.rels", "mimetype", "xl/workbook.xml", "xl/workbook.bin")


class Container:
    """The entries of a zip with a harmless directory, by name in small letters. Raises Refusal."""

    def __init__(self, content: bytes, bounds: Bounds):
        self._content = content
        self.entries = tuple(_directory(content, bounds))
        check_entries(self.entries, bounds)
        self._by_name = {entry.key: entry for entry in self.entries}
        self._data: dict[Entry, int] = {}
        self._check_places()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_name

    def size(self, name: str) -> int:
        """The unpacked size that the directory states for the part."""
        return self._by_name[name.lower()].size

    def read(self, name: str) -> bytes:
        """The whole part, whatever the case of its name. Raises KeyError, Refusal."""
        return self.unpacked(self._by_name[name.lower()])

    def unpacked(self, entry: Entry) -> bytes:
        """The whole part; never more bytes than the directory states."""
        packed = self._packed(entry)
        whole = _small if max(len(packed), entry.size) <= _SMALL_PART else _whole
        content, crc = whole(entry.method, packed, entry.size)
        if len(content) > entry.size:
            raise entry.refused(LYING_SIZE, size=entry.size)
        if len(content) != entry.size or crc != entry.crc:
            raise refused("damaged")
        return content

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yields a part piece by piece; length and checksum are checked at its end. Raises KeyError, Refusal."""
        entry = self._by_name[name.lower()]
        start = self._data[entry]
        if entry.method == STORED or entry.size <= _CHUNK:
            yield self.unpacked(entry)
            return
        length = crc = 0
        for piece in _pieces(self._content, start, start + entry.packed):
            length, crc = length + len(piece), zlib.crc32(piece, crc)
            if length > entry.size:
                raise entry.refused(LYING_SIZE, size=entry.size)
            yield piece
        if length != entry.size or crc != entry.crc:
            raise refused("damaged")

    def check_sums(self) -> None:
        """Checks that every part has the stated checksum, because some readers do not and would read a damaged figure.

        Raises Refusal.
        """
        for entry in self.entries:
            for _ in self.chunks(entry.key):
                pass

    def start(self, entry: Entry, length: int = _START_BYTES) -> bytes:
        """The first bytes of a part."""
        packed = self._packed(entry)
        start = _small_start if len(packed) <= _SMALL_PART else _start_of
        return start(entry.method, packed, min(length, entry.size + 1))

    def _packed(self, entry: Entry) -> bytes:
        start = self._data[entry]
        return self._content[start : start + entry.packed]

    def _check_places(self) -> None:
        """Checks that each part is where its own header says and that no two overlap: overlaps are how 40 kB become gigabytes."""
        end = 0
        for entry in sorted(self.entries, key=lambda entry: entry.header):
            try:
                found = _LOCAL.unpack_from(self._content, entry.header)
            except struct.error as error:
                raise refused("damaged") from error
            name_start = entry.header + _LOCAL.size
            data = name_start + found[-2] + found[-1]
            if found[0] != _LOCAL_SIGNS or data + entry.packed > len(self._content):
                raise refused("damaged")
            if entry.header < end or self._content[name_start : name_start + found[-2]] != entry.raw_name:
                raise entry.refused(OVERLAPPING)
            end = data + entry.packed
            self._data[entry] = data


def _start_of(method: int, packed: bytes, most: int) -> bytes:
    return packed[:most] if method == STORED else _inflate(zlib.decompressobj(-zlib.MAX_WBITS), packed, most)


def _whole(method: int, packed: bytes, size: int) -> tuple[bytes, int]:
    """A part and its checksum; one byte more than the stated size if the part is larger."""
    content = _start_of(method, packed, size + 1)
    return content, zlib.crc32(content)


# Most parts of a form are the same in every copy of it.
_small = lru_cache(maxsize=64)(_whole)
_small_start = lru_cache(maxsize=64)(_start_of)


def is_document_like(content: bytes) -> bool:
    """Whether a refused zip has the names of a workbook or of another office document."""
    try:
        names = {entry.key for entry in _directory(content, Bounds(0, 0, _MOST_NAMES))}
    except Refusal:
        return False
    return not names.isdisjoint(_DOCUMENT_NAMES)


def _pieces(content: bytes, start: int, end: int) -> Iterator[bytes]:
    """Unpacks the deflated bytes between two places, in pieces of bounded size."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(start, end, _CHUNK):
        packed = content[at : min(at + _CHUNK, end)]
        while packed and not inflater.eof:
            yield _inflate(inflater, packed, _CHUNK)
            packed = inflater.unconsumed_tail


def _inflate(inflater, packed: bytes, most: int) -> bytes:
    try:
        return inflater.decompress(packed, most)
    except zlib.error as error:
        raise refused("damaged") from error


def _directory(content: bytes, bounds: Bounds):
    """Yields the entries of the directory. Raises Refusal."""
    at = _end(content)
    count, size, start = _END.unpack_from(content, at)[4:7]
    locator = at - _END64_LOCATOR.size
    if count == 0xFFFF or _IN_EXTRA in (size, start):
        count, size, start, at = _large_end(content, locator)
    if count > bounds.entries:
        raise Refusal("strange", TOO_MANY_PARTS, count=count, limit=bounds.entries)
    shift = at - size - start  # bytes before the zip itself
    position = at - size
    if shift < 0 or position < 0:
        raise refused("damaged")
    for _ in range(count):
        entry, position = _entry(content, position, shift)
        yield entry
    if position != at:
        raise refused("damaged")


def _end(content: bytes) -> int:
    """The position of the end record: the last one whose remark ends with the file, else the last.

    A remark may contain the same signs as the record.
    """
    first = max(0, len(content) - _END.size - 0xFFFF)
    last = at = content.rfind(_END_SIGNS, first, len(content) - _END.size + len(_END_SIGNS))
    while at >= 0:
        if at + _END.size + _END.unpack_from(content, at)[-1] == len(content):
            return at
        at = content.rfind(_END_SIGNS, first, at)
    if last < 0:
        raise refused("damaged")
    return last


def _large_end(content: bytes, locator: int) -> tuple[int, int, int, int]:
    """Number of entries, size, start and end of the directory, from the end record of large zips."""
    try:
        mark, _disk, at, _disks = _END64_LOCATOR.unpack_from(content, max(locator, 0))
        end = _END64.unpack_from(content, at)
    except (struct.error, OverflowError) as error:
        raise refused("damaged") from error
    if mark != b"PK\x06\x07" or end[0] != b"PK\x06\x06":
        raise refused("damaged")
    return end[7], end[8], end[9], at


def _entry(content: bytes, position: int, shift: int) -> tuple[Entry, int]:
    try:
        signs, _made, _needed, flags, method, _time, _day, crc, packed, size, *lengths, _inside, _outside, header = (
            _LINE.unpack_from(content, position)
        )
    except struct.error as error:
        raise refused("damaged") from error
    name_length, extra_length, comment_length, _disk = lengths
    name_end = position + _LINE.size + name_length
    if signs != _LINE_SIGNS:
        raise refused("damaged")
    if _IN_EXTRA in (packed, size, header):
        size, packed, header = _large_sizes(content[name_end : name_end + extra_length], size, packed, header)
    raw_name = content[position + _LINE.size : name_end]
    return Entry(raw_name, flags, method, crc, packed, size, header + shift), name_end + extra_length + comment_length


def _large_sizes(extra: bytes, *given: int) -> tuple[int, ...]:
    """Sizes and position from the extra field of large zips, where the directory refers to it."""
    while len(extra) >= 4:
        tag, length = struct.unpack_from("<HH", extra)
        if tag == 1:
            large = [number for (number,) in struct.iter_unpack("<Q", extra[4 : 4 + length - length % 8])]
            if len(large) < given.count(_IN_EXTRA):
                break
            return tuple(large.pop(0) if number == _IN_EXTRA else number for number in given)
        extra = extra[4 + length :]
    raise refused("damaged")
