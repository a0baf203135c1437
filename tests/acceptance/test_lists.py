"""Every list page: each column it says it sorts by sorts it, up and down; 300 rows cost the queries of 3; it opens as it was left."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from orgs.choices import Role
from orgs.lists.tables import ListTable
from orgs.models import ListChoice
from tests.acceptance.list_rows import (
    World,
    bindings,
    corrections,
    events,
    forms,
    heads,
    indicators,
    layouts,
    owing_units,
    people,
    releases,
    tasks,
    units,
    uploads,
    upper_table,
    upper_tables,
)
from tests.factories.indicators import make_form
from tests.factories.submissions import a_place, a_task
from tests.factories.successions import make_successions

pytestmark = pytest.mark.django_db
FEW, MANY, FEWER = 3, 300, 120


@pytest.fixture
def world():
    place = a_place()
    return World(place, a_task(place.county, make_form("季01表", ("A",))))


@dataclass(frozen=True)
class ListCase:
    """`context`: under which name the page has its table. `many`: fewer where each row takes an organization."""

    grow: Callable[[World, int], None]
    role: str
    address: Callable[[World], str]
    context: str = "table"
    many: int = MANY


def at(name: str, *args: Callable[[World], object]) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[arg(world) for arg in args])


def the_task(world: World) -> int:
    return world.task.pk


def the_township(world: World) -> int:
    return world.place.township.pk


def the_county(world: World) -> int:
    return world.place.county.pk


CASES = {
    "people": ListCase(people, Role.SYSTEM_ADMIN, at("orgs:people")),
    "accounts": ListCase(people, Role.SECURITY_ADMIN, at("orgs:accounts")),
    "events": ListCase(events, Role.AUDITOR, at("orgs:audit")),
    "organizations found": ListCase(units, Role.OFFICER, lambda world: reverse("orgs:search") + "?q=新村", many=FEWER),
    "indicators": ListCase(indicators, Role.OFFICER, at("indicators:catalogue")),
    "forms": ListCase(forms, Role.OFFICER, at("indicators:forms")),
    "tasks": ListCase(tasks, Role.OFFICER, at("submissions:tasks")),
    "organizations of a task": ListCase(units, Role.OFFICER, at("submissions:task_at", the_task, the_township), many=FEWER),
    "inbox": ListCase(tasks, Role.REVIEWER, at("submissions:inbox")),
    "units to review": ListCase(units, Role.REVIEWER, at("submissions:review", the_task, the_township), many=FEWER),
    "units to chase": ListCase(owing_units, Role.REVIEWER, at("submissions:chase", the_task, the_township), many=FEWER),
    "reports of an organization": ListCase(tasks, Role.CLERK, at("submissions:of_organization", lambda w: w.place.village.pk)),
    "corrections": ListCase(corrections, Role.OFFICER, at("submissions:corrections")),
    "changes of organizations": ListCase(make_successions, Role.OFFICER, at("reports:successions")),
    "uploads": ListCase(uploads, Role.CLERK, at("submissions:intake")),
    "remembered heads": ListCase(heads, Role.CLERK, at("submissions:remembered")),
    "county layouts": ListCase(layouts, Role.OFFICER, at("reports:layouts", the_county)),
    "releases": ListCase(releases, Role.OFFICER, at("reports:releases")),
    "upper tables": ListCase(upper_tables, Role.OFFICER, at("reports:upper_tables"), "rows"),
    "bindings": ListCase(
        bindings,
        Role.OFFICER,
        lambda world: reverse("reports:upper_bindings", args=[upper_table(world)]) + "?show=all",
        "rows",
        FEWER,
    ),
}


def signed_in(case: ListCase, world: World) -> Client:
    people_of_place = {Role.CLERK: world.place.clerk, Role.REVIEWER: world.place.reviewer, Role.OFFICER: world.place.officer}
    client = Client(headers={"accept-language": "en"})
    client.force_login(
        people_of_place.get(case.role) or world.who(case.role), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def with_query(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is kept, and what is read once per process
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(captured)


@pytest.mark.parametrize("name", CASES)
def test_three_hundred_rows_cost_what_three_do(name, world):
    case = CASES[name]
    client, address = signed_in(case, world), case.address(world)
    case.grow(world, FEW)
    few = queries(client, address)
    case.grow(world, case.many)
    assert queries(client, address) == few


@pytest.mark.parametrize("name", CASES)
def test_every_column_that_sorts_does_both_ways_and_shows_each_row_once(name, world):
    case = CASES[name]
    client, address = signed_in(case, world), case.address(world)
    case.grow(world, 22)
    table: ListTable = client.get(address).context[case.context]
    total, columns = table.paginator.count, [column.name for column in table.columns if column.orderable]
    assert set(columns) >= set(type(table).sorts) - {"county"}
    rows = {}
    for alias in (*columns, *(f"-{column}" for column in columns)):
        shown = []
        for page in range(1, -(-total // 20) + 1):
            answer = client.get(with_query(address, f"sort={alias}&per_page=20&page={page}"))
            assert answer.status_code == 200, alias
            table = answer.context[case.context]
            assert table.order_by == (alias,)
            shown += [identity(row) for row in table.shown]
        assert len(shown) == len(set(shown)) == total, alias
        rows[alias] = shown
    assert any(rows[column] != rows[f"-{column}"] for column in columns)


def identity(row) -> object:
    """What a row is of: its own number, or that of what it shows."""
    for path in ("pk", "event.pk", "user.pk", "organization.pk", "task.pk", "submission.pk", "upload.pk", "head.pk", "address"):
        found = row
        for part in path.split("."):
            found = getattr(found, part, None)
        if found is not None:
            return (getattr(getattr(row, "task", None), "pk", None), found)
    raise AssertionError(row)


@pytest.mark.parametrize("name", CASES)
def test_each_opens_as_it_was_left(name, world):
    case = CASES[name]
    client, address = signed_in(case, world), case.address(world)
    case.grow(world, FEW)
    column = next(iter(client.get(address).context[case.context].sorts))
    client.get(with_query(address, f"sort=-{column}"))
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.endswith(f"sort=-{column}")
    assert client.get(with_query(address, "sort=")).status_code == 200
    assert client.get(address).status_code == 200
    assert ListChoice.objects.count() == 0


def lists(kind: type[ListTable] = ListTable) -> Iterator[type[ListTable]]:
    """Every table class of the product that a page shows: those that no other is made from."""
    assert get_resolver().url_patterns  # reading the addresses reads every page
    for table in kind.__subclasses__():
        yield from lists(table) if table.__subclasses__() else [table]


def test_every_list_is_tried():
    assert sorted(table.name for table in lists()) == sorted(CASES)
