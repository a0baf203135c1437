"""A change as a sentence: the subject, the column, the old and the new value."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from orgs.loading.columns import Label
from orgs.loading.words import ListWords

LONGEST = 60  # characters of a value that are shown


def changed(subject: str, label: Label, old: object, new: object, words: ListWords | None = None) -> str:
    """The change in words: A-1 受理件数: 计量单位 件 → 万件."""
    parts = {"subject": subject, "column": label, "old": shown(old, words), "new": shown(new, words)}
    return _("%(subject)s: %(column)s %(old)s → %(new)s.") % parts


def shown(value: object, words: ListWords | None = None) -> str:
    """A value in words: the label of a choice, 是 or 否, a list joined, （空） for nothing."""
    if value is None or value in ("", []):
        return _("(empty)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _cut("、".join(shown(one, words) for one in value))
    return _cut("、".join(words.label(part) if words else part for part in _parts(str(value), words)))


def gone_and_come(old: Iterable[str], new: Iterable[str]) -> tuple[list[str], list[str]]:
    """The items only in the first list, and those only in the second."""
    old, new = list(old), list(new)
    return [one for one in old if one not in new], [one for one in new if one not in old]


def _parts(text: str, words: ListWords | None) -> list[str]:
    return text.split(";") if words else [text]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
