"""Safety licences of enterprises (R3.29)."""

import bihuan.enterprises.rules.licences
import bihuan.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enterprises', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Licence',
            fields=[
                ('id', models.UUIDField(default=bihuan.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('town_id', models.UUIDField()),
                ('kind', models.CharField(max_length=16)),
                ('number', models.CharField(max_length=64)),
                ('organ', models.CharField(max_length=64)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('is_held', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='licences', to='enterprises.enterprise')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enterprise', 'number'), name='licence_once_per_enterprise', violation_error_message='这家企业已经登记过这个编号的许可证。'), models.CheckConstraint(condition=models.Q(('kind__in', [bihuan.enterprises.rules.licences.LicenceKind['MINING'], bihuan.enterprises.rules.licences.LicenceKind['CONSTRUCTION'], bihuan.enterprises.rules.licences.LicenceKind['CHEMICALS'], bihuan.enterprises.rules.licences.LicenceKind['FIREWORKS'], bihuan.enterprises.rules.licences.LicenceKind['EXPLOSIVES']])), name='licence_kind_known')],
            },
        ),
    ]
