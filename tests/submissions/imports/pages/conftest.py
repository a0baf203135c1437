"""A village's task of two figures, its filled forms as files, and people who are signed in."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from orgs.choices import Role
from orgs.models import Organization, User
from submissions.models import Submission, Task, Upload, Version
from submissions.workbooks.stamps import Shape
from submissions.workbooks.workbook import form_workbook
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_user
from tests.factories.submissions import AT, Place, a_place, a_task, submission_of
from tests.submissions.imports.filled import filled

JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class World:
    """`township_clerk` fills for both villages."""

    place: Place
    task: Task
    township_clerk: User

    @property
    def report(self) -> Submission:
        return submission_of(self.task, self.place.village)

    def figures(self, organization: Organization | None = None) -> dict:
        version = Version.objects.filter(submission=submission_of(self.task, organization or self.place.village)).last()
        return version.figures if version else {}

    def form(self, figures: dict, organization: Organization | None = None) -> bytes:
        """The form of one unit, filled in."""
        unit = organization or self.place.village
        return filled(self.workbook(unit, Shape.UNIT), {(unit.code, key): value for key, value in figures.items()})

    def grid(self, figures: dict[str, dict]) -> bytes:
        """The township's sheet; unit's code -> its figures."""
        typed = {(code, key): value for code, row in figures.items() for key, value in row.items()}
        return filled(self.workbook(self.place.township, Shape.GRID), typed)

    def workbook(self, organization: Organization, shape: Shape) -> bytes:
        return form_workbook(task=self.task, organization=organization, shape=shape, by=self.place.officer, at=AT).content


@pytest.fixture(scope="module")
def module_world(module_db) -> World:
    place = a_place()
    task = a_task(place.county, opens_on=date(2020, 1, 1))
    task = Task.objects.select_related("form", "county").get(pk=task.pk)
    return World(place, task, a_user(Role.CLERK, place.township))


@pytest.fixture
def world(module_world, db) -> World:
    return deepcopy(module_world)


@pytest.fixture
def signed():
    def client_of(person: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "en"
        return client

    return client_of


def put(client: Client, content: bytes, name: str = "表.xlsx", **fields):
    """As the script of the page sends a file."""
    return client.post(reverse("submissions:intake_put"), {"file": SimpleUploadedFile(name, content), **fields}, headers=JSON)


def upload_in(client: Client, content: bytes, name: str = "表.xlsx", **fields) -> Upload:
    """The file put in, as it is kept."""
    return Upload.objects.get(pk=put(client, content, name, **fields).json()["id"])


def address(name: str, upload: Upload) -> str:
    return reverse(f"submissions:{name}", args=[upload.pk])


@pytest.fixture
def place(db) -> Place:
    """A township whose two villages are asked two lines with names of their own."""
    place = a_place()
    for code, name in (("ORG-001", "纳入台账的两新组织"), ("STN-006", "收集问题")):
        make_indicator(code, name=name)
    a_task(place.county, make_form("季01表", ("ORG-001", "STN-006")))
    return place
