"""Placing: all or nothing, only differences, one event per county, descendants' paths made right."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.models import Organization, Placement
from orgs.tree.placements import PlacementSpan
from orgs.tree.queries import tree_on
from orgs.tree.span_writer import Unplaceable, place
from orgs.tree.trees import path_of
from tests.factories.orgs import AT, BEGINNING, a_county, a_township, an_organization

pytestmark = pytest.mark.django_db
MOVED = date(2025, 7, 1)
DAY_BEFORE = date(2025, 6, 30)


@pytest.fixture
def county():
    return a_county()


def declare(organization: Organization, *spans: PlacementSpan) -> frozenset[int]:
    return place(declared={organization.pk: spans}, by=system_operator(), at=AT)


def rows(organization: Organization) -> list[tuple]:
    return list(
        Placement.objects.filter(organization=organization).order_by("valid_from").values_list("valid_from", "valid_to", "path")
    )


def stamp(county: Organization) -> int:
    return Organization.objects.get(pk=county.pk).tree_stamp


def test_moving_a_township_splits_the_rows_of_its_villages(county):
    east, west = a_township("E", county), a_township("W", county)
    village = an_organization("V", parent=east)
    declare(east, PlacementSpan(county.pk, BEGINNING, DAY_BEFORE), PlacementSpan(west.pk, MOVED))
    assert rows(village) == [
        (BEGINNING, DAY_BEFORE, path_of([county.pk, east.pk, village.pk])),
        (MOVED, None, path_of([county.pk, west.pk, east.pk, village.pk])),
    ]


def test_t37_a_village_stands_where_it_stood_on_each_day(county):
    east, west = a_township("E", county), a_township("W", county)
    village = an_organization("V", parent=east)
    declare(village, PlacementSpan(east.pk, BEGINNING, DAY_BEFORE), PlacementSpan(west.pk, MOVED))
    before, after = tree_on(county.pk, DAY_BEFORE), tree_on(county.pk, MOVED)
    assert [node.code for node in before.children(east.pk)] == ["V"]
    assert before.children(west.pk) == []
    assert after.children(east.pk) == []
    assert [node.code for node in after.children(west.pk)] == ["V"]


def test_t38_the_second_views_do_not_double_the_first(county):
    street = a_township("S", county)
    committee = a_township("I", county)
    firm = an_organization("F", parent=committee, district=street, line=committee)
    tree = tree_on(county.pk, MOVED)
    assert [node.id for node in tree.walk(county.pk)].count(firm.pk) == 1
    assert (tree[firm.pk].parent_id, tree[firm.pk].district_id, tree[firm.pk].line_id) == (
        committee.pk,
        street.pk,
        committee.pk,
    )


def test_declaring_the_same_again_writes_nothing(county):
    east, west = a_township("E", county), a_township("W", county)
    village = an_organization("V", parent=east)
    spans = [PlacementSpan(east.pk, BEGINNING, DAY_BEFORE), PlacementSpan(west.pk, MOVED)]
    assert declare(village, *spans) == {village.pk}
    standing = stamp(county), Event.objects.count(), list(Placement.objects.order_by("pk").values())
    assert declare(village, *spans) == frozenset()
    assert (stamp(county), Event.objects.count(), list(Placement.objects.order_by("pk").values())) == standing


def test_a_split_row_is_read_back_as_declared(county):
    east, west = a_township("E", county), a_township("W", county)
    village = an_organization("V", parent=east)
    declare(east, PlacementSpan(county.pk, BEGINNING, DAY_BEFORE), PlacementSpan(west.pk, MOVED))
    assert declare(village, PlacementSpan(east.pk, BEGINNING)) == frozenset()


def test_a_change_stamps_the_county_and_tells_old_and_new(county):
    east, west = a_township("E", county), a_township("W", county)
    before = stamp(county)
    declare(east, PlacementSpan(west.pk, BEGINNING))
    event = Event.objects.filter(kind="tree.changed").latest("sequence")
    assert stamp(county) != before
    assert (event.chain, event.subject) == (county.pk, f"county:{county.pk}")
    assert json.loads(event.data)["places"] == {
        str(east.pk): [f"2000-01-01/ under {county.pk}", f"2000-01-01/ under {west.pk}"]
    }


def test_a_county_that_is_not_touched_keeps_its_stamp(county):
    other = a_county("350002")
    before = stamp(other)
    a_township("E", county)
    assert stamp(other) == before


def test_a_fault_leaves_everything_as_it_was(county):
    east = a_township("E", county)
    village = an_organization("V", parent=east)
    standing = list(Placement.objects.order_by("pk").values())
    with pytest.raises(Unplaceable) as refused:
        declare(east, PlacementSpan(county.pk, BEGINNING, DAY_BEFORE))
    assert [(fault.organization, fault.day) for fault in refused.value.faults] == [(village.pk, MOVED)]
    assert "2025-07-01" in refused.value.sentences[0]
    assert list(Placement.objects.order_by("pk").values()) == standing


def test_a_new_organization_belongs_to_the_county_above_it():
    province = an_organization("P", name="省", unit_category="department")
    county = a_county("C", parent=province)
    village = an_organization("V", parent=county)
    assert (province.county_id, county.county_id, village.county_id) == (province.pk, county.pk, county.pk)


def test_moving_what_stands_above_counties_moves_their_paths():
    province = an_organization("P", name="省", unit_category="department")
    city = an_organization("M", name="市", parent=province, unit_category="department")
    county = a_county("C", parent=province)
    village = an_organization("V", parent=county)
    declare(county, PlacementSpan(city.pk, BEGINNING))
    assert [row[2] for row in rows(village)] == [path_of([province.pk, city.pk, county.pk, village.pk])]
    other = an_organization("N", name="区", parent=province, unit_category="department")
    declare(city, PlacementSpan(other.pk, BEGINNING))
    assert [row[2] for row in rows(village)] == [path_of([province.pk, other.pk, city.pk, county.pk, village.pk])]


def test_nothing_wanders_into_another_county(county):
    village = an_organization("V", parent=county)
    other = a_county("350002")
    with pytest.raises(ValidationError, match=r"V"):
        declare(village, PlacementSpan(other.pk, BEGINNING))


def test_one_code_is_used_once_in_a_county(county):
    an_organization("V", parent=county)
    with pytest.raises(ValidationError, match=r"V"):
        an_organization("V", parent=county)
    assert an_organization("V", parent=a_county("350002")).code == "V"
