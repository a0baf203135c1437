"""Moving the days of an open task: with a reason, never into the past, and never in passing."""

import io
import json
from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.models import Event
from submissions.core.refusals import ActRefused
from submissions.models import Task
from submissions.tasks.deadline_effects import deadline_effects, moved_days
from submissions.tasks.deadlines import move_deadline
from tests.factories.submissions import AT, DUE, a_place, a_task, declare_working, send, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


def _move(task, place, due_on, closes_on=None, reason="大雪封路", at=AT):
    move_deadline(task=task, due_on=due_on, closes_on=closes_on, reason=reason, by=place.officer, at=at)


def test_a_later_day_with_its_reason(place):
    task = a_task(place.county)
    _move(task, place, date(2026, 10, 20), date(2026, 11, 1))
    assert Task.objects.values_list("due_on", "closes_on").get() == (date(2026, 10, 20), date(2026, 11, 1))
    data = json.loads(Event.objects.get(kind="task.deadline_moved").data)
    assert data == {
        "due_on": ["2026-10-10", "2026-10-20"], "closes_on": [None, "2026-11-01"], "reason": [None, "大雪封路"],
    }  # fmt: skip
    assert moved_days(task) == ["The deadline was moved from 2026-10-10 to 2026-10-20: 大雪封路"]


@pytest.mark.parametrize(("due_on", "closes_on", "reason", "word"), [
    (DUE, None, "x", "nothing to move"),
    (date(2026, 10, 20), None, "  ", "reason"),
    (AT.date() - timedelta(days=1), None, "x", "past"),
    (date(2026, 10, 20), date(2026, 10, 19), "x", "closing"),
    (DUE, AT.date() - timedelta(days=1), "x", "past"),
])  # fmt: skip
def test_what_is_refused(due_on, closes_on, reason, word, place):
    task = a_task(place.county)
    with pytest.raises(ActRefused) as refusal:
        _move(task, place, due_on, closes_on, reason)
    assert word in refusal.value.sentence
    assert not Event.objects.filter(kind="task.deadline_moved").exists()
    assert Task.objects.get().due_on == DUE


def test_who_was_on_time_stays_so_and_the_page_shows_it(place):
    task = a_task(place.county)
    early, late = submission_of(task, place.village), submission_of(task, place.other_village)
    send(early, by=place.clerk)
    send(late, by=place.stranger)
    type(early).objects.filter(pk=late.pk).update(first_submitted_at=AT.replace(month=10, day=15))
    type(early).objects.filter(pk=early.pk).update(first_submitted_at=AT.replace(month=10, day=1))
    assert deadline_effects(task, {"due_on": date(2026, 10, 20), "closes_on": None}) == [
        "Due date: 2026-10-10 → 2026-10-20.", "1 reports that came on time stay on time.",
        "1 reports that came after the old day will count as on time.",
    ]  # fmt: skip


def test_opening_again_moves_no_day(place):
    a_task(place.county)
    for days in ({"due_on": date(2026, 10, 11)}, {"closes_on": date(2026, 12, 1)}, {"opens_on": date(2026, 8, 1)}):
        with pytest.raises(ActRefused):
            a_task(place.county, **days)
    assert Task.objects.values_list("due_on", "closes_on").get() == (DUE, None)


def test_the_command_moves_with_a_reason_only(place):
    task = a_task(place.county)
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    declare_working(place.county, date.fromisoformat(later))
    with pytest.raises(CommandError, match="act of its own"):
        call_command("open_task", task.form.code, str(task.period), due=later)
    call_command("open_task", task.form.code, str(task.period), due=later, reason="延期", stdout=io.StringIO())
    assert Task.objects.get().due_on.isoformat() == later
