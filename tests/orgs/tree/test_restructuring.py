"""Closing, suspending, reopening, moving, renaming, merging, splitting: place and succession together, audited."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.choices import SuccessionKind
from orgs.models import Succession
from orgs.tree import restructuring
from orgs.tree.queries import placement_on
from orgs.tree.spans import spans_of
from tests.factories.orgs import AT, BEGINNING, a_county, a_township, an_organization

pytestmark = pytest.mark.django_db
Q1, Q2, Q3, Q4 = date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)
JULY = date(2025, 7, 1)


@pytest.fixture
def county():
    return a_county()


def doing(act, **kwargs):
    return act(**kwargs, by=system_operator(), at=AT)


def placed(organization, *days) -> list[bool]:
    return [placement_on(organization.pk, day) is not None for day in days]


def ends(succession) -> list[tuple]:
    return [(end.organization.code, end.is_predecessor, end.share) for end in succession.ends.order_by("pk")]


def last_event() -> Event:
    return Event.objects.latest("pk")


def test_t30_a_closed_village_has_no_place_from_the_day_on(county):
    village = an_organization("V", parent=county)
    doing(restructuring.close, organization=village, on=JULY, note="撤并")
    assert placed(village, Q1, Q2, Q3, Q4) == [True, True, False, False]
    succession = Succession.objects.get()
    assert (succession.kind, succession.on, succession.note, ends(succession)) == (
        SuccessionKind.CLOSE,
        JULY,
        "撤并",
        [("V", True, None)],
    )
    assert (last_event().kind, last_event().organization_id) == ("organization.closed", village.pk)


def test_t32_a_suspended_village_comes_back(county):
    village = an_organization("V", parent=county, valid_from=date(2024, 1, 1))
    doing(restructuring.suspend, organization=village, on=date(2025, 1, 1))
    doing(restructuring.reopen, organization=village, on=JULY)
    assert placed(village, date(2024, 12, 31), Q1, Q2, Q3, Q4) == [True, False, False, True, True]


def test_t33_a_village_opened_in_the_quarter_is_there_at_its_end_only(county):
    village = doing(restructuring.open_organization, code="V", name="新村", parent=county, on=date(2025, 5, 20))
    assert placed(village, Q1, date(2025, 4, 1), Q2) == [False, False, True]
    assert Succession.objects.get().kind == SuccessionKind.OPEN


def test_closing_what_has_something_below_is_refused(county):
    township = a_township("T", county)
    an_organization("V", parent=township)
    with pytest.raises(ValidationError, match="2025-07-01"):
        doing(restructuring.close, organization=township, on=JULY)
    assert placed(township, Q4) == [True]
    assert not Succession.objects.exists()


def test_closing_twice_is_refused(county):
    village = an_organization("V", parent=county)
    doing(restructuring.close, organization=village, on=JULY)
    with pytest.raises(ValidationError):
        doing(restructuring.close, organization=village, on=JULY)


def test_reopening_what_is_open_is_refused(county):
    village = an_organization("V", parent=county)
    with pytest.raises(ValidationError):
        doing(restructuring.reopen, organization=village, on=JULY)


def test_reopening_elsewhere(county):
    township = a_township("T", county)
    village = an_organization("V", parent=county, valid_to=Q1)
    doing(restructuring.reopen, organization=village, on=JULY, parent=township)
    assert [span.parent for span in spans_of([village.pk])[village.pk]] == [county.pk, township.pk]


def test_moving_keeps_the_past_and_what_comes_later(county):
    east, west = a_township("E", county), a_township("W", county)
    village = an_organization("V", parent=east)
    doing(restructuring.suspend, organization=village, on=date(2026, 1, 1))
    doing(restructuring.reopen, organization=village, on=date(2026, 7, 1))
    doing(restructuring.move, organization=village, parent=west, on=JULY)
    spans = spans_of([village.pk])[village.pk]
    assert [(span.parent, span.valid_from, span.valid_to) for span in spans] == [
        (east.pk, BEGINNING, Q2),
        (west.pk, JULY, Q4),
        (east.pk, date(2026, 7, 1), None),
    ]
    assert last_event().kind == "organization.moved"


def test_moving_to_where_it_stands_is_refused(county):
    village = an_organization("V", parent=county)
    with pytest.raises(ValidationError):
        doing(restructuring.move, organization=village, parent=county, on=JULY)


def test_renaming_keeps_the_old_name_in_the_note(county):
    village = an_organization("V", parent=county, name="石桥村")
    doing(restructuring.rename, organization=village, name="白沙村", on=JULY)
    village.refresh_from_db()
    assert (village.name, village.initials) == ("白沙村", "bsc")
    assert Succession.objects.get().note == "石桥村 → 白沙村"
    village.name = "x"  # what the caller holds does not matter
    with pytest.raises(ValidationError):
        doing(restructuring.rename, organization=village, name="x", on=JULY)


def test_t34_merging_closes_the_old_and_names_the_new(county):
    first, second = an_organization("V1", parent=county), an_organization("V2", parent=county)
    new = an_organization("V9", parent=county, valid_from=date(2025, 4, 1))
    doing(restructuring.merge, predecessors=[first, second], successor=new, on=date(2025, 4, 1))
    assert placed(first, Q1, Q2) == [True, False]
    assert placed(new, Q1, Q2) == [False, True]
    assert ends(Succession.objects.get()) == [("V1", True, None), ("V2", True, None), ("V9", False, Decimal(1))]
    assert last_event().kind == "organization.merged"


def test_merging_into_one_of_them_keeps_that_one(county):
    first, second = an_organization("V1", parent=county), an_organization("V2", parent=county)
    doing(restructuring.merge, predecessors=[first, second], successor=second, on=JULY)
    assert (placed(first, Q3), placed(second, Q3)) == ([False], [True])


def test_merging_into_what_is_not_there_is_refused(county):
    first, gone = an_organization("V1", parent=county), an_organization("V2", parent=county, valid_to=Q1)
    with pytest.raises(ValidationError):
        doing(restructuring.merge, predecessors=[first], successor=gone, on=JULY)
    assert placed(first, Q4) == [True]


def test_merging_across_counties_is_refused(county):
    here, there = an_organization("V1", parent=county), an_organization("V1", parent=a_county("350002"))
    with pytest.raises(ValidationError):
        doing(restructuring.merge, predecessors=[here], successor=there, on=JULY)
    assert placed(here, Q4) == [True]


def test_t36_splitting_records_the_shares(county):
    old = an_organization("V", parent=county)
    parts = {an_organization("VA", parent=county): Decimal("0.6"), an_organization("VB", parent=county): Decimal("0.4")}
    doing(restructuring.split, predecessor=old, successors=parts, on=JULY)
    assert placed(old, Q2, Q3) == [True, False]
    assert ends(Succession.objects.get()) == [("V", True, None), ("VA", False, Decimal("0.6")), ("VB", False, Decimal("0.4"))]


def test_what_splits_something_off_goes_on(county):
    old, new = an_organization("V", parent=county), an_organization("VA", parent=county)
    doing(restructuring.split, predecessor=old, successors={old: None, new: None}, on=JULY)
    assert placed(old, Q3) == [True]


@pytest.mark.parametrize(
    "shares", [(), (Decimal("0.6"), Decimal("0.5")), (Decimal("0.6"), None), (Decimal(2), Decimal(-1))], ids=str
)
def test_shares_that_do_not_divide_are_refused(county, shares):
    old = an_organization("V", parent=county)
    parts = {an_organization(f"V{number}", parent=county): share for number, share in enumerate(shares)}
    with pytest.raises(ValidationError):
        doing(restructuring.split, predecessor=old, successors=parts, on=JULY)
    assert placed(old, Q4) == [True]
