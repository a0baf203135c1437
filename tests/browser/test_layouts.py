"""A county's own layout in the browser: begun, changed, looked at, kept, taken away; nobody is shut out of its pages."""

import pytest
from playwright.sync_api import expect

from orgs.choices import Role
from orgs.models import Organization
from tests.factories.orgs import a_user
from tests.reports.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer(page, tmp_path, sign_in, live_server, transactional_db):
    story = Story(tmp_path)
    story.villages("V1", "V2")
    story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,")
    story.form("F", "A", "B", "R")
    story.open("F", "2026Q3")
    story.figures("F", "2026Q3,V1,A,,40", "2026Q3,V1,B,,30")
    person = a_user(Role.OFFICER, Organization.objects.get(code="C"))
    sign_in(page, person.username, person.first_password)
    return page


def test_a_layout_is_begun_changed_kept_and_taken_away(officer, axe):
    page, county = officer, Organization.objects.get(code="C")
    page.goto(f"/layouts/{county.id}/")
    assert axe(page) == []
    page.fill("#id_code", "县01")
    page.fill("#id_title", "诉求办理表")
    page.select_option("#id_source", label="R2 分单位汇总表 · F F表")
    page.click("form#begin button")
    page.fill("#id_column-0-head", "受理诉求")
    page.fill("#id_column-3-head", "未办结")
    page.fill("#id_column-3-formula", "{A} - {B}")
    page.click("button[value=show]")
    expect(page.locator("table.is-printed")).to_contain_text("受理诉求")
    expect(page.locator("table.is-printed tr.is-total").first).to_contain_text("10")
    page.click("button[value=save]")
    expect(page.locator(".messages")).to_contain_text("县01")
    assert axe(page) == []
    page.goto("/exports/?layout=县01&period=2026Q3")
    expect(page.locator("table.is-printed")).to_contain_text("未办结")
    assert axe(page) == []
    with page.expect_download() as download:
        page.click("form#export button.is-main")
    assert download.value.suggested_filename.endswith("县01 诉求办理表.xlsx")
