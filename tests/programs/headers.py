"""The two headers of each part of a zip, read without any library that would forgive what they say."""

import struct
from collections.abc import Iterator

_LOCAL, _LINE = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_SIZES_BEHIND = 0x8


def contradictions(content: bytes) -> Iterator[tuple[bytes, tuple, tuple]]:
    """(name, directory's line, local header) of parts whose headers differ, hold extra fields or leave the sizes for later."""
    end = content.rindex(b"PK\x05\x06")
    count, _size, at = struct.unpack_from("<HLL", content, end + 10)
    for _ in range(count):
        line = _LINE.unpack_from(content, at)
        local = _LOCAL.unpack_from(content, line[-1])
        name = content[at + _LINE.size : at + _LINE.size + line[10]]
        if line[2:12] != local[1:11] or line[11] or line[3] & _SIZES_BEHIND:
            yield name, line, local
        at += _LINE.size + sum(line[10:13])
