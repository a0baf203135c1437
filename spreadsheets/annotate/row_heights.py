"""Heights of rows with a sentence: in a form a sentence spans the rows below it; elsewhere its row grows."""

from collections.abc import Mapping

from spreadsheets.annotate.formats import SENTENCE_SIZE as SIZE
from spreadsheets.annotate.layout import Room
from spreadsheets.ooxml.addresses import address_of_range, range_of
from spreadsheets.ooxml.schema_order import WORKSHEET
from spreadsheets.ooxml.xml_edits import element, retagged, root_prefix, with_members
from spreadsheets.ooxml.xml_offsets import SheetOffsets, Span, sheet_offsets, spans_at
from spreadsheets.write.text_metrics import line_count, row_height

_USUAL_HEIGHT = 15.0
_MOST_ROWS = 6  # one sentence spans


def with_heights(content: bytes, room: Room, texts: Mapping[int, str]) -> bytes:
    """A sheet whose column has room for its texts (row -> text). Raises BadPart."""
    content = _without_spans(content, room.column)
    marks = sheet_offsets(content)
    grown, spanned = {}, []
    for row in sorted(row for row in texts if row in marks.rows):
        last, height = _spanned(marks, row, texts, room)
        needed = row_height(line_count(texts[row], room.width, SIZE), SIZE)
        if last > row:
            spanned.append(address_of_range((row, room.column, last, room.column)))
        if needed > height and not marks.rows[row].is_hidden:
            existing = _stored_height(marks.rows[row])
            grown[row] = round(needed - height + existing, 1) if last > row else needed
    for row in sorted(grown, reverse=True):
        content = retagged(content, marks.rows[row], {"ht": grown[row], "customHeight": 1})
    return _with_spans(content, spanned)


def _spanned(marks: SheetOffsets, row: int, texts: Mapping[int, str], room: Room) -> tuple[int, float]:
    """The last row that the text spans, and the height of all its rows."""
    needed, last = row_height(line_count(texts[row], room.width, SIZE), SIZE), row
    height = _stored_height(marks.rows[row])
    merged = {
        at for area in map(range_of, marks.merged) if area and area[3] >= room.column for at in range(area[0], area[2] + 1)
    }
    while room.is_form and height < needed and last - row < _MOST_ROWS - 1:
        following = last + 1
        below = marks.rows.get(following)
        if below is None or below.is_hidden or following in texts or {row, following} & merged:
            break
        last, height = following, height + _stored_height(below)
    return last, height


def _stored_height(row: Span) -> float:
    try:
        return float(row.attributes.get("ht", _USUAL_HEIGHT))
    except ValueError:
        return _USUAL_HEIGHT


def _without_spans(content: bytes, column: int) -> bytes:
    """The sheet without the ranges that an earlier download merged in the column."""
    gone = [
        span
        for span in spans_at(content, "mergeCells", "mergeCell")
        if (area := range_of(span.attributes.get("ref", ""))) and area[1] == area[3] == column
    ]
    for span in reversed(gone):
        content = content[: span.start] + content[span.end :]
    return _counted(content) if gone else content


def _with_spans(content: bytes, ranges: list[str]) -> bytes:
    if not ranges:
        return content
    made = [element(root_prefix(content) + b"mergeCell", {"ref": area}) for area in ranges]
    return _counted(with_members(content, "mergeCells", "mergeCell", made, WORKSHEET)[0])


def _counted(content: bytes) -> bytes:
    """The sheet with the number of its merged ranges updated; without the element where there are none."""
    (whole,) = spans_at(content, "mergeCells")[:1]
    number = len(spans_at(content, "mergeCells", "mergeCell"))
    if not number:
        return content[: whole.start] + content[whole.end :]
    return retagged(content, whole, {"count": number})
