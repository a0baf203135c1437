"""Lists cost the same number of queries for one row and for many."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from submissions.filling.submission_actions import withdraw
from tests.factories.indicators import make_form
from tests.factories.orgs import a_township, an_organization
from tests.factories.submissions import AT, a_task, send, submission_of

pytestmark = pytest.mark.django_db


def queries(client, address: str) -> int:
    client.get(address)  # what is read once per process or session is read now
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured)


def more_villages(place, task, count: int) -> None:
    """More units under the township, all sent, and another township with one."""
    for number in range(10, 10 + count):
        village = an_organization(f"35010001{number}", parent=place.township)
        neighbour = a_township(f"350100{number}", place.county)
        an_organization(f"350100{number}01", parent=neighbour)
        a_task(place.county, task.form)
        send(submission_of(task, village), by=place.clerk)


@pytest.mark.parametrize(("name", "who", "right"), [
    ("inbox", "reviewer", 13), ("review", "reviewer", 16), ("task", "officer", 13), ("task_at", "officer", 15), ("remind", "officer", 12),
])  # fmt: skip
def test_units(name, who, right, place, submission, signed):
    task = submission.task
    send(submission, by=place.clerk)
    args = {"inbox": [], "task": [task.pk]}.get(name, [task.pk, place.township.pk])
    client, address = signed(getattr(place, who)), reverse(f"submissions:{name}", args=args)
    few = queries(client, address)
    more_villages(place, task, 6)
    assert (few, queries(client, address)) == (right, right)


@pytest.mark.parametrize(
    ("name", "who", "right"), [("tasks", "officer", 12), ("of_organization", "clerk", 10), ("inbox", "reviewer", 13)]
)
def test_tasks(name, who, right, place, submission, signed):
    send(submission, by=place.clerk)
    client = signed(getattr(place, who))
    address = reverse(f"submissions:{name}", args=[place.village.pk] if name == "of_organization" else [])
    few = queries(client, address)
    for number, quarter in enumerate(("2025Q3", "2025Q4", "2026Q1", "2026Q2")):
        task = a_task(place.county, make_form(f"又{number}表", ("A",)), period=quarter, due_on=date(2026, 10, 10))
        send(submission_of(task, place.village), by=place.clerk)
    assert (few, queries(client, address)) == (right, right)


def test_one_report_with_many_versions(place, submission, signed):
    send(submission, by=place.clerk)
    client, address = signed(place.reviewer), reverse("submissions:detail", args=[submission.pk])
    few = queries(client, address)
    for number in range(5):
        withdraw(submission=submission, by=place.clerk, at=AT)
        send(submission, {"A": number}, by=place.clerk)
    assert (few, queries(client, address)) == (few, few)
    assert few <= 25
