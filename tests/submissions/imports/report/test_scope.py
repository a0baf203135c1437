"""Who takes files in, and for which units: by posts as clerk at the unit or above it, in one query for all."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from submissions.imports.report.scope import operator_scope, scope_of
from tests.factories.orgs import a_post, a_user, an_organization
from tests.factories.submissions import AT, a_place

DAY = AT.date()
OWN, ON_BEHALF = False, True


@pytest.fixture
def place(db):
    return a_place()


def test_a_clerk_fills_in_his_unit_and_those_below_on_behalf(place):
    units = [place.county.pk, place.township.pk, place.village.pk, place.other_village.pk]
    clerk = a_user(Role.CLERK, place.township)
    assert scope_of(clerk, DAY).units(units) == {
        place.township.pk: OWN, place.village.pk: ON_BEHALF, place.other_village.pk: ON_BEHALF
    }  # fmt: skip
    assert scope_of(place.clerk, DAY).units(units) == {place.village.pk: OWN}


def test_his_own_unit_is_his_own_whatever_he_is_above(place):
    a_post(place.clerk, Role.CLERK, place.county)
    assert scope_of(place.clerk, DAY).units([place.village.pk, place.other_village.pk]) == {
        place.village.pk: OWN, place.other_village.pk: ON_BEHALF
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OFFICER, Role.LEADER, Role.SYSTEM_ADMIN])
def test_other_posts_fill_in_nothing(place, role):
    assert scope_of(a_user(role, place.county), DAY).units([place.village.pk]) == {}


def test_a_post_that_begins_later_is_none_yet(place):
    clerk = a_user(Role.CLERK, place.village, since=date(2027, 1, 1))
    assert scope_of(clerk, DAY).units([place.village.pk]) == {}


def test_a_closed_unit_is_filled_in_from_where_it_stood_last(place):
    closed = an_organization("3501000109", parent=place.township, valid_to=date(2025, 6, 30))
    assert scope_of(a_user(Role.CLERK, place.township), DAY).units([closed.pk]) == {closed.pk: ON_BEHALF}


def test_the_operator_fills_in_everything_on_behalf(place):
    elsewhere = a_place("350200")
    scope = operator_scope(system_operator(), DAY)
    assert scope.units([place.village.pk, elsewhere.village.pk]) == {
        place.village.pk: ON_BEHALF,
        elsewhere.village.pk: ON_BEHALF,
    }


def test_one_query_for_many_units(place):
    scope = scope_of(a_user(Role.CLERK, place.township), DAY)
    more = [an_organization(f"35010001{number}", parent=place.township).pk for number in range(20, 25)]
    with CaptureQueriesContext(connection) as captured:
        assert len(scope.units([place.village.pk, *more])) == 6
    assert len(captured) == 1
