"""Opening, moving and taking back a task through the pages: each is asked once, with its effect, and done once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from submissions.choices import State
from submissions.models import Submission, Task
from tests.factories.indicators import make_form
from tests.factories.submissions import a_task, bring_to, declare_working, fill, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def _fields(asked) -> dict:
    return dict(asked.context["fields"]) | {"sure": "1"}


def test_opening_shows_whom_it_asks_before_it_does(place, signed):
    form, client = make_form("季07表", ("A",)), signed(place.officer)
    address, due = reverse("submissions:task_open"), timezone.localdate() + timedelta(days=20)
    asked = client.post(address, {"form": form.code, "period": "2026Q3", "due_on": due.isoformat()})
    assert not Submission.objects.filter(task__form=form).exists()
    effects = " ".join(asked.context["effects"])
    assert "2 units will be asked." in effects
    assert "Administrative village 2" in effects or "Village 2" in effects
    assert f"{place.township.short_name or place.township.name} 2" in effects
    answer = client.post(address, _fields(asked))
    assert answer.url == reverse("submissions:task", args=[Task.objects.get(form=form).pk])
    again = client.post(address, {"form": form.code, "period": "2026Q3", "due_on": due.isoformat()})
    assert "0 units will be asked besides" in " ".join(again.context["effects"])
    other_day = client.post(address, {"form": form.code, "period": "2026Q3", "due_on": (due + timedelta(days=1)).isoformat()})
    assert "act of its own" in other_day.content.decode()


def test_a_deadline_is_moved_after_its_effect_was_shown(place, signed):
    task, client = a_task(place.county), signed(place.officer)
    address, later = reverse("submissions:deadline", args=[task.pk]), timezone.localdate() + timedelta(days=90)
    declare_working(place.county, later)
    asked = client.post(address, {"due_on": later.isoformat(), "closes_on": "", "reason": "防汛"})
    assert not Event.objects.filter(kind="task.deadline_moved").exists()
    assert later.isoformat() in asked.context["effects"][0]
    client.post(address, _fields(asked))
    assert Task.objects.get().due_on == later
    page = client.get(reverse("submissions:task", args=[task.pk])).content.decode()
    assert "防汛" in page
    back = client.post(address, {"due_on": "2020-01-01", "closes_on": "", "reason": "x"})
    assert "past" in back.content.decode()


def test_a_task_is_taken_back_while_nobody_has_begun(place, signed):
    task, client = a_task(place.county), signed(place.officer)
    address = reverse("submissions:task_withdraw", args=[task.pk])
    assert client.get(address).context["effects"][0] == "2 units are asked no more."
    assert client.post(address, {"reason": "下错"}).status_code == 200  # the page asks; only its own button does it
    assert Task.objects.exists()
    fill(submission_of(task, place.village), {"A": 1}, by=place.clerk)
    refused = client.post(address, {"reason": "下错", "sure": "1"}, follow=True)
    assert str(place.village.name) in str(next(iter(refused.context["messages"])))
    assert Task.objects.exists()
    other = a_task(place.county, make_form("季08表", ("A",)))
    client.post(reverse("submissions:task_withdraw", args=[other.pk]), {"reason": "下错", "sure": "1"})
    assert not Task.objects.filter(pk=other.pk).exists()


def test_taking_back_is_offered_until_a_report_was_sent(place, signed):
    task, client = a_task(place.county), signed(place.officer)
    page, address = reverse("submissions:task", args=[task.pk]), reverse("submissions:task_withdraw", args=[task.pk])
    assert address in client.get(page).content.decode()
    bring_to(State.RETURNED, submission_of(task, place.village), place)
    assert address not in client.get(page).content.decode()


@pytest.mark.parametrize("name", ["deadline", "task_withdraw"])
def test_only_the_county_department(name, place, signed):
    task = a_task(place.county)
    for who in ("clerk", "reviewer", "leader", "stranger"):
        assert signed(getattr(place, who)).get(reverse(f"submissions:{name}", args=[task.pk])).status_code == 404
