"""The dashboard in a real browser: charts drawn from the tables, figures chosen and townships opened, and all of it without script."""

import re

import pytest
from playwright.sync_api import expect

from orgs.choices import Role
from orgs.models import Organization
from tests.factories.orgs import a_user
from tests.reports.story import Story

pytestmark = pytest.mark.django_db(transaction=True)
TREND, BARS = "[data-chart=trend]", "[data-chart=bars]"


@pytest.fixture
def county(transactional_db, tmp_path) -> Story:
    story = Story(tmp_path)
    story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,",
        "V1,甲村,village,T1,,,,", "V2,乙村,village,T2,,,,",
    )  # fmt: skip
    story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,")
    story.form("F", "A", "B", "R")
    story.open("F", "2026Q1", "2026Q2", "2026Q3")
    for quarter, done in (("2026Q1", 5), ("2026Q2", 6), ("2026Q3", 9)):
        story.figures(
            "F", *(f"{quarter},{village},A,,10" for village in ("V1", "V2")), f"{quarter},V1,B,,{done}", f"{quarter},V2,B,,4"
        )
    return story


@pytest.fixture
def leader(page, county, sign_in):
    """The dashboard, to which signing in leads a leader by itself."""
    person = a_user(Role.LEADER, Organization.objects.get(code="C"))
    sign_in(page, person.username, person.first_password)
    return page


def test_a_leader_is_led_to_the_dashboard_with_its_charts_drawn(leader):
    expect(leader).to_have_url(re.compile("/dashboard/$"))
    expect(leader.locator(f"{TREND} svg")).to_be_visible()
    expect(leader.locator(f"{BARS} svg")).to_be_visible()
    for text in ("45.0", "50.0", "65.0"):
        expect(leader.locator(f"{TREND} svg")).to_contain_text(text)
    expect(leader.locator(f"{BARS} svg")).to_contain_text("青山镇")


def test_the_table_behind_a_chart_stays_within_reach(leader):
    table = leader.locator("#trend-table")
    expect(leader.locator(TREND)).to_have_attribute("role", "img")
    expect(table).to_be_hidden()
    leader.locator("details.chart-data summary").click()
    expect(table).to_be_visible()
    expect(table).to_contain_text("65.0")


def test_paper_has_the_figures_of_the_trend_in_place_of_its_chart(leader):
    expect(leader.locator(TREND)).to_have_attribute("role", "img")
    leader.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    leader.emulate_media(media="print")
    expect(leader.locator(TREND)).to_be_hidden()
    expect(leader.locator("#trend-table")).to_contain_text("65.0")
    expect(leader.locator("#trend-table")).to_be_visible()
    expect(leader.locator("#bars-head")).to_be_hidden()


def test_another_figure_is_chosen_by_its_tile(leader):
    leader.locator(".tile", has_text="受理").click()
    expect(leader.locator(".tile[aria-current=true]")).to_contain_text("受理")
    expect(leader.locator(f"{TREND} svg")).to_contain_text("20")


def test_a_bar_says_its_coverage(leader):
    leader.locator(f"{BARS} svg").hover(position={"x": 200, "y": 120})
    expect(leader.locator(f"{BARS} svg")).to_contain_text("1/1")


def test_a_township_is_opened_by_keyboard_and_left_by_the_crumbs(leader):
    leader.locator("#child-table a", has_text="白沙镇").focus()
    leader.keyboard.press("Enter")
    expect(leader.locator("h1")).to_contain_text("白沙镇")
    expect(leader.locator("#child-table")).to_contain_text("乙村")
    leader.locator(".crumbs a").first.click()
    expect(leader.locator("h1")).to_contain_text("云岭县")


def test_without_script_the_tables_say_everything(new_page, county, sign_in):
    person = a_user(Role.LEADER, Organization.objects.get(code="C"))
    page = new_page(java_script_enabled=False)
    page.goto("/login/")
    page.fill("input[name=username]", person.username)
    page.fill("input[name=password]", person.first_password)
    page.click("main button[type=submit]")
    expect(page.locator("#trend-table")).to_be_visible()
    expect(page.locator(TREND)).to_be_hidden()
    page.select_option("#id_period", "2026Q2")
    page.click(".heading form button")
    expect(page.locator("#child-table")).to_contain_text("50.0")


def test_nobody_is_shut_out_of_the_dashboard(leader, axe):
    expect(leader.locator(f"{BARS} svg")).to_be_visible()
    assert axe(leader) == []
    leader.locator("details.chart-data summary").click()
    assert axe(leader) == []


def test_nobody_is_shut_out_of_the_table_the_exports_and_the_headlines(page, county, sign_in, axe):
    top = Organization.objects.get(code="C")
    officer = a_user(Role.OFFICER, top)
    sign_in(page, officer.username, officer.first_password)
    for address in ("/figures/?form=F&compare=prev", "/exports/", f"/dashboard/headlines/{top.id}/"):
        page.goto(address)
        assert axe(page) == [], address


def test_a_bad_question_reads_well_too(page, county, sign_in, axe, console):
    console.allow("400")
    officer = a_user(Role.OFFICER, Organization.objects.get(code="C"))
    sign_in(page, officer.username, officer.first_password)
    page.goto("/figures/?codes=NONE")
    expect(page.locator(".note.is-red")).to_contain_text("NONE")
    assert axe(page) == []


def test_a_workbook_comes_down(page, county, sign_in):
    officer = a_user(Role.OFFICER, Organization.objects.get(code="C"))
    sign_in(page, officer.username, officer.first_password)
    page.goto("/exports/?form=F&period=2026Q3")
    with page.expect_download() as download:
        page.click(".page-actions button")
    assert download.value.suggested_filename.endswith(".xlsx")
