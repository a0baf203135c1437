"""Plain SQL stands only where it was looked at, and no text of a user is ever pasted into it."""

import ast

import pytest

from tests.house.files import APPS, named, python_files, tree_of

# Where plain SQL stands, and why it is harmless there.
LOOKED_AT = {
    "audit/write_guard.py": "triggers: constants of this file only",
    "audit/recorder.py": "three statements with parameters, measured against the ORM",
    "backups/snapshots.py": "begins and ends a transaction: constants",
    "backups/tables.py": "a restore: names of our own tables and columns, values as parameters",
    "orgs/moments.py": "begins a reading transaction: constants",
    "orgs/tree/new_organizations.py": "draws ids before rows are written: the table's name and a number as parameters",
    "reports/figures/sums/summaries.py": "reads rows as they come: the statement is the ORM's own, with its parameters",
    "reports/figures/sums/stored_sums.py": "names of our tables, values as parameters; measured against the ORM",
    "submissions/core/drafts.py": "one read and one write with parameters, measured against the ORM",
}
RISKY = {"raw", "extra", "RawSQL", "execute", "executemany", "executescript", "cursor"}


def risky_lines(tree: ast.Module) -> list[int]:
    return [call.lineno for call in ast.walk(tree) if isinstance(call, ast.Call) and _name(call.func) in RISKY]


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def test_plain_sql_is_where_it_was_looked_at():
    assert {named(path) for path in python_files(*APPS) if risky_lines(tree_of(path))} == set(LOOKED_AT)


@pytest.mark.parametrize(
    "text", ["Organization.objects.raw('x')", "connection.cursor().execute('x')", "found.extra(where=['x'])"]
)
def test_the_rule_sees_it(text):
    assert risky_lines(ast.parse(text))


NASTY = ["'", "';--", "' OR '1'='1", '" OR 1=1', "1; DROP TABLE audit_event", "%27", "\\", "%", "_", "\u02bc", "）；"]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize(
    "address",
    ["/organizations/search/?q=", "/people/?q=", "/organizations/?on=", "/figures/?codes=", "/tasks/?org=", "/indicators/?q="],
)
def test_a_quote_in_a_question_is_a_letter(signed_in, address, text):
    assert signed_in.get(address + text).status_code in (200, 302, 400, 404)
