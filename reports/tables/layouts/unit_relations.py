"""The checks printed under one unit's form, by the codes of its lines: those that hold, and the columns where others do not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.formulas import parse
from indicators.kinds.registry import KINDS
from indicators.values.number_parser import round_half_up
from reports.figures.changes.change import PREV, SAME_LAST_YEAR
from reports.figures.output.column_times import this_period
from reports.figures.output.grid import FigureCell, FigureColumn, Grid
from reports.tables.layouts.relation_breaks import Figures, Printed, break_notes, breaks_of
from reports.tables.layouts.relations import at_most, spelled_relations

_TO_DATE = "ytd"


def unit_relations(expressions: Iterable[str], grid: Grid, to_date: Grid) -> tuple[Sequence[str], Sequence[str]]:
    """The relations that hold in every printed column, and notes on the others. The lines are the columns of the Grids.

    A relation between figures over a period and figures at its end holds in each period but not over the year to date.
    """
    periods, year = _periods(grid, to_date), (_("Year to date"), _figures(to_date))
    spelled = spelled_relations(expressions, _codes(grid, [*periods, year]))
    mixed = {text: expression for text, expression in spelled.items() if _is_mixed(expression, grid.columns)}
    plain = {text: expression for text, expression in spelled.items() if text not in mixed}
    breaks = breaks_of(plain, [*periods, year]) | breaks_of(mixed, periods)
    periods_only = [text for text in breaks_of(mixed, [year]) if text not in breaks]
    return at_most([text for text in spelled if text not in breaks]), (*break_notes(breaks), *_notes_on_the_year(periods_only))


def _notes_on_the_year(relations: Sequence[str]) -> Iterator[str]:
    if relations:
        sentence = _("%(relations)s: of figures of a period and figures at its end; not of the year to date.")
        yield sentence % {"relations": "；".join(at_most(relations))}


def _periods(grid: Grid, to_date: Grid) -> list[tuple[str, Figures]]:
    """Head of a column -> its figures, for columns that are a period.

    Those of this period include the figures of the others.
    """
    others = {shift: _figures_beside(grid, shift) for shift in (PREV, SAME_LAST_YEAR)}
    shifts = {**others, _TO_DATE: _figures(to_date)}
    shifted = {f"{name}@{shift}": figure for shift, figures in shifts.items() for name, figure in figures.items()}
    return [
        (this_period(grid.period), {**_figures(grid), **shifted}),
        (_("Period before (opening)"), others[PREV]),
        (_("Same period last year"), others[SAME_LAST_YEAR]),
    ]


def _figures(grid: Grid) -> Figures:
    return _named(grid.columns, [cell.number for cell in grid.rows[0].cells])


def _figures_beside(grid: Grid, shift: str) -> Figures:
    cells = zip(grid.rows[0].cells, grid.columns, strict=True)
    return _named(grid.columns, [_beside(cell, shift, column.decimals) for cell, column in cells])


def _beside(cell: FigureCell, shift: str, decimals: int) -> Decimal | None:
    value = cell.compare[shift].value if shift in cell.compare else None
    return None if value is None else round_half_up(value, decimals)


def _named(columns: Sequence[FigureColumn], numbers: Sequence[Decimal | None]) -> dict[str, Printed]:
    """The columns by their names: the layout's own name of a line, and the figure's."""
    found: dict[str, Printed] = {}
    for column, number in zip(columns, numbers, strict=True):
        found[column.id or column.key] = (number, column.decimals)
        found.setdefault(column.key, (number, column.decimals))
    return found


def _codes(grid: Grid, columns: Sequence[tuple[str, Figures]]) -> Mapping[str, str]:
    """The names of lines in checks -> their codes; only lines with content, or all if the form is blank."""
    codes = {name: column.key for column in grid.columns for name in (column.id or column.key, column.key)}
    given = {name for name in codes if any(figures[name][0] is not None for _head, figures in columns)}
    return {name: code for name, code in codes.items() if name in given or not given}


def _is_mixed(expression: str, columns: Sequence[FigureColumn]) -> bool:
    """Whether the expression has figures at the end of a period beside figures over a period."""
    kinds = {name: KINDS[column.kind] for column in columns for name in (column.id or column.key, column.key)}
    referred = {kind for reference in parse(expression).references if not (kind := kinds[reference.key]).is_share}
    return any(kind.is_state for kind in referred) and len(referred) > 1
