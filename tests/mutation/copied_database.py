"""The tables of the tests made once, and copied for each fork: migrations cost more than the tests that notice a mutant."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import gettempdir

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

_empty: bytes | None = None  # the file with its tables; forks inherit it from the run over the code as it is


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Instead of pytest-django's. A file, since tests in threads share it; its name is the process's, as forks run side by side."""
    file = Path(gettempdir()) / f"partyreport-mutant-{os.getpid()}.sqlite3"
    with django_db_blocker.unblock():
        file.write_bytes(_tables(file))
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = str(file)
        yield
        connection.close()
    for path in file.parent.glob(f"{file.name}*"):  # what SQLite writes beside it too
        path.unlink()


def _tables(file: Path) -> bytes:
    global _empty
    if _empty is None:
        connection.settings_dict["TEST"]["NAME"] = str(file)
        setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        connection.close()
        with closing(sqlite3.connect(file)) as database:
            _empty = database.serialize()
    return _empty
