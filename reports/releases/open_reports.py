"""The reports that the tables of a release expect and that are not approved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orgs.models import Organization
from reports.tables.layouts.definition import LayoutDefinition, LayoutSubject
from reports.tables.row_types.row_type import PrintedTable
from submissions.choices import State
from submissions.core.earlier_reports import listed
from submissions.tasks.progress import placed_below, standing_paths


@dataclass(frozen=True)
class OpenReport:
    """One report that is expected and not approved."""

    org: str
    name: str
    form: str
    period: str
    state: str


def open_reports(tables: Sequence[PrintedTable], layout: LayoutDefinition, org: Organization) -> list[OpenReport]:
    """In the county's order; none for a list of reports, which says itself what is open."""
    if layout.subject == LayoutSubject.PROGRESS:
        return []
    tasks = {task.id: task for table in tables for task in table.subject.tasks}
    paths = standing_paths(org.id, {task.period.last_day for task in tasks.values()})
    found = []
    for task in tasks.values():
        if path := paths.get(task.period.last_day):
            rows = task.submissions.filter(placed_below(path, task.period.last_day))
            rows = rows.exclude(state__in=(State.APPROVED, State.EXEMPT)).select_related("organization")
            found += [
                OpenReport(
                    row.organization.code, row.organization.name, task.form.code, task.period.label, row.get_state_display()
                )
                for row in rows.order_by("organization__sort_order", "organization__code", "pk")
            ]
    return found


def names_of(reports: Collection[OpenReport]) -> str:
    """The first of them in one line."""
    return listed([_("%(name)s (%(form)s, %(state)s)") % vars(report) for report in reports])
