"""What was found in a file, on its way: flat lists that go through a pipe as JSON and become a ReadWorkbook. Knows no format."""

from itertools import repeat

from spreadsheets import limits
from spreadsheets.reading.contents import RawCell
from spreadsheets.reading.refusals import TOO_MANY_CELLS, TOO_MUCH_TEXT, Refusal
from spreadsheets.reading.workbook import Cell, Content, Range, ReadSheet, ReadWorkbook
from spreadsheets.words import say

Flat = dict[str, object]  # what json knows
_CONTENTS = {content.value: content for content in Content}


class Purse:
    """What may still be gathered of one file, over all its sheets."""

    def __init__(self, cells: int = limits.UPLOAD_CELLS, characters: int = limits.UPLOAD_CHARACTERS):
        self._limit, self._cells, self._characters = cells, cells, characters

    def pay(self, cells: list[RawCell]) -> None:
        """Raises Refusal when the file holds more than a file may."""
        self._cells -= len(cells)
        self._characters -= _characters(cells)
        if self._cells < 0:
            raise Refusal("strange", TOO_MANY_CELLS, limit=self._limit)
        if self._characters < 0:
            raise Refusal("strange", TOO_MUCH_TEXT)

    def take_back(self, cells: list[RawCell]) -> None:
        """What was paid for these cells, because they are read once more."""
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
) -> Flat:
    """One sheet as lists side by side."""
    rows, columns, texts, contents, codes, formulas, raws = zip(*cells, strict=True) if cells else ((),) * 7
    last_row, last_column = max(rows, default=0), max(columns, default=0)
    numbers = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    return {
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


def _cut(found: Range, last_row: int, last_column: int) -> Range:
    """A range over a whole sheet ends where the sheet's content ends; others stay as they are."""
    top, left, bottom, right = found
    if (bottom - top + 1) * (right - left + 1) <= limits.WIDE_MERGE_CELLS:
        return found
    return top, left, max(top, min(bottom, last_row)), max(left, min(right, last_column))


def flat_workbook(kind: str, sheets: list[Flat], notes: list[str]) -> Flat:
    """`notes` are message ids of NOTES."""
    return {"kind": kind, "sheets": sheets, "notes": notes}


def flat_refusal(refusal: Refusal) -> Flat:
    return {"refused": refusal.kind, "message": refusal.message, "values": refusal.values}


def unflattened(told: Flat) -> ReadWorkbook:
    """What the child told -> ReadWorkbook, its notes in the reader's language. Raises Refusal."""
    if "refused" in told:
        raise Refusal(told["refused"], told["message"], **told["values"])
    return ReadWorkbook(told["kind"], tuple(map(_sheet, told["sheets"])), tuple(map(say, told["notes"])))


def _sheet(told: Flat) -> ReadSheet:
    codes = told["codes"]
    formats = map(codes.__getitem__, told["formats"]) if told["formats"] else repeat(codes[0] if codes else "")
    cells = map(
        Cell._make,
        zip(
            told["texts"],
            map(_CONTENTS.__getitem__, told["contents"]),
            formats,
            told["formulas"] or repeat(False),
            told["raws"] or repeat(""),
            strict=False,
        ),
    )
    return ReadSheet(
        title=told["title"],
        cells=dict(zip(zip(told["rows"], told["columns"], strict=True), cells, strict=True)),
        state=told["state"],
        merged=tuple(map(tuple, told["merged"])),
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
    )
