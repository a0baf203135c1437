"""The tables of a layout with their figures, queried and drawn by their row type, and the check code over all of them."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256

from reports.figures.answers.formats import plain
from reports.figures.output.cells import DASH
from reports.figures.output.grid import Change, FigureCell, Grid
from reports.tables.layouts.heading import Heading
from reports.tables.row_types.registry import row_type_of
from reports.tables.row_types.row_type import PrintedTable
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable
from spreadsheets.write.sheet import Sheet


def ask_table(subject: SubjectTable, occasion: ExportContext) -> PrintedTable:
    return row_type_of(occasion.layout).ask(subject, occasion)


def draw_table(table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
    return row_type_of(occasion.layout).draw(table, heading, occasion)


def digest_of(tables: Sequence[PrintedTable], layout: str) -> str:
    """SHA-256 over every figure of the export with its coverage: the same figures have the same code, whoever exports them."""
    digest = sha256(layout.encode())
    for table in tables:
        name = table.subject.form.code if table.subject.form else table.subject.title
        digest.update(json.dumps([name, table.explanations], sort_keys=True).encode())
        for grid in filter(None, (table.grid, table.to_date)):
            for part in _parts_of(grid):
                digest.update(json.dumps(part, default=plain).encode())
    return digest.hexdigest()


def _parts_of(grid: Grid) -> Iterator[list]:
    """The Grid row by row, so that three thousand rows need no more memory than one."""
    yield [grid.period, grid.org, grid.basis, grid.view, grid.tree, [[column.key, column.unit] for column in grid.columns]]
    for row in grid.rows:
        yield [row.org, row.kind, [_cell_values(cell) for cell in row.cells]]


def _cell_values(cell: FigureCell) -> list:
    others = [[name, other.value, other.change, other.percent, *_same(other)] for name, other in sorted(cell.compare.items())]
    text = DASH if cell.is_not_applicable else cell.text  # the same in every language
    return [cell.value, text, cell.expected, cell.reported, cell.approved, cell.na, *others]


def _same(other: Change) -> list:
    """The figures over the same units.

    Empty where the sums are compared, so that the check code of such a table does not change.
    """
    same = other.same_units
    return [] if same is None else [same.units, same.change, same.percent]
