"""The settings of production as another process reads them: cookies, TLS, and what it refuses to start with."""

import json
import os
import subprocess
import sys

import pytest

from tests.house.files import ROOT

COMPLETE = {"PRODUCTION": "1", "ALLOWED_HOSTS": "partyreport.example", "SECRET_KEY": "only-for-this-test-" + "0123456789" * 4}
ASKED = (
    "DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "PROTECTION_LEVEL",
    "ONE_SESSION", "TRUSTED_PROXIES",
)  # fmt: skip
PRINT = f"import json; from config import settings; print(json.dumps({{name: getattr(settings, name) for name in {ASKED!r}}}))"


def started(**environment: str) -> subprocess.CompletedProcess:
    """The settings read by a process that knows nothing but PATH and these variables."""
    clean = {"PATH": os.environ["PATH"], **COMPLETE, **environment}
    return subprocess.run([sys.executable, "-c", PRINT], cwd=ROOT, env=clean, capture_output=True, text=True)


def settings_of(**environment: str) -> dict:
    return json.loads(started(**environment).stdout)


def test_in_production_everything_is_shut():
    found = settings_of()
    names = (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"], found["LANGUAGE_COOKIE_NAME"])
    assert names == ("__Host-sessionid", "__Host-csrftoken", "__Host-language")
    assert {found[name] for name in ASKED if name.endswith("_COOKIE_SECURE")} == {True}
    assert (found["DEBUG"], found["SECURE_SSL_REDIRECT"], found["SECURE_HSTS_SECONDS"]) == (False, True, 31_536_000)
    assert (found["PROTECTION_LEVEL"], found["ONE_SESSION"], found["TRUSTED_PROXIES"]) == (2, False, [])


def test_plain_http_has_to_be_asked_for():
    found = settings_of(INSECURE_HTTP="1")
    assert (found["SESSION_COOKIE_NAME"], found["SESSION_COOKIE_SECURE"], found["SECURE_SSL_REDIRECT"]) == (
        "sessionid",
        False,
        False,
    )


def test_level_three_allows_one_session_unless_set_otherwise():
    assert settings_of(PROTECTION_LEVEL="3")["ONE_SESSION"] is True
    assert settings_of(PROTECTION_LEVEL="3", ONE_SESSION="0")["ONE_SESSION"] is False


def test_proxies_are_named_one_by_one():
    assert settings_of(TRUSTED_PROXIES="10.0.0.1, socket")["TRUSTED_PROXIES"] == ["10.0.0.1", "socket"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"SECRET_KEY": "only-for-trying-out-never-for-real-figures-0123456789abcdef"}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"WORKBOOK_KEY": "short"}, "WORKBOOK_KEY and WORKBOOK_KEY_FALLBACKS must have"),
        ({"WORKBOOK_KEY_FALLBACKS": f"{'long-' * 10},short"}, "WORKBOOK_KEY and WORKBOOK_KEY_FALLBACKS must have"),
        ({"DEBUG": "1"}, "DEBUG must be off"),
        ({"ALLOWED_HOSTS": "a.example,*"}, "a wildcard is refused"),
        ({"ALLOWED_HOSTS": "*.example"}, "a wildcard is refused"),
        ({"ALLOWED_HOSTS": ".example"}, "a wildcard is refused"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
        ({"SESSION_IDLE_MINUTES": "half an hour"}, "SESSION_IDLE_MINUTES must be a whole number"),
        ({"PROTECTION_LEVEL": "-1"}, "PROTECTION_LEVEL must be a whole number"),
        ({"TRUSTED_PROXIES": "10.0.0.300"}, "TRUSTED_PROXIES"),
    ],
)
def test_what_it_does_not_start_with(change, reason):
    refused = started(**change)
    assert refused.returncode != 0
    assert reason in refused.stderr
