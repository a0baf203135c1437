"""The one query of the reading side: these indicators, these periods, this organization, these rows -> a Grid."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.periods import Period
from orgs.models import Organization
from orgs.moments import one_moment
from reports.figures.answers.column_notes import notes_on
from reports.figures.answers.correction_notes import correction_notes
from reports.figures.answers.incomplete_ratios import divided_answers, half_answers, repeated_answers, unknown_parts
from reports.figures.answers.revised_cells import RevisedCells, revised_cells
from reports.figures.answers.unapproved_sources import leaning_notes
from reports.figures.changes.change_columns import Answered, Cells, ChangeQuestion, answered, put_changes
from reports.figures.changes.row_members import Grouping
from reports.figures.output.cells import APPROVED
from reports.figures.output.column_times import with_times
from reports.figures.output.grid import FigureColumn, FigureRow, Grid
from reports.figures.plan.column_plan import ColumnPlan
from reports.figures.plan.overlapping_forms import LeftOut
from reports.figures.plan.query_plan import OWN_VIEW, BadQuestion, View, ask
from reports.figures.plan.report_trees import counties_below
from reports.figures.plan.rows import CHILDREN
from reports.figures.plan.series_breaks import break_notes
from reports.figures.sums.aggregation import THEN
from submissions.core.year_to_date import covers_year

DEFAULT_VIEW = View()
EVERY_ROW = slice(None)


@one_moment()
def figures(
    codes: Sequence[str],
    *,
    periods: Sequence[Period],
    org: Organization,
    by: str = CHILDREN,
    basis: str = APPROVED,
    view: View = DEFAULT_VIEW,
    tree: str = THEN,
    compare: Sequence[str] = (),
    today: date | None = None,
    with_notes: bool = True,
    with_names: bool = False,
    shown: slice = EVERY_ROW,
    compare_only: Sequence[Period] = (),
    only: Collection[str] | None = None,
) -> Grid:
    """Rows × (period × code) with coverage. Codes are those of `reports.figures.plan.query_plan.ask`.

    `today` is the day of the tree `now`. `with_notes`: whether the Grid has notes; a page that prints none saves their queries.
    `with_names`: the notes name the units that lack half of a ratio or a running total, for which their documents are read.
    `shown`: only these rows are computed, those of a page; `Grid.of_rows` counts all. `compare_only`: the periods whose cells are
    compared, if not all.
    `only`: of the rows of organizations those with these codes. Raises BadQuestion with a sentence for an unknown code or item.
    """
    today = today or timezone.localdate()
    if compare and any(OWN_VIEW in code for code in codes):
        raise BadQuestion(_("A figure with a view of its own is not compared; ask the comparison without it."))
    county_ids = counties_below(org, today)
    columns, left_out = ask(codes, periods, view, county_ids)
    now = answered(columns, Grouping(org, by, tree, today), basis)
    columns = now.columns
    heads = [head for head in now.row_sums.heads[shown] if only is None or not head.org or head.org in only]
    cells = {head.key: [now.cell(column, head) for column in columns] for head in heads}
    revised = revised_cells(now)
    _mark(cells, revised)
    withheld = put_changes(cells, heads, now, ChangeQuestion(codes, view, county_ids), compare, compare_only or periods)
    notes = []
    if with_notes:
        notes = [*_notes(now, left_out, today, with_names=with_names), *withheld, *correction_notes(revised)]
    rows = tuple(FigureRow(head.org, head.name, head.kind, tuple(cells[head.key]), head.level) for head in heads)
    return Grid(
        ",".join(map(str, periods)), org.code, basis, str(view), tree,
        with_times([column_of(column) for column in columns]), rows, tuple(dict.fromkeys(notes)), len(now.row_sums.heads),
    )  # fmt: skip


def _mark(cells: Cells, revised: RevisedCells) -> None:
    """The cells in which an approved correction stands say so."""
    for key, number in revised.cells:
        if key in cells:
            cells[key][number] = replace(cells[key][number], is_revised=True)


def _notes(now: Answered, left_out: Sequence[tuple[ColumnPlan, LeftOut]], today: date, *, with_names: bool) -> list[str]:
    """The sentences below the Grid; two of them may be alike."""
    columns, org = now.columns, now.grouping.top
    notes = [
        *repeated_answers(left_out, org),
        *now.row_sums.notes,
        *divided_answers(columns, now.row_sums, today),
        *notes_on(columns),
        *break_notes(columns),
        *leaning_notes(columns, org, now.basis),
    ]
    whole = [column for column in columns if not column.is_broken]
    return [*notes, *half_answers(whole, org), *unknown_parts(whole, now.row_sums, org)] if with_names else notes


def column_of(column: ColumnPlan) -> FigureColumn:
    """A column of the Grid with name and unit from its last task; where nothing was asked, from today's catalogue."""
    indicator, line = column.indicator, column.line
    name, unit, kind = (line.name, line.unit, line.kind) if line else (indicator.name, indicator.unit, indicator.kind)
    view = column.view
    if _is_of_the_year(column):
        name, view = _("%(name)s (year to date)") % {"name": name}, ""
    return FigureColumn(
        column.code,
        column.item or None,
        f"{name}:{column.item}" if column.item else name,
        unit,
        line.decimals if line else indicator.decimals,
        kind,
        str(column.period),
        line.section if line else "",
        bool(line.part_of if line else indicator.part_of_id),
        line.part_of if line else "",
        view=view,
        comparable_since=line.comparable_since if line else "",
    )


def _is_of_the_year(column: ColumnPlan) -> bool:
    """Whether the figure is of the year though the column is of one period: then its head says so."""
    if column.line is None or column.is_year_to_date or column.kind.is_running:
        return False
    return covers_year(column.parts[-1].task.layout, column.line)


__all__ = ["BadQuestion", "figures"]
