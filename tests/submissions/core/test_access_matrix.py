"""Statement 23: every transition only from its legal state and by its legal role: all states × roles × acts, through the pages."""

import json

import pytest
from django.urls import reverse

from audit.models import Event
from submissions.choices import Act, State
from submissions.models import Review, Submission, Version
from submissions.states import can
from tests.factories.submissions import bring_to, submission_of

pytestmark = pytest.mark.django_db
ROLES = ("clerk", "stranger", "reviewer", "officer", "leader")
# Act -> the role that may, by state where it depends on whose turn it is.
MAY = {
    Act.SAVE: lambda state: "clerk",
    Act.SUBMIT: lambda state: "clerk",
    Act.WITHDRAW: lambda state: "clerk",
    Act.APPROVE: lambda state: "officer" if state == State.PASSED else "reviewer",
    Act.RETURN: lambda state: "officer" if state == State.PASSED else "reviewer",
    Act.EXEMPT: lambda state: "officer",
    Act.UNEXEMPT: lambda state: "officer",
}
CASES = [(state, act) for state in State for act in MAY if can(act, state)]


def post(client, act: Act, submission: Submission):
    """What the page's button sends, in whatever state the report is."""
    newest = submission.versions.order_by("-number").first()
    revision, number = (newest.revision, newest.number) if newest else (0, 1)
    level = submission.reviewer_org_id or submission.county_id
    fields = {
        Act.SUBMIT: {"revision": revision},
        Act.APPROVE: {"pick": f"{submission.pk}:{number}:{level}"},
        Act.RETURN: {"version": number, "level": level, "reason": "请核对"},
        Act.EXEMPT: {"reason": "停业"},
    }.get(act, {})
    name = {Act.UNEXEMPT: "lift"}.get(act, act.value)
    address = reverse(f"submissions:{name}", args=[submission.pk])
    if act == Act.SAVE:
        body = json.dumps({"revision": revision, "key": "k", "changes": {"A": "7"}, "explanations": {}, "nil_report": False})
        return client.post(address, body, content_type="application/json")
    return client.post(address, fields)


def everything() -> list:
    return [list(model.objects.order_by("pk").values_list()) for model in (Submission, Version, Review)]


def writes() -> int:
    return Event.objects.filter(kind__startswith="submission.", result="done").count()


@pytest.mark.parametrize("state", State)
def test_whoever_may_not_changes_nothing(state, place, submission, signed):
    submission = bring_to(state, submission, place)
    before, events = everything(), writes()
    for role in ROLES:
        client = signed(getattr(place, role))
        for act, may in MAY.items():
            if can(act, state) and may(state) == role:
                continue
            answer = post(client, act, submission)
            assert answer.status_code in (302, 404, 409), (role, act, answer.status_code)
            assert (everything(), writes()) == (before, events), (role, act)


@pytest.mark.parametrize(("state", "act"), CASES)
def test_whoever_may_does(state, act, place, submission, signed):
    submission = bring_to(state, submission, place)
    if state == State.RETURNED and act == Act.SUBMIT:
        post(signed(place.clerk), Act.SAVE, submission)
    events = writes()
    answer = post(signed(getattr(place, MAY[act](state))), act, submission)
    assert answer.status_code in (200, 302), answer.content.decode()[:300]
    assert writes() == events + 1
    fresh = submission_of(submission.task, place.village)
    assert fresh.state in {
        Act.SAVE: {State.DRAFT, State.RETURNED}, Act.SUBMIT: {State.SUBMITTED}, Act.WITHDRAW: {State.DRAFT},
        Act.APPROVE: {State.PASSED, State.APPROVED}, Act.RETURN: {State.RETURNED}, Act.EXEMPT: {State.EXEMPT},
        Act.UNEXEMPT: {State.BLANK},
    }[act]  # fmt: skip


@pytest.mark.parametrize("state", [State.BLANK, State.DRAFT, State.SUBMITTED])
def test_extra_fields_are_ignored(state, place, submission, signed):
    """Statement 24: a state, an organization or a version that the page does not ask for does nothing."""
    submission = bring_to(state, submission, place)
    extra = {"state": "approved", "organization": place.other_village.pk, "county": 1, "is_staff": 1, "reason": "停业"}
    signed(place.officer).post(reverse("submissions:exempt", args=[submission.pk]), extra)
    fresh = submission_of(submission.task, place.village)
    assert fresh.state == (State.SUBMITTED if state == State.SUBMITTED else State.EXEMPT)
    assert submission_of(submission.task, place.other_village).state == State.BLANK
