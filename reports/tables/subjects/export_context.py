"""The parameters of one export: layout, organization, period, basis, options, person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from indicators.periods import Period
from orgs.models import Organization, User
from reports.tables.layouts.definition import LayoutDefinition, Rounding


@dataclass(frozen=True)
class ExportContext:
    """One export. `with_formulas`: totals are live in the workbook.

    `rounding`: that of the layout, unless another one was asked. `with_settled`: a list of reminders also names the reports
    that need none. `title`: on the cover, of a table that is issued under one.
    """

    layout: LayoutDefinition
    period: Period
    org: Organization
    is_unit: bool  # no organization is below it
    basis: str
    tree: str
    by: User
    at: datetime
    with_formulas: bool = False
    rounding: Rounding = Rounding.NONE
    with_settled: bool = False
    title: str = ""

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)
