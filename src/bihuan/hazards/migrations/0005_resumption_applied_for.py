"""Written applications to resume what was stopped (R3.28); nothing is deleted (L10)."""

import bihuan.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


TABLE = "hazards_resumption"


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
        ('hazards', '0004_signed_table'),
    ]

    operations = [
        migrations.AddField(
            model_name='hazard',
            name='resumption_due',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='hazard',
            name='resumption_id',
            field=models.UUIDField(null=True),
        ),
        migrations.CreateModel(
            name='Resumption',
            fields=[
                ('id', models.UUIDField(default=bihuan.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('town_id', models.UUIDField()),
                ('round_number', models.PositiveSmallIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=64)),
                ('asked_by_id', models.UUIDField(null=True)),
                ('acting_for', models.CharField(default='', max_length=128)),
                ('done', models.TextField()),
                ('evaluated_by', models.CharField(max_length=8)),
                ('evaluator', models.CharField(max_length=128)),
                ('conclusion', models.TextField()),
                ('due_on', models.DateField()),
                ('visited_on', models.DateField(null=True)),
                ('visited_by', models.CharField(default='', max_length=128)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.CharField(default='', max_length=64)),
                ('organ', models.CharField(default='', max_length=64)),
                ('number', models.CharField(default='', max_length=64)),
                ('agreed', models.BooleanField(null=True)),
                ('answer', models.TextField(default='')),
                ('sanction', models.CharField(default='', max_length=8)),
                ('sanction_organ', models.CharField(default='', max_length=64)),
                ('hazard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resumptions', to='hazards.hazard')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('agreed__isnull', True)), fields=('hazard',), name='resumption_one_open')],
            },
        ),
        migrations.RunPython(set_triggers, lift_triggers),
    ]
