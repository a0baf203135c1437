"""An event says what was given, stands in one line, and is written in the transaction of its act or not at all."""

import json
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction

from audit.chain_verification import broken_links
from audit.models import ChainHead, Event
from audit.origin import origin
from audit.recorder import record

AT = datetime(2026, 10, 9, 8, 30, 0, 123456, tzinfo=UTC)
NASTY = ["a\r\nb: login.done", "a\u2028b\x85c", "\x00\x1b[31m", "\ud800", "　＝1+1", "”'\"\\"]


@pytest.mark.django_db
def test_an_event_says_who_what_where_and_when():
    with transaction.atomic(), origin(address="10.1.2.3", channel="page", role="clerk"):
        record("task.opened", by=None, at=AT, county_id=5, subject="task:1", organization_id=9, data={"due": [None, "x"]})
    event = Event.objects.get()
    assert (event.kind, event.subject, event.chain, event.organization_id) == ("task.opened", "task:1", 5, 9)
    assert (event.address, event.channel, event.role, event.result) == ("10.1.2.3", "page", "clerk", "done")
    assert event.at == AT
    assert json.loads(event.data) == {"due": [None, "x"]}


@pytest.mark.django_db
@pytest.mark.parametrize("text", NASTY)
def test_no_input_can_forge_a_line(text):
    with transaction.atomic():
        record("test.done", by=None, at=AT, data={text: [None, text]})
    data = Event.objects.get().data
    assert not set(data) & set("\r\n\x00\x1b\x85\u2028\u2029")
    assert len(data.splitlines()) == 1
    assert broken_links() == []


@pytest.mark.django_db
def test_the_same_moment_in_another_zone_hashes_the_same():
    with transaction.atomic():
        record("test.done", by=None, at=AT.astimezone(timezone(timedelta(hours=8))))
    assert broken_links() == []


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction of its act"):
        record("test.done", by=None, at=AT)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_its_event_the_act_does_not_happen():
    @transaction.atomic
    def act():
        ChainHead.objects.create(chain=77)
        Event.objects.create(chain=0, sequence=1, at=AT, kind="test.done", hash="the place is taken")
        record("test.done", by=None, at=AT)

    with pytest.raises(IntegrityError):
        act()
    assert not ChainHead.objects.filter(chain=77).exists()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_events_at_the_same_time_stand_in_one_row():
    def act():
        for _turn in range(5):
            with transaction.atomic():
                record("test.done", by=None, at=AT)
        connection.close()

    threads = [threading.Thread(target=act) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Event.objects.values_list("sequence", flat=True)) == list(range(1, 21))
    assert broken_links() == []
