"""What every test stands on: quick password hashes, sentences in English, tables that can be emptied after a test that commits."""

import hypothesis
import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation

from audit.guarding import unguarded

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


def pytest_collection_modifyitems(items):
    """Marks tests/browser `browser` and tests/house `house`, so that -m can leave them out."""
    for item in items:
        for folder in ("browser", "house"):
            if f"/tests/{folder}/" in item.path.as_posix():
                item.add_marker(folder)


@pytest.fixture(scope="session", autouse=True)
def english(django_test_environment):
    """The first test of a process too: Django forgets the language when it sets up its test environment."""
    translation.activate(settings.LANGUAGE_CODE)


def pytest_runtest_setup(item):
    """The language of the last request of the test before is not that of this test."""
    translation.activate(settings.LANGUAGE_CODE)


def pytest_terminal_summary(terminalreporter):
    """What could not be run on this machine is said loudly, once each."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)}
    for reason in sorted(reason.removeprefix("Skipped: ") for reason in reasons):
        if reason.startswith("NOT RUN"):
            terminalreporter.section(reason, sep="!", red=True, bold=True)
