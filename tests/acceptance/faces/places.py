"""Where faces are read: an organization, one form of one period, and the two who ask."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.test import Client

from indicators.layout import Line
from orgs.models import Organization
from submissions.models import Submission, Task
from tests.reports.story import Story


@dataclass(frozen=True)
class Place:
    """`by`: which rows below the organization are asked for."""

    story: Story
    client: Client
    top: Organization
    task: Task
    basis: str
    by: str

    @property
    def period(self) -> str:
        return str(self.task.period)

    @property
    def form(self) -> str:
        return self.task.form.code

    @cached_property
    def lines(self) -> list[Line]:
        return list(self.task.layout.printed)

    @property
    def asked(self) -> tuple[str, ...]:
        """Words of the figures command."""
        return (*(line.key for line in self.lines), "--period", self.period, "--org", self.top.code)

    @property
    def address(self) -> str:
        """The same of the pages."""
        codes = " ".join(line.key for line in self.lines)
        return urlencode({"codes": codes, "period": self.period, "org": self.top.pk, "basis": self.basis})

    def report(self, unit: Organization) -> Submission:
        rows = Submission.objects.select_related("organization", "standing", "task__form", "reviewer_org")
        return rows.get(task=self.task, organization=unit)
