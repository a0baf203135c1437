"""The entries of a zip's directory, with their names decoded, and the limits a zip must keep."""

from dataclasses import dataclass

from spreadsheets import limits
from spreadsheets.ooxml.refusals import Refusal

STORED, DEFLATED = 0, 8
_UTF8, _ENCRYPTED = 0x800, 0x1  # flags
_SHOWN_NAME = 80  # characters of a name that a sentence quotes
_THREE_BYTES = "\u0800"  # from here on UTF-8 writes three bytes, which GBK hardly ever looks like by chance


@dataclass(frozen=True)
class Bounds:
    """The limits of a container: unpacked bytes and number of entries."""

    part: int
    total: int
    entries: int = limits.ZIP_ENTRIES


class Entry:
    """One line of the directory.

    `raw_name` as stored, `name` decoded by the zip's flag, `meant_name` as its writer meant it. `key` is the name for searching
    parts: some programs write backslashes, and upper and lower case are equal.
    """

    __slots__ = ("crc", "flags", "header", "key", "meant_name", "method", "name", "packed", "raw_name", "size")

    def __init__(self, raw_name: bytes, flags: int, method: int, crc: int, packed: int, size: int, header: int):
        self.raw_name, self.flags, self.method, self.crc = raw_name, flags, method, crc
        self.packed, self.size, self.header = packed, size, header
        self.name = raw_name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        self.meant_name = _meant_name(self).replace("\\", "/")
        self.key = self.meant_name.lower()

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & _ENCRYPTED)

    def refused(self, message: str, **values: int) -> Refusal:
        """The refusal of the whole zip because of this part."""
        return Refusal("strange", message, name=self.meant_name[:_SHOWN_NAME], **values)


def _meant_name(entry: Entry) -> str:
    """The name where the flag for UTF-8 is missing: a Chinese Windows wrote GBK, a Mac UTF-8 all the same."""
    if entry.flags & _UTF8 or entry.raw_name.isascii():
        return entry.name
    for codec in ("utf-8", "gb18030"):
        try:
            name = entry.raw_name.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec != "utf-8" or max(name) >= _THREE_BYTES:
            return name
    return entry.name
