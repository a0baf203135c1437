"""What organizations were called before: a table, filled with what successions and the audit tell of earlier renamings."""

import json
from datetime import date, timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

Renaming = tuple[str, str | None]  # the old name, and the old short name where it changed too


def remember_renamings(apps, schema_editor):
    organizations = {org.pk: org for org in apps.get_model("orgs", "Organization").objects.exclude(county_id=None)}
    found: dict[tuple[int, date], Renaming] = {}
    for org_id, on, renaming in [*_of_successions(apps), *_of_loads(apps, organizations)]:
        found.setdefault((org_id, on - timedelta(days=1)), renaming)  # the first name of a day is the one that held before
    former = apps.get_model("orgs", "FormerName")
    former.objects.bulk_create(
        former(county_id=organizations[org_id].county_id, organization_id=org_id, name=name, until=until,
               short_name=organizations[org_id].short_name if short is None else short)
        for (org_id, until), (name, short) in found.items() if org_id in organizations
    )  # fmt: skip


def _of_successions(apps):
    ends = apps.get_model("orgs", "SuccessionEnd").objects.filter(succession__kind="rename", is_predecessor=True)
    for org_id, on, note in ends.order_by("pk").values_list("organization_id", "succession__on", "succession__note"):
        old, arrow, _rest = note.partition(" → ")
        if arrow:
            yield org_id, on, (old, None)


def _of_loads(apps, organizations):
    """A name of which its list said no day held from the day it was loaded."""
    ids = {(org.county_id, org.code): org.pk for org in organizations.values()}
    events = apps.get_model("audit", "Event").objects.filter(kind="organizations.loaded", result="done")
    for at, subject, data in events.order_by("at", "pk").values_list("at", "subject", "data"):
        county = int(subject.partition(":")[2] or 0)
        told = json.loads(data)
        days = {code: date.fromisoformat(day) for code, day in told.get("renamed", {}).items()}
        for code, changed in told.get("changed", {}).items():
            if "name" in changed and (county, code) in ids:
                short = changed["short_name"][0] if "short_name" in changed else None
                yield ids[county, code], days.get(code, timezone.localdate(at)), (changed["name"][0], short)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_guards'),
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(blank=True, max_length=60)),
                ('until', models.DateField()),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to='orgs.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'organization', 'until'), name='orgs_former_name_once')],
            },
        ),
        migrations.RunPython(remember_renamings, migrations.RunPython.noop),
    ]
