"""Sending in and taking back: what may be sent, when, to whom, and what the sealed version says."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime

import pytest

from audit.models import Event
from indicators.choices import Kind
from indicators.measures.document_measures import pack
from indicators.measures.history import NOTHING_EARLIER
from orgs.choices import Role
from submissions.choices import Act, State
from submissions.core.conflicts import Conflict
from submissions.core.digests import digest_of
from submissions.core.refusals import ActRefused, NotReady
from submissions.filling.submission_actions import submit, withdraw
from submissions.models import ChangeMark, Review, Version
from submissions.states import NotNow
from submissions.tasks.progress import is_late
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.factories.orgs import a_county, a_township, a_user, an_organization
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


def _stamps(submission) -> dict[int, int]:
    return dict(ChangeMark.objects.filter(task=submission.task).values_list("organization_id", "stamp"))


def test_sending_seals_the_version_and_puts_it_before_the_township(place, submission):
    before = _stamps(submission)
    version = send(submission, {"A": 5, "B": 2}, by=place.clerk)
    stored = Version.objects.get()
    assert (stored.sealed_at, stored.sealed_by, stored.pk) == (AT, place.clerk, version.pk)
    assert stored.digest == digest_of({"A": 5, "B": 2}, {}, False)
    assert bytes(stored.measures) == pack(submission.task.layout, "village", {"A": 5, "B": 2}, NOTHING_EARLIER)
    fresh = submission_of(submission.task, place.village)
    assert (fresh.state, fresh.standing, fresh.reviewer_org) == (State.SUBMITTED, stored, place.township)
    assert fresh.first_submitted_at == fresh.submitted_at == AT
    after = _stamps(submission)
    assert all(before[org.pk] != after[org.pk] for org in (place.township, place.county))
    assert Review.objects.get().act == Act.SUBMIT
    data = json.loads(Event.objects.get(kind="submission.submitted").data)
    assert data == {"_state": ["draft", "submitted"], "_version": 1, "_digest": stored.digest}


def test_an_empty_form_is_refused(place, submission):
    """T3: nothing filled in and no nil report."""
    fill(submission, {"A": 1}, by=place.clerk)
    draft = fill(submission, {"A": None}, by=place.clerk)
    with pytest.raises(NotReady) as refusal:
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=AT)
    assert [finding.check for finding in refusal.value.findings] == ["empty"]
    assert submission_of(submission.task, place.village).state == State.DRAFT


def test_nothing_typed_at_all_is_not_sent(place, submission):
    with pytest.raises(NotNow):
        submit(submission=submission, revision=0, by=place.clerk, at=AT)


@pytest.fixture
def nil_form():
    make_indicator("F")
    make_indicator("S", kind=Kind.STOCK, name="期末党员数")
    make_indicator("C", kind=Kind.CUMULATIVE)
    make_indicator("I", items=("甲", "乙"))
    return make_form("零表", ("F", "S", "C", "I"))


def test_a_nil_report_answers_what_adds_up_and_owes_the_stocks(place, nil_form):
    """T4: additive cells become 0, stock lines must still be given."""
    submission = submission_of(a_task(place.county, nil_form, period="2026Q1", due_on=date(2026, 4, 10)), place.village)
    draft = fill(submission, {}, by=place.clerk, nil_report=True)
    with pytest.raises(NotReady) as refusal:
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=AT)
    (finding,) = refusal.value.findings
    assert finding.keys == ("S",)
    assert "期末党员数" in finding.sentence
    version = send(submission, {"S": 30}, by=place.clerk)
    assert version.figures == {"F": 0, "S": 30, "C": 0, "I": 0, "I:甲": 0, "I:乙": 0}
    assert version.nil_report
    data = json.loads(Event.objects.get(kind="submission.submitted").data)
    assert data["F"] == [None, 0]


def test_a_nil_report_carries_the_running_total_on(place, nil_form):
    first = submission_of(a_task(place.county, nil_form, period="2026Q1", due_on=date(2026, 4, 10)), place.village)
    send(first, {"F": 1, "S": 30, "C": 12, "I": 0}, by=place.clerk)
    second = submission_of(a_task(place.county, nil_form, period="2026Q2", due_on=date(2026, 7, 10)), place.village)
    fill(second, {"S": 31}, by=place.clerk, nil_report=True)
    assert send(second, {}, by=place.clerk).figures["C"] == 12


def test_a_nil_report_without_the_total_before_asks_for_it(place, nil_form):
    second = submission_of(a_task(place.county, nil_form, period="2026Q2", due_on=date(2026, 7, 10)), place.village)
    draft = fill(second, {"S": 31}, by=place.clerk, nil_report=True)
    with pytest.raises(NotReady) as refusal:
        submit(submission=second, revision=draft.revision, by=place.clerk, at=AT)
    assert [finding.keys for finding in refusal.value.findings] == [("C",)]


def test_a_mandatory_finding_stops_and_names_the_pair(place):
    """T5: resolved 3, received not given."""
    make_indicator("RECEIVED", name="收集问题")
    make_indicator("RESOLVED", name="解决问题")
    form = make_form("问题表", ("RECEIVED", "RESOLVED"))
    make_check(form, "{RESOLVED} <= {RECEIVED}")
    submission = submission_of(a_task(place.county, form), place.village)
    draft = fill(submission, {"RESOLVED": 3}, by=place.clerk)
    with pytest.raises(NotReady) as refusal:
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=AT)
    (finding,) = refusal.value.findings
    assert finding.keys[0] == "RECEIVED"
    assert "收集问题" in finding.sentence
    send(submission, {"RECEIVED": 3}, by=place.clerk)


def test_a_required_line_left_blank_stops(place):
    submission = submission_of(a_task(place.county, make_form("必填表", ("A", "B"), required=("A",))), place.village)
    draft = fill(submission, {"B": 3}, by=place.clerk)
    with pytest.raises(NotReady) as refusal:
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=AT)
    assert [finding.check for finding in refusal.value.findings] == ["required:A"]


def test_a_verify_finding_wants_a_real_explanation_and_keeps_it(place):
    form = make_form("核实表", ("A", "B"))
    make_check(form, "{A} <= 10", severity="verify", message="A 一般不超过 10")
    submission = submission_of(a_task(place.county, form), place.village)
    draft = fill(submission, {"A": 64}, by=place.clerk)
    with pytest.raises(NotReady) as refusal:
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=AT)
    key = refusal.value.findings[0].check
    draft = fill(submission, {}, by=place.clerk, explanations={key: "经核实,情况属实"})
    with pytest.raises(NotReady):
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=AT)
    fill(submission, {}, by=place.clerk, explanations={key: "9月开展企业大走访,集中收集"})
    version = send(submission, {}, by=place.clerk)
    (kept,) = version.findings
    assert kept["explanation"] == "9月开展企业大走访,集中收集"
    assert "64" in kept["said"]


def test_an_old_page_does_not_send(place, submission):
    fill(submission, {"A": 5}, by=place.clerk)
    fill(submission, {"A": 6}, by=place.stranger, at=LATER)
    with pytest.raises(Conflict) as conflict:
        submit(submission=submission, revision=1, by=place.clerk, at=LATER)
    (difference,) = conflict.value.differences
    assert (difference.yours, difference.theirs, difference.by) == ("5", "6", place.stranger.name)


@pytest.mark.parametrize(("at", "late"), [
    (datetime(2026, 10, 10, 15, 30, tzinfo=UTC), False),  # 23:30 on the due day in Shanghai
    (datetime(2026, 10, 10, 16, 10, tzinfo=UTC), True),  # 00:10 the day after, still the 10th in UTC
])  # fmt: skip
def test_late_is_decided_by_the_day_in_shanghai(place, submission, at, late):
    """T26."""
    send(submission, by=place.clerk, at=at)
    assert is_late(submission, submission.task) is late


def test_the_opening_days_are_those_of_the_server(place):
    task = a_task(place.county, opens_on=date(2026, 10, 1), closes_on=date(2026, 10, 20))
    submission = submission_of(task, place.village)
    draft = fill(submission, {"A": 1}, by=place.clerk)
    for moment, word in [
        (datetime(2026, 9, 30, 15, 59, tzinfo=UTC), "2026-10-01"),
        (datetime(2026, 10, 20, 16, 0, tzinfo=UTC), "2026-10-20"),
    ]:
        with pytest.raises(ActRefused) as refusal:
            submit(submission=submission, revision=draft.revision, by=place.clerk, at=moment)
        assert word in refusal.value.sentence
    last_moment = datetime(2026, 10, 20, 15, 59, 59, tzinfo=UTC)
    submit(submission=submission, revision=draft.revision, by=place.clerk, at=last_moment)


def test_taking_back_before_review(place, submission):
    send(submission, by=place.clerk)
    withdraw(submission=submission, by=place.clerk, at=LATER)
    fresh = submission_of(submission.task, place.village)
    assert (fresh.state, fresh.standing, fresh.reviewer_org, fresh.first_submitted_at) == (State.DRAFT, None, None, None)
    version = send(submission, {}, by=place.clerk, at=LATER)
    assert (version.number, version.figures) == (2, {"A": 1})
    assert submission_of(submission.task, place.village).first_submitted_at == LATER


@pytest.mark.parametrize("state", [State.BLANK, State.DRAFT, State.PASSED, State.RETURNED, State.APPROVED, State.EXEMPT])
def test_only_what_waits_for_its_first_review_is_taken_back(place, submission, state):
    bring_to(state, submission, place)
    with pytest.raises(NotNow):
        withdraw(submission=submission, by=place.clerk, at=LATER)
    assert not Event.objects.filter(kind="submission.withdrawn").exists()


def test_a_return_sent_back_unchanged_is_refused(place, submission):
    """T50: 无变化. A word of explanation is a change."""
    bring_to(State.RETURNED, submission, place)
    with pytest.raises(ActRefused) as refusal:
        submit(submission=submission, revision=1, by=place.clerk, at=LATER)
    assert "1" in refusal.value.sentence
    fill(submission, {"A": 2}, by=place.clerk)
    draft = fill(submission, {"A": 1}, by=place.clerk)
    with pytest.raises(ActRefused):
        submit(submission=submission, revision=draft.revision, by=place.clerk, at=LATER)
    assert Version.objects.filter(sealed_at__isnull=False).count() == 1
    draft = fill(submission, {}, by=place.clerk, explanations={"cell:A": "已与台账核对,确为 1 场"})
    assert submit(submission=submission, revision=draft.revision, by=place.clerk, at=LATER).number == 2


def test_the_next_reviewer_is_the_nearest_with_somebody_to_review():
    county = a_county("350200")
    township = a_township("35020001", county)
    a_user(Role.OFFICER, county)
    village = an_organization("3502000101", parent=township)
    clerk = a_user(Role.CLERK, village)
    submission = submission_of(a_task(county), village)
    send(submission, by=clerk)
    assert submission.reviewer_org_id == county.pk


def test_without_any_reviewer_it_waits_at_the_county():
    county = a_county("350300")
    clerk = a_user(Role.CLERK, county)
    submission = submission_of(a_task(county), county)
    send(submission, by=clerk)
    assert submission.reviewer_org_id == county.pk
