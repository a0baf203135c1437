"""The workbook part of an .xlsx: its sheets with their parts, order and states, and the parts that all sheets share."""

from dataclasses import dataclass

from spreadsheets.ooxml.refusals import refused
from spreadsheets.ooxml.relations import Parts, Relation, described, joined, related_part, relations_of
from spreadsheets.ooxml.xml_elements import Element, elements, local_name

_BOOK = "xl/workbook.xml"
_STATES = ("hidden", "veryHidden")
WORKSHEET = "worksheet"


@dataclass(frozen=True)
class SheetPart:
    """A sheet by its title. `kind`: worksheet, chartsheet …, "" for one whose relation is missing; `state`: visible, hidden, veryHidden."""

    title: str
    state: str
    kind: str
    part: str


@dataclass(frozen=True)
class WorkbookPart:
    """The content of the workbook part. `texts_part` and `styles_part` are names of parts that may be missing."""

    part: str
    elements: tuple[Element, ...]
    relations: list[Relation]
    sheets: list[SheetPart]
    texts_part: str
    styles_part: str


def workbook_part(parts: Parts) -> WorkbookPart:
    """Reads the workbook part. Raises Refusal for a file that is no workbook."""
    root = related_part(relations_of(parts, ""), "officeDocument")
    part = root.target if root and root.target in parts else _BOOK
    if part not in parts:
        raise refused("damaged")
    found, relations = elements(described(parts, part)), relations_of(parts, part)
    by_name = {relation.name: relation for relation in relations}
    sheets = [_sheet(attributes, by_name) for name, attributes in found if name == "sheet"]
    texts, styles = (_shared_part(part, relations, kind) for kind in ("sharedStrings", "styles"))
    return WorkbookPart(part, found, relations, sheets, texts, styles)


def _sheet(attributes: dict[str, str], relations: dict[str, Relation]) -> SheetPart:
    name = next((value for key, value in attributes.items() if local_name(key) == "id"), "")
    relation = relations.get(name, Relation(name, "", ""))
    state = attributes.get("state", "")
    return SheetPart(attributes.get("name", ""), state if state in _STATES else "visible", relation.kind, relation.target)


def _shared_part(book: str, relations: list[Relation], kind: str) -> str:
    """The part to which the relation leads, or the usual place of the part."""
    relation = related_part(relations, kind)
    return relation.target if relation else joined(book.rpartition("/")[0], f"{kind}.xml")
