"""When the network, the session or another person comes between: nothing typed is lost, and the page says what is so."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from audit.models import Event
from tests.browser.filling import ISSUES, PART, STOCK, a_world, cell, expect_saved, expect_trouble, type_in
from tests.factories.submissions import fill, send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return a_world()


@pytest.fixture
def filling(page, world, sign_in):
    sign_in(page, world.clerk.username, world.clerk.first_password)
    page.goto(world.address)
    return page


def test_offline_nothing_is_lost_and_nothing_is_claimed(filling, world, console):
    """Statement 15, its ten minutes run by a wound clock."""
    console.allow("ERR_INTERNET_DISCONNECTED")
    filling.clock.install()
    filling.reload()
    filling.context.set_offline(True)
    type_in(filling, STOCK, "48")
    filling.clock.run_for(3_000)
    expect_trouble(filling)
    type_in(filling, PART, "21")
    for _ in range(20):
        filling.clock.run_for(30_000)
    expect_trouble(filling)
    assert world.figures() == {}
    filling.context.set_offline(False)
    filling.clock.run_for(1_000)
    filling.clock.resume()
    expect_saved(filling)
    filling.wait_for_timeout(1_000)
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21}


def test_a_closed_page_gives_back_what_was_not_saved(filling, world, console):
    console.allow("ERR_INTERNET_DISCONNECTED")
    filling.context.set_offline(True)
    type_in(filling, STOCK, "48")
    expect_trouble(filling)
    filling.close(run_before_unload=False)
    again = filling.context.new_page()
    filling.context.set_offline(False)
    again.goto(world.address)
    expect(cell(again, STOCK)).to_have_value("48")
    expect_saved(again)
    assert world.figures() == {"ORG-001": 48}
    assert again.evaluate("localStorage.length") == 0


def test_leaving_with_something_unsaved_asks_first(filling, console):
    console.allow("ERR_INTERNET_DISCONNECTED")
    filling.context.set_offline(True)
    type_in(filling, STOCK, "48")
    expect_trouble(filling)
    asked = []
    filling.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    filling.close(run_before_unload=True)
    filling.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_a_lost_answer_is_asked_for_again_under_the_same_key(filling, world, console):
    """Statement 3: the server kept it, the answer got lost, one value and one audit row remain."""
    console.allow("ERR_FAILED")
    keys = []

    def lose_the_first(route):
        keys.append(route.request.post_data_json["key"])
        if len(keys) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    filling.route("**/save/", lose_the_first)
    type_in(filling, STOCK, "48")
    expect_trouble(filling)
    expect_saved(filling)
    assert world.figures() == {"ORG-001": 48}
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert Event.objects.filter(kind="submission.saved").count() == 1


def test_an_answer_of_another_making_is_no_saving(filling, world):
    """A portal that answers 200 with a page of its own must not be believed."""
    answers = []

    def a_portal_first(route):
        answers.append(route)
        if len(answers) > 1:
            return route.continue_()
        return route.fulfill(status=200, content_type="text/html", body="<h1>请先登录校园网</h1>")

    filling.route("**/save/", a_portal_first)
    type_in(filling, STOCK, "48")
    expect_trouble(filling)
    expect_saved(filling)
    assert world.figures() == {"ORG-001": 48}


def test_after_the_session_ended_the_same_person_finds_it_again(filling, world, sign_in, console):
    """Statement 16."""
    console.allow("401")
    type_in(filling, STOCK, "48")
    expect_saved(filling)
    Session.objects.all().delete()
    type_in(filling, PART, "21")
    door = filling.locator("#state a")
    expect(door).to_be_visible()
    assert world.figures() == {"ORG-001": 48}
    filling.on("dialog", lambda dialog: dialog.accept())
    door.click()
    filling.fill("input[name=username]", world.clerk.username)
    filling.fill("input[name=password]", world.clerk.first_password)
    filling.click("main button[type=submit]")
    expect(cell(filling, PART)).to_have_value("21")
    expect_saved(filling)
    filling.wait_for_timeout(500)
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21}


def test_what_one_person_left_is_not_given_to_another(filling, world, sign_in, console):
    """Statement 16: for the same user only."""
    console.allow("401")
    Session.objects.all().delete()
    type_in(filling, PART, "21")
    expect(filling.locator("#state a")).to_be_visible()
    filling.on("dialog", lambda dialog: dialog.accept())
    sign_in(filling, world.colleague.username, world.colleague.first_password)
    filling.goto(world.address)
    expect(cell(filling, PART)).to_have_value("")
    filling.wait_for_timeout(800)
    assert world.figures() == {}


def test_a_page_older_than_the_sign_in_says_so(filling, world, console):
    """Signed in again in another tab: the old page's token no longer holds, what it holds is kept."""
    console.allow("403")
    filling.evaluate("document.querySelector('#fill input[name=csrfmiddlewaretoken]')")
    filling.context.clear_cookies(name="csrftoken")
    type_in(filling, STOCK, "48")
    expect(filling.locator("#state a")).to_be_visible()
    filling.on("dialog", lambda dialog: dialog.accept())
    filling.locator("#state a").click()
    expect_saved(filling)
    assert world.figures() == {"ORG-001": 48}


@pytest.fixture
def beside(new_page, world, sign_in):
    """The colleague's page, opened at the same state."""
    page = new_page()
    sign_in(page, world.colleague.username, world.colleague.first_password)
    page.goto(world.address)
    return page


def test_two_clerks_on_one_cell_see_both_values_and_decide(filling, beside, world, console):
    """Statement 1, as people meet it."""
    console.allow("409")
    type_in(filling, STOCK, "48")
    expect_saved(filling)
    type_in(beside, STOCK, "50")
    type_in(beside, ISSUES, "9")
    dialog = beside.locator("dialog.conflict")
    expect(dialog).to_contain_text("48")
    expect(dialog).to_contain_text("50")
    expect(dialog).to_contain_text(world.clerk.name)
    assert world.figures() == {"ORG-001": 48}
    assert cell(beside, STOCK).input_value() == "50"
    dialog.locator("button.is-main").click()  # mine stands chosen
    expect_saved(beside)
    beside.wait_for_timeout(500)
    assert world.figures() == {"ORG-001": 50, "STN-006": 9}


def test_theirs_can_be_taken_cell_by_cell(filling, beside, world, console, axe):
    console.allow("409")
    type_in(filling, STOCK, "48")
    type_in(filling, PART, "20")
    expect_saved(filling)
    filling.wait_for_timeout(600)
    beside.evaluate("document.activeElement.blur()")
    cell(beside, STOCK).fill("50")
    cell(beside, PART).fill("30")
    cell(beside, PART).blur()
    dialog = beside.locator("dialog.conflict")
    expect(dialog.locator("tbody tr")).to_have_count(2)
    assert axe(beside) == []
    beside.keyboard.press("Escape")  # no way round the decision
    expect(dialog).to_be_visible()
    dialog.locator("tbody tr").nth(0).locator("input").nth(1).check()
    dialog.locator("button.is-main").click()
    expect_saved(beside)
    expect(cell(beside, STOCK)).to_have_value("48")
    assert world.figures() == {"ORG-001": 48, "ORG-003": 30}


def test_two_clerks_on_different_cells_are_not_asked(filling, beside, world, console):
    console.allow("409")
    type_in(filling, STOCK, "48")
    expect_saved(filling)
    type_in(beside, ISSUES, "9")
    expect_saved(beside)
    expect(cell(beside, STOCK)).to_have_value("48")
    assert world.figures() == {"ORG-001": 48, "STN-006": 9}


def test_what_was_left_behind_long_ago_does_not_overwrite_what_came_after(filling, world, console):
    """The page of last week held 48; meanwhile a colleague saved 50: both are shown, neither is lost."""
    console.allow("ERR_INTERNET_DISCONNECTED")
    console.allow("409")
    filling.context.set_offline(True)
    type_in(filling, STOCK, "48")
    expect_trouble(filling)
    filling.close(run_before_unload=False)
    held = fill(world.submission, {"ORG-001": 50}, by=world.colleague)
    again = filling.context.new_page()
    filling.context.set_offline(False)
    again.goto(world.address)
    dialog = again.locator("dialog.conflict")
    expect(dialog).to_contain_text("48")
    expect(dialog).to_contain_text("50")
    assert world.figures() == held.figures == {"ORG-001": 50}


def test_when_the_report_was_sent_by_a_colleague_the_page_says_so(filling, world, console):
    console.allow("409")
    send(world.submission, {"ORG-001": 50}, by=world.colleague)
    type_in(filling, STOCK, "48")
    expect_trouble(filling)
    assert world.figures() == {"ORG-001": 50}
    assert cell(filling, STOCK).input_value() == "48"
