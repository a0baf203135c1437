"""What a rule says of a document: holds, broken, a figure missing (the pair rule, T5), or not applicable."""

import pytest

from indicators.formulas import VerdictState, parse
from indicators.values.documents import NA

H, B, M, N = VerdictState.HOLDS, VerdictState.BROKEN, VerdictState.MISSING, VerdictState.NOT_APPLICABLE


def verdict(text, figures, asked=None):
    return parse(text).verdict(lambda reference: figures.get(str(reference)[1:-1]), asked)


@pytest.mark.parametrize(
    ("text", "figures", "state", "missing"),
    [
        # T5 and its mirror images
        ("{DONE} <= {GOT}", {"DONE": 3, "GOT": 5}, H, []),
        ("{DONE} <= {GOT}", {"DONE": 6, "GOT": 5}, B, []),
        ("{DONE} <= {GOT}", {"DONE": 3}, M, ["GOT"]),
        ("{DONE} <= {GOT}", {"GOT": 5}, N, []),
        ("{DONE} <= {GOT}", {}, N, []),
        ("{GOT} >= {DONE}", {"DONE": 3}, M, ["GOT"]),
        ("{GOT} > {DONE}", {"GOT": 3}, N, []),
        ("{DONE} <= {GOT}", {"DONE": 0, "GOT": 0}, H, []),
        ("{DONE} <= {GOT}", {"DONE": NA, "GOT": 5}, N, []),
        ("{DONE} <= {GOT}", {"DONE": 3, "GOT": NA}, N, []),
        ("{DONE} <= {GOT}", {"DONE": NA}, N, []),
        # sums of parts
        ("{ALL} == {A} + {B}", {"ALL": 5, "A": 2, "B": 3}, H, []),
        ("{ALL} == {A} + {B}", {"ALL": 5, "A": 2, "B": 4}, B, []),
        ("{ALL} == {A} + {B}", {"ALL": 5, "A": 2}, M, ["B"]),
        ("{ALL} == {A} + {B}", {"A": 2, "B": 3}, M, ["ALL"]),
        ("{ALL} == {A} + {B}", {"ALL": 5}, N, []),
        ("{ALL} == {A} + {B}", {"A": 2}, M, ["B", "ALL"]),
        ("{A} + {B} <= {ALL}", {"A": 2, "ALL": 5}, M, ["B"]),
        ("{ALL} == sum({A}, {B})", {"ALL": 2, "A": 2}, H, []),
        ("{ALL} == sum({A}, {B})", {"ALL": 2}, N, []),
        ("{ALL} == sum({A}, {B})", {"A": 2}, M, ["ALL"]),
        # what other periods lack is nobody's fault now
        ("{X} >= {X@prev}", {"X": 5}, N, []),
        ("{X} >= {X@prev}", {"X": 5, "X@prev": 6}, B, []),
        ("{X} <= {Y@same_last_year}", {"X": 5}, N, []),
        ("{X} == {X@prev} + {IN} - {OUT}", {"X": 52, "X@prev": 50, "IN": 3, "OUT": 1}, H, []),
        ("{X} == {X@prev} + {IN} - {OUT}", {"X": 53, "X@prev": 50, "IN": 3, "OUT": 1}, B, []),
        ("{X} == {X@prev} + {IN} - {OUT}", {"X": 53, "IN": 3, "OUT": 1}, N, []),
        ("{X} == {X@prev} + {IN} - {OUT}", {"X": 53, "X@prev": 50, "IN": 3}, M, ["OUT"]),
        # years to date: the missing part is this document's, or an earlier one's
        ("{DONE@ytd} <= {GOT@ytd}", {"DONE@ytd": 3, "DONE": 3}, M, ["GOT"]),
        ("{DONE@ytd} <= {GOT@ytd}", {"DONE@ytd": 3, "DONE": 3, "GOT": 2}, N, []),
        ("{DONE@ytd} <= {GOT@ytd}", {"DONE@ytd": 8, "DONE": 3, "GOT@ytd": 7, "GOT": 2}, B, []),
        # other shapes
        ("0 <= {R} <= 100", {"R": 101}, B, []),
        ("0 <= {R} <= 100", {"R": 100}, H, []),
        ("0 <= {R} <= 100", {}, N, []),
        ("{A} != {B}", {"A": 1}, N, []),
        ("{A} != {B}", {"A": 1, "B": 1}, B, []),
        ("{A} / {Z} <= 1", {"A": 1, "Z": 0}, N, []),
        ("if({A} > 0, {B} > 0, 1 > 0)", {"A": 1}, M, ["B"]),
        ("if({A} > 0, {B} > 0, 1 > 0)", {"A": 0}, H, []),
        ("not {A} > {B}", {"A": 2, "B": 1}, B, []),
        ("{A} <= 3 and {B} <= {C}", {"A": 2, "B": 1}, M, ["C"]),
        ("{A} <= 3 and {B} <= {C}", {"A": 4, "B": 1}, B, []),
        ("{A} <= 3 and {B} <= {C}", {"A": 2}, H, []),
    ],
)
def test_verdict(text, figures, state, missing):
    found = verdict(text, figures)
    assert found.state == state
    assert [reference.key for reference in found.missing] == missing


def test_the_figures_that_ask_are_named():
    assert [one.key for one in verdict("{DONE} <= {GOT}", {"DONE": 3}).given] == ["DONE"]


def test_what_this_unit_is_not_asked_is_not_missing():
    assert verdict("{DONE} <= {GOT}", {"DONE": 3}, asked={"DONE"}).state == N
    assert verdict("{DONE} <= {GOT}", {"DONE": 3}, asked={"DONE", "GOT"}).state == M


def test_a_broken_comparison_tells_both_sides():
    formula = parse("0 <= {A} - {B} <= 100")
    found = formula.verdict(lambda reference: {"A": 3, "B": 5}[reference.code])
    (broken,) = found.broken
    assert (broken.left.value, broken.operator, broken.right.value) == (0, "<=", -2)
    assert formula.spelled(lambda reference: reference.code, broken.right.span) == "A - B"
    assert [reference.code for reference in broken.right.references] == ["A", "B"]


def test_every_broken_comparison_is_reported():
    assert len(verdict("{A} <= 1 and {B} <= 1", {"A": 2, "B": 3}).broken) == 2
