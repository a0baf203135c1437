"""Elements of a workbook's small parts found by their path, and changed in their bytes. Knows no cell and no meaning."""

import re
from collections.abc import Iterable, Mapping
from zipfile import ZipFile

from spreadsheets.ooxml.xml_offsets import Span, new_parser, parse_with, tag_end
from spreadsheets.patch.cell_xml import opened, prefix_of, tag_name

_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_COUNT = re.compile(rb"(\scount\s*=\s*[\"'])[0-9]+")


class Parts:
    """The parts of a zip, with what was changed or added so far."""

    def __init__(self, container: ZipFile):
        self._container = container
        self._names = {info.filename for info in container.infolist()}
        self.changed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._names or name in self.changed

    def __getitem__(self, name: str) -> bytes:
        return self.changed[name] if name in self.changed else self._container.read(name)

    def __setitem__(self, name: str, content: bytes) -> None:
        self.changed[name] = content

    def get(self, name: str, default: bytes) -> bytes:
        if name not in self:
            return default
        return self[name]

    def new_name(self, pattern: str) -> str:
        """`xl/comments{}.xml` -> the first of these names that is free."""
        return next(name for number in range(1, len(self._names) + 2) if (name := pattern.format(number)) not in self)


def spans_at(content: bytes, *path: str) -> list[Span]:
    """The elements at a path of local names below the root, in order. Raises BadPart."""
    wanted, found, standing, names = list(path), [], [], []
    parser = new_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        names.append(name.rpartition(" ")[2])
        at = parser.CurrentByteIndex
        standing.append(Span(at, tag_end(content, at), attributes))
        if names[1:] == wanted:
            found.append(standing[-1])

    def end(_name: str) -> None:
        names.pop()
        span, at = standing.pop(), parser.CurrentByteIndex
        closed_at_once = at == span.tag_end and content[at - 2 : at] == b"/>"
        span.close, span.end = at, at if closed_at_once else content.index(b">", at) + 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parse_with(parser, content)
    return found


def with_attributes(tag: bytes, given: Mapping[str, str | int]) -> bytes:
    """A start tag with these attributes, in place of what it had under their names."""
    names = {name.encode() for name in given}
    head = re.match(rb"<[^\s/>]+", tag)[0]
    kept = [match[0] for match in _ATTRIBUTE.finditer(tag, len(head)) if match[1] not in names]
    said = "".join(f' {name}="{value}"' for name, value in given.items()).encode()
    return head + b"".join(kept) + said + (b"/>" if tag.endswith(b"/>") else b">")


def with_children(content: bytes, parent: Span, children: Iterable[bytes], standing: int | None = None) -> bytes:
    """A part with more children at the end of one element; its count is brought up to date where it says one."""
    made = list(children)
    tag = opened(content[parent.start : parent.tag_end])
    if standing is not None:
        tag = _COUNT.sub(rb"\g<1>" + str(standing + len(made)).encode(), tag)
    inside = content[parent.tag_end : parent.close] if not parent.is_closed_at_once else b""
    close = b"</" + tag_name(content, parent.start) + b">"
    return content[: parent.start] + tag + inside + b"".join(made) + close + content[parent.end :]


def at_root_end(content: bytes, made: bytes) -> bytes:
    """A part with more at the very end of its root."""
    at = content.rindex(b"</")
    return content[:at] + made + content[at:]


def root_prefix(content: bytes) -> bytes:
    """`x:` of a part whose root is closed as `</x:worksheet>`."""
    return prefix_of(content[content.rindex(b"</") + 2 :].rstrip(b"> \r\n\t"))
