"""The checklists that a town, or a unit above it, makes; a version is never changed nor deleted (L10)."""

from django.db import migrations, models

import bihuan.kernel.ids
import bihuan.trail.fields

TABLE = "standards_ownchecklist"


def set_triggers(apps, schema_editor):
    for event, done in (("DELETE", "deleted from"), ("UPDATE", "changed")):
        name = f"{TABLE}_refuse_{event.lower()}"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION standards_refuse()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{TABLE} is never {done}'); END"
            )


def lift_triggers(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for event in ("delete", "update"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_refuse_{event}{on}")


class Migration(migrations.Migration):
    dependencies = [("standards", "0004_loaded_standard")]

    operations = [
        migrations.CreateModel(
            name="OwnChecklist",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bihuan.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("list_id", models.CharField(max_length=48)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("town_id", models.UUIDField(null=True)),
                ("unit_id", models.UUIDField(null=True)),
                ("unit_name", models.CharField(max_length=128)),
                ("path", bihuan.trail.fields.PathField(max_length=96)),
                ("valid_from", models.DateField()),
                ("retired", models.BooleanField(default=False)),
                ("book", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("why", models.CharField(max_length=256)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=64)),
                ("made_by_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["path", "list_id"], name="own_checklist_path")],
                "constraints": [
                    models.UniqueConstraint(fields=("list_id", "revision"), name="own_checklist_revision"),
                ],
            },
        ),
        migrations.RunPython(set_triggers, lift_triggers),
    ]
