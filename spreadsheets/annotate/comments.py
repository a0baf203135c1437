"""Comments at cells of one sheet of a workbook file, beside those that stand there: their texts and the boxes that show them."""

import posixpath
from collections.abc import Mapping
from xml.sax.saxutils import escape

from spreadsheets.annotate.parts import Parts, at_root_end, root_prefix, spans_at, with_children
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.ooxml.xml_elements import elements
from spreadsheets.read.workbook import Place
from spreadsheets.safe_text import workbook_text
from spreadsheets.write.excel_comments import seen_from

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES_PART = "[Content_Types].xml"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
NO_COMMENTS = f'<comments xmlns="{MAIN}"><authors><author></author></authors><commentList></commentList></comments>'.encode()
NO_RELATIONS = f'<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()
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
# What may only stand after <legacyDrawing> in a sheet.
AFTER_DRAWING = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")


def add_notes(parts: Parts, sheet_part: str, notes: Mapping[Place, str]) -> None:
    """A cell that has a comment keeps it under the new sentence. Raises BadPart."""
    comments, drawing = _part_of(parts, sheet_part, "comments"), _part_of(parts, sheet_part, "vmlDrawing")
    comments = comments or _new_part(parts, sheet_part, "comments", "xl/comments{}.xml", NO_COMMENTS)
    if not drawing:
        drawing = _new_part(parts, sheet_part, "vmlDrawing", "xl/drawings/vmlDrawing{}.vml", NO_BOXES)
        parts[sheet_part] = _pointing_at(parts[sheet_part], _relation_id(parts, sheet_part, "vmlDrawing"))
    content, added = _with_texts(parts[comments], notes)
    parts[comments] = content
    boxes = "".join(_box(place, FIRST_BOX + number) for number, place in enumerate(sorted(added))).encode()
    parts[drawing] = at_root_end(parts[drawing], boxes)


def _with_texts(content: bytes, notes: Mapping[Place, str]) -> tuple[bytes, set[Place]]:
    """The comments part with the sentences; those that got a comment of their own."""
    prefix = root_prefix(content)
    standing = {span.attributes.get("ref", ""): place for place, span in enumerate(spans_at(content, "commentList", "comment"))}
    texts = spans_at(content, "commentList", "comment", "text")
    added = {place for place in notes if _address(place) not in standing}
    inserted = sorted((texts[standing[_address(place)]].tag_end, notes[place]) for place in notes if place not in added)
    plain = {span.start: span.end for span in spans_at(content, "commentList", "comment", "text", "t")}
    for at, said in reversed(inserted):
        old = content[at : plain.get(at, at)]  # a plain text becomes a run, for runs stand after it and not before
        content = content[:at] + _run(said + "\n", prefix) + (_wrapped(old, prefix) if old else b"") + content[at + len(old) :]
    (whole,) = spans_at(content, "commentList")[:1]
    return with_children(content, whole, [_comment(place, notes[place], prefix) for place in sorted(added)]), added


def _comment(place: Place, said: str, prefix: bytes) -> bytes:
    tag, text = prefix + b"comment", prefix + b"text"
    head = b"<" + tag + f' ref="{_address(place)}" authorId="0"><'.encode() + text + b">"
    return head + _run(said, prefix) + b"</" + text + b"></" + tag + b">"


def _run(said: str, prefix: bytes) -> bytes:
    name = prefix.decode()
    return f'<{name}r><{name}t xml:space="preserve">{escape(workbook_text(said))}</{name}t></{name}r>'.encode()


def _wrapped(text: bytes, prefix: bytes) -> bytes:
    return b"<" + prefix + b"r>" + text + b"</" + prefix + b"r>"


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


def _address(place: Place) -> str:
    return f"{letters_of(place[1])}{place[0]}"


def _relations_part(sheet_part: str) -> str:
    folder, name = posixpath.split(sheet_part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(parts: Parts, sheet_part: str) -> list[dict[str, str]]:
    name = _relations_part(sheet_part)
    return [given for tag, given in elements(parts[name]) if tag == "Relationship"] if name in parts else []


def _part_of(parts: Parts, sheet_part: str, kind: str) -> str:
    """The part that a sheet has for this kind of thing; "" for none."""
    for relation in _relations(parts, sheet_part):
        if relation.get("Type", "").endswith(f"/{kind}"):
            target = relation.get("Target", "")
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(sheet_part), target))
            return target.lstrip("/") if target.startswith("/") else whole
    return ""


def _relation_id(parts: Parts, sheet_part: str, kind: str) -> str:
    return next(said["Id"] for said in _relations(parts, sheet_part) if said.get("Type", "").endswith(f"/{kind}"))


def _new_part(parts: Parts, sheet_part: str, kind: str, pattern: str, content: bytes) -> str:
    """A new part, known to the sheet and to the package."""
    name, relations = parts.new_name(pattern), _relations_part(sheet_part)
    known = {said.get("Id", "") for said in _relations(parts, sheet_part)}
    number = next(f"rIdMark{count}" for count in range(1, len(known) + 2) if f"rIdMark{count}" not in known)
    standing = parts.get(relations, NO_RELATIONS)
    prefix = root_prefix(standing).decode()
    said = f'<{prefix}Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{seen_from(sheet_part, name)}"/>'
    parts[relations] = at_root_end(_opened_root(standing), said.encode())
    parts[name] = content
    _tell_package(parts, name)
    return name


def _opened_root(content: bytes) -> bytes:
    """A part without relations may be written as one tag."""
    return NO_RELATIONS if b"</" not in content else content


def _tell_package(parts: Parts, name: str) -> None:
    types = parts[TYPES_PART]
    prefix = root_prefix(types).decode()
    if name.endswith(".xml"):
        said = f'<{prefix}Override PartName="/{name}" ContentType="{COMMENTS_TYPE}"/>'
    elif any(given.get("Extension", "").lower() == "vml" for _tag, given in elements(types)):
        return
    else:
        said = f'<{prefix}Default Extension="vml" ContentType="{DRAWING_TYPE}"/>'
    parts[TYPES_PART] = at_root_end(types, said.encode())


def _pointing_at(sheet: bytes, number: str) -> bytes:
    """A sheet that names the part with its boxes, at the place the schema wants it."""
    prefix = root_prefix(sheet).decode()
    after = [span.start for name in AFTER_DRAWING for span in spans_at(sheet, name)]
    at = min(after, default=sheet.rindex(b"</"))
    return sheet[:at] + f'<{prefix}legacyDrawing xmlns:r="{OFFICE}" r:id="{number}"/>'.encode() + sheet[at:]
