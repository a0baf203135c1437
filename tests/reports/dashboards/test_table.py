"""The figures table and its JSON: the same Grid as the command, scoped, paged; bad questions get a sentence."""

import json

import pytest

from audit.models import Event
from orgs.choices import Role
from orgs.models import Organization
from tests.reports.people import rows_of, signed_in, text_of
from tests.reports.story import Story


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    module_story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,",
        "V1,甲村,village,T1,,,,", "V2,乙村,village,T1,,,,", "V3,丙村,village,T2,,,,",
    )  # fmt: skip
    module_story.indicators("A,受理,件,flow,,,", "D,分项数,件,flow,,,男;女", "R,办结率,%,ratio,A,D,")
    module_story.form("F", "A", "D", "R")
    module_story.open("F", "2026Q2", "2026Q3")
    module_story.figures("F", "2026Q2,V1,A,,3", "2026Q3,V1,A,,5", "2026Q3,V1,D,,10", "2026Q3,V2,A,,1", "2026Q3,V2,D,,4")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def test_a_form_shows_all_its_figures_with_coverage_beside_what_is_not_whole(county):
    rows = rows_of(signed_in(Role.LEADER, "C").get("/figures/?form=F&period=2026Q3"))
    assert rows == [
        ["云岭县 C", "6 (2/3)", "14 (2/3)", "42.9 (2/3)"],
        ["青山镇 T1", "6", "14", "42.9"],
        ["白沙镇 T2", "not reported", "not reported", "not reported"],
    ]


def test_the_page_shows_what_the_command_prints(county):
    client = signed_in(Role.LEADER, "C")
    for by in ("self", "children", "district", "line", "unit_category", "units"):
        rows = county.ask("A", "D:男", period="2026Q3", by=by).data["rows"]
        shown = rows_of(client.get(f"/figures/?codes=A+D:男&period=2026Q3&by={by}"))
        assert [row["cells"][0]["text"] for row in rows] == [row[1].split(" (")[0].replace("not reported", "") for row in shown]


def test_comparisons_stand_beside_each_figure(county):
    rows = rows_of(signed_in(Role.LEADER, "C").get("/figures/?codes=A&period=2026Q3&compare=prev&compare=same_last_year"))
    assert rows[0] == [
        "云岭县 C",
        "6 (2/3)",
        "1 not sent, 2 missing then; like for like, 1 unit: +2 (+66.7%)",
        "nothing to compare",
    ]


def test_without_codes_the_headline_figures_are_shown(county):
    text = text_of(signed_in(Role.LEADER, "C").get("/figures/"))
    assert "办结率" in text
    assert "受理" in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("codes=NONE", "There is no indicator NONE."),
        ("codes=A:甲", "A has no item “甲”"),
        ("codes=A&period=2026Q7", "“2026Q7” is not a period"),
        ("codes=A&view=since:2026-99-01", "is not a view"),
        ("codes=A&view=since&since=soon", "is not a view"),
        ("codes=A&by=colour", "“colour” is not one of"),
        ("codes=A&tree=oak", "“oak” is not one of"),
        ("codes=A&compare=never", "“never” is not one of"),
        ("codes=A&org=C", "“C” names no organization"),
        ("form=NONE", "There is no form “NONE” with lines"),
        ("codes=" + ",".join(f"X{n}" for n in range(201)), "201 columns are asked, at most 200 fit one table"),
    ],
)
def test_a_bad_question_gets_a_sentence(county, asked, sentence):
    client = signed_in(Role.LEADER, "C")
    page = client.get(f"/figures/?{asked}")
    assert page.status_code == 400
    assert sentence in text_of(page)
    answer = client.get(f"/figures.json?{asked}")
    assert answer.status_code == 400
    assert sentence in answer.json()["said"]


def test_a_day_can_be_named_beside_the_view(county):
    rows = rows_of(signed_in(Role.LEADER, "C").get("/figures/?codes=A&period=2026Q3&view=since&since=2026-04-01&by=self"))
    assert rows == [["云岭县 C", "9 (3/6)"]]


def test_json_is_what_the_command_prints(county):
    response = signed_in(Role.LEADER, "C").get("/figures.json?codes=A,R&period=2026Q3")
    assert response["Content-Type"].startswith("application/json")
    assert response.json() == county.ask("A", "R", period="2026Q3").data


def test_json_is_audited_like_an_export(county):
    client = signed_in(Role.LEADER, "C")
    client.get("/figures.json?codes=A&period=2026Q3")
    event = Event.objects.get(kind="figures.exported")
    assert event.organization_id == Organization.objects.get(code="C").id
    details = json.loads(event.data)
    assert (details["what"], details["rows"]) == ("json", 3)
    assert "codes=A" in details["asked"]


def test_looking_at_the_page_writes_no_event(county):
    client = signed_in(Role.LEADER, "C")
    before = Event.objects.count()
    client.get("/figures/?codes=A&period=2026Q3")
    assert Event.objects.count() == before


@pytest.mark.parametrize("address", ["/figures/", "/figures.json"])
def test_anothers_organization_does_not_exist(county, address):
    other = Organization.objects.get(code="T2").id
    client = signed_in(Role.REVIEWER, "T1")
    assert client.get(f"{address}?codes=A&period=2026Q3").status_code == 200
    assert client.get(f"{address}?codes=A&period=2026Q3&org={other}").status_code == 404


def test_a_township_sees_no_row_of_its_neighbours(county):
    answer = signed_in(Role.REVIEWER, "T1").get("/figures.json?codes=A&period=2026Q3&by=units").json()
    assert {row["org"] for row in answer["rows"]} == {"T1", "V1", "V2"}


@pytest.mark.parametrize("address", ["/figures/", "/figures.json"])
def test_administrators_see_nothing_and_nobody_posts(county, address):
    assert signed_in(Role.SYSTEM_ADMIN, "C").get(address).status_code == 404
    assert signed_in(Role.LEADER, "C").post(address).status_code == 405
