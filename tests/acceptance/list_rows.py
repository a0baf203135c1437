"""Rows for each list page of the product, as many as a test asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from audit.recorder import record
from indicators.layout import Layout
from indicators.models import Form
from indicators.periods import read_period
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.models import Post, User
from reports.models import CountyLayout, Release, UpperBinding, UpperEdition, UpperTable
from reports.tables.layouts.ready import ready_layouts
from submissions.models import Correction, HeadName, Submission, Task, Upload, Version
from tests.factories.indicators import make_form, make_indicator
from tests.factories.orgs import BEGINNING, a_user, an_organization
from tests.factories.submissions import AT, Place
from tests.factories.upper_tables import a_blank_table

MANY_VILLAGES = 120  # rows of a bound table


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


def owing_units(world: World, count: int) -> None:
    """Villages under the township that have sent nothing."""
    units(world, count)
    Submission.objects.update(state="blank", reviewer_org=None, first_submitted_at=None)


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
        rows = (("单位", "指标A"), *((f"村{number}", None) for number in range(MANY_VILLAGES)))
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


def releases(world: World, count: int) -> None:
    """Tables of the county as they were issued, each of another title."""
    a = world.place
    for number in world.numbers(count):
        Release.objects.create(
            county=a.county, organization=a.county, year=2026, serial=number + 1, title=f"汇总表{number}", layout="R2", definition={},
            period=read_period("2026Q3"), basis="approved", tree="then", options={}, language="zh-hans", edition=1,
            open_reports=number % 3, file_name="表.xlsx", workbook=b"", sha256=f"{number:064d}", check_code="", tables="[]",
            sources="{}", package_sha256="", issued_at=AT + timedelta(hours=number), issued_by=a.officer,
        )  # fmt: skip
