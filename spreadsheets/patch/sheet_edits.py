"""Puts new values into the bytes of one sheet: into existing cells, and into new cells in their order."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby

from spreadsheets.formulas.values import Scalar
from spreadsheets.ooxml.addresses import Place, address_of_range, range_of
from spreadsheets.ooxml.xml_edits import Edit, edited, element, opened, prefix_of, tag_name, with_attributes
from spreadsheets.ooxml.xml_elements import is_true, whole_number
from spreadsheets.ooxml.xml_offsets import SheetOffsets, Span
from spreadsheets.patch.cell_xml import cell_anew, new_cell


def with_values(content: bytes, marks: SheetOffsets, values: Mapping[Place, Scalar], results: Mapping[Place, Scalar]) -> bytes:
    """The sheet with new values.

    `values`: cells with their new values; `results`: formulas, which stay, with their results (None: unknown).
    """
    edits: list[Edit] = []
    for place, value in values.items():
        if place in marks.cells:
            mark = marks.cells[place]
            edits.append((mark.start, mark.end, cell_anew(content, mark, value, keeps_formula=False)))
    for place, value in results.items():
        mark = marks.cells[place]
        edits.append((mark.start, mark.end, cell_anew(content, mark, value, keeps_formula="f" in mark.children)))
    missing = {place: value for place, value in values.items() if place not in marks.cells and value is not None}
    edits += _insertions(content, marks, missing)
    edits += _dimension(content, marks, missing)
    return edited(content, edits)


def _insertions(content: bytes, marks: SheetOffsets, missing: Mapping[Place, Scalar]) -> list[Edit]:
    """Insertions of cells into existing rows, and of whole rows; all for one offset are one edit, in order."""
    prefix = prefix_of(tag_name(content, marks.data.start))
    of_row = _columns_by_row(marks)
    row_numbers = sorted(marks.rows)
    inside: dict[int, list[bytes]] = defaultdict(list)  # new rows by the byte before which they are inserted
    edits: list[Edit] = []
    for row, places in groupby(sorted(missing), key=lambda place: place[0]):
        columns = [column for _row, column in places]
        style = _style_of_row(marks.rows.get(row))
        cells = {
            column: new_cell(row, column, style or _style_of_column(marks, column), missing[row, column], prefix)
            for column in columns
        }
        if row in marks.rows:
            edits += _into_row(content, marks, row, cells, of_row[row])
        else:
            following = bisect_left(row_numbers, row)
            at = marks.rows[row_numbers[following]].start if following < len(row_numbers) else marks.data.close
            made = b"".join(cells.values())
            inside[at].append(element(prefix + b"row", {"r": row}, made))
    for at, rows in inside.items():
        edits += _into(content, marks.data, at, b"".join(rows))
    return edits


def _into_row(content: bytes, marks: SheetOffsets, row: int, cells: Mapping[int, bytes], existing: list[int]) -> list[Edit]:
    before: dict[int, list[bytes]] = defaultdict(list)
    for column, made in cells.items():
        following = bisect_left(existing, column)
        before[marks.cells[row, existing[following]].start if following < len(existing) else marks.rows[row].close].append(made)
    return [edit for at, made in before.items() for edit in _into(content, marks.rows[row], at, b"".join(made))]


def _into(content: bytes, parent: Span, at: int, made: bytes) -> list[Edit]:
    """An insertion into a parent; an empty element (`<row/>`) is opened for it."""
    if not parent.is_closed_at_once:
        return [(at, at, made)]
    name = tag_name(content, parent.start)
    tag = opened(content[parent.start : parent.tag_end])
    return [(parent.start, parent.end, tag + made + b"</" + name + b">")]


def _columns_by_row(marks: SheetOffsets) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(marks.cells):
        found[row].append(column)
    return found


def _style_of_row(row: Span | None) -> str:
    """The format that a row gives its new cells; "" where it gives none."""
    return _digits(row.attributes.get("s")) if row is not None and is_true(row.attributes.get("customFormat")) else ""


def _style_of_column(marks: SheetOffsets, column: int) -> str:
    span = marks.column_span(column)
    return _digits(span.attributes.get("style")) if span else ""


def _digits(text: str | None) -> str:
    return "" if whole_number(text) is None else text


def _dimension(content: bytes, marks: SheetOffsets, missing: Mapping[Place, Scalar]) -> list[Edit]:
    """Widens the used range that a sheet states, for new cells outside: some readers rely on it."""
    claimed = range_of(marks.dimension.attributes.get("ref", "")) if marks.dimension else None
    if claimed is None or not missing:
        return []
    top, left, bottom, right = claimed
    rows, columns = [row for row, _column in missing], [column for _row, column in missing]
    wider = (min(top, *rows), min(left, *columns), max(bottom, *rows), max(right, *columns))
    if wider == claimed:
        return []
    start, end = marks.dimension.start, marks.dimension.tag_end
    return [(start, end, with_attributes(content[start:end], {"ref": address_of_range(wider)}))]
