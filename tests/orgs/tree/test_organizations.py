"""An organization is made with its facts, and the few kept by hand are edited; each with its event."""

import json

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from orgs.tree.organizations import edit_organization
from tests.factories.orgs import AT, a_county, an_organization

pytestmark = pytest.mark.django_db


def edit(organization, short_name="", contact="", telephone=""):
    facts = {"short_name": short_name, "contact": contact, "telephone": telephone}
    return edit_organization(organization=organization, **facts, by=system_operator(), at=AT)


def test_a_new_organization_has_initials_and_a_county():
    county = a_county(name="青山县")
    village = an_organization("V", parent=county, name="石桥村党支部")
    assert (village.initials, village.county) == ("sqcdzb", county)
    event = Event.objects.latest("pk")
    assert (event.kind, event.chain, json.loads(event.data)["name"]) == ("organization.made", county.pk, [None, "石桥村党支部"])


def test_a_category_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        an_organization("V", unit_category="hamlet")
    assert not Organization.objects.filter(code="V").exists()


def test_editing_tells_old_and_new():
    county = a_county()
    edited = edit(county, short_name="青山", contact="王一")
    assert (edited.short_name, edited.contact, edited.telephone) == ("青山", "王一", "")
    event = Event.objects.latest("pk")
    assert (event.kind, json.loads(event.data)) == (
        "organization.edited",
        {"short_name": ["", "青山"], "contact": ["", "王一"]},
    )


def test_editing_nothing_tells_nothing():
    county = a_county()
    before = Event.objects.count()
    edit(county)
    assert Event.objects.count() == before
