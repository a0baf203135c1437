"""The content of a file on its way to the parent process: flat lists that pass a pipe as JSON and become a ReadWorkbook.

A sheet becomes a line of JSON as soon as it is read: equal lines are equal sheets, and are decoded once.
"""

import json
from functools import lru_cache
from itertools import repeat

from spreadsheets import limits
from spreadsheets.messages import say
from spreadsheets.ooxml.refusals import TOO_MANY_CELLS, TOO_MUCH_TEXT, Refusal
from spreadsheets.read.cell_contents import RawCell
from spreadsheets.read.workbook import Cell, Content, Range, ReadSheet, ReadWorkbook

Flat = dict[str, object]  # what json knows, but for its sheets
FlatSheet = bytes  # a line of JSON
_SHORT_LINE = 1 << 16
_CONTENTS = {content.value: content for content in Content}


class Budget:
    """What may still be read from one file, over all its sheets."""

    def __init__(self, cells: int = limits.UPLOAD_CELLS, characters: int = limits.UPLOAD_CHARACTERS):
        self._limit, self._cells, self._characters = cells, cells, characters

    def pay(self, cells: list[RawCell]) -> None:
        """Subtracts cells. Raises Refusal when the file holds more than a file may."""
        self.take(len(cells), _characters(cells))

    def take(self, cells: int, characters: int) -> None:
        """Subtracts this many cells with this many characters."""
        self._cells -= cells
        self._characters -= characters
        if self._cells < 0:
            raise Refusal("strange", TOO_MANY_CELLS, limit=self._limit)
        if self._characters < 0:
            raise Refusal("strange", TOO_MUCH_TEXT)

    def take_back(self, cells: list[RawCell]) -> None:
        """Adds back these cells, because they are read once more."""
        self._cells += len(cells)
        self._characters += _characters(cells)


def _characters(cells: list[RawCell]) -> int:
    return sum(len(cell[2]) for cell in cells)


def flat_sheet(
    title: str,
    state: str,
    cells: list[RawCell],
    *,
    merged: list[Range] = (),
    hidden_rows: list[int] = (),
    hidden_columns: list[tuple[int, int]] = (),
) -> FlatSheet:
    """One sheet as parallel lists."""
    rows, columns, texts, contents, codes, formulas, raws = zip(*cells, strict=True) if cells else ((),) * 7
    last_row, last_column = max(rows, default=0), max(columns, default=0)
    numbers = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    flat = {
        "title": title,
        "state": state,
        "rows": rows,
        "columns": columns,
        "texts": texts,
        "contents": "".join(contents),
        "codes": list(numbers),
        "formats": [numbers[code] for code in codes] if len(numbers) > 1 else [],
        "formulas": formulas if any(formulas) else [],
        "raws": raws if any(raws) else [],
        "merged": [_cut(found, last_row, last_column) for found in merged],
        "hidden_rows": [row for row in hidden_rows if row <= last_row],
        "hidden_columns": [
            column for first, last in hidden_columns for column in range(max(first, 1), min(last, last_column) + 1)
        ],
    }
    return _line(flat)


def _line(flat: Flat) -> bytes:
    return json.dumps(flat, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _cut(found: Range, last_row: int, last_column: int) -> Range:
    """The range cut to the sheet's content if it covers the whole sheet; others stay as they are."""
    top, left, bottom, right = found
    if (bottom - top + 1) * (right - left + 1) <= limits.WIDE_MERGE_CELLS:
        return found
    return top, left, max(top, min(bottom, last_row)), max(left, min(right, last_column))


def flat_workbook(kind: str, sheets: list[FlatSheet], notes: list[str]) -> Flat:
    """`notes` are message ids of NOTES."""
    return {"kind": kind, "sheets": sheets, "notes": notes}


def flat_refusal(refusal: Refusal) -> Flat:
    return {"refused": refusal.kind, "message": refusal.message, "values": refusal.values}


def as_lines(flat: Flat) -> bytes:
    """The lines for the pipe: the kind of the file, then one line per sheet."""
    return b"\n".join([_line({key: value for key, value in flat.items() if key != "sheets"}), *flat.get("sheets", ())])


def from_lines(lines: bytes) -> Flat:
    """Decodes what `as_lines` wrote."""
    head, *sheets = lines.split(b"\n")
    flat = json.loads(head)
    return flat | {"sheets": sheets} if sheets else flat


def unflattened(flat: Flat) -> ReadWorkbook:
    """The child's answer as a ReadWorkbook, its notes in the reader's language. Raises Refusal."""
    if "refused" in flat:
        raise Refusal(flat["refused"], flat["message"], **flat["values"])
    return ReadWorkbook(flat["kind"], tuple(map(_sheet_of, flat["sheets"])), tuple(map(say, flat["notes"])))


def _sheet_of(line: FlatSheet) -> ReadSheet:
    return _remembered(line) if len(line) <= _SHORT_LINE else _sheet(line)


def _sheet(line: FlatSheet) -> ReadSheet:
    flat = json.loads(line)
    codes = flat["codes"]
    formats = map(codes.__getitem__, flat["formats"]) if flat["formats"] else repeat(codes[0] if codes else "")
    parts = zip(
        flat["texts"],
        map(_CONTENTS.__getitem__, flat["contents"]),
        formats,
        flat["formulas"] or repeat(False),
        flat["raws"] or repeat(""),
        strict=False,
    )
    cells = map(tuple.__new__, repeat(Cell), parts)  # as Cell._make does, without a Python call for each of a million cells
    return ReadSheet(
        title=flat["title"],
        cells=dict(zip(zip(flat["rows"], flat["columns"], strict=True), cells, strict=True)),
        state=flat["state"],
        merged=tuple(map(tuple, flat["merged"])),
        hidden_rows=frozenset(flat["hidden_rows"]),
        hidden_columns=frozenset(flat["hidden_columns"]),
    )


# Of a batch of forms, the sheet of definitions is the same in each.
_remembered = lru_cache(maxsize=16)(_sheet)
