"""The dashboard: every number with its coverage, the changes, the rows that lead on; what was not understood is shown."""

import pytest
from django.utils import timezone

from orgs.choices import Role
from orgs.models import Organization
from tests.reports.people import rows_of, signed_in, text_of
from tests.reports.story import Story


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    """Two townships of two villages each; a flow and a ratio of two quarters, one village of the second missing."""
    module_story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,",
        *(f"V{n},V{n}村,village,{'T1' if n < 3 else 'T2'},,,," for n in (1, 2, 3, 4)),
    )  # fmt: skip
    module_story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,")
    module_story.form("F", "A", "B", "R")
    module_story.open("F", "2026Q2", "2026Q3")
    for n in (1, 2, 3, 4):
        module_story.figures("F", f"2026Q2,V{n},A,,10", f"2026Q2,V{n},B,,5")
    for n in (1, 2):
        module_story.figures("F", f"2026Q3,V{n},A,,10", f"2026Q3,V{n},B,,8")
    module_story.figures("F", "2026Q3,V3,A,,10", "2026Q3,V3,B,,10", state="submitted")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def test_every_headline_tells_its_coverage_and_change(county):
    text = text_of(signed_in(Role.LEADER, "C").get("/dashboard/?period=2026Q3"))
    assert (
        "办结率 80.0 % from 2/4 reports, 1 more to be approved vs last period 2 missing; like for like, 2 units: +30.0 pp vs a year ago"
        in text
    )
    assert (
        "受理 20 件 from 2/4 reports, 1 more to be approved vs last period 2 missing; like for like, 2 units: unchanged" in text
    )
    assert not any(sign in text for sign in "▲▼")


def test_the_page_says_as_of_when_on_which_basis_under_which_tree(county):
    text = text_of(signed_in(Role.LEADER, "C").get("/dashboard/?period=2026Q3"))
    assert "As of 20" in text
    assert "only approved figures are added up · organizations as they stood on 2026-09-30" in text


def test_the_tree_of_a_day_ahead_is_what_is_known_of_it(county):
    ahead = timezone.localdate().year + 1
    leader = signed_in(Role.LEADER, "C")
    for page in (f"/dashboard/?period={ahead}", f"/figures/?period={ahead}&codes=A"):
        assert f"organizations as they will stand on {ahead}-12-31, as far as is known today" in text_of(leader.get(page))


def test_the_charts_draw_the_first_figure_there_is(county):
    """V5 is asked another form, without any of the figures that its county's headlines begin with."""
    county.orgs("V5,V5村,community,T2,,,,")
    county.indicators("P,产值,元,flow,,,")
    county.form("G", "P", head="unit_categories", values="community")
    county.open("G", "2026Q3")
    county.figures("G", "2026Q3,V5,P,,7")
    org_id = Organization.objects.get(code="V5").id
    leader = signed_in(Role.LEADER, "C")
    assert "产值: trend" in text_of(leader.get(f"/dashboard/?period=2026Q3&org={org_id}"))
    assert "受理: trend" in text_of(leader.get(f"/dashboard/?period=2026Q3&org={org_id}&figure=A"))


def test_the_basis_can_be_everything_sent_in(county):
    text = text_of(signed_in(Role.LEADER, "C").get("/dashboard/?period=2026Q3&basis=submitted"))
    assert "受理 30 件 from 3/4 reports, 2 of them approved" in text
    assert "everything sent in is added up, approved or not" in text


def test_one_row_per_township_total_first_with_progress_and_figures(county):
    rows = rows_of(signed_in(Role.LEADER, "C").get("/dashboard/?period=2026Q3"), "child-table")
    assert rows == [
        ["云岭县", "4", "3", "75.0%", "3", "2", "", "1", "80.0 (2/4)", "20 (2/4)", "16 (2/4)"],
        ["青山镇", "2", "2", "100.0%", "2", "2", "", "", "80.0", "20", "16"],
        ["白沙镇", "2", "1", "50.0%", "1", "0", "", "1", "(0/2)", "(0/2)", "(0/2)"],
    ]


def test_a_row_leads_to_the_township_and_from_there_to_the_unit(county):
    township = Organization.objects.get(code="T2")
    client = signed_in(Role.LEADER, "C")
    assert f"org={township.id}&amp;figure=R" in client.get("/dashboard/?period=2026Q3").content.decode()
    response = client.get(f"/dashboard/?period=2026Q3&org={township.id}")
    assert [row[0] for row in rows_of(response, "child-table")] == ["白沙镇", "V3村", "V4村"]
    assert rows_of(response, "child-table")[1][-1] == "not approved yet"
    assert rows_of(response, "child-table")[2][-1] == "not reported"


def test_the_trend_stands_in_a_table_from_the_first_period_asked(county):
    response = signed_in(Role.LEADER, "C").get("/dashboard/?period=2026Q3")
    assert rows_of(response, "trend-table") == [
        ["Second quarter of 2026", "50.0", "40", "20"],
        ["Third quarter of 2026", "80.0 incomplete 2/4", "20 incomplete 2/4", "16 incomplete 2/4"],
    ]


def test_the_period_in_progress_and_ones_own_organization_are_the_default(county):
    text = text_of(signed_in(Role.REVIEWER, "T1").get("/dashboard/"))
    assert "青山镇 · Third quarter of 2026" in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("period=2026Q9", "“2026Q9” is not a period"),
        ("period=%00", "is not a period"),
        ("basis=guess", "“guess” is not one of: Approved figures, Figures sent in."),
        ("org=abc", "“abc” names no organization; your own is shown."),
        ("org=99999999999999999999999", "names no organization"),
        ("org=²", "names no organization"),
    ],
)
def test_what_is_not_understood_is_reported_and_the_default_shown(county, asked, sentence):
    response = signed_in(Role.LEADER, "C").get(f"/dashboard/?{asked}")
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert "云岭县 · Second quarter of 2026" in text_of(response)


def test_an_unknown_figure_is_simply_not_chosen(county):
    response = signed_in(Role.LEADER, "C").get("/dashboard/?period=2026Q3&figure=NONE")
    assert response.status_code == 200
    assert 'data-key="R"' in response.content.decode()


@pytest.mark.parametrize("period", ["2026", "2026H1", "2026-09", "2019Q1", "2999Q4"])
def test_every_period_of_the_calendar_has_a_page(county, period):
    assert signed_in(Role.LEADER, "C").get(f"/dashboard/?period={period}").status_code == 200


def test_a_period_that_asked_nothing_says_what_comes(county):
    text = text_of(signed_in(Role.LEADER, "C").get("/dashboard/?period=2019Q1"))
    assert "Nothing was asked for First quarter of 2019" in text


def test_a_strangers_organization_does_not_exist(county):
    other = Organization.objects.get(code="T2").id
    assert signed_in(Role.REVIEWER, "T1").get(f"/dashboard/?org={other}").status_code == 404
    assert signed_in(Role.REVIEWER, "T1").get("/dashboard/?org=999999").status_code == 404


def test_the_chooser_offers_only_what_the_person_may_see(county):
    body = signed_in(Role.REVIEWER, "T1").get("/dashboard/").content.decode()
    assert "青山镇" in body
    assert "白沙镇" not in body


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_administrators_and_auditors_see_no_figure(county, role):
    assert signed_in(role, "C").get("/dashboard/").status_code == 404


def test_only_reading_is_possible(county):
    assert signed_in(Role.LEADER, "C").post("/dashboard/").status_code == 405


def test_bars_are_offered_only_where_two_can_be_compared(county):
    client = signed_in(Role.LEADER, "C")
    assert 'data-chart="bars"' in client.get("/dashboard/?period=2026Q2").content.decode()
    assert 'data-chart="bars"' not in client.get("/dashboard/?period=2026Q3").content.decode()
