"""A cell names one of a list by its value, by the words of the pages in either language, or by a word of offices; else it is refused."""

import pytest
from django.db.models import TextChoices
from django.utils.translation import override

from indicators.loading import columns as indicator_words
from orgs.loading.accounts import ROLES
from orgs.loading.org_columns import ORG_TYPES, UNIT_CATEGORIES
from orgs.loading.words import ListWords, UnknownWord, read_flag

LISTS = [
    ROLES, ORG_TYPES, UNIT_CATEGORIES,
    *(words for words in vars(indicator_words).values() if isinstance(words, ListWords)),
]  # fmt: skip


class Two(TextChoices):
    ONE = "one", "First"
    OTHER = "other", "Second"


@pytest.mark.parametrize("words", LISTS)
def test_every_value_is_read_back_from_every_word_for_it(words):
    for value in words._choices.values:
        words_of_value = [value, *words._synonyms.get(value, ())]
        for language in ("zh-hans", "en"):
            with override(language):
                words_of_value.append(str(words._choices(value).label))
        assert {words.read(word) for word in words_of_value} == {value}


@pytest.mark.parametrize(
    ("words", "text", "value"),
    [
        (UNIT_CATEGORIES, "乡镇", "township"), (UNIT_CATEGORIES, "村", "village"), (UNIT_CATEGORIES, "Village", "village"),
        (UNIT_CATEGORIES, " 建制村 ", "village"), (UNIT_CATEGORIES, "县（市、区）", "county"), (ROLES, "填报员", "clerk"),
        (ORG_TYPES, "党总支", "general_branch"), (indicator_words.KINDS, "时点数", "stock"),
        (indicator_words.KINDS, "时期数（本期发生）", "flow"), (indicator_words.FREQUENCIES, "季度", "quarter"),
    ],
)  # fmt: skip
def test_words_of_offices(words, text, value):
    assert words.read(text) == value


def test_what_means_nothing_or_two_things_is_refused():
    with override("en"), pytest.raises(UnknownWord, match=r"“企业” is not one of: County \(county\), "):
        UNIT_CATEGORIES.read("企业")
    words = ListWords(Two, {"one": ("both",), "other": ("both",)})
    with override("en"), pytest.raises(UnknownWord, match=r"“both” may mean First \(one\) or Second \(other\);"):
        words.read("both")


@pytest.mark.parametrize(
    ("text", "value"), [("是", True), ("1", True), ("Yes", True), ("√", True), ("否", False), ("０", False)]
)
def test_yes_and_no(text, value):
    assert read_flag(text) is value


@pytest.mark.parametrize("text", ["2", "maybe", "有", ""])
def test_neither_yes_nor_no(text):
    with pytest.raises(UnknownWord):
        read_flag(text)
