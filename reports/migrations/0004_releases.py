"""Adds tables as they were issued."""

import django.db.models.deletion
import indicators.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0002_list_choice'),
        ('reports', '0003_returned'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('serial', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='Title')),
                ('layout', models.CharField(max_length=20, verbose_name='Layout')),
                ('definition', models.JSONField()),
                ('form', models.CharField(blank=True, max_length=40, verbose_name='Form')),
                ('period', indicators.fields.PeriodField(max_length=10, verbose_name='Period')),
                ('basis', models.CharField(max_length=20)),
                ('tree', models.CharField(max_length=10)),
                ('options', models.JSONField()),
                ('language', models.CharField(max_length=20)),
                ('edition', models.PositiveIntegerField()),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='Note')),
                ('open_reports', models.PositiveIntegerField()),
                ('file_name', models.CharField(max_length=255, verbose_name='File')),
                ('workbook', models.BinaryField()),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('check_code', models.CharField(max_length=64)),
                ('tables', models.TextField()),
                ('sources', models.TextField()),
                ('package_sha256', models.CharField(max_length=64)),
                ('issued_at', models.DateTimeField()),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
                ('previous', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.release')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'period', 'layout'], name='reports_release_series')],
                'constraints': [models.UniqueConstraint(fields=('county', 'year', 'serial'), name='reports_release_number'), models.UniqueConstraint(fields=('county', 'previous'), name='reports_release_one_next')],
            },
        ),
    ]
