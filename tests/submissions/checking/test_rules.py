"""The pure rules around a document: nil report, explanations, findings across forms, digests."""

from decimal import Decimal

import pytest

from indicators.checks.rules import implied_rules, rule_of
from indicators.choices import Kind, OrgRule
from indicators.measures.history import NOTHING_EARLIER, EarlierDocuments
from submissions.checking.explanations import why_not_enough
from submissions.checking.findings import explained, findings_for
from submissions.core.check_context import label_of, read_finding
from submissions.core.digests import digest_of
from submissions.core.nil_report import asked_under_nil, filled_as_nil, speaking_against_nil
from tests.factories.indicators import items_of, layout, line

FORM = layout(
    line("F"), line("SCORE", kind=Kind.SCORE), line("MEAN", org_rule=OrgRule.MEAN), line("S", kind=Kind.STOCK),
    line("C", kind=Kind.CUMULATIVE), line("R", numerator="{F}", denominator="{S}"), *items_of("I", "甲", "乙"),
    line("SCHOOL", unit_categories=("school",)),
)  # fmt: skip
FIRST, LATER = NOTHING_EARLIER, EarlierDocuments(previous={"C": 12}, year=({"C": 12},))


@pytest.mark.parametrize(("figures", "earlier", "right"), [
    ({}, FIRST, {"F": 0, "SCORE": 0, "C": 0, "I": 0, "I:甲": 0, "I:乙": 0}),
    ({}, LATER, {"F": 0, "SCORE": 0, "C": 12, "I": 0, "I:甲": 0, "I:乙": 0}),
    ({}, EarlierDocuments(year=(None,)), {"F": 0, "SCORE": 0, "I": 0, "I:甲": 0, "I:乙": 0}),  # what stood before is not known
    ({"F": "NA", "S": 30, "C": 14}, LATER, {"F": "NA", "SCORE": 0, "S": 30, "C": 14, "I": 0, "I:甲": 0, "I:乙": 0}),
])  # fmt: skip
def test_what_a_nil_report_answers(figures, earlier, right):
    """T4: additive cells become 0, stocks stay open, running totals stand still."""
    assert filled_as_nil(FORM, "village", figures, earlier) == right


def test_what_a_nil_report_does_not_answer():
    assert [one.key for one in asked_under_nil(FORM, "village")] == ["MEAN", "S", "C"]


@pytest.mark.parametrize(("figures", "keys"), [
    ({"F": 3}, ["F"]), ({"F": 0, "I:甲": 1}, ["I:甲"]), ({"F": "NA"}, []), ({"S": 30, "C": 12}, []), ({}, []),
])  # fmt: skip
def test_what_speaks_against_a_nil_report(figures, keys):
    assert [one.key for one in speaking_against_nil(FORM, figures)] == keys


@pytest.mark.parametrize("text", [
    "", "    ", "核实无误", "情况属实", "无误", "经核实，情况属实。", "数据无误，情况属实", "以上数据经核实无误", "!!!!!!!", "1",
    "是的是的是的",
    "哈哈哈哈哈哈", "checked, correct", "ok ok ok ok",
])  # fmt: skip
def test_words_that_explain_nothing(text):
    assert why_not_enough(text)


@pytest.mark.parametrize("text", [
    "9月开展企业大走访，集中收集问题 52 件", "新成立两个联合支部", "与台账核对,上季漏报3场", "merged with Baisha village", "因换届延至下季",
])  # fmt: skip
def test_words_that_explain(text):
    assert why_not_enough(text) == ""


def _found(form, figures, *rules, category="village", earlier=FIRST, elsewhere=None, explanations=None):
    return findings_for(form, rules or implied_rules(form), category, figures, earlier, elsewhere or {}, explanations)


def test_another_forms_figure_is_looked_up_and_never_asked_for():
    form = layout(line("A"))
    rule = rule_of("{A} <= {ELSE}", "mandatory")
    assert _found(form, {"A": 5}, rule) == []
    assert _found(form, {"A": 5}, rule, elsewhere={"ELSE": 5}) == []
    (finding,) = _found(form, {"A": 6}, rule, elsewhere={"ELSE": 5})
    assert finding.keys == ("A",)


def test_a_rule_about_lines_the_unit_is_not_asked_is_silent():
    rule = rule_of("{SCHOOL} > 0", "mandatory")
    assert _found(FORM, {}, rule) == []
    assert len(_found(FORM, {"SCHOOL": 0}, rule, category="school")) == 1


def test_mandatory_first_then_in_the_order_of_the_form():
    rules = [
        rule_of("{S} <= 1", "hint"),
        rule_of("{C} <= 1", "verify"),
        rule_of("{I} <= 1", "mandatory"),
        rule_of("{F} <= 1", "verify"),
    ]
    found = _found(FORM, {"S": 9, "C": 9, "I": 9, "F": 9}, *rules)
    assert [(one.severity, one.keys[0]) for one in found] == [
        ("mandatory", "I"),
        ("verify", "F"),
        ("verify", "C"),
        ("hint", "S"),
    ]
    assert [one.blocks for one in found] == [True, True, True, False]


def test_a_falling_total_asks_for_an_explanation():
    """T18: 22 after 25."""
    earlier = EarlierDocuments(previous={"C": 25}, year=({"C": 10}, {"C": 25}))
    (finding,) = _found(layout(line("C", kind=Kind.CUMULATIVE)), {"C": 22}, earlier=earlier)
    assert (finding.severity, finding.needs_explanation) == ("verify", True)
    assert "22" in finding.sentence
    assert "25" in finding.sentence
    settled = explained(finding, {finding.check: "退回两家已注销企业的登记"})
    assert not settled.blocks


def test_three_over_nothing_is_an_error_and_nothing_over_nothing_is_not():
    """T9."""
    form = layout(line("A"), line("B"), line("R", numerator="{A}", denominator="{B}"))
    assert _found(form, {"A": 0, "B": 0}) == []
    assert [one.severity for one in _found(form, {"A": 3, "B": 0})] == ["mandatory"]


def test_a_finding_survives_being_kept():
    (finding,) = _found(FORM, {"F": 9}, rule_of("{F} <= 1", "verify"))
    assert read_finding(finding.as_data()) == finding


def test_cells_are_called_by_their_names():
    assert label_of(FORM, "I:甲") == "指标I · 甲"
    assert label_of(FORM, "GONE") == "GONE"


def test_the_digest_covers_explanations_and_nil_report():
    same = digest_of({"A": 5, "B": Decimal("2.50")}, {"k": "因"}, False)
    assert same == digest_of({"B": Decimal("2.5"), "A": 5}, {"k": "因"}, False)
    assert len({same, digest_of({"A": 5}, {"k": "因"}, False), digest_of({"A": 5, "B": Decimal("2.5")}, {}, False),
                digest_of({"A": 5, "B": Decimal("2.5")}, {"k": "因"}, True)}) == 4  # fmt: skip
