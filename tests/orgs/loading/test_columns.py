"""A head is known in both languages and as offices write it; what is unknown, doubled or may mean two columns is refused by name."""

import pytest

from indicators.loading.columns import CATALOGUE, CHECKS, FORMS
from orgs.loading.accounts import COLUMNS as ACCOUNTS
from orgs.loading.columns import named_table, plain_head, spoken
from orgs.loading.org_columns import COLUMNS as ORGS
from spreadsheets.tables import TableProblems, read_table
from submissions.imports.loading.columns import COLUMNS as FIGURES
from submissions.tasks.calendar.loading import COLUMNS as CALENDAR

LOADERS = {
    "orgs": ORGS, "accounts": ACCOUNTS, "catalogue": CATALOGUE, "forms": FORMS, "checks": CHECKS, "figures": FIGURES,
    "calendar": CALENDAR,
}  # fmt: skip
EVERY = [(loader, column) for loader, columns in LOADERS.items() for column in columns]


def names(head: str, columns=ORGS):
    return named_table(read_table(f"{head}\n".encode(), "a.csv"), columns).columns


def refused(head: str, columns=ORGS) -> list[str]:
    with pytest.raises(TableProblems) as caught:
        names(head, columns)
    return caught.value.lines()[:-1]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def test_heads_of_offices_in_any_order():
    assert names("上级编码, 名 称 ,编码,单位类别（必填）,党组织类别 *") == (
        "parent_code", "name", "code", "unit_category", "org_type",
    )  # fmt: skip


@pytest.mark.parametrize(("loader", "column"), EVERY, ids=lambda one: getattr(one, "name", one))
def test_every_column_is_known_by_its_name_and_its_words_in_both_languages(loader, column):
    others = {other.name for other in LOADERS[loader] if other is not column}
    for head in (column.name, *spoken(column.label)):
        meanings = [other.name for other in LOADERS[loader] if plain_head(head) in other.heads]
        assert meanings == [column.name], (head, others)


@pytest.mark.parametrize(("loader", "column"), EVERY, ids=lambda one: getattr(one, "name", one))
def test_every_label_has_a_chinese_word(loader, column):
    assert any("\u4e00" <= sign <= "\u9fff" for word in spoken(column.label) for sign in word)


@pytest.mark.parametrize(
    ("columns", "head", "line"),
    [
        (ORGS, "code,name,colour", "a.csv:1: colour: This column is not known; the columns are: Organization code (code), "),
        (
            ORGS,
            "code,name,类别",
            "a.csv:1: 类别: This head may mean Organization type (org_type) or Unit category (unit_category);",
        ),
        (ORGS, "code,name,编码", "a.csv:1: 编码: This column and “code” are both Organization code (code); keep one of them."),
        (
            ORGS,
            "code",
            "a.csv:1: name: This column is required and missing; add it to the head row as Organization name (name).",
        ),
        (ORGS, "code,name,序号", "a.csv:1: 序号: This column is not known"),
        (
            FORMS,
            "编码,title,frequency",
            "a.csv:1: 编码: This head may mean Form number (form) or Indicator code (indicator_code);",
        ),
        (CHECKS, "form,expression,severity,编码", "a.csv:1: 编码: This column and “form” are both"),
    ],
)
def test_what_is_refused_and_how(columns, head, line):
    lines = refused(head, columns)
    assert len(lines) == 1
    assert lines[0].startswith(line)
