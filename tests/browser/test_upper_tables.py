"""An officer takes in a blank table, binds cells by clicking them, confirms the rest and fills it; the same without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from orgs.choices import Role
from orgs.models import Organization
from tests.factories.orgs import a_user
from tests.factories.upper_tables import a_blank_table, values_in
from tests.reports.story import Story

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = (
    ["填报单位：", None],
    ["单位", "受理", "其他"],
    ["青山镇", None, None],
    ["白沙镇", None, None],
    ["合计", "=SUM(B3:B4)", None],
)


@pytest.fixture
def county(transactional_db, tmp_path) -> Story:
    story = Story(tmp_path)
    story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,", "T3,临河镇,township,C,,,,",
        "V1,甲村,village,T1,,,,", "V2,乙村,village,T2,,,,", "V3,丙村,village,T3,,,,",
    )  # fmt: skip
    story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,")
    story.form("F", "A", "B")
    story.open("F", "2026Q3")
    story.figures(
        "F", *(f"2026Q3,V{number},{code},,{number * times}" for number in (1, 2, 3) for code, times in (("A", 10), ("B", 4)))
    )
    return story


@pytest.fixture
def officer(county):
    return a_user(Role.OFFICER, Organization.objects.get(code="C"))


@pytest.fixture
def blank(tmp_path) -> Path:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(a_blank_table(ROWS))
    return path


def taken_in(page: Page, blank: Path) -> None:
    page.goto("/upper-tables/")
    page.fill("input[name=name]", "两新")
    page.set_input_files("input[type=file]", str(blank))
    page.click("#take button")
    expect(page.locator("h1")).to_contain_text("3 proposed")
    page.wait_for_load_state()


def filled(page: Page, tmp_path: Path) -> dict[str, object]:
    with page.expect_download() as download:
        page.click("#download")
    path = tmp_path / "filled.xlsx"
    download.value.save_as(path)
    return values_in(path.read_bytes())


def test_a_table_is_bound_by_clicking_its_cells_and_filled(page, officer, sign_in, blank, tmp_path, axe):
    sign_in(page, officer.username, officer.first_password)
    taken_in(page, blank)
    expect(page.locator("#unbound")).to_contain_text("其他")
    page.click("#C3 a")
    expect(page.locator("#cell h2")).to_contain_text("C3")
    expect(page.locator("td.is-chosen")).to_have_attribute("id", "C3")
    assert axe(page) == []
    page.fill("#id_key", "B")
    page.fill("#id_org", "青山镇")
    page.click("#figure button")
    expect(page.locator("#C3")).to_contain_text("办结")
    expect(page.locator("#C3")).to_contain_text("bound")
    page.click(".page-actions button")
    expect(page.locator("h1")).to_contain_text("4 bound")
    assert axe(page) == []
    page.click(".page-actions a.is-main")
    expect(page.locator("#misfits")).to_contain_text("临河镇 (T3) has figures, but no place in the table.")
    assert axe(page) == []
    values = filled(page, tmp_path)
    assert [values[name] for name in ("A1", "B3", "B4", "B5", "C3")] == ["填报单位：云岭县", 10, 20, 30, 4]


def test_a_cell_is_reached_and_bound_by_keyboard(page, officer, sign_in, blank):
    sign_in(page, officer.username, officer.first_password)
    taken_in(page, blank)
    page.focus("#C4 a")
    page.keyboard.press("Enter")
    expect(page.locator("#id_key")).to_be_focused()
    page.keyboard.type("A")
    page.keyboard.press("Enter")
    expect(page.locator("#C4")).to_contain_text("bound")
    page.click("#C4 a")
    page.click("#free button")
    expect(page.locator("#C4")).not_to_contain_text("bound")


def test_it_works_without_script(new_page, officer, blank, tmp_path):
    page = new_page(java_script_enabled=False)
    page.goto("/login/")
    page.fill("input[name=username]", officer.username)
    page.fill("input[name=password]", officer.first_password)
    page.click("main button[type=submit]")
    taken_in(page, blank)
    page.click("#C3 a")
    page.fill("#id_key", "B")
    page.click("#figure button")
    expect(page.locator("#C3")).to_contain_text("bound")
    page.click(".page-actions button")
    page.click(".page-actions a.is-main")
    assert filled(page, tmp_path)["C3"] == 24


def test_the_next_edition_and_the_history_read_well(page, officer, sign_in, blank, tmp_path, axe):
    sign_in(page, officer.username, officer.first_password)
    taken_in(page, blank)
    page.click(".page-actions a.is-plain")
    assert axe(page) == []
    next_year = tmp_path / "next.xlsx"
    next_year.write_bytes(a_blank_table((ROWS[0], ["单位", "新增", "受理"], ["白沙镇", None, None])))
    page.set_input_files("#edition input[type=file]", str(next_year))
    page.click("#edition button")
    expect(page.locator("#moved")).to_contain_text("表1!C3")
    expect(page.locator("#lost")).to_contain_text("青山镇")
    assert axe(page) == []
    page.goto("/upper-tables/")
    assert axe(page) == []
