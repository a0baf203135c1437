"""What every test stands on: quick password hashes, sentences in English, tables that can be emptied after a test that commits."""

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation

from audit.write_guard import unguarded
from tests.county_statements import refuse_unnamed

# One sign-in costs 0.2 s with the real hasher; a test of the hashing itself sets PASSWORD_HASHERS back.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests ask for the sentences as they stand in the code; what the catalogue makes of them is tested in tests/house.
settings.LANGUAGE_CODE = "en"

# The same examples in every run, and none refused because the machine was busy.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")

_empty_all_tables = TransactionTestCase._fixture_teardown


def _empty_the_guarded_tables_too(self):
    """The locks on the audit stand aside while Django empties the tables after a test that committed."""
    with unguarded():
        _empty_all_tables(self)


TransactionTestCase._fixture_teardown = _empty_the_guarded_tables_too


# One of these is among the fixtures of every test that touches the database; pytest-django lets no other test near it.
_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config, items):
    """Marks tests/browser `browser` and tests/house `house`, so that -m can leave them out; pure tests run beside SQLite only."""
    for item in items:
        for folder in ("browser", "house"):
            if f"/tests/{folder}/" in item.path.as_posix():
                item.add_marker(folder)
    if _on_postgres():
        config.hook.pytest_deselected(items=[item for item in items if not _touches_database(item)])
        items[:] = filter(_touches_database, items)


def _on_postgres() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def _touches_database(item) -> bool:
    return item.get_closest_marker("django_db") is not None or not _DATABASE_FIXTURES.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session", autouse=True)
def english(django_test_environment):
    """The first test of a process too: Django forgets the language when it sets up its test environment."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session", autouse=True)
def county_statements():
    """Every statement that the program sends in a test is held to name the county whose rows it locks or writes."""
    connection.execute_wrappers.append(refuse_unnamed)


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """Tables for what all tests of a module begin with: written once, gone after the module.

    Each test still needs `db` and undoes only what it added. Not for a module in which a test commits (transaction=True).
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def pytest_runtest_setup(item):
    """The language of the last request of the test before is not that of this test."""
    translation.activate(settings.LANGUAGE_CODE)


def pytest_terminal_summary(terminalreporter):
    """Reports the tests that were left out, and prominently those that this machine could not run, once each."""
    if _on_postgres():
        terminalreporter.line("On PostgreSQL only tests that touch the database run; the others run beside SQLite.")
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)}
    for reason in sorted(reason.removeprefix("Skipped: ") for reason in reasons):
        if reason.startswith("NOT RUN"):
            terminalreporter.section(reason, sep="!", red=True, bold=True)
