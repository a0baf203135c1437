"""A Grid as JSON, CSV or a text table; the formats are a contract with users who script the system."""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from unicodedata import east_asian_width

from reports.figures.answers.change_texts import COMPARE_LABELS, change_text_of
from reports.figures.output.cells import counted
from reports.figures.output.grid import Change, FigureCell, FigureRow, Grid, SameUnits
from spreadsheets.safe_text import comma_text

_COMPARED = ("value", "change", "percent", "same_units", "same_change", "same_percent")


def as_json(grid: Grid, records: list[dict] | None = None) -> str:
    """The Grid as JSON. `value` is the unrounded decimal as a string or null, `text` is the printed text."""
    answer = {
        "period": grid.period, "org": grid.org, "basis": grid.basis, "view": grid.view, "tree": grid.tree,
        "notes": list(grid.notes),
        "columns": [
            {name: getattr(column, name) for name in ("indicator", "item", "name", "unit", "period", "view", "comparable_since")}
            for column in grid.columns
        ],
        "rows": [
            {"org": row.org, "name": row.name, "kind": row.kind, "cells": list(map(_cell, row.cells))} for row in grid.rows
        ],
    }  # fmt: skip
    if records is not None:
        answer["records"] = records
    return json.dumps(answer, ensure_ascii=False, indent=1)


def _cell(cell: FigureCell) -> dict:
    fields = {
        "value": plain(cell.value), "text": cell.text, "expected": cell.expected, "reported": cell.reported,
        "approved": cell.approved, "na": cell.na, "complete": cell.is_complete,
        "estimated": cell.is_estimated, "revised": cell.is_revised, "returned": cell.returned,
    }  # fmt: skip
    if cell.compare:
        fields["compare"] = {name: _change(other) for name, other in cell.compare.items()}
    return fields


def _change(other: Change) -> dict:
    """A change as JSON. If a sum is not complete it has `same_units`; `change` and `percent` are null then."""
    same = other.same_units
    return {
        "value": plain(other.value), "change": plain(other.change), "percent": plain(other.percent), "said": other.reason,
        "same_units": same and {"units": same.units, "change": plain(same.change), "percent": plain(same.percent)},
    }  # fmt: skip


def plain(value: Decimal | None) -> str | None:
    """A decimal without exponent and without trailing zeros; None stays None."""
    if value is None:
        return None
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def as_csv(grid: Grid) -> str:
    """One row per row and column, so that a spreadsheet can pivot it; texts made safe for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    compared = sorted({name for row in grid.rows for cell in row.cells for name in cell.compare})
    head = ["org", "name", "kind", "period", "indicator", "item", "indicator_name", "unit", "value", "text"]
    head += ["expected", "reported", "approved", "na", "estimated", "revised"]
    writer.writerow([*head, *(f"{name}_{part}" for name in compared for part in _COMPARED), "complete", "returned"])
    for row in grid.rows:
        for column, cell in zip(grid.columns, row.cells, strict=True):
            writer.writerow(_csv_row(row, column, cell, compared))
    return out.getvalue()


def _csv_row(row, column, cell: FigureCell, compared: list[str]) -> list:
    values = [
        row.org,
        comma_text(row.name),
        row.kind,
        column.period,
        column.indicator,
        column.item or "",
        column.name,
        column.unit,
    ]
    values += [plain(cell.value) or "", cell.text, cell.expected, cell.reported, cell.approved, cell.na]
    values += [int(cell.is_estimated), int(cell.is_revised)]
    for name in compared:
        values += _csv_change(cell.compare.get(name))
    return [*values, int(cell.is_complete), cell.returned]


def _csv_change(other: Change | None) -> list:
    if other is None:
        return [""] * len(_COMPARED)
    same = other.same_units or SameUnits(0)
    numbers = [plain(part) or "" for part in (other.value, other.change, other.percent, same.change, same.percent)]
    return [*numbers[:3], same.units if other.same_units else "", *numbers[3:]]


def labelled(cell: FigureCell, basis: str) -> str:
    """A figure with the number of its units if these are not all: 5(2/3)."""
    units = counted(cell, basis)
    return f"{cell.text}({units}/{cell.expected})" if units < cell.expected else cell.text


def as_table(grid: Grid) -> str:
    """Aligned text for a terminal, each figure followed by its comparisons; a Chinese character takes two columns."""
    compared = [name for name in COMPARE_LABELS if any(name in cell.compare for row in grid.rows for cell in row.cells)]
    lines = [["", "", *_table_heads(grid, compared)]]
    lines += [[row.org, "  " * row.level + row.name, *_table_cells(grid, row, compared)] for row in grid.rows]
    return aligned(lines, left=2) + "".join(f"\n{note}" for note in grid.notes)


def _table_heads(grid: Grid, compared: list[str]) -> Iterator[str]:
    several = len({column.period for column in grid.columns}) > 1
    for column in grid.columns:
        period = f" {column.period}" if several else ""
        yield f"{column.title}({column.unit}){period}"
        yield from (f"{COMPARE_LABELS[name]}{period}" for name in compared)


def _table_cells(grid: Grid, row: FigureRow, compared: list[str]) -> Iterator[str]:
    for column, cell in zip(grid.columns, row.cells, strict=True):
        yield labelled(cell, grid.basis)
        yield from (str(change_text_of(cell, name, column)) if name in cell.compare else "" for name in compared)


def aligned(lines: list[list[str]], left: int) -> str:
    """Columns padded to one width; the first `left` columns are aligned left, figures right."""
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            _padded(text, width, number < left) for number, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int, to_left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if to_left else space + text
