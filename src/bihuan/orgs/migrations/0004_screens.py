"""Devices that show figures of one place."""

import bihuan.kernel.ids
import bihuan.trail.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_post_opened_on'),
    ]

    operations = [
        migrations.CreateModel(
            name='Screen',
            fields=[
                ('id', models.UUIDField(default=bihuan.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('town_id', models.UUIDField(null=True)),
                ('path', bihuan.trail.fields.PathField(max_length=96)),
                ('name', models.CharField(max_length=40)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('made_by', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_by', models.CharField(blank=True, default='', max_length=64)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='screens', to='orgs.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['path'], name='screen_path')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='screen_has_name', violation_error_message='请给这块屏起个名字。')],
            },
        ),
    ]
