"""What most tests of the intake stand on: a place, a task of two lines, and weighing and accepting as a person."""

from copy import deepcopy
from dataclasses import dataclass

import pytest

from indicators.measures.history import Document
from orgs.models import Organization, User
from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.report.import_report import FileResult, UnitResult
from submissions.imports.report.scope import scope_of
from submissions.imports.service.import_service import accept, weigh
from submissions.models import Submission, Task, Version
from tests.factories.submissions import AT, Place, a_place, a_task, submission_of


@dataclass
class Desk:
    """A county with a task, and what files say there."""

    place: Place
    task: Task

    def weigh(self, read: ReadWorkbook, by: User | None = None, **fields) -> FileResult:
        return weigh("a.xlsx", read, scope_of(by or self.place.clerk, AT.date()), sha256="aa", **fields)

    def accept(self, read: ReadWorkbook, by: User | None = None, **fields) -> FileResult:
        by = by or self.place.clerk
        return accept("a.xlsx", read, scope_of(by, AT.date()), by=by, at=AT, sha256="aa", **fields)

    def unit(self, read: ReadWorkbook, by: User | None = None, **fields) -> UnitResult:
        """What a file with one unit says."""
        (unit,) = self.weigh(read, by, **fields).units
        return unit

    def report(self, organization: Organization | None = None) -> Submission:
        return submission_of(self.task, organization or self.place.village)

    def stored(self, organization: Organization | None = None) -> Document:
        version = Version.objects.filter(submission=self.report(organization)).order_by("-number").first()
        return version.figures if version else {}


def a_desk(form=None, code: str = "350100") -> Desk:
    place = a_place(code)
    task = a_task(place.county, form)
    return Desk(place, Task.objects.select_related("form", "county").get(pk=task.pk))


@pytest.fixture(scope="module")
def module_desk(module_db) -> Desk:
    return a_desk()


@pytest.fixture
def desk(module_desk, db) -> Desk:
    return deepcopy(module_desk)
