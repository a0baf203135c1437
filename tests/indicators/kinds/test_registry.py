"""Every kind answers every question of the registry: typed, shown, measured, added up, read by a nil report, checked, named."""

from decimal import Decimal

import pytest
from django.utils import translation

from indicators.checks.rules import implied_rules
from indicators.choices import Kind, OrgRule, PeriodRule
from indicators.formulas import parse
from indicators.kinds.registry import KINDS, kind_of, kind_words
from indicators.loading.columns import KINDS as KIND_WORDS
from indicators.measures.document_measures import NOTHING_EARLIER, pack, plan_of
from indicators.measures.vectors import Totals, as_integer
from indicators.values.documents import NA
from tests.factories.indicators import layout, line

# Kind -> what two units type in one cell, what is kept, what one cell shows, what both come to in print.
TYPED = {
    Kind.FLOW: (("3", "4"), (3, 4), ("3", "4"), "7"),
    Kind.STOCK: (("3", "1,200"), (3, 1200), ("3", "1200"), "1203"),
    Kind.CUMULATIVE: (("3", "4"), (3, 4), ("3", "4"), "7"),
    Kind.SCORE: (("3", "-4"), (3, -4), ("3", "-4"), "-1"),
    Kind.YES_NO: (("是", "×"), (1, 0), ("是", "否"), "1/2"),
}
_WORDS = {
    Kind.FLOW: "时期数", Kind.STOCK: "时点数", Kind.CUMULATIVE: "累计数", Kind.RATIO: "比率", Kind.SCORE: "得分", Kind.YES_NO: "是否",
}  # fmt: skip


def line_of(kind: Kind, **given):
    return line("A", kind=kind, negative_allowed=kind == Kind.SCORE, **given)


def sum_of(asked, role: str, *figures: int) -> Decimal:
    """What the units' documents come to in one measure."""
    plan = plan_of(asked)
    vectors = (pack(asked, "village", {"A": figure}, NOTHING_EARLIER) for figure in figures)
    return plan.measure("A", role).sum_in(Totals(sum(map(as_integer, vectors)), len(plan)))


def test_every_kind_has_its_class_and_each_class_its_kind():
    assert list(KINDS) == list(Kind)
    assert all(kind.name == name for name, kind in KINDS.items())


def test_every_kind_is_walked_here():
    typed = {kind for kind in Kind if kind != Kind.RATIO}
    assert set(TYPED) == typed
    assert set(_WORDS) == set(Kind)


@pytest.mark.parametrize("kind", TYPED)
def test_a_cell_is_read_and_read_back(kind):
    texts, figures, shown, _sum = TYPED[kind]
    asked = line_of(kind)
    with translation.override("zh-hans"):
        assert tuple(kind_of(asked).read(text, asked).figure for text in texts) == figures
        assert tuple(kind_of(asked).text(figure, 0) for figure in figures) == shown
        assert tuple(kind_of(asked).read(text, asked).figure for text in shown) == figures
        assert kind_of(asked).read("", asked).figure is None
        assert kind_of(asked).read("不适用", asked).figure == NA
        assert kind_of(asked).text(NA, 0) == "不适用"
        assert kind_of(asked).read("有些", asked).error


@pytest.mark.parametrize("kind", TYPED)
def test_documents_add_up(kind):
    _texts, figures, _shown, printed = TYPED[kind]
    asked = line_of(kind, period_rule=KINDS[kind].period_rule)
    role = KINDS[kind].measures(asked)[0].role
    found = sum_of(layout(asked), role, *figures)
    assert found == sum(figures)
    assert KINDS[kind].sum_text(found, 0, 2) == printed


@pytest.mark.parametrize("kind", Kind)
def test_its_own_rules_are_among_those_it_takes(kind):
    assert KINDS[kind].period_rule in KINDS[kind].period_rules
    assert OrgRule.SUM in KINDS[kind].org_rules
    assert (OrgRule.RATIO in KINDS[kind].org_rules) == (kind == Kind.RATIO)


@pytest.mark.parametrize("kind", TYPED)
def test_what_it_asks_by_itself_can_be_judged(kind):
    asked = line_of(kind)
    checks = [*KINDS[kind].cell_checks(asked), *KINDS[kind].history_checks(asked)]
    assert all(parse(check.expression).is_condition for check in checks)
    assert {f"{check.name}:A" for check in checks} <= {rule.key for rule in implied_rules(layout(asked))}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_tables_name_it_in_both_languages(language):
    with translation.override(language):
        for kind, word in _WORDS.items():
            assert KIND_WORDS.knows(word, kind), word
            assert KIND_WORDS.knows(str(kind), kind)
    assert set(kind_words()) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "starts_year", "answer"),
    [
        (Kind.FLOW, True, 0), (Kind.SCORE, False, 0), (Kind.CUMULATIVE, True, 0), (Kind.CUMULATIVE, False, 12),
        (Kind.STOCK, True, None), (Kind.YES_NO, True, None), (Kind.RATIO, True, None),
    ],
)  # fmt: skip
def test_what_a_nil_report_answers(kind, starts_year, answer):
    before = {} if starts_year else {"A": 12}
    assert KINDS[kind].nil_figure(line_of(kind), before, starts_year=starts_year) == answer


@pytest.mark.parametrize(
    ("kind", "rule", "adds", "averages", "has_figure"),
    [
        (Kind.FLOW, PeriodRule.SUM, True, False, True),
        (Kind.STOCK, PeriodRule.MEAN, False, True, True),
        (Kind.CUMULATIVE, PeriodRule.SUM, False, False, True),
        (Kind.CUMULATIVE, PeriodRule.MEAN, False, False, True),
        (Kind.SCORE, PeriodRule.NONE, False, False, False),
        (Kind.YES_NO, PeriodRule.SUM, True, False, True),
        (Kind.YES_NO, PeriodRule.LAST, False, False, True),
    ],
)
def test_several_periods(kind, rule, adds, averages, has_figure):
    asked = line_of(kind, period_rule=rule)
    found = KINDS[kind]
    assert found.adds_over_time(asked) is adds
    assert found.averages_over_time(asked) is averages
    assert found.has_time_rule(asked) is has_figure
