"""Rows of indicators compared with other periods: for any organization (R3), or for one unit's form as it was filled (R1)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.figures.answers.figure_query import figures
from reports.figures.changes.change import PREV, SAME_LAST_YEAR, YEAR_END
from reports.figures.output.cells import APPROVED
from reports.figures.output.grid import Grid
from reports.figures.plan.query_plan import YEAR_TO_DATE, View
from reports.figures.plan.rows import SELF
from reports.tables.layouts.column_shapes import Source, in_displays, shaped
from reports.tables.layouts.comparison import comparison
from reports.tables.layouts.definition import PERIOD, ColumnSpec, RowsOf
from reports.tables.layouts.heading import Heading
from reports.tables.layouts.one_unit import one_unit
from reports.tables.row_types.column_codes import known_keys
from reports.tables.row_types.row_type import PrintedTable, RowType, place_asked, rules_of
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable
from spreadsheets.write.sheet import Sheet
from submissions.choices import State
from submissions.models import Submission, Task


class ComparedRows(RowType):
    """The indicators of an organization, compared with these other periods."""

    name = RowsOf.COMPARED
    label = gettext_lazy("Indicators, beside other periods")
    title = gettext_lazy("%(title)s (comparison)")
    compared: ClassVar[tuple[str, ...]] = (PREV, SAME_LAST_YEAR, YEAR_END)

    def ask(self, subject: SubjectTable, occasion: ExportContext) -> PrintedTable:
        specs, displays = _comparable(subject), occasion.layout.displays
        codes = {spec.id: spec.key for spec in specs}
        wanted = list(dict.fromkeys(codes.values()))

        def shown(grid: Grid) -> Grid:
            source = Source(grid, {code: place for place, code in enumerate(wanted)})
            return shaped(source, specs, codes, displays) if subject.part else in_displays(grid, displays)

        grid = shown(figures(wanted, by=SELF, compare=self.compared, **place_asked(occasion)))
        to_date = shown(figures(wanted, by=SELF, view=View(YEAR_TO_DATE), **place_asked(occasion)))
        explanations = self._explanations(subject.tasks, occasion)
        return PrintedTable(subject, _with_left_out(grid, subject), to_date, explanations, rules_of(subject))

    def _explanations(self, tasks: Sequence[Task], occasion: ExportContext) -> dict[str, str]:
        return {}

    def draw(self, table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
        return comparison(table.grid, table.to_date, heading)


class OneUnitRows(ComparedRows):
    """The indicators of one unit, with its explanations of findings."""

    name = RowsOf.ONE_UNIT
    label = ""
    title = "%(title)s"
    compared = (PREV, SAME_LAST_YEAR)

    def _explanations(self, tasks: Sequence[Task], occasion: ExportContext) -> dict[str, str]:
        """Figure key -> the unit's explanations of findings on it, from the version in the table."""
        rows = Submission.objects.filter(task__in=tasks, organization=occasion.org, standing__isnull=False)
        if occasion.basis == APPROVED:
            rows = rows.filter(state=State.APPROVED)
        explanations: dict[str, dict[str, None]] = {}
        for submission in rows.select_related("standing").order_by("task_id"):
            for finding in submission.standing.findings:
                if finding["explanation"]:
                    explanations.setdefault(finding["keys"][0], {})[finding["explanation"]] = None
        return {key: "；".join(texts) for key, texts in explanations.items()}

    def draw(self, table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
        return one_unit(table.grid, table.to_date, heading, table.explanations)


def _comparable(subject: SubjectTable) -> list[ColumnSpec]:
    """The figures that can be compared with other periods: those of the period itself."""
    if subject.part is None:
        return [ColumnSpec(id=line.key, key=line.key) for line in subject.lines]
    known = known_keys(subject)
    return [spec for spec in subject.part.columns if spec.key in known and spec.view == PERIOD and not spec.is_hidden]


def _with_left_out(grid: Grid, subject: SubjectTable) -> Grid:
    """The Grid with a note on columns left out: formulas, shares and other times have no figures of other periods."""
    kept = {column.id or column.key for column in grid.columns}
    names = [
        spec.head or spec.id
        for spec in (subject.part.columns if subject.part else ())
        if spec.id not in kept and not spec.is_hidden
    ]
    if not names:
        return grid
    note = _("Not compared with other periods, so left out: %(names)s.") % {"names": "、".join(names)}
    return replace(grid, notes=(*grid.notes, note))
