"""Heights of rows with a sentence: in a form a sentence spans the rows below it; elsewhere its row grows."""

from collections.abc import Mapping

from spreadsheets.annotate.formats import SENTENCE_SIZE as SIZE
from spreadsheets.annotate.layout import TRUE, Room
from spreadsheets.ooxml.addresses import letters_of, range_of
from spreadsheets.ooxml.xml_edits import retagged, root_prefix, with_children
from spreadsheets.ooxml.xml_offsets import SheetOffsets, Span, sheet_offsets, spans_at
from spreadsheets.write.text_metrics import line_count, row_height

_USUAL_HEIGHT = 15.0
_MOST_ROWS = 6  # one sentence spans
# The elements that may come between the rows and the merged ranges of a sheet, the last first.
_BEFORE_MERGES = ("customSheetViews", "dataConsolidate", "sortState", "autoFilter", "scenarios", "protectedRanges",
                  "sheetProtection", "sheetCalcPr", "sheetData")  # fmt: skip


def with_heights(content: bytes, room: Room, texts: Mapping[int, str]) -> bytes:
    """A sheet whose column has room for its texts (row -> text). Raises BadPart."""
    content = _without_spans(content, room.column)
    marks = sheet_offsets(content)
    grown, spanned = {}, []
    for row in sorted(row for row in texts if row in marks.rows):
        last, height = _spanned(marks, row, texts, room)
        needed = row_height(line_count(texts[row], room.width, SIZE), SIZE)
        if last > row:
            spanned.append(f"{letters_of(room.column)}{row}:{letters_of(room.column)}{last}")
        if needed > height and not _is_hidden(marks.rows[row]):
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
        if below is None or _is_hidden(below) or following in texts or {row, following} & merged:
            break
        last, height = following, height + _stored_height(below)
    return last, height


def _stored_height(row: Span) -> float:
    try:
        return float(row.attributes.get("ht", _USUAL_HEIGHT))
    except ValueError:
        return _USUAL_HEIGHT


def _is_hidden(row: Span) -> bool:
    return row.attributes.get("hidden") in TRUE


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
    prefix = root_prefix(content).decode()
    made = "".join(f'<{prefix}mergeCell ref="{area}"/>' for area in ranges).encode()
    existing = spans_at(content, "mergeCells")
    if not existing:
        before = next(span for tag in _BEFORE_MERGES for span in spans_at(content, tag)[:1])
        whole = f"<{prefix}mergeCells>".encode() + made + f"</{prefix}mergeCells>".encode()
        return _counted(content[: before.end] + whole + content[before.end :])
    return _counted(with_children(content, existing[0], [made]))


def _counted(content: bytes) -> bytes:
    """The sheet with the number of its merged ranges updated; without the element where there are none."""
    (whole,) = spans_at(content, "mergeCells")[:1]
    number = len(spans_at(content, "mergeCells", "mergeCell"))
    if not number:
        return content[: whole.start] + content[whole.end :]
    return retagged(content, whole, {"count": number})
