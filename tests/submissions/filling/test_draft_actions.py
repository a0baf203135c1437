"""Saving a draft: compare-and-set, idempotent, audited, and never a typed figure lost."""

import json
from copy import deepcopy
from decimal import Decimal
from uuid import uuid4

import pytest

from audit.models import Event
from indicators.choices import Kind
from submissions.choices import State
from submissions.core.conflicts import Conflict
from submissions.core.refusals import ActRefused
from submissions.filling.draft_actions import save_draft
from submissions.models import Version
from submissions.states import NotNow
from tests.factories.indicators import make_form, make_indicator
from tests.factories.submissions import AT, LATER, a_place, a_task, bring_to, fill, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


@pytest.fixture
def submission(place):
    return submission_of(a_task(place.county), place.village)


def _save(submission, changes, revision, by, **given):
    given = {"key": str(uuid4()), "at": AT, **given}
    return save_draft(submission=submission, changes=changes, revision=revision, by=by, **given)


def test_the_first_save_makes_version_one(place, submission):
    version = _save(submission, {"A": 5, "B": Decimal("2.50")}, 0, place.clerk)
    stored = Version.objects.get()
    assert (stored.number, stored.revision, stored.saved_by, stored.saved_at) == (1, 1, place.clerk, AT)
    assert stored.figures == {"A": 5, "B": Decimal("2.5")}
    assert version.pk == stored.pk
    assert submission_of(submission.task, place.village).state == State.DRAFT == submission.state


def test_a_save_tells_the_audit_old_and_new(place, submission):
    _save(submission, {"A": 5}, 0, place.clerk)
    _save(submission, {"A": 7, "B": 1}, 1, place.clerk)
    event = Event.objects.filter(kind="submission.saved").latest("sequence")
    data = json.loads(event.data)
    assert data == {"A": [5, 7], "B": [None, 1], "_revision": [1, 2], "_version": 1}
    assert (event.actor_id, event.organization_id) == (place.clerk.pk, place.village.pk)


def test_a_cell_is_cleared_only_on_purpose(place, submission):
    _save(submission, {"A": 7, "B": 1}, 0, place.clerk)
    version = _save(submission, {"A": None}, 1, place.clerk)
    assert version.figures == {"B": 1}
    data = json.loads(Event.objects.filter(kind="submission.saved").latest("sequence").data)
    assert data["A"] == [7, None]


def test_an_old_revision_is_a_conflict_with_both_values(place, submission):
    """T47: two clerks, both read 5; the first saves 6, the second saves 7 with the old token."""
    _save(submission, {"A": 5}, 0, place.clerk)
    _save(submission, {"A": 6}, 1, place.clerk, at=LATER)
    with pytest.raises(Conflict) as conflict:
        _save(submission, {"A": 7}, 1, place.stranger)
    (difference,) = conflict.value.differences
    assert (difference.key, difference.yours, difference.theirs) == ("A", "7", "6")
    assert (difference.by, difference.at) == (place.clerk.name, LATER)
    assert conflict.value.revision == 2
    assert Version.objects.get().figures == {"A": 6}


def test_an_old_revision_with_other_cells_loses_nothing_either(place, submission):
    _save(submission, {"A": 5}, 0, place.clerk)
    with pytest.raises(Conflict) as conflict:
        _save(submission, {"B": 7}, 0, place.stranger)
    assert conflict.value.differences == []
    assert Version.objects.get().figures == {"A": 5}


def test_a_retry_with_the_same_key_changes_nothing(place, submission):
    first = _save(submission, {"A": 5}, 0, place.clerk, key="k1")
    again = _save(submission, {"A": 5}, 0, place.clerk, key="k1")
    assert (again.pk, again.revision) == (first.pk, 1)
    assert Event.objects.filter(kind="submission.saved").count() == 1


def test_a_save_that_changes_nothing_writes_nothing(place, submission):
    _save(submission, {"A": 5}, 0, place.clerk)
    version = _save(submission, {"A": 5}, 1, place.clerk)
    assert version.revision == 1
    assert Event.objects.filter(kind="submission.saved").count() == 1


def test_only_the_last_twenty_keys_are_remembered(place, submission):
    for number in range(25):
        _save(submission, {"A": number}, number, place.clerk, key=f"k{number}")
    assert Version.objects.get().recent_keys == [f"k{number}" for number in range(5, 25)]


@pytest.mark.parametrize("key", ["C", "A:没有", "", "constructor"])
def test_a_cell_that_is_not_asked_is_refused_by_name(place, submission, key):
    with pytest.raises(ActRefused) as refusal:
        _save(submission, {"A": 1, key: 5}, 0, place.clerk)
    assert f"“{key}”" in refusal.value.sentence
    assert not Version.objects.exists()


def test_a_computed_line_is_never_typed(place):
    make_indicator("A")
    make_indicator("B")
    make_indicator("R", numerator="{A}", denominator="{B}")
    submission = submission_of(a_task(place.county, make_form("率表", ("A", "B", "R"))), place.village)
    with pytest.raises(ActRefused):
        _save(submission, {"R": 80}, 0, place.clerk)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PASSED, State.APPROVED, State.EXEMPT])
def test_what_is_not_the_units_turn_is_not_saved(place, submission, state):
    bring_to(state, submission, place)
    before = list(Version.objects.values_list("number", "revision", "figures"))
    with pytest.raises(NotNow):
        _save(submission, {"A": 99}, before[-1][1] if before else 0, place.clerk)
    assert list(Version.objects.values_list("number", "revision", "figures")) == before


def test_after_a_return_the_next_save_copies_the_sealed_version(place, submission):
    bring_to(State.RETURNED, submission, place)
    draft = fill(submission, {"B": 4}, by=place.clerk)
    sealed = Version.objects.get(number=1)
    assert (draft.number, draft.figures) == (2, {"A": 1, "B": 4})
    assert (sealed.figures, sealed.sealed_at is not None) == ({"A": 1}, True)
    assert submission_of(submission.task, place.village).state == State.RETURNED


def test_explanations_and_the_behalf_are_kept(place, submission):
    version = _save(
        submission, {"A": 1}, 0, place.clerk, explanations={"rule:x": " 九月集中走访 "}, on_behalf="纸质表 2026-10-07"
    )
    assert version.explanations == {"rule:x": "九月集中走访"}
    assert version.on_behalf == "纸质表 2026-10-07"
    cleared = _save(submission, {}, 1, place.clerk, explanations={"rule:x": ""})
    assert cleared.explanations == {}


def test_a_nil_report_over_figures_is_refused_and_a_figure_lifts_it(place):
    make_indicator("F", name="活动场次")
    make_indicator("S", kind=Kind.STOCK)
    submission = submission_of(a_task(place.county, make_form("零表", ("F", "S"))), place.village)
    _save(submission, {"F": 3}, 0, place.clerk)
    with pytest.raises(ActRefused) as refusal:
        _save(submission, {}, 1, place.clerk, nil_report=True)
    assert "活动场次" in refusal.value.sentence
    nil = _save(submission, {"F": None, "S": 12}, 1, place.clerk, nil_report=True)
    assert nil.nil_report
    lifted = _save(submission, {"F": 2}, 2, place.clerk)
    assert not lifted.nil_report
    assert lifted.figures == {"F": 2, "S": 12}


def test_a_save_is_a_handful_of_queries(place, submission, django_assert_num_queries):
    _save(submission, {"A": 5}, 0, place.clerk)
    with django_assert_num_queries(7):  # savepoint and release of the test's own transaction are two of them
        _save(submission, {"A": 6}, 1, place.clerk)
