"""Edits elements of a part in its bytes: attributes, children, the content between two places; other bytes stay."""

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from spreadsheets.ooxml.xml_offsets import Span, children_of_root, spans_at

Attributes = Mapping[str, str | int | float | None]
Edit = tuple[int, int, bytes]  # from, to, what stands there instead

_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_COUNT = re.compile(rb"(\scount\s*=\s*[\"'])[0-9]+")
_ROOT = re.compile(rb"<[^\s/>?!]+")


def edited(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The content with all edits, which do not overlap."""
    pieces, at = [], 0
    for start, end, piece in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [content[at:start], piece]
        at = end
    return b"".join([*pieces, content[at:]])


def tag_name(content: bytes, start: int) -> bytes:
    """The name of the element that begins here, with its prefix."""
    return _NAME.match(content, start)[1]


def prefix_of(name: bytes) -> bytes:
    """The prefix of a name: `x:c` -> `x:`."""
    return name[: name.rfind(b":") + 1]


def root_prefix(content: bytes) -> bytes:
    """The prefix of the root element: `x:` for <x:worksheet>."""
    return prefix_of(_ROOT.search(content)[0][1:])


def opened(tag: bytes) -> bytes:
    """The start tag of an empty element (`<c/>`), changed so that content can follow."""
    return tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag


def element(name: bytes, given: Attributes, inside: bytes = b"") -> bytes:
    """An element with its prefix in its name, closed at once where nothing stands in it; attributes that are None are left out."""
    tag = with_attributes(b"<" + name + b"/>", given)
    return opened(tag) + inside + b"</" + name + b">" if inside else tag


def with_attributes(tag: bytes, given: Attributes) -> bytes:
    """A start tag with these attributes instead of its own with the same names; None removes one."""
    names = {name.encode() for name in given}
    head = _NAME.match(tag)
    kept = [match[0] for match in _ATTRIBUTE.finditer(tag, head.end()) if match[1] not in names]
    written = "".join(f" {name}={quoteattr(str(value))}" for name, value in given.items() if value is not None).encode()
    return head[0] + b"".join(kept) + written + (b"/>" if tag.endswith(b"/>") else b">")


def retagged(content: bytes, span: Span, given: Attributes) -> bytes:
    """The part with changed attributes in the start tag of one element."""
    tag = with_attributes(content[span.start : span.tag_end], given)
    return content[: span.start] + tag + content[span.tag_end :]


def in_order(content: bytes, name: str, made: bytes, order: Sequence[str]) -> bytes:
    """The part with one more child of its root, called `name` in the schema, before the first child that must stand behind it."""
    later = order[order.index(name) + 1 :]
    at = next((span.start for known, span in children_of_root(content) if known in later), None)
    return at_root_end(content, made) if at is None else content[:at] + made + content[at:]


def with_members(
    content: bytes, group: str, member: str, made: Sequence[bytes], order: Sequence[str] = ()
) -> tuple[bytes, int]:
    """The part with more members of a group, and the number of the first of them, from 0. With its `order` a part gets a group that
    it does not have. Raises ValueError where there is none and none can be made."""
    groups = spans_at(content, group)
    if not groups:
        return in_order(content, group, element(root_prefix(content) + group.encode(), {}, b"".join(made)), order), 0
    number = len(spans_at(content, group, member))
    return with_children(content, groups[0], made, number), number


def with_children(content: bytes, parent: Span, made: Sequence[bytes], count: int) -> bytes:
    """The part with more children at the end of one element, which had `count`.

    The element's own count is updated if it has one.
    """
    tag = _COUNT.sub(rb"\g<1>" + str(count + len(made)).encode(), opened(content[parent.start : parent.tag_end]))
    inside = content[parent.tag_end : parent.close] if not parent.is_closed_at_once else b""
    close = b"</" + tag_name(content, parent.start) + b">"
    return content[: parent.start] + tag + inside + b"".join(made) + close + content[parent.end :]


def with_last_child(content: bytes, name: str, attributes: Attributes) -> bytes:
    """The part with one more empty element at the very end of its root."""
    return at_root_end(content, element(root_prefix(content) + name.encode(), attributes))


def at_root_end(content: bytes, made: bytes) -> bytes:
    """The part with more content at the very end of its root, which may have been empty."""
    at = content.rfind(b"</")
    if at < 0:
        root = _ROOT.search(content)
        end = content.rindex(b"/>")
        return content[:end].rstrip() + b">" + made + b"</" + root[0][1:] + b">" + content[end + 2 :]
    return content[:at] + made + content[at:]
