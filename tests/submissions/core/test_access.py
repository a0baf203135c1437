"""Every page of the workflow: the right person, the stranger, the wrong method."""

import pytest
from django.urls import reverse

from orgs.choices import Role
from submissions.choices import State
from tests.factories.orgs import a_county, a_user, an_organization
from tests.factories.submissions import bring_to, send

STATES = [State.BLANK, State.DRAFT, State.SUBMITTED, State.PASSED, State.RETURNED, State.APPROVED, State.EXEMPT]


def pages(place, submission) -> dict[str, tuple]:
    """Name -> (address, the people who may look)."""
    task, town = submission.task_id, place.township.pk
    reviewers = (place.reviewer, place.officer)
    everyone = (place.clerk, place.reviewer, place.officer, place.leader)
    return {
        "tasks": (reverse("submissions:tasks"), (place.reviewer, place.officer, place.leader)),
        "task_open": (reverse("submissions:task_open"), (place.officer,)),
        "task": (reverse("submissions:task", args=[task]), everyone),
        "task_at": (reverse("submissions:task_at", args=[task, town]), (*reviewers, place.leader)),
        "remind": (reverse("submissions:remind", args=[task, town]), (*reviewers, place.leader)),
        "review": (reverse("submissions:review", args=[task, town]), (*reviewers, place.leader)),
        "inbox": (reverse("submissions:inbox"), reviewers),
        "detail": (reverse("submissions:detail", args=[submission.pk]), everyone),
        "return": (reverse("submissions:return", args=[submission.pk]), (place.reviewer,)),
        "exempt": (reverse("submissions:exempt", args=[submission.pk]), (place.officer,)),
        "of_organization": (reverse("submissions:of_organization", args=[place.village.pk]), everyone),
    }


NAMES = ["tasks", "task_open", "task", "task_at", "remind", "review", "inbox", "detail", "return", "exempt", "of_organization"]
OF_THE_TASK = {"task", "task_at", "remind", "review", "detail", "return", "exempt", "of_organization"}


@pytest.mark.parametrize("name", NAMES)
def test_the_right_person_sees_it(name, place, submission, signed):
    send(submission, by=place.clerk)
    address, people = pages(place, submission)[name]
    for person in people:
        answer = signed(person).get(address)
        assert answer.status_code == 200, person
        assert answer.templates


@pytest.mark.parametrize("name", sorted(OF_THE_TASK))
def test_a_stranger_of_another_county_gets_what_does_not_exist(name, place, submission, signed):
    send(submission, by=place.clerk)
    elsewhere = an_organization("99000101", parent=a_county("990001"))
    stranger = a_user(Role.OFFICER, elsewhere)
    address, _people = pages(place, submission)[name]
    gone = address.replace(f"/{submission.pk}/", "/999999/", 1)
    answers = [signed(stranger).get(where) for where in (address, gone)]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("state", STATES)
def test_one_report_is_shown_in_every_state(state, place, submission, signed):
    bring_to(state, submission, place)
    for person in (place.clerk, place.reviewer, place.officer):
        answer = signed(person).get(reverse("submissions:detail", args=[submission.pk]))
        assert answer.status_code == 200
        assert str(State(state).label) in answer.content.decode() or answer.context["submission"].state == state


@pytest.mark.parametrize("act", ["approve", "lift"])
def test_acts_are_posts(act, place, submission, signed):
    assert signed(place.officer).get(reverse(f"submissions:{act}", args=[submission.pk])).status_code == 405


@pytest.mark.parametrize("name", ["tasks", "task", "inbox", "detail", "review", "remind", "of_organization"])
def test_reading_pages_take_no_post(name, place, submission, signed):
    address, people = pages(place, submission)[name]
    assert signed(people[-1]).post(address).status_code == 405


def test_a_clerk_neither_reviews_nor_exempts_nor_opens(place, submission, signed):
    send(submission, by=place.clerk)
    client = signed(place.clerk)
    for name in ("return", "exempt", "task_open", "inbox"):
        address, _people = pages(place, submission)[name]
        assert client.get(address).status_code == 404, name
    pick = f"{submission.pk}:1:{place.township.pk}"
    assert client.post(reverse("submissions:approve", args=[submission.pk]), {"pick": pick}).status_code == 404


def test_a_unit_goes_straight_to_its_own_reports(place, submission, signed):
    answer = signed(place.clerk).get(reverse("submissions:tasks"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("submissions:of_organization", args=[place.village.pk]))
