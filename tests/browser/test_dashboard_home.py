"""The first page after signing in, in a real browser: one red button for the clerk, and nobody is shut out of any block."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from orgs.choices import Role
from submissions.choices import State
from tests.factories.orgs import a_post, a_user
from tests.factories.submissions import a_place, a_task, bring_to, send, submission_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(transactional_db):
    """A quarter under way: one village's report came back, the other's waits for review."""
    place = a_place()
    today, now = timezone.localdate(), timezone.now()
    task = a_task(place.county, due_on=today + timedelta(days=5), opens_on=today - timedelta(days=5))
    bring_to(State.RETURNED, submission_of(task, place.village), place, at=now)
    send(submission_of(task, place.other_village), by=place.stranger, at=now)
    return place


def test_a_clerk_is_one_button_away_from_the_form(page, place, sign_in):
    sign_in(page, place.clerk.username, place.clerk.first_password)
    expect(page.locator("main")).to_contain_text("请核对")
    expect(page.locator("main .button.is-main")).to_have_count(1)
    page.click("main .button.is-main")
    assert page.url.endswith("/fill/")


def test_a_reviewer_is_one_button_away_from_the_review(page, place, sign_in):
    sign_in(page, place.reviewer.username, place.reviewer.first_password)
    page.click("main .button.is-main")
    expect(page.locator("main")).to_contain_text(place.other_village.name)


@pytest.mark.parametrize("who", ["clerk", "reviewer", "officer"])
def test_nobody_is_shut_out_of_home(page, place, sign_in, axe, who):
    person = getattr(place, who)
    sign_in(page, person.username, person.first_password)
    expect(page.locator(".block-head").first).to_be_visible()
    assert axe(page) == []


def test_several_posts_and_none_read_well_too(new_page, place, sign_in, axe):
    a_post(place.reviewer, Role.CLERK, place.township)
    for person, blocks in ((place.reviewer, 2), (a_user(), 0)):
        page = new_page()
        sign_in(page, person.username, person.first_password)
        expect(page.locator(".block-head")).to_have_count(blocks)
        assert axe(page) == []
