"""What was backed up comes back row for row, in the place of anything and on either database."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command

from audit.chain_verification import broken_links
from audit.models import ChainHead, Event
from audit.write_guard import unguarded
from backups.actions.backup import back_up
from backups.actions.restore import restore
from backups.archive import opened, sha256_of
from backups.tables import backed_up, empty, lines_of
from orgs.accounts.accounts import system_operator
from orgs.models import Organization, Placement
from submissions.models import Version
from tests.backups.rows import AT, fill_the_database
from tests.factories.orgs import a_county
from tests.house.files import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
AUDIT = ("audit.event", "audit.chainhead")


def _rows() -> dict[str, list[bytes]]:
    return {model._meta.label_lower: list(lines_of(model)) for model in backed_up()}


def _make(path):
    return back_up(path=path, by=system_operator(), at=AT)


def _digests(path) -> dict[str, str]:
    """The audit aside: making and restoring a backup each add an event to it."""
    with opened(path) as backup:
        return {part.name: part.sha256 for part in backup.manifest.parts if part.name not in AUDIT}


def test_every_row_comes_back_into_the_emptied_database(tmp_path):
    fill_the_database()
    system_operator()
    before = _rows()
    _make(tmp_path / "b.zip")
    a_county("350002")
    Version.objects.update(nil_report=True)
    restore(path=tmp_path / "b.zip", replace=True, at=AT)
    after = _rows()
    added = [event for event in after["audit.event"] if event not in before["audit.event"]]
    assert {name: rows for name, rows in after.items() if name not in AUDIT} == {
        name: rows for name, rows in before.items() if name not in AUDIT
    }
    assert after["audit.event"][:-1] == before["audit.event"]
    assert len(added) == 1


def test_the_rows_of_these_tests_fill_every_table_of_ours():
    """A new table is tried too: add a row of it to tests/backups/rows.py."""
    fill_the_database()
    ours = ("audit.", "orgs.", "indicators.", "submissions.", "reports.")
    assert [name for name, rows in _rows().items() if name.startswith(ours) and not rows] == []


def test_the_audit_goes_on_where_the_backup_ended_and_says_what_was_replaced(tmp_path):
    fill_the_database()
    _make(tmp_path / "b.zip")
    replaced = {str(head.chain): [head.sequence, head.hash] for head in ChainHead.objects.all()}
    restore(path=tmp_path / "b.zip", replace=True, at=AT)
    assert broken_links() == []
    event = Event.objects.order_by("pk").last()
    assert (event.kind, event.actor_name, event.at) == ("backup.restored", "system", AT)
    assert sha256_of(tmp_path / "b.zip") in event.data
    assert all(hash_ in event.data for _sequence, hash_ in replaced.values())


def test_making_a_backup_is_recorded_by_an_event(tmp_path):
    manifest = _make(tmp_path / "b.zip")
    event = Event.objects.get(kind="backup.made")
    assert (event.actor_name, event.at) == ("system", AT)
    assert sha256_of(tmp_path / "b.zip") in event.data
    assert f'"rows": {manifest.rows}' in event.data


def test_numbering_goes_on_after_the_highest_row(tmp_path):
    county = fill_the_database().county
    _make(tmp_path / "b.zip")
    restore(path=tmp_path / "b.zip", replace=True, at=AT)
    highest = max(Organization.objects.values_list("pk", flat=True))
    assert a_county("350009").pk > highest
    assert Placement.objects.filter(organization=county).exists()


def test_nobody_stays_signed_in(tmp_path):
    fill_the_database()
    _make(tmp_path / "b.zip")
    restore(path=tmp_path / "b.zip", replace=True, at=AT)
    assert not Session.objects.exists()


def test_a_draft_of_figures_reads_as_it_was(tmp_path):
    submission = fill_the_database()
    written = Version.objects.get(submission=submission)
    _make(tmp_path / "b.zip")
    restore(path=tmp_path / "b.zip", replace=True, at=AT)
    read = Version.objects.get(submission=submission)
    assert (read.figures, bytes(read.measures), read.explanations) == (
        written.figures,
        bytes(written.measures),
        written.explanations,
    )
    assert read.saved_at == AT


def _manage(database, *arguments) -> str:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_backup_goes_to_an_empty_machine_with_sqlite_and_back(tmp_path):
    """One command on the empty machine; run on PostgreSQL this carries the rows from one database system to the other."""
    fill_the_database()
    system_operator()
    here, there = tmp_path / "here.zip", tmp_path / "there.zip"
    _make(here)
    rows = len(_rows()["submissions.version"])
    assert str(rows) in _manage(tmp_path / "empty.sqlite3", "restore", here)
    _manage(tmp_path / "empty.sqlite3", "backup", there)
    assert _digests(there) == _digests(here)
    restore(path=there, replace=True, at=AT)
    _make(tmp_path / "again.zip")
    assert _digests(tmp_path / "again.zip") == _digests(here)
    assert broken_links() == []


def test_the_commands_say_what_they_did(tmp_path):
    fill_the_database()
    output = StringIO()
    call_command("backup", tmp_path / "b.zip", stdout=output)
    call_command("restore", tmp_path / "b.zip", replace=True, stdout=output)
    assert len(output.getvalue().splitlines()) == 2
    assert Event.objects.filter(kind="backup.restored", channel="command:restore").count() == 1


def test_an_empty_database_takes_a_backup_without_asking(tmp_path):
    fill_the_database()
    _make(tmp_path / "b.zip")
    kept = _rows()["orgs.organization"]
    with unguarded():
        empty([*backed_up(), Session])
    restore(path=tmp_path / "b.zip", replace=False, at=AT)
    assert _rows()["orgs.organization"] == kept
