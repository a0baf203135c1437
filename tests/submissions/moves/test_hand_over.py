"""A unit that is moved while its report waits: the report goes to who reviews it now, both reviewers see it, and nobody is stuck."""

import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.tree.restructuring import move
from submissions.choices import State
from submissions.core import access
from submissions.corrections.actions import approve_correction, request_correction
from submissions.filling.submission_actions import submit, withdraw
from submissions.models import HandOver
from submissions.review.actions import approve, send_back
from tests.factories.orgs import a_township, a_user
from tests.factories.submissions import AT, LATER, a_place, a_task, bring_to, fill, submission_of
from tests.reports.people import client_of, text_of

pytestmark = pytest.mark.django_db
MOVED = date(2026, 10, 3)  # after the period, before AT


@pytest.fixture
def place():
    found = a_place()
    found.neighbour = a_township("350100T2", found.county, name="白沙镇")
    found.next_reviewer = a_user(Role.REVIEWER, found.neighbour)
    return found


def moved(place, state: State = State.SUBMITTED, on: date = MOVED):
    submission = bring_to(state, submission_of(a_task(place.county), place.village), place)
    move(organization=place.village, parent=place.neighbour, on=on, by=system_operator(), at=LATER)
    return submission_of(submission.task, place.village)


def test_it_waits_for_the_new_reviewer(place):
    submission = moved(place)
    assert (submission.state, submission.reviewer_org) == (State.SUBMITTED, place.neighbour)
    handed = HandOver.objects.get()
    assert (handed.submission, handed.old, handed.new) == (submission, place.township, place.neighbour)
    event = Event.objects.get(kind="submission.handed_over")
    assert (event.subject, json.loads(event.data)) == (
        f"submission:{submission.pk}", {"_reviewer": [place.township.pk, place.neighbour.pk]},
    )  # fmt: skip


def test_a_move_within_the_period_hands_it_over_too(place):
    assert moved(place, on=date(2026, 8, 1)).reviewer_org == place.neighbour


def test_without_a_reviewer_there_it_goes_to_the_county(place):
    place.next_reviewer.posts.all().delete()
    assert moved(place).reviewer_org == place.county


@pytest.mark.parametrize("state", [State.PASSED, State.APPROVED, State.DRAFT, State.RETURNED, State.BLANK])
def test_what_waits_for_nobody_below_the_county_stays(place, state):
    before = bring_to(state, submission_of(a_task(place.county), place.village), place).reviewer_org
    move(organization=place.village, parent=place.neighbour, on=MOVED, by=system_operator(), at=LATER)
    assert submission_of(place.village.submissions.get().task, place.village).reviewer_org == before
    assert not HandOver.objects.exists()


def test_the_new_reviewer_passes_it_on_to_the_county(place):
    submission = moved(place)
    approve(submission=submission, version_number=1, by=place.next_reviewer, at=LATER)
    assert submission_of(submission.task, place.village).reviewer_org == place.county


@pytest.mark.parametrize("turn", ["withdrawn", "returned"])
def test_sent_again_it_comes_to_the_new_reviewer_again(place, turn):
    submission = moved(place)
    if turn == "withdrawn":
        withdraw(submission=submission, by=place.clerk, at=LATER)
    else:
        send_back(submission=submission, version_number=1, reason="请核对", cell_reasons={}, by=place.next_reviewer, at=LATER)
    draft = fill(submission_of(submission.task, place.village), {"A": 7}, by=place.clerk, at=LATER)
    submit(submission=submission_of(submission.task, place.village), revision=draft.revision, by=place.clerk, at=LATER)
    assert submission_of(submission.task, place.village).reviewer_org == place.neighbour


def test_a_move_yet_to_come_leaves_it_where_it_can_be_reviewed(place):
    """The day comes without an act of anybody: who has the report may still review it, the others see whose turn it is."""
    day = date(2026, 12, 1)
    submission = moved(place, on=day)
    assert submission.reviewer_org == place.township
    assert access.submission_to_review(place.reviewer, submission.pk, day) == submission


def test_both_reviewers_see_it_and_the_new_one_finds_it(place):
    submission = moved(place)
    HandOver.objects.update(at=timezone.now())
    client = client_of(place.next_reviewer)
    for address in ("/", reverse("submissions:inbox")):
        page = text_of(client.get(address))
        assert f"{place.village.name} moved here from {place.township.name}" in page
        assert "moved to 白沙镇" in text_of(client_of(place.reviewer).get(address))
    link = reverse("submissions:review", args=[submission.task_id, place.neighbour.pk])
    assert link in client.get(reverse("submissions:inbox")).content.decode()
    assert place.village.name in text_of(client.get(link))
    detail = text_of(client.get(reverse("submissions:detail", args=[submission.pk])))
    assert f"from {place.township.name} to 白沙镇" in detail


def test_the_new_reviewer_is_not_shown_once_it_is_reviewed(place):
    submission = moved(place)
    approve(submission=submission, version_number=1, by=place.next_reviewer, at=AT)
    assert "moved here" not in text_of(client_of(place.next_reviewer).get(reverse("submissions:inbox")))


def test_a_correction_under_way_follows_its_unit_up_to_the_county(place):
    report = bring_to(State.APPROVED, submission_of(a_task(place.county), place.village), place)
    given = {"version_number": 1, "changes": {"A": 3}, "reason": "漏报", "by": place.clerk, "at": LATER}
    correction = request_correction(submission=report, **given)
    move(organization=place.village, parent=place.neighbour, on=MOVED, by=system_operator(), at=LATER)
    correction.refresh_from_db()
    assert correction.reviewer_org == place.neighbour
    assert Event.objects.get(kind="submission.handed_over").subject == f"submission:{report.pk}"
    approve_correction(correction=correction, by=place.next_reviewer, at=LATER)
    assert correction.reviewer_org_id == place.county.pk
    approve_correction(correction=correction, by=place.officer, at=LATER)
    assert submission_of(report.task, place.village).standing.figures == {"A": 3}
