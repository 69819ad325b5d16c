"""Why a level was suggested, beside what was decided; the table stays one that is never changed (L10)."""

from django.db import migrations, models

TABLE = "hazards_leveldecision"


def set_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        return  # they stay while columns come
    for event, done in (("DELETE", "deleted from"), ("UPDATE", "changed")):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_refuse_{event.lower()}")
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_refuse_{event.lower()} BEFORE {event} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is never {done}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("hazards", "0011_level_decision_items")]

    operations = [
        migrations.AddField("leveldecision", "because", models.JSONField(default=dict)),
        migrations.RunPython(set_triggers, set_triggers),
    ]
