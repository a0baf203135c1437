"""Units of measure that a table states besides its heads."""

import pytest

from indicators.values.stated_measures import is_bare_measure, shown_by_format, stated_in, stated_in_brackets
from indicators.values.unit_of_measure_words import is_measure


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("单位：万元", ["万元"]),
        ("计量单位：件、万元", ["件", "万元"]),
        ("单位：万元和件", ["万元", "件"]),
        ("单位为元", ["元"]),
        ("（单位：万元）", ["万元"]),
        ("单位：万元 2026年9月30日", ["万元"]),
        ("单位：人民币千元", ["千元"]),
        ("单位：美元", ["美元"]),
        ("填报单位：个旧市", []),
        ("填报单位：白沙镇", []),
        ("单位名称", []),
        ("说明" * 50 + "单位：万元", []),
        ("明" * 75 + "。单位：元", ["元"]),
    ],
)
def test_what_a_text_states(text, words):
    assert [one.word for one in stated_in(text)] == words


def test_a_measure_of_money_alone():
    assert [one.is_of_money for text in ("金额单位：万元", "单位：万元") for one in stated_in(text)] == [True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("资金情况表（万元）", ["万元"]),
        ("（万元）", ["万元"]),
        ("（件、万元）", ["件", "万元"]),
        ("情况表（人民币万元）", ["万元"]),
        ("表" * 76 + "（万元）", ["万元"]),
        ("表" * 77 + "（万元）", []),
        ("情况表（件、二季度）", []),
        ("情况表（二季度）", []),
        ("万元", []),
    ],
)
def test_a_bracket_at_the_end(text, words):
    assert [one.word for one in stated_in_brackets(text)] == words


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [
        ("（万元）", True),
        ("（单位：万元）", True),
        ("(人)", True),
        ("资金（万元）", False),
        ("万元", False),
        ("（二季度）", False),
    ],
)
def test_nothing_but_a_measure(text, is_bare):
    assert is_bare_measure(text) == is_bare


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ('0"万元"', "万元"), ('#,##0.00"万元";[Red]-#,##0.00"万元"', "万元"), ("0.00\\万\\元", "万元"), ("0万元", "万元"), ('0" 件"', "件"),
        ('"（"0"万元）"', "万元"), ("0.00", ""), ("", ""), ('"¥"#,##0.00', ""), ('yyyy"年"m"月"', ""), ("0%", ""),
        ('0!.0,"万元"', ""), ('#,##0,"千元"', ""),  # they scale what is shown: the cell holds 元
    ],
)  # fmt: skip
def test_what_a_format_writes(code, word):
    assert shown_by_format(code) == word


def test_a_measure_in_brackets_is_one():
    assert is_measure("（万元）")
    assert not is_measure("（二季度）")
