"""A due day off moves on when a task is opened or its deadline is moved; both days are shown; levels have days of their own."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from submissions.core.refusals import ActRefused
from submissions.models import Submission, Task
from submissions.tasks.deadlines import due_notes, move_deadline
from submissions.tasks.opening_plan import opening_plan
from submissions.tasks.progress import is_late, progress_below
from tests.factories.indicators import make_form
from tests.factories.orgs import a_county
from tests.factories.submissions import a_task, send, submission_of

pytestmark = pytest.mark.django_db
BEFORE = datetime(2025, 9, 20, 2, 0, tzinfo=UTC)
Q3 = {"period": "2025Q3", "at": BEFORE, "by_calendar": True}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def test_the_task_keeps_and_shows_both_days(place):
    task = a_task(place.county, due_on=date(2025, 10, 5), **Q3)
    assert (task.due_stated_on, task.due_on) == (date(2025, 10, 5), date(2025, 10, 9))
    assert due_notes(task) == ["October 5 is a holiday; moved on to October 9"]
    a_task(place.county, due_on=date(2025, 10, 5), **Q3)  # the same again, as it was asked for
    a_task(place.county, due_on=date(2025, 10, 9), **Q3)  # or as it was moved
    with pytest.raises(ActRefused):
        a_task(place.county, due_on=date(2025, 10, 6), **Q3)


@pytest.mark.parametrize(
    ("sent", "in_time"),
    [
        (datetime(2025, 10, 9, 15, 30, tzinfo=UTC), True),  # 23:30 in Shanghai
        (datetime(2025, 10, 9, 16, 10, tzinfo=UTC), False),  # 00:10 of the next day
    ],
)
def test_on_time_is_judged_by_the_moved_day(sent, in_time, place):
    task = a_task(place.county, due_on=date(2025, 10, 5), **Q3)
    submission = submission_of(task, place.village)
    send(submission, by=place.clerk, at=sent)
    fresh = Submission.objects.get(pk=submission.pk)
    assert is_late(fresh, task) is not in_time
    assert sum(one.on_time for one in progress_below([task], place.county).values()) == int(in_time)


def test_each_level_has_its_day_and_they_stand_in_order(place):
    task = a_task(
        place.county, due_on=date(2025, 10, 5), review_due_on=date(2025, 10, 12), approval_due_on=date(2025, 10, 18), **Q3
    )
    assert (task.review_due_on, task.approval_due_on) == (date(2025, 10, 13), date(2025, 10, 20))
    assert (task.review_stated_on, task.approval_stated_on) == (date(2025, 10, 12), date(2025, 10, 18))


@pytest.mark.parametrize(
    ("days", "word"),
    [
        ({"review_due_on": date(2025, 10, 1)}, None),  # moves on to the day on which the reports are due
        ({"review_due_on": date(2025, 9, 30)}, "reviewed"),
        ({"approval_due_on": date(2025, 9, 30)}, "approved"),
        ({"review_due_on": date(2025, 10, 20), "approval_due_on": date(2025, 10, 17)}, "approved"),
        ({"closes_on": date(2025, 10, 6)}, "after the closing date 2025-10-06"),
    ],
)
def test_impossible_orders(days, word, place):
    if word is None:
        assert a_task(place.county, due_on=date(2025, 10, 5), **days, **Q3).review_due_on == date(2025, 10, 9)
        return
    with pytest.raises(ActRefused) as refusal:
        a_task(place.county, due_on=date(2025, 10, 5), **days, **Q3)
    assert word in refusal.value.sentence
    assert not Task.objects.exists()


def test_a_moved_deadline_moves_on_too(place):
    task = a_task(place.county, due_on=date(2025, 9, 29), **Q3)
    move_deadline(task=task, due_on=date(2025, 10, 5), reason="汛期", by=place.officer, at=BEFORE)
    stored = Task.objects.get()
    assert (stored.due_stated_on, stored.due_on) == (date(2025, 10, 5), date(2025, 10, 9))
    move_deadline(task=task, due_on=date(2025, 10, 10), reason="汛期", by=place.officer, at=BEFORE)
    assert Task.objects.get().due_stated_on is None


def test_the_plan_says_what_moves_and_what_is_not_known(place):
    form = make_form("季07表", ("A",))
    period = a_task(place.county, **Q3, due_on=date(2025, 10, 9)).period
    days = {"due_on": date(2025, 10, 5), "closes_on": date(2031, 1, 1)}
    plan = opening_plan(form=form, county=place.county, period=period, **days)
    assert plan.day_notes == ("October 5 is a holiday; moved on to October 9",)
    plan = opening_plan(form=form, county=place.county, period=period, due_on=date(2031, 1, 4))
    assert "only weekends" in plan.day_notes[1]


def test_the_command_says_it_and_takes_days_and_branches(place):
    form, out = make_form("季07表", ("A",)), io.StringIO()
    call_command(
        "open_task", form.code, "2025Q3", due="2025-10-05", review_due="2025-10-14", approval_due="2025-10-16",
        without=[place.other_village.code], stdout=out,
    )  # fmt: skip
    assert "moved on to October 9" in out.getvalue()
    assert "1 expected" in out.getvalue()
    task = Task.objects.get()
    assert task.review_due_on == date(2025, 10, 14)
    assert [row.organization_id for row in task.submissions.all()] == [place.village.pk]


def test_a_branch_of_another_county_cannot_be_left_out(place):
    form, other = make_form("季07表", ("A",)), a_county("350200")
    with pytest.raises(CommandError, match="350200"):
        call_command("open_task", form.code, "2025Q3", due="2025-10-05", org=place.county.code, without=[other.code])
    assert not Task.objects.exists()


def test_a_township_left_out_is_not_asked_until_it_is_asked_again(place):
    task = a_task(place.county, left_out=[place.township])
    assert task.submissions.count() == 0
    assert a_task(place.county).submissions.count() == 2
