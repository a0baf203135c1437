"""Sums remember how many of their units are to correct and send again; those that do not know are forgotten and made again."""

from django.db import migrations, models


def forget_sums(apps, schema_editor):
    apps.get_model("reports", "Summary").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_flat_figures")]

    operations = [
        migrations.AddField(model_name="summary", name="returned", field=models.JSONField(default=dict)),
        migrations.RunPython(forget_sums, migrations.RunPython.noop),
    ]
