"""Turns the columns of a Grid into the columns of a layout: own heads, formulas, shares, units of measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.choices import Kind
from indicators.formulas import Formula, Reference, parse
from indicators.kinds.registry import KINDS
from reports.figures.output.cells import DASH, EMPTY, divided, printed
from reports.figures.output.grid import Change, FigureCell, FigureColumn, FigureRow, Grid, timed
from reports.tables.layouts.column_heads import member_name
from reports.tables.layouts.definition import PERIOD, ColumnSpec, Display, LayoutPart

SUMS = ("total", "subtotal", "kind")
_NO_SUM = FigureCell(None, DASH)


@dataclass(frozen=True)
class Source:
    """The Grid that was queried for a part. `places`: code as asked -> its column."""

    grid: Grid
    places: Mapping[str, int]


def shaped(source: Source, specs: Sequence[ColumnSpec], codes: Mapping[str, str], displays: Sequence[Display]) -> Grid:
    """One column per spec that is not hidden.

    `codes`: id -> the code with which it was asked; missing where it was not asked.
    """
    grid = source.grid
    columns: dict[str, FigureColumn] = {}
    cells: dict[str, list[FigureCell]] = {}
    notes = []
    for spec in _figures_first(specs, codes):
        place = source.places.get(codes.get(spec.id, ""))
        if place is not None:
            found = _to_decimals(spec, _own_words(spec, grid.columns[place]), [row.cells[place] for row in grid.rows])
        elif spec.share:
            found = _share(spec, grid.rows, columns, cells)
        elif spec.formula:
            found = _computed(spec, grid.rows, columns, cells)
        else:
            notes.append(
                _("%(head)s: the catalogue has no %(key)s; the column stays empty.")
                % {"head": spec.head or spec.key, "key": spec.key}
            )
            found = _own_words(spec, _unknown(spec)), [EMPTY] * len(grid.rows)
        columns[spec.id], cells[spec.id] = _in_display(*found, displays)
    shown = [spec for spec in specs if not spec.is_hidden]
    rows = tuple(
        replace(row, cells=tuple(_cell(spec, row, cells[spec.id][number]) for spec in shown))
        for number, row in enumerate(grid.rows)
    )
    return replace(grid, columns=tuple(columns[spec.id] for spec in shown), rows=rows, notes=(*grid.notes, *notes))


def _figures_first(specs: Sequence[ColumnSpec], codes: Mapping[str, str]) -> list[ColumnSpec]:
    """The specs with figures first: a formula may use a figure to the right of it."""
    return sorted(specs, key=lambda spec: spec.id not in codes)


def _cell(spec: ColumnSpec, row: FigureRow, cell: FigureCell) -> FigureCell:
    return _NO_SUM if row.kind in SUMS and not spec.has_total else cell


def _own_words(spec: ColumnSpec, column: FigureColumn) -> FigureColumn:
    is_other_view = spec.view != PERIOD
    return replace(
        column,
        indicator=spec.id if is_other_view else column.indicator,
        item=None if is_other_view else column.item,
        section=spec.group if spec.head else spec.group or column.section,
        head=spec.head or timed(member_name(column), column.time),
        id=spec.id,
    )


def _to_decimals(spec: ColumnSpec, column: FigureColumn, cells: list[FigureCell]) -> tuple[FigureColumn, list[FigureCell]]:
    """The column and its cells with as many decimals as the layout wants."""
    if spec.decimals is None or spec.decimals == column.decimals or KINDS[column.kind].is_word:
        return column, cells
    reprinted = [cell if cell.value is None else replace(cell, text=printed(cell.value, spec.decimals)) for cell in cells]
    return replace(column, decimals=spec.decimals), reprinted


def _unknown(spec: ColumnSpec) -> FigureColumn:
    return FigureColumn(spec.key, None, spec.head or spec.key, spec.unit, spec.decimals or 0, Kind.FLOW)


def _own_column(spec: ColumnSpec, unit: str, decimals: int, kind: str) -> FigureColumn:
    """A column without an indicator."""
    decimals = decimals if spec.decimals is None else spec.decimals
    return FigureColumn(
        spec.id, None, spec.head or spec.id, spec.unit or unit, decimals, kind, section=spec.group, head=spec.head or spec.id,
        id=spec.id,
    )  # fmt: skip


# --- formulas -------------------------------------------------------------------------------------------------------


def _computed(
    spec: ColumnSpec, rows: Sequence[FigureRow], columns: Mapping[str, FigureColumn], cells: Mapping[str, list[FigureCell]]
) -> tuple[FigureColumn, list[FigureCell]]:
    """The formula row by row, from the figures of that row. In a sum's row the sums are used: first added, then computed."""
    formula = parse(spec.formula)
    inputs = [columns[reference.key] for reference in formula.references if reference.key in columns]
    units = {column.unit for column in inputs}
    decimals = max((column.decimals for column in inputs), default=0) if not formula.divides else 1
    column = _own_column(spec, units.pop() if len(units) == 1 else "", decimals, Kind.FLOW)
    return column, [_formula_cell(formula, column, cells, number) for number in range(len(rows))]


def _formula_cell(formula: Formula, column: FigureColumn, cells: Mapping[str, list[FigureCell]], number: int) -> FigureCell:
    given = [cells[reference.key][number] for reference in formula.references if reference.key in cells]

    def value_of(reference: Reference) -> Decimal | None:
        return cells[reference.key][number].value if reference.key in cells else None

    value = formula.compute(value_of)
    least = min(given, key=lambda cell: cell.reported, default=EMPTY)
    if isinstance(value, Decimal):
        text = printed(value, column.decimals)
    else:
        value, text = (
            None,
            DASH if any(cell.value is None and cell.text for cell in given) or all(cell.text for cell in given) else "",
        )
    return replace(least, value=value, text=text, compare={}, is_estimated=any(cell.is_estimated for cell in given))


def _share(
    spec: ColumnSpec, rows: Sequence[FigureRow], columns: Mapping[str, FigureColumn], cells: Mapping[str, list[FigureCell]]
) -> tuple[FigureColumn, list[FigureCell]]:
    """The share in per cent of the total above, each rounded by itself; `balancing` makes them add up to 100."""
    column = _own_column(spec, "%", 1, Kind.RATIO)
    whole = None
    found = []
    for row, cell in zip(rows, cells[spec.share], strict=True):
        if row.kind in ("total", "kind"):
            whole = cell.value
        value = divided(cell.value * 100, whole) if cell.value is not None and whole else None
        text = printed(value, column.decimals) if value is not None else DASH if cell.text else ""
        found.append(replace(cell, value=value, text=text, compare={}))
    return column, found


# --- units ----------------------------------------------------------------------------------------------------------


def _in_display(
    column: FigureColumn, cells: list[FigureCell], displays: Sequence[Display]
) -> tuple[FigureColumn, list[FigureCell]]:
    display = next((display for display in displays if display.unit == column.unit), None)
    if display is None:
        return column, cells
    return replace(column, unit=display.shown, decimals=display.decimals), [_shown_in(cell, display) for cell in cells]


def _shown_in(cell: FigureCell, display: Display) -> FigureCell:
    if cell.value is None:
        return cell
    value = cell.value / display.per
    compare = {name: _change_in(other, display) for name, other in cell.compare.items()}
    return replace(cell, value=value, text=printed(value, display.decimals), compare=compare)


def _change_in(change: Change, display: Display) -> Change:
    same = change.same_units
    return replace(
        change, value=_per(change.value, display), change=_per(change.change, display),
        same_units=same and replace(same, change=_per(same.change, display)),
    )  # fmt: skip


def _per(value: Decimal | None, display: Display) -> Decimal | None:
    return None if value is None else value / display.per


def in_displays(grid: Grid, displays: Sequence[Display]) -> Grid:
    """The whole Grid in the units of measure that a layout prints."""
    if not displays:
        return grid
    found = [
        _in_display(column, [row.cells[place] for row in grid.rows], displays) for place, column in enumerate(grid.columns)
    ]
    rows = tuple(replace(row, cells=tuple(cells[number] for _column, cells in found)) for number, row in enumerate(grid.rows))
    return replace(grid, columns=tuple(column for column, _cells in found), rows=rows)


# --- kinds ----------------------------------------------------------------------------------------------------------


def by_kind(source: Source, part: LayoutPart) -> Grid:
    """Every kind with its rows under it; its total is the kind's own row.

    Units that are not asked about a kind are left out.
    """
    grid = source.grid
    rows = []
    for kind in part.kinds:
        places = [source.places.get(key) if key else None for key in kind.keys]
        for row in grid.rows:
            cells = tuple(_kind_cell(key, place, row) for key, place in zip(kind.keys, places, strict=True))
            if row.kind == "total":
                rows.append(FigureRow(row.org, kind.name, "kind", cells))
            elif any(cell.expected or cell.reported or cell.na or cell.value is not None for cell in cells):
                rows.append(replace(row, cells=cells))
    columns = tuple(_kind_column(spec, number, part, source) for number, spec in enumerate(part.columns))
    return replace(grid, columns=columns, rows=tuple(rows))


def _kind_cell(key: str, place: int | None, row: FigureRow) -> FigureCell:
    if not key:
        return _NO_SUM
    return EMPTY if place is None else row.cells[place]


def _kind_column(spec: ColumnSpec, number: int, part: LayoutPart, source: Source) -> FigureColumn:
    """A kind's column in the unit of its figures, if they have the same one."""
    places = [source.places[key] for kind in part.kinds if (key := kind.keys[number]) in source.places]
    columns = [source.grid.columns[place] for place in places]
    units = {column.unit for column in columns}
    return _own_column(
        spec, units.pop() if len(units) == 1 else "", max((column.decimals for column in columns), default=0), Kind.STOCK
    )
