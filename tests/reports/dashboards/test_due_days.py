"""Beside the progress of the dashboard: until when the form is due, and what colour that gives to what was not sent."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from indicators.periods import read_period
from orgs.choices import Role
from reports.dashboards.period_forms import AskedForm
from submissions.tasks.progress import Progress
from tests.markup import markup_of
from tests.reports.people import signed_in, text_of
from tests.reports.story import Story

TODAY = date(2026, 10, 8)
DUE = date(2026, 10, 10)


def asked(progress: Progress, *due_days: date) -> AskedForm:
    return AskedForm("1-2026Q3", 1, "F表", read_period("2026Q3"), progress, {}, due_days)


@pytest.mark.parametrize(
    ("progress", "due_days", "today", "text", "colour"),
    [
        (Progress(expected=2, missing=2), [DUE], TODAY, "Due by October 10 · 2 days left", "is-amber"),
        (Progress(expected=2, missing=2), [DUE], date(2026, 10, 11), "Due by October 10 · 1 day overdue", "is-red"),
        (Progress(expected=2, submitted=2), [DUE], date(2026, 10, 11), "All have sent in", "is-green"),
        (Progress(expected=2, missing=2), [DUE, DUE], TODAY, "Due by October 10 · 2 days left", "is-amber"),
        (
            Progress(expected=2, missing=2), [date(2026, 10, 5), DUE], TODAY,
            "Due between 2026-10-05 and 2026-10-10, by county", "is-grey",
        ),
    ],
)  # fmt: skip
def test_the_due_day_in_words(progress, due_days, today, text, colour):
    due = asked(progress, *due_days).due(today)
    assert (due.text, due.colour) == (text, colour)


@pytest.fixture
def county(story) -> Story:
    story.villages("V1", "V2")
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    return story


@pytest.mark.parametrize(("days", "colour"), [(40, "is-amber"), (-1, "is-red")])
def test_what_was_not_sent_is_red_only_once_it_is_overdue(county, days, colour):
    today = timezone.localdate()
    county.open("F", "2026Q3", due=str(today + timedelta(days)))
    county.figures("F", "2026Q3,V1,A,,5")
    response = signed_in(Role.LEADER, "C").get("/dashboard/?period=2026Q3")
    assert ("40 days left" if days > 0 else "1 day overdue") in text_of(response)
    assert f'<span class="pill {colour}">1</span>' in markup_of(response)
    assert f'<td class="num {colour}">1</td>' in markup_of(response)
