"""The parts of an .xlsx that is changed: read by name, and written back in their order with everything else unchanged."""

import io
from copy import copy
from zipfile import DEFAULT_VERSION, ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from spreadsheets import limits
from spreadsheets.ooxml.container import Bounds, Container
from spreadsheets.ooxml.refusals import refused

PATCH_BOUNDS = Bounds(part=limits.PATCHED_BYTES, total=limits.PATCHED_BYTES)


class Package:
    """The parts with all changes so far. Raises Refusal, also when a part is read."""

    def __init__(self, content: bytes, bounds: Bounds):
        self._content, self._container = content, Container(content, bounds)
        self._changed: dict[str, tuple[str, bytes]] = {}  # by the name in small letters, as the container finds parts

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._changed or name in self._container

    def read(self, name: str) -> bytes:
        """Raises KeyError, Refusal."""
        changed = self._changed.get(name.lower())
        return self._container.read(name) if changed is None else changed[1]

    __getitem__ = read

    def size(self, name: str) -> int:
        return len(self._changed[name.lower()][1]) if name.lower() in self._changed else self._container.size(name)

    def __setitem__(self, name: str, content: bytes) -> None:
        self._changed[name.lower()] = name, content

    def new_name(self, pattern: str) -> str:
        """The first free name: `xl/comments{}.xml` -> `xl/comments1.xml`."""
        count = len(self._container.entries) + len(self._changed)
        return next(name for number in range(1, count + 2) if (name := pattern.format(number)) not in self)

    def packed(self) -> bytes:
        """The zip with the same parts in the same order, with the same names, times, packing and remarks; new parts follow."""
        packed = io.BytesIO()
        try:
            with ZipFile(io.BytesIO(self._content)) as container, ZipFile(packed, "w") as made:
                made.comment = container.comment
                for info, entry in zip(container.infolist(), self._container.entries, strict=True):
                    made.writestr(as_in(info), self.read(entry.key))
                known = {entry.key for entry in self._container.entries}
                for name, part in sorted(part for key, part in self._changed.items() if key not in known):
                    made.writestr(name, part, compress_type=ZIP_DEFLATED)
        except BadZipFile as error:
            raise refused("damaged") from error
        return packed.getvalue()


def as_in(found: ZipInfo) -> ZipInfo:
    """An entry for the same part in another zip: name, time, packing and remark, without the sizes in the old one."""
    kept = copy(found)
    kept.extra, kept.extract_version, kept.create_version = b"", DEFAULT_VERSION, DEFAULT_VERSION
    return kept
