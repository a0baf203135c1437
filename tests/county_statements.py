"""Watches the SQL that the program sends while tests run: what locks, changes or deletes rows of a county names the county."""

import re
import sys
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parent.parent
_OUTSIDE = (str(ROOT / "tests"), str(ROOT / ".venv"), str(ROOT / "benchmarks"))
_TABLE = re.compile(r'^(?:UPDATE|DELETE FROM) "(\w+)"|^SELECT .*? FROM "(\w+)"', re.DOTALL)
_LOCKS = re.compile(r" FOR (?:NO KEY )?UPDATE\b")
_SETS_COUNTY = re.compile(r'^UPDATE "\w+" SET (?:(?! WHERE ).)*"county_id" =', re.DOTALL)


class CountyUnnamed(AssertionError):
    """The statement would have to ask every county's database."""


@cache
def county_tables() -> frozenset[str]:
    """The tables of models with a county. Definitions, people and sessions belong to the whole installation."""
    return frozenset(model._meta.db_table for model in apps.get_models() if is_of_county(model))


def is_of_county(model) -> bool:
    return any(field.name == "county" for field in model._meta.concrete_fields)


def complaint_about(sql: str) -> str:
    """Why a statement cannot be sent to one county's rows; "" where it can, or is about no rows of a county."""
    is_lock = sql.startswith("SELECT") and _LOCKS.search(sql[-80:])
    if not sql.startswith(("UPDATE", "DELETE")) and not is_lock:
        return ""
    found = _TABLE.match(sql)
    if found is None or (found[1] or found[2]) not in county_tables():
        return ""
    if _SETS_COUNTY.match(sql):
        return "writes the county of a row that is there (a full save of a loaded row?)"
    _head, _where, condition = sql.partition(" WHERE ")
    return "" if '"county_id" ' in condition else "does not name the county"


def refuse_unnamed(execute, sql, params, many, context):
    """An execute wrapper; statements that a test itself sends are its own affair."""
    complaint = complaint_about(sql) if isinstance(sql, str) else ""
    if complaint and _is_of_the_program():
        raise CountyUnnamed(f"{complaint}: {sql[:1000]}")
    return execute(sql, params, many, context)


def _is_of_the_program() -> bool:
    """Whether the innermost frame of the project that is neither Django's nor this module's is the program's."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(str(ROOT)) and not name.startswith(_OUTSIDE[1]):
            return not name.startswith(_OUTSIDE) and "/backups/" not in name and "/migrations/" not in name
        frame = frame.f_back
    return False
