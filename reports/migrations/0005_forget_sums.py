"""Empties the kept sums: they were made of measures packed in other lanes. They are made again where they are asked for."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("reports", "Summary").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_flat_figures"), ("submissions", "0006_remeasure")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
