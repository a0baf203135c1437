"""What an act leaves behind: the state, a row of the review, an event with both states; and no act on a row that moved meanwhile."""

import json

import pytest

from audit.models import Event
from submissions.choices import Act, State
from submissions.core.drafts import open_draft
from submissions.core.locks import hold_for_act, hold_newest_version, hold_submission, move, newest_version
from submissions.core.transitions import TransitionSentence
from submissions.models import Review, Submission
from submissions.review.actions import approve, send_back
from submissions.states import NotNow
from tests.factories.submissions import AT, LATER, bring_to, fill, send, submission_of

pytestmark = pytest.mark.django_db


def last_event(submission: Submission) -> tuple[str, dict, int, int]:
    event = Event.objects.filter(subject=f"submission:{submission.pk}").latest("sequence")
    return event.kind, json.loads(event.data), event.organization_id, event.actor_id


@pytest.mark.parametrize(
    ("sentence", "data"),
    [
        (TransitionSentence(), {}),
        (TransitionSentence("请核对"), {"_reason": "请核对", "_cells": {}}),
        (TransitionSentence("", {"A": "偏大"}), {"_reason": "", "_cells": {"A": "偏大"}}),
    ],
)
def test_the_words_of_an_act_as_its_event_keeps_them(sentence, data):
    assert sentence.data == data


def test_an_act_is_in_the_review_and_in_the_audit(place, submission):
    submission = bring_to(State.SUBMITTED, submission, place)
    words = {"reason": "请核对", "cell_reasons": {"A": "偏大"}}
    send_back(submission=submission, version_number=1, **words, by=place.reviewer, at=LATER)
    kind, data, organization_id, actor_id = last_event(submission)
    assert (kind, organization_id, actor_id) == ("submission.returned", place.village.pk, place.reviewer.pk)
    assert data == {"_state": ["submitted", "returned"], "_version": 1, "_reason": "请核对", "_cells": {"A": "偏大"}}
    row = Review.objects.get(submission=submission, act=Act.RETURN)
    assert (row.county_id, row.version.number, row.organization_id) == (place.county.pk, 1, place.township.pk)
    assert (row.reason, row.cell_reasons, row.at, row.by_id) == ("请核对", {"A": "偏大"}, LATER, place.reviewer.pk)


def test_the_callers_object_follows(place, submission):
    submission = bring_to(State.PASSED, submission, place)
    approve(submission=submission, version_number=1, by=place.officer, at=LATER)
    assert last_event(submission)[1]["_state"] == ["passed", "approved"]
    fresh = submission_of(submission.task, place.village)
    for one in (submission, fresh):
        assert (one.state, one.approved_at, one.approved_by_id) == (State.APPROVED, LATER, place.officer.pk)
        assert one.standing_id == newest_version(submission).pk


def test_a_row_that_left_its_state_is_not_moved(place, submission):
    held = bring_to(State.SUBMITTED, submission, place)
    Submission.objects.filter(pk=held.pk).update(state=State.RETURNED)
    with pytest.raises(RuntimeError, match="changed under its lock"):
        move(held, Act.APPROVE, State.APPROVED)
    assert submission_of(held.task, place.village).state == State.RETURNED


def test_a_report_is_held_as_it_is_now(place, submission, django_assert_num_queries):
    stale = submission_of(submission.task, place.village)
    bring_to(State.SUBMITTED, submission, place)
    assert stale.state == State.BLANK
    assert hold_submission(stale) == stale.state == State.SUBMITTED
    held = hold_for_act(stale)
    with django_assert_num_queries(0):
        assert (held.task.form.code, held.standing.number, held.organization) == ("季01表", 1, place.village)
    assert held.state == State.SUBMITTED


def test_a_report_that_was_taken_back_cannot_be_held(place, submission):
    Submission.objects.filter(pk=submission.pk).delete()
    for hold in (hold_submission, hold_for_act):
        with pytest.raises(NotNow, match="is not asked any more"):
            hold(submission)


def test_the_newest_version_is_the_one_with_the_highest_number(place, submission):
    assert newest_version(submission) is hold_newest_version(submission) is None
    returned = bring_to(State.RETURNED, submission, place)
    send(returned, {"A": 5}, by=place.clerk)
    assert newest_version(submission).number == hold_newest_version(submission).number == 2


def test_an_open_draft_is_read_with_all_that_a_save_keeps(place, submission):
    assert open_draft(submission) is None
    draft = fill(submission, {"A": 0}, by=place.clerk, nil_report=True, explanations={"A": "停业"})
    other = fill(submission_of(submission.task, place.other_village), {"A": 7}, by=place.stranger)
    found = open_draft(submission)
    assert (found.pk, found.number, found.figures, found.revision) == (draft.pk, 1, {"A": 0}, 1)
    assert (found.nil_report, found.explanations, found.on_behalf, found.sealed_at) == (True, {"A": "停业"}, "", None)
    assert found.recent_keys == draft.recent_keys != []
    assert open_draft(other.submission).nil_report is False
    send(submission_of(submission.task, place.village), {"A": 1}, by=place.clerk, at=AT)
    assert open_draft(submission) is None
