"""Every odd number text is taken as specified or refused by a sentence; nothing becomes another number silently."""

from decimal import Decimal

import pytest

from indicators.values.documents import NA
from indicators.values.number_parser import PlainLine, format_figure, read_value, round_half_up

PEOPLE = PlainLine(unit="人")
MONEY = PlainLine(unit="万元", decimals=2, negative_allowed=True)
SHARE = PlainLine(unit="%", decimals=2, na_allowed=False)
CHANGE = PlainLine(unit="个", negative_allowed=True)

TAKEN = [
    # text, line, figure
    ("12", PEOPLE, 12),
    (" 12 ", PEOPLE, 12),
    ("12\r\n", PEOPLE, 12),
    ("\t12", PEOPLE, 12),
    ("12\u00a0", PEOPLE, 12),
    ("\u300012", PEOPLE, 12),
    ("１２", PEOPLE, 12),
    ("１，２００", PEOPLE, 1200),
    ("1,200", PEOPLE, 1200),
    ("1,234,567", PEOPLE, 1234567),
    ("1，200", PEOPLE, 1200),
    ("0", PEOPLE, 0),
    ("-0", PEOPLE, 0),
    ("12.0", PEOPLE, 12),
    ("999999999999999", PEOPLE, 999999999999999),
    ("-5", CHANGE, -5),
    ("－5", CHANGE, -5),
    ("−5", CHANGE, -5),
    ("0.1", MONEY, Decimal("0.1")),
    ("200.00", MONEY, 200),
    ("487.60", MONEY, Decimal("487.6")),
    ("1,234.56", MONEY, Decimal("1234.56")),
    ("-0.01", MONEY, Decimal("-0.01")),
    ("12．5", MONEY, Decimal("12.5")),
    ("999999999999999.99", MONEY, Decimal("999999999999999.99")),
    ("85", SHARE, 85),
    ("85%", SHARE, 85),
    ("85.5％", SHARE, Decimal("85.5")),
    ("0.85", SHARE, Decimal("0.85")),
    ("85%", PlainLine(unit="％"), 85),
    (" " * 60 + "12", PEOPLE, 12),
    ("1." + "0" * 58, PEOPLE, 1),
    ("", PEOPLE, None),
    ("   ", PEOPLE, None),
    (None, PEOPLE, None),
    ("-", PEOPLE, None),
    ("--", PEOPLE, None),
    ("—", PEOPLE, None),
    ("——", PEOPLE, None),
    ("－", PEOPLE, None),
    ("/", PEOPLE, NA),
    ("／", PEOPLE, NA),
    ("不适用", PEOPLE, NA),
    ("NA", PEOPLE, NA),
    ("n/a", PEOPLE, NA),
]

REFUSED = [
    # text, line, words of the sentence, suggestion
    ("12家", PEOPLE, "counted in “人”, not in “家”", "12"),
    ("12人次", PEOPLE, "not in “人次”", "12"),
    ("1.2万", PEOPLE, "Write the number out", "12000"),
    ("3万人", PEOPLE, "Write the number out", "30000"),
    ("1.2亿", MONEY, "Write the number out", "12000"),
    ("200万", MONEY, "Write the number out", "200"),
    ("1.23456万", PEOPLE, "Write the number out", ""),
    ("12万户", PEOPLE, "Write the number out", ""),
    ("85%", PEOPLE, "not in “%”", ""),
    ("1_000", PEOPLE, "cannot be taken", ""),
    ("1e5", PEOPLE, "cannot be taken", ""),
    ("1E999", PEOPLE, "cannot be taken", ""),
    ("0x10", PEOPLE, "cannot be taken", ""),
    ("NaN", PEOPLE, "cannot be taken", ""),
    ("nan", MONEY, "cannot be taken", ""),
    ("inf", PEOPLE, "cannot be taken", ""),
    ("-Infinity", MONEY, "cannot be taken", ""),
    ("1.2.3", MONEY, "cannot be taken", ""),
    ("12.", PEOPLE, "cannot be taken", ""),
    (".5", MONEY, "cannot be taken", ""),
    ("+5", PEOPLE, "without the sign", "5"),
    ("--5", CHANGE, "cannot be taken", ""),
    ("5-", CHANGE, "cannot be taken", ""),
    ("(5)", CHANGE, "cannot be taken", ""),
    ("٣", PEOPLE, "other than the digits", ""),
    ("१२", PEOPLE, "other than the digits", ""),
    ("十二", PEOPLE, "other than the digits", ""),
    ("③", PEOPLE, "other than the digits", ""),
    ("10²", PEOPLE, "other than the digits", ""),
    ("½", MONEY, "other than the digits", ""),
    ("12,00", PEOPLE, "groups of three", ""),
    ("1,20", MONEY, "groups of three", ""),
    ("1,2345", PEOPLE, "groups of three", ""),
    (",123", PEOPLE, "cannot be taken", ""),
    ("0,123", PEOPLE, "groups of three", ""),
    ("1 200", PEOPLE, "space between the digits", "1200"),
    ("1\u00a0200", PEOPLE, "space between the digits", "1200"),
    ("007", PEOPLE, "leading zeros", "7"),
    ("００１", PEOPLE, "leading zeros", "1"),
    ("\u202d12\u202c", PEOPLE, "invisible", "12"),
    ("\u200b12", PEOPLE, "invisible", "12"),
    ("12.5", PEOPLE, "whole numbers only", "13"),
    ("2.675", MONEY, "at most 2 decimals", "2.68"),
    ("-5", PEOPLE, "below 0", ""),
    ("1000000000000000", PEOPLE, "15 digits", ""),
    ("123456789012345678", PEOPLE, "15 digits", ""),
    ("9" * 61, PEOPLE, "too long", ""),
    ("不适用", SHARE, "does not allow", ""),
    ("/", SHARE, "does not allow", ""),
    ("无", PEOPLE, "nil report", "0"),
    ("零", PEOPLE, "nil report", "0"),
    ("null", PEOPLE, "nil report", "0"),
    ("#REF!", PEOPLE, "error of a formula", ""),
    ("#DIV/0!", MONEY, "error of a formula", ""),
    ("#N/A", PEOPLE, "error of a formula", ""),
    ("#VALUE!", PEOPLE, "error of a formula", ""),
    ("=1+1", PEOPLE, "cannot be taken", ""),
    ("1/2", PEOPLE, "cannot be taken", ""),
    ("2026-09-01", PEOPLE, "cannot be taken", ""),
    ("约12", PEOPLE, "cannot be taken", ""),
    ("100余", PEOPLE, "no exact number", ""),
    ("300多人", PEOPLE, "no exact number", ""),
    ("30多", PEOPLE, "no exact number", ""),
    ("30人左右", PEOPLE, "no exact number", ""),
    ("约30人", PEOPLE, "no exact number", ""),
    ("近30", PEOPLE, "no exact number", ""),
    ("30+", PEOPLE, "no exact number", ""),
    ("30-40", PEOPLE, "no exact number", ""),
    ("30～40人", PEOPLE, "no exact number", ""),
    ("＞30", PEOPLE, "cannot be taken", ""),
    ("30以上", PEOPLE, "no exact number", ""),
    ("3万余", PEOPLE, "no exact number", ""),
    ("40。", PEOPLE, "“。” behind the number", "40"),
    ("40人。", PEOPLE, "“。” behind the number", "40"),
    ("40；", PEOPLE, "“；” behind the number", "40"),
    ("40、", PEOPLE, "“、” behind the number", "40"),
    ("40，", PEOPLE, "behind the number", ""),
    ("40．", PEOPLE, "behind the number", ""),
    ("12.5。", MONEY, "behind the number", "12.5"),
    ("“40”", PEOPLE, "quotation marks", "40"),
    ("'40", PEOPLE, "quotation marks", "40"),
    ("40\u200b", PEOPLE, "invisible", "40"),
    ("4\u200b0", PEOPLE, "invisible", "40"),
    ("\ufeff40人", PEOPLE, "invisible", "40"),
    ("30多\u200b", PEOPLE, "invisible", ""),
    ("9月30日", PEOPLE, "a date", ""),
    ("2026年9月30日", PEOPLE, "a date", ""),
    ("2026/9/30", PEOPLE, "a date", ""),
    ("2026-09", PEOPLE, "a date", ""),
    ("12（其中女5）", PEOPLE, "several numbers", ""),
    ("40人5户", PEOPLE, "several numbers", ""),
    ("+٥", PEOPLE, "other than the digits", ""),
    ("1 ٥", PEOPLE, "other than the digits", ""),
    ("0٥", PEOPLE, "other than the digits", ""),
    ("1,٥", PEOPLE, "other than the digits", ""),
    ("1.5 x 2", PEOPLE, "cannot be taken", ""),
    ("12、", PEOPLE, "behind the number", "12"),
    ("TRUE", PEOPLE, "cannot be taken", ""),
    ("12人 5人", PEOPLE, "cannot be taken", ""),
    ("1。2", MONEY, "cannot be taken", ""),
]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize(("text", "line", "figure"), TAKEN)
def test_taken(text, line, figure):
    reading = read_value(text, line)
    assert (reading.figure, reading.error, reading.notice) == (figure, "", "")
    assert type(reading.figure) is type(figure)


@pytest.mark.parametrize(("text", "line", "words", "suggestion"), REFUSED)
def test_refused(text, line, words, suggestion):
    reading = read_value(text, line)
    assert reading.figure is None
    assert words in reading.error
    assert reading.suggestion == suggestion
    assert suggestion in reading.error


def test_every_suggestion_would_be_taken():
    for text, line, _words, suggestion in REFUSED:
        if suggestion:
            assert not read_value(suggestion, line).error, text


@pytest.mark.parametrize(
    ("text", "line", "figure"),
    [("12人", PEOPLE, 12), ("12 人", PEOPLE, 12), ("１２人", PEOPLE, 12), ("1,200万元", MONEY, 1200)],
)
def test_the_lines_own_unit_is_read_off_and_reported(text, line, figure):
    reading = read_value(text, line)
    assert reading.figure == figure
    assert text in reading.notice
    assert not reading.error


@pytest.mark.parametrize(
    ("text", "number_format", "line", "figure"),
    [
        ("0.85", "0%", SHARE, 85),
        ("0.855", "0.00%", SHARE, Decimal("85.5")),
        ("1", "0%", SHARE, 100),
        ("0.07", "0.0%", SHARE, 7),
        ("85%", "0%", SHARE, 85),
        ("85", "General", SHARE, 85),
    ],
)
def test_a_percentage_by_format_of_the_cell(text, number_format, line, figure):
    assert read_value(text, line, number_format).figure == figure


def test_a_percentage_format_on_a_line_of_people_is_refused():
    reading = read_value("0.85", PEOPLE, "0%")
    assert reading.figure is None
    assert "formatted as a percentage" in reading.error


def test_a_percentage_with_too_many_decimals_is_refused_not_rounded():
    assert read_value("0.80091533", SHARE, "0.0%").suggestion == "80.09"


def test_long_and_unprintable_texts_are_shown_cut():
    error = read_value("a" * 50 + "\x07", PEOPLE).error
    assert "…" in error
    assert "\x07" not in error


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("2.675", 2, "2.68"),
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("2.5", 0, "3"),
        ("80.0915", 1, "80.1"),
        ("89.96", 1, "90.0"),
        ("1" * 40 + ".5", 0, "1" * 39 + "2"),
    ],
)
def test_rounding_is_half_up(value, places, rounded):
    assert str(round_half_up(Decimal(value), places)) == rounded


@pytest.mark.parametrize(
    ("figure", "decimals", "text"),
    [(None, 0, ""), (0, 0, "0"), (12, 0, "12"), (12, 2, "12.00"), (Decimal("12.5"), 0, "13"), (Decimal("-0.04"), 1, "0.0"),
     (NA, 0, "N/A"), (Decimal("-12.55"), 1, "-12.6"), (-3, 1, "-3.0"), (-3, 0, "-3"), (Decimal("1E+2"), 0, "100"),
     (10**14, 2, "100000000000000.00")],
)  # fmt: skip
def test_format(figure, decimals, text):
    assert format_figure(figure, decimals) == text


@pytest.mark.parametrize(
    ("text", "unit", "figure"),
    [
        ("12名", "人", 12), ("12 位", "人", 12), ("１２名", "人", 12), ("12人", "名", 12), ("12场次", "场", 12), ("3km", "公里", 3),
        ("12家", "户/家", 12), ("12户", "户（家）", 12), ("12名", "个（名）", 12), ("12家", "户", None), ("12户", "家", None),
        ("12分", "分/次", None), ("12次", "分/次", None), ("12人次", "人", None), ("12户", "人", None), ("12元", "万元", None),
    ],
)  # fmt: skip
def test_another_word_for_the_same_unit_is_taken_with_a_notice(text, unit, figure):
    reading = read_value(text, PlainLine(unit=unit, decimals=2))
    assert reading.figure == figure
    assert bool(reading.notice) == (figure is not None)
    assert bool(reading.error) == (figure is None)
