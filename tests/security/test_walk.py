"""Every address × method × person: taken from the resolver, so that no address can be forgotten."""

import re
from copy import deepcopy

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.models import Event
from tests.security.subjects import ADDRESSES, Address
from tests.security.world import World, a_world

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ABSENT = 99_999_999
TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')
# A page may keep its session and what the audit says; summaries are rebuilt when somebody reads them; the key with which the
# first workbook of a county is sealed is remembered before it goes out (decision 154).
MAY_WRITE = ("django_session", "audit_event", "audit_chainhead", "reports_summary", "submissions_workbookkey")
WRITING = re.compile(r'^\s*(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


def names_in(resolver: URLResolver, space: str = "") -> set[str]:
    names = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"an address without a name: {entry.pattern}"
            names.add(space + entry.name)
        else:
            names |= names_in(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
    return names


def test_every_address_is_listed():
    """A new address needs a line in tests/security/subjects.py, a removed one leaves it."""
    assert names_in(get_resolver()) == set(ADDRESSES)


@pytest.fixture(scope="module")
def module_world(module_db) -> World:
    return a_world()


@pytest.fixture
def world(module_world, db) -> World:
    return deepcopy(module_world)


@pytest.fixture
def client_of(world):
    """client_of(person) -> a client signed in as one of the world's people; the same one every time."""
    clients = {}

    def client_of(person: str) -> Client:
        if person not in clients:
            clients[person] = Client(raise_request_exception=False)
            clients[person].force_login(world.people[person], backend="django.contrib.auth.backends.ModelBackend")
        return clients[person]

    return client_of


def address_of(name: str, world: World) -> str:
    asked = ADDRESSES[name]
    return with_question(reverse(name, kwargs=asked.ids(world)), asked.query.format(**world.ids))


def absent_address_of(name: str, world: World) -> str:
    asked = ADDRESSES[name]
    ids, asked_ids = dict.fromkeys(asked.ids(world), ABSENT), dict.fromkeys(world.ids, ABSENT)
    return with_question(reverse(name, kwargs=ids), asked.query.format(**asked_ids))


def with_question(address: str, question: str) -> str:
    return f"{address}?{question}" if question else address


def ask(client: Client, method: str, address: str):
    """The question stands in the address and, for an act, in the form too."""
    return client.generic(method, address, address.partition("?")[2], content_type="application/x-www-form-urlencoded")


# Each walk over all addresses is several tests, so that two workers share it.
PARTS = 4
in_parts = pytest.mark.parametrize("part", range(PARTS))


def addresses(part: int) -> list[tuple[str, Address]]:
    return list(ADDRESSES.items())[part::PARTS]


def guarded(part: int) -> list[tuple[str, Address]]:
    return [(name, asked) for name, asked in addresses(part) if not asked.is_open]


def test_every_part_together_is_every_address():
    assert sorted(name for part in range(PARTS) for name, _asked in addresses(part)) == sorted(ADDRESSES)


@in_parts
def test_whoever_is_not_signed_in_is_led_to_the_door(world, part):
    anybody = Client(raise_request_exception=False)
    open_doors = []
    for name, _asked in guarded(part):
        for method in METHODS:
            answer = anybody.generic(method, address_of(name, world))
            if answer.status_code != 302 or not answer.url.startswith("/login/?next="):
                open_doors.append((name, method, answer.status_code))
            answer = anybody.generic(method, address_of(name, world), "{}", content_type="application/json")
            if answer.status_code != 401 or set(answer.json()) != {"said", "login"}:
                open_doors.append((name, method, answer.status_code))
    assert open_doors == []
    assert not Event.objects.filter(kind="access.refused").exists()


@in_parts
def test_a_stranger_gets_what_somebody_gets_who_asks_for_nothing_that_exists(world, client_of, part):
    leaks = []
    for name, asked in guarded(part):
        for person in asked.strangers:
            leaks += [(name, person, *seen) for seen in seen_by_stranger(client_of(person), name, world)]
    assert leaks == []


def seen_by_stranger(client: Client, name: str, world: World) -> list[tuple]:
    """What the person learns: a status that is not 404 (or 405, for everybody), or another page than for what is absent."""
    seen, statuses = [], set()
    address, absent_address = address_of(name, world), absent_address_of(name, world)
    for method in ("GET", "POST"):
        answer = ask(client, method, address)
        statuses.add(answer.status_code)
        if answer.status_code not in (404, 405):
            seen.append((method, answer.status_code))
        elif address != absent_address:
            absent = ask(client, method, absent_address)
            if (absent.status_code, plain(absent, absent_address)) != (answer.status_code, plain(answer, address)):
                seen.append((method, "differs from what is absent"))
    return seen if 404 in statuses else [*seen, ("every method", statuses)]


def plain(answer, address: str) -> str:
    """The body without the token of its forms and without the address itself, which the asker knows."""
    return TOKEN.sub("", answer.content.decode()).replace(address, "…")


def test_a_refusal_is_one_event(world, client_of):
    person = world.people["foreign_clerk"]
    client_of("foreign_clerk").get(reverse("orgs:organization", args=[world.village.pk]))
    event = Event.objects.get(kind="access.refused")
    assert (event.actor_id, event.result, event.organization_id) == (person.pk, "refused", world.village.pk)


@in_parts
def test_the_right_person_gets_in(world, client_of, part):
    shut = []
    for name, asked in addresses(part):
        answer = client_of(asked.opens).get(address_of(name, world))
        if answer.status_code not in (200, 302, 405):
            shut.append((name, asked.opens, answer.status_code))
    assert shut == []


@in_parts
def test_no_get_changes_anything(world, client_of, part):
    wrote = []
    for name, asked in addresses(part):
        client = client_of(asked.opens)
        for method in ("GET", "HEAD", "OPTIONS"):
            with CaptureQueriesContext(connection) as queries:
                answer = client.generic(method, address_of(name, world))
                b"".join(answer)  # what is sent in pieces is read while it is sent
            tables = {found[1] for query in queries if (found := WRITING.match(query["sql"]))}
            wrote += [(name, method, table) for table in tables if table not in MAY_WRITE]
    assert wrote == []


@in_parts
def test_every_unsafe_method_needs_the_token_of_the_page(world, part):
    passed = []
    for name, asked in addresses(part):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(world.people[asked.opens], backend="django.contrib.auth.backends.ModelBackend")
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = client.generic(method, address_of(name, world))
            if answer.status_code != 403:
                passed.append((name, method, answer.status_code))
    assert passed == []


@in_parts
def test_methods_nobody_offers_are_refused(world, client_of, part):
    taken = []
    for name, asked in guarded(part):
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            answer = client_of(asked.opens).generic(method, address_of(name, world))
            if answer.status_code != 405:
                taken.append((name, method, answer.status_code))
    assert taken == []


@in_parts
def test_nobody_who_is_not_a_number_reaches_an_object(world, client_of, part):
    """Ids beyond any database, negative, in other digits, or with something behind them: absent, never an error."""
    strange = []
    for name, asked in guarded(part):
        for value in ("99999999999999999999", "-1", "１", "1'--", "1%00"):
            ids = asked.ids(world)
            if ids:
                address = address_of(name, world)
                for known in ids.values():
                    address = address.replace(f"/{known}/", f"/{value}/")
                status = client_of(asked.opens).get(address).status_code
                strange += [] if status in (404, 405) else [(name, value, status)]
    assert strange == []
