"""A file holds one idea and a function does one thing: what grew past that is refused. Every module says what it is for."""

import ast

from tests.house.files import CODE, files_below, named, python_files, templates, tree_of

LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION, LONGEST_TEMPLATE, LONGEST_ASSET = 400, 350, 60, 150, 400
LONGEST_TEMPLATE_LINE = 140


def _lines(path) -> int:
    return len(path.read_text().splitlines())


def _too_long(paths, longest: int) -> list[str]:
    return [f"{named(path)}: {_lines(path)} lines" for path in paths if _lines(path) > longest]


def test_files():
    assert _too_long(python_files(*CODE), LONGEST_FILE) == []


def test_tests():
    assert _too_long(python_files("tests"), LONGEST_TEST) == []


def test_templates():
    assert _too_long(templates(), LONGEST_TEMPLATE) == []


def test_template_lines():
    """A line that runs out of the window hides a tag; blocktranslate trimmed keeps a sentence the same however it is broken."""
    wrong = [
        f"{named(path)}:{number}: {len(line)} characters"
        for path in templates()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST_TEMPLATE_LINE
    ]
    assert wrong == []


def test_scripts_and_styles():
    assert _too_long(files_below("static", ".js", ".css"), LONGEST_ASSET) == []


def test_functions():
    wrong = [
        f"{named(path)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in python_files(*CODE, "tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert wrong == []


def test_every_module_opens_with_what_it_is_for():
    silent = [
        path for path in python_files(*CODE, "tests") if path.read_text().strip() and not ast.get_docstring(tree_of(path))
    ]
    assert [named(path) for path in silent] == []
