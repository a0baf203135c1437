"""A county of 3,000 villages in 30 townships, and a form of sixty figures, for the benchmarks. Written straight: only its size matters."""

import random
from datetime import UTC, date, datetime

from django.db import transaction

from indicators.layout import Layout, Line
from indicators.measures.document_measures import pack
from indicators.measures.history import NOTHING_EARLIER
from indicators.models import Form
from orgs.models import Organization, Placement, User
from orgs.tree.new_organizations import next_organization_ids
from orgs.tree.trees import path_of
from submissions.choices import State
from submissions.core.digests import digest_of
from submissions.models import ChangeMark, Submission, Task, Version

AT = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
BEGINNING = date(2000, 1, 1)
TOWNSHIPS, VILLAGES, FIGURES = 30, 3000, 60
KEYS = [f"FIG-{number:03d}" for number in range(1, FIGURES + 1)]


def sixty_figures() -> Layout:
    return Layout(
        tuple(
            Line(
                key, "", 0, f"指标{key}", "个", "flow", "sum", "sum", 0, "none", True, False, False, "", "", False,
                "", "", "", "", "", (),
            )
            for key in KEYS
        )
    )  # fmt: skip


@transaction.atomic
def a_county(
    townships: int = TOWNSHIPS, villages: int = VILLAGES
) -> tuple[Organization, list[Organization], list[Organization]]:
    """The county, its townships, its villages."""
    (county_id,) = next_organization_ids(1)
    county = Organization.objects.create(
        pk=county_id, county_id=county_id, code="370000", name="示范县", unit_category="county", org_type="committee"
    )
    below = Organization.objects.bulk_create(
        Organization(county=county, code=f"T{number:02d}", name=f"第{number}镇", unit_category="township", sort_order=number)
        for number in range(townships)
    )
    lowest = Organization.objects.bulk_create(
        Organization(county=county, code=f"V{number:04d}", name=f"第{number}村", unit_category="village", sort_order=number)
        for number in range(villages)
    )
    lines = [(county, [county])] + [(township, [county, township]) for township in below]
    lines += [(village, [county, below[number % townships], village]) for number, village in enumerate(lowest)]
    Placement.objects.bulk_create(
        Placement(
            county=county, organization=org, parent=line[-2] if len(line) > 1 else None, valid_from=BEGINNING,
            path=path_of(one.pk for one in line),
        )
        for org, line in lines
    )  # fmt: skip
    return county, below, lowest


def a_user() -> User:
    return User.objects.create(username="bench", name="bench", created_at=AT)


@transaction.atomic
def a_task(county: Organization, inner: list[Organization], user: User, period: str = "2026Q3") -> Task:
    form, _made = Form.objects.get_or_create(code="季01表", defaults={"title": "季报", "frequency": "quarter"})
    task = Task.objects.create(
        county=county, form=form, period=period, opens_on=BEGINNING, due_on=date(2026, 10, 10), layout=sixty_figures(),
        opened_at=AT, opened_by=user,
    )  # fmt: skip
    ChangeMark.objects.bulk_create(ChangeMark(county=county, task=task, organization=org) for org in inner)
    return Task.objects.get(pk=task.pk)


@transaction.atomic
def approved(task: Task, villages: list[Organization], user: User) -> list[dict[str, int]]:
    """Every village's approved report; the documents in the order of the villages."""
    dice = random.Random(20261008)
    documents = [{key: dice.randint(0, 500) for key in KEYS} for _village in villages]
    submissions = Submission.objects.bulk_create(
        Submission(
            county_id=task.county_id, task=task, organization=village, unit_category="village", state=State.APPROVED,
            approved_at=AT, approved_by=user,
        )
        for village in villages
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        Version(
            county_id=task.county_id, submission=submission, number=1, figures=document, saved_at=AT, saved_by=user,
            sealed_at=AT, sealed_by=user, digest=digest_of(document, {}, False),
            measures=pack(task.layout, "village", document, NOTHING_EARLIER),
        )
        for submission, document in zip(submissions, documents, strict=True)
    )  # fmt: skip
    for submission, version in zip(submissions, versions, strict=True):
        submission.standing = version
    Submission.objects.bulk_update(submissions, ["standing"], batch_size=500)
    return documents
