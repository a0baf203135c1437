"""The columns of a loader: their heads in both languages, the content of their cells; finds them in a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs.loading.words import ListWords
from orgs.names.name_similarity import folded
from spreadsheets.tables import Table

Label = str | Promise
_REMARK = re.compile(r"\([^()]*\)$")  # 编码（必填）


class Holds(StrEnum):
    """The content of a column's cells: decides how a template helps to fill it."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    CHOICES = "choices"  # several values, separated by ";"
    FLAG = "flag"
    NUMBER = "number"
    DAY = "day"
    PERIOD = "period"


@dataclass(frozen=True)
class LoaderColumn:
    """`name`: its head in English files, and what the code calls it; `label`: its head on pages and templates.

    `synonyms`: other heads under which offices keep it. A head that two columns of one loader share is ambiguous and refused.
    """

    name: str
    label: Label
    synonyms: tuple[str, ...] = ()
    is_required: bool = False
    holds: Holds = Holds.TEXT
    words: ListWords | None = None
    note: Label = ""
    example: str = ""

    @property
    def called(self) -> str:
        """The name of the column in a sentence: 单位类别 (unit_category)."""
        return f"{self.label} ({self.name})"

    @property
    def heads(self) -> set[str]:
        return {plain_head(text) for text in (self.name, *spoken(self.label), *self.synonyms)}


def spoken(label: Label) -> Iterator[str]:
    """The label in each language of the pages."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield str(label)


def plain_head(text: str) -> str:
    """The normal form of a head as people type it: Unit category, unit_category, “单位类别 *”."""
    return re.sub(r"[_:,.\-]", "", folded(text))


def named_table(table: Table, columns: Sequence[LoaderColumn]) -> Table:
    """The table with its columns under their names. Raises TableProblems for unknown, ambiguous, repeated or missing heads."""
    meanings = _meanings(columns)
    problems = table.problems()
    names: dict[str, str] = {}  # head -> name
    heads: dict[str, str] = {}  # name -> head
    doubtful: set[str] = set()  # names that a refused head may mean
    for head in table.columns:
        found = _found(head, meanings)
        if len(found) > 1:
            doubtful |= {column.name for column in found}
            either = _(" or ").join(column.called for column in found)
            problems.add(1, head, _("This head may mean %(columns)s; write the one that is meant.") % {"columns": either})
        elif not found:
            known = ", ".join(column.called for column in columns)
            problems.add(1, head, _("This column is not known; the columns are: %(columns)s.") % {"columns": known})
        elif found[0].name in heads:
            words = {"head": heads[found[0].name], "column": found[0].called}
            problems.add(1, head, _("This column and “%(head)s” are both %(column)s; keep one of them.") % words)
        else:
            names[head], heads[found[0].name] = found[0].name, head
    for column in columns:
        if column.is_required and column.name not in {*heads, *doubtful}:
            sentence = _("This column is required and missing; add it to the head row as %(column)s.")
            problems.add(1, column.name, sentence % {"column": column.called})
    problems.raise_if_any()
    return table.named(names)


def _meanings(columns: Sequence[LoaderColumn]) -> dict[str, list[LoaderColumn]]:
    meanings: dict[str, list[LoaderColumn]] = {}
    for column in columns:
        for head in column.heads:
            meanings.setdefault(head, []).append(column)
    # The English name of a column belongs to it alone, whatever synonyms others have.
    return meanings | {plain_head(column.name): [column] for column in columns}


def _found(head: str, meanings: dict[str, list[LoaderColumn]]) -> list[LoaderColumn]:
    plain = plain_head(head)
    return meanings.get(plain) or meanings.get(_REMARK.sub("", plain), [])
