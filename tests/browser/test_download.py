"""Taking a file away in a real browser: it says that it is made and for how long, and what it saves is whole. Also without script."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from audit.models import Event
from orgs.choices import Role
from orgs.models import Organization
from tests.factories.orgs import a_user
from tests.reports.story import Story

pytestmark = pytest.mark.django_db(transaction=True)
BUTTON, STATUS = "button[form=flat]", ".download-status"


@pytest.fixture
def person(transactional_db, tmp_path):
    story = Story(tmp_path)
    story.orgs("C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "V1,甲村,village,T1,,,,")
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q2", "2026Q3")
    story.figures("F", "2026Q2,V1,A,,5", "2026Q3,V1,A,,7")
    return a_user(Role.LEADER, Organization.objects.get(code="C"))


@pytest.fixture
def flat(page, person, sign_in):
    sign_in(page, person.username, person.first_password)
    page.goto("/exports/flat/")
    return page


def values(path) -> list[str]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return [row["value"] for row in csv.DictReader(file)]


def test_the_file_is_saved_and_reported(flat):
    flat.get_by_label("Second quarter of 2026").check()
    with flat.expect_download() as download:
        flat.click(BUTTON)
    assert values(download.value.path()) == ["5", "7"]
    assert download.value.suggested_filename == "云岭县 2026Q2–2026Q3 flat figures.csv"
    expect(flat.locator(STATUS)).to_contain_text("云岭县 2026Q2–2026Q3 flat figures.csv, 1 kB")
    expect(flat.locator(BUTTON)).not_to_have_attribute("aria-disabled", "true")
    assert Event.objects.filter(kind="figures.exported").count() == 1


def test_while_it_is_made_the_page_says_for_how_long_and_a_second_click_does_nothing(flat):
    waiting = []
    flat.route("**/exports/flat/", lambda route: waiting.append(route))
    flat.click(BUTTON)
    expect(flat.locator(STATUS)).to_contain_text("The file is being made … 1 seconds")
    expect(flat.locator(BUTTON)).to_have_attribute("aria-disabled", "true")
    flat.click(BUTTON, force=True)
    with flat.expect_download():
        waiting[0].continue_()
    expect(flat.locator(STATUS)).to_contain_text("handed to the browser")
    assert len(waiting) == 1


def test_an_answer_that_breaks_off_saves_nothing(flat, console):
    console.allow("ERR_")
    flat.route("**/exports/flat/", lambda route: route.abort("connectionreset"))
    flat.click(BUTTON)
    expect(flat.locator(STATUS)).to_contain_text("no file was saved")
    expect(flat.locator(BUTTON)).not_to_have_attribute("aria-disabled", "true")


def test_what_is_refused_is_shown_as_the_server_says_it(flat, console):
    console.allow("400")
    flat.goto("/exports/flat/?period=2019Q1")
    flat.click(BUTTON)
    expect(flat.locator("[role=alert]")).to_contain_text("No form was asked of 云岭县 for First quarter of 2019")


def test_after_the_session_ended_it_says_so(flat):
    flat.context.clear_cookies(name="sessionid")
    flat.click(BUTTON)
    expect(flat.locator(STATUS)).to_contain_text("Your session has ended")


def test_without_script_the_file_comes_too(new_page, person, sign_in):
    page = new_page(java_script_enabled=False)
    sign_in(page, person.username, person.first_password)
    page.goto("/exports/flat/")
    with page.expect_download() as download:
        page.click(BUTTON)
    assert values(download.value.path()) == ["7"]


def test_nothing_on_the_page_keeps_people_out(flat, axe):
    assert axe(flat) == []
