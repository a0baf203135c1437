"""A person's answer about a table's head is kept once per place and form, and changed by another answer."""

import json

import pytest

from audit.models import Event
from submissions.imports.service.head_names import remember_heads
from submissions.models import HeadName
from tests.factories.indicators import make_form
from tests.factories.submissions import AT, LATER, a_place


@pytest.mark.django_db
def test_remembering():
    place, form = a_place(), make_form()
    facts = {"organization": place.township, "form": form, "by": place.clerk}
    assert remember_heads(heads={"党员": "line:A", "备用": ""}, at=AT, **facts) == 2
    assert remember_heads(heads={"党员": "line:A", "备用": ""}, at=LATER, **facts) == 0
    assert remember_heads(heads={"党员": "line:B"}, at=LATER, **facts) == 1
    assert remember_heads(heads={}, at=LATER, **facts) == 0
    assert dict(HeadName.objects.values_list("text", "means")) == {"党员": "line:B", "备用": ""}
    remembered = HeadName.objects.get(text="党员")
    assert (remembered.said_at, remembered.said_by, remembered.organization) == (LATER, place.clerk, place.township)
    events = Event.objects.filter(kind="heads.remembered").order_by("sequence")
    assert [json.loads(event.data) for event in events] == [
        {"党员": [None, "line:A"], "备用": [None, ""]},
        {"党员": ["line:A", "line:B"]},
    ]
    assert {(event.subject, event.organization_id) for event in events} == {(f"form:{form.pk}", place.township.pk)}


@pytest.mark.django_db
def test_an_answer_of_one_township_does_not_hold_for_another():
    place, form = a_place(), make_form()
    for organization, means in ((place.township, "line:A"), (place.county, "line:B")):
        remember_heads(organization=organization, form=form, heads={"党员": means}, by=place.clerk, at=AT)
    assert set(HeadName.objects.values_list("organization_id", "means")) == {
        (place.township.pk, "line:A"),
        (place.county.pk, "line:B"),
    }
