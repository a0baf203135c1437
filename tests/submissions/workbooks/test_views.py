"""The download of a form workbook: who gets it, in which shape, and the sentence where there is nothing to fill."""

import io
from copy import deepcopy
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from audit.models import Event
from orgs.choices import Role
from submissions.workbooks.stamps import Shape, read_stamp
from tests.factories.orgs import a_user
from tests.factories.submissions import a_place, a_task, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


@pytest.fixture
def task(place):
    return a_task(place.county, opens_on=date(2020, 1, 1))


def address(task, organization, shape=""):
    return reverse("submissions:workbook", args=[task.pk, organization.pk]) + (f"?shape={shape}" if shape else "")


def stamp_of(answer):
    return read_stamp(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]["A1"].value)


@pytest.mark.parametrize("who", ["clerk", "reviewer", "officer"])
def test_who_fills_or_reviews_gets_the_units_form(client, place, task, who):
    client.force_login(getattr(place, who))
    answer = client.get(address(task, place.village))
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert ".xlsx" in answer["Content-Disposition"]
    assert (stamp_of(answer).org, stamp_of(answer).shape) == (place.village.code, Shape.UNIT)
    assert Event.objects.filter(kind="form_workbook.made", actor_id=getattr(place, who).pk).count() == 1


@pytest.mark.parametrize("who", ["stranger", "leader"])
def test_others_do_not(client, place, task, who):
    client.force_login(getattr(place, who))
    assert client.get(address(task, place.village)).status_code == 404


def test_post_is_no_way_in(client, place, task):
    client.force_login(place.clerk)
    assert client.post(address(task, place.village)).status_code == 405


@pytest.mark.parametrize(
    ("asked", "shape"), [("", Shape.SHEETS), ("sheets", Shape.SHEETS), ("grid", Shape.GRID), ("?", Shape.SHEETS)]
)
def test_a_township_chooses_the_shape(client, place, task, asked, shape):
    client.force_login(a_user(Role.CLERK, place.township))
    assert stamp_of(client.get(address(task, place.township, asked))).shape == shape


def test_where_nothing_is_asked_a_sentence_says_so(client, place, task):
    client.force_login(place.reviewer)
    answer = client.get(address(task, place.township, "unit"), follow=True)
    assert answer.redirect_chain[0][0] == reverse("submissions:task_at", args=[task.pk, place.township.pk])
    assert "is not asked form" in answer.content.decode()


def test_the_pages_lead_there(client, place, task):
    client.force_login(place.clerk)
    unit = client.get(reverse("submissions:fill", args=[submission_of(task, place.village).pk])).content.decode()
    assert address(task, place.village, "unit") in unit
    client.force_login(a_user(Role.CLERK, place.township))
    for name in ("submissions:grid", "submissions:task_at"):
        page = client.get(reverse(name, args=[task.pk, place.township.pk])).content.decode()
        assert address(task, place.township, "sheets") in page
        assert address(task, place.township, "grid") in page
    client.force_login(place.leader)
    page = client.get(reverse("submissions:task_at", args=[task.pk, place.township.pk])).content.decode()
    assert "/workbook/" not in page
