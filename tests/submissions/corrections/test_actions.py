"""Corrections after the lock: asked, passed, approved, refused, taken back; what changes and what stays."""

import json

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from submissions.choices import Act, CorrectionState, State
from submissions.core.change_records import replayed
from submissions.core.conflicts import Conflict
from submissions.core.refusals import ActRefused, NotReady
from submissions.corrections.actions import (
    approve_correction,
    refuse_correction,
    request_correction,
    withdraw_correction,
)
from submissions.models import ChangeMark, Correction, Review, Submission, Task, Version
from submissions.states import NotNow
from tests.factories.audit import broken_audit
from tests.factories.indicators import make_check
from tests.factories.orgs import a_post, a_user
from tests.factories.submissions import AT, LATER, bring_to, submission_of

pytestmark = pytest.mark.django_db


def asked(report: Submission, place, **given) -> Correction:
    given = {"changes": {"A": 3}, "version_number": report.standing.number, "reason": "漏报两件", "by": place.clerk, **given}
    return request_correction(submission=report, at=LATER, **given)


def approved(correction: Correction, place) -> Correction:
    approve_correction(correction=correction, by=place.reviewer, at=LATER)
    approve_correction(correction=correction, by=place.officer, at=LATER)
    return correction


def stamps(task) -> set[int]:
    return set(ChangeMark.objects.filter(task=task).values_list("stamp", flat=True))


def test_while_it_is_under_way_nothing_counts_otherwise(report, place):
    correction = asked(report, place, evidence="台账第3页")
    fresh = submission_of(place.task, place.village)
    assert (fresh.state, fresh.standing, fresh.is_in_correction) == (State.APPROVED, report.standing, True)
    assert (correction.state, correction.reviewer_org, correction.base) == ("requested", place.township, report.standing)
    assert (correction.figures, correction.cleared, correction.evidence) == ({"A": 3}, [], "台账第3页")
    assert Version.objects.filter(submission=report).count() == 1


def test_township_and_county_make_it_the_next_version(report, place):
    before = {name: getattr(report, name) for name in ("first_submitted_at", "submitted_at", "approved_at", "approved_by_id")}
    correction = asked(report, place)
    approve_correction(correction=correction, by=place.reviewer, at=LATER)
    assert (correction.state, correction.reviewer_org_id, correction.passed_by) == ("passed", place.county.pk, place.reviewer)
    marks = stamps(place.task)
    approve_correction(correction=correction, by=place.officer, at=LATER)
    fresh = submission_of(place.task, place.village)
    assert (fresh.state, fresh.standing.number, fresh.standing.figures, fresh.is_in_correction) == (
        "approved",
        2,
        {"A": 3},
        False,
    )
    assert {name: getattr(fresh, name) for name in before} == before
    assert (fresh.standing.saved_by, fresh.standing.sealed_by) == (place.clerk, place.officer)
    assert report.versions.get(number=1).figures == {"A": 1}
    assert (correction.state, correction.result_id, correction.decided_by_id) == (
        "approved",
        fresh.standing_id,
        place.officer.pk,
    )
    assert not marks & stamps(place.task)
    assert Task.objects.get(pk=place.task.pk).has_corrections


def test_the_act_is_in_the_history_and_in_the_trail(report, place):
    approved(asked(report, place), place)
    review = Review.objects.get(submission=report, act=Act.CORRECT)
    assert (review.reason, review.version.number, review.organization, review.by) == (
        "漏报两件",
        2,
        place.county,
        place.officer,
    )
    kinds = Event.objects.filter(subject=f"submission:{report.pk}").order_by("sequence").values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["correction.requested", "correction.passed", "submission.corrected"]
    event = json.loads(Event.objects.get(kind="submission.corrected").data)
    assert (event["A"], event["_reason"], event["_correction"]) == ([1, 3], "漏报两件", 1)
    assert replayed(report) == {"A": 3}


def test_a_second_correction_stands_on_the_first(report, place):
    approved(asked(report, place), place)
    second = approved(asked(submission_of(place.task, place.village), place, changes={"A": 5, "B": 2}), place)
    assert (second.number, second.base.number, second.result.number) == (2, 2, 3)
    assert submission_of(place.task, place.village).standing.figures == {"A": 5, "B": 2}


def test_only_one_at_a_time(report, place):
    asked(report, place)
    with pytest.raises(ActRefused, match="still under way"):
        asked(report, place, changes={"B": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(
            county=place.county, submission=report, number=2, base=report.standing, reason="x", requested_at=AT,
            requested_by=place.clerk,
        )  # fmt: skip


def test_a_figure_is_cleared_on_purpose(report, place):
    approved(asked(report, place, changes={"A": None, "B": 0}), place)
    assert submission_of(place.task, place.village).standing.figures == {"B": 0}


@pytest.mark.parametrize("changes", [{}, {"A": 1}, {"A": 1, "B": None}])
def test_t50_without_a_change_it_is_refused(report, place, changes):
    with pytest.raises(ActRefused, match="othing"):
        asked(report, place, changes=changes)
    assert not Correction.objects.exists()


def test_cells_that_stay_are_no_part_of_it(report, place):
    assert asked(report, place, changes={"A": 1, "B": 4}).changes == {"B": 4}


@pytest.mark.parametrize("reason", ["", "  ", " 错 "])
def test_it_needs_a_reason(report, place, reason):
    with pytest.raises(ActRefused, match="reason"):
        asked(report, place, reason=reason)


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_what_is_not_locked_is_not_corrected(place, state):
    other = submission_of(place.task, place.other_village)
    if state == State.PASSED:
        place.clerk, place.stranger = place.stranger, place.clerk
    fresh = bring_to(state, other, place)
    with pytest.raises(NotNow):
        request_correction(submission=fresh, version_number=1, changes={"A": 9}, reason="漏报", by=place.stranger, at=LATER)


def test_a_computed_or_unknown_cell_is_refused(report, place):
    with pytest.raises(ActRefused, match="is not a cell"):
        asked(report, place, changes={"Z": 1})


def test_t45_on_a_version_that_is_gone_it_is_refused_with_the_difference(report, place):
    approved(asked(report, place), place)
    with pytest.raises(Conflict) as conflict:
        asked(report, place, version_number=1, changes={"A": 7})
    assert [(one.key, one.yours, one.theirs) for one in conflict.value.differences] == [("A", "1", "3")]
    assert Correction.objects.count() == 1


def test_a_second_click_changes_nothing(report, place):
    correction = asked(report, place)
    seen = Correction.objects.get(pk=correction.pk)
    approve_correction(correction=correction, by=place.reviewer, at=LATER)
    with pytest.raises(Conflict, match="Passed below"):
        approve_correction(correction=seen, by=place.reviewer, at=LATER)
    approve_correction(correction=correction, by=place.officer, at=LATER)
    with pytest.raises(NotNow):
        approve_correction(correction=seen, by=place.officer, at=LATER)


def test_nobody_decides_on_what_he_asked_for(report, place):
    both = a_user("clerk", place.village)
    a_post(both, "reviewer", place.township)
    with pytest.raises(ActRefused, match="yourself"):
        approve_correction(correction=asked(report, place, by=both), by=both, at=LATER)


def test_refused_and_taken_back_leave_the_report_as_it_was(report, place):
    correction = asked(report, place)
    with pytest.raises(ActRefused, match="reason"):
        refuse_correction(correction=correction, reason="", by=place.reviewer, at=LATER)
    refuse_correction(correction=correction, reason="台账与原数一致", by=place.reviewer, at=LATER)
    assert (correction.state, correction.opinion) == (CorrectionState.REFUSED, "台账与原数一致")
    again = asked(report, place)
    withdraw_correction(correction=again, by=place.clerk, at=LATER)
    fresh = submission_of(place.task, place.village)
    assert (again.number, again.state, fresh.is_in_correction, fresh.standing) == (2, "withdrawn", False, report.standing)


def test_what_was_passed_is_not_taken_back(report, place):
    correction = asked(report, place)
    approve_correction(correction=correction, by=place.reviewer, at=LATER)
    with pytest.raises(NotNow):
        withdraw_correction(correction=correction, by=place.clerk, at=LATER)


def test_the_checks_decide_when_it_is_asked_and_when_it_is_approved(report, place):
    correction = asked(report, place)
    make_check(place.task.form, "{A} <= 2")
    approve_correction(correction=correction, by=place.reviewer, at=LATER)
    with pytest.raises(NotReady):
        approve_correction(correction=correction, by=place.officer, at=LATER)
    refuse_correction(correction=correction, reason="超过上限", by=place.officer, at=LATER)
    with pytest.raises(NotReady):
        asked(submission_of(place.task, place.village), place)


def test_what_is_to_be_verified_needs_an_explanation(report, place):
    make_check(place.task.form, "{A} <= 2", severity="verify")
    with pytest.raises(NotReady) as refusal:
        asked(report, place)
    key = refusal.value.findings[0].check
    correction = asked(report, place, explanations={key: "四月新增两户，见台账"})
    approved(correction, place)
    [finding] = submission_of(place.task, place.village).standing.findings
    assert finding["explanation"] == "四月新增两户，见台账"


ACTS = {
    "request": lambda report, place, _one: asked(report, place),
    "approve": lambda _report, place, one: approve_correction(correction=one, by=place.officer, at=LATER),
    "refuse": lambda _report, place, one: refuse_correction(correction=one, reason="不符", by=place.officer, at=LATER),
    "withdraw": lambda _report, place, one: withdraw_correction(correction=one, by=place.clerk, at=LATER),
}


@pytest.mark.parametrize("name", ACTS)
def test_without_the_audit_event_nothing_happens(report, place, name):
    one = None if name == "request" else asked(report, place)
    if name in ("approve", "refuse"):
        approve_correction(correction=one, by=place.reviewer, at=LATER)
    before = [list(model.objects.order_by("pk").values_list()) for model in (Submission, Version, Correction, Review, Task)]
    with broken_audit() as refusal, pytest.raises(refusal), transaction.atomic():
        ACTS[name](report, place, one)
    assert [list(m.objects.order_by("pk").values_list()) for m in (Submission, Version, Correction, Review, Task)] == before
