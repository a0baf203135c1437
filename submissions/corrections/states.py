"""The allowed acts on a correction in each of its states, as one table; pure."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from submissions.choices import CorrectionState
from submissions.states import NotNow


class CorrectionAct(StrEnum):
    """What is done with a correction that was requested."""

    PASS = "pass"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


TRANSITIONS: dict[tuple[CorrectionState, CorrectionAct], CorrectionState] = {
    (CorrectionState.REQUESTED, CorrectionAct.PASS): CorrectionState.PASSED,
    (CorrectionState.REQUESTED, CorrectionAct.APPROVE): CorrectionState.APPROVED,
    (CorrectionState.REQUESTED, CorrectionAct.REFUSE): CorrectionState.REFUSED,
    (CorrectionState.REQUESTED, CorrectionAct.WITHDRAW): CorrectionState.WITHDRAWN,
    (CorrectionState.PASSED, CorrectionAct.PASS): CorrectionState.PASSED,
    (CorrectionState.PASSED, CorrectionAct.APPROVE): CorrectionState.APPROVED,
    (CorrectionState.PASSED, CorrectionAct.REFUSE): CorrectionState.REFUSED,
}
_BECAUSE = {
    CorrectionState.REQUESTED: _("It waits for review."),
    CorrectionState.PASSED: _("A reviewer has already passed it, so it can no longer be taken back; ask that it be refused."),
    CorrectionState.APPROVED: _("It is approved; what is still wrong is put right by a further correction."),
    CorrectionState.REFUSED: _("It was not agreed to; request the correction again where there are new reasons."),
    CorrectionState.WITHDRAWN: _("It was taken back; request the correction again where it is needed after all."),
}
COLOURS = {
    CorrectionState.REQUESTED: "is-amber",
    CorrectionState.PASSED: "is-blue",
    CorrectionState.APPROVED: "is-green",
    CorrectionState.REFUSED: "is-red",
    CorrectionState.WITHDRAWN: "is-grey",
}


def check_can(act: CorrectionAct, state: CorrectionState) -> CorrectionState:
    """The state to which the act leads; NotNow with the sentence for the person where it is not possible."""
    state = CorrectionState(state)
    if (state, act) not in TRANSITIONS:
        raise NotNow(str(_BECAUSE[state]))
    return TRANSITIONS[state, act]


def why_not(act: CorrectionAct, state: CorrectionState) -> str:
    """The tooltip of a button that cannot be pressed; empty where it can."""
    try:
        check_can(act, state)
    except NotNow as refusal:
        return refusal.sentence
    return ""
