"""Judges a condition: holds, broken (with both sides), a figure missing, or not applicable.

The pair rule: where the lesser side of a comparison is given, the greater must be given too: "resolved <= received" with
received missing asks for received. The other way round nothing is broken: what is not reported is not yet wrong. Of `==`
the right side counts as the parts and the left as their total. A side given in part asks for its rest. A figure of another
period that is missing makes a comparison not applicable, and so does 不适用.
"""

from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.formulas import nodes
from indicators.formulas.nodes import Node
from indicators.formulas.references import Reference, Resolve
from indicators.values.documents import NA
from indicators.values.exact_numbers import as_decimal


class VerdictState(StrEnum):
    HOLDS = "holds"
    BROKEN = "broken"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its value, what it is made of, and the tokens it was written with."""

    value: Decimal
    references: tuple[Reference, ...]
    span: tuple[int, int]


@dataclass(frozen=True)
class BrokenRule:
    left: Side
    operator: str  # as written: what should have held
    right: Side


@dataclass(frozen=True)
class Verdict:
    """`broken` is empty for a broken rule that is no plain comparison; the `given` figures ask for the `missing`."""

    state: VerdictState
    broken: tuple[BrokenRule, ...] = ()
    missing: tuple[Reference, ...] = ()
    given: tuple[Reference, ...] = ()


HOLDS = Verdict(VerdictState.HOLDS)
NOT_APPLICABLE = Verdict(VerdictState.NOT_APPLICABLE)


def judge(tree: Node, resolve: Resolve, asked: Container[str] | None) -> Verdict:
    """`asked`: the figure keys of this document that may be missing at all; None = every one."""
    verdicts = [verdict for part in _conjuncts(tree) for verdict in _verdicts(part, resolve, asked)]
    broken = tuple(one for verdict in verdicts for one in verdict.broken)
    states = {verdict.state for verdict in verdicts}
    if VerdictState.BROKEN in states:
        return Verdict(VerdictState.BROKEN, broken)
    if VerdictState.MISSING in states:
        missing = tuple(dict.fromkeys(one for verdict in verdicts for one in verdict.missing))
        given = tuple(dict.fromkeys(one for verdict in verdicts for one in verdict.given))
        return Verdict(VerdictState.MISSING, missing=missing, given=given)
    return HOLDS if VerdictState.HOLDS in states else NOT_APPLICABLE


def references_in(node: Node) -> tuple[Reference, ...]:
    """Every reference below a part, each once, in the order written."""
    return tuple(dict.fromkeys(_walk(node)))


def _walk(node: Node):
    if isinstance(node, nodes.FigurePointer):
        yield node.reference
    for part in children_of(node):
        yield from _walk(part)


def children_of(node: Node) -> tuple[Node, ...]:
    match node:
        case nodes.ComparisonChain(first, rest):
            return (first, *(part for _sign, part in rest))
        case nodes.Comparison(operands):
            return operands
        case nodes.Joined(_, parts) | nodes.FormulaCall(_, parts):
            return parts
        case nodes.Minus(of) | nodes.Not(of):
            return (of,)
        case nodes.IfNode(condition, chosen, other):
            return (condition, chosen, other)
    return ()


def _conjuncts(tree: Node) -> list[Node]:
    """The conditions that must all hold, each to be judged and reported by itself."""
    if isinstance(tree, nodes.Joined) and tree.word == "and":
        return [inner for part in tree.parts for inner in _conjuncts(part)]
    return [tree]


def _verdicts(part: Node, resolve: Resolve, asked: Container[str] | None) -> list[Verdict]:
    if not isinstance(part, nodes.Comparison):
        return [_of_condition(part, resolve, asked)]
    values = [operand.value(resolve) for operand in part.operands]
    pairs = zip(part.operators, values, values[1:], strict=False)  # one operator fewer than sides
    if all(_holds(sign, left, right) for sign, left, right in pairs):
        return [HOLDS]  # most often so; what the sides are made of is asked only where something is wrong
    sides = [
        (value, references_in(operand), span) for value, operand, span in zip(values, part.operands, part.spans, strict=True)
    ]
    return [
        _of_pair(sign, left, right, resolve, asked) for sign, left, right in zip(part.operators, sides, sides[1:], strict=False)
    ]


def _holds(sign: str, left: Decimal | str | None, right: Decimal | str | None) -> bool:
    return left not in (None, NA) and right not in (None, NA) and nodes.COMPARE[sign](left, right)


def _of_pair(sign: str, left: tuple, right: tuple, resolve: Resolve, asked: Container[str] | None) -> Verdict:
    if NA in (left[0], right[0]):
        return NOT_APPLICABLE
    if left[0] is not None and right[0] is not None:
        if nodes.COMPARE[sign](left[0], right[0]):
            return HOLDS
        return Verdict(VerdictState.BROKEN, (BrokenRule(_side(left), sign, _side(right)),))
    if sign == "!=":
        return NOT_APPLICABLE
    part, whole = (left, right) if sign in ("<=", "<") else (right, left)
    lacking = tuple(reference for side in (part, whole) if side[0] is None for reference in side[1])
    return _missing(lacking, part[1], resolve, asked)


def _side(operand: tuple) -> Side:
    value, references, span = operand
    return Side(as_decimal(value), references, span)


def _of_condition(part: Node, resolve: Resolve, asked: Container[str] | None) -> Verdict:
    answer = part.value(resolve)
    if answer is None:
        references = references_in(part)
        return _missing(references, references, resolve, asked)
    if answer == NA:
        return NOT_APPLICABLE
    return HOLDS if answer else Verdict(VerdictState.BROKEN)


def _missing(
    lacking: tuple[Reference, ...], asking: tuple[Reference, ...], resolve: Resolve, asked: Container[str] | None
) -> Verdict:
    """MISSING when some of `asking` stand in this document and what lacks could stand in it; else not applicable."""
    absent = [reference for reference in lacking if resolve(reference) is None]
    in_document = [reference for reference in absent if _could_stand_here(reference, resolve, asked)]
    given = tuple(reference for reference in asking if _is_now(reference) and resolve(reference) is not None)
    if not given or not in_document or len(in_document) < len(absent):
        return NOT_APPLICABLE
    return Verdict(VerdictState.MISSING, missing=tuple(reference.now for reference in in_document), given=given)


def _is_now(reference: Reference) -> bool:
    return reference.shift in ("", "ytd")  # a year to date holds this period's figure


def _could_stand_here(reference: Reference, resolve: Resolve, asked: Container[str] | None) -> bool:
    """The figure is missing because this period's document lacks it, not because an earlier one does."""
    if not _is_now(reference) or (asked is not None and reference.key not in asked):
        return False
    return not reference.shift or resolve(reference.now) is None
