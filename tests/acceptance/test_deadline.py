"""The server's clock decides what is open and what is late, whatever a client says the time is (13)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from submissions.core.refusals import ActRefused
from submissions.filling.submission_actions import submit
from submissions.models import Submission
from tests.factories.submissions import a_place, a_task, fill, submission_of
from tests.reports.people import client_of

pytestmark = pytest.mark.django_db
CLOSES = date(2026, 10, 20)
MIDNIGHT = datetime(2026, 10, 20, 16, 0, tzinfo=UTC)  # the 21st begins in Shanghai
SECOND = timedelta(seconds=1)


@pytest.fixture
def place():
    return a_place()


@pytest.mark.parametrize(("at", "taken"), [(MIDNIGHT - SECOND, True), (MIDNIGHT, False), (MIDNIGHT + SECOND, False)])
def test_a_second_decides(place, at, taken):
    """The time of arrival counts, however long the work after it takes."""
    submission = submission_of(a_task(place.county, closes_on=CLOSES), place.village)
    draft = fill(submission, {"A": 1}, by=place.clerk)
    if taken:
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=at)
    else:
        with pytest.raises(ActRefused, match="2026-10-20"):
            submit(submission=submission, revision=draft.revision, by=place.clerk, at=at)
    assert (Submission.objects.get(pk=submission.pk).submitted_at == at) is taken


@pytest.mark.parametrize("days", [-90, 0, 90])
@pytest.mark.parametrize(("closed_since", "state"), [(1, "draft"), (0, "submitted")])
def test_a_client_clock_changes_nothing(place, days, closed_since, state):
    """A page with its clock wrong by months, and one that names a time outright."""
    today = timezone.localdate()
    closes_on = today - timedelta(days=closed_since)
    dates = {"opens_on": closes_on - timedelta(days=9), "due_on": closes_on, "closes_on": closes_on}
    submission = submission_of(a_task(place.county, at=timezone.now() - timedelta(days=9), **dates), place.village)
    draft = fill(submission, {"A": 1}, by=place.clerk, at=timezone.now())
    claimed = timezone.now() + timedelta(days=days)
    fields = {
        "revision": draft.revision,
        "at": claimed.isoformat(),
        "submitted_at": claimed.isoformat(),
        "now": claimed.timestamp(),
    }
    before = timezone.now()
    client_of(place.clerk).post(
        reverse("submissions:submit", args=[submission.pk]),
        fields,
        headers={"date": claimed.strftime("%a, %d %b %Y %H:%M:%S GMT")},
    )
    sent = Submission.objects.get(pk=submission.pk)
    assert sent.state == state
    assert sent.submitted_at is None or before <= sent.submitted_at <= timezone.now()
