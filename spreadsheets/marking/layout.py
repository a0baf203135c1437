"""Room for the column of sentences: its width, the heights of its rows, and a print that stays the form's own. Knows no sentence."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from spreadsheets.marking.parts import root_prefix, spans_at, with_attributes, with_children
from spreadsheets.measuring import line_count, row_height
from spreadsheets.patches.book import BookPart
from spreadsheets.patches.marks import SheetMarks, Span, marks_of
from spreadsheets.reading.addresses import letters_of

WIDTH = 60.0  # units of the column: a sentence takes two or three lines
SIZE = 11.0  # points of the usual font
PRINT_AREA = "_xlnm.Print_Area"
# What may stand before the defined names in a workbook part, the last first.
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")
_TRUE = ("1", "true")


def with_room(content: bytes, column: int, texts: Mapping[int, str]) -> bytes:
    """A sheet whose column is wide, and whose rows are high enough for their texts (row -> text). Raises BadPart."""
    return _with_width(_with_heights(content, texts), column)


def _with_heights(content: bytes, texts: Mapping[int, str]) -> bytes:
    rows = marks_of(content).rows
    for row in sorted((row for row in texts if row in rows), reverse=True):
        needed, span = row_height(line_count(texts[row], WIDTH, SIZE), SIZE), rows[row]
        if needed > _height(span) and span.attributes.get("hidden") not in _TRUE:
            tag = with_attributes(content[span.start : span.tag_end], {"ht": needed, "customHeight": 1})
            content = content[: span.start] + tag + content[span.tag_end :]
    return content


def _height(row: Span) -> float:
    try:
        return float(row.attributes.get("ht", ""))
    except ValueError:
        return 0.0


def _with_width(content: bytes, column: int) -> bytes:
    """The elements <col> anew: one that covers the column and others is parted."""
    marks, prefix = marks_of(content), root_prefix(content).decode()
    parted = [part for given in marks.columns for part in _beside(given, column)]
    parted.append({"min": str(column), "max": str(column), "width": str(WIDTH), "customWidth": "1"})
    parted.sort(key=lambda given: int(given["min"]))
    told = "".join(
        f"<{prefix}col {' '.join(f'{name}={quoteattr(value)}' for name, value in given.items())}/>" for given in parted
    )
    made = f"<{prefix}cols>{told}</{prefix}cols>".encode()
    standing = spans_at(content, "cols")
    start, end = (standing[0].start, standing[0].end) if standing else (marks.data.start, marks.data.start)
    return content[:start] + made + content[end:]


def _beside(given: Mapping[str, str], column: int) -> list[dict[str, str]]:
    first, last = int(given["min"]), int(given["max"])
    parts = [(first, min(last, column - 1)), (max(first, column + 1), last)]
    return [{**given, "min": str(begin), "max": str(end)} for begin, end in parts if begin <= end]


def with_print_area(book: bytes, known: BookPart, title: str, sheet: bytes, marks: SheetMarks, column: int) -> bytes:
    """The workbook part with a print area without the column, where the sheet is fitted to its page and has no area of its own: one
    more column would shrink the form. `marks`: of the sheet before its sentences. Raises BadPart."""
    fitted = any(span.attributes.get("fitToPage") in _TRUE for span in spans_at(sheet, "sheetPr", "pageSetUpPr"))
    last = max((at for _row, at in marks.cells if at < column), default=0)
    if not fitted or not last or (PRINT_AREA, title) in known.names:
        return book
    area = f"'{title.replace(chr(39), chr(39) * 2)}'!$A$1:${letters_of(last)}${max(marks.rows)}"
    prefix = root_prefix(book).decode()
    number = list(known.sheets).index(title)
    name = f'<{prefix}definedName name="{PRINT_AREA}" localSheetId="{number}">{escape(area)}</{prefix}definedName>'.encode()
    names = spans_at(book, "definedNames")
    if names:
        return with_children(book, names[0], [name])
    before = next(span for tag in _BEFORE_NAMES for span in spans_at(book, tag)[:1])
    return (
        book[: before.end]
        + f"<{prefix}definedNames>".encode()
        + name
        + f"</{prefix}definedNames>".encode()
        + book[before.end :]
    )
