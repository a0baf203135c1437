"""The sentence about a text that is no number, whole, and in the language of the reader."""

import re

import pytest
from django.utils import translation

from indicators.values.number_parser import PlainLine, excerpt, read_value
from tests.indicators.values.test_number_parser import CHANGE, MONEY, PEOPLE, REFUSED

_LATIN = re.compile("[A-Za-z]{2}")


@pytest.mark.parametrize(("text", "line"), [(text, line) for text, line, _words, _suggestion in REFUSED])
def test_every_refusal_is_in_chinese(text, line):
    """One sentence about the text, one why; nothing of it stands in English or half."""
    with translation.override("zh-hans"):
        error = read_value(text, line).error
    sentence = error.replace(excerpt(text), "").replace("Excel", "")
    assert sentence.startswith("“”")
    assert not _LATIN.search(sentence)
    assert sentence.endswith(("。", "？"))


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (
            "12人次",
            PEOPLE,
            "“12人次” cannot be taken. This line is counted in “人”, not in “人次”. Write the number alone. Is it 12?",
        ),
        (
            "12户",
            CHANGE,
            "“12户” cannot be taken. This line is counted in “个”, not in “户”. Write the number alone. Is it 12?",
        ),
        ("85%", PEOPLE, "“85%” cannot be taken. This line is counted in “人”, not in “%”. Write the number alone."),
        ("1.2万", PEOPLE, "“1.2万” cannot be taken. Write the number out in digits, counted in “人”. Is it 12000?"),
        ("40。", PEOPLE, "“40。” cannot be taken. There is “。” behind the number. Is it 40?"),
        ("40 人 。", PEOPLE, "“40 人 。” cannot be taken. There is “。” behind the number. Is it 40?"),
        ("40，", PEOPLE, "“40，” cannot be taken. There is “,” behind the number."),
        (
            "-007",
            CHANGE,
            "“-007” cannot be taken. It starts with 0 like a code; write a number without leading zeros. Is it -7?",
        ),
        (
            "12.345",
            MONEY,
            "“12.345” cannot be taken. This line takes at most 2 decimals; it is not rounded for you. Is it 12.35?",
        ),
        (
            "1000000000000000",
            PEOPLE,
            "“1000000000000000” cannot be taken. The largest number that is added up is 999,999,999,999,999, "
            "15 digits before the point; check the unit of measure.",
        ),
        (
            "1、2、3、4、5",
            PEOPLE,
            "“1、2、3、4、5” cannot be taken. It holds several numbers (1、2、3、4). Write one number alone.",
        ),
        (
            "没有",
            PEOPLE,
            "“没有” is not a number. Write 0 where there is none, leave the cell empty where it is not known, "
            "or declare a nil report for the whole form.",
        ),
        ("x", PEOPLE, "“x” cannot be taken. Write digits with at most one decimal point, such as 12, 1,200 or 12.5."),
        ("12人 5人", PEOPLE, "“12人 5人” cannot be taken. It holds several numbers (12、5). Write one number alone."),
    ],
)
def test_the_whole_sentence(text, line, sentence):
    assert read_value(text, line).error == sentence


def test_a_format_of_shares_on_a_line_of_something_else():
    sentence = "“0.85” cannot be taken. The cell is formatted as a percentage, but this line is counted in “人”."
    assert read_value("0.85", PEOPLE, "0%").error == sentence
    with translation.override("zh-hans"):
        assert not _LATIN.search(read_value("0.85", PEOPLE, "0%").error)
    assert read_value("0.85", PlainLine(unit="％"), "0%").figure == 85


@pytest.mark.parametrize(
    ("text", "line", "notice"),
    [
        (" 12人", PEOPLE, "“12人” was read as 12: the unit “人” already stands on the line."),
        ("1,200.50万元", MONEY, "“1,200.50万元” was read as 1200.5: the unit “万元” already stands on the line."),
        ("12名", PEOPLE, "“12名” was read as 12: the line is counted in “人”, which is the same."),
    ],
)
def test_the_whole_notice(text, line, notice):
    assert read_value(text, line).notice == notice


@pytest.mark.parametrize(
    ("text", "unit", "decimals", "offered"),
    [
        ("1.2万", "万元", 2, "1.2"), ("1.2亿元", "万元", 2, "12000"), ("3百万", "元", 0, "3000000"), ("2千万元", "万元", 0, "2000"),
        ("5千元", "万元", 1, "0.5"), ("5千元", "万元", 0, ""),
        ("2十", "人", 0, "20"), ("1亿", "亿元", 0, "1"), ("3万", "亿元", 4, "0.0003"),
        ("3万户", "人", 0, ""), ("9百人", "人", 0, "900"), ("999999亿", "人", 0, "99999900000000"), ("99999999亿", "人", 0, ""),
        ("-3万", "人", 0, ""), ("0.10万", "人", 0, "1000"), ("1,200户", "个", 0, "1,200"), ("3百", "百元", 0, "300"),
    ],
)  # fmt: skip
def test_what_is_offered_for_a_magnitude(text, unit, decimals, offered):
    found = read_value(text, PlainLine(unit=unit, decimals=decimals))
    assert (found.figure, found.suggestion) == (None, offered)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" 12 ", "12"), ("a\x07b\nc", "a␣b␣c"), ("9" * 30, "9" * 30), ("9" * 31, "9" * 29 + "…"), ("9" * 32, "9" * 29 + "…"), ("", ""),
    ],
)  # fmt: skip
def test_a_text_fit_to_stand_in_a_sentence(text, shown):
    assert excerpt(text) == shown
