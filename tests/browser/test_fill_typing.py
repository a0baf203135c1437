"""Typing on the fill page: saved by itself, computed, judged and undone, with the keys of a spreadsheet."""

import pytest
from playwright.sync_api import expect

from tests.browser.filling import (
    CARRIED,
    ISSUES,
    MEETINGS,
    PART,
    RATIO,
    SOLVED,
    STOCK,
    a_world,
    cell,
    expect_saved,
    paste,
    type_in,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return a_world()


@pytest.fixture
def filling(page, world, sign_in):
    """The page of the village's clerk, freshly opened."""
    sign_in(page, world.clerk.username, world.clerk.first_password)
    page.goto(world.address)
    return page


def test_what_is_typed_is_saved_by_itself_and_computed(filling, world):
    expect(filling.locator("[data-state]")).to_have_class("pill is-amber")
    type_in(filling, STOCK, "48")
    type_in(filling, PART, "21")
    expect(filling.locator("td[data-key='ORG-005']")).to_have_text("43.8")
    expect_saved(filling)
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21}
    expect(filling.locator("[data-state]")).to_have_class("pill is-blue")
    expect(filling.locator("#filled")).to_contain_text("2")
    filling.reload()
    assert cell(filling, STOCK).input_value() == "48"


def test_the_one_parser_reads_what_offices_write(filling, world):
    type_in(filling, STOCK, "１，２００")
    type_in(filling, ISSUES, "12件")
    type_in(filling, SOLVED, "/")
    expect(filling.locator("#findings li.is-blue")).to_have_count(1)
    expect_saved(filling)
    assert world.figures() == {"ORG-001": 1200, "STN-006": 12, "STN-007": "NA"}
    assert cell(filling, STOCK).input_value() == "1200"


def test_what_cannot_be_read_is_kept_in_the_cell_and_says_why(filling, world):
    type_in(filling, STOCK, "1.2.3")
    type_in(filling, PART, "7")
    expect(cell(filling, STOCK)).to_have_attribute("aria-invalid", "true")
    note = cell(filling, STOCK).get_attribute("aria-describedby").split()[0]
    expect(filling.locator(f"#{note}")).to_contain_text("1.2.3")
    assert cell(filling, STOCK).input_value() == "1.2.3"
    assert world.figures() == {"ORG-003": 7}
    filling.reload()
    expect(cell(filling, STOCK)).to_have_value("1.2.3")


def test_a_suggestion_is_taken_by_its_button(filling, world):
    type_in(filling, STOCK, "3万")
    filling.locator("#findings button").click()
    expect(cell(filling, STOCK)).to_have_value("30000")
    expect_saved(filling)
    filling.wait_for_timeout(600)
    assert world.figures() == {"ORG-001": 30000}


def test_a_finding_stands_at_its_cells_and_is_explained_in_place(filling, world):
    type_in(filling, STOCK, "5")
    type_in(filling, PART, "9")
    expect(filling.locator("#findings li.is-red")).to_have_count(1)
    expect(cell(filling, PART)).to_have_attribute("aria-invalid", "true")
    expect(filling.locator("#send")).to_have_attribute("aria-disabled", "true")
    type_in(filling, PART, "3")
    expect(filling.locator("#findings li.is-red")).to_have_count(0)
    type_in(filling, ISSUES, "64")
    box = filling.locator("#findings li.is-amber textarea")
    box.fill("9月开展企业大走访，集中收集问题52件")
    box.blur()
    expect(filling.locator("#send")).to_have_attribute("aria-disabled", "false")
    filling.reload()
    expect(filling.locator("#findings textarea")).to_have_value("9月开展企业大走访，集中收集问题52件")


def test_a_block_from_a_spreadsheet_lands_row_by_row(filling, world):
    paste(filling, STOCK, '"１，２００"\r\n21\r\n43.8\r\n"64\n"\r\n\r\n8\r\n')
    expect(filling.locator("#pasted")).to_be_visible()
    expect_saved(filling)
    assert world.figures() == {"ORG-001": 1200, "ORG-003": 21, "STN-006": 64, "EDU-010": 8}


def test_an_empty_cell_of_a_block_erases_nothing_and_what_lies_outside_is_reported(filling, world):
    type_in(filling, SOLVED, "3")
    paste(filling, ISSUES, "9\t1\r\n\r\n8\r\n7\r\n6")
    expect(filling.locator("#pasted")).to_have_class("note is-amber")
    expect_saved(filling)
    assert world.figures() == {"STN-006": 9, "STN-007": 3, "EDU-010": 8}


def test_a_paste_is_undone_and_done_again_as_one(filling, world):
    type_in(filling, STOCK, "5")
    paste(filling, STOCK, "48\n21")
    filling.keyboard.press("Control+z")
    assert (cell(filling, STOCK).input_value(), cell(filling, PART).input_value()) == ("5", "")
    filling.keyboard.press("Control+z")
    assert cell(filling, STOCK).input_value() == ""
    filling.keyboard.press("Control+y")
    filling.keyboard.press("Control+y")
    expect_saved(filling)
    filling.wait_for_timeout(500)
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21}


def test_a_selected_block_is_copied_as_a_spreadsheet_takes_it(filling):
    type_in(filling, STOCK, "48")
    type_in(filling, PART, "21")
    filling.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell(filling, STOCK).click()
    for _ in range(2):
        filling.keyboard.press("Shift+ArrowDown")
    expect(filling.locator("td[data-key='ORG-005']")).to_have_text("43.8")
    filling.keyboard.press("Control+C")
    assert filling.evaluate("navigator.clipboard.readText()").splitlines() == ["48", "21", "43.8"]


def test_the_keyboard_alone_fills_the_form(filling, world):
    cell(filling, STOCK).focus()
    filling.keyboard.type("48")
    filling.keyboard.press("ArrowDown")
    filling.keyboard.type("22")
    filling.keyboard.press("Escape")
    filling.keyboard.type("21")
    filling.keyboard.press("Enter")
    assert filling.evaluate("document.activeElement.id") == f"c{ISSUES}"  # the computed line is passed over
    filling.keyboard.type("9")
    filling.keyboard.press("Tab")
    filling.keyboard.press("Alt+n")
    filling.keyboard.press("Control+End")
    assert filling.evaluate("document.activeElement.id") == f"c{MEETINGS}"
    filling.keyboard.press("Alt+n")  # this line may not be “not applicable”
    filling.keyboard.type("8")
    filling.keyboard.press("F2")
    filling.keyboard.press("ArrowLeft")
    filling.keyboard.type("1")
    filling.keyboard.press("Enter")
    expect_saved(filling)
    assert world.figures() == {"ORG-001": 48, "ORG-003": 21, "STN-006": 9, "STN-007": "NA", "EDU-010": 18}
    cell(filling, ISSUES).focus()
    filling.keyboard.press("Delete")
    filling.keyboard.press("Control+Home")
    filling.wait_for_timeout(800)
    assert "STN-006" not in world.figures()


def test_keys_of_an_input_method_belong_to_it(filling):
    cell(filling, STOCK).focus()
    filling.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, isComposing: true}))"
    )
    assert filling.evaluate("document.activeElement.id") == f"c{STOCK}"


def test_computed_and_carried_cells_cannot_be_typed(filling):
    expect(filling.locator(f"#c{RATIO}, #c{CARRIED}")).to_have_count(0)


def test_the_definition_of_the_focused_line_stands_beside(filling):
    cell(filling, STOCK).focus()
    expect(filling.locator("#definition-text")).to_contain_text("报告期末纳入台账的家数。")
    filling.keyboard.press("?")
    expect(filling.locator("#keys-help")).to_be_visible()
    filling.keyboard.press("Escape")


def test_nobody_is_hurt(filling, axe):
    type_in(filling, STOCK, "5")
    type_in(filling, PART, "9")
    type_in(filling, ISSUES, "64")
    expect(filling.locator("#findings li.is-red")).to_have_count(1)
    assert axe(filling) == []
