"""The first page after signing in: who is led where, and what a clerk has to do now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orgs.choices import Role
from submissions.choices import State
from tests.factories.orgs import a_county, a_post, a_user, an_organization
from tests.factories.submissions import a_place, a_task, bring_to, send, submission_of
from tests.reports.people import client_of, rows_of, text_of


@pytest.fixture
def today():
    """Pages ask the clock, so these tests count their days from it."""
    return timezone.localdate()


@pytest.fixture
def place(db):
    return a_place()


def open_for_today(place, today, **given):
    return a_task(place.county, due_on=today + timedelta(days=5), opens_on=today - timedelta(days=5), **given)


def test_nobody_comes_in_without_signing_in(client):
    assert client.get("/")["Location"].startswith("/login/")


def test_only_reading_is_possible(place):
    assert client_of(place.clerk).post("/").status_code == 405


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.LEADER, "/dashboard/"),
        (Role.SYSTEM_ADMIN, "/people/"),
        (Role.SECURITY_ADMIN, "/accounts/"),
        (Role.AUDITOR, "/audit/"),
    ],
)
def test_who_has_nothing_to_fill_or_review_is_led_to_a_page_of_his_own(place, role, address):
    assert client_of(a_user(role, place.county)).get("/")["Location"] == address


def test_without_a_post_the_page_says_who_gives_one(db):
    text = text_of(client_of(a_user()).get("/"))
    assert "You hold no post today" in text
    assert "The system administrator of your county gives posts." in text


def test_a_clerk_sees_the_report_due_with_one_button(place, today):
    task = open_for_today(place, today)
    response = client_of(place.clerk).get("/")
    text = text_of(response)
    assert "季01表基层表" in text
    assert "Not started" in text
    assert "5 days left" in text
    assert f"/submissions/{submission_of(task, place.village).id}/fill/" in response.content.decode()
    assert f"/submissions/{submission_of(task, place.other_village).id}/fill/" not in response.content.decode()


def test_what_came_back_stands_first_with_its_reasons(place, today):
    open_for_today(place, today)
    back = a_task(place.county, period="2026Q2", due_on=today + timedelta(days=20), opens_on=today - timedelta(days=5))
    bring_to(State.RETURNED, submission_of(back, place.village), place, at=timezone.now())
    text = text_of(client_of(place.clerk).get("/"))
    assert text.index("Second quarter of 2026") < text.index("Third quarter of 2026")
    assert "请核对" in text
    assert "Correct it" in text


def test_nothing_to_fill_says_what_comes_next(place, today):
    task = open_for_today(place, today)
    send(submission_of(task, place.village), by=place.clerk, at=timezone.now())
    a_task(place.county, period="2026Q4", due_on=today + timedelta(days=90), opens_on=today + timedelta(days=60))
    text = text_of(client_of(place.clerk).get("/"))
    assert "Nothing is left to fill in" in text
    assert "季01表基层表 Third quarter of 2026 Waiting for review" in text
    assert "if it is returned, it appears above with the reasons" in text
    assert "Next: “季01表基层表” for Fourth quarter of 2026" in text


def test_a_closed_report_that_is_owed_says_who_can_reopen_it(place, today):
    a_task(
        place.county, due_on=today - timedelta(days=9), opens_on=today - timedelta(days=20), closes_on=today - timedelta(days=1)
    )
    text = text_of(client_of(place.clerk).get("/"))
    assert "Nothing can be filled in now" in text
    assert "Third quarter of 2026 Not started Closed for sending" in text
    assert f"The organization department of {place.county} can move the closing day" in text


def test_a_township_clerk_sees_the_units_below(place, today):
    task = open_for_today(place, today)
    send(submission_of(task, place.village), by=place.clerk, at=timezone.now())
    response = client_of(a_user(Role.CLERK, place.township)).get("/")
    assert "Units below" in text_of(response)
    ((form, _due, expected, sent, unsent, rate, _act),) = rows_of(response)
    assert (form, expected, sent, unsent, rate) == ("季01表基层表 Third quarter of 2026", "2", "1", "1", "50.0%")
    assert f"/tasks/{task.id}/grid/{place.township.id}/" in response.content.decode()


def test_several_posts_are_several_blocks_each_once(place, today):
    open_for_today(place, today)
    a_post(place.reviewer, Role.CLERK, place.village)
    text = text_of(client_of(place.reviewer).get("/"))
    assert "Reports to fill in" in text
    assert "Waiting for your review" in text


def test_another_county_is_not_seen(place, today):
    elsewhere = a_county("350900")
    an_organization("35090001", parent=elsewhere, name="外村")
    open_for_today(place, today)
    assert "外村" not in text_of(client_of(place.officer).get("/"))


@pytest.mark.parametrize("villages", [1, 3])
def test_a_clerks_page_takes_the_same_queries_for_one_and_three_reports(place, today, villages, django_assert_num_queries):
    for number in range(villages):
        a_task(place.county, period=f"202{number + 3}Q1", due_on=today + timedelta(days=5), opens_on=today - timedelta(days=5))
    client = client_of(place.clerk)
    client.get("/")
    with django_assert_num_queries(10):
        client.get("/")
