"""The first page of those who review and approve: what waits, whom to call, how the townships are doing, which forms end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from indicators.models import Form
from indicators.periods import read_period
from orgs.choices import Role
from orgs.models import Organization
from reports.scope.task_queries import MOST_TASKS
from submissions.choices import State
from submissions.review.actions import approve
from tests.factories.indicators import make_form
from tests.factories.orgs import a_township, a_user, an_organization
from tests.factories.submissions import a_place, a_task, bring_to, send, submission_of
from tests.reports.people import client_of, rows_below, rows_of, text_of


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def place(db):
    return a_place()


@pytest.fixture
def task(place, today):
    return open_now(place, today)


def open_now(place, today, **given):
    return a_task(place.county, due_on=today + timedelta(days=5), opens_on=today - timedelta(days=5), **given)


def sent(task, organization, by):
    """The unit's report, with the reviewers."""
    submission = submission_of(task, organization)
    send(submission, by=by, at=timezone.now())
    return submission_of(task, organization)


def test_a_reviewer_sees_what_waits_with_the_way_there(place, task):
    sent(task, place.village, place.clerk)
    response = client_of(place.reviewer).get("/")
    (row,) = rows_of(response)
    assert row[:2] == ["季01表基层表 Third quarter of 2026", "1"]
    assert f"/tasks/{task.id}/review/{place.township.id}/" in response.content.decode()


def test_a_reviewer_sees_whom_to_call(place, task):
    Organization.objects.filter(pk=place.other_village.pk).update(contact="王会计", telephone="0591-8800123")
    sent(task, place.village, place.clerk)
    response = client_of(place.reviewer).get("/")
    text = text_of(response)
    assert "王会计" in text
    assert "0591-8800123" in text
    assert "Not reported yet 1 report" in text
    assert f"/tasks/{task.id}/remind/{place.township.id}/" in response.content.decode()


def test_a_unit_that_owes_two_reports_is_called_once(place, task, today):
    open_now(place, today, form=make_form("季02表", ("C",)))
    response = client_of(place.reviewer).get("/")
    names = [row[0] for row in rows_below(response, "Not reported yet")]
    assert names == [place.village.name, place.other_village.name]


def test_empty_states_of_a_reviewer(place, task):
    assert "Nothing waits for your review. What units send in appears here." in text_of(client_of(place.reviewer).get("/"))
    stranger = a_user(Role.CLERK, place.other_village)
    sent(task, place.village, place.clerk)
    sent(task, place.other_village, stranger)
    assert "Every unit has reported." in text_of(client_of(place.reviewer).get("/"))


def long_ago(place, today, **given):
    return a_task(
        place.county, period="2025Q4", due_on=today - timedelta(days=150), opens_on=today - timedelta(days=200), **given
    )


def test_what_is_still_owed_of_a_past_quarter_stays_until_it_is_sent_oldest_first(place, task, today):
    old = long_ago(place, today)
    for person in (place.reviewer, place.officer):
        text = text_of(client_of(person).get("/"))
        assert text.index("Fourth quarter of 2025") < text.index("Third quarter of 2026")
        assert "150 days overdue" in text
    for village, clerk in ((place.village, place.clerk), (place.other_village, place.stranger)):
        bring_to(State.APPROVED, submission_of(old, village), replace(place, clerk=clerk), at=timezone.now())
    for person in (place.reviewer, place.officer):
        assert "Fourth quarter of 2025" not in text_of(client_of(person).get("/"))


def test_a_past_quarter_that_takes_nothing_any_more_is_not_asked_for(place, task, today):
    long_ago(place, today, closes_on=today - timedelta(days=1))
    assert "Fourth quarter of 2025" not in text_of(client_of(place.reviewer).get("/"))


def test_the_clerk_of_a_village_that_owes_a_past_quarter_finds_it_first(place, task, today):
    old = long_ago(place, today)
    body = client_of(place.clerk).get("/").content.decode()
    addresses = [f"/submissions/{submission_of(one, place.village).id}/fill/" for one in (old, task)]
    assert [body.index(address) for address in addresses] == sorted(body.index(address) for address in addresses)


def test_what_was_sent_is_never_red_however_late_its_review(place, today):
    old = long_ago(place, today)
    for village, clerk in ((place.village, place.clerk), (place.other_village, place.stranger)):
        sent(old, village, clerk)
    for person in (place.reviewer, place.officer):
        response = client_of(person).get("/")
        assert "is-red" not in response.content.decode()
        assert "overdue" not in text_of(response)
    assert "All have sent in" in text_of(client_of(place.officer).get("/"))


def test_the_home_page_adds_no_two_tasks_up(place, task, today):
    """A quarter in progress beside one opened ahead: each has its own line; the table by township is of one of them."""
    sent(task, place.village, place.clerk)
    sent(task, place.other_village, place.stranger)
    ahead = open_now(place, today, period="2027Q1")
    client = client_of(place.officer)
    response = client.get("/")
    rows = rows_below(response, "Reports under way")
    assert [(row[0], *row[2:4], row[-2]) for row in rows] == [
        ("季01表基层表 Third quarter of 2026", "2", "2", "100.0%"), ("季01表基层表 First quarter of 2027", "2", "0", "0.0%"),
    ]  # fmt: skip
    assert [row[:3] for row in rows_below(response, "Progress by township")] == [
        [place.county.name, "2", "2"], [place.township.name, "2", "2"],
    ]  # fmt: skip
    other = client.get(f"/?task={ahead.pk}")
    assert [row[:3] for row in rows_below(other, "Progress by township")] == [
        [place.county.name, "2", "0"], [place.township.name, "2", "0"],
    ]  # fmt: skip
    assert client.get("/?task=999").status_code == client.get("/?task=x'").status_code == 200


def test_of_more_open_tasks_than_fit_the_newest_stand_there_and_the_others_are_counted(place, task, today):
    for number in range(MOST_TASKS + 2):
        a_task(
            place.county, period=str(read_period(f"{2000 + number // 4}Q{number % 4 + 1}")), opens_on=date(2000, 1, 1),
            due_on=date(2000, 1, 1) + timedelta(days=90 * number),
        )  # fmt: skip
    for person in (place.reviewer, place.officer):
        response = client_of(person).get("/")
        rows = rows_below(response, "Reports under way")
        assert (len(rows), rows[0][0][-4:], rows[-1][0][-4:]) == (MOST_TASKS, "2000", "2026")
        assert "3 older reports under way are not listed here." in text_of(response)


def test_what_was_returned_stands_beside_what_was_never_sent(place, task):
    bring_to(State.RETURNED, submission_of(task, place.village), place, at=timezone.now())
    response = client_of(place.reviewer).get("/")
    assert [row[0] for row in rows_below(response, "Not reported yet")] == [place.other_village.name]
    assert [row[0] for row in rows_below(response, "Returned, to be sent again")] == [place.village.name]
    assert "Not reported yet 1 report" in text_of(response)


def test_an_officer_sees_progress_by_township(place, task):
    empty = a_township("35010002", place.county, "空镇")
    an_organization("3501000201", parent=empty)
    open_now(place, task.due_on - timedelta(days=5))
    sent(task, place.village, place.clerk)
    response = client_of(place.officer).get("/")
    assert "Reports under way" in text_of(response)
    rows = rows_below(response, "Progress by township")
    assert [row[:3] for row in rows] == [
        [place.county.name, "3", "1"],
        [place.township.name, "2", "1"],
        ["空镇", "1", "0"],
    ]


def test_an_officer_sees_what_waits_for_the_county(place, task):
    submission = sent(task, place.village, place.clerk)
    assert "Nothing waits for the county." in text_of(client_of(place.officer).get("/"))
    approve(submission=submission, version_number=1, by=place.reviewer, at=timezone.now())
    (row,) = rows_of(client_of(place.officer).get("/"))
    assert row[1] == "1"


@pytest.mark.parametrize(("days", "word"), [(30, "ends soon"), (-30, "expired")])
def test_an_officer_sees_forms_that_end(place, task, today, days, word):
    Form.objects.filter(pk=task.form_id).update(valid_until=today + timedelta(days=days))
    text = text_of(client_of(place.officer).get("/"))
    assert "Forms about to expire" in text
    assert word in text


def test_a_form_that_ended_long_ago_is_not_shown(place, task, today):
    Form.objects.filter(pk=task.form_id).update(valid_until=today - timedelta(days=200))
    assert "Forms about to expire" not in text_of(client_of(place.officer).get("/"))


def test_a_county_without_tasks_is_shown_how_to_begin(place):
    text = text_of(client_of(place.officer).get("/"))
    assert "No report is under way" in text
    assert "Open a report" in text


def test_an_officer_who_reviews_too_sees_one_block(place, task):
    response = client_of(place.officer).get("/")
    assert response.content.decode().count('class="block-head"') == 1


@pytest.mark.parametrize("villages", [1, 3])
def test_pages_take_the_same_queries_for_one_and_three_units(place, task, today, villages, django_assert_num_queries):
    for number in range(villages):
        an_organization(f"35010103{number}", parent=place.township)
    open_now(place, today)
    sent(task, place.village, place.clerk)
    for person, queries in ((place.reviewer, 11), (place.officer, 11)):
        client = client_of(person)
        client.get("/")
        with django_assert_num_queries(queries):
            client.get("/")
