"""Moves and renames by list stand in the history of the organization, once each, on their day, with their event."""

import json
from datetime import date

import pytest

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.loading.orgs import load_orgs
from orgs.models import Organization, Succession
from orgs.tree.histories import changes_of
from orgs.tree.restructuring import move
from orgs.tree.successions import successors_now
from reports.verification import CHECKS
from spreadsheets.tables import read_table
from tests.factories.orgs import AT

pytestmark = pytest.mark.django_db
HEAD = "code,name,unit_category,parent_code,valid_from,valid_to"
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)


def load(*rows, since=None, head=HEAD):
    table = read_table("\n".join([head, *rows]).encode(), "orgs.csv")
    return load_orgs(table, by=system_operator(), at=AT, since=since)


@pytest.fixture(autouse=True)
def county(settings):
    settings.LANGUAGE_CODE = "en"
    load("C,云岭县,county,,,", *(f"T{number},第{number}镇,township,C,," for number in (1, 2, 3)))
    load("V,甲村,village,T1,,", "W,乙村,village,T1,,")


def history(code="V"):
    happened = changes_of(Organization.objects.get(code=code))
    return [(change.on.isoformat(), str(change.kind), change.note) for change in happened]


def event_data(name, kind="tree.changed"):
    data = [json.loads(event.data) for event in Event.objects.filter(kind=kind).order_by("pk")]
    return [one[name] for one in data if name in one]


def pk_of(code):
    return Organization.objects.get(code=code).pk


def test_a_move_with_its_day_is_in_the_history_once():
    load("V,甲村,village,T2,2026-07-01,")
    assert history() == [("2026-07-01", "Moved", "")]
    load("V,甲村,village,T2,2026-07-01,")
    load("V,甲村,village,T2,,")
    assert history() == [("2026-07-01", "Moved", "")]
    assert history("W") == []
    assert event_data("moved") == [[[pk_of("V"), "2026-07-01"]]]


def test_from_gives_the_day_of_moves_and_of_new_names():
    load("V,新甲村,village,T2,,", "W,新乙村,village,T1,,", since=OCTOBER)
    assert history() == [("2026-10-01", "Renamed", "甲村 → 新甲村"), ("2026-10-01", "Moved", "")]
    assert history("W") == [("2026-10-01", "Renamed", "乙村 → 新乙村")]
    load("V,新甲村,village,T2,,", "W,新乙村,village,T1,,", since=OCTOBER)
    assert Succession.objects.count() == 3
    assert event_data("renamed", "organizations.loaded") == [{"V": "2026-10-01", "W": "2026-10-01"}]


def test_a_name_without_a_day_of_its_own_is_no_event_of_history():
    load("V,新甲村,village,T1,,", "W,新乙村,village,T1,2000-01-01,")
    assert (history(), history("W")) == ([], [])


def test_a_row_with_a_day_dates_the_name():
    load("V,新甲村,village,T1,2026-07-01,")
    assert history() == [("2026-07-01", "Renamed", "甲村 → 新甲村")]


def test_a_move_that_a_page_recorded_is_not_recorded_twice():
    village, other = (Organization.objects.get(code=code) for code in ("V", "T2"))
    move(organization=village, parent=other, on=JULY, by=system_operator(), at=AT, note="县委会议")
    load("V,甲村,village,T2,2026-07-01,")
    assert history() == [("2026-07-01", "Moved", "县委会议")]
    load("V,甲村,village,T3,2026-07-01,")  # the same day, to the right township
    assert history() == [("2026-07-01", "Moved", "县委会议")]


def test_a_corrected_day_moves_the_event():
    load("V,甲村,village,T2,2026-07-01,")
    load("V,甲村,village,T1,2000-01-01,2026-09-30", "V,甲村,village,T2,2026-10-01,")
    assert history() == [("2026-10-01", "Moved", "")]
    assert event_data("moved")[-1] == [[pk_of("V"), "2026-10-01"]]
    assert event_data("moves taken back") == [[[pk_of("V"), "2026-07-01"]]]
    load("V,甲村,village,T1,2026-10-01,")
    assert history() == []


def test_places_of_a_first_list_are_history_too():
    load("X,丙村,village,T1,,2025-12-31", "X,丙村,village,T2,2026-01-01,2026-06-30", "X,丙村,village,T3,2026-07-01,")
    assert [day for day, _kind, _note in history("X")] == ["2026-07-01", "2026-01-01"]


@pytest.mark.parametrize("rows", [
    ("V,甲村,village,,,2026-06-30",),  # closed
    ("V,甲村,village,T1,,2026-06-30", "V,甲村,village,T2,2026-09-01,"),  # somewhere else after a while
    ("T1,第1镇,township,C,,",),
])  # fmt: skip
def test_what_is_no_move_is_recorded_as_none(rows):
    load(*rows)
    assert not Succession.objects.exists()


def test_a_district_alone_is_no_move():
    load("V,甲村,village,T1,T2,2026-07-01", head="code,name,unit_category,parent_code,district_code,valid_from")
    assert not Succession.objects.exists()


def test_the_past_stays_with_whom_it_was_and_everything_holds():
    load("V,新甲村,village,T2,,", "T3,第3镇,township,T2,,", since=OCTOBER)
    county = Organization.objects.get(code="C")
    assert successors_now(county.pk, date(2027, 1, 1)) == {}
    assert [problem for check in CHECKS for problem in check()] == []


def test_the_longest_names_fit_the_note():
    load(f"V,{'长' * 100},village,T1,,")
    load(f"V,{'远' * 100},village,T1,2026-07-01,")
    assert history()[0][2].startswith("长")
