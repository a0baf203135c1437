"""The table of a correction's states: every act in every state, and the sentence where it is not possible."""

import pytest

from submissions.choices import OPEN_CORRECTION, CorrectionState
from submissions.corrections.states import COLOURS, TRANSITIONS, CorrectionAct, check_can, why_not
from submissions.states import NotNow

ALLOWED = {
    CorrectionState.REQUESTED: {CorrectionAct.PASS, CorrectionAct.APPROVE, CorrectionAct.REFUSE, CorrectionAct.WITHDRAW},
    CorrectionState.PASSED: {CorrectionAct.PASS, CorrectionAct.APPROVE, CorrectionAct.REFUSE},
    CorrectionState.APPROVED: set(),
    CorrectionState.REFUSED: set(),
    CorrectionState.WITHDRAWN: set(),
}


@pytest.mark.parametrize("state", CorrectionState)
@pytest.mark.parametrize("act", CorrectionAct)
def test_every_state_and_act(state, act):
    if act in ALLOWED[state]:
        assert check_can(act, state) in CorrectionState
        assert why_not(act, state) == ""
    else:
        with pytest.raises(NotNow) as refusal:
            check_can(act, state)
        assert refusal.value.sentence == why_not(act, state)
        assert len(why_not(act, state)) > 5


def test_what_is_open_can_be_decided_and_nothing_else():
    assert {state for state, _act in TRANSITIONS} == set(OPEN_CORRECTION)
    assert set(COLOURS) == set(CorrectionState)
