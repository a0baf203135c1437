"""A later day for some units: with a reason, never into the past, and nobody who was on time becomes late."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from submissions.choices import State
from submissions.core.refusals import ActRefused
from submissions.models import Submission, Task
from submissions.tasks.deadline_effects import moved_days
from submissions.tasks.deadlines import due_notes, move_deadline
from submissions.tasks.postponement import postpone
from submissions.tasks.progress import UNITS, added_up, is_late, progress_below
from tests.factories.orgs import an_organization
from tests.factories.submissions import AT, a_task, bring_to, send, submission_of

pytestmark = pytest.mark.django_db
LATER_DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def _postpone(task, place, places, due_on=LATER_DAY, reason="洪涝", at=AT):
    return postpone(task=task, places=places, due_on=due_on, reason=reason, by=place.officer, at=at)


def test_one_unit_has_its_day_and_the_others_theirs(place):
    task = a_task(place.county)
    assert _postpone(task, place, [place.village]) == 1
    one, other = submission_of(task, place.village), submission_of(task, place.other_village)
    assert (one.due_on, other.due_on) == (LATER_DAY, None)
    assert due_notes(task, one) == ["Postponed for this unit from 2026-10-10 to 2026-10-20: 洪涝"]
    assert moved_days(task) == ["Postponed for 1 unit to 2026-10-20: 洪涝"]
    assert json.loads(Event.objects.get(kind="task.postponed").data) == {
        place.village.code: ["2026-10-10", "2026-10-20"], "_reason": "洪涝",
    }  # fmt: skip
    assert Task.objects.get().due_on == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("sent", "late"),
    [
        (datetime(2026, 10, 10, 15, 30, tzinfo=UTC), (False, False)),
        (datetime(2026, 10, 10, 16, 10, tzinfo=UTC), (False, True)),
        (datetime(2026, 10, 20, 15, 30, tzinfo=UTC), (False, True)),
        (datetime(2026, 10, 20, 16, 10, tzinfo=UTC), (True, True)),
    ],
)
def test_each_is_judged_by_its_own_day_on_every_count(sent, late, place):
    task = a_task(place.county)
    _postpone(task, place, [place.village])
    reports = [submission_of(task, place.village), submission_of(task, place.other_village)]
    for report, clerk in zip(reports, (place.clerk, place.stranger), strict=True):
        send(report, by=clerk, at=sent)
    assert tuple(is_late(Submission.objects.get(pk=report.pk), task) for report in reports) == late
    counts = progress_below([task], place.county, UNITS)
    assert tuple(counts[task.id, report.organization_id].late == 1 for report in reports) == late
    assert added_up(progress_below([task], place.county)).on_time == late.count(False)


def test_counts_kept_before_are_counted_again(place):
    task = a_task(place.county)
    send(submission_of(task, place.village), by=place.clerk, at=datetime(2026, 10, 15, 2, 0, tzinfo=UTC))
    assert added_up(progress_below([task], place.county)).late == 1
    _postpone(task, place, [place.village], at=datetime(2026, 10, 15, 3, 0, tzinfo=UTC))
    assert added_up(progress_below([task], place.county)).on_time == 1


def test_a_township_stands_for_all_below_it_but_not_for_the_exempt(place):
    task = a_task(place.county)
    bring_to(State.EXEMPT, submission_of(task, place.village), place)
    assert _postpone(task, place, [place.township, place.other_village]) == 1
    assert submission_of(task, place.village).due_on is None


@pytest.mark.parametrize(
    ("due_on", "reason", "word"),
    [
        (LATER_DAY, " ", "reason"),
        (date(2026, 10, 7), "x", "past"),
        (date(2026, 10, 9), "x", "anyway"),
        (date(2026, 10, 10), "x", "anyway"),
        (date(2026, 11, 2), "x", "closing date"),
    ],
)
def test_what_is_refused(due_on, reason, word, place):
    task = a_task(place.county, closes_on=date(2026, 10, 31))
    with pytest.raises(ActRefused) as refusal:
        _postpone(task, place, [place.village], due_on, reason)
    assert word in refusal.value.sentence
    assert not Event.objects.filter(kind="task.postponed").exists()
    assert submission_of(task, place.village).due_on is None


def test_nobody_and_a_place_that_is_not_asked_are_refused(place):
    task = a_task(place.county)
    late_comer = an_organization("35010109", parent=place.township, valid_from=date(2026, 12, 1))
    for places in ([], [place.village, late_comer]):
        with pytest.raises(ActRefused):
            _postpone(task, place, places)
    assert submission_of(task, place.village).due_on is None


def test_a_day_off_moves_on(place):
    task = a_task(place.county)
    _postpone(task, place, [place.village], date(2026, 10, 24))  # a Saturday
    assert submission_of(task, place.village).due_on == date(2026, 10, 26)


def test_a_day_of_its_own_ends_where_the_task_is_moved_as_far(place):
    task = a_task(place.county)
    _postpone(task, place, [place.village])
    move_deadline(task=task, due_on=date(2026, 10, 19), reason="x", by=place.officer, at=AT)
    assert submission_of(task, place.village).due_on == LATER_DAY
    move_deadline(task=task, due_on=LATER_DAY, reason="x", by=place.officer, at=AT)
    assert submission_of(task, place.village).due_on is None
    assert moved_days(Task.objects.get()) == ["The deadline was moved from 2026-10-19 to 2026-10-20: x"]


def test_the_page_asks_first_and_names_what_it_cannot_find(place, signed):
    task, client = a_task(place.county), signed(place.officer)
    address = reverse("submissions:postponement", args=[task.pk])
    far = timezone.localdate() + timedelta(days=30)
    given = {"places": f"{place.village.code}\n{place.other_village.name}", "due_on": far.isoformat(), "reason": "防汛"}
    asked = client.post(address, given)
    assert "2 units" in " ".join(asked.context["effects"])
    assert not Submission.objects.exclude(due_on=None).exists()
    assert client.post(address, dict(asked.context["fields"]) | {"sure": "1"}).status_code == 302
    assert Submission.objects.exclude(due_on=None).count() == 2
    assert "防汛" in client.get(reverse("submissions:task", args=[task.pk])).content.decode()
    assert (
        "防汛"
        in signed(place.clerk).get(reverse("submissions:detail", args=[submission_of(task, place.village).pk])).content.decode()
    )
    assert "没有此村" in client.post(address, given | {"places": "没有此村"}).content.decode()


@pytest.mark.parametrize("who", ["clerk", "reviewer", "leader", "stranger"])
def test_only_the_county_department(who, place, signed):
    task = a_task(place.county)
    assert signed(getattr(place, who)).get(reverse("submissions:postponement", args=[task.pk])).status_code == 404
