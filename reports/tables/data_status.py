"""数据状态: how many organizations a printed table still waits for, so that nobody mistakes a draft for the final table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orgs.models import Organization
from reports.figures.output.cells import SUBMITTED
from submissions.models import Task
from submissions.tasks.progress import NOTHING, UNITS, Progress, progress_below


@dataclass(frozen=True)
class DataStatus:
    """Counts of organizations, each once however many reports it owes.

    An organization has reported when it has sent every report. `returned`: those that have reported and must send something
    again. `waiting`: those with a report at the reviewers.
    """

    forms: int
    expected: int
    reported: int
    returned: int
    waiting: int
    approved: int

    def sentence(self, basis: str) -> str:
        """One sentence for a table of figures on a basis."""
        if basis == SUBMITTED and self.waiting:
            sentence = _("Data status: with figures not yet approved (units: %(waiting)d)")
        elif self.approved and self.approved == self.expected:
            sentence = _("Data status: approved by the county")
        else:
            sentence = _("Data status: only figures approved by the county; not everybody is in")
        return (sentence + self._counts()) % vars(self)

    def _counts(self) -> str:
        if self.forms > 1:
            return _(
                " (units expected %(expected)d, with all their reports sent %(reported)d, with all approved %(approved)d)."
            )
        if self.returned:
            return _(" (expected %(expected)d, reported %(reported)d, of which returned %(returned)d, approved %(approved)d).")
        return _(" (expected %(expected)d, reported %(reported)d, approved %(approved)d).")


def data_status(tasks: Sequence[Task], org: Organization) -> DataStatus:
    """The status of the reports of a branch, in two queries."""
    units: dict[int, Progress] = defaultdict(lambda: NOTHING)
    for (_task_id, unit), progress in progress_below(tasks, org, UNITS).items():
        units[unit] += progress
    asked = [unit for unit in units.values() if unit.expected]
    reported = [unit for unit in asked if not unit.missing]
    return DataStatus(
        forms=len(tasks),
        expected=len(asked),
        reported=len(reported),
        returned=sum(unit.returned > 0 for unit in reported),
        waiting=sum(unit.waiting > 0 for unit in asked),
        approved=sum(unit.approved == unit.expected for unit in asked),
    )
