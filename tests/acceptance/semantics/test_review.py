"""T26, T28, T47–T50 of docs/semantics.md with other numbers: in time or late, returned, two clerks, nothing deleted, no change."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from orgs.models import Organization, User
from submissions.core.refusals import ActRefused
from submissions.filling.draft_actions import save_draft
from submissions.filling.submission_actions import submit
from submissions.models import Review, Submission, Version
from submissions.review.actions import send_back
from tests.factories.indicators import make_form
from tests.factories.submissions import a_place, a_task, bring_to, fill, send, submission_of
from tests.reports.story import Story

DUE = date(2026, 7, 8)


@pytest.fixture
def place(db):
    """Villages 3501000101 and 3501000102; 季01表 for 2026Q2 is due on 2026-07-08."""
    place = a_place()
    place.task = a_task(place.county, make_form(), period="2026Q2", due_on=DUE, at=datetime(2026, 6, 20, tzinfo=UTC))
    return place


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of July 2026 in Shanghai, as the server keeps it."""
    return datetime(2026, 7, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def progress(tmp_path, unit: str) -> dict:
    return Story(tmp_path).progress("季01表", "2026Q2", org="350100", by="units")[unit]


@pytest.mark.parametrize(
    ("at", "on_time", "late"),
    [(shanghai(8, 0), 1, 0), (shanghai(8, 23, 59), 1, 0), (shanghai(9, 0), 0, 1), (shanghai(9, 7, 59), 0, 1)],
)
def test_t26_the_day_ends_in_shanghai(place, tmp_path, at, on_time, late):
    """2026-07-09 07:59 is still 07-08 in UTC, and late; 07-08 00:00 is 07-07 in UTC, and in time."""
    send(submission_of(place.task, place.village), by=place.clerk, at=at)
    row = progress(tmp_path, "3501000101")
    assert (row["on_time"], row["late"]) == (on_time, late)


def test_t28_a_return_does_not_make_late_and_is_counted(place, tmp_path):
    """Sent 07-05, returned 07-10, sent again 07-13."""
    submission = submission_of(place.task, place.village)
    send(submission, {"A": 3}, by=place.clerk, at=shanghai(5, 9))
    arguments = {"reason": "请核对", "cell_reasons": {"A": "与台账不符"}, "by": place.reviewer, "at": shanghai(10, 9)}
    send_back(submission=submission, version_number=1, **arguments)
    row = progress(tmp_path, "3501000101")
    assert (row["returned"], row["submitted"], row["on_time"], row["late"], row["missing"]) == (1, 1, 1, 0, 0)
    send(submission_of(place.task, place.village), {"A": 4}, by=place.clerk, at=shanghai(13, 9))
    row = progress(tmp_path, "3501000101")
    assert (row["returned"], row["submitted"], row["on_time"], row["late"]) == (0, 1, 1, 0)
    submission = submission_of(place.task, place.village)
    assert (submission.times_returned, submission.first_submitted_at, submission.submitted_at) == (
        1,
        shanghai(5, 9),
        shanghai(13, 9),
    )


def test_t28_what_first_came_late_stays_late(place, tmp_path):
    submission = submission_of(place.task, place.village)
    send(submission, {"A": 3}, by=place.clerk, at=shanghai(9, 9))
    send_back(submission=submission, version_number=1, reason="改", cell_reasons={}, by=place.reviewer, at=shanghai(10, 9))
    send(submission_of(place.task, place.village), {"A": 4}, by=place.clerk, at=shanghai(11, 9))
    assert progress(tmp_path, "3501000101") | {"on_time": 0, "late": 1} == progress(tmp_path, "3501000101")


def posted(client, submission: Submission, revision: int, **changes: str):
    body = {
        "revision": revision,
        "key": f"key-{revision}-{changes}",
        "changes": changes,
        "explanations": {},
        "nil_report": False,
    }
    return client.post(reverse("submissions:save", args=[submission.pk]), json.dumps(body), content_type="application/json")


def test_t47_the_second_clerk_sees_both_values_and_overwrites_none(place, client):
    submission = submission_of(place.task, place.village)
    fill(submission, {"A": 41}, by=place.clerk)
    client.force_login(place.clerk)
    assert posted(client, submission, 1, A="42").status_code == 200
    answer = posted(client, submission, 1, A="43")
    assert answer.status_code == 409
    (difference,) = answer.json()["differences"]
    assert (difference["key"], difference["yours"], difference["theirs"]) == ("A", "43", "42")
    assert Version.objects.get().figures == {"A": 42}
    assert posted(client, submission, 2, A="43").status_code == 200


@pytest.mark.parametrize("state", ["submitted", "passed", "approved"])
def test_t48_who_reviews_never_types(place, client, state):
    submission = bring_to(state, submission_of(place.task, place.village), place)
    for person in (place.reviewer, place.officer, place.leader):
        client.force_login(person)
        assert posted(client, submission, 1, A="9").status_code in (404, 409, 422)
        fields = {"A": "9", "revision": "1", "reason": "x", "version": "1", "cell-A": "x"}
        client.post(reverse("submissions:fill", args=[submission.pk]), fields)
    assert [version.figures for version in Version.objects.all()] == [{"A": 1}]


def test_t49_nothing_that_carries_history_can_be_deleted(place):
    bring_to("approved", submission_of(place.task, place.village), place)
    before = [model.objects.count() for model in (Submission, Version, Review)]
    for kept in (place.village, place.township, place.county, place.clerk, place.reviewer, place.task, place.task.form):
        with pytest.raises(ProtectedError):
            kept.delete()
    for everything in (Organization.objects.all(), User.objects.all(), Submission.objects.all(), Version.objects.all()):
        with pytest.raises(ProtectedError):
            everything.delete()
    assert [model.objects.count() for model in (Submission, Version, Review)] == before


def test_t50_what_comes_back_unchanged_is_refused(place):
    """Changed and changed back is no change either; a word of explanation is one."""
    submission = submission_of(place.task, place.village)
    send(submission, {"A": 3, "B": 8}, by=place.clerk, at=shanghai(5, 9))
    send_back(submission=submission, version_number=1, reason="改", cell_reasons={}, by=place.reviewer, at=shanghai(6, 9))
    submission = submission_of(place.task, place.village)
    with pytest.raises(ActRefused, match="No change"):
        submit(submission=submission, revision=1, by=place.clerk, at=shanghai(6, 10))
    fill(submission, {"A": 4}, by=place.clerk, at=shanghai(6, 11))
    draft = fill(submission, {"A": 3}, by=place.clerk, at=shanghai(6, 12))
    with pytest.raises(ActRefused, match="No change"):
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=shanghai(6, 13))
    assert submission_of(place.task, place.village).submitted_at is None
    arguments = {
        "changes": {},
        "revision": draft.revision,
        "key": "k",
        "explanations": {"rule:x": "与台账核对无误，数据属实。"},
    }
    explained = save_draft(submission=submission, **arguments, by=place.clerk, at=shanghai(6, 14))
    assert submit(submission=submission, revision=explained.revision, by=place.clerk, at=shanghai(6, 15)).number == 2
