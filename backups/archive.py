"""The file of a backup: a zip of one manifest and, per table, one JSON array per row and line.

The manifest says what wrote it and, of each part, how many rows it has and its SHA-256; a file that does not say so, or
whose parts are not as it says, is refused before anything is read from it.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from zlib import error as ZlibError

from django.utils.translation import gettext as _

FORMAT = "partyreport-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
BLOCK = 1 << 20
DAMAGED = (zipfile.BadZipFile, ZlibError, OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError)


class Unusable(Exception):
    """The file cannot be restored; the sentence says why and what to do."""


@dataclass(frozen=True)
class ArchivePart:
    """One table: its columns in the order of each row, how many rows, and the SHA-256 of its lines."""

    name: str
    columns: list[str]
    rows: int
    sha256: str

    @property
    def path(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class Manifest:
    """`migrations`: per app the names applied; a backup is restored only into a database of the very same shape."""

    made_at: str
    migrations: dict[str, list[str]]
    parts: list[ArchivePart]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


class Writer:
    """Takes one table after the other, then the manifest: `with Writer(file) as writer`."""

    def __init__(self, file):
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._parts: list[ArchivePart] = []

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_error) -> None:
        self._zip.close()

    def add(self, name: str, columns: list[str], lines: Iterable[bytes]) -> None:
        digest, rows = hashlib.sha256(), 0
        with self._zip.open(f"tables/{name}.jsonl", "w", force_zip64=True) as out:
            for line in lines:
                digest.update(line)
                out.write(line)
                rows += 1
        self._parts.append(ArchivePart(name, columns, rows, digest.hexdigest()))

    def finish(self, made_at: str, migrations: dict[str, list[str]]) -> Manifest:
        manifest = Manifest(made_at, migrations, self._parts)
        head = {"format": FORMAT, "format_version": FORMAT_VERSION}
        self._zip.writestr(MANIFEST, json.dumps(head | asdict(manifest), indent=1))
        return manifest


class Reader:
    """An opened backup whose every part was found as the manifest says."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest):
        self._zip = file
        self.manifest = manifest

    def rows(self, part: ArchivePart) -> Iterator[list]:
        with self._zip.open(part.path) as lines:
            yield from map(json.loads, lines)


@contextmanager
def written_whole(path: Path) -> Iterator:
    """A file to write to, which takes the name `path` only when it is complete and on the disk: never half a backup."""
    descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Raises Unusable where the file is missing, foreign, of another format version, cut off or changed."""
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Unusable(_("%(file)s does not exist. Name the backup to restore.") % {"file": path}) from None
    except (zipfile.BadZipFile, OSError):
        raise Unusable(_foreign(path)) from None
    with file:
        manifest = _manifest(file, path)
        for part in manifest.parts:
            _refuse_damage(file, part, path)
        yield Reader(file, manifest)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(file: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        head = json.loads(file.read(MANIFEST))
        if head.pop("format") != FORMAT:
            raise Unusable(_foreign(path))
        version = head.pop("format_version")
        if version == FORMAT_VERSION:
            return Manifest(**head | {"parts": [ArchivePart(**part) for part in head["parts"]]})
    except DAMAGED:
        raise Unusable(_foreign(path)) from None
    raise Unusable(
        _("%(file)s has backup format %(theirs)s; this program reads %(ours)s. Restore it with the program that wrote it.")
        % {"file": path, "theirs": version, "ours": FORMAT_VERSION}
    )


def _refuse_damage(file: zipfile.ZipFile, part: ArchivePart, path: Path) -> None:
    if _sha256_inside(file, part) != part.sha256:
        raise Unusable(
            _("%(file)s is damaged: the table %(table)s is not as it was written. Nothing was restored; use another backup.")
            % {"file": path, "table": part.name}
        )


def _sha256_inside(file: zipfile.ZipFile, part: ArchivePart) -> str:
    """Empty where the part is missing or cannot be read to its end."""
    digest = hashlib.sha256()
    try:
        with file.open(part.path) as lines:
            while block := lines.read(BLOCK):
                digest.update(block)
    except DAMAGED:
        return ""
    return digest.hexdigest()


def _foreign(path: Path) -> str:
    return _("%(file)s is not a backup of this system, or it is damaged. Nothing was restored; use another backup.") % {
        "file": path
    }
