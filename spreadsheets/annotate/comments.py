"""Comments on cells of one sheet of a workbook file, added to the existing ones: their texts and their boxes."""

from collections.abc import Mapping

from spreadsheets.ooxml.addresses import Place, address_of
from spreadsheets.ooxml.content_types import COMMENTS_TYPE, DRAWING_TYPE, TYPES_PART, with_ending, with_part
from spreadsheets.ooxml.package import Package
from spreadsheets.ooxml.relations import OFFICE, add_relation, related_part, relations_of
from spreadsheets.ooxml.schema_order import WORKSHEET
from spreadsheets.ooxml.xml_edits import at_root_end, element, in_order, root_prefix, with_members
from spreadsheets.ooxml.xml_elements import MAIN
from spreadsheets.ooxml.xml_offsets import spans_at
from spreadsheets.safe_text import text_xml

NO_COMMENTS = f'<comments xmlns="{MAIN}"><authors><author></author></authors><commentList></commentList></comments>'.encode()
NO_BOXES = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">\
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
BOX = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" \
style="position:absolute;margin-left:80pt;margin-top:2pt;width:220pt;height:80pt;z-index:1;visibility:hidden" \
fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>\
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 4</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""
FIRST_BOX = 900_001  # far from the numbers that programs give


def add_notes(package: Package, sheet_part: str, notes: Mapping[Place, str]) -> None:
    """Adds comments to cells; a cell that has a comment keeps it under the new sentence. Raises BadPart."""
    comments = _part_of(package, sheet_part, "comments") or _new_comments(package, sheet_part)
    drawing = _part_of(package, sheet_part, "vmlDrawing") or _new_drawing(package, sheet_part)
    content, added = _with_texts(package[comments], notes)
    package[comments] = content
    boxes = "".join(_box(place, FIRST_BOX + number) for number, place in enumerate(sorted(added))).encode()
    package[drawing] = at_root_end(package[drawing], boxes)


def _with_texts(content: bytes, notes: Mapping[Place, str]) -> tuple[bytes, set[Place]]:
    """The comments part with the sentences, and the cells that had no comment before."""
    prefix = root_prefix(content)
    existing = {span.attributes.get("ref", ""): place for place, span in enumerate(spans_at(content, "commentList", "comment"))}
    texts = spans_at(content, "commentList", "comment", "text")
    added = {place for place in notes if address_of(place) not in existing}
    inserted = sorted((texts[existing[address_of(place)]].tag_end, notes[place]) for place in notes if place not in added)
    plain = {span.start: span.end for span in spans_at(content, "commentList", "comment", "text", "t")}
    for at, sentence in reversed(inserted):
        old = content[at : plain.get(at, at)]  # a plain text becomes a run, because runs must come after it
        content = (
            content[:at]
            + _run(sentence + "\n", prefix)
            + (element(prefix + b"r", {}, old) if old else b"")
            + content[at + len(old) :]
        )
    made = [_comment(place, notes[place], prefix) for place in sorted(added)]
    return with_members(content, "commentList", "comment", made)[0], added


def _comment(place: Place, sentence: str, prefix: bytes) -> bytes:
    text = element(prefix + b"text", {}, _run(sentence, prefix))
    return element(prefix + b"comment", {"ref": address_of(place), "authorId": 0}, text)


def _run(sentence: str, prefix: bytes) -> bytes:
    return element(prefix + b"r", {}, element(prefix + b"t", {"xml:space": "preserve"}, text_xml(sentence).encode()))


def _box(place: Place, number: int) -> str:
    row, column = place[0] - 1, place[1] - 1
    return BOX.format(
        number=number,
        row=row,
        column=column,
        left=column + 1,
        right=column + 4,
        top=max(row - 1, 0),
        bottom=max(row - 1, 0) + 5,
    )


def _part_of(package: Package, sheet_part: str, kind: str) -> str:
    """The part of this kind that belongs to a sheet; "" for none."""
    relation = related_part(relations_of(package, sheet_part), kind)
    return relation.target if relation else ""


def _new_drawing(package: Package, sheet_part: str) -> str:
    """A new part for the boxes, with its relations to the sheet and the package."""
    name = package.new_name("xl/drawings/vmlDrawing{}.vml")
    package[name] = NO_BOXES
    package[TYPES_PART] = with_ending(package[TYPES_PART], "vml", DRAWING_TYPE)
    relation = add_relation(package, sheet_part, "vmlDrawing", name)
    sheet = package[sheet_part]
    made = element(root_prefix(sheet) + b"legacyDrawing", {"xmlns:r": OFFICE, "r:id": relation})
    package[sheet_part] = in_order(sheet, "legacyDrawing", made, WORKSHEET)
    return name


def _new_comments(package: Package, sheet_part: str) -> str:
    name = package.new_name("xl/comments{}.xml")
    package[name] = NO_COMMENTS
    package[TYPES_PART] = with_part(package[TYPES_PART], name, COMMENTS_TYPE)
    add_relation(package, sheet_part, "comments", name)
    return name
