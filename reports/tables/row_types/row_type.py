"""The interface of a row type: it queries its figures, draws its sheet, and gives its title and name."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from indicators.catalogue.queries import checks_for
from indicators.checks.rules import Rule
from indicators.printed.definitions import printed_rules
from reports.figures.output.grid import Grid
from reports.tables.layouts.definition import RowsOf
from reports.tables.layouts.heading import Heading
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable
from spreadsheets.write.sheet import Sheet

Words = str | Promise


@dataclass(frozen=True)
class PrintedTable:
    """One table's figures for its layout. `to_date` is None if the layout has no year to date."""

    subject: SubjectTable
    grid: Grid
    to_date: Grid | None
    explanations: dict[str, str]
    rules: tuple[Rule, ...]

    @property
    def explained_rules(self) -> list[Rule]:
        return printed_rules(self.rules)


class RowType(ABC):
    """The subject of one row of a layout. `name`: its word in a layout's data (layouts.json, CountyLayout)."""

    name: ClassVar[RowsOf]
    label: ClassVar[Words] = ""  # on the page of a county's layout; "": a county can not choose it, nor copy a layout of it
    title: ClassVar[Words] = "%(title)s"  # of a form laid out so
    lists_reports: ClassVar[bool] = False  # can list every report, not only those to chase

    @abstractmethod
    def ask(self, subject: SubjectTable, occasion: ExportContext) -> PrintedTable:
        """Queries the figures of one table of the layout. Adds nothing up itself. Raises BadQuestion."""

    @abstractmethod
    def draw(self, table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
        """Draws the printed sheet of the queried figures."""

    def title_of(self, title: str) -> str:
        """The title; for a form's table it also says which layout it is."""
        return str(self.title) % {"title": title}


def rules_of(subject: SubjectTable) -> tuple[Rule, ...]:
    """The rules of the table's form; none if the table is not a form's."""
    return tuple(checks_for(subject.tasks[0].layout, subject.form, subject.tasks[0].county_id)) if subject.form else ()


def place_asked(occasion: ExportContext) -> dict:
    """The arguments of every query for figures: period, organization, basis, tree."""
    return {
        "periods": [occasion.period], "org": occasion.org, "basis": occasion.basis, "tree": occasion.tree, "today": occasion.day,
    }  # fmt: skip
