"""Quarterly and yearly statistics handed in with the principal's signature (R3.6); nothing is deleted (L10)."""

import bihuan.kernel.ids
import bihuan.trail.fields
from django.db import migrations, models

TABLE = "hazards_signedtable"


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
    dependencies = [("hazards", "0003_listing_delisting_published")]

    operations = [
        migrations.CreateModel(
            name="SignedTable",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bihuan.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("town_id", models.UUIDField()),
                ("path", bihuan.trail.fields.PathField()),
                ("sector", models.CharField(default="", max_length=32)),
                ("enterprise_id", models.UUIDField()),
                ("period", models.CharField(max_length=6)),
                ("figures", models.JSONField(default=dict)),
                ("signed_by", models.CharField(max_length=64)),
                ("scan_id", models.UUIDField()),
                ("handed_in_at", models.DateTimeField()),
                ("handed_in_by", models.CharField(max_length=64)),
                ("acting_for", models.CharField(default="", max_length=128)),
                ("is_current", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("town_id", "enterprise_id", "period"),
                        name="signed_table_one_current",
                    )
                ],
            },
        ),
        migrations.RunPython(set_triggers, lift_triggers),
    ]
