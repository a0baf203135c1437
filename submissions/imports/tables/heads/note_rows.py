"""Finds notes and signatures around a table, which are not rows of it; the caller supplies the texts of units."""

from submissions.imports.tables.geometry.cells import SheetCells
from submissions.imports.tables.geometry.words import is_aside, is_title_line, is_total
from submissions.imports.tables.heads.head_matcher import HeadMatcher


def is_note_row(cells: SheetCells, down: int, matcher: HeadMatcher) -> bool:
    """Whether the row is a note or a signature around a table: 填表人：, 联系电话.

    A total or a unit is not, even with a colon after it.
    """
    texts = [text for across in cells.rows.get(down, ()) if (text := cells.words(down, across))]
    if cells.turned or not texts:
        return False
    notes = [text for text in texts if is_title_line(text) and not is_total(text)]
    return is_aside(texts[0]) or any(matcher.is_unit(text) < 1 for text in notes)
