"""The township's grid: a clerk above fills several villages at once, each row its own report, marked as entered from paper."""

import pytest
from playwright.sync_api import expect

from orgs.choices import Role
from submissions.choices import State
from submissions.filling import grid_views
from submissions.models import Submission, Version
from tests.browser.filling import a_world, expect_saved, paste, save_without_script
from tests.factories.orgs import a_user
from tests.factories.submissions import send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return a_world()


@pytest.fixture
def rows(world):
    """The submissions of the two villages, as they stand on the page."""
    units = (world.place.village, world.place.other_village)
    return [Submission.objects.get(task=world.submission.task, organization=unit) for unit in units]


@pytest.fixture
def clerk(world):
    return a_user(Role.CLERK, world.place.township, name="王镇")


@pytest.fixture
def grid(page, world, clerk, sign_in):
    sign_in(page, clerk.username, clerk.first_password)
    page.goto(f"/tasks/{world.submission.task_id}/grid/{world.place.township.pk}/")
    return page


def cell(page, submission, place):
    return page.locator(f"#c{submission.pk}-{place}")


def figures(submission) -> dict:
    newest = Version.objects.filter(submission=submission).order_by("-number").first()
    return newest.figures if newest else {}


def test_each_row_is_saved_to_its_own_report_and_marked(grid, rows):
    grid.fill("#on-behalf", "纸质表 2026-15")
    first, second = rows
    cell(grid, first, 1).click()
    grid.keyboard.type("48")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.type("21")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.type("30")
    grid.keyboard.press("Enter")
    expect_saved(grid)
    grid.wait_for_timeout(800)
    assert (figures(first), figures(second)) == ({"ORG-001": 48, "ORG-003": 21}, {"ORG-001": 30})
    assert first.versions.get().on_behalf == "纸质表 2026-15"
    expect(grid.locator(f"tr[data-doc='{first.pk}'] td[data-key='ORG-005']")).to_have_text("43.8")


def test_a_block_over_units_and_lines_lands_where_it_was_copied(grid, rows):
    first, second = rows
    paste(grid, f"{first.pk}-1", "48\t21\t43.8\t9\r\n30\t12\t40.0\t7\r\n")
    expect_saved(grid)
    grid.wait_for_timeout(1200)
    assert figures(first) == {"ORG-001": 48, "ORG-003": 21, "STN-006": 9}
    assert figures(second) == {"ORG-001": 30, "ORG-003": 12, "STN-006": 7}


def test_the_units_that_are_ready_are_sent_and_the_others_stay(grid, rows):
    first, second = rows
    paste(grid, f"{first.pk}-1", "48\t21")
    expect_saved(grid)
    cell(grid, second, 2).click()
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    expect_saved(grid)
    grid.click("#send")
    grid.click("#confirm button[value=yes]")
    expect(cell(grid, first, 1)).to_have_count(0)
    for submission in rows:
        submission.refresh_from_db()
    assert [submission.state for submission in rows] == [State.SUBMITTED, State.DRAFT]


def test_without_script_every_changed_row_is_saved(new_page, world, rows, clerk, sign_in):
    page = new_page(java_script_enabled=False)
    sign_in(page, clerk.username, clerk.first_password)
    page.goto(f"/tasks/{world.submission.task_id}/grid/{world.place.township.pk}/")
    first, second = rows
    cell(page, first, 1).fill("48")
    cell(page, second, 1).fill("不少")
    save_without_script(page)
    assert (figures(first), figures(second)) == ({"ORG-001": 48}, {})
    expect(cell(page, second, 1)).to_have_value("不少")
    expect(page.locator("[role=alert]")).to_contain_text("不少")


def test_nobody_is_hurt(grid, rows, axe):
    cell(grid, rows[0], 1).click()
    grid.keyboard.type("x")
    grid.keyboard.press("Enter")
    expect(grid.locator("#findings li")).to_have_count(1)
    assert axe(grid) == []


def test_cells_of_a_report_that_was_sent_are_reported_as_locked(grid, world, rows):
    first, second = rows
    send(second, {"ORG-001": 5, "ORG-003": 2}, by=world.place.stranger)
    grid.reload()
    paste(grid, f"{first.pk}-1", "48\t21\r\n30\t12\r\n9\t9\r\n")
    expect_saved(grid)
    pasted = grid.locator("#pasted")
    expect(pasted).to_contain_text("2 cells pasted")
    expect(pasted).to_contain_text("2 fell on cells that are locked")
    expect(pasted).to_contain_text("2 lay outside the table")
    assert figures(second) == {"ORG-001": 5, "ORG-003": 2}


def test_a_list_longer_than_the_page_goes_on_into_the_next(grid, rows, monkeypatch):
    monkeypatch.setattr(grid_views, "ROWS", 1)
    first, second = rows
    grid.reload()
    paste(grid, f"{first.pk}-1", "48\t21\r\n30\t12\r\n")
    expect_saved(grid)
    grid.click("#pasted button")
    expect(cell(grid, second, 1)).to_have_value("30")
    expect_saved(grid)
    grid.wait_for_timeout(800)
    assert (figures(first), figures(second)) == ({"ORG-001": 48, "ORG-003": 21}, {"ORG-001": 30, "ORG-003": 12})
