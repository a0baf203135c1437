"""take_in killed at random moments: of every unit all figures of one file stand, or those from before; never some of them."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from audit.models import Event
from submissions.models import Submission, Version
from tests.acceptance.excel import Office
from tests.house.files import ROOT
from tests.reports.story import Story

pytestmark = pytest.mark.django_db(transaction=True)
Q = "2026Q2"
UNITS, LINES, KILLS = 80, 6, 10
CODES = [f"N{number}" for number in range(LINES)]


@pytest.fixture
def office(transactional_db, tmp_path) -> Office:
    story = Story(tmp_path)
    story.villages(*_units())
    office = Office(story)
    office.indicators(*(f"{code},指标{code},人,flow,,,,,0" for code in CODES))
    story.form("F", *CODES)
    story.open("F", Q)
    return office


def _units() -> list[str]:
    return [f"V{number:03}" for number in range(UNITS)]


def a_file(office: Office, value: int) -> Path:
    """A grid in which every figure of every unit is `value`."""
    path = office.form("F", Q, "T", shape="grid", name=f"{value}.xlsx")
    return office.fill(path, {(unit, code): value for unit in _units() for code in CODES})


def begun(path: Path) -> subprocess.Popen:
    environment = {**os.environ, "DATABASE_URL": _address(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", "take_in", str(path), "--accept"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _address() -> str:
    """The database of the test, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"postgres://{settings['USER']}@{quote(str(settings['HOST']), safe='')}/{settings['NAME']}"


def values() -> dict[str, set]:
    """Unit -> what its figures are; one value, or nothing at all."""
    found = {unit: set() for unit in _units()}
    for code, figures in Version.objects.values_list("submission__organization__code", "figures"):
        assert len(figures) in (0, LINES)
        found[code] = set(figures.values())
    return found


def test_a_killed_intake_leaves_no_unit_in_part(office):
    """Ten kills over the time that an intake takes. What the audit recorded is what stands."""
    files = [a_file(office, value) for value in range(1, KILLS + 2)]
    start = time.monotonic()
    first = begun(files[0])
    assert json.loads(first.communicate()[0])["verdict"] == "accepted"
    whole = time.monotonic() - start
    dice = random.Random(20261120)
    for number, path in enumerate(files[1:], 2):
        process = begun(path)
        time.sleep(whole * (0.4 + 0.65 * dice.random()))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        for unit, standing in values().items():
            assert len(standing) == 1, (unit, standing)
            assert standing <= set(range(1, number + 1))
    assert Submission.objects.filter(versions__isnull=False).distinct().count() == UNITS
    recorded = {
        event.subject: json.loads(event.data) for event in Event.objects.filter(kind="submission.taken_in").order_by("id")
    }
    for version in Version.objects.all():
        last = recorded[f"submission:{version.submission_id}"]
        assert {key: pair[1] for key, pair in last.items() if key in CODES} == version.figures
    assert "failed" not in office.story.run("verify")
