"""Planted canaries: no password, token, code or cookie gets into a log line, an event or a table that keeps tries."""

import io
import logging

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.models import Event
from audit.queries import rows

CANARIES = {
    "wrong": "Kanarienvogel-Falsch-1",
    "new": "Kanarienvogel-Neu-22",
    "as_name": "Kanarienvogel-Name-3",
    "code": "918273",
    "query": "Kanarienvogel-Frage-4",
}


@pytest.fixture
def everything_logged():
    """Every line at every level, as text."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream.getvalue
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def walked(failing, clerk, settings, everything_logged):
    """Somebody has been through the door in every way that takes a secret; the secrets are returned."""
    settings.LOGIN_PAUSE_SECONDS = 0
    client = Client(raise_request_exception=False)
    client.get("/login/")
    for name in (clerk.username, CANARIES["as_name"]):
        for _turn in range(6):
            client.post(f"/login/?next={CANARIES['query']}", {"username": name, "password": CANARIES["wrong"]})
    client = Client(raise_request_exception=False, REMOTE_ADDR="10.0.0.2")
    client.post("/login/", {"username": clerk.username, "password": clerk.first_password})
    session_key = client.session.session_key
    client.post("/password/", {"current": CANARIES["wrong"], "new": CANARIES["new"], "again": CANARIES["new"]})
    client.post("/password/", {"current": clerk.first_password, "new": CANARIES["new"], "again": CANARIES["new"]})
    client.post("/second-factor/begin/")
    client.post("/second-factor/confirm/", {"code": CANARIES["code"]})
    client.post(f"/fails/?q={CANARIES['query']}", {"password": CANARIES["new"]})
    client.get(f"/refuses/?q={CANARIES['query']}")
    secrets = [*CANARIES.values(), clerk.first_password, session_key, client.session.session_key]
    secrets += [client.cookies["csrftoken"].value, TOTPDevice.objects.get().key]
    client.post("/logout/")
    return secrets


def test_no_secret_is_in_any_log(walked, everything_logged):
    logged = everything_logged()
    assert "/fails/" in logged
    assert [secret for secret in walked if secret in logged] == []


def test_no_secret_is_in_any_event(walked):
    events = str(list(rows(Event.objects.all())))
    assert "password.changed" in events
    assert [secret for secret in walked if secret in events] == []


def test_no_secret_is_kept_with_the_failures(walked):
    kept = str(list(AccessAttempt.objects.values()))
    assert AccessAttempt.objects.exists()
    assert [secret for secret in walked if secret in kept] == []
