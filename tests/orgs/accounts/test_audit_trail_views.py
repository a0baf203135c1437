"""The auditor's pages: which events are shown to whom, filters, pages, the comma file; nobody else gets in."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audit.models import Event
from audit.recorder import record
from orgs.choices import Role
from tests.factories.orgs import a_county, a_post, a_township, a_user, an_organization


@pytest.fixture
def auditor(county):
    return a_user(Role.AUDITOR, county, username="shenji", name="申计")


@pytest.fixture
def reading(auditor, signed_in):
    return signed_in(auditor)


@transaction.atomic
def an_event(kind="test.done", *, by=None, at=None, county=None, **more) -> Event:
    return record(kind, by=by, at=at or timezone.now(), county_id=county and county.pk, **more)


def shown(client, **query) -> list[str]:
    return [line.event.kind for line in client.get("/audit/", query).context["events"]]


def test_newest_first_in_words_with_old_and_new(county, clerk, reading):
    data = {"name": [None, "新名"], "rows": 3, "note": "因故"}
    an_event("account.made", by=clerk, county=county, organization_id=county.pk, subject="user:7", data=data)
    line = reading.get("/audit/").context["events"][0]
    assert line.details == ("name: — → 新名", "note: 因故", "rows: 3")
    assert (line.organization, line.event.actor_name, line.event.subject) == (county.name, "limei", "user:7")
    assert str(line.words) != "account.made"


def test_many_details_are_cut_and_say_so(county, reading):
    an_event(county=county, data={f"key{number:02d}": number for number in range(20)})
    details = reading.get("/audit/").context["events"][0].details
    assert len(details) == 13
    assert "8" in details[-1]


def test_filters(county, clerk, reading):
    old = datetime(2025, 3, 31, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    an_event("test.one", by=clerk, at=old, county=county)
    an_event("test.two", at=old + timedelta(minutes=2), county=county, organization_id=county.pk)
    assert shown(reading, kind="test") == ["test.two", "test.one"]
    assert shown(reading, kind="test.one") == ["test.one"]
    assert shown(reading, kind="test", who="limei") == ["test.one"]
    assert shown(reading, kind="test", until="2025-03-31") == ["test.one"]
    assert shown(reading, kind="test", since="2025-04-01") == ["test.two"]
    assert shown(reading, kind="test", organization=county.code) == ["test.two"]
    assert shown(reading, kind="test", organization="no such code") == []


def test_a_wrong_day_is_reported_at_its_field(reading):
    answer = reading.get("/audit/", {"since": "yesterday"})
    assert "since" in answer.context["form"].errors
    assert reading.get("/audit/export/", {"since": "yesterday"}).url == "/audit/"


def test_only_the_chains_of_their_county(county, reading):
    other = a_county("350002")
    an_event("test.other", county=other)
    an_event("test.own", county=county)
    an_event("test.nobody")
    assert shown(reading, kind="test") == ["test.own"]
    assert shown(reading, kind="test", organization="350002") == []


def test_of_counties_side_by_side_what_is_of_no_county_is_read_by_who_looks_after_all(county, auditor, signed_in):
    other = a_county("350002")
    an_event("test.other", county=other)
    an_event("test.own", county=county)
    an_event("test.nobody")
    assert shown(signed_in(a_user(Role.AUDITOR, other)), kind="test") == ["test.other"]
    a_post(auditor, Role.AUDITOR, other)
    assert shown(signed_in(auditor), kind="test") == ["test.nobody", "test.own", "test.other"]


def test_a_county_alone_reads_what_is_of_no_county(county, reading):
    an_event("test.nobody")
    assert shown(reading, kind="test") == ["test.nobody"]


def test_above_counties_one_reads_them_all_and_in_a_county_only_its_own(db, signed_in):
    prefecture = an_organization("3500", unit_category="other")
    county = an_organization("350001", parent=prefecture, unit_category="county")
    an_event("test.above", county=prefecture)
    an_event("test.below", county=county)
    an_event("test.nobody")
    above, below = a_user(Role.AUDITOR, prefecture), a_user(Role.AUDITOR, county)
    assert shown(signed_in(above), kind="test") == ["test.nobody", "test.below", "test.above"]
    assert shown(signed_in(below), kind="test") == ["test.below"]


def test_a_post_below_the_county_reads_nothing(county, signed_in):
    an_event("test.own", county=county)
    assert shown(signed_in(a_user(Role.AUDITOR, a_township("350001001", county)))) == []


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.LEADER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_nobody_else_gets_in(county, signed_in, role):
    client = signed_in(a_user(role, county))
    assert client.get("/audit/").status_code == 404
    assert client.get("/audit/export/").status_code == 404


def test_reading_is_all_one_can_do(reading):
    assert reading.post("/audit/").status_code == 405
    assert reading.post("/audit/export/").status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(county, reading, django_assert_num_queries, count):
    for _n in range(count):
        an_event("test.done", county=county, organization_id=county.pk, subject=f"user:{reading.session['_auth_user_id']}")
    shown(reading, kind="test")  # the first time the choice is kept
    with django_assert_num_queries(13):
        assert len(shown(reading, kind="test")) == count


def test_fifty_to_a_page_keeping_the_filter(county, reading):
    for number in range(51):
        an_event("test.done", county=county, subject=f"test:{number}")
    page = reading.get("/audit/", {"kind": "test"})
    assert len(page.context["events"]) == 50
    assert "?kind=test&amp;page=2" in page.content.decode()
    assert len(shown(reading, kind="test", page=2)) == 1


def test_the_comma_file_holds_every_event_and_no_formula(county, clerk, reading):
    an_event("test.one", by=clerk, county=county, data={"=1+1": [None, "@x\r\ny"]}, subject="=cmd|'/C calc'!A0")
    an_event("test.two", county=county)
    answer = reading.get("/audit/export/", {"kind": "test"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["kind"] for row in rows] == ["test.one", "test.two"]
    assert rows[0]["subject"] == "'=cmd|'/C calc'!A0"
    assert json.loads(rows[0]["data"]) == {"=1+1": [None, "@x\r\ny"]}
    assert rows[0]["hash"] == Event.objects.get(kind="test.one").hash
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_taking_the_comma_file_is_an_event(county, auditor, reading):
    reading.get("/audit/export/", {"kind": "test"})
    event = Event.objects.get(kind="audit.exported")
    assert (event.actor_id, event.chain, json.loads(event.data)) == (auditor.pk, county.pk, {"asked": {"kind": "test"}})
