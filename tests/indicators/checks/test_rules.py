"""What definitions imply: required lines, parts, breakdowns, running totals, opening and closing (T5, T9, T18, T67, T68)."""

from decimal import Decimal

import pytest

from indicators.checks import finding_texts
from indicators.checks.rules import fitting, implied_rules, rule_of, without_repeats
from indicators.choices import Kind, Severity
from indicators.formulas import VerdictState
from indicators.measures.document_measures import Leaf
from indicators.measures.history import EarlierDocuments
from indicators.values.documents import NA
from tests.factories.indicators import items_of, layout, line, rule_named


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def found(lines, figures, earlier=None, rules=()):
    """Rule key -> (state, sentence) of everything that is broken or missing."""
    asked = layout(*lines)
    earlier = earlier or EarlierDocuments()
    leaf = Leaf(asked, figures, earlier)
    sentences = {}
    for rule in (*rules, *implied_rules(asked)):
        verdict = rule.judge(leaf.resolve, asked=asked.by_key, starts_year=not earlier.year)
        if verdict.state in (VerdictState.BROKEN, VerdictState.MISSING):
            sentences[rule.key] = finding_texts.finding_sentence(rule, verdict, asked, leaf.resolve)
    return sentences


def test_a_required_line_left_empty():
    lines = [line("A", required=True), line("B")]
    assert found(lines, {}) == {"required:A": "A 指标A must be filled in."}
    assert found(lines, {"A": 0}) == {}
    assert found(lines, {"A": NA}) == {}


def test_a_required_line_this_unit_is_not_asked():
    rule = rule_named(implied_rules(layout(line("A", required=True))), "required:A")
    assert rule.judge(lambda _reference: None, asked=frozenset(), starts_year=True).state == VerdictState.NOT_APPLICABLE


def test_a_negative_figure():
    assert found([line("A")], {"A": -5}) == {"sign:A": "A 指标A -5 家 is less than 0."}
    assert found([line("A", negative_allowed=True)], {"A": -5}) == {}


@pytest.mark.parametrize(
    ("figures", "sentences"),
    [
        ({"ALL": 30, "OF": 12}, {}),
        ({"ALL": 30, "OF": 31}, {"part:OF": "OF 指标OF 31 家 is greater than ALL 指标ALL 30 家."}),
        ({"OF": 3}, {"part:OF": "ALL 指标ALL must be filled in, because OF 指标OF 3 家 is given."}),
        ({"ALL": 30}, {}),
    ],
)
def test_a_part_within_its_whole(figures, sentences):
    assert found([line("ALL"), line("OF", part_of="ALL")], figures) == sentences


@pytest.mark.parametrize(
    ("figures", "sentences"),
    [
        # T67: men 18, women 10 of a total of 30 leave 2
        (
            {"P": 30, "P:男": 18, "P:女": 10},
            "P 指标P 30 人 is not equal to the items 男, 女 together (28 人); the difference is 2 人.",
        ),
        ({"P": 28, "P:男": 18, "P:女": 10}, None),
        ({"P": 30}, None),
        ({"P": 18, "P:男": 18}, None),
        ({"P:男": 18}, "P 指标P must be filled in, because P 指标P:男 18 人 is given."),
    ],
)
def test_a_complete_breakdown_adds_up(figures, sentences):
    lines = items_of("P", "男", "女", unit="人", breakdown_is_complete=True)
    assert found(lines, figures).get("items0:P") == sentences


def test_a_rule_of_items_is_spelled_short():
    asked = layout(*items_of("P", "男", "女", breakdown_is_complete=True))
    assert finding_texts.spelled(rule_named(implied_rules(asked), "items0:P"), asked) == "P 指标P = the items 男, 女 together"


def test_other_items_are_parts_and_are_not_added():
    lines = items_of("P", "党员", "女", unit="人")
    assert found(lines, {"P": 30, "P:党员": 12, "P:女": 14}) == {}
    assert list(found(lines, {"P": 30, "P:党员": 31})) == ["item:P:党员"]
    assert found(lines, {"P:党员": 31}) == {}


def test_each_dimension_adds_up_by_itself():
    lines = [
        *items_of("P", "行业", "属地", breakdown_is_complete=True),
        *(line("P", item=name, dimension=1, breakdown_is_complete=True) for name in ("专职", "兼职")),
    ]
    assert list(found(lines, {"P": 5, "P:行业": 2, "P:属地": 3, "P:专职": 5, "P:兼职": 1})) == ["items1:P"]


def test_a_running_total_that_falls_asks_for_an_explanation():
    asked = [line("X", kind=Kind.CUMULATIVE)]
    second, third = {"X": 25}, {"X": 22}
    earlier = EarlierDocuments(previous=second, year=({"X": 10}, second))
    assert found(asked, third, earlier) == {"falling:X": "X 指标X 22 家 is less than X 指标X (last period) 25 家."}
    assert rule_named(implied_rules(layout(*asked)), "falling:X").severity == Severity.VERIFY


def test_a_running_total_starts_anew_in_january():
    december = {"X": 40}
    assert found([line("X", kind=Kind.CUMULATIVE)], {"X": 3}, EarlierDocuments(previous=december)) == {}


def test_opening_plus_change_is_closing():
    """T68: 50 + 3 - 1 = 52, typed 53; and last period closed with 48, not 50."""
    lines = [line(code, kind=Kind.STOCK) for code in ("OPEN", "CLOSE")] + [line("IN"), line("OUT")]
    rules = (
        rule_of("{CLOSE} == {OPEN} + {IN} - {OUT}", "mandatory"),
        rule_of("{OPEN} == {CLOSE@prev}", "mandatory", "期初等于上期期末。"),
    )
    sentences = found(lines, {"OPEN": 50, "IN": 3, "OUT": 1, "CLOSE": 53}, EarlierDocuments(previous={"CLOSE": 48}), rules)
    assert list(sentences.values()) == [
        "CLOSE 指标CLOSE 53 家 is not equal to OPEN 指标OPEN + IN 指标IN - OUT 指标OUT (52 家); the difference is 1 家.",
        "OPEN 指标OPEN 50 家 is not equal to CLOSE 指标CLOSE (last period) 48 家; "
        "the difference is 2 家. Rule: 期初等于上期期末.",
    ]


def test_something_out_of_nothing():
    """T9: 0 of 0 is no error, 3 of 0 is."""
    lines = [line("N"), line("D"), line("R", unit="%", numerator="{N}", denominator="{D}", decimals=1)]
    assert found(lines, {"N": 0, "D": 0}) == {}
    assert list(found(lines, {"N": 3, "D": 0})) == ["divisor:R"]
    assert "N 指标N 3 家" in found(lines, {"N": 3, "D": 0})["divisor:R"]
    assert found(lines, {"D": 100}) == {}


def test_a_share_is_shown_with_its_sign():
    lines = [line("N"), line("D"), line("R", unit="%", numerator="{N}", denominator="{D}", decimals=1)]
    sentences = found(lines, {"N": 10004, "D": 10000}, rules=(rule_of("0 <= {R} <= 100", "mandatory"),))
    assert list(sentences.values()) == ["R 指标R 100.04% is greater than 100."]


def test_the_key_of_a_written_rule_survives_another_spelling():
    assert rule_of("{A}<={B}", "mandatory").key == rule_of(" {A}  <= {B} ", "hint").key
    assert rule_of("{A}<={B}", "mandatory").key != rule_of("{B}<={A}", "mandatory").key


def test_rules_that_point_elsewhere_do_not_fit():
    asked = layout(line("A"), line("B"))
    inside, outside = rule_of("{A} <= {B}", "verify"), rule_of("{A} <= {C}", "verify")
    assert fitting((inside, outside), asked) == (inside,)


def test_the_first_of_two_equal_rules_stays():
    first, second = rule_of("{A} <= {B}", "verify"), rule_of("{A}<={B}", "mandatory")
    implied = rule_named(implied_rules(layout(line("B"), line("A", part_of="B"))), "part:A")
    assert without_repeats((first, second, implied)) == (first,)


def test_what_to_do():
    rule, form = rule_of("{A} <= {B}", "verify"), layout(line("A"), line("B"))
    broken = rule.formula.verdict(lambda reference: Decimal("1.5") if reference.code == "A" else 1)
    missing = rule.formula.verdict(lambda reference: 1 if reference.code == "A" else None)
    assert "explain" in finding_texts.cure(rule, broken, form)
    assert "Fill it in" in finding_texts.cure(rule, missing, form)


def test_a_change_against_earlier_periods_is_shown_with_the_earlier_figure():
    lines = [line("A", kind=Kind.STOCK, unit="名")]
    rule = rule_of("abs({A} - {A@prev}) <= max({A@prev} * 0.3, 10)", Severity.VERIFY, "说明原因")
    earlier = EarlierDocuments(previous={"A": 87}, same_last_year={"A": 90})
    assert found(lines, {"A": 51}, earlier, [rule]) == {
        rule.key: "A 指标A 51 名; last period 87 名, 36 名 fewer (41.4%). Rule: 说明原因."
    }
    assert found(lines, {"A": 80}, earlier, [rule]) == {}
    assert found(lines, {"A": 51}, EarlierDocuments(), [rule]) == {}  # nothing is known of before


def test_small_counts_are_judged_by_their_difference():
    lines = [line("A", kind=Kind.STOCK)]
    rule = rule_of("abs({A} - {A@prev}) <= max({A@prev} * 0.3, 10)", Severity.VERIFY)
    assert found(lines, {"A": 9}, EarlierDocuments(previous={"A": 2}), [rule]) == {}  # +350 % of two is no signal (T62)
    assert rule.key in found(lines, {"A": 13}, EarlierDocuments(previous={"A": 2}), [rule])


def test_zero_where_it_was_never_zero():
    lines = [line("A")]
    rule = rule_of("{A} > 0 or min({A@prev}, {A@same_last_year}) == 0", Severity.VERIFY, "说明原因")
    both = EarlierDocuments(previous={"A": 7}, same_last_year={"A": 4})
    assert found(lines, {"A": 0}, both, [rule]) == {
        rule.key: "A 指标A 0 家; last period 7 家, 7 家 fewer (100.0%); same period last year 4 家, 4 家 fewer (100.0%). Rule: 说明原因."
    }
    assert found(lines, {"A": 1}, both, [rule]) == {}
    assert found(lines, {"A": 0}, EarlierDocuments(previous={"A": 7}, same_last_year={"A": 0}), [rule]) == {}
    assert found(lines, {"A": NA}, both, [rule]) == {}
    assert found(lines, {}, both, [rule]) == {}  # what is not reported is not a zero


def test_a_yes_or_no_is_shown_in_its_words():
    form = layout(line("Y", kind=Kind.YES_NO, required=True), line("A"))
    required = rule_named(implied_rules(form), "required:Y")
    missing = required.judge(lambda _reference: None, asked={"Y"}, starts_year=False)
    assert finding_texts.cure(required, missing, form) == "Fill it in: Yes or No."
    rule = rule_of("not ({Y} == 1) or {A} > 0", "verify")
    figures = {"Y": 1, "A": 0}
    broken = rule.judge(lambda reference: figures[reference.key], asked={"Y", "A"}, starts_year=False)
    assert "Y 指标Y Yes" in finding_texts.finding_sentence(rule, broken, form, lambda reference: figures[reference.key])
