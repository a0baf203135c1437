"""From one table of a layout to its printed sheet: asks the Grids it needs and hands them over. Adds nothing up itself."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from indicators.catalogue.queries import checks_for
from indicators.checks.rules import Rule
from indicators.kinds.registry import kind_of
from indicators.models import Indicator
from indicators.printed.definitions import told_rules
from reports.figures.answers.figure_query import figures
from reports.figures.changes.change import PREV, SAME_LAST_YEAR, YEAR_END
from reports.figures.output.cells import APPROVED
from reports.figures.output.formats import plain
from reports.figures.output.grid import Change, FigureCell, Grid
from reports.figures.plan.query_plan import OWN_VIEW, SINCE, YEAR_TO_DATE, View
from reports.figures.plan.report_trees import counties_below
from reports.figures.plan.rows import SELF, UNITS
from reports.figures.sums.aggregation import NOW, THEN
from reports.scope.task_queries import periods_asked
from reports.tables.export_context import ExportContext
from reports.tables.findings_report import listed_findings
from reports.tables.layout_subjects import SubjectTable
from reports.tables.layouts.balance import balanced_grid
from reports.tables.layouts.by_unit import by_unit
from reports.tables.layouts.column_shapes import Source, by_kind, in_displays, shaped
from reports.tables.layouts.comparison import comparison
from reports.tables.layouts.definition import EVER, PERIOD, ColumnSpec, LayoutPart, Rounding, RowsOf
from reports.tables.layouts.heading import Heading
from reports.tables.layouts.list_tables import listing
from reports.tables.layouts.live_formulas import Live
from reports.tables.layouts.one_unit import one_unit
from reports.tables.progress_report import followed
from reports.tables.table_texts import computation
from spreadsheets.write.sheet import Sheet
from submissions.choices import State
from submissions.models import Submission, Task

_COMPARED = {RowsOf.ONE_UNIT: (PREV, SAME_LAST_YEAR), RowsOf.COMPARED: (PREV, SAME_LAST_YEAR, YEAR_END)}
_LISTED = (RowsOf.SUBMISSIONS, RowsOf.FINDINGS)


@dataclass(frozen=True)
class PrintedTable:
    """One table's figures as its layout needs them. `to_date` is None where the layout has no year to date."""

    told: SubjectTable
    grid: Grid
    to_date: Grid | None
    explanations: dict[str, str]
    rules: tuple[Rule, ...]

    @property
    def told_rules(self) -> list[Rule]:
        return told_rules(self.rules)


def ask_table(told: SubjectTable, occasion: ExportContext) -> PrintedTable:
    rows = occasion.layout.rows
    if rows in _LISTED:
        grid = followed(told.tasks, occasion) if rows == RowsOf.SUBMISSIONS else listed_findings(told.tasks, occasion)
        return PrintedTable(told, grid, None, {}, ())
    rules = checks_for(told.tasks[0].layout, told.form) if told.form else ()
    if rows in _COMPARED:
        return _beside_other_periods(told, occasion, rules)
    return PrintedTable(told, _rounded(_by_rows(told, occasion), told, occasion), None, {}, rules)


def _beside_other_periods(told: SubjectTable, occasion: ExportContext, rules: tuple[Rule, ...]) -> PrintedTable:
    rows = occasion.layout.rows
    specs = _comparable(told)
    codes = {spec.id: spec.key for spec in specs}
    wanted = list(dict.fromkeys(codes.values()))

    def shown(grid: Grid) -> Grid:
        source = Source(grid, {code: place for place, code in enumerate(wanted)})
        return (
            shaped(source, specs, codes, occasion.layout.displays) if told.part else in_displays(grid, occasion.layout.displays)
        )

    grid = shown(figures(wanted, by=SELF, compare=_COMPARED[rows], **_where(occasion)))
    to_date = shown(figures(wanted, by=SELF, view=View(YEAR_TO_DATE), **_where(occasion)))
    explanations = _explanations(told.tasks, occasion) if rows == RowsOf.ONE_UNIT else {}
    return PrintedTable(told, _with_left_out(grid, told), to_date, explanations, rules)


def _comparable(told: SubjectTable) -> list[ColumnSpec]:
    """What can stand beside other periods: figures of the period itself."""
    if told.part is None:
        return [ColumnSpec(id=line.key, key=line.key) for line in told.lines]
    known = _known(told.part.keys)
    return [spec for spec in told.part.columns if spec.key in known and spec.view == PERIOD and not spec.is_hidden]


def _with_left_out(grid: Grid, told: SubjectTable) -> Grid:
    """Formulas, shares and other times have nothing beside them; the table says which it leaves out."""
    kept = {column.id or column.key for column in grid.columns}
    names = [
        spec.head or spec.id for spec in (told.part.columns if told.part else ()) if spec.id not in kept and not spec.is_hidden
    ]
    if not names:
        return grid
    said = _("Not compared with other periods, so left out: %(names)s.") % {"names": "、".join(names)}
    return replace(grid, notes=(*grid.notes, said))


def _where(occasion: ExportContext) -> dict:
    return {
        "periods": [occasion.period], "org": occasion.org, "basis": occasion.basis, "tree": occasion.tree, "today": occasion.day,
    }  # fmt: skip


# --- tables with a row per unit, category, district or kind ---------------------------------------------------------


def _by_rows(told: SubjectTable, occasion: ExportContext) -> Grid:
    layout = occasion.layout
    by = UNITS if layout.rows == RowsOf.KINDS else str(layout.rows)
    if told.part is None:
        return in_displays(figures([line.key for line in told.lines], by=by, **_where(occasion)), layout.displays)
    asked = _codes_of_part(told, occasion)
    wanted = list(dict.fromkeys(asked.values()))
    where = _where_carried(told.part, occasion)
    grid = replace(figures(wanted, by=by, **where), tree=occasion.tree)
    if where["tree"] != occasion.tree and {task.period for task in told.tasks} == {str(occasion.period)}:
        grid = _sure_of_period(grid, wanted)
    source = Source(grid, {code: place for place, code in enumerate(wanted)})
    if layout.rows == RowsOf.KINDS:
        return in_displays(by_kind(source, told.part), layout.displays)
    return shaped(source, told.part.columns, asked, layout.displays)


def _where_carried(part: LayoutPart, occasion: ExportContext) -> dict:
    """What is carried over goes with its unit: all its periods stand on the tree of the last day asked.

    On the trees of then a unit that moved would leave what it owes in the sum of its old place and carry it in its own row.
    """
    where = _where(occasion)
    if occasion.tree == THEN and any(spec.view == EVER for spec in part.columns):
        return {**where, "tree": NOW, "today": occasion.period.last_day}
    return where


def _sure_of_period(grid: Grid, codes: Sequence[str]) -> Grid:
    """What the units themselves reported for the period is nobody's estimate, whatever they took over from others."""
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


def _codes_of_part(told: SubjectTable, occasion: ExportContext) -> dict[str, str]:
    """Column id (or a kind's figure) -> the code it is asked with. A formula that stands in for a figure asks nothing."""
    part, known = told.part, _known(told.part.keys)
    if part.kinds:
        return {key: key for key in part.keys if key in known}
    asked_now = {key for task in told.tasks for key in task.layout.by_key}
    ever = None
    found = {}
    for spec in part.columns:
        if spec.key not in known or (spec.formula and spec.key not in asked_now):
            continue
        if spec.view == EVER and ever is None:
            ever = _first_day(occasion)
        found[spec.id] = _code(spec, ever)
    return found


def _known(keys: Sequence[str]) -> set[str]:
    """Those of the keys that the catalogue has."""
    rows = Indicator.objects.filter(code__in={key.partition(":")[0] for key in keys}).prefetch_related("breakdown_items")
    found = {row.code for row in rows} | {f"{row.code}:{item.name}" for row in rows for item in row.breakdown_items.all()}
    return found.intersection(keys)


def _code(spec: ColumnSpec, ever: date | None) -> str:
    if spec.view == PERIOD:
        return spec.key
    return f"{spec.key}{OWN_VIEW}{f'{SINCE}:{ever}' if spec.view == EVER else spec.view}"


def _first_day(occasion: ExportContext) -> date:
    """Of the first period that these counties were ever asked for."""
    periods = periods_asked(counties_below(occasion.org, occasion.day), occasion.day)
    return min([occasion.period.first_day, *(period.first_day for period in periods)])


def _rounded(grid: Grid, told: SubjectTable, occasion: ExportContext) -> Grid:
    if occasion.rounding == Rounding.NONE:
        return grid
    share_ids = {spec.id for spec in told.part.columns if spec.share} if told.part else set()
    additive = _additive(told, grid) if occasion.rounding == Rounding.BALANCED else frozenset()
    return balanced_grid(grid, additive, share_ids)


def _additive(told: SubjectTable, grid: Grid) -> frozenset[str]:
    """The columns whose rows add up: no ratio, no mean, nothing computed."""
    adding = {line.key for line in told.lines if kind_of(line).is_sum(line)}
    by_id = {spec.id: spec.key for spec in told.part.columns} if told.part else {}
    names = (column.id or column.key for column in grid.columns)
    is_of_kinds = told.part is not None and bool(told.part.kinds)
    return frozenset(name for name in names if is_of_kinds or by_id.get(name, name) in adding)


def _live(told: SubjectTable, grid: Grid) -> Live:
    expressions = {line.key: computation(line) for line in told.lines if line.is_computed}
    if told.part is not None:
        expressions |= {spec.id: spec.formula for spec in told.part.columns if spec.formula}
    return Live(_additive(told, grid), expressions)


# --- R1 -------------------------------------------------------------------------------------------------------------


def _explanations(tasks: Sequence[Task], occasion: ExportContext) -> dict[str, str]:
    """Figure key -> what the unit said to the findings at it, from the version the table shows."""
    rows = Submission.objects.filter(task__in=tasks, organization=occasion.org, standing__isnull=False)
    if occasion.basis == APPROVED:
        rows = rows.filter(state=State.APPROVED)
    said: dict[str, dict[str, None]] = {}
    for submission in rows.select_related("standing").order_by("task_id"):
        for finding in submission.standing.findings:
            if finding["explanation"]:
                said.setdefault(finding["keys"][0], {})[finding["explanation"]] = None
    return {key: "；".join(texts) for key, texts in said.items()}


# --- drawing and telling --------------------------------------------------------------------------------------------


def draw_table(table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
    rows = occasion.layout.rows
    if rows == RowsOf.ONE_UNIT:
        return one_unit(table.grid, table.to_date, heading, table.explanations)
    if rows == RowsOf.COMPARED:
        return comparison(table.grid, table.to_date, heading)
    if rows in _LISTED:
        return listing(table.grid, heading)
    live = _live(table.told, table.grid) if occasion.with_formulas else None
    return by_unit(table.grid, heading, rows, live, is_balanced=occasion.rounding == Rounding.BALANCED)


def digest_of(tables: Sequence[PrintedTable], layout: str) -> str:
    """SHA-256 over every figure of the export with its coverage: the same figures have the same code, whoever exports them."""
    told = sha256(layout.encode())
    for table in tables:
        name = table.told.form.code if table.told.form else table.told.title
        told.update(json.dumps([name, table.explanations], sort_keys=True).encode())
        for grid in filter(None, (table.grid, table.to_date)):
            for part in _parts_of(grid):
                told.update(json.dumps(part, default=plain).encode())
    return told.hexdigest()


def _parts_of(grid: Grid) -> Iterator[list]:
    """The grid row by row, so that three thousand rows need no more room than one."""
    yield [grid.period, grid.org, grid.basis, grid.view, grid.tree, [[column.key, column.unit] for column in grid.columns]]
    for row in grid.rows:
        yield [row.org, row.kind, [_told(cell) for cell in row.cells]]


def _told(cell: FigureCell) -> list:
    others = [[name, other.value, other.change, other.percent, *_same(other)] for name, other in sorted(cell.compare.items())]
    return [cell.value, cell.text, cell.expected, cell.reported, cell.approved, cell.na, *others]


def _same(other: Change) -> list:
    """Nothing where the sums are compared, so that such a table keeps its code."""
    same = other.same_units
    return [] if same is None else [same.units, same.change, same.percent]
