"""Laying out a form: head, lines and their places, each act with its audit row, nothing written where nothing changed."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from indicators.catalogue.form_actions import change_form, make_form
from indicators.catalogue.line_actions import Arranged, add_lines, arrange_lines
from indicators.catalogue.switches import switch
from indicators.models import Form, FormLine, Indicator
from orgs.accounts.accounts import system_operator
from tests.factories.indicators import AT, make_indicator
from tests.factories.indicators import make_form as stored_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return system_operator()


def event_data(kind):
    """The data of the only event of a kind."""
    return json.loads(Event.objects.get(kind=kind).data)


def codes(form):
    return list(FormLine.objects.filter(form=form).order_by("position").values_list("indicator__code", flat=True))


def arrange(form, by, **wanted):
    """`A=1` moves; `A=None` removes; others stay as they are."""
    lines = {line.indicator.code: line for line in FormLine.objects.filter(form=form).select_related("indicator")}
    arranged = [
        Arranged(lines[code].pk, place or 0, lines[code].section, lines[code].is_required, (), is_removed=place is None)
        for code, place in wanted.items()
    ]
    return arrange_lines(form=form, arranged=arranged, by=by, at=AT)


def test_a_form_is_made_last_in_the_list(by):
    stored_form("季01表", sort_order=7)
    form = make_form(code="季02表", title="基层表", frequency="quarter", valid_until=date(2027, 12, 31), by=by, at=AT)
    assert (form.sort_order, form.title) == (8, "基层表")
    assert event_data("form.made")["title"] == [None, "基层表"]


def test_a_number_that_is_taken_is_refused(by):
    stored_form("季01表")
    with pytest.raises(ValidationError):
        make_form(code="季01表", title="基层表", frequency="quarter", by=by, at=AT)
    assert Form.objects.count() == 1
    assert not Event.objects.filter(kind="form.made").exists()


def test_a_head_is_changed_and_says_old_and_new(by):
    form = stored_form("季01表", issuer="县委组织部")
    change_form(form=form, issuer="区委组织部", title=form.title, by=by, at=AT)
    assert event_data("form.changed") == {"issuer": ["县委组织部", "区委组织部"]}
    change_form(form=form, issuer="区委组织部", by=by, at=AT)
    assert Event.objects.filter(kind="form.changed").count() == 1
    with pytest.raises(ValidationError):
        change_form(form=form, frequency="daily", by=by, at=AT)


def test_lines_are_added_at_the_end_once_and_switched_on(by):
    form = stored_form(codes=("A", "B"))
    off = make_indicator("C", is_enabled=False)
    known = Indicator.objects.get(code="A")
    assert len(add_lines(form=form, indicators=[known, off], section="二", by=by, at=AT)) == 1
    assert codes(form) == ["A", "B", "C"]
    assert Indicator.objects.get(code="C").is_enabled
    assert event_data("form.lines_added") == {"C": [None, "二"]}
    assert event_data("indicator.switched") == {"is_enabled": [False, True]}
    assert add_lines(form=form, indicators=[off], section="", by=by, at=AT) == []
    assert Event.objects.filter(kind="form.lines_added").count() == 1


@pytest.mark.parametrize(
    ("wanted", "after"),
    [
        ({"D": 1}, ["D", "A", "B", "C"]),
        ({"D": 2}, ["A", "D", "B", "C"]),
        ({"A": 3}, ["B", "C", "A", "D"]),
        ({"A": 4}, ["B", "C", "D", "A"]),
        ({"A": 99}, ["B", "C", "D", "A"]),
        ({"A": 4, "B": 3, "C": 2, "D": 1}, ["D", "C", "B", "A"]),
        ({"A": 2, "B": 1}, ["B", "A", "C", "D"]),
        ({"B": None}, ["A", "C", "D"]),
        ({"A": None, "D": 1}, ["D", "B", "C"]),
    ],
)
def test_lines_move_and_go(by, wanted, after):
    form = stored_form(codes=("A", "B", "C", "D"))
    assert arrange(form, by, **wanted)
    assert codes(form) == after
    assert list(FormLine.objects.order_by("position").values_list("position", flat=True)) == list(range(1, len(after) + 1))


def test_a_line_is_headed_required_and_restricted(by):
    form = stored_form(codes=("A", "B"))
    line = FormLine.objects.get(indicator__code="A")
    arrange_lines(form=form, arranged=[Arranged(line.pk, 1, "一、组建", True, ("village",))], by=by, at=AT)
    line.refresh_from_db()
    assert (line.section, line.is_required, line.unit_categories) == ("一、组建", True, ("village",))
    assert event_data("form.lines_arranged") == {
        "A.section": ["", "一、组建"],
        "A.is_required": [False, True],
        "A.unit_categories": ["", "village"],
    }


def test_nothing_changed_writes_nothing(by):
    form = stored_form(codes=("A", "B"))
    assert not arrange(form, by, A=1, B=2)
    assert not Event.objects.filter(kind="form.lines_arranged").exists()


def test_a_line_of_another_form_is_left_alone(by):
    form, other = stored_form("S", ("A",)), stored_form("T", ("B",))
    line = FormLine.objects.get(form=other)
    assert not arrange_lines(form=form, arranged=[Arranged(line.pk, 1, "", False, "", is_removed=True)], by=by, at=AT)
    assert codes(other) == ["B"]


def test_an_indicator_on_a_form_cannot_be_switched_off(by):
    stored_form("季01表", ("A",))
    with pytest.raises(ValidationError, match="季01表"):
        switch(indicator=Indicator.objects.get(code="A"), is_enabled=False, by=by, at=AT)
    free = make_indicator("B")
    assert switch(indicator=free, is_enabled=False, by=by, at=AT)
    assert not switch(indicator=free, is_enabled=False, by=by, at=AT)
    assert event_data("indicator.switched") == {"is_enabled": [True, False]}
