"""Organizations from a table: made, changed, placed over time, recorded once; a second load changes nothing."""

import json
from datetime import date

import pytest

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.loading.orgs import load_orgs
from orgs.models import Organization, Placement
from orgs.tree.queries import placement_on, tree_on
from orgs.tree.spans import spans_of
from spreadsheets.tables import read_table
from tests.factories.orgs import AT

pytestmark = pytest.mark.django_db
HEAD = "code,name,unit_category,parent_code,valid_from,valid_to\n"
COUNTY = """C,青山县,county,,,
T1,青山镇,township,C,,
T2,白沙镇,township,C,,
"""
MOVED = """V,石桥村,village,T1,,2025-06-30
V,石桥村,village,T2,2025-07-01,
"""


def load(text: str):
    return load_orgs(read_table(text.encode(), "orgs.csv"), by=system_operator(), at=AT)


def counts(loaded) -> tuple[int, int, int]:
    return loaded.added, loaded.changed, loaded.unchanged


def org(code: str) -> Organization:
    return Organization.objects.get(code=code)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Organization, Placement, Event)]


def test_a_file_is_loaded():
    assert counts(load(HEAD + COUNTY + MOVED)) == (4, 0, 0)
    village = org("V")
    assert (village.name, village.initials, village.unit_category, village.org_type) == ("石桥村", "sqc", "village", "branch")
    assert {found.county_id for found in Organization.objects.all()} == {org("C").pk}
    assert placement_on(village.pk, date(2025, 6, 30)).parent == org("T1")
    assert placement_on(village.pk, date(2025, 7, 1)).parent == org("T2")
    assert spans_of([org("T1").pk])[org("T1").pk][0].valid_from == date(2000, 1, 1)


def test_loading_again_changes_nothing_and_tells_nothing():
    load(HEAD + COUNTY + MOVED)
    before = everything()
    assert counts(load(HEAD + COUNTY + MOVED)) == (0, 0, 4)
    assert everything() == before


@pytest.mark.parametrize(
    ("category", "org_type"),
    [("county", "committee"), ("street", "working_committee"), ("village", "branch"), ("", "branch")],
)
def test_a_type_that_is_not_stated_is_the_usual_one(category, org_type):
    load(HEAD + "C,县,county,,,\n")
    load(f"code,name,unit_category,parent_code\nA,甲,{category},{'' if category == 'county' else 'C'}\n")
    assert org("A").org_type == org_type


def test_all_columns():
    load(
        "telephone,contact,sort_order,is_new_form,is_functional,line_code,district_code,org_type,short_name,name,code,unit_category\n"
        ",,,,,,,committee,青山,青山县,C,county\n"
    )
    load(
        "code,name,short_name,org_type,unit_category,parent_code,district_code,line_code,valid_from,valid_to,is_functional,"
        "is_new_form,sort_order,contact,telephone\n"
        "S,东街,,working_committee,street,C,,,,,0,0,3,,\n"
        "F,顺达快递,顺达,joint_branch,private_enterprise,C,S,C,2024-01-01,2026-12-31,1,是,7,李二,0516-1234\n"
    )
    firm = org("F")
    assert (firm.short_name, firm.org_type, firm.is_functional, firm.is_new_form) == ("顺达", "joint_branch", True, True)
    assert (firm.sort_order, firm.contact, firm.telephone) == (7, "李二", "0516-1234")
    place = firm.placements.get()
    assert (place.district, place.line, place.valid_to) == (org("S"), org("C"), date(2026, 12, 31))
    assert org("C").short_name == "青山"


def test_the_order_of_the_file_is_the_order_of_the_county():
    load(HEAD + "C,县,county,,,\nB,乙,village,C,,\nA,甲,village,C,,\n")
    load(HEAD + "A0,丙,village,C,,\n")
    tree = tree_on(org("C").pk, date(2025, 1, 1))
    assert [node.code for node in tree.children(org("C").pk)] == ["B", "A", "A0"]
    load(HEAD + "C,县,county,,,\nA,甲,village,C,,\nB,乙,village,C,,\n")
    assert (org("B").sort_order, org("A").sort_order) == (2, 3)


def test_an_omitted_organization_is_left_alone():
    load(HEAD + COUNTY + MOVED)
    assert counts(load(HEAD + "T3,新镇,township,C,,\n")) == (1, 0, 0)
    assert org("V").placements.count() == 2


def test_a_place_holds_from_the_day_of_its_row_and_what_was_before_stays():
    load(HEAD + COUNTY + MOVED)
    assert counts(load(HEAD + "V,石桥村,village,T1,2026-01-01,\n")) == (0, 1, 0)
    assert [(str(span.valid_from), span.parent) for span in spans_of([org("V").pk])[org("V").pk]] == [
        ("2000-01-01", org("T1").pk), ("2025-07-01", org("T2").pk), ("2026-01-01", org("T1").pk),
    ]  # fmt: skip


def test_facts_change_and_an_empty_cell_says_nothing():
    load(HEAD.strip() + ",contact\nC,县,county,,,,王一\n")
    assert counts(load(HEAD.strip() + ",contact\nC,青山县,,,,,\n")) == (0, 1, 0)
    county = org("C")
    assert (county.name, county.initials, county.unit_category, county.contact) == ("青山县", "qsx", "county", "王一")
    event = Event.objects.filter(kind="organizations.loaded").latest("pk")
    assert json.loads(event.data)["changed"] == {"C": {"initials": ["x", "qsx"], "name": ["县", "青山县"]}}


def test_one_event_tells_of_all_that_is_new():
    load(HEAD + COUNTY)
    event = Event.objects.get(kind="organizations.loaded")
    assert (event.chain, json.loads(event.data)) == (org("C").pk, {"added": ["C", "T1", "T2"], "changed": {}})


def test_two_counties_in_two_files():
    load(HEAD + COUNTY)
    load(HEAD + "D,东山县,county,,,\nD1,东山镇,township,D,,\n")
    assert org("D1").county == org("D")
    assert org("T1").county == org("C")


def test_two_counties_may_use_one_code():
    load(HEAD + "C,甲县,county,,,\nV,新村,village,C,,\n")
    load(HEAD + "D,乙县,county,,,\nV,新村,village,D,,\n")
    assert sorted(found.county.code for found in Organization.objects.filter(code="V")) == ["C", "D"]
    assert counts(load(HEAD + "D,乙县,county,,,\nV,新村,village,D,,\n")) == (0, 0, 2)


def test_counties_below_a_province():
    text = HEAD + "P,省,other,,,\nC,甲县,county,P,,\nD,乙县,county,P,,\nV,甲村,village,C,,\nW,乙村,village,D,,\n"
    assert counts(load(text)) == (5, 0, 0)
    assert [org(code).county.code for code in "PCDVW"] == ["P", "C", "D", "C", "D"]
    assert counts(load(text)) == (0, 0, 5)
    load(HEAD + "X,甲二村,village,C,,\n")
    assert (org("X").county.code, len(org("X").placements.get().path)) == ("C", 24)


def test_a_province_is_put_above_a_county_that_was_there():
    load(HEAD + "C,甲县,county,,,\nV,甲村,village,C,,\n")
    assert counts(load(HEAD + "P,省,other,,,\nC,甲县,county,P,,\n")) == (1, 1, 0)
    assert (org("C").county.code, org("V").county.code) == ("C", "C")
    assert len(org("V").placements.get().path) == 24


def test_a_byte_order_mark_is_no_part_of_a_column():
    assert counts(load("\ufeff" + HEAD + COUNTY)) == (3, 0, 0)


@pytest.mark.parametrize("villages", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(villages, django_assert_num_queries):
    text = HEAD + COUNTY + "".join(f"V{number},村{number},village,T1,,\n" for number in range(villages))
    table = read_table(text.encode(), "orgs.csv")
    operator = system_operator()
    with django_assert_num_queries(27):
        load_orgs(table, by=operator, at=AT)
