"""Where pages open for a leader and for staff, the line that leads to the other period, and what a person chose last."""

import re

import pytest
from django.utils import timezone

from indicators.choices import Frequency
from indicators.periods import period_holding
from orgs.choices import Role
from orgs.models import Organization
from reports.external.actions import put_table
from tests.factories.orgs import a_user
from tests.factories.upper_tables import a_blank_table
from tests.markup import markup_of
from tests.reports.people import client_of, signed_in, text_of
from tests.reports.story import Story

VILLAGES = tuple(f"V{n}" for n in range(1, 7))
PAGES = ("/dashboard/", "/figures/", "/exports/", "/exports/flat/")


@pytest.fixture
def quarters():
    """The quarter before the last, the last, the present and the next one, counted from today: pages ask the clock."""
    present = period_holding(timezone.localdate(), Frequency.QUARTER)
    return present.previous().previous(), present.previous(), present, present.next()


@pytest.fixture
def county(story, quarters) -> Story:
    """Six villages; one quarter approved, the last one a third, two more sent in; the present and the next one just opened."""
    story.villages(*VILLAGES)
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", *map(str, quarters))
    approve(story, quarters[0], VILLAGES)
    approve(story, quarters[1], VILLAGES[:2])
    approve(story, quarters[1], VILLAGES[2:4], state="submitted")
    return story


def approve(story, period, codes, state: str = "approved") -> None:
    story.figures("F", *(f"{period},{code},A,,10" for code in codes), state=state)


def shown(response) -> str:
    """The period chosen on the page, as its chooser has it."""
    body = markup_of(response)
    chosen = re.findall(r'name="period" value="([^"]+)" checked', body) or re.findall(
        r'<option value="([^"]+)" selected', body[body.index('id="id_period"') :]
    )
    return chosen[0]


@pytest.mark.parametrize("page", PAGES)
def test_a_leader_opens_on_what_is_complete_and_staff_on_what_is_in_progress(county, quarters, page):
    assert shown(signed_in(Role.LEADER, "C").get(page)) == str(quarters[0])
    for role, code in ((Role.OFFICER, "C"), (Role.REVIEWER, "T"), (Role.CLERK, "T")):
        assert shown(signed_in(role, code).get(page)) == str(quarters[1])


@pytest.mark.parametrize("page", PAGES[:3])
def test_one_line_leads_to_the_other_period(county, quarters, page):
    leader, officer = signed_in(Role.LEADER, "C"), signed_in(Role.OFFICER, "C")
    response = leader.get(f"{page}?basis=submitted")
    assert f"{quarters[1].label} is being reported: 66.7% (approved 33.3%)." in text_of(response)
    assert f"{quarters[0].label} is the newest complete one." in text_of(response)
    (address,) = re.findall(r'<a href="(\?[^"]+)">[^<]+is being reported', markup_of(response))
    led = leader.get(page + address.replace("&amp;", "&"))
    assert shown(led) == str(quarters[1])
    assert 'value="submitted" selected' in markup_of(led)
    text = text_of(officer.get(page))
    assert f"{quarters[1].label} is being reported: 66.7% (approved 33.3%)." in text
    assert f"{quarters[0].label} is the newest complete one." in text


def test_an_officer_fills_the_upper_levels_table_for_what_is_in_progress(county, quarters):
    officer = a_user(Role.OFFICER, Organization.objects.get(code="C"))
    put = put_table(
        county=Organization.objects.get(code="C"), name="上级表", file_name="a.xlsx", content=a_blank_table(), by=officer,
        at=timezone.now(),
    )  # fmt: skip
    response = client_of(officer).get(f"/upper-tables/{put.kept.edition.table_id}/fill/")
    assert shown(response) == str(quarters[1])
    assert "is the newest complete one" in text_of(response)


def test_what_a_person_chose_last_is_kept_for_him_on_every_page(county, quarters):
    leader, another = signed_in(Role.LEADER, "C"), signed_in(Role.LEADER, "C")
    leader.get(f"/dashboard/?period={quarters[1]}")
    assert [shown(leader.get(page)) for page in PAGES] == [str(quarters[1])] * 4
    assert shown(another.get("/dashboard/")) == str(quarters[0])


def test_a_choice_outlives_the_session_and_is_of_one_person(county, quarters):
    """Two people at one computer."""
    one, other = (a_user(Role.LEADER, Organization.objects.get(code="C")) for _number in range(2))
    browser = client_of(one)
    browser.get(f"/dashboard/?period={quarters[1]}")
    browser.post("/logout/")
    browser.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert shown(browser.get("/dashboard/")) == str(quarters[0])
    browser.force_login(one, backend="django.contrib.auth.backends.ModelBackend")
    assert shown(browser.get("/dashboard/")) == str(quarters[1])


def test_who_chose_an_older_one_is_offered_a_newer_complete_one(county, quarters):
    leader = signed_in(Role.LEADER, "C")
    approve(county, quarters[1], VILLAGES[4:])
    approve(county, quarters[1], VILLAGES[2:4])
    leader.get(f"/dashboard/?period={quarters[0]}")
    response = leader.get("/dashboard/")
    assert shown(response) == str(quarters[0])
    assert f"{quarters[1].label} is the newest complete one." in text_of(response)


def test_whoever_reads_where_the_page_opens_anyway_is_led_on_to_the_next_one(county, quarters):
    """Following a link of the page to the very period is no choice against a later one."""
    leader = signed_in(Role.LEADER, "C")
    leader.get(f"/dashboard/?period={quarters[1]}")
    leader.get(f"/dashboard/?period={quarters[0]}")
    approve(county, quarters[1], VILLAGES[2:])
    assert shown(leader.get("/dashboard/")) == str(quarters[1])


@pytest.mark.parametrize("kept", ["2019Q1", "nonsense", "", "2026Q9", "'\"><b>"])
def test_a_kept_period_that_is_none_is_passed_over(county, quarters, kept):
    leader = a_user(Role.LEADER, Organization.objects.get(code="C"))
    client = client_of(leader)
    client.cookies[f"sessionid_period_{leader.pk}"] = kept
    assert shown(client.get("/dashboard/")) == str(quarters[0])


def test_a_leader_is_not_misled_where_nothing_is_complete(story, quarters):
    story.villages(*VILLAGES)
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", str(quarters[1]), str(quarters[3]))
    approve(story, quarters[1], VILLAGES[:2])
    text = text_of(signed_in(Role.LEADER, "C").get("/dashboard/"))
    assert f"县 · {quarters[1].label}" in text
    assert f"{quarters[1].label} is being reported: 33.3% (approved 33.3%)." in text


def test_an_empty_county_opens_on_the_present_quarter(story, quarters):
    story.villages(*VILLAGES)
    text = text_of(signed_in(Role.LEADER, "C").get("/dashboard/"))
    assert f"Nothing was asked for {quarters[2].label}" in text
    assert "is being reported" not in text


def test_progress_is_of_one_form_and_the_others_can_be_chosen(county, quarters):
    county.indicators("P,产值,元,flow,,,")
    county.form("G", "P", head="unit_categories", values="township")
    county.open("G", str(quarters[0]))
    leader = signed_in(Role.LEADER, "C")
    response = leader.get("/dashboard/")
    assert "Progress F表 · " in text_of(response)
    assert "Expected 6 Sent in 6 100.0%" in text_of(response)
    (address,) = re.findall(r'<a href="(\?[^"]+)">G表', markup_of(response))
    assert "Progress G表 · " in text_of(leader.get("/dashboard/" + address.replace("&amp;", "&")))


def test_where_several_forms_decide_each_has_its_own_rate(county, quarters):
    """Two forms of a like size; one number over both would be the rate of neither."""
    county.form("G", "A")
    county.open("G", *map(str, quarters[:2]))
    county.figures("G", *(f"{quarters[0]},{code},A,,10" for code in VILLAGES))
    county.figures("G", *(f"{quarters[1]},{code},A,,10" for code in VILLAGES[:3]))
    text = text_of(signed_in(Role.LEADER, "C").get("/dashboard/"))
    assert f"{quarters[1].label} is being reported: 66.7% (F表, approved 33.3%), 50.0% (G表, approved 50.0%)." in text
