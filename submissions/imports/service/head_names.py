"""Remembers and forgets a person's answers about the heads of a table, so that next quarter's table needs no question."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from audit.recorder import record
from indicators.models import Form
from orgs.county_rows import delete_rows
from orgs.models import Organization, User
from submissions.imports.report.import_report import FileResult
from submissions.imports.tables.answers import to_remember
from submissions.models import HeadName, Task


def remember_answers(*, result: FileResult, organizations: Collection[Organization], by: User, at: datetime) -> None:
    """Remembers for each organization the answers about the heads of a file from which figures were imported."""
    if result.task_id is None or not any(unit.changes for unit in result.units):
        return
    heads = to_remember(result.heads)
    if heads:
        form = Task.objects.select_related("form").get(pk=result.task_id).form
        for organization in organizations:
            remember_heads(organization=organization, form=form, heads=heads, by=by, at=at)


@transaction.atomic
def forget_head(*, head: HeadName, by: User, at: datetime) -> None:
    """Forgets one head: the next table with it gets the question again; imported figures stay."""
    record(
        "heads.forgotten", by=by, at=at, county_id=head.county_id, subject=f"form:{head.form_id}",
        organization_id=head.organization_id, data={head.text: [head.means, None]},
    )  # fmt: skip
    delete_rows(HeadName.objects.filter(pk=head.pk), head.county_id)


@transaction.atomic
def remember_heads(*, organization: Organization, form: Form, heads: Mapping[str, str], by: User, at: datetime) -> int:
    """Stores the answers.

    `heads`: text as `Head.remembered_as` writes it -> "line:KEY", "unit:CODE" or "" to skip it; returns how many are new or
    changed.
    """
    rows = HeadName.objects.filter(county_id=organization.county_id, organization=organization, form=form)
    known = dict(rows.filter(text__in=heads).values_list("text", "means"))
    changed = {text: means for text, means in heads.items() if known.get(text) != means}
    if not changed:
        return 0
    HeadName.objects.bulk_create(
        [
            HeadName(
                county_id=organization.county_id, organization=organization, form=form, text=text, means=means,
                said_at=at, said_by=by,
            )
            for text, means in changed.items()
        ],
        update_conflicts=True, unique_fields=["county", "organization", "form", "text"],
        update_fields=["means", "said_at", "said_by"],
    )  # fmt: skip
    record(
        "heads.remembered", by=by, at=at, county_id=organization.county_id, subject=f"form:{form.pk}",
        organization_id=organization.pk, data={text: [known.get(text), means] for text, means in changed.items()},
    )  # fmt: skip
    return len(changed)
