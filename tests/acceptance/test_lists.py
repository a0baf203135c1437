"""Every list page: each column it says it sorts by sorts it, up and down; 300 rows cost the queries of 3; it opens as it was left."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from audit.recorder import record
from indicators.layout import Layout
from indicators.models import Form
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.lists.tables import ListTable
from orgs.models import ListChoice, Post, User
from reports.models import CountyLayout, UpperBinding, UpperEdition, UpperTable
from reports.tables.layouts.ready import ready_layouts
from submissions.models import Correction, HeadName, Submission, Task, Upload, Version
from tests.acceptance.succession_rows import make_successions
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import BEGINNING, a_user, an_organization
from tests.factories.submissions import AT, Place, a_place, a_task
from tests.factories.upper_tables import a_blank_table

pytestmark = pytest.mark.django_db
FEW, MANY, FEWER = 3, 300, 120


@dataclass
class World:
    """A county with a task that is asked of a township's villages."""

    place: Place
    task: Task
    count: int = 0

    def numbers(self, count: int) -> Iterator[int]:
        """Numbers that no row has yet, to `count` rows in all."""
        new = range(self.count, count)
        self.count = count
        return iter(new)

    def who(self, role: Role) -> User:
        return next(iter(User.objects.filter(posts__role=role, posts__organization=self.place.county)), None) or a_user(
            role, self.place.county
        )


@pytest.fixture
def world():
    place = a_place()
    return World(place, a_task(place.county, make_form("季01表", ("A",))))


def people(world: World, count: int) -> None:
    for number in world.numbers(count):
        user = User.objects.create(username=f"n{number}", name="员", created_at=AT)
        Post.objects.create(
            county=world.place.county, user=user, organization=world.place.village, role=Role.CLERK, valid_from=BEGINNING
        )


def events(world: World, count: int) -> None:
    a = world.place
    for _number in world.numbers(count):
        with transaction.atomic():
            record(
                "test.done", by=a.clerk, at=AT, county_id=a.county.pk, organization_id=a.county.pk, subject=f"user:{a.clerk.pk}"
            )


def indicators(world: World, count: int) -> None:
    for number in world.numbers(count):
        make_indicator(f"X{number}", domain="our own", sort_order=number)


def forms(world: World, count: int) -> None:
    for number in world.numbers(count):
        make_form(f"表{number}", ("A",), sort_order=number)


def tasks(world: World, count: int) -> None:
    """Each asked of the village, and sent in."""
    by, a = system_operator(), world.place
    day = date(2026, 10, 10)
    for number in world.numbers(count):
        form = Form.objects.create(code=f"务{number}", title="表", frequency="quarter", sort_order=number)
        task = Task.objects.create(
            county=a.county, form=form, period=read_period("2026Q3"), opens_on=day, due_on=day + timedelta(days=number % 9),
            layout=Layout(()), opened_at=AT, opened_by=by,
        )  # fmt: skip
        report = Submission.objects.create(
            county=a.county, task=task, organization=a.village, unit_category="village", state="submitted",
            reviewer_org=a.township, first_submitted_at=AT, submitted_at=AT,
        )  # fmt: skip
        seal(report, by)


def units(world: World, count: int) -> None:
    """Villages under the township, whose reports wait."""
    by, a = system_operator(), world.place
    for number in world.numbers(count):
        village = an_organization(f"9{number}", parent=a.township, name="新村")
        report = Submission.objects.create(
            county=a.county, task=world.task, organization=village, unit_category="village", state="submitted",
            reviewer_org=a.township, first_submitted_at=AT, submitted_at=AT,
        )  # fmt: skip
        seal(report, by)


def seal(report: Submission, by: User) -> None:
    version = Version.objects.create(
        county=report.county,
        submission=report,
        number=1,
        figures={"A": 1},
        saved_at=AT,
        saved_by=by,
        sealed_at=AT,
        sealed_by=by,
    )
    Submission.objects.filter(pk=report.pk).update(standing=version)


def corrections(world: World, count: int) -> None:
    """Of the village's report, all decided but the first."""
    a = world.place
    report = Submission.objects.get(task=world.task, organization=a.village)
    if not report.versions.exists():
        seal(report, system_operator())
    base = report.versions.get()
    for number in world.numbers(count):
        state = "requested" if number == 0 else "refused"
        decided = {} if number == 0 else {"decided_at": AT, "decided_by": a.officer}
        Correction.objects.create(
            county=a.county, submission=report, number=number + 1, base=base, figures={"A": 2}, reason=f"理由{number}",
            state=state, reviewer_org=a.township if number == 0 else None, requested_at=AT, requested_by=a.clerk, **decided,
        )  # fmt: skip


def uploads(world: World, count: int) -> None:
    a = world.place
    for number in world.numbers(count):
        Upload.objects.create(
            county=a.county, organization=a.village, name=f"{number}.xlsx", sha256="0" * 64, kind="form", verdict="preview",
            put_at=AT, put_by=a.clerk,
        )  # fmt: skip


def heads(world: World, count: int) -> None:
    a, form = world.place, world.task.form
    for number in world.numbers(count):
        HeadName.objects.create(
            county=a.county, organization=a.village, form=form, text=f"头{number}", means="line:A", said_at=AT, said_by=a.clerk
        )


def layouts(world: World, count: int) -> None:
    ready = next(iter(ready_layouts().values()))
    definition = {"title": ready.title, "parts": [{"columns": []}]}
    for number in world.numbers(count):
        CountyLayout.objects.create(
            county=world.place.county,
            code=f"L{number}",
            definition=definition,
            is_retired=True,
            saved_at=AT,
            saved_by=world.place.officer,
        )


def upper_tables(world: World, count: int) -> None:
    a = world.place
    for number in world.numbers(count):
        table = UpperTable.objects.create(county=a.county, name=f"上级表{number}")
        UpperEdition.objects.create(
            county=a.county,
            table=table,
            number=1,
            file_name="表.xlsx",
            content=b"",
            sha256="0" * 64,
            put_at=AT,
            put_by=a.officer,
        )


def upper_table(world: World) -> int:
    """One whose sheet has a row for each cell that is bound later."""
    a = world.place
    table, is_new = UpperTable.objects.get_or_create(county=a.county, name="市表")
    if is_new:
        rows = (("单位", "指标A"), *((f"村{number}", None) for number in range(FEWER)))
        UpperEdition.objects.create(
            county=a.county, table=table, number=1, file_name="市表.xlsx", content=a_blank_table(rows), sha256="0" * 64,
            put_at=AT, put_by=a.officer,
        )  # fmt: skip
    return table.pk


def bindings(world: World, count: int) -> None:
    """Each cell bound to a figure of another village, every third only proposed."""
    a, edition = world.place, UpperEdition.objects.get(table=upper_table(world))
    for number in world.numbers(count):
        an_organization(f"8{number}", parent=a.township, name=f"村{number}")
    cells = {
        f"表1!B{number + 2}": {
            "kind": "figure",
            "key": "A",
            "org": f"8{number}",
            "certainty": "said" if number % 3 else "likely",
        }
        for number in range(count)
    }
    UpperBinding.objects.create(county=a.county, edition=edition, number=count, cells=cells, bound_at=AT, bound_by=a.officer)


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
    "reports of an organization": ListCase(
        tasks, Role.CLERK, at("submissions:of_organization", lambda world: world.place.village.pk)
    ),
    "corrections": ListCase(corrections, Role.OFFICER, at("submissions:corrections")),
    "changes of organizations": ListCase(make_successions, Role.OFFICER, at("reports:successions")),
    "uploads": ListCase(uploads, Role.CLERK, at("submissions:intake")),
    "remembered heads": ListCase(heads, Role.CLERK, at("submissions:remembered")),
    "county layouts": ListCase(layouts, Role.OFFICER, at("reports:layouts", the_county)),
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
