"""Reviews have due days of their own per level: what waits past them stands red before those whose turn it is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.dashboards.review_duties import waiting_lines
from submissions.core.texts import review_due_words
from submissions.review.actions import approve
from tests.factories.submissions import a_task, send, submission_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 30)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize(
    ("review_due_on", "reports_due_on", "words", "colour"),
    [
        (None, date(2026, 10, 10), "Due by October 10", "is-grey"),
        (None, date(2026, 10, 31), "Due by October 31 · 1 day left", "is-amber"),
        (date(2026, 10, 28), date(2026, 10, 10), "Review: Due by October 28 · 2 days overdue", "is-red"),
        (date(2026, 10, 30), date(2026, 10, 10), "Review: Due today, October 30", "is-amber"),
        (date(2026, 11, 20), date(2026, 10, 10), "Review: Due by November 20 · 21 days left", "is-grey"),
    ],
)
def test_the_words(review_due_on, reports_due_on, words, colour):
    assert review_due_words(review_due_on, reports_due_on, TODAY) == (words, colour)


def test_each_level_sees_its_own_day(place, signed):
    today = timezone.localdate()
    task = a_task(place.county, review_due_on=date(2026, 10, 14), approval_due_on=date(2026, 10, 21))
    submission = submission_of(task, place.village)
    version = send(submission, by=place.clerk)
    (line,) = waiting_lines(place.township, date(2026, 10, 16))
    assert line.due == "Review: Due by October 14 · 2 days overdue"
    (row,) = signed(place.reviewer).get(reverse("submissions:inbox")).context["rows"]
    assert row.due_on == date(2026, 10, 14)
    approve(submission=submission, version_number=version.number, by=place.reviewer, at=version.sealed_at + timedelta(hours=1))
    (line,) = waiting_lines(place.county, date(2026, 10, 22))
    assert line.due_colour == "is-red"
    page = signed(place.officer).get(reverse("submissions:inbox"))
    assert page.context["rows"][0].due_on == date(2026, 10, 21)
    if today > date(2026, 10, 21):
        assert "overdue" in page.content.decode()
