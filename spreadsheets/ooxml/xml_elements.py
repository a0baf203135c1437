"""Reads XML with expat and without document types: the guarded parser, and the elements of a small part."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pyexpat import ExpatError, ParserCreate, XMLParserType

from spreadsheets.ooxml.refusals import ENTITIES, Refusal, refused

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_CHUNK = 1 << 20
_SMALL = 1 << 16
_MOST_DIGITS = 9

Element = tuple[str, dict[str, str]]  # local name and attributes


def guarded_parser() -> XMLParserType:
    """An expat parser that refuses a document type at its first word, before any entity is defined."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    return parser


def parse(parser: XMLParserType, chunks: Iterable[bytes]) -> Iterator[None]:
    """Runs the parser's handlers over a part, yielding after each chunk. Raises Refusal for invalid XML."""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    except (ExpatError, ValueError, LookupError, OSError) as error:  # the last two: an encoding nobody knows
        raise refused("damaged") from error


def parse_whole(parser: XMLParserType, content: bytes, *, at_once: bool = False) -> None:
    """Runs the parser's handlers over a part that is small enough to keep in memory. Raises Refusal."""
    size = len(content) if at_once else _CHUNK
    for _ in parse(parser, (content[start : start + size] for start in range(0, len(content), size))):
        pass


def elements(content: bytes) -> tuple[Element, ...]:
    """All elements of a small part in order, without prefixes. Callers must not change them."""
    return _remembered(content) if len(content) <= _SMALL else _elements(content)


def _elements(content: bytes) -> tuple[Element, ...]:
    found: list[Element] = []
    parser = guarded_parser()
    parser.StartElementHandler = lambda name, attributes: found.append((local_name(name), attributes))
    parse_whole(parser, content)
    return tuple(found)


# The parts that describe a form are the same in every copy of it.
_remembered = lru_cache(maxsize=64)(_elements)


def local_name(name: str) -> str:
    """The name without prefix: `x:c` -> c."""
    return name.rpartition(":")[2]


def is_true(text: str | None) -> bool:
    """What an attribute says that is a switch."""
    return text in ("1", "true")


def whole_number(text: str | None) -> int | None:
    """What an attribute says that counts or points; None for what no workbook holds there: other signs, more than nine digits."""
    return int(text) if text and len(text) <= _MOST_DIGITS and text.isascii() and text.isdecimal() else None


def prefix_of(name: str, attributes: dict[str, str]) -> str | None:
    """The prefix of a root element in the namespace of workbooks: `x:` for <x:worksheet>, "" without prefix.

    None for another namespace.
    """
    prefix, colon, _local = name.rpartition(":")
    space = attributes.get(f"xmlns:{prefix}" if colon else "xmlns")
    return prefix + colon if space in (MAIN, STRICT) else None


def _refuse_document_type(*_doctype: object) -> None:
    raise Refusal("strange", ENTITIES)
