"""The codes and the tree with which the listed columns of a layout are queried."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indicators.definitions import indicators_of
from reports.figures.output.grid import Grid
from reports.figures.plan.query_plan import OWN_VIEW, SINCE
from reports.figures.plan.report_trees import counties_below
from reports.figures.sums.aggregation import NOW, THEN
from reports.scope.task_queries import periods_asked
from reports.tables.layouts.definition import EVER, PERIOD, ColumnSpec, LayoutPart
from reports.tables.row_types.row_type import place_asked
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable


def codes_of_part(subject: SubjectTable, occasion: ExportContext) -> dict[str, str]:
    """Column id (or a kind's figure) -> the code with which it is queried.

    A column whose formula replaces its figure is not queried.
    """
    part, known = subject.part, known_keys(subject)
    if part.kinds:
        return {key: key for key in part.keys if key in known}
    asked_now = {key for task in subject.tasks for key in task.layout.by_key}
    ever = None
    found = {}
    for spec in part.columns:
        if spec.key not in known or (spec.formula and spec.key not in asked_now):
            continue
        if spec.view == EVER and ever is None:
            ever = _first_day(occasion)
        found[spec.id] = _code(spec, ever)
    return found


def known_keys(subject: SubjectTable) -> set[str]:
    """The keys of the table that are in the catalogue, or among the own indicators of the counties asked."""
    keys = subject.part.keys
    known = indicators_of(*(task.county_id for task in subject.tasks))
    rows = known.filter(code__in={key.partition(":")[0] for key in keys}).prefetch_related("breakdown_items")
    found = {row.code for row in rows} | {f"{row.code}:{item.name}" for row in rows for item in row.breakdown_items.all()}
    return found.intersection(keys)


def _code(spec: ColumnSpec, ever: date | None) -> str:
    if spec.view == PERIOD:
        return spec.key
    return f"{spec.key}{OWN_VIEW}{f'{SINCE}:{ever}' if spec.view == EVER else spec.view}"


def _first_day(occasion: ExportContext) -> date:
    """The first day of the first period for which these counties were ever asked."""
    periods = periods_asked(counties_below(occasion.org, occasion.day), occasion.day)
    return min([occasion.period.first_day, *(period.first_day for period in periods)])


def place_carried(part: LayoutPart, occasion: ExportContext) -> dict:
    """Places carried figures by the tree of the last day asked, in all their periods.

    Under the trees of then, a unit that moved would leave its debts in the sum of its old place and carry them in its own row.
    """
    where = place_asked(occasion)
    if occasion.tree == THEN and any(spec.view == EVER for spec in part.columns):
        return {**where, "tree": NOW, "today": occasion.period.last_day}
    return where


def sure_of_period(grid: Grid, codes: Sequence[str]) -> Grid:
    """The Grid without marks of estimates in columns that the units themselves reported for the period.

    The marks stay where a value was taken over from others.
    """
    is_own = [OWN_VIEW not in code for code in codes]
    rows = (
        replace(
            row,
            cells=tuple(
                replace(cell, is_estimated=cell.is_estimated and not own) for cell, own in zip(row.cells, is_own, strict=True)
            ),
        )
        for row in grid.rows
    )
    return replace(grid, rows=tuple(rows))
