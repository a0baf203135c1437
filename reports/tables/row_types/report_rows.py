"""Rows about the course of the reports: who has to be chased (R12), what the checks said (R13). No figure of a form."""

from abc import abstractmethod

from reports.figures.output.grid import Grid
from reports.tables.layouts.definition import RowsOf
from reports.tables.layouts.heading import Heading
from reports.tables.layouts.list_tables import listing
from reports.tables.row_types.findings_report import listed_findings
from reports.tables.row_types.progress_report import followed
from reports.tables.row_types.row_type import PrintedTable, RowType
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable
from spreadsheets.write.sheet import Sheet


class ListRows(RowType):
    """A list of words and numbers, which has no checks."""

    def ask(self, told: SubjectTable, occasion: ExportContext) -> PrintedTable:
        return PrintedTable(told, self._grid(told, occasion), None, {}, ())

    @abstractmethod
    def _grid(self, told: SubjectTable, occasion: ExportContext) -> Grid:
        """The list itself."""

    def draw(self, table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
        return listing(table.grid, heading)


class SubmissionRows(ListRows):
    """Who sent what in, and whom to call."""

    name = RowsOf.SUBMISSIONS
    lists_reports = True

    def _grid(self, told: SubjectTable, occasion: ExportContext) -> Grid:
        return followed(told.tasks, occasion)


class FindingRows(ListRows):
    """What the checks said, and what was said to it."""

    name = RowsOf.FINDINGS

    def _grid(self, told: SubjectTable, occasion: ExportContext) -> Grid:
        return listed_findings(told.tasks, occasion)
