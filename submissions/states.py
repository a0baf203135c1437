"""The allowed acts on a submission in each state, as one table."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from submissions.choices import Act, State


class Owner(StrEnum):
    """Whose act it is: the unit's clerk, the reviewer whose turn it is, the county's organization department."""

    UNIT = "unit"
    REVIEWER = "reviewer"
    COUNTY = "county"


class NotNow(Exception):
    """The act is not possible in this state; `sentence` says why and is the button's tooltip."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Transition:
    """Where an act leads and who may do it. Lifting an exemption leads back to where the unit was: several ends."""

    to: tuple[State, ...]
    owner: Owner


def _to(owner: Owner, *states: State) -> Transition:
    return Transition(states, owner)


TRANSITIONS: dict[tuple[State, Act], Transition] = {
    (State.BLANK, Act.SAVE): _to(Owner.UNIT, State.DRAFT),
    (State.BLANK, Act.EXEMPT): _to(Owner.COUNTY, State.EXEMPT),
    (State.DRAFT, Act.SAVE): _to(Owner.UNIT, State.DRAFT),
    (State.DRAFT, Act.SUBMIT): _to(Owner.UNIT, State.SUBMITTED),
    (State.DRAFT, Act.EXEMPT): _to(Owner.COUNTY, State.EXEMPT),
    (State.SUBMITTED, Act.WITHDRAW): _to(Owner.UNIT, State.DRAFT),
    (State.SUBMITTED, Act.PASS): _to(Owner.REVIEWER, State.PASSED),
    (State.SUBMITTED, Act.APPROVE): _to(Owner.REVIEWER, State.APPROVED),
    (State.SUBMITTED, Act.RETURN): _to(Owner.REVIEWER, State.RETURNED),
    (State.PASSED, Act.PASS): _to(Owner.REVIEWER, State.PASSED),
    (State.PASSED, Act.APPROVE): _to(Owner.REVIEWER, State.APPROVED),
    (State.PASSED, Act.RETURN): _to(Owner.REVIEWER, State.RETURNED),
    (State.RETURNED, Act.SAVE): _to(Owner.UNIT, State.RETURNED),
    (State.RETURNED, Act.SUBMIT): _to(Owner.UNIT, State.SUBMITTED),
    (State.RETURNED, Act.EXEMPT): _to(Owner.COUNTY, State.EXEMPT),
    # Of a unit that ended before the period did: what it sent in, too, may be exempted by a decision (decision 214).
    (State.SUBMITTED, Act.RELEASE): _to(Owner.COUNTY, State.EXEMPT),
    (State.PASSED, Act.RELEASE): _to(Owner.COUNTY, State.EXEMPT),
    (State.RETURNED, Act.RELEASE): _to(Owner.COUNTY, State.EXEMPT),
    (State.APPROVED, Act.RELEASE): _to(Owner.COUNTY, State.EXEMPT),
    (State.DRAFT, Act.RELEASE): _to(Owner.COUNTY, State.EXEMPT),
    (State.APPROVED, Act.CORRECT): _to(Owner.COUNTY, State.APPROVED),
    (State.EXEMPT, Act.UNEXEMPT): _to(Owner.COUNTY, State.BLANK, State.DRAFT, State.RETURNED),
}

TURN: dict[State, Owner | None] = {
    State.BLANK: Owner.UNIT,
    State.DRAFT: Owner.UNIT,
    State.SUBMITTED: Owner.REVIEWER,
    State.PASSED: Owner.REVIEWER,
    State.RETURNED: Owner.UNIT,
    State.APPROVED: None,
    State.EXEMPT: None,
}

_BECAUSE = {
    State.BLANK: _("Nothing has been filled in yet."),
    State.DRAFT: _("The unit is still filling it in; it has not been sent."),
    State.SUBMITTED: _("It has been sent and waits for review; withdraw it first to change it."),
    State.PASSED: _("A reviewer has already passed it; only a return opens it again."),
    State.RETURNED: _("It was returned to the unit and waits for the correction."),
    State.APPROVED: _("It is approved and locked."),
    State.EXEMPT: _("The unit is exempt from this report."),
}
_BECAUSE_OF_ACT = {
    (State.SUBMITTED, Act.SUBMIT): _("It has already been sent and waits for review."),
    (State.PASSED, Act.SUBMIT): _("It has already been sent, and a reviewer has passed it."),
    (State.SUBMITTED, Act.EXEMPT): _("It has already been sent; return it first, then exempt the unit."),
    (State.PASSED, Act.EXEMPT): _("It has already been sent; return it first, then exempt the unit."),
    (State.PASSED, Act.WITHDRAW): _("A reviewer has already passed it, so it can no longer be withdrawn; ask for a return."),
    (State.EXEMPT, Act.EXEMPT): _("The unit is exempt already."),
    (State.BLANK, Act.CORRECT): _("It is not approved, so there is nothing to correct: fill it in and send it."),
    (State.DRAFT, Act.CORRECT): _("It is not approved yet: change the figure in it and send it; that needs no correction."),
    (State.SUBMITTED, Act.CORRECT): _(
        "It waits for review and is not approved yet: withdraw it or have it returned, then change it."
    ),
    (State.PASSED, Act.CORRECT): _("It waits for review and is not approved yet: have it returned, then change it."),
    (State.RETURNED, Act.CORRECT): _("It was returned: change the figure in it and send it again; that needs no correction."),
    (State.EXEMPT, Act.CORRECT): _("The unit is exempt from this report, so there is nothing to correct."),
}
_NOT_EXEMPT = _("The unit is not exempt, so there is nothing to lift.")


def check_can(act: Act, state: State) -> None:
    """Nothing where the act is possible in the state; otherwise NotNow with the sentence for the person."""
    state = State(state)
    if (state, act) not in TRANSITIONS:
        raise NotNow(str(_NOT_EXEMPT if act == Act.UNEXEMPT else _BECAUSE_OF_ACT.get((state, act), _BECAUSE[state])))


def can(act: Act, state: State) -> bool:
    return (State(state), act) in TRANSITIONS


def why_not(act: Act, state: State) -> str:
    """The tooltip of a button that cannot be pressed; empty where it can."""
    try:
        check_can(act, state)
    except NotNow as refusal:
        return refusal.sentence
    return ""


def states_allowing(act: Act) -> tuple[State, ...]:
    return tuple(state for state, listed in TRANSITIONS if listed == act)
