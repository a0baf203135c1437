"""The township's grid: who gets in, that rows are their own reports, and that more units cost no more queries."""

import json
from datetime import date

import pytest
from django.urls import reverse

from indicators.choices import Kind
from orgs.choices import Role
from submissions.choices import State
from submissions.models import Submission
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_user, an_organization
from tests.factories.submissions import a_place, a_task, bring_to, fill, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def task(place):
    return a_task(place.county, opens_on=date(2020, 1, 1))


@pytest.fixture
def clerk(place):
    return a_user(Role.CLERK, place.township)


def address(task, organization):
    return reverse("submissions:grid", args=[task.pk, organization.pk])


def test_every_unit_below_is_a_row(client, place, task, clerk):
    client.force_login(clerk)
    page = client.get(address(task, place.township))
    assert page.content.count(b"<tr data-row") == 2


def test_a_column_of_the_year_to_date_is_headed_so(client, place, task, clerk):
    make_indicator("T", kind=Kind.CUMULATIVE)
    other = a_task(place.county, make_form("累计表", ("A", "T")), opens_on=date(2020, 1, 1))
    client.force_login(clerk)
    assert client.get(address(task, place.township)).content.count(b"<small>year to date</small>") == 0
    assert client.get(address(other, place.township)).content.count(b"<small>year to date</small>") == 1


@pytest.mark.parametrize("who", ["clerk", "reviewer", "stranger", "leader", "officer"])
def test_only_a_clerk_of_the_township_or_above_gets_in(client, place, task, who):
    client.force_login(getattr(place, who))
    assert client.get(address(task, place.township)).status_code == 404


def test_another_countys_task_is_not_there(client, place, clerk):
    client.force_login(clerk)
    other = a_task(a_place("350200").county)
    assert client.get(address(other, place.township)).status_code == 404


def test_put_is_no_way_in(client, place, task, clerk):
    client.force_login(clerk)
    assert client.put(address(task, place.township)).status_code == 405


def test_a_report_that_is_not_the_units_turn_is_shown_but_not_typed(client, place, task, clerk):
    bring_to(State.SUBMITTED, submission_of(task, place.village), place)
    client.force_login(clerk)
    page = client.get(address(task, place.township)).content.decode()
    assert page.count("is-locked") == len(task.layout.printed)
    assert page.count("revision-") == 1


def test_the_whole_form_keeps_changed_rows_and_leaves_the_others(client, place, task, clerk):
    first, second = (submission_of(task, unit) for unit in (place.village, place.other_village))
    fill(second, {"A": 9}, by=clerk)
    client.force_login(clerk)
    fields = {
        "act": "save", "on_behalf": "纸质表1", "loaded": json.dumps({str(first.pk): {}, str(second.pk): {"A": "9"}}),
        f"revision-{first.pk}": "0", f"f-{first.pk}-A": "5", f"revision-{second.pk}": "1", f"f-{second.pk}-A": "9",
    }  # fmt: skip
    assert client.post(address(task, place.township), fields).status_code == 302
    assert first.versions.get().figures == {"A": 5}
    assert first.versions.get().on_behalf == "纸质表1"
    assert second.versions.get().revision == 1


@pytest.mark.parametrize("loaded", ["[", "[]", '{"%s": 5}'])
def test_a_form_that_cannot_be_read_gets_a_sentence_and_writes_nothing(client, place, task, clerk, loaded):
    submission = submission_of(task, place.village)
    client.force_login(clerk)
    state = loaded % submission.pk if "%s" in loaded else loaded
    fields = {"act": "save", "loaded": state, f"revision-{submission.pk}": "0", f"f-{submission.pk}-A": "5"}
    page = client.post(address(task, place.township), fields)
    assert b"note is-red" in page.content
    assert not submission.versions.exists()


@pytest.mark.parametrize("units", [1, 3])
def test_more_units_cost_no_more_queries(client, place, clerk, units, django_assert_num_queries):
    for number in range(units):
        an_organization(f"35010003{number}", parent=place.township)
    task = a_task(place.county)
    for submission in Submission.objects.filter(task=task).select_related("task", "organization"):
        fill(submission, {"A": 1}, by=clerk)
    client.force_login(clerk)
    client.get(address(task, place.township))
    with django_assert_num_queries(QUERIES):
        client.get(address(task, place.township))


QUERIES = 14  # session and person, posts, place and branch, task, rows, versions, rules, history, lines of earlier tasks
