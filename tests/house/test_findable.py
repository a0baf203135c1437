"""A newcomer's question is answered by one search for the field's word: it stands in the head of the module that has the answer.

The head is what a search result shows first: path, module docstring or opening comment, and the names it defines.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.house.files import CODE, ROOT, files_below, named, python_files, tree_of

MOST_PLACES = 3  # more is a list to read, not an answer
QUESTIONS = [
    ("When is a report overdue?", "overdue", "submissions/core/texts.py"),
    ("May one approve one's own report?", "own report", "submissions/review/actions.py"),
    ("How large may an upload be?", "upload limit", "config/settings.py"),
    ("What stands in the menu?", "menu", "config/navigation.py"),
    ("How long does a session last?", "session hours", "config/settings.py"),
    ("Where is the tree added up?", "adds up the tree", "reports/figures/sums/summaries.py"),
    ("Where is table R2 made?", "R2 ", "reports/tables/layouts/by_unit.py"),
    ("Who is reminded, and how?", "reminder", "submissions/tasks/pages.py"),
    ("How are organizations merged?", "splits organizations", "orgs/tree/restructuring.py"),
    ("Who may review?", "who may review", "submissions/core/access.py"),
    ("Where are files imported?", "imports files", "submissions/imports/service/import_service.py"),
    ("Where is a report validated?", "validator", "submissions/checking/validator.py"),
    ("What happens when two edit at once?", "edit conflict", "submissions/core/conflicts.py"),
    ("Which colours do charts have?", "chart colours", "static/js/charts/options.js"),
    ("How is a number read?", "number parser", "indicators/values/number_parser.py"),
]


def head_of(path: Path) -> str:
    """In small letters, with blanks for underlines, as one types a search."""
    parts = [named(path)]
    if path.suffix == ".py":
        tree = tree_of(path)
        parts.append(ast.get_docstring(tree) or "")
        parts += [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        parts += [
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        ]
    else:
        parts += [line for line in path.read_text(encoding="utf-8").splitlines()[:5] if line.startswith(("//", "/*", " *"))]
    return " ".join(parts).replace("_", " ").lower()


@cache
def heads() -> dict[str, str]:
    return {
        named(path): head_of(path)
        for path in (*python_files(*CODE), *files_below("static", ".js", ".css"))
        if path.is_relative_to(ROOT)
    }


@pytest.mark.parametrize(
    ("question", "words", "place"), QUESTIONS, ids=[words.strip() for _question, words, _place in QUESTIONS]
)
def test_one_search_finds_the_answer(question, words, place):
    found = [name for name, head in heads().items() if words.lower() in head]
    assert place in found, question
    assert len(found) <= MOST_PLACES, found


def test_there_are_heads_to_search():
    assert len(heads()) > 400
