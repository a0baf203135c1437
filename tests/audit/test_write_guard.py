"""The database itself refuses to change or drop an event, whoever asks; a restore may, and leaves the locks on."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import write_guard
from audit.chain_verification import broken_links
from audit.models import ChainHead, Event
from audit.recorder import record

TAMPERING = [
    "UPDATE audit_event SET data = '{}'",
    "UPDATE audit_event SET actor_name = 'somebody else' WHERE sequence = 1",
    "DELETE FROM audit_event",
    "DELETE FROM audit_chainhead",
    "UPDATE audit_chainhead SET sequence = 0",
    "UPDATE audit_chainhead SET chain = 7",
]
TAMPERING_SQLITE = [
    "INSERT OR REPLACE INTO audit_event SELECT id, chain, sequence, at, actor_id, 'x', role, address, channel, kind, subject, "
    "organization_id, result, data, previous_hash, hash FROM audit_event",
]
TAMPERING_POSTGRES = ["TRUNCATE audit_event", "TRUNCATE audit_chainhead"]


@pytest.fixture
def event(db):
    with transaction.atomic():
        return record("test.done", by=None, at=timezone.now(), data={"figure": [1, 2]})


@pytest.mark.parametrize("statement", TAMPERING)
def test_tampering_is_refused(event, statement):
    _is_refused(statement, event)


@pytest.mark.parametrize("statement", TAMPERING_SQLITE)
def test_tampering_of_sqlite_is_refused(event, statement):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    _is_refused(statement, event)


@pytest.mark.parametrize("statement", TAMPERING_POSTGRES)
def test_tampering_of_postgres_is_refused(event, statement):
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    _is_refused(statement, event)


def _is_refused(statement, event):
    with pytest.raises(IntegrityError, match=write_guard.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get() == event
    assert broken_links() == []


def test_the_orm_is_refused_too(event):
    event.data = "{}"
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.all().delete()


def test_events_can_still_be_added(event):
    with transaction.atomic():
        record("test.done", by=None, at=timezone.now())
    assert list(Event.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2]


def test_a_restore_may_empty_and_fill_and_leaves_the_locks_on(event):
    kept, head = Event.objects.get(), ChainHead.objects.get()
    with write_guard.unguarded():
        Event.objects.all().delete()
        ChainHead.objects.all().delete()
        ChainHead.objects.bulk_create([head])
        Event.objects.bulk_create([kept])
    assert write_guard.missing_locks() == []
    assert broken_links() == []
    _is_refused("DELETE FROM audit_event", event)


def test_a_failed_restore_leaves_events_and_locks_as_they_were(event):
    def restore():
        with write_guard.unguarded():
            Event.objects.all().delete()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        restore()
    assert Event.objects.get() == event
    assert write_guard.missing_locks() == []
