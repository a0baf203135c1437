"""A report of an ended unit may be exempted by decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0001_initial"),
    ]

    operations = [
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
                ],
                max_length=20,
            ),
        ),
    ]
