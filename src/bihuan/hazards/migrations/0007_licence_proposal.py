"""Proposals to suspend the safety licence of a listed unit (R3.29); nothing is deleted (L10)."""

import bihuan.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


TABLE = "hazards_licenceproposal"


def set_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for event, each in (("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            schema_editor.execute(
                f"CREATE TRIGGER {TABLE}_refuse_{event.lower()} BEFORE {event} ON {TABLE} "
                f"FOR EACH {each} EXECUTE FUNCTION hazards_refuse()"
            )
        return
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_refuse_delete BEFORE DELETE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{TABLE} is never deleted from'); END"
    )


def lift_triggers(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_refuse_delete{on}")
    if on:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_refuse_truncate{on}")


class Migration(migrations.Migration):

    dependencies = [
        ('hazards', '0006_review_by_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='licence_proposal_id',
            field=models.UUIDField(null=True),
        ),
        migrations.CreateModel(
            name='LicenceProposal',
            fields=[
                ('id', models.UUIDField(default=bihuan.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('town_id', models.UUIDField()),
                ('licence', models.CharField(max_length=128)),
                ('organ', models.CharField(max_length=64)),
                ('number', models.CharField(default='', max_length=64)),
                ('reason', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=64)),
                ('asked_on', models.DateField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.CharField(default='', max_length=64)),
                ('answered_on', models.DateField(null=True)),
                ('suspended', models.BooleanField(null=True)),
                ('answer', models.TextField(default='')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='licence_proposals', to='hazards.listing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('suspended__isnull', True)), fields=('listing',), name='licence_proposal_one_open')],
            },
        ),
        migrations.RunPython(set_triggers, lift_triggers),
    ]
