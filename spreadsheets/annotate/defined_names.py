"""Adds defined names of one sheet, such as its print area, to a workbook part."""

from spreadsheets.ooxml.schema_order import WORKBOOK
from spreadsheets.ooxml.xml_edits import element, root_prefix, with_members
from spreadsheets.safe_text import text_xml


def with_name(book: bytes, name: str, number: int, text: str) -> bytes:
    """The part with one more name. `number`: of the sheet, from 0. Raises BadPart."""
    made = element(root_prefix(book) + b"definedName", {"name": name, "localSheetId": number}, text_xml(text).encode())
    return with_members(book, "definedNames", "definedName", [made], WORKBOOK)[0]
