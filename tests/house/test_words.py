"""Words that must not stand in the house: promises, places of one machine, and habits we left outside (docs/design.md)."""

import ast
import re

from tests.house.files import APPS, CODE, ROOT, files_below, named, python_files, tree_of

TEXTS = (".py", ".html", ".txt", ".js", ".css", ".md", ".csv", ".json", ".service", ".conf", ".po", ".toml")
FOLDERS = (*CODE, "tests", "templates", "static", "docs", "deploy", "locale")
PROMISES = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
PLACES = re.compile(
    r"/wo" r"rk/|/ro" r"ot/|/ho" r"me/\w|fi" r"le://|registry\.np" r"mjs|py" r"pi\.org|python" r"hosted|\bfa" r"rm-"
)
NOT_A_NAME = {"utils", "common", "helpers", "misc"}


def _all_texts():
    yield from (path for folder in FOLDERS for path in files_below(folder, *TEXTS))
    yield from (path for path in ROOT.iterdir() if path.suffix in TEXTS or path.name in ("Makefile", ".npmrc"))


def _lines_with(pattern: re.Pattern) -> list[str]:
    found = []
    for path in _all_texts():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if pattern.search(line):
                found.append(f"{named(path)}:{number} {line.strip()[:100]}")
    return found


def test_no_promise_is_left():
    assert _lines_with(PROMISES) == []


def test_no_place_of_one_machine_and_no_registry():
    assert _lines_with(PLACES) == []


def test_no_module_is_named_after_nothing():
    paths = [path for path in python_files(*CODE) if NOT_A_NAME & {path.stem, *path.parent.parts[-2:]}]
    assert [named(path) for path in paths] == []


def test_no_print_no_signal_no_save_of_our_own():
    """Commands write to self.stdout; what follows from a write is called where it is written."""
    wrong = []
    for path in python_files(*APPS):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Name) and node.id in ("print", "receiver", "GenericForeignKey"):
                wrong.append(f"{named(path)}:{node.lineno} {node.id}")
            if path.stem == "models" and isinstance(node, ast.FunctionDef) and node.name in ("save", "delete"):
                wrong.append(f"{named(path)}:{node.lineno} def {node.name}")
    assert wrong == []


def test_the_order_of_a_list_is_stated_where_it_is_read():
    """Meta.ordering would sort every query, also those that only count."""
    wrong = [
        f"{named(path)}:{node.lineno}"
        for path in python_files(*APPS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and node.name == "Meta" and path.stem == "models"
        for line in node.body
        if isinstance(line, ast.Assign) and line.targets[0].id == "ordering"
    ]
    assert wrong == []
