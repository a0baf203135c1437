"""The list of the parts of a package with their content types."""

from spreadsheets.ooxml.xml_edits import with_last_child
from spreadsheets.ooxml.xml_elements import elements

TYPES_PART = "[Content_Types].xml"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET_TYPE, COMMENTS_TYPE = f"{_SPREADSHEET}.worksheet+xml", f"{_SPREADSHEET}.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def with_part(types: bytes, name: str, content_type: str) -> bytes:
    """The list with one more part."""
    return with_last_child(types, "Override", {"PartName": f"/{name}", "ContentType": content_type})


def with_ending(types: bytes, ending: str, content_type: str) -> bytes:
    """The list with the content type of a file ending, if it does not have it yet."""
    if any(given.get("Extension", "").lower() == ending for _tag, given in elements(types)):
        return types
    return with_last_child(types, "Default", {"Extension": ending, "ContentType": content_type})
