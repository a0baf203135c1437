"""Adds defined names of one sheet, such as its print area, to a workbook part."""

from xml.sax.saxutils import escape

from spreadsheets.ooxml.xml_edits import root_prefix, with_children
from spreadsheets.ooxml.xml_offsets import spans_at

# The elements that may come before the defined names in a workbook part, the last first.
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")


def with_name(book: bytes, name: str, number: int, text: str) -> bytes:
    """The part with one more name. `number`: of the sheet, from 0. Raises BadPart."""
    prefix = root_prefix(book).decode()
    made = f'<{prefix}definedName name="{name}" localSheetId="{number}">{escape(text)}</{prefix}definedName>'.encode()
    names = spans_at(book, "definedNames")
    if names:
        return with_children(book, names[0], [made])
    before = next(span for tag in _BEFORE_NAMES for span in spans_at(book, tag)[:1])
    whole = f"<{prefix}definedNames>".encode() + made + f"</{prefix}definedNames>".encode()
    return book[: before.end] + whole + book[before.end :]
