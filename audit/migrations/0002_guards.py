"""Locks the audit tables with triggers, on SQLite and PostgreSQL."""

from django.db import migrations

from audit.write_guard import guard, unguard


def lock(apps, schema_editor):
    guard()


def unlock(apps, schema_editor):
    unguard()


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(lock, unlock)]
