"""The words that a cell may have for a value of a closed list: the value, the labels in both languages, synonyms."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs.names.name_similarity import folded

_REMARK = re.compile(r"\([^()]*\)$")  # 时期数（本期发生）
YES = ("1", "true", "yes", "y", "是", "√", "✓", "✔")
NO = ("0", "false", "no", "n", "否", "×", "✗")


class UnknownWord(ValueError):
    """The text means no value of the list, or two; the message is a sentence with the known words."""


class ListWords:
    """One closed list. `synonyms`: value -> other words for it in the tables of offices. A word of two values is refused."""

    def __init__(self, choices: type[TextChoices], synonyms: Mapping[str, Iterable[str]] | None = None):
        self._choices = choices
        self._values = frozenset(choices.values)  # asked for in every row; the class makes a new list each time
        self._synonyms = synonyms or {}

    def read(self, text: str) -> str:
        """The value. Raises UnknownWord."""
        if text in self._values:
            return text
        found = self._meanings.get(_plain(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            either = _(" or ").join(self.called(value) for value in self._choices.values if value in found)
            raise UnknownWord(
                _("“%(text)s” may mean %(values)s; write the one that is meant.") % {"text": text, "values": either}
            )
        raise UnknownWord(_("“%(text)s” is not one of: %(values)s.") % {"text": text[:40], "values": self.known})

    def beside(self, synonyms: Mapping[str, Iterable[str]]) -> "ListWords":
        """The same list with more synonyms."""
        both = {value: (*self._synonyms.get(value, ()), *words) for value, words in synonyms.items()}
        return ListWords(self._choices, {**self._synonyms, **both})

    def knows(self, text: str, value: str) -> bool:
        """Whether the text means this value."""
        return text == value or self._meanings.get(_plain(text)) == {value}

    def label(self, value: str) -> str:
        """The label on the pages; the value itself if the list does not have it."""
        return str(self._choices(value).label) if value in self._values else value

    def called(self, value: str) -> str:
        """The value in a sentence: 乡镇 (township)."""
        return f"{self._choices(value).label} ({value})"

    @property
    def known(self) -> str:
        """Every value in its form for sentences, in one line."""
        return ", ".join(map(self.called, self._choices.values))

    @property
    def labels(self) -> list[str]:
        """The labels in the reader's language."""
        return [str(label) for label in self._choices.labels]

    @cached_property
    def _meanings(self) -> dict[str, set[str]]:
        """All words with their values, computed once per process: those of both languages do not depend on the reader's."""
        meanings: dict[str, set[str]] = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                for value, label in self._choices.choices:
                    for word in (value, str(label)):
                        meanings.setdefault(_plain(word), set()).add(value)
                        meanings.setdefault(_REMARK.sub("", _plain(word)), set()).add(value)
        for value, words in self._synonyms.items():
            for word in words:
                meanings.setdefault(_plain(word), set()).add(str(value))
        return meanings


def read_flag(text: str) -> bool:
    """Reads 是 or 否, 1 or 0. Raises UnknownWord."""
    plain = folded(text)
    if plain in YES or plain in NO:
        return plain in YES
    raise UnknownWord(_("“%(text)s” is neither 1 (yes) nor 0 (no).") % {"text": text[:40]})


def _plain(text: str) -> str:
    return re.sub(r"[_-]", "", folded(text))
