"""Builds docs/states.md from the table of transitions."""

from django.utils import translation

from submissions.choices import Act, State
from submissions.states import TRANSITIONS, TURN, why_not

_HEAD = """# States of a submission

Drawn from `submissions/states.py` by `manage.py draw_states`; a test fails when this page is out of date.

"""
_CHINESE = {
    State.BLANK: "未填报",
    State.DRAFT: "填报中",
    State.SUBMITTED: "待审核",
    State.PASSED: "逐级审核中",
    State.RETURNED: "退回修改",
    State.APPROVED: "审核通过",
    State.EXEMPT: "免报",
}


def states_page() -> str:
    """The whole page as Markdown: a mermaid diagram, whose turn it is, and what each act answers in each state."""
    with translation.override("en"):
        return _HEAD + _diagram() + _turns() + _acts() + _refusals()


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> blank"]
    for (state, act), transition in TRANSITIONS.items():
        lines += [f"    {state.value} --> {end.value}: {act.value} ({transition.owner.value})" for end in transition.to]
    return "\n".join([*lines, "    approved --> [*]", "```", "", ""])


def _turns() -> str:
    lines = ["| state | zh | whose turn |", "|---|---|---|"]
    lines += [f"| {state.value} | {_CHINESE[state]} | {owner.value if owner else 'nobody'} |" for state, owner in TURN.items()]
    return "\n".join([*lines, "", ""])


def _acts() -> str:
    lines = ["| from | act | to | who |", "|---|---|---|---|"]
    for (state, act), transition in TRANSITIONS.items():
        ends = ", ".join(end.value for end in transition.to)
        lines.append(f"| {state.value} | {act.value} | {ends} | {transition.owner.value} |")
    return "\n".join([*lines, "", ""])


def _refusals() -> str:
    lines = ["What is refused, and the sentence the button shows:", "", "| state | act | sentence |", "|---|---|---|"]
    for state in State:
        lines += [f"| {state.value} | {act.value} | {why_not(act, state)} |" for act in Act if why_not(act, state)]
    return "\n".join([*lines, ""])
