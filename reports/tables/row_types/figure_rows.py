"""Rows of organizations, categories, districts, lines of industry or kinds: a figure in every column, sums first."""

from dataclasses import replace
from typing import ClassVar

from django.utils.translation import gettext_lazy

from indicators.kinds.registry import kind_of
from reports.figures.answers.figure_query import figures
from reports.figures.output.grid import Grid
from reports.figures.plan.rows import CATEGORY, CHILDREN, DISTRICT, LINE, UNITS
from reports.tables.layouts.balance import balanced_grid
from reports.tables.layouts.by_unit import by_unit
from reports.tables.layouts.column_shapes import Source, by_kind, in_displays, shaped
from reports.tables.layouts.computations import computation
from reports.tables.layouts.definition import LayoutDefinition, LayoutPart, Rounding, RowsOf
from reports.tables.layouts.heading import Heading
from reports.tables.layouts.live_formulas import Live
from reports.tables.row_types.column_codes import codes_of_part, place_carried, sure_of_period
from reports.tables.row_types.row_type import PrintedTable, RowType, Words, place_asked, rules_of
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable
from spreadsheets.write.sheet import Sheet


class FigureRows(RowType):
    """Base of rows with figures.

    `by`: the rows of the query. `stub_head`: the head over the names; `has_codes`: whether a column of codes follows.
    """

    by: ClassVar[str]
    stub_head: ClassVar[Words] = gettext_lazy("Name of the unit")
    has_codes: ClassVar[bool] = True

    def ask(self, subject: SubjectTable, occasion: ExportContext) -> PrintedTable:
        return PrintedTable(subject, _rounded(self._grid(subject, occasion), subject, occasion), None, {}, rules_of(subject))

    def draw(self, table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
        live = _live(table.subject, table.grid) if occasion.with_formulas else None
        return by_unit(
            table.grid, heading, str(self.stub_head), live,
            has_codes=self.has_codes, is_balanced=occasion.rounding == Rounding.BALANCED,
        )  # fmt: skip

    def _grid(self, subject: SubjectTable, occasion: ExportContext) -> Grid:
        layout = occasion.layout
        if subject.part is None:
            asked = [line.key for line in subject.lines]
            return in_displays(figures(asked, by=self.by, **place_asked(occasion)), layout.displays)
        codes = codes_of_part(subject, occasion)
        wanted = list(dict.fromkeys(codes.values()))
        where = place_carried(subject.part, occasion)
        grid = replace(figures(wanted, by=self.by, **where), tree=occasion.tree)
        if where["tree"] != occasion.tree and {task.period for task in subject.tasks} == {occasion.period}:
            grid = sure_of_period(grid, wanted)
        return self._shaped(Source(grid, {code: place for place, code in enumerate(wanted)}), subject.part, codes, layout)

    def _shaped(self, source: Source, part: LayoutPart, codes: dict[str, str], layout: LayoutDefinition) -> Grid:
        return shaped(source, part.columns, codes, layout.displays)


class UnitRows(FigureRows):
    """Rows of units in the county's fixed order, with subtotals."""

    name = RowsOf.UNITS
    by = UNITS
    label = gettext_lazy("Units, with subtotals")
    title = gettext_lazy("%(title)s (by unit)")


class ChildRows(FigureRows):
    """Rows of organizations directly below the printed one."""

    name = RowsOf.CHILDREN
    by = CHILDREN
    label = gettext_lazy("Organizations directly below")
    title = gettext_lazy("%(title)s (by organization)")


class CategoryRows(FigureRows):
    """Rows of categories of units, which have no code."""

    name = RowsOf.CATEGORIES
    by = CATEGORY
    label = gettext_lazy("Unit categories")
    title = gettext_lazy("%(title)s (by unit category)")
    stub_head = gettext_lazy("Unit category")
    has_codes = False


class DistrictRows(FigureRows):
    """Rows of districts (属地)."""

    name = RowsOf.DISTRICTS
    by = DISTRICT
    label = gettext_lazy("Districts")
    title = gettext_lazy("%(title)s (by district)")
    stub_head = gettext_lazy("District")


class IndustryRows(FigureRows):
    """Rows of lines of industry (行业)."""

    name = RowsOf.LINES
    by = LINE
    label = gettext_lazy("Lines of industry")
    title = gettext_lazy("%(title)s (by line of industry)")
    stub_head = gettext_lazy("Line of industry")


class KindRows(FigureRows):
    """Every kind of a part with the rows of its units, all under the same columns."""

    name = RowsOf.KINDS
    by = UNITS
    stub_head = gettext_lazy("Kind and unit")

    def _shaped(self, source: Source, part: LayoutPart, codes: dict[str, str], layout: LayoutDefinition) -> Grid:
        return in_displays(by_kind(source, part), layout.displays)


def _rounded(grid: Grid, subject: SubjectTable, occasion: ExportContext) -> Grid:
    if occasion.rounding == Rounding.NONE:
        return grid
    share_ids = {spec.id for spec in subject.part.columns if spec.share} if subject.part else set()
    additive = _additive(subject, grid) if occasion.rounding == Rounding.BALANCED else frozenset()
    return balanced_grid(grid, additive, share_ids)


def _additive(subject: SubjectTable, grid: Grid) -> frozenset[str]:
    """The columns whose rows add up: no ratios, means or computed figures."""
    adding = {line.key for line in subject.lines if kind_of(line).is_sum(line)}
    by_id = {spec.id: spec.key for spec in subject.part.columns} if subject.part else {}
    names = (column.id or column.key for column in grid.columns)
    is_of_kinds = subject.part is not None and bool(subject.part.kinds)
    return frozenset(name for name in names if is_of_kinds or by_id.get(name, name) in adding)


def _live(subject: SubjectTable, grid: Grid) -> Live:
    expressions = {line.key: computation(line) for line in subject.lines if line.is_computed}
    if subject.part is not None:
        expressions |= {spec.id: spec.formula for spec in subject.part.columns if spec.formula}
    return Live(_additive(subject, grid), expressions)
