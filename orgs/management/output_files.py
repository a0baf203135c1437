"""Writes the output file of a command: complete or not at all, and only to a regular file."""

from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def path_to_write(out: str, endings: Collection[str] = (".xlsx",), option: str = "--out") -> Path:
    """The path, if its folder exists and its ending is one of these. Raises CommandError."""
    path = Path(out)
    if path.suffix.lower() not in endings or not path.parent.is_dir():
        sentence = _("%(option)s: %(out)s: name a %(endings)s file in a folder that exists.")
        raise CommandError(sentence % {"option": option, "out": out, "endings": " / ".join(endings)})
    refuse_irregular(path)
    return path


def refuse_irregular(path: Path) -> None:
    """Raises CommandError if the path exists and is no regular file: replacing a device or a pipe would break it for everybody."""
    if not path.exists() or path.is_file():
        return
    kind = _("a folder") if path.is_dir() else _("a device, a pipe or a socket")
    sentence = _(
        "%(path)s is %(kind)s, not a file; nothing was written. Name a file that may be written to or does not exist yet."
    )
    raise CommandError(sentence % {"path": path, "kind": kind})


def write_whole(path: Path, content: bytes | BinaryIO) -> None:
    """Writes the file; an existing one is replaced only by a complete one. Raises CommandError."""
    refuse_irregular(path)
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            copyfileobj(BytesIO(content) if isinstance(content, bytes) else content, file)
        unfinished.replace(path)
    except OSError as error:
        sentence = _("--out: %(out)s can not be written: %(reason)s.")
        raise CommandError(sentence % {"out": path, "reason": error.strerror}) from error
    finally:
        unfinished.unlink(missing_ok=True)
