"""The table of states: what may happen when, by whom, and that its drawing is up to date."""

from pathlib import Path

import pytest
from django.conf import settings

from submissions.choices import REVIEW_TURN, UNIT_TURN, Act, State
from submissions.management.states_document import states_page
from submissions.states import TRANSITIONS, TURN, NotNow, Owner, can, check_can, states_allowing, why_not

ALLOWED = {
    State.BLANK: {Act.SAVE, Act.EXEMPT},
    State.DRAFT: {Act.SAVE, Act.SUBMIT, Act.EXEMPT, Act.RELEASE},
    State.SUBMITTED: {Act.WITHDRAW, Act.PASS, Act.APPROVE, Act.RETURN, Act.RELEASE},
    State.PASSED: {Act.PASS, Act.APPROVE, Act.RETURN, Act.RELEASE},
    State.RETURNED: {Act.SAVE, Act.SUBMIT, Act.EXEMPT, Act.RELEASE},
    State.APPROVED: {Act.CORRECT, Act.RELEASE},
    State.EXEMPT: {Act.UNEXEMPT},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_every_state_and_act(state, act):
    if act in ALLOWED[state]:
        check_can(act, state)
        assert can(act, state)
        assert why_not(act, state) == ""
    else:
        with pytest.raises(NotNow) as refusal:
            check_can(act, state)
        assert not can(act, state)
        assert refusal.value.sentence == str(refusal.value) == why_not(act, state)
        assert len(why_not(act, state)) > 5


def test_turns_and_owners_agree():
    assert {state for state, owner in TURN.items() if owner == Owner.UNIT} == set(UNIT_TURN)
    assert {state for state, owner in TURN.items() if owner == Owner.REVIEWER} == set(REVIEW_TURN)
    unit_acts = {Act.SAVE, Act.SUBMIT, Act.WITHDRAW}
    assert all((transition.owner == Owner.UNIT) == (act in unit_acts) for (_state, act), transition in TRANSITIONS.items())


def test_states_allowing():
    assert states_allowing(Act.RETURN) == (State.SUBMITTED, State.PASSED)


def test_the_drawing_is_up_to_date():
    drawn = Path(settings.BASE_DIR, "docs", "states.md").read_text(encoding="utf-8")
    assert drawn == states_page(), "run manage.py draw_states"
