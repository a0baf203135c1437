"""Whoever gets past the locks is found: changed, deleted, inserted, cut off, locks removed."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from audit.chain_verification import broken_links
from audit.models import ChainHead, Event
from audit.recorder import hash_of, record
from audit.write_guard import unguard, unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chains():
    with transaction.atomic():
        for county_id in (None, 1, 1, 1, 2):
            record("test.done", by=None, at=timezone.now(), county_id=county_id, data={"figure": [1, 2]})


def test_untouched_chains_hold():
    assert broken_links() == []


def test_a_changed_event_is_found():
    with unguarded():
        Event.objects.filter(chain=1, sequence=2).update(data='{"figure":[1,9]}')
    assert [(link.chain, link.sequence) for link in broken_links()] == [(1, 2)]


def test_a_changed_event_with_its_hash_made_again_is_found():
    with unguarded():
        event = Event.objects.get(chain=1, sequence=2)
        event.data = '{"figure":[1,9]}'
        event.hash = hash_of(event)
        event.save()
    assert [(link.chain, link.sequence) for link in broken_links()] == [(1, 3)]


def test_a_deleted_event_is_found():
    with unguarded():
        Event.objects.filter(chain=1, sequence=2).delete()
    (link,) = broken_links()
    assert str(link) == "audit chain 1, event 3: 1 events before it are gone"


def test_a_cut_off_end_is_found():
    with unguarded():
        Event.objects.filter(chain=1, sequence=3).delete()
    assert [(link.chain, link.sequence) for link in broken_links()] == [(1, 2)]


def test_a_whole_chain_gone_is_found():
    with unguarded():
        Event.objects.filter(chain=2).delete()
    assert [str(link) for link in broken_links()] == ["audit chain 2, event 0: all events are gone"]


def test_an_event_slipped_in_is_found():
    event = Event.objects.get(chain=2)
    event.pk, event.sequence = None, 2
    event.hash = hash_of(event)
    event.save()
    assert (2, 2) in [(link.chain, link.sequence) for link in broken_links()]


def test_a_head_gone_is_found():
    with unguarded():
        ChainHead.objects.filter(chain=2).delete()
    assert [(link.chain, link.sequence) for link in broken_links()] == [(2, 1)]


def test_a_lock_taken_off_is_found():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_head_forward" + (" ON audit_chainhead" if connection.vendor == "postgresql" else ""))
    assert [link.problem for link in broken_links()] == ["the database lost its lock audit_head_forward"]
    unguard()
    assert len(broken_links()) == 5
