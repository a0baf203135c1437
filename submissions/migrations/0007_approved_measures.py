"""Reports that lean on earlier ones are measured a second time: over what is approved."""

from collections import defaultdict

from django.db import migrations, models

from indicators.measures.document_measures import pack
from indicators.periods import read_period
from indicators.measures.vectors import TooLarge
from orgs.stamps import new_stamp
from submissions.core.history import earlier_from
from submissions.core.sealed_measures import leans_on_earlier


def measure_over_approved(apps, schema_editor):
    """Only where an earlier report is not approved may the two differ; sums made without are stale then."""
    tasks = [task for task in apps.get_model("submissions", "Task").objects.order_by("pk") if leans_on_earlier(task.layout)]
    for task in tasks:
        if _measure_task(apps, task):
            marks = apps.get_model("submissions", "ChangeMark").objects
            marks.filter(county_id=task.county_id, task_id=task.pk).update(stamp=new_stamp())


def _measure_task(apps, task) -> bool:
    """Both are packed here, so that it does not matter how what is kept was packed."""
    submissions, versions = (apps.get_model("submissions", name).objects for name in ("Submission", "Version"))
    rows = submissions.filter(county_id=task.county_id, task_id=task.pk, standing__isnull=False)
    standing, approved = _earlier_documents(submissions, task)
    period, has_changed = read_period(task.period), False
    fields = ("organization_id", "unit_category", "standing_id", "standing__figures")
    for org_id, category, version_id, figures in list(rows.values_list(*fields)):
        if standing[org_id] != approved[org_id]:
            earlier = (earlier_from(period, documents[org_id]) for documents in (standing, approved))
            measures, over_approved = (_packed(task.layout, category, figures, before) for before in earlier)
            if over_approved != measures:
                versions.filter(county_id=task.county_id, pk=version_id).update(approved_measures=over_approved)
                has_changed = True
    return has_changed


def _packed(layout, unit_category: str, figures: dict, earlier) -> bytes | None:
    """None where a value has no room; the verify command names it."""
    try:
        return pack(layout, unit_category, figures, earlier)
    except TooLarge:
        return None


def _earlier_documents(submissions, task) -> tuple[dict[int, dict], dict[int, dict]]:
    """Of the task's form: unit -> period -> document, of all that stands and of what is approved."""
    rows = submissions.filter(county_id=task.county_id, task__form_id=task.form_id, standing__isnull=False)
    standing, approved = defaultdict(dict), defaultdict(dict)
    for org_id, text, state, figures in rows.exclude(task_id=task.pk).values_list(
        "organization_id", "task__period", "state", "standing__figures"
    ):
        standing[org_id][text] = figures
        if state == "approved":
            approved[org_id][text] = figures
    return standing, approved


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0006_remeasure'),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='approved_measures',
            field=models.BinaryField(null=True),
        ),
        migrations.RunPython(measure_over_approved, migrations.RunPython.noop),
    ]
