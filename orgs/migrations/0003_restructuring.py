"""Places where reports of ended units count, former categories, the way back of successions. The view stands aside meanwhile (136)."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

view = import_module("reports.migrations.0002_flat_figures")


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_list_choice"),
        ("reports", "0002_flat_figures"),
    ]

    operations = [
        migrations.RunPython(view.drop_view, view.make_view),
        migrations.CreateModel(
            name="FormerCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit_category",
                    models.CharField(
                        choices=[
                            ("county", "County"),
                            ("township", "Township"),
                            ("street", "Sub-district"),
                            ("dev_zone", "Development zone"),
                            ("industry_committee", "Industry Party committee"),
                            ("department", "County department"),
                            ("village", "Village"),
                            ("community", "Community"),
                            ("agency", "Agency"),
                            ("institution", "Public institution"),
                            ("state_enterprise", "State-owned enterprise"),
                            ("collective_enterprise", "Collective enterprise"),
                            ("private_enterprise", "Non-public enterprise"),
                            ("social_organization", "Social organization"),
                            ("school", "School"),
                            ("guidance_station", "Party-building guidance station"),
                            ("other", "Other unit"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "org_type",
                    models.CharField(
                        choices=[
                            ("committee", "Party committee"),
                            ("general_branch", "General Party branch"),
                            ("branch", "Party branch"),
                            ("joint_branch", "Joint Party branch"),
                            ("working_committee", "Party working committee"),
                            ("party_group", "Party group"),
                            ("none", "No Party organization"),
                        ],
                        max_length=30,
                    ),
                ),
                ("until", models.DateField()),
            ],
        ),
        migrations.AddField(
            model_name="placement",
            name="is_report_place",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="succession",
            name="recorded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="succession",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="undo",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="succession",
            name="kind",
            field=models.CharField(
                choices=[
                    ("open", "Opened"),
                    ("close", "Closed"),
                    ("suspend", "Suspended"),
                    ("reopen", "Reopened"),
                    ("merge", "Merged"),
                    ("split", "Split"),
                    ("rename", "Renamed"),
                    ("move", "Moved"),
                    ("recategorize", "Category changed"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_report_place", False), ("valid_to", models.F("valid_from")), _connector="OR"),
                name="orgs_report_place_one_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                    models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                    _connector="OR",
                ),
                name="orgs_succession_recorded_pair",
            ),
        ),
        migrations.AddField(
            model_name="formercategory",
            name="county",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
            ),
        ),
        migrations.AddField(
            model_name="formercategory",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="former_categories", to="orgs.organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="formercategory",
            constraint=models.UniqueConstraint(fields=("county", "organization", "until"), name="orgs_former_category_once"),
        ),
        migrations.RunPython(view.make_view, view.drop_view),
    ]
