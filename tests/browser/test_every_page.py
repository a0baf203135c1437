"""Every page that the bar leads to, for every role: no accessibility violation, no breach of the policy, no console error.

The console fixture fails a walk with an error of its own, so opening a page is already a test.
"""

import pytest

from tests.browser.filling import World, a_world
from tests.factories.submissions import send, submission_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db) -> World:
    """One report sent in, so that the reviewer has something to do."""
    world = a_world()
    other = submission_of(world.submission.task, world.place.other_village)
    send(other, {"ORG-001": 48, "ORG-003": 21, "STN-006": 9}, by=world.place.stranger)
    return world


def _places(page) -> list[str]:
    page.goto("/")
    return page.locator(".bar-nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")


def _more(world: World, who: str) -> list[str]:
    """What the bar does not lead to directly."""
    task, place = world.submission.task_id, world.place
    sent = submission_of(world.submission.task, place.other_village).pk
    return {
        "clerk": [f"/submissions/{world.submission.pk}/", world.address],
        "reviewer": [f"/tasks/{task}/review/{place.township.pk}/", f"/submissions/{sent}/", f"/submissions/{sent}/return/"],
        "officer": [f"/tasks/{task}/", f"/organizations/{place.village.pk}/", "/tasks/open/", "/exports/"],
        "leader": ["/dashboard/"],
    }[who]


def test_the_door(page, axe):
    page.goto("/login/")
    assert axe(page) == []


@pytest.mark.parametrize("who", ["clerk", "reviewer", "officer", "leader"])
def test_everybody_at_work(page, world, sign_in, axe, who):
    person = getattr(world.place, who)
    sign_in(page, person.username, person.first_password)
    hurt = {}
    for address in [*_places(page), *_more(world, who)]:
        answer = page.goto(address)
        assert answer.status == 200, address
        page.wait_for_load_state("networkidle")
        hurt[address] = axe(page)
    assert [found for found in hurt.items() if found[1]] == []


def test_at_125_percent_nothing_runs_out_of_the_window(page, world, sign_in):
    """Wide tables scroll inside themselves; the page never does sideways."""
    page.set_viewport_size({"width": 1092, "height": 614})
    person = world.place.officer
    sign_in(page, person.username, person.first_password)
    for address in [*_places(page), *_more(world, "officer")]:
        page.goto(address)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, address
