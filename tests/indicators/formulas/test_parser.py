"""The language takes what its grammar says and refuses everything else by a sentence with a position."""

import pytest

from indicators.formulas import FormulaError, Reference, parse

REFUSED = [
    ("", 1, "nothing here"),
    ("   ", 1, "nothing here"),
    ("{A} <=", 7, "too early"),
    ("{A} {B}", 5, "cannot stand here"),
    ("{A", 1, "never closed"),
    ("A} <= 3", 2, "not known here"),
    ("{}", 1, "names no indicator"),
    ("{A b}", 1, "names no indicator"),
    ("{A:}", 1, "names no item"),
    ("{A@next}", 1, "is no period"),
    ("{A@}", 1, "is no period"),
    ("{A} = {B}", 5, "Write “==”"),
    ("{A} <> {B}", 6, "cannot stand here"),
    ("1e400", 1, "not a number here"),
    ("2 * 1_000", 5, "not a number here"),
    ("1.2.3", 1, "not a number here"),
    ("0x10", 1, "not a number here"),
    (".5", 1, "not known here"),
    ("5.", 1, "not a number here"),
    ("9999999999999999", 1, "at most 15 digits"),
    ("0.12345678901", 1, "10 after the point"),
    ("１２", 1, "not a number here"),
    ("{A} ** 2", 6, "cannot stand here"),
    ("{A} // 2", 6, "cannot stand here"),
    ("{A} % 2", 5, "not known here"),
    ("{A} ^ 2", 5, "not known here"),
    ("{A} ≤ {B}", 5, "not known here"),
    ("{A} & {B}", 5, "not known here"),
    ("+{A}", 1, "cannot stand here"),
    ("{A}.real", 4, "not known here"),
    ("{A}[0]", 4, "not known here"),
    ("'a' == 'a'", 1, "not known here"),
    ("__import__('os')", 12, "not known here"),
    ("__import__({A})", 1, "no function"),
    ("eval({A})", 1, "no function"),
    ("lambda: 1", 7, "not known here"),
    ("round({A})", 1, "no function"),
    ("SUM({A})", 1, "no function"),
    ("sum", 4, "“(” is missing"),
    ("sum()", 5, "cannot stand here"),
    ("sum({A},)", 9, "cannot stand here"),
    ("abs({A}, {B})", 1, "must be 1, not 2"),
    ("if({A} > 0, 1)", 1, "must be 3, not 2"),
    ("({A} + 1", 9, "“)” is missing"),
    ("{A} + 1)", 8, "cannot stand here"),
    ("({A} <= 3) + 1", 1, "not a condition"),
    ("1 + ({A} <= 3)", 5, "not a condition"),
    ("{A} <= ({B} <= 3)", 8, "not a condition"),
    ("-({A} <= 3)", 1, "not a condition"),
    ("sum({A} <= 3)", 5, "not a condition"),
    ("{A} and {B} > 1", 1, "needs a condition"),
    ("{A} > 1 or {B}", 12, "needs a condition"),
    ("not {A}", 1, "needs a condition"),
    ("if({A}, 1, 2)", 1, "needs a condition"),
    ("if({A} > 0, 1, {B} > 1)", 1, "Both results"),
    ("{A} > 1; {B} > 1", 8, "not known here"),
    ("{A}\x00", 4, "not known here"),
]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("{ORG-001}", Reference("ORG-001")),
        ("{ ORG-001 }", Reference("ORG-001")),
        ("{CERT-002:初级}", Reference("CERT-002", "初级")),
        ("{CERT-010:村(社区)}", Reference("CERT-010", "村(社区)")),
        ("{ORG-001@prev}", Reference("ORG-001", "", "prev")),
        ("{CERT-002:初级@ytd}", Reference("CERT-002", "初级", "ytd")),
        ("{X@same_last_year}", Reference("X", "", "same_last_year")),
    ],
)
def test_references(text, reference):
    assert parse(text).references == (reference,)


def test_references_come_once_in_the_order_written():
    assert [str(one) for one in parse("{B} + {A@prev} <= {B} * {A}").references] == ["{B}", "{A@prev}", "{A}"]


def test_key_of_a_reference():
    assert parse("{CERT-002:初级@prev}").references[0].key == "CERT-002:初级"


@pytest.mark.parametrize(("text", "position", "words"), REFUSED)
def test_refused(text, position, words):
    with pytest.raises(FormulaError) as refusal:
        parse(text)
    assert refusal.value.position == position
    assert words in str(refusal.value)
    assert str(refusal.value).startswith(f"Character {position}: ")


@pytest.mark.parametrize("inner", ["(", "-", "abs(", "not ", "if(1>0,1,"])
def test_nesting_deeper_than_fifty_is_refused(inner):
    with pytest.raises(FormulaError, match="nested deeper"):
        parse(inner * 60 + "{A}")


def test_fifty_levels_and_a_long_chain_are_taken():
    assert parse("(" * 50 + "{A}" + ")" * 50).compute(lambda _reference: 7) == 7
    assert parse("+".join(["1"] * 1000)).compute(lambda _reference: None) == 1000


def test_a_text_over_two_thousand_characters_is_refused():
    with pytest.raises(FormulaError, match="at most 2000 characters"):
        parse("1" + " " * 2000)


def test_what_a_formula_says_about_itself():
    formula = parse("{A} / 2 * 1.25 + 0.5")
    assert (formula.divides, formula.is_condition) == (True, False)
    assert parse("{A} <= 1").is_condition
    assert not parse("{A} * 2").divides


def test_parsed_once():
    assert parse("{A} + {B}") is parse("{A} + {B}")


def test_spelled_with_names():
    formula = parse("4*{A:初级} <= sum({B}, {C@prev}) / 2")
    assert formula.spelled(lambda reference: reference.code.lower()) == "4 × a ≤ sum(b, c) ÷ 2"


def test_an_item_has_up_to_a_hundred_characters():
    assert parse("{A:" + "项" * 100 + "}").references[0].item == "项" * 100


def test_a_condition_answers_1_or_0():
    answer = parse("{A} > 3").exact(lambda _reference: 5)
    assert (answer, type(answer)) == (1, int)
