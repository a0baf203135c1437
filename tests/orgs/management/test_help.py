"""Every command of the house explains itself, in Chinese where the language is Chinese, and says what its placeholders look like."""

import re

import pytest
from django.core.management import get_commands, load_command_class
from django.utils.translation import override

from orgs.management.operator_command import SHAPES
from tests.house.files import APPS

COMMANDS = sorted((name, app) for name, app in get_commands().items() if app in APPS)
CHINESE = re.compile("[\u4e00-\u9fff]")


def help_of(name: str, app: str, language: str) -> str:
    with override(language):
        return load_command_class(app, name).create_parser("manage.py", name).format_help()


def test_the_commands_are_found():
    assert {"load_orgs", "backup", "restore", "figures", "demo"} <= {name for name, _app in COMMANDS}


@pytest.mark.parametrize(("name", "app"), COMMANDS)
def test_help_is_printed_in_the_readers_language(name, app):
    chinese, english = help_of(name, app, "zh-hans"), help_of(name, app, "en")
    said = chinese.split("\n\n")[1]
    assert CHINESE.search(said)
    assert not CHINESE.search(english.split("\n\n")[1])
    assert chinese != english


@pytest.mark.parametrize(("name", "app"), COMMANDS)
def test_every_placeholder_that_is_used_is_explained(name, app):
    told = help_of(name, app, "en")
    usage, _sign, below = told.partition("\n\n")
    for shape in SHAPES:
        if re.search(rf"\b{shape}\b", usage):
            assert f"{shape}: " in below


@pytest.mark.parametrize(("name", "app"), COMMANDS)
def test_every_option_of_our_own_says_what_it_does(name, app):
    parser = load_command_class(app, name).create_parser("manage.py", name)
    assert [action.dest for action in parser._actions if not action.help] == []


def test_a_line_is_no_wider_than_the_screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    told = help_of("figures", "reports", "zh-hans").partition("\n\n")[2]
    assert max(sum(2 if CHINESE.match(sign) else 1 for sign in line) for line in told.splitlines()) <= 80
