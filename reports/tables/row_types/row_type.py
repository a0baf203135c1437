"""What every row type of a layout answers: how it asks its figures, draws its sheet, is titled and named. Knows none of them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from indicators.catalogue.queries import checks_for
from indicators.checks.rules import Rule
from indicators.printed.definitions import told_rules
from reports.figures.output.grid import Grid
from reports.tables.layouts.definition import RowsOf
from reports.tables.layouts.heading import Heading
from reports.tables.subjects.export_context import ExportContext
from reports.tables.subjects.layout_subjects import SubjectTable
from spreadsheets.write.sheet import Sheet

Words = str | Promise


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


class RowType(ABC):
    """What one row of a layout is about. `name`: its word in a layout's data (layouts.json, CountyLayout)."""

    name: ClassVar[RowsOf]
    label: ClassVar[Words] = ""  # on the page of a county's layout; "": a county can not choose it, nor copy a layout of it
    title: ClassVar[Words] = "%(title)s"  # of a form laid out so
    lists_reports: ClassVar[bool] = False  # can list every report, not only those to chase

    @abstractmethod
    def ask(self, told: SubjectTable, occasion: ExportContext) -> PrintedTable:
        """The figures of one table of the layout. Adds nothing up itself. Raises BadQuestion."""

    @abstractmethod
    def draw(self, table: PrintedTable, heading: Heading, occasion: ExportContext) -> Sheet:
        """The printed sheet of what was asked."""

    def title_of(self, title: str) -> str:
        """The title of a form's table says how it is laid out."""
        return str(self.title) % {"title": title}


def rules_of(told: SubjectTable) -> tuple[Rule, ...]:
    """Those of the form that the table is, if it is one."""
    return tuple(checks_for(told.tasks[0].layout, told.form, told.tasks[0].county_id)) if told.form else ()


def place_asked(occasion: ExportContext) -> dict:
    """When, where and on which basis: what every question of the figures is asked with."""
    return {
        "periods": [occasion.period], "org": occasion.org, "basis": occasion.basis, "tree": occasion.tree, "today": occasion.day,
    }  # fmt: skip
