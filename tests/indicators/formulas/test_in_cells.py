"""A formula in a sheet answers what the house answers, whatever its cells hold: a number, nothing, 不适用, another text."""

from fractions import Fraction
from itertools import product

import pytest

from indicators.formulas import VerdictState, parse
from indicators.formulas.in_cells import NotWritable, answered, is_broken, written
from indicators.values.documents import NA
from tests.indicators.formulas.sheet_reader import value_of

CELLS = {"A": "B2", "B": "B3", "C": "B4"}
HELD = (None, NA, 0, 2, -5)
NUMBERS = [
    "{A}", "-{A}", "2.50", "{A} + {B} - 1", "{A} * {B} / {C}", "{A} - ({B} - {C})", "1 / {A}", "abs({A})",
    "abs({A} - {B})", "floor({A} / 4)",
    "sum({A}, {B}, {C})", "sum({A} * 2, {B})", "sum({A}, {B}) + {C}", "sum({A}, 3)", "min({A}, {B}, {C})", "max({A}, {B})", "min({A}, 1)",
    "max(1, 2)", "coalesce({A}, {B}, {C})", "coalesce({A} + {B}, {C})", "coalesce({A}, 7)", "{A} + coalesce({B}, 0)", "sum({A}, 2 + 3)",
    "if({A} > 1, {B}, {C})", "if({A} == {B}, 1, {C} * 2)", "if({A} > 0, if({B} > 0, 1, 2), 3)", "if({A} > 0 or {B} > 0, {C}, 0)",
    "if({A} > {B} and {C} != 0, {A} / {C}, -1)", "if(not {A} > 0, {B}, 8)", "if({A} > 0, 1, 2) * {B}",
    "if({A} + 1 > 0 or {B} > 0, {C}, 0)", "if(not ({A} / {B} > 0 and {C} > 0), 1, {A})", "-sum({A}, {B}) * {C}",
    "if({A} + {B} > 0, {C}, 0)",
    "if({A} / {B} > 0, 1, 2) + {C}", "if(abs({A}) > 1, {B}, {C})", "{A} / {B} + {C}", "abs(sum({A}, {B})) + {C}",
    "coalesce({A}, {B}) - {C}", "max({A}, {B}) + min({B}, {C})", "if(sum({A}, {B}) > 0, {C}, {A})", "if({C} > 0, sum({A}, {B}), {A}) + {C}",
]  # fmt: skip
CONDITIONS = [
    "{A} <= {B}", "{A} < {B}", "{A} >= {B}", "{A} > {B}", "{A} == {B}", "{A} != {B}", "0 <= {A} <= 2", "{A} <= {B} <= {C}",
    "{A} > 0 and {B} > 0",
    "{A} > 0 or {B} > 0", "{A} > 0 or {B} > 0 and {C} > 0", "not {A} > {B}", "not ({A} > 0 and {B} > 0)", "{A} / {B} <= 1",
    "if({A} > 0, {B} > 0, {C} > 0)",
    "{A} == sum({B}, {C})", "{A} / {B} > 1 or {C} > 0", "{A} / {B} > 1 and {C} > 0",
    "not ({A} / {B} > 1 or {C} + 1 > 0)", "{A} + {B} == {C}", "({A} > 0 or {B} > 0) and {C} >= 0", "{A} > 0 and {B} > 0 and {C} > 0",
]  # fmt: skip


def worlds(text: str):
    """Every document over the figures of the formula, and the cells that hold it."""
    codes = sorted({reference.code for reference in parse(text).references})
    for held in product(HELD if len(codes) < 3 else HELD[:4], repeat=len(codes)):
        figures = dict(zip(codes, held, strict=True))
        yield figures, {CELLS[code]: "不适用" if figure == NA else figure for code, figure in figures.items()}


def cell_of(reference):
    return CELLS.get(reference.key) if not reference.shift else None


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number(text):
    formula = parse(text)
    in_sheet = answered(written(formula.tree, cell_of, "不适用"), "不适用", "—")
    for figures, cells in worlds(text):
        right = formula.exact(lambda reference, figures=figures: figures[reference.key])
        found = value_of(in_sheet, cells)
        assert found == {None: "—", NA: "不适用"}.get(right, right if right in (None, NA) else Fraction(right)), (
            figures,
            in_sheet,
        )


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_broken_condition(text):
    formula = parse(text)
    in_sheet = is_broken(formula.tree, cell_of, "不适用")
    for figures, cells in worlds(text):
        verdict = formula.verdict(lambda reference, figures=figures: figures[reference.key])
        assert value_of(in_sheet, cells) is (verdict.state == VerdictState.BROKEN), (figures, in_sheet)


def test_another_text_in_a_cell_counts_as_nothing():
    in_sheet = answered(written(parse("{A} + {B}").tree, cell_of, "不适用"), "不适用", "—")
    assert value_of(in_sheet, {"B2": 1, "B3": "未报"}) == "—"
    assert value_of(in_sheet, {"B2": 1, "B3": "不适用"}) == "不适用"


@pytest.mark.parametrize("text", ["{X}", "{A@prev}", "{A:item} + 1", "min({A} + 1, {B})", "max({A}, {B} * 2)"])
def test_what_no_sheet_can_say_is_refused(text):
    with pytest.raises(NotWritable):
        written(parse(text).tree, cell_of, "不适用")


@pytest.mark.parametrize(
    ("text", "in_sheet"),
    [
        ("2.50", "2.50"),
        ("{A} + 1", "(B2+1)"),
        ("{A} == 1 / 3", "(B2=(1/3))"),
        ("{A} != 1", "(B2<>1)"),
        ("abs({A})", "ABS(B2)"),
        ("floor({A})", "INT(B2)"),
    ],
)
def test_as_a_person_reads_it_in_the_cell(text, in_sheet):
    assert written(parse(text).tree, cell_of, "不适用").text == in_sheet


def test_the_reference_that_has_no_cell_is_named():
    with pytest.raises(NotWritable, match=r"^\{X@prev\}$"):
        written(parse("{X@prev}").tree, cell_of, "不适用")
    with pytest.raises(NotWritable, match=r"^min$"):
        written(parse("min({A} + 1, {B})").tree, cell_of, "不适用")
