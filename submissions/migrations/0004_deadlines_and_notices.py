"""Working days of counties, days per level and unit, notices to units, and who asked for an exemption."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_restructuring'),
        ('submissions', '0003_corrections'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='due_on',
            field=models.DateField(null=True, verbose_name='Due on'),
        ),
        migrations.AddField(
            model_name='submission',
            name='due_reason',
            field=models.CharField(max_length=300, null=True, verbose_name='Reason for the postponement'),
        ),
        migrations.AddField(
            model_name='submission',
            name='exempt_approver',
            field=models.CharField(max_length=100, null=True, verbose_name='Approved by'),
        ),
        migrations.AddField(
            model_name='submission',
            name='exempt_requester',
            field=models.CharField(max_length=100, null=True, verbose_name='Requested by'),
        ),
        migrations.AddField(
            model_name='task',
            name='approval_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='County approval due on'),
        ),
        migrations.AddField(
            model_name='task',
            name='approval_stated_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='due_stated_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='review_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='Township review due on'),
        ),
        migrations.AddField(
            model_name='task',
            name='review_stated_on',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='Day')),
                ('is_working', models.BooleanField(verbose_name='Working day')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='Occasion')),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'day'), name='submissions_calendar_day_once')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='Text')),
                ('sent_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
                ('organization', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='submissions.submission')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='submissions_notice_read_pair')],
            },
        ),
    ]
