"""A notice stands before a unit until somebody of the unit has read it; the sender sees who and when."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from orgs.choices import Role
from submissions.core.refusals import ActRefused
from submissions.models import Notice, Task
from submissions.tasks.chase.notices import mark_read, send_notices
from submissions.tasks.chase.queries import unread_notices
from submissions.tasks.withdrawal import withdraw_task
from tests.factories.orgs import a_user
from tests.factories.submissions import AT, LATER, a_task, send, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def _send(place, submissions, text="请于10日前报送"):
    task = submissions[0].task
    return send_notices(task=task, submissions=submissions, text=text, organization=place.township, by=place.reviewer, at=AT)


def test_it_goes_to_those_who_still_owe(place):
    task = a_task(place.county)
    both = [submission_of(task, place.village), submission_of(task, place.other_village)]
    send(both[1], by=place.stranger)
    assert _send(place, both) == 1
    notice = Notice.objects.get()
    assert (notice.submission_id, notice.organization, notice.sent_by) == (both[0].pk, place.township, place.reviewer)
    event = Event.objects.get(kind="notice.sent")
    assert json.loads(event.data) == {"units": [None, [place.village.code]], "text": [None, "请于10日前报送"]}


@pytest.mark.parametrize(("text", "word"), [(" ", "empty"), ("长" * 501, "longer")])
def test_a_text_that_is_none(text, word, place, submission):
    with pytest.raises(ActRefused, match=word):
        _send(place, [submission], text)
    assert not Notice.objects.exists()


def test_nobody_left_who_owes(place, submission):
    send(submission, by=place.clerk)
    with pytest.raises(ActRefused, match="any more"):
        _send(place, [submission])


def test_the_first_receipt_stays(place, submission):
    _send(place, [submission])
    notice = Notice.objects.get()
    mark_read(notice=notice, by=place.clerk, at=LATER)
    mark_read(notice=notice, by=a_user(Role.CLERK, place.village), at=timezone.now())
    notice.refresh_from_db()
    assert (notice.read_at, notice.read_by) == (LATER, place.clerk)
    assert Event.objects.filter(kind="notice.read").count() == 1
    assert unread_notices([place.village.pk]) == []


def test_the_clerk_sees_it_first_until_it_is_read(place, submission, signed):
    _send(place, [submission])
    client = signed(place.clerk)
    body = client.get("/").content.decode()
    assert body.index("请于10日前报送") < body.index(reverse("submissions:fill", args=[submission.pk]))
    assert "请于10日前报送" not in signed(place.stranger).get("/").content.decode()
    address = reverse("submissions:notice_read", args=[Notice.objects.get().pk])
    for other in (place.stranger, place.reviewer, place.officer):
        assert signed(other).post(address).status_code == 404
    assert client.get(address).status_code == 405
    client.post(address)
    assert "请于10日前报送" not in client.get("/").content.decode()
    desk = signed(place.reviewer).get(reverse("submissions:chase", args=[submission.task_id, place.township.pk]))
    assert f"read {timezone.localtime(Notice.objects.get().read_at):%m-%d}" in desk.content.decode()


def test_a_task_taken_back_takes_its_notices_along(place, submission):
    _send(place, [submission])
    withdraw_task(task=submission.task, reason="下错", by=place.officer, at=AT)
    assert not Notice.objects.exists()
    assert not Task.objects.exists()
