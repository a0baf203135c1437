"""Words around the fill page's table, in both languages, by table."""

import re
from datetime import date
from itertools import chain

import pytest
from django.conf import settings
from django.utils import translation

from indicators.choices import Frequency
from submissions.choices import State
from submissions.core.texts import COLOURS, day_words, due_words, heads_of, keys_help, script_words

_LATIN = re.compile("[A-Za-z]{2}")
_LETTER = re.compile("[A-Za-z]")
_GAP = re.compile(r"%\((\w+)\)s")
_SCRIPTS = sorted((settings.BASE_DIR / "static" / "js" / "fill").glob("*.js"))
TODAY = date(2026, 10, 8)


@pytest.mark.parametrize(
    ("frequency", "heads"),
    [
        (Frequency.WEEK, ("This week", "Last week", "Same week last year")),
        (Frequency.MONTH, ("This month", "Last month", "Same month last year")),
        (Frequency.QUARTER, ("This quarter", "Last quarter", "Same quarter last year")),
        (Frequency.HALF, ("This half-year", "Last half-year", "Same half last year")),
        (Frequency.YEAR, ("This year", "Last year", "The year before")),
    ],
)
def test_heads_of_a_frequency(frequency, heads):
    found = heads_of(frequency)
    assert (found.now, found.previous, found.last_year) == heads
    assert found.carried == "Carried over from the closing stock of the last period; it cannot be retyped."
    with translation.override("zh-hans"):
        found = heads_of(frequency)
        assert not _LATIN.search("".join((found.now, found.previous, found.last_year, found.carried)))


@pytest.mark.parametrize(
    ("due_on", "missing", "words", "colour"),
    [
        (date(2026, 10, 10), None, "Due by October 10 · 2 days left", "is-amber"),
        (date(2026, 10, 9), None, "Due by October 9 · 1 day left", "is-amber"),
        (date(2026, 10, 11), 4, "Due by October 11 · 3 days left", "is-amber"),
        (date(2026, 10, 12), 1, "Due by October 12 · 4 days left", "is-grey"),
        (date(2026, 10, 8), None, "Due today, October 8", "is-amber"),
        (date(2026, 10, 7), 1, "Due by October 7 · 1 day overdue", "is-red"),
        (date(2026, 9, 28), 1, "Due by September 28 · 10 days overdue", "is-red"),
        (date(2026, 9, 28), 0, "All have sent in", "is-green"),
        (date(2027, 1, 8), None, "Due by Jan. 8, 2027 · 92 days left", "is-grey"),
    ],
)
def test_how_long_there_is_still(due_on, missing, words, colour):
    assert due_words(due_on, TODAY, missing) == (words, colour)
    with translation.override("zh-hans"):
        text, same = due_words(due_on, TODAY, missing)
    assert same == colour
    assert not _LATIN.search(text)


@pytest.mark.parametrize(("day", "words"), [(date(2026, 1, 3), "1月3日"), (date(2025, 12, 31), "2025年12月31日")])
def test_a_day_of_this_year_is_shown_without_it(day, words):
    with translation.override("zh-hans"):
        assert day_words(day, TODAY) == words


def test_every_word_that_a_script_asks_for_is_given():
    asked = set(chain.from_iterable(re.findall(r"\bwords\.(\w+)", script.read_text()) for script in _SCRIPTS))
    states = {"waiting", "saving", "offline", "conflict", "refused", "signed-out", "stale-page"}  # StateLine asks by name
    given = set(script_words())
    assert (asked | states) - given - {"login"} == set()
    assert given - asked - states == set()


def test_what_a_script_says_is_chinese_with_the_same_gaps():
    english = script_words()
    with translation.override("zh-hans"):
        chinese = script_words()
    assert [name for name in english if not _LATIN.search(_GAP.sub("", english[name])) and name != "byAt"] == ["notApplicable"]
    assert [name for name in chinese if _LETTER.search(_GAP.sub("", chinese[name]))] == []
    assert [name for name in chinese if sorted(_GAP.findall(chinese[name])) != sorted(_GAP.findall(english[name]))] == []


def test_gaps_are_those_that_scripts_fill():
    filled = {"time", "count", "said", "text", "filled", "all", "line", "by", "at", "ready", "open"}
    assert {gap for words in script_words().values() for gap in _GAP.findall(words)} == filled


def test_the_keys_of_the_table():
    with translation.override("zh-hans"):
        keys = keys_help()
    assert [names for names, _words in keys] == [
        ("Enter", "↓"), ("Shift+Enter", "↑"), ("Tab",), ("F2",), ("Esc",), ("Delete",), ("Shift+↓",), ("Ctrl+A",), ("Ctrl+C", "Ctrl+V"),
        ("Ctrl+Z", "Ctrl+Y"), ("Ctrl+↓",), ("Home", "End"), ("Alt+N",), ("?",),
    ]  # fmt: skip
    assert [words for _names, words in keys if _LATIN.search(words.replace("Excel", "").replace("WPS", ""))] == []


def test_every_state_has_its_colour():
    assert set(COLOURS) == set(State)
