"""Opening a task: the ledger, the frozen layout, and doing it again."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from indicators.models import FormLine
from indicators.periods import read_period
from orgs.models import Organization
from submissions.choices import State
from submissions.core.refusals import ActRefused
from submissions.models import ChangeMark, Submission, Task
from submissions.tasks.opening import open_task
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_county, a_township, an_organization
from tests.factories.submissions import AT, DUE, a_place, a_task, fill, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place()


def test_opening_writes_the_ledger_and_the_marks(place):
    task = a_task(place.county)
    rows = set(task.submissions.values_list("organization_id", "unit_category", "state"))
    assert rows == {(place.village.pk, "village", "blank"), (place.other_village.pk, "village", "blank")}
    marks = set(ChangeMark.objects.values_list("organization_id", flat=True))
    assert marks == {place.county.pk, place.township.pk}
    assert [line.key for line in task.layout.lines] == ["A", "B"]
    data = json.loads(Event.objects.get(kind="task.opened").data)
    assert data["expected"] == [None, 2]


def test_units_may_fill_from_the_opening_or_the_periods_first_day(place):
    assert a_task(place.county).opens_on == date(2026, 7, 1)
    ahead = a_task(place.county, period="2026Q4", due_on=date(2027, 1, 10))
    assert ahead.opens_on == date(2026, 10, 1)
    far_ahead = a_task(place.county, period="2027Q1", due_on=date(2027, 4, 10))
    assert far_ahead.opens_on == AT.date()


def test_doing_it_again_adds_who_came_later_and_keeps_the_rest(place):
    task = a_task(place.county)
    started = submission_of(task, place.village)
    fill(started, {"A": 3}, by=place.clerk)
    newcomer = an_organization("3501000103", parent=place.township, valid_from=date(2026, 9, 1))
    again = a_task(place.county)
    assert again.pk == task.pk
    assert set(again.submissions.values_list("organization_id", flat=True)) == {
        place.village.pk, place.other_village.pk, newcomer.pk,
    }  # fmt: skip
    assert submission_of(again, place.village).state == State.DRAFT
    assert Task.objects.count() == 1


def test_the_layout_is_renewed_only_while_nobody_has_started(place):
    form = make_form("季02表", ("A",))
    task = a_task(place.county, form)
    FormLine.objects.create(form=form, indicator=make_indicator("B"), position=2)
    assert [line.key for line in a_task(place.county, form).layout.lines] == ["A", "B"]
    fill(submission_of(task, place.village), {"A": 3}, by=place.clerk)
    FormLine.objects.create(form=form, indicator=make_indicator("C"), position=3)
    a_task(place.county, form)
    assert [line.key for line in Task.objects.get(pk=task.pk).layout.lines] == ["A", "B"]


def test_a_unit_that_left_before_it_started_is_no_longer_waited_for(place):
    task = a_task(place.county)
    place.other_village.placements.update(valid_to=date(2026, 9, 29))
    a_task(place.county)
    assert list(task.submissions.values_list("organization_id", flat=True)) == [place.village.pk]


def test_only_a_branch(place):
    neighbour = a_township("35010002", place.county)
    an_organization("3501000201", parent=neighbour)
    task = a_task(place.county, within=neighbour)
    assert task.submissions.count() == 1
    a_task(place.county, within=place.township)
    assert task.submissions.count() == 3


@pytest.mark.parametrize(("period", "form", "word"), [
    ("2026-09", {}, "2026-09"),
    ("2026Q3", {"valid_until": date(2026, 9, 29)}, "2026-09-29"),
])  # fmt: skip
def test_what_the_form_does_not_ask_is_refused_with_the_reason(place, period, form, word):
    with pytest.raises(ActRefused) as refusal:
        open_task(
            form=make_form("旧表", ("A",), **form),
            county=place.county,
            period=read_period(period),
            due_on=DUE,
            by=place.officer,
            at=AT,
        )
    assert word in refusal.value.sentence
    assert not Task.objects.exists()


@pytest.mark.parametrize("dates", [
    {"opens_on": date(2026, 10, 11)}, {"closes_on": date(2026, 10, 9)},
])  # fmt: skip
def test_impossible_dates_are_refused(place, dates):
    with pytest.raises(ActRefused):
        a_task(place.county, **dates)


def _open(*arguments, **options) -> str:
    out = io.StringIO()
    call_command("open_task", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_prints_how_many(place):
    make_form()
    assert _open("季01表", "2026Q3", due="2026-10-10").split()[-2:] == ["2", "expected."]
    assert Submission.objects.count() == 2
    assert "2" in _open("季01表", "2026Q3", due="2026-10-10", org=place.township.code)


def test_of_several_counties_the_command_asks_which(place):
    second = a_county("350900")
    an_organization("35090001", parent=second)
    make_form()
    with pytest.raises(CommandError, match="--org") as error:
        _open("季01表", "2026Q3", due="2026-10-10")
    assert all(f"{county.code} {county.name}" in str(error.value) for county in (place.county, second))
    assert not Task.objects.exists()
    assert "350900: 1 expected." in _open("季01表", "2026Q3", due="2026-10-10", org="350900")
    assert set(Task.objects.values_list("county_id", flat=True)) == {second.pk}


def test_every_county_is_asked_by_the_code_of_what_stands_above_them(db):
    prefecture = Organization.objects.get(pk=an_organization("350000", unit_category="other").pk)
    for code in ("350800", "350900"):
        an_organization(f"{code}01", parent=a_county(code, parent=prefecture))
    make_form()
    with pytest.raises(CommandError, match=r"350800.*350900"):
        _open("季01表", "2026Q3", due="2026-10-10")
    lines = _open("季01表", "2026Q3", due="2026-10-10", org="350000").splitlines()
    assert [line.split()[2] for line in lines] == ["350800:", "350900:"]


@pytest.mark.parametrize(("arguments", "due", "word"), [
    (("没有", "2026Q3"), "2026-10-10", "没有"),
    (("季01表", "2026Q5"), "2026-10-10", "2026Q5"),
    (("季01表", "2026-09"), "2026-10-10", "2026-09"),
    (("季01表", "2026Q3"), "10.10.2026", "10.10.2026"),
])  # fmt: skip
def test_the_command_says_what_is_wrong(place, arguments, due, word):
    make_form()
    with pytest.raises(CommandError) as error:
        _open(*arguments, due=due)
    assert word in str(error.value)
    assert not Task.objects.exists()


def test_a_prefecture_above_counties_is_not_asked_itself():
    prefecture = Organization.objects.get(pk=an_organization("350000", unit_category="other").pk)
    county = a_county("350800", parent=prefecture)
    village = an_organization("35080001", parent=county)
    make_form()
    _open("季01表", "2026Q3", due="2026-10-10")
    assert list(Submission.objects.values_list("organization_id", flat=True)) == [village.pk]
