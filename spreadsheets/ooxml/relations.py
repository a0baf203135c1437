"""The relations of a part of a package to other parts: read and added."""

import posixpath
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from spreadsheets import limits
from spreadsheets.ooxml.refusals import UNPACKS_TOO_LARGE, Refusal
from spreadsheets.ooxml.xml_edits import with_last_child
from spreadsheets.ooxml.xml_elements import elements

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_RELATIONS = f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode()
_NEW_NAME = "rIdMark{}"


class Parts(Protocol):
    """The parts of a package by their names."""

    def __contains__(self, name: str) -> bool: ...

    def size(self, name: str) -> int: ...

    def read(self, name: str) -> bytes: ...


@dataclass(frozen=True)
class Relation:
    """One relation. `kind`: the last word of its type; `target`: the name of a part, or the address of an external one."""

    name: str
    kind: str
    target: str


def relations_of(parts: Parts, part: str) -> list[Relation]:
    """The relations of a part, or with "" of the package itself. Raises Refusal."""
    name = _relations_part(part)
    if name not in parts:
        return []
    folder = posixpath.dirname(part)
    return [
        Relation(given.get("Id", ""), given.get("Type", "").rpartition("/")[2], _target(parts, folder, given.get("Target", "")))
        for tag, given in elements(described(parts, name))
        if tag == "Relationship"
    ]


def related_part(relations: Collection[Relation], kind: str) -> Relation | None:
    """The first relation of a kind."""
    return next((relation for relation in relations if relation.kind == kind), None)


def described(parts: Parts, part: str) -> bytes:
    """A part that describes others; such parts are small. Raises Refusal, KeyError."""
    if parts.size(part) > limits.UPLOAD_DESCRIBING_BYTES:
        raise Refusal("strange", UNPACKS_TOO_LARGE, limit=limits.UPLOAD_DESCRIBING_BYTES // limits.MEBIBYTE)
    return parts.read(part)


def add_relation(package, part: str, kind: str, target: str) -> str:
    """Adds a relation from a part of a `Package` to another one; returns the name of the relation. Raises Refusal."""
    name, known = _relations_part(part), {relation.name for relation in relations_of(package, part)}
    given = next(new for count in range(1, len(known) + 2) if (new := _NEW_NAME.format(count)) not in known)
    content = package.read(name) if name in package else _NO_RELATIONS
    attributes = {"Id": given, "Type": f"{OFFICE}/{kind}", "Target": relative_target(part, target)}
    package[name] = with_last_child(content, "Relationship", attributes)
    return given


def relative_target(part: str, target: str) -> str:
    """A target as Excel writes it: `../comments1.xml` seen from `xl/worksheets/sheet1.xml`."""
    return posixpath.relpath(target, posixpath.dirname(part))


def joined(folder: str, target: str) -> str:
    """The name of a target, absolute or relative to the folder."""
    return posixpath.normpath(target if target.startswith("/") else f"/{folder}/{target}").lstrip("/")


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(parts: Parts, folder: str, target: str) -> str:
    """A target as a name in the package: the first reading that leads to a part; else as the format says."""
    target = target.replace("\\", "/")
    plain = unquote(target.partition("#")[0])
    ways = [joined(folder, target), joined("", target), joined(folder, plain), joined("", plain)]
    return next((way for way in ways if way in parts), ways[0])
