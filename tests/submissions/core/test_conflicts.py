"""What two people who were at work at once are told: the cells of both, who and when; and when it is no conflict at all."""

from datetime import timedelta
from decimal import Decimal

import pytest

from indicators.choices import Kind
from indicators.values.documents import NA
from orgs.models import User
from submissions.choices import State
from submissions.core.change_records import ChangeRecord, changes_since, has_typed
from submissions.core.conflicts import (
    FigureDifference,
    already_acted,
    figure_text,
    refuse_stale,
    stale_review,
    stale_save,
    stale_submit,
)
from submissions.core.refusals import ActRefused
from submissions.filling.bulk_entry import TAKEN_IN, BulkEntry, enter_many
from submissions.filling.submission_actions import submit
from submissions.models import Submission, Version
from submissions.review.actions import send_back
from tests.factories.indicators import items_of, layout, line
from tests.factories.orgs import a_user
from tests.factories.submissions import AT, LATER, bring_to, fill, send, submission_of

pytestmark = pytest.mark.django_db

MADE = layout(
    *items_of("A", "甲"), line("B", decimals=2), line("Y", kind=Kind.YES_NO), line("R", numerator="{A}", denominator="{B}", decimals=1)
)  # fmt: skip


@pytest.mark.parametrize(
    ("key", "figure", "text"),
    [
        ("A", 5, "5"),
        ("A:甲", 0, "0"),
        ("A", None, ""),
        ("A", NA, "N/A"),
        ("B", Decimal("1.5"), "1.50"),
        ("Y", 1, "Yes"),
        ("GONE", 1200, "1200"),  # a cell that the form does not have any more
        ("GONE", Decimal("1.5"), "2"),
        ("GONE", NA, "N/A"),
        ("GONE", None, ""),
    ],
)
def test_a_figure_as_a_person_reads_it(key, figure, text):
    assert figure_text(MADE, key, figure) == text


@pytest.fixture
def colleague(place) -> User:
    return a_user("clerk", place.village, name="李同")


def newest(submission: Submission) -> Version:
    return submission.versions.order_by("-number").first()


def difference(key: str, yours: str, theirs: str, by: User, at=AT) -> FigureDifference:
    return FigureDifference(key, f"指标{key}", yours, theirs, by.name, at)


def test_changes_since_a_revision_hold_what_stood_then_and_who_was_last(place, submission, colleague):
    fill(submission, {"A": 1, "B": 2}, by=place.clerk)
    fill(submission, {"A": 3}, by=colleague)
    fill(submission, {"A": 4, "B": None}, by=place.clerk, at=LATER)
    assert changes_since(submission, 0)["A"] == ChangeRecord(None, place.clerk.name, LATER)
    assert changes_since(submission, 1) == {
        "A": ChangeRecord(1, place.clerk.name, LATER), "B": ChangeRecord(2, place.clerk.name, LATER),
    }  # fmt: skip
    assert changes_since(submission, 2)["A"].old == 3
    assert changes_since(submission, 3) == {}
    assert changes_since(submission_of(submission.task, place.other_village), 0) == {}


def test_the_same_cells_are_shown_side_by_side(place, submission, colleague):
    fill(submission, {"A": 1, "B": 2}, by=place.clerk)
    fill(submission, {"A": 7, "B": 9}, by=colleague)
    conflict = stale_save(submission, newest(submission), {"A": 5, "B": None}, 1)
    assert conflict.differences == [difference("A", "5", "7", colleague), difference("B", "", "9", colleague)]
    assert conflict.sentence == (
        "Another person changed the same cells meanwhile. Nothing was overwritten: choose for each cell, then save."
    )
    assert (conflict.revision, str(conflict)) == (2, conflict.sentence)


def test_other_cells_and_equal_values_do_not_clash(place, submission, colleague):
    fill(submission, {"A": 1, "B": 2}, by=place.clerk)
    fill(submission, {"A": 7}, by=colleague)
    for changes in ({"B": 3}, {"A": 7}, {"A": 7, "B": 3}):
        conflict = stale_save(submission, newest(submission), changes, 1)
        assert conflict.differences == []
        assert conflict.sentence == (
            "Another person saved other cells meanwhile. Nothing of yours is lost: take over the new state, then save again."
        )
    assert (conflict.revision, stale_save(submission, None, {"A": 1}, 5).revision) == (2, 0)


def test_a_decision_on_an_older_revision_is_refused_with_who_saved_when(place, submission):
    fill(submission, {"A": 1}, by=place.clerk)
    latest = newest(submission)
    assert refuse_stale(latest, None) is refuse_stale(None, 4) is refuse_stale(latest, latest.revision) is None
    for revision in (0, 2):
        with pytest.raises(ActRefused) as refused:
            refuse_stale(latest, revision)
        assert refused.value.sentence == (
            f"{place.clerk.name} saved this report at 2026-10-08 10:00, after the preview was made; look at the preview again."
        )


def test_sending_from_an_older_page_shows_what_changed_since(place, submission, colleague):
    fill(submission, {"A": 1, "B": 2}, by=place.clerk)
    fill(submission, {"A": 7, "B": 5}, by=colleague)
    fill(submission, {"B": 2}, by=colleague, at=LATER)
    conflict = stale_submit(submission, newest(submission), 1)
    assert conflict.differences == [difference("A", "1", "7", colleague)]  # B is again as it was
    assert conflict.sentence == (
        "Figures were changed after you opened the page, so it was not sent. Look at the changes, then send again."
    )
    assert conflict.revision == 3


def test_a_review_of_another_version_shows_what_the_unit_changed(place, submission):
    seen = send(submission, {"A": 1, "B": 2}, by=place.clerk)
    returned = bring_back(submission, place, seen)
    latest = send(returned, {"A": 6, "B": 2}, by=place.clerk, at=AT + timedelta(hours=1))
    submission = submission_of(submission.task, place.village)
    conflict = stale_review(submission, seen, latest)
    assert conflict.differences == [difference("A", "1", "6", place.clerk, AT + timedelta(hours=1))]
    assert conflict.sentence == (
        "The unit has changed its report since you opened it (now version 2). Look at the changes, then decide again."
    )
    assert conflict.revision == latest.revision
    assert [one.yours for one in stale_review(submission, None, latest).differences] == ["", ""]


def test_a_change_is_of_the_moment_at_which_it_was_sent(place, submission):
    """Typed at ten, sent at twelve; of a draft that is not sent, when it was saved."""
    draft = fill(submission, {"A": 1}, by=place.clerk)
    assert [one.at for one in stale_review(submission, None, draft).differences] == [AT]
    latest = submit(submission=submission, revision=draft.revision, by=place.clerk, at=LATER)
    assert [one.at for one in stale_review(submission, None, latest).differences] == [LATER]


def bring_back(submission: Submission, place, version: Version) -> Submission:
    send_back(submission=submission, version_number=version.number, reason="请核对", cell_reasons={}, by=place.reviewer, at=AT)
    return submission_of(submission.task, place.village)


def test_an_act_done_already_names_the_present_state(place, submission):
    conflict = already_acted(bring_to(State.APPROVED, submission, place))
    assert conflict.sentence == (
        "This report was acted on after you opened the page; it is now: Approved. Nothing was done a second time."
    )
    assert (conflict.revision, conflict.differences) == (0, [])


def test_who_has_typed_a_figure_of_a_report(place, submission, colleague):
    """On the page or by a workbook; who sent or reviewed it has not."""
    entry = BulkEntry(submission, {"A": 3})
    enter_many(
        task=submission.task, entries=[entry], upto=State.DRAFT, explanation="", by=colleague, at=AT, kind=TAKEN_IN
    )  # fmt: skip
    send(submission_of(submission.task, place.village), {"B": 1}, by=place.clerk)
    people = (place.clerk, colleague, place.reviewer, place.stranger)
    assert [has_typed(submission, person) for person in people] == [True, True, False, False]
    other = submission_of(submission.task, place.other_village)
    assert not has_typed(other, place.clerk)
