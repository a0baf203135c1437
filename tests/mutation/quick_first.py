"""Quick tests first, so that a mutant is noticed soon; a copied database. Loaded by pytest in a run over mutants."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from tests.mutation import copied_database

_CODE = {"indicators", "orgs", "reports", "spreadsheets", "submissions"}
_STATISTICS = Path("mutmut-stats.json")  # seconds per test, written by mutmut beside the code before the first mutant


def pytest_configure(config):
    """Beside its mutants every function is called through two more: fifty brackets inside each other need the room.

    The database is registered here, after pytest-django, whose fixture it replaces.
    """
    sys.setrecursionlimit(10_000)
    config.pluginmanager.register(copied_database)


def pytest_sessionstart(session):
    """Mutants are judged in forks of one process: what it remembers would hide them."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _CODE:
            _forget(vars(module).values())


def _forget(values: Iterable[object]) -> None:
    for value in values:
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def pytest_collection_modifyitems(items):
    """Tests of one module stay together: what they share is made once."""
    if not _STATISTICS.exists():
        return
    seconds = json.loads(_STATISTICS.read_text())["duration_by_test"]
    of_module = defaultdict(list)
    for item in items:
        of_module[item.path].append(seconds.get(item.nodeid, 0))
    mean = {path: sum(listed) / len(listed) for path, listed in of_module.items()}
    items.sort(key=lambda item: (mean[item.path], item.path, seconds.get(item.nodeid, 0)))
