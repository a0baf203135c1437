"""Which texts are an answer to a yes-or-no question, which are refused, and what is offered instead."""

import pytest
from django.utils import translation

from indicators.choices import Kind, PeriodRule
from indicators.kinds.registry import KINDS
from tests.factories.indicators import line

YES_NO = KINDS[Kind.YES_NO]
ASKED = line("Y", kind=Kind.YES_NO)


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize("text", ["是", " 是 ", "√", "✓", "✔", "1", "１", "1.0", "y", "Y", "yes", "YES", "TRUE", "true"])
def test_yes(text):
    assert YES_NO.read(text, ASKED).figure == 1


@pytest.mark.parametrize("text", ["否", "　否", "×", "✗", "✘", "0", "０", "0.0", "n", "No", "FALSE"])
def test_no(text):
    assert YES_NO.read(text, ASKED).figure == 0


@pytest.mark.parametrize("text", ["", None, "  ", "-", "—"])
def test_blank(text):
    assert YES_NO.read(text, ASKED).figure is None
    assert not YES_NO.read(text, ASKED).error


@pytest.mark.parametrize(
    "text",
    [
        "有",
        "无",
        "没有",
        "x",
        "X",
        "☑",
        "□",
        "□是 √否",
        "是/否",
        "2",
        "-1",
        "0.5",
        "1个",
        "100%",
        "基本达标",
        "待定",
        "？",
        "#N/A",
        "2026-09-30",
        "十",
    ],
)
def test_what_is_not_sure_is_refused_without_an_offer(text):
    found = YES_NO.read(text, ASKED)
    assert found.figure is None
    assert text in found.error
    assert "请填“是”或“否”" in found.error
    assert found.suggestion == ""


@pytest.mark.parametrize(
    ("text", "offered"), [("是。", "是"), ("否；", "否"), ("达标", "是"), ("未达标", "否"), ("是的", "是"), ("不是", "否")]
)
def test_what_can_only_mean_one_is_offered(text, offered):
    found = YES_NO.read(text, ASKED)
    assert found.figure is None
    assert found.suggestion == offered
    assert offered in found.error


def test_a_percentage_format_is_no_answer():
    assert YES_NO.read("1", ASKED, "0%").error


def test_not_applicable_only_where_it_may_be():
    assert YES_NO.read("/", ASKED).figure == "NA"
    assert YES_NO.read("不适用", line("Y", kind=Kind.YES_NO, na_allowed=False)).error


@pytest.mark.parametrize(("language", "words"), [("zh-hans", ("是", "否")), ("en", ("Yes", "No"))])
def test_each_language_shows_its_words_and_reads_both(language, words):
    with translation.override(language):
        assert YES_NO.answers() == words
        assert [YES_NO.read(word, ASKED).figure for word in (*words, "是", "No")] == [1, 0, 1, 0]


def test_a_year_is_its_last_answer_or_a_count_of_periods():
    assert YES_NO.year_text(1, line("Y", kind=Kind.YES_NO, period_rule=PeriodRule.LAST)) == "是"
    assert YES_NO.year_text(3, line("Y", kind=Kind.YES_NO, period_rule=PeriodRule.SUM)) == "3"


@pytest.mark.parametrize(("met", "asked", "text"), [(3, 5, "3/5"), (0, 2, "0/2"), (4, 0, "4")])
def test_several_units_are_met_of_asked(met, asked, text):
    assert YES_NO.sum_text(met, 0, asked) == text


@pytest.mark.parametrize(
    ("language", "text", "sentence", "offered"),
    [
        ("zh-hans", "达标", "“达标”不能判断是“是”还是“否”，请填“是”或“否”（√、×、1、0也可识别）。是否应为 是？", "是"),
        (
            "en",
            "否；",
            "“否；” is no answer to a yes-or-no question. Write Yes or No (√, ×, 1 and 0 are read too). Is it No?",
            "No",
        ),
        (
            "en",
            "不达标",
            "“不达标” is no answer to a yes-or-no question. Write Yes or No (√, ×, 1 and 0 are read too). Is it No?",
            "No",
        ),
        (
            "en",
            "是 。",
            "“是 。” is no answer to a yes-or-no question. Write Yes or No (√, ×, 1 and 0 are read too). Is it Yes?",
            "Yes",
        ),
        ("en", "有", "“有” is no answer to a yes-or-no question. Write Yes or No (√, ×, 1 and 0 are read too).", ""),
    ],
)
def test_the_whole_sentence(language, text, sentence, offered):
    with translation.override(language):
        found = YES_NO.read(text, ASKED)
    assert (found.error, found.suggestion) == (sentence, offered)


@pytest.mark.parametrize(("figure", "text"), [(1, "是"), (0, "否"), (None, ""), ("NA", "不适用"), (2, "2")])
def test_what_one_cell_shows(figure, text):
    """A figure of old that is neither, from before the indicator was a question, is shown as it is."""
    assert YES_NO.text(figure, 0) == text


@pytest.mark.parametrize(
    ("rule", "figure", "text"),
    [
        (PeriodRule.SUM, 1, "1"),
        (PeriodRule.SUM, 0, "0"),
        (PeriodRule.LAST, 1, "是"),
        (PeriodRule.LAST, 0, "否"),
        (PeriodRule.NONE, 0, "否"),
    ],
)
def test_a_year_is_counted_only_where_periods_add_up(rule, figure, text):
    assert YES_NO.year_text(figure, line("Y", kind=Kind.YES_NO, period_rule=rule)) == text
