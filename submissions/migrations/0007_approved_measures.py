"""Reports that lean on earlier ones are measured a second time: over what is approved."""

from collections import defaultdict

from django.db import migrations, models

from indicators.measures import pack
from indicators.periods import read_period
from orgs.stamps import new_stamp
from submissions.history import earlier_from
from submissions.measuring import leans_on_earlier


def measure_over_approved(apps, schema_editor):
    """Only where an earlier report is not approved may the two differ; sums made without are stale then."""
    tasks = [task for task in apps.get_model("submissions", "Task").objects.order_by("pk") if leans_on_earlier(task.layout)]
    for task in tasks:
        if _measure_task(apps, task):
            marks = apps.get_model("submissions", "ChangeMark").objects
            marks.filter(county_id=task.county_id, task_id=task.pk).update(stamp=new_stamp())


def _measure_task(apps, task) -> bool:
    submissions = apps.get_model("submissions", "Submission").objects
    rows = submissions.filter(county_id=task.county_id, task_id=task.pk, standing__isnull=False)
    approved, open_units = _earlier_documents(submissions, task)
    period, has_changed = read_period(task.period), False
    fields = ("organization_id", "unit_category", "standing_id", "standing__figures", "standing__measures")
    for org_id, category, version_id, figures, measures in list(rows.values_list(*fields)):
        if org_id in open_units:
            fresh = pack(task.layout, category, figures, earlier_from(period, approved[org_id]))
            if fresh != bytes(measures or b""):
                versions = apps.get_model("submissions", "Version").objects
                versions.filter(county_id=task.county_id, pk=version_id).update(approved_measures=fresh)
                has_changed = True
    return has_changed


def _earlier_documents(submissions, task) -> tuple[dict[int, dict], set[int]]:
    """Of the task's form: unit -> period -> approved document; and the units with a standing one that is not approved."""
    rows = submissions.filter(county_id=task.county_id, task__form_id=task.form_id, standing__isnull=False)
    approved, open_units = defaultdict(dict), set()
    for org_id, text, state, figures in rows.exclude(task_id=task.pk).values_list(
        "organization_id", "task__period", "state", "standing__figures"
    ):
        if state == "approved":
            approved[org_id][text] = figures
        else:
            open_units.add(org_id)
    return approved, open_units


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
