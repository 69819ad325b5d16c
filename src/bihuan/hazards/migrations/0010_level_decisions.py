"""What was decided on a level beside what had been suggested (L8); nothing is deleted or changed (L10)."""

import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.ids

TABLE = "hazards_leveldecision"


def set_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for event, each in (("DELETE", "ROW"), ("UPDATE", "ROW"), ("TRUNCATE", "STATEMENT")):
            schema_editor.execute(
                f"CREATE TRIGGER {TABLE}_refuse_{event.lower()} BEFORE {event} ON {TABLE} "
                f"FOR EACH {each} EXECUTE FUNCTION hazards_refuse()"
            )
        return
    for event, done in (("DELETE", "deleted from"), ("UPDATE", "changed")):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_refuse_{event.lower()} BEFORE {event} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is never {done}'); END"
        )


def lift_triggers(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for event in ("delete", "update", *(("truncate",) if is_postgresql else ())):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_refuse_{event}{f' ON {TABLE}' if is_postgresql else ''}")


class Migration(migrations.Migration):
    dependencies = [("hazards", "0009_hazard_marks")]

    operations = [
        migrations.CreateModel(
            name="LevelDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bihuan.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("town_id", models.UUIDField()),
                ("act", models.CharField(max_length=24)),
                ("decided_on", models.DateField()),
                ("decided_by", models.CharField(max_length=64)),
                ("level", models.CharField(max_length=8)),
                ("standard", models.CharField(default="", max_length=48)),
                ("clause", models.CharField(default="", max_length=32)),
                ("suggested_level", models.CharField(default="", max_length=8)),
                ("suggested_standard", models.CharField(default="", max_length=48)),
                ("suggested_clause", models.CharField(default="", max_length=32)),
                ("version", models.CharField(max_length=16)),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_decisions",
                        to="hazards.hazard",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["town_id", "decided_on"], name="level_decision_day"),
                    models.Index(
                        fields=["town_id", "suggested_standard", "suggested_clause"], name="level_decision_clause"
                    ),
                ],
            },
        ),
        migrations.RunPython(set_triggers, lift_triggers),
    ]
