"""The rules of a form are added, changed and taken away, each with its audit row; what is no rule is refused at its expression."""

import json

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from indicators.catalogue.check_actions import add_check, change_check, remove_check
from indicators.models import Check
from orgs.accounts.accounts import system_operator
from tests.factories.indicators import AT, make_check, make_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return system_operator()


@pytest.fixture
def form():
    return make_form(codes=("A", "B"))


def event_data(kind):
    return json.loads(Event.objects.get(kind=kind).data)


def test_added_at_the_end(form, by):
    make_check(form, "{B} <= {A}")
    check = add_check(form=form, expression="{A} <= {B}", severity="verify", message="甲不大于乙", by=by, at=AT)
    assert check.position == 1
    assert event_data("check.added") == {
        "expression": [None, "{A} <= {B}"],
        "severity": [None, "verify"],
        "message": [None, "甲不大于乙"],
    }


@pytest.mark.parametrize("expression", ["{A} <=", "{A} + {B}", "{A} <= {Z}", "{B}<={A}"])
def test_what_is_no_rule_or_a_double_is_refused(form, by, expression):
    make_check(form, "{B} <= {A}")
    with pytest.raises(ValidationError) as refusal:
        add_check(form=form, expression=expression, severity="verify", message="", by=by, at=AT)
    assert list(refusal.value.message_dict) == ["expression"]
    assert Check.objects.count() == 1


def test_changed_from_old_to_new(form, by):
    check = make_check(form, "{A} <= {B}")
    change_check(check=check, expression="{A} < {B}", severity="mandatory", message="", by=by, at=AT)
    assert event_data("check.changed") == {"expression": ["{A} <= {B}", "{A} < {B}"]}
    change_check(check=check, expression="{A} < {B}", severity="mandatory", message="", by=by, at=AT)
    assert Event.objects.filter(kind="check.changed").count() == 1


def test_a_rule_may_be_spelled_anew_but_not_become_another(form, by):
    check = make_check(form, "{A} <= {B}")
    make_check(form, "{B} <= {A}")
    assert change_check(check=check, expression="{A}<={B}", severity="hint", message="", by=by, at=AT).severity == "hint"
    with pytest.raises(ValidationError):
        change_check(check=check, expression="{B}<={A}", severity="hint", message="", by=by, at=AT)


def test_removed(form, by):
    check = make_check(form, "{A} <= {B}", "hint", "甲")
    remove_check(check=check, by=by, at=AT)
    assert Check.objects.count() == 0
    assert event_data("check.removed") == {
        "expression": ["{A} <= {B}", None],
        "severity": ["hint", None],
        "message": ["甲", None],
    }
