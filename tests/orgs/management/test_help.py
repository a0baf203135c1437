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
    below_usage = chinese.split("\n\n")[1]
    assert CHINESE.search(below_usage)
    assert not CHINESE.search(english.split("\n\n")[1])
    assert chinese != english


@pytest.mark.parametrize(("name", "app"), COMMANDS)
def test_every_placeholder_that_is_used_is_explained(name, app):
    help_text = help_of(name, app, "en")
    usage, _sign, below = help_text.partition("\n\n")
    for shape in SHAPES:
        if re.search(rf"\b{shape}\b", usage):
            assert f"{shape}: " in below


@pytest.mark.parametrize(("name", "app"), COMMANDS)
def test_every_option_of_our_own_says_what_it_does(name, app):
    parser = load_command_class(app, name).create_parser("manage.py", name)
    assert [action.dest for action in parser._actions if not action.help] == []


def test_a_line_is_no_wider_than_the_screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    help_text = help_of("figures", "reports", "zh-hans").partition("\n\n")[2]
    assert max(sum(2 if CHINESE.match(sign) else 1 for sign in line) for line in help_text.splitlines()) <= 80
