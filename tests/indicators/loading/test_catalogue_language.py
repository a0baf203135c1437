"""The short-hand of a catalogue becomes formulas and checks, or stays to be read."""

import pytest

from indicators.loading.catalogue_language import read_rules, translated

KNOWN = {"A", "B", "C", "ORG-1", "ORG-10", "ORG-2"}


def rules(validation, code="A", *, frequency="quarter", is_part=False):
    return read_rules(code, validation, frequency, KNOWN, is_part=is_part)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("A", "{A}"),
        ("A[ytd]", "{A@ytd}"),
        ("A[cum]", "{A@ytd}"),
        ("A[prev]", "{A@prev}"),
        ("4*A{初级}+8*A{中级}", "4*{A:初级}+8*{A:中级}"),
        ("A{村(社区)}[prev]", "{A:村(社区)@prev}"),
        ("{A:初级}+{B@prev}", "{A:初级}+{B@prev}"),
        ("ORG-1-ORG-10", "{ORG-1}-{ORG-10}"),
        ("ORG-10-ORG-1", "{ORG-10}-{ORG-1}"),
        ("XYZ-9", "{XYZ-9}"),
        ("AB+A", "AB+{A}"),
    ],
)
def test_figures_are_put_in_braces(text, formula):
    assert translated(text, KNOWN) == formula


@pytest.mark.parametrize(
    ("text", "decimals", "negative"),
    [
        ("int>=0", 0, False),
        ("int", 0, True),
        ("decimal>=0", 2, False),
        ("decimal(1)", 1, True),
        ("decimal(2)>=0", 2, False),
        ("enum", None, None),
    ],
)
def test_the_kind_of_number(text, decimals, negative):
    assert (rules(text).decimals, rules(text).negative_allowed) == (decimals, negative)


def test_a_complete_breakdown():
    assert rules("int>=0;sum(dis)=total[E]").breakdown_is_complete
    assert not rules("int>=0").breakdown_is_complete


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("computed:ORG-2-ORG-1", "{ORG-2}-{ORG-1}"),
        ("computed:4*A{初级}+8*A{中级}", "sum(4*{A:初级}, 8*{A:中级})"),
        ("if A>=80 then floor(A/5) else 0", "if({A}>=80, floor({A}/5), 0)"),
        ("computed:nonsense", ""),
    ],
)
def test_formulas(text, formula):
    assert rules(text).formula == formula


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("A<=B[E]", [("{A}<={B}", "mandatory")]),
        ("A<=B[W]", [("{A}<={B}", "verify")]),
        ("A<=B", [("{A}<={B}", "verify")]),
        ("A[cum]<=B[cum][E]", [("{A@ytd}<={B@ytd}", "mandatory")]),
        ("A=A[prev]+B-C[E]", [("{A} == {A@prev}+{B}-{C}", "mandatory")]),
        ("A+B=C[E]", [("{C} == {A}+{B}", "mandatory")]),
        ("0<=x<=100", [("0 <= {A} <= 100", "mandatory")]),
        ("3<=x<=5[W]", [("3 <= {A} <= 5", "verify")]),
        ("x>0", [("{A} > 0", "verify")]),
        ("expect>=1 per quarter[W]", [("{A} >= 1", "verify")]),
        ("expect 2 per quarter[H]", [("{A} >= 2", "hint")]),
    ],
)
def test_checks(text, checks):
    assert rules(text).checks == checks
    assert rules(text).kept == []


@pytest.mark.parametrize(
    "text",
    [
        "constant",
        "pairs>=max(A,B)[E]",
        "A<=count(village,community)[E]",
        "A=B+unbuilt[W]",
        "A<=UNKNOWN-1[E]",
        "expect 1 per working day[W]",
        "expect 1 per week[W]",
        "warn if <=25 (以下含本数; boundary configurable)",
    ],
)
def test_what_no_formula_can_say_stays(text):
    assert rules(text).kept == [text]
    assert rules(text).checks == []


def test_of_which_makes_a_part():
    assert rules("int>=0;A<=B[E]", is_part=True).part_of == "B"
    assert rules("int>=0;A<=B[E]", is_part=True).checks == []
    assert rules("A[cum]<=B[cum][E]", is_part=True).part_of == ""
    assert rules("A<=B[W]", is_part=True).part_of == ""
