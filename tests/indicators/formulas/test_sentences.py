"""The sentence about a text that is no formula: whole, and in the language of the reader."""

import re

import pytest
from django.utils import translation

from indicators.formulas import FormulaError, parse
from tests.indicators.formulas.test_parser import REFUSED

_NAMES = re.compile(r"“[^”]*”|\{CODE(:分项)?\}|\{A\} <= \{B\}|@\w+|and or not|(sum|min|max|abs|if|coalesce|floor)\b,? ?")


def refusal(text: str) -> str:
    with pytest.raises(FormulaError) as refusal:
        parse(text)
    return str(refusal.value)


@pytest.mark.parametrize("text", [*(text for text, _position, _words in REFUSED), "1" + " " * 2000, "(" * 60 + "1"])
def test_every_refusal_is_in_chinese(text):
    with translation.override("zh-hans"):
        sentence = refusal(text)
    assert not re.search("[A-Za-z]{2}", _NAMES.sub("", sentence)), sentence
    assert sentence.startswith("第")
    assert sentence.endswith("。")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Character 1: There is nothing here; write a formula such as {A} <= {B}."),
        ("{A} <=", "Character 7: The formula ends too early."),
        ("{A} {B}", "Character 5: “{B}” cannot stand here."),
        ("{A} {" + "B" * 60 + "}", "Character 5: “{" + "B" * 39 + "” cannot stand here."),
        ("{A", "Character 1: The brace “{” is never closed."),
        ("{}", "Character 1: “{}” names no indicator; write {CODE}."),
        ("{A b" + "c" * 60 + "}", "Character 1: “{A b" + "c" * 36 + "” names no indicator; write {CODE}."),
        ("{A:}", "Character 1: “{A:}” names no item; write {CODE:item}."),
        ("{A:" + "项" * 101 + "}", "Character 1: “{A:" + "项" * 37 + "” names no item; write {CODE:item}."),
        ("{A@next}", "Character 1: “@next” is no period; the periods are @prev, @ytd, @same_last_year."),
        (
            "{A@" + "x" * 60 + "}",
            "Character 1: “@" + "x" * 40 + "” is no period; the periods are @prev, @ytd, @same_last_year.",
        ),
        ("{A} = {B}", "Character 5: Write “==” for “is equal to”."),
        (
            "1." + "2.3" * 20,
            "Character 1: “1." + ("2.3" * 20)[:38] + "” is not a number here; write digits with at most one point.",
        ),
        ("1234567890123456", "Character 1: A number has at most 15 digits before and 10 after the point."),
        (
            "中" * 50,
            "Character 1: “"
            + "中" * 40
            + "” is not known here. A formula has {CODE}, numbers, + - * /, <= >= < > == !=, and or not, "
            "sum min max abs if coalesce floor.",
        ),
        ("round({A})", "Character 1: “round” is no function; the functions are sum, min, max, coalesce, abs, floor, if."),
        (
            "x" * 50 + "({A})",
            "Character 1: “" + "x" * 40 + "” is no function; the functions are sum, min, max, coalesce, abs, floor, if.",
        ),
        ("sum", "Character 4: “(” is missing here."),
        ("abs({A}, {B})", "Character 1: The number of values in “abs()” must be 1, not 2."),
        ("1 + abs({A} > 1)", "Character 9: A number is needed here, not a condition."),
        ("{A} and {B} > 1", "Character 1: “and” needs a condition such as {A} <= {B}."),
        ("{A} > 1 or {B}", "Character 12: “or” needs a condition such as {A} <= {B}."),
        ("1 > 0 and not {A}", "Character 11: “not” needs a condition such as {A} <= {B}."),
        ("1 + if({A}, 1, 2)", "Character 5: “if” needs a condition such as {A} <= {B}."),
        ("1 + if(1 > 0, 1, 2 > 1)", "Character 5: Both results of “if” must be numbers, or both conditions."),
        ("1" + " " * 2000, "Character 2001: A formula has at most 2000 characters."),
        ("(" * 51 + "1", "Character 51: It is nested deeper than 50 levels."),
    ],
)
def test_the_whole_sentence(text, sentence):
    assert refusal(text) == sentence


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("{A}<={B}", "a ≤ b"),
        ("{A}>={B} and {A}!={B}", "a ≥ b and a ≠ b"),
        ("{A}=={B}*({C}-1)", "a = b × (c - 1)"),
        ("not({A}>1)or{B}<2", "not (a > 1) or b < 2"),
        ("if({A}>0,sum({A},{B}),-{C})", "if(a > 0, sum(a, b), - c)"),
        ("(({A}))/2.50", "((a)) ÷ 2.50"),
        ("abs({A}-{B})", "abs(a - b)"),
    ],
)
def test_as_people_read_it(text, spelled):
    assert parse(text).spelled(lambda reference: reference.code.lower()) == spelled


def test_a_part_as_people_read_it():
    formula = parse("{A} + 1 <= sum({B}, {C})")
    assert formula.spelled(lambda reference: reference.code, (0, 3)) == "A + 1"
    assert formula.spelled(lambda reference: reference.code, (4, 10)) == "sum(B, C)"
