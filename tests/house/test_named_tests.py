"""The tests that docs/semantics.md and docs/reliability.md name exist, and every case and statement names at least one."""

import ast
import re

import pytest

from tests.house.files import ROOT, tree_of

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| *(T?\d+) *\|")
_CASES = (
    *range(1, 19), *range(20, 25), 26, *range(28, 34), *range(37, 51), *range(52, 57), *range(63, 76), *range(77, 81),
)  # fmt: skip
_STATEMENTS = (1, *range(3, 17), *range(21, 25), *range(26, 30), *range(31, 50), *range(51, 55), 59)
CASES = {f"T{number}" for number in _CASES}
STATEMENTS = {str(number) for number in _STATEMENTS}
DOCUMENTS = {"docs/semantics.md": CASES, "docs/reliability.md": STATEMENTS}


def rows_of(document: str) -> dict[str, str]:
    """Number of the case or statement -> its row."""
    lines = (ROOT / document).read_text().splitlines()
    return {found.group(1): line for line in lines if (found := ROW.match(line))}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_named_test_exists(document):
    named = NAMED.findall((ROOT / document).read_text())
    assert named
    missing = [f"{path}::{name}" for path, name in named if name not in _tests_in(path)]
    assert missing == []


def _tests_in(path: str) -> set[str]:
    if not (ROOT / path).exists():
        return set()
    return {node.name for node in ast.walk(tree_of(ROOT / path)) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("document", "right"), DOCUMENTS.items())
def test_every_case_has_its_row_with_a_test(document, right):
    rows = rows_of(document)
    assert set(rows) == right
    assert [number for number, row in rows.items() if not NAMED.search(row)] == []
