"""Every text of the interface stands in the catalogue, translated, and the compiled catalogue is the one that is read."""

import ast
import os
import re
import shutil
import subprocess
import sys

import polib
import pytest

from tests.house.files import APPS, CODE, ROOT, named, python_files, tree_of

CATALOGUE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
NO_GETTEXT = "NOT RUN: whether every text stands in the catalogue. There is no xgettext here: apt-get install gettext."


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """The entries that code and templates ask for, read from a copy, so that the real catalogue stays as it is."""
    if not shutil.which("xgettext"):
        pytest.skip(NO_GETTEXT)
    copy = tmp_path_factory.mktemp("sources")
    for folder in (*APPS, "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "zh_Hans", "--verbosity", "0"]
    subprocess.run(command, cwd=copy, check=True, env={"PATH": os.environ["PATH"]})
    return {_key(entry) for entry in polib.pofile(f"{copy}/locale/zh_Hans/LC_MESSAGES/django.po")}


@pytest.fixture(scope="module")
def catalogue():
    assert CATALOGUE.exists(), "there is no catalogue yet: make messages"
    return polib.pofile(str(CATALOGUE))


def _key(entry: polib.POEntry) -> tuple:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_text_stands_in_the_catalogue(texts, catalogue):
    assert sorted(msgid for _, msgid, _ in texts - {_key(entry) for entry in catalogue if not entry.obsolete}) == []


def test_the_catalogue_holds_nothing_that_no_page_says(texts, catalogue):
    assert sorted(entry.msgid for entry in catalogue if entry.obsolete or _key(entry) not in texts) == []


def test_every_text_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy or not all(_translations(entry))] == []


def test_placeholders_are_the_same(catalogue):
    wrong = []
    for entry in catalogue:
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        wrong += [entry.msgid for text in _translations(entry) if set(PLACEHOLDER.findall(text)) != wanted]
    assert wrong == []


def test_the_compiled_catalogue_is_up_to_date(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {_key(entry): _translations(entry) for entry in compiled} == {
        _key(entry): _translations(entry) for entry in catalogue
    }


def test_no_text_hides_inside_an_f_string():
    """makemessages does not look there, so the text would never reach the catalogue."""
    hidden = [
        f"{named(path)}:{call.lineno}"
        for path in python_files(*CODE)
        for text in ast.walk(tree_of(path))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in GETTEXT
    ]
    assert hidden == []
