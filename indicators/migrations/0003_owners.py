"""Definitions belong to a county or to all (decision 206); all there are become common ones. The view stands aside meanwhile (136)."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models


view = import_module("reports.migrations.0002_flat_figures")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_flat_figures"),
        ("indicators", "0002_yes_no_kind"),
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(view.drop_view, view.make_view),
        migrations.AddField(
            model_name="check",
            name="owner",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
            ),
        ),
        migrations.AddField(
            model_name="form",
            name="adopted_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="indicators.form",
            ),
        ),
        migrations.AddField(
            model_name="form",
            name="adopted_state",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="form",
            name="owner",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="owner",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
            ),
        ),
        migrations.AlterField(
            model_name="form",
            name="code",
            field=models.CharField(max_length=40, verbose_name="Form number"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="code",
            field=models.CharField(max_length=40, verbose_name="Code"),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(
                condition=models.Q(("owner__isnull", True)), fields=("code",), name="indicators_common_form_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(fields=("owner", "code"), name="indicators_own_form_code"),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(("adopted_from__isnull", True), ("owner__isnull", False), _connector="OR"),
                name="indicators_edition_has_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(
                condition=models.Q(("owner__isnull", True)), fields=("code",), name="indicators_common_indicator_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("owner", "code"), name="indicators_own_indicator_code"),
        ),
        migrations.RunPython(view.make_view, view.drop_view),
    ]
