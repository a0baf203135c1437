"""The view `flat_figures` made anew: units and townships are called as they were on the last day of the period."""

from importlib import import_module

from django.db import migrations

_before = import_module("reports.migrations.0004_flat_figures")
_NAME = """coalesce((SELECT former.name FROM orgs_formername AS former
                 WHERE former.organization_id = {org}.id AND former.until >= days.day
                 ORDER BY former.until LIMIT 1), {org}.name"""


def _with_names_of_then(view: str) -> str:
    view = view.replace("org.name AS org_name", _NAME.format(org="org") + ") AS org_name")
    return view.replace("coalesce(township.name, '') AS township_name", _NAME.format(org="township") + ", '') AS township_name")


def make_view(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute("DROP VIEW IF EXISTS flat_figures")
    schema_editor.execute(_with_names_of_then(_before._POSTGRES if is_postgres else _before._SQLITE))


def make_view_of_before(apps, schema_editor):
    _before.drop_view(apps, schema_editor)
    _before.make_view(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_former_names"),
        ("reports", "0005_forget_sums"),
    ]

    operations = [migrations.RunPython(make_view, make_view_of_before)]
