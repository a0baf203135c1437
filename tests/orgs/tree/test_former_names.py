"""What organizations were called on a day, and what is known of renamings of before the table of former names."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from orgs.accounts.accounts import system_operator
from orgs.models import FormerName, Organization
from orgs.tree.former_names import as_called_on, former_names_of
from orgs.tree.organizations import edit_organization
from orgs.tree.restructuring import rename
from tests.factories.orgs import a_county, an_organization

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def village() -> Organization:
    return an_organization("V", parent=a_county("C"), name="甲村")


def renamed(village: Organization, name: str, on: date) -> Organization:
    rename(organization=village, name=name, on=on, by=system_operator(), at=AT)
    return Organization.objects.get(pk=village.pk)


def test_each_day_has_its_name(village):
    village = renamed(village, "乙村", date(2026, 3, 1))
    village = renamed(village, "丙村", date(2026, 6, 1))
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1))
    assert [as_called_on(village, day).name for day in days] == ["甲村", "乙村", "乙村", "丙村"]
    assert village.name == "丙村"


def test_the_name_between_two_of_one_day_is_not_kept(village):
    for name in ("乙村", "丙村"):
        village = renamed(village, name, date(2026, 3, 1))
    assert list(FormerName.objects.values_list("name", "until")) == [("甲村", date(2026, 2, 28))]


def test_a_day_before_another_renaming_is_refused(village):
    village = renamed(village, "乙村", date(2026, 3, 1))
    with pytest.raises(ValidationError, match="2026-03-01"):
        renamed(village, "丙村", date(2026, 2, 1))


def test_a_short_name_is_kept_when_it_changes_and_not_when_it_is_first_given(village):
    for short in ("甲", "乙"):
        edit_organization(organization=village, short_name=short, contact="", telephone="", by=system_operator(), at=AT)
    assert list(FormerName.objects.values_list("name", "short_name", "until")) == [("甲村", "甲", date(2026, 11, 1))]


def test_nobody_asked_for_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert former_names_of([]).on(1, date(2026, 1, 1)) is None
