"""Corrections after the lock: their table, and what reports and tasks note of them.

On SQLite a column with a value is added by making the table anew and renaming it. The view of flat figures names these tables,
and SQLite refuses the renaming while a view names a table that is gone for a moment; so views are not looked at meanwhile.
"""

import django.db.models.deletion
import submissions.fields
from django.conf import settings
from django.db import migrations, models


def leave_views(apps, schema_editor):
    _legacy_alter_table(schema_editor, "ON")


def look_at_views(apps, schema_editor):
    _legacy_alter_table(schema_editor, "OFF")


def _legacy_alter_table(schema_editor, value: str) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"PRAGMA legacy_alter_table = {value}")


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0003_restructuring"),
        ("submissions", "0002_restructuring"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(leave_views, migrations.RunPython.noop),
        migrations.AddField(
            model_name="submission",
            name="is_in_correction",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="task",
            name="has_corrections",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="review",
            name="act",
            field=models.CharField(
                choices=[
                    ("save", "Save"),
                    ("submit", "Submit"),
                    ("withdraw", "Withdraw"),
                    ("pass", "Pass"),
                    ("approve", "Approve"),
                    ("return", "Return"),
                    ("exempt", "Exempt"),
                    ("unexempt", "Lift the exemption"),
                    ("release", "Exempt by decision"),
                    ("correct", "Correct"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("figures", submissions.fields.FiguresField(default=dict)),
                ("cleared", models.JSONField(default=list)),
                ("explanations", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=500, verbose_name="Reason")),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="Evidence")),
                ("on_behalf", models.CharField(blank=True, max_length=200, verbose_name="Entered on behalf, paper form")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("passed", "Passed below"),
                            ("approved", "Corrected"),
                            ("refused", "Not agreed to"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="requested",
                        max_length=20,
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="Opinion")),
                ("requested_at", models.DateTimeField()),
                ("passed_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "base",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.version"),
                ),
                (
                    "county",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "passed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="submissions.version",
                    ),
                ),
                (
                    "reviewer_org",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="submissions.submission",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reviewer_org", "state"], name="submissions_to_correct"),
                    models.Index(fields=["submission", "state"], name="submissions_correction_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("county", "submission", "number"), name="submissions_correction_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("requested", "passed"))),
                        fields=("county", "submission"),
                        name="submissions_one_open_correction",
                    ),
                    models.UniqueConstraint(fields=("county", "result"), name="submissions_correction_result_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("passed_at__isnull", True), ("passed_by__isnull", True)),
                            models.Q(("passed_at__isnull", False), ("passed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="submissions_correction_passed_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state__in", ("requested", "passed")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("requested", "passed")), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="submissions_correction_decided_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result__isnull", False), ("state", "approved")),
                            models.Q(models.Q(("state", "approved"), _negated=True), ("result__isnull", True)),
                            _connector="OR",
                        ),
                        name="submissions_correction_result",
                    ),
                ],
            },
        ),
        migrations.RunPython(look_at_views, migrations.RunPython.noop),
    ]
