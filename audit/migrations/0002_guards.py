"""Locks the audit tables with triggers, on SQLite and PostgreSQL, and lets events be found by kind and by person."""

from django.db import migrations, models

from audit.write_guard import guard, unguard


def lock(apps, schema_editor):
    guard()


def unlock(apps, schema_editor):
    unguard()


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddIndex("event", models.Index(fields=["kind", "at"], name="audit_event_kind")),
        migrations.AddIndex("event", models.Index(fields=["actor_id", "at"], name="audit_event_actor")),
        migrations.RunPython(lock, unlock),
    ]
