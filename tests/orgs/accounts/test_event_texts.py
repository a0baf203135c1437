"""Every kind of event that is recorded anywhere has words an auditor reads."""

import ast
import re

from orgs.accounts.event_texts import KINDS, details_of
from tests.house.files import APPS, python_files, tree_of

NOUNS = {kind.split(".")[0] for kind in KINDS}
KIND = re.compile(r"[a-z_]+\.(?!html|json|xlsx|csv|py)[a-z_]+")


def recorded_kinds() -> set[str]:
    """Every text in the code that reads like a kind: what is given to record(), and `noun.verb` of a known noun."""
    return {kind for path in python_files(*APPS) if path.name != "event_words.py" for kind in _kinds_in(tree_of(path))}


def _kinds_in(tree: ast.Module) -> set[str]:
    calls = [call for call in ast.walk(tree) if isinstance(call, ast.Call) and "record" in _name(call.func)]
    kinds = {part for call in calls for first in call.args[:1] for part in ast.walk(first)}
    texts = [part for part in ast.walk(tree) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return {text.value for text in texts if KIND.fullmatch(text.value) and (text in kinds or _noun(text.value) in NOUNS)}


def _noun(kind: str) -> str:
    return kind.split(".")[0]


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def test_every_recorded_kind_has_words():
    found = recorded_kinds()
    assert {"login.done", "access.refused", "submission.saved", "post.given"} <= found
    assert found - set(KINDS) == set()


def test_details_read_as_old_and_new():
    data = '{"A": [null, 12], "B": ["x", null], "C": [1, 2, 3], "D": {"k": 1}, "E": "text"}'
    assert details_of(data) == ("A: — → 12", "B: x → —", "C: [1, 2, 3]", 'D: {"k": 1}', "E: text")
