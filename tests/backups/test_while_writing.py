"""A backup taken while others write is one moment of the database, and nobody waits for it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from audit.chain_verification import broken_links
from audit.models import Event
from audit.recorder import record
from backups.actions.backup import back_up
from backups.actions.restore import restore
from backups.snapshots import snapshot
from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from tests.backups.rows import AT
from tests.factories.orgs import a_county

pytestmark = pytest.mark.django_db(transaction=True)


def _write(county_id: int, number: int) -> None:
    """An act of two halves: a row, and the event that tells of it."""
    with transaction.atomic():
        Organization.objects.filter(pk=county_id).update(sort_order=number)
        record("test.counted", by=None, at=AT, county_id=county_id, data={"number": number})


def test_each_backup_holds_whole_acts(tmp_path):
    county = a_county().pk
    done = threading.Event()
    written = []

    def keep_writing():
        try:
            while not done.is_set():
                _write(county, len(written) + 1)
                written.append(AT)
        finally:
            connection.close()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for number in range(5):
            back_up(path=tmp_path / f"{number}.zip", by=system_operator(), at=AT + timedelta(seconds=number))
    finally:
        done.set()
        writer.join()
    seen = []
    for number in range(5):
        restore(path=tmp_path / f"{number}.zip", replace=True, at=AT)
        counted = Event.objects.filter(kind="test.counted").count()
        assert Organization.objects.get(pk=county).sort_order == counted
        assert broken_links() == []
        seen.append(counted)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def test_a_writer_does_not_wait_and_the_reader_does_not_see_it():
    county = a_county().pk

    def write_once():
        try:
            _write(county, 77)
        finally:
            connection.close()

    with snapshot():
        before = Organization.objects.get(pk=county).sort_order
        writer = threading.Thread(target=write_once)
        writer.start()
        writer.join(timeout=5)
        assert not writer.is_alive()
        assert Organization.objects.get(pk=county).sort_order == before
    assert Organization.objects.get(pk=county).sort_order == 77
