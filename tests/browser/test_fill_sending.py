"""From the last cell to the reviewer and back: sending, the return's reasons at their cells, sending again; and without script."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from submissions.choices import State
from submissions.review.actions import send_back
from tests.browser.filling import (
    ISSUES,
    PART,
    SOLVED,
    STOCK,
    a_world,
    cell,
    expect_saved,
    save_without_script,
    type_in,
)
from tests.factories.submissions import submission_of

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)


@pytest.fixture
def world(transactional_db):
    return a_world()


@pytest.fixture
def filling(page, world, sign_in):
    sign_in(page, world.clerk.username, world.clerk.first_password)
    page.goto(world.address)
    return page


@pytest.fixture
def scriptless(new_page, world, sign_in):
    page = new_page(java_script_enabled=False)
    sign_in(page, world.clerk.username, world.clerk.first_password)
    page.goto(world.address)
    return page


def _fresh(world):
    return submission_of(world.submission.task, world.place.village)


def test_sending_waits_for_what_was_just_typed(filling, world):
    type_in(filling, STOCK, "48")
    expect_saved(filling)
    type_in(filling, PART, "21")
    filling.click("#send")
    filling.click("#confirm button[value=yes]")
    filling.wait_for_url(f"**/submissions/{world.submission.pk}/")
    assert _fresh(world).state == State.SUBMITTED
    assert _fresh(world).standing.figures == {"ORG-001": 48, "ORG-003": 21}


def test_a_double_click_sends_once(filling, world):
    """Statement 14."""
    type_in(filling, STOCK, "48")
    expect_saved(filling)
    filling.click("#send")
    filling.dblclick("#confirm button[value=yes]")
    filling.wait_for_url(f"**/submissions/{world.submission.pk}/")
    assert _fresh(world).versions.count() == 1
    assert _fresh(world).state == State.SUBMITTED


def test_the_button_that_cannot_be_pressed_says_why_and_leads_there(filling, world):
    type_in(filling, PART, "21")
    expect_saved(filling)
    expect(filling.locator("#send")).to_have_attribute("aria-disabled", "true")
    filling.click("#send", force=True)
    assert filling.locator("#why-not").inner_text() != ""
    expect(filling.locator("#findings li").first).to_contain_text("ORG-001")
    assert filling.evaluate("document.activeElement.closest('#findings') !== null")
    assert _fresh(world).state == State.DRAFT


def test_the_return_stands_at_its_cells_and_the_correction_goes_in_again(filling, world, axe):
    type_in(filling, STOCK, "48")
    type_in(filling, PART, "21")
    expect_saved(filling)
    filling.click("#send")
    filling.click("#confirm button[value=yes]")
    filling.wait_for_url(f"**/submissions/{world.submission.pk}/")
    send_back(
        submission=_fresh(world), version_number=1, reason="请核对台账", cell_reasons={"ORG-003": "比台账多 2 家"},
        by=world.place.reviewer, at=NOW,
    )  # fmt: skip
    filling.goto(world.address)
    expect(filling.locator(".aside")).to_contain_text("请核对台账")
    note = filling.locator("#" + cell(filling, PART).get_attribute("aria-describedby"))
    expect(note).to_contain_text("比台账多 2 家")
    assert axe(filling) == []
    type_in(filling, PART, "19")
    expect_saved(filling)
    filling.click("#send")
    filling.click("#confirm button[value=yes]")
    filling.wait_for_url(f"**/submissions/{world.submission.pk}/")
    assert _fresh(world).state == State.SUBMITTED
    assert _fresh(world).standing.figures["ORG-003"] == 19


def test_a_nil_report_is_declared_and_lifted(filling, world):
    filling.click("button[value=nil]")
    filling.click("#confirm button[value=yes]")
    expect(filling.locator("button[value=unnil]")).to_be_visible()
    assert _fresh(world).versions.get().nil_report
    expect(cell(filling, ISSUES)).to_have_attribute("placeholder", "0")
    filling.click("button[value=unnil]")
    expect(filling.locator("button[value=nil]")).to_be_visible()
    assert not _fresh(world).versions.get().nil_report


def test_without_script_the_form_saves_and_sends(scriptless, world):
    cell(scriptless, STOCK).fill("４８")
    cell(scriptless, PART).fill("21")
    save_without_script(scriptless)
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21}
    expect(cell(scriptless, STOCK)).to_have_value("48")
    cell(scriptless, ISSUES).fill("9")
    with scriptless.expect_navigation():
        scriptless.click("#send")
    assert _fresh(world).state == State.DRAFT  # asked once more
    with scriptless.expect_navigation():
        scriptless.get_by_role("button", name="Submit for review").click()
    assert _fresh(world).state == State.SUBMITTED
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21, "STN-006": 9}


def test_without_script_a_bad_cell_is_marked_and_the_rest_is_saved(scriptless, world, console):
    console.allow("422")
    cell(scriptless, STOCK).fill("很多")
    cell(scriptless, SOLVED).fill("3")
    with scriptless.expect_navigation():
        cell(scriptless, STOCK).press("Enter")
    expect(cell(scriptless, STOCK)).to_have_value("很多")
    expect(cell(scriptless, STOCK)).to_have_attribute("aria-invalid", "true")
    note = cell(scriptless, STOCK).get_attribute("aria-describedby")
    expect(scriptless.locator(f"#{note}")).to_contain_text("很多")
    assert world.figures() == {"STN-007": 3}
    assert _fresh(world).state == State.DRAFT


def test_without_script_two_clerks_decide_cell_by_cell(scriptless, new_page, world, sign_in, console):
    console.allow("409")
    beside = new_page(java_script_enabled=False)
    sign_in(beside, world.colleague.username, world.colleague.first_password)
    beside.goto(world.address)
    cell(scriptless, STOCK).fill("48")
    save_without_script(scriptless)
    cell(beside, STOCK).fill("50")
    cell(beside, PART).fill("21")
    save_without_script(beside)
    expect(beside.locator("[role=alert]")).to_contain_text("48")
    expect(cell(beside, STOCK)).to_have_value("50")
    assert world.figures() == {"ORG-001": 48}
    beside.check("input[name='take-ORG-001'][value=theirs]")
    save_without_script(beside)
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21}
