"""Writes comments as Excel does, because some readers know no other form: names of parts, relations, texts as runs.

openpyxl writes xl/comments/comment1.xml and xl/drawings/commentsDrawing1.vml with plain texts, which the format allows.
"""

import re
from collections.abc import Mapping

from spreadsheets.ooxml.content_types import TYPES_PART
from spreadsheets.ooxml.relations import relative_target

_RELATIONS = re.compile(r"xl/worksheets/_rels/[^/]+\.rels")
_COMMENTS = re.compile(r"xl/comments/comment([0-9]+)\.xml")
_NAMES = (
    (_COMMENTS, r"xl/comments\1.xml"),
    (re.compile(r"xl/drawings/commentsDrawing([0-9]+)\.vml"), r"xl/drawings/vmlDrawing\1.vml"),
)
_RUNS = ((b"<text><t", b"<text><r><t"), (b"</t></text>", b"</t></r></text>"))


def as_excel_writes(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same parts in their order, with comments in Excel's form."""
    changed = {name: _renamed(name) for name in parts if _renamed(name) != name}
    return {changed.get(name, name): _rewritten(name, content, changed) for name, content in parts.items()}


def _renamed(name: str) -> str:
    for pattern, anew in _NAMES:
        if pattern.fullmatch(name):
            return pattern.sub(anew, name)
    return name


def _rewritten(name: str, content: bytes, changed: Mapping[str, str]) -> bytes:
    if _COMMENTS.fullmatch(name):
        for plain, run in _RUNS:
            content = content.replace(plain, run)
    elif name == TYPES_PART or _RELATIONS.fullmatch(name):
        for old, anew in changed.items():
            shown = f"/{anew}" if name == TYPES_PART else relative_target("xl/worksheets/sheet.xml", anew)
            content = content.replace(f'"/{old}"'.encode(), f'"{shown}"'.encode())
    return content
