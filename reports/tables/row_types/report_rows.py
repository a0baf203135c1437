"""Row types about reports instead of figures: who must be reminded (R12), findings (R13), corrections (R14)."""

from abc import abstractmethod

from reports.figures.output.grid import Grid
from reports.tables.layouts.definition import RowsOf
from reports.tables.layouts.heading import Heading
from reports.tables.layouts.list_tables import listing
from reports.tables.row_types.corrections_report import listed_corrections
from reports.tables.row_types.findings_report import listed_findings
from reports.tables.row_types.progress_report import reminder_grid
from reports.tables.row_types.row_type import PrintedTable, RowType
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable
from spreadsheets.write.sheet import Sheet


class ListRows(RowType):
    """A list of words and numbers, which has no checks."""

    def ask(self, subject: SubjectTable, occasion: ExportContext) -> PrintedTable:
        return PrintedTable(subject, self._grid(subject, occasion), None, {}, ())

    @abstractmethod
    def _grid(self, subject: SubjectTable, occasion: ExportContext) -> Grid:
        """Reads the list itself."""

    def draw(self, table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
        return listing(table.grid, heading)


class SubmissionRows(ListRows):
    """Who sent which report, and whom to call."""

    name = RowsOf.SUBMISSIONS
    lists_reports = True

    def _grid(self, subject: SubjectTable, occasion: ExportContext) -> Grid:
        return reminder_grid(subject.tasks, occasion)


class FindingRows(ListRows):
    """Findings of the checks, and the comments on them."""

    name = RowsOf.FINDINGS

    def _grid(self, subject: SubjectTable, occasion: ExportContext) -> Grid:
        return listed_findings(subject.tasks, occasion)


class CorrectionRows(ListRows):
    """Corrections of approved reports, cell by cell."""

    name = RowsOf.CORRECTIONS

    def _grid(self, subject: SubjectTable, occasion: ExportContext) -> Grid:
        return listed_corrections(subject.tasks, occasion)
