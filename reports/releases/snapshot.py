"""What a release prints and what it was made of, as plain values with one canonical text. Knows no database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.figures.answers.formats import plain
from reports.figures.output.grid import Change, FigureCell, Grid
from reports.tables.row_types.row_type import PrintedTable


@dataclass(frozen=True)
class FrozenColumn:
    """One column: the key of its figure, its words, the period and the view it was asked for."""

    key: str
    name: str
    unit: str
    period: str
    view: str


@dataclass(frozen=True)
class FrozenCell:
    """One figure: unrounded as a text or None, as printed, and its counts.

    `is_marked`: printed with a star. `compare`: name -> the other period's unrounded value.
    """

    value: str | None
    text: str
    expected: int = 0
    reported: int = 0
    approved: int = 0
    na: int = 0
    is_marked: bool = False
    compare: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class FrozenRow:
    """One row. `org`: a code, or a group's key."""

    org: str
    name: str
    kind: str
    cells: tuple[FrozenCell, ...]


@dataclass(frozen=True)
class FrozenGrid:
    """The cells of a table under one view."""

    view: str
    columns: tuple[FrozenColumn, ...]
    rows: tuple[FrozenRow, ...]


@dataclass(frozen=True)
class FrozenTable:
    """One printed table. `form`: the number of its form, "" for a table of several; `explanations`: figure key -> words."""

    title: str
    form: str
    grids: tuple[FrozenGrid, ...]
    explanations: Mapping[str, str]


@dataclass(frozen=True)
class FrozenVersion:
    """The version of one report that was counted, and its digest."""

    version_id: int
    digest: str


@dataclass(frozen=True)
class Snapshot:
    """The printed tables, and their sources.

    `keys`: task -> the figures that were read from its reports, None for all of them. `versions`: report -> its version.
    """

    tables: tuple[FrozenTable, ...]
    keys: Mapping[int, frozenset[str] | None]
    versions: Mapping[int, FrozenVersion]

    @property
    def tables_text(self) -> str:
        return _text([_table_data(table) for table in self.tables])

    @property
    def sources_text(self) -> str:
        keys = {str(task_id): sorted(keys) if keys is not None else None for task_id, keys in self.keys.items()}
        versions = {str(report): [version.version_id, version.digest] for report, version in self.versions.items()}
        return _text({"tasks": keys, "reports": versions})


def read_snapshot(tables_text: str, sources_text: str) -> Snapshot:
    """Reads the two texts of a Snapshot back."""
    sources = json.loads(sources_text)
    return Snapshot(
        tuple(map(_read_table, json.loads(tables_text))),
        {int(task_id): frozenset(keys) if keys is not None else None for task_id, keys in sources["tasks"].items()},
        {int(report): FrozenVersion(*version) for report, version in sources["reports"].items()},
    )


def frozen_table(table: PrintedTable) -> FrozenTable:
    """The cells of a table that was asked, as plain values."""
    grids = tuple(_frozen_grid(grid) for grid in (table.grid, table.to_date) if grid is not None)
    form = table.subject.form
    return FrozenTable(table.subject.title, form.code if form else "", grids, table.explanations)


def _frozen_grid(grid: Grid) -> FrozenGrid:
    columns = tuple(
        FrozenColumn(column.id or column.key, column.head or column.title, column.unit, column.period, column.view)
        for column in grid.columns
    )
    rows = tuple(FrozenRow(row.org, row.name, row.kind, tuple(map(_frozen_cell, row.cells))) for row in grid.rows)
    return FrozenGrid(grid.view, columns, rows)


def _frozen_cell(cell: FigureCell) -> FrozenCell:
    compare = {name: _other(change) for name, change in cell.compare.items()}
    is_marked = cell.is_estimated or cell.is_revised or cell.is_adjusted
    return FrozenCell(plain(cell.value), cell.text, cell.expected, cell.reported, cell.approved, cell.na, is_marked, compare)


def _other(change: Change) -> str | None:
    return plain(change.value)


# --- texts ----------------------------------------------------------------------------------------------------------


def _text(data) -> str:
    """JSON with sorted keys and without spaces: the same values have the same text, and so the same digest."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _table_data(table: FrozenTable) -> dict:
    grids = [
        {
            "view": grid.view,
            "columns": [[column.key, column.name, column.unit, column.period, column.view] for column in grid.columns],
            "rows": [[row.org, row.name, row.kind, list(map(_cell_data, row.cells))] for row in grid.rows],
        }
        for grid in table.grids
    ]
    return {"title": table.title, "form": table.form, "grids": grids, "explanations": dict(table.explanations)}


def _cell_data(cell: FrozenCell) -> list:
    own = [cell.value, cell.text, cell.expected, cell.reported, cell.approved, cell.na, int(cell.is_marked)]
    return [*own, dict(cell.compare)] if cell.compare else own


def _read_table(data: Mapping) -> FrozenTable:
    return FrozenTable(data["title"], data["form"], tuple(map(_read_grid, data["grids"])), data["explanations"])


def _read_grid(data: Mapping) -> FrozenGrid:
    columns = tuple(FrozenColumn(*column) for column in data["columns"])
    return FrozenGrid(data["view"], columns, tuple(map(_read_row, data["rows"])))


def _read_row(data: Sequence) -> FrozenRow:
    org, name, kind, cells = data
    return FrozenRow(org, name, kind, tuple(map(_read_cell, cells)))


def _read_cell(data: Sequence) -> FrozenCell:
    value, text, expected, reported, approved, na, is_marked, *compare = data
    return FrozenCell(value, text, expected, reported, approved, na, bool(is_marked), *compare)
