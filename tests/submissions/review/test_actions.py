"""Reviewing: the version that was seen, level by level, never a figure, never one's own."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime

import pytest

from audit.models import Event
from indicators.choices import Kind
from indicators.measures.document_measures import plan_of
from orgs.choices import Role
from submissions.choices import Act, State
from submissions.core.conflicts import Conflict
from submissions.core.refusals import ActRefused
from submissions.filling.submission_actions import withdraw
from submissions.models import Review, Version
from submissions.review.actions import approve, send_back
from submissions.states import NotNow
from submissions.tasks.exemptions import exempt, lift
from submissions.tasks.progress import is_late
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import a_post
from tests.factories.submissions import AT, LATER, a_place, a_task, bring_to, fill, send, submission_of

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


def _fresh(submission):
    return submission_of(submission.task, submission.organization)


def test_level_by_level_up_to_the_county(place, submission):
    version = send(submission, by=place.clerk)
    approve(submission=submission, version_number=1, by=place.reviewer, at=AT)
    passed = _fresh(submission)
    assert (passed.state, passed.reviewer_org, passed.approved_at) == (State.PASSED, place.county, None)
    approve(submission=passed, version_number=1, by=place.officer, at=LATER)
    locked = _fresh(submission)
    assert (locked.state, locked.reviewer_org, locked.standing) == (State.APPROVED, None, version)
    assert (locked.approved_at, locked.approved_by) == (LATER, place.officer)
    acts = list(Review.objects.order_by("id").values_list("act", "organization_id", "version_id"))
    assert acts == [
        (Act.SUBMIT, place.village.pk, version.pk),
        (Act.PASS, place.township.pk, version.pk),
        (Act.APPROVE, place.county.pk, version.pk),
    ]
    data = json.loads(Event.objects.get(kind="submission.approved").data)
    assert data == {"_state": ["passed", "approved"], "_version": 1}


def test_a_version_that_changed_since_is_not_approved(place, submission):
    """T45: the reviewer opened v1; the unit took it back and sent v2; the reviewer clicks approve."""
    send(submission, {"A": 5, "B": 1}, by=place.clerk)
    seen = _fresh(submission)
    withdraw(submission=submission, by=place.clerk, at=AT)
    send(submission, {"A": 6}, by=place.clerk, at=LATER)
    for act in (
        lambda: approve(submission=seen, version_number=1, by=place.reviewer, at=LATER),
        lambda: send_back(submission=seen, version_number=1, reason="x", cell_reasons={}, by=place.reviewer, at=LATER),
    ):
        with pytest.raises(Conflict) as conflict:
            act()
        (difference,) = conflict.value.differences
        assert (difference.key, difference.yours, difference.theirs) == ("A", "5", "6")
        assert (difference.by, difference.at) == (place.clerk.name, LATER)
    assert _fresh(submission).state == State.SUBMITTED


def test_a_draft_begun_after_taking_back_is_a_conflict_too(place, submission):
    send(submission, {"A": 5}, by=place.clerk)
    seen = _fresh(submission)
    withdraw(submission=submission, by=place.clerk, at=AT)
    fill(submission, {"A": 8}, by=place.clerk)
    with pytest.raises(Conflict) as conflict:
        approve(submission=seen, version_number=1, by=place.reviewer, at=LATER)
    assert [difference.theirs for difference in conflict.value.differences] == ["8"]


def test_a_second_click_does_not_pass_the_next_level(place, submission):
    """The same person may review at the township and at the county; one click is one level."""
    a_post(place.reviewer, Role.OFFICER, place.county)
    send(submission, by=place.clerk)
    seen, again = _fresh(submission), _fresh(submission)
    approve(submission=seen, version_number=1, by=place.reviewer, at=AT)
    with pytest.raises(Conflict):
        approve(submission=again, version_number=1, by=place.reviewer, at=AT)
    assert _fresh(submission).state == State.PASSED


def test_nobody_approves_what_he_typed_or_sent(place, submission):
    a_post(place.clerk, Role.REVIEWER, place.township)
    fill(submission, {"A": 1}, by=place.clerk)
    send(submission, {"B": 2}, by=place.stranger)
    for person in (place.clerk, place.stranger):
        with pytest.raises(ActRefused):
            approve(submission=submission, version_number=1, by=person, at=AT)
    approve(submission=submission, version_number=1, by=place.reviewer, at=AT)


@pytest.mark.parametrize("state", [State.BLANK, State.DRAFT, State.RETURNED, State.APPROVED, State.EXEMPT])
def test_what_is_not_with_the_reviewers_is_neither_approved_nor_returned(place, submission, state):
    fresh = bring_to(state, submission, place)
    before = Event.objects.count()
    with pytest.raises(NotNow):
        approve(submission=fresh, version_number=1, by=place.officer, at=LATER)
    with pytest.raises(NotNow):
        send_back(submission=fresh, version_number=1, reason="x", cell_reasons={}, by=place.officer, at=LATER)
    assert (Event.objects.count(), _fresh(submission).state) == (before, state)


def test_a_return_needs_a_reason(place, submission):
    send(submission, by=place.clerk)
    for reason, cells in [("", {}), ("  ", {"A": " "})]:
        with pytest.raises(ActRefused):
            send_back(submission=submission, version_number=1, reason=reason, cell_reasons=cells, by=place.reviewer, at=AT)
    with pytest.raises(ActRefused):
        send_back(submission=submission, version_number=1, reason="", cell_reasons={"Z": "x"}, by=place.reviewer, at=AT)
    send_back(submission=submission, version_number=1, reason="", cell_reasons={"A": "与台账不符"}, by=place.reviewer, at=AT)
    assert Review.objects.latest("id").cell_reasons == {"A": "与台账不符"}


def test_a_return_keeps_the_first_report_on_time(place):
    """T28: submitted 04-09, returned 04-12, resubmitted 04-14, due 04-10."""
    task = a_task(place.county, period="2025Q1", due_on=date(2025, 4, 10))
    submission = submission_of(task, place.village)

    def day(number):
        return datetime(2025, 4, number, 2, 0, tzinfo=UTC)

    send(submission, {"A": 5}, by=place.clerk, at=day(9))
    send_back(submission=submission, version_number=1, reason="请核对", cell_reasons={}, by=place.reviewer, at=day(12))
    returned = _fresh(submission)
    assert (returned.state, returned.standing, returned.times_returned) == (State.RETURNED, None, 1)
    send(submission, {"A": 6}, by=place.clerk, at=day(14))
    final = _fresh(submission)
    assert (final.first_submitted_at, final.submitted_at, final.times_returned) == (day(9), day(14), 1)
    assert not is_late(final, task)
    assert Version.objects.get(number=1).figures == {"A": 5}


def test_exempting_with_a_reason_and_lifting_it(place, submission):
    with pytest.raises(ActRefused):
        exempt(submission=submission, reason=" ", by=place.officer, at=AT)
    exempt(submission=submission, reason="9月30日并入白沙村", requester=" 青山镇党委 ", by=place.officer, at=AT)
    fresh = _fresh(submission)
    assert (fresh.exempt_requester, fresh.exempt_approver) == ("青山镇党委", place.officer.name)
    data = json.loads(Event.objects.get(kind="submission.exempted").data)
    assert (data["_requester"], data["_approver"]) == ([None, "青山镇党委"], [None, place.officer.name])
    assert (fresh.state, fresh.exempt_reason, fresh.exempted_by) == (State.EXEMPT, "9月30日并入白沙村", place.officer)
    lift(submission=fresh, by=place.officer, at=LATER)
    again = _fresh(submission)
    assert (again.state, again.exempt_reason, again.exempted_at, again.exempted_by) == (State.BLANK, "", None, None)
    assert (again.exempt_requester, again.exempt_approver) == (None, None)
    assert list(
        Event.objects.filter(kind__in=("submission.exempted", "submission.unexempted")).values_list("kind", flat=True)
    ) == [
        "submission.exempted",
        "submission.unexempted",
    ]


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_lifting_an_exemption_leads_back_to_where_the_unit_was(place, submission, state):
    bring_to(state, submission, place)
    exempt(submission=submission, reason="停业", by=place.officer, at=AT)
    lift(submission=submission, by=place.officer, at=LATER)
    assert _fresh(submission).state == state
    assert fill(submission, {"A": 9}, by=place.clerk).figures["A"] == 9


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PASSED, State.APPROVED, State.EXEMPT])
def test_what_was_sent_is_not_exempted(place, submission, state):
    bring_to(state, submission, place)
    with pytest.raises(NotNow):
        exempt(submission=submission, reason="停业", by=place.officer, at=AT)


def test_a_changed_first_quarter_changes_the_second_quarters_part(place):
    """T17 by return: the running total of Q1 goes from 10 to 12 after Q2 = 25 was sent."""
    make_indicator("C", kind=Kind.CUMULATIVE)
    form = make_form("累计表", ("C",))
    first = submission_of(a_task(place.county, form, period="2026Q1", due_on=date(2026, 4, 10)), place.village)
    second = submission_of(a_task(place.county, form, period="2026Q2", due_on=date(2026, 7, 10)), place.village)
    send(first, {"C": 10}, by=place.clerk)
    version = send(second, {"C": 25}, by=place.clerk)

    def part():
        packed = int.from_bytes(bytes(Version.objects.get(pk=version.pk).measures), "little")
        return packed

    with_ten = part()
    send_back(submission=_fresh(first), version_number=1, reason="请核对", cell_reasons={}, by=place.reviewer, at=AT)
    without = part()
    send(first, {"C": 12}, by=place.clerk)
    with_twelve = part()
    part_of = plan_of(second.task.layout).measure("C", "part")
    assert with_ten - with_twelve == part_of.scale.units(2) << (128 * part_of.lane)
    assert without not in (with_ten, with_twelve)
