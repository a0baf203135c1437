"""Last period's tasks are opened again in one act, with days as long after the period, all or none."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.periods import read_period
from submissions.core.refusals import ActRefused
from submissions.models import Task
from submissions.tasks.renewal import days_after, renew_tasks, renewals_of
from tests.factories.indicators import make_form
from tests.factories.orgs import a_township, an_organization
from tests.factories.submissions import AT, a_task, declare_working

pytestmark = pytest.mark.django_db
Q4 = read_period("2026Q4")


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize(
    ("old", "due_on", "new", "wanted"),
    [
        ("2026Q3", "2026-10-10", "2026Q4", "2027-01-10"),
        ("2026Q1", "2026-04-10", "2026Q2", "2026-07-10"),
        ("2025Q4", "2026-01-08", "2026Q1", "2026-04-08"),
        ("2026Q3", "2026-09-25", "2026Q4", "2026-12-25"),  # before the period ends
        ("2026Q4", "2027-01-31", "2027Q1", "2027-04-30"),  # a shorter month
        ("2026Q2", "2026-09-30", "2026Q3", "2026-12-30"),
        ("2026-09", "2026-10-05", "2026-10", "2026-11-05"),
        ("2026-12", "2027-01-31", "2027-01", "2027-02-28"),
        ("2026H1", "2026-07-15", "2026H2", "2027-01-15"),
        ("2025", "2026-02-01", "2026", "2027-02-01"),
        ("2026W37", "2026-09-15", "2026W38", "2026-09-22"),
    ],
)
def test_as_long_after_the_period(old, due_on, new, wanted):
    task = Task(period=read_period(old), due_on=date.fromisoformat(due_on))
    found = days_after(task, read_period(new))
    assert found["due_on"].isoformat() == wanted
    assert found["closes_on"] is None


def test_the_day_as_it_was_asked_for_goes_on_not_the_moved_one():
    task = Task(period=read_period("2025Q3"), due_stated_on=date(2025, 10, 5), due_on=date(2025, 10, 9))
    assert days_after(task, read_period("2025Q4"))["due_on"] == date(2026, 1, 5)


def test_every_task_of_the_period_before_with_whom_it_would_ask(place):
    first, second = a_task(place.county), a_task(place.county, make_form("季02表", ("A",)))
    found = renewals_of(place.county, Q4)
    assert [one.plan.expected for one in found] == [2, 2]
    days = {one.task.form: one.days for one in found}
    opened = renew_tasks(county=place.county, period=Q4, days=days, by=place.officer, at=AT)
    assert {task.form for task in opened} == {first.form, second.form}
    assert {task.due_stated_on or task.due_on for task in opened} == {date(2027, 1, 10)}
    assert [one.why_not for one in renewals_of(place.county, Q4)] == ["It is open already for Fourth quarter of 2026."] * 2


def test_all_or_none(place):
    a_task(place.county)
    days = {one.task.form: one.days for one in renewals_of(place.county, Q4)}
    monthly = make_form("月01表", ("A",), frequency="month")
    with pytest.raises(ActRefused, match="Nothing was opened"):
        renew_tasks(
            county=place.county, period=Q4, days=days | {monthly: {"due_on": date(2027, 1, 10)}}, by=place.officer, at=AT
        )
    assert not Task.objects.filter(period=Q4).exists()


def test_nothing_ticked_is_refused(place):
    with pytest.raises(ActRefused, match="Tick"):
        renew_tasks(county=place.county, period=Q4, days={}, by=place.officer, at=AT)


def test_an_expired_form_is_named_and_not_opened(place):
    form = make_form("季03表", ("A",), valid_until=date(2026, 10, 31))
    a_task(place.county, form)
    (one,) = renewals_of(place.county, Q4)
    assert one.plan is None
    assert "2026-10-31" in one.why_not


def test_a_township_is_left_out(place):
    second = a_township("35010002", place.county)
    an_organization("3501000201", parent=second)
    a_task(place.county)
    (one,) = renewals_of(place.county, Q4, left_out=[second])
    assert one.plan.expected == 2
    assert one.plan.left_out == (second.name,)


def test_the_page_asks_and_then_opens_what_is_ticked(place, signed):
    first, second = a_task(place.county), a_task(place.county, make_form("季02表", ("A",)))
    client, address = signed(place.officer), reverse("submissions:task_renew")
    shown = client.get(address)
    assert shown.context["period"] == Q4
    due = timezone.localdate() + timedelta(days=60)
    declare_working(place.county, due)
    given = {"period": "2026Q4", "pick": [first.pk], f"due-{first.pk}": due.isoformat(), f"due-{second.pk}": due.isoformat()}
    asked = client.post(address, given)
    assert "2 units will be asked." in asked.context["effects"][0]
    assert not Task.objects.filter(period=Q4).exists()
    fields = {}
    for name, value in asked.context["fields"]:
        fields.setdefault(name, []).append(value)
    assert client.post(address, fields | {"sure": "1"}).status_code == 302
    assert Task.objects.get(period=Q4).due_on == due


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"period": "x"}, "is not a period"),
        ({"period": "2026Q4"}, "Tick at least one"),
        ({"period": "2026Q4", "pick": "999999"}, "Tick at least one"),
    ],
)
def test_what_the_page_cannot_read(given, word, place, signed):
    a_task(place.county)
    assert word in signed(place.officer).post(reverse("submissions:task_renew"), given).content.decode()


def test_a_day_that_is_none(place, signed):
    task = a_task(place.county)
    given = {"period": "2026Q4", "pick": task.pk, f"due-{task.pk}": "32.1."}
    page = signed(place.officer).post(reverse("submissions:task_renew"), given).content.decode()
    assert "Due day of" in page
    assert not Task.objects.filter(period=Q4).exists()


def test_a_county_without_tasks_is_led_on(place, signed):
    assert "Nothing was asked" in signed(place.officer).get(reverse("submissions:task_renew")).content.decode()
