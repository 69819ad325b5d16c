"""The words that a town, or a unit above it, adds to those that come with the product; none is deleted (L10)."""

from django.db import migrations, models

import bihuan.kernel.ids
import bihuan.trail.fields

TABLE = "standards_ownword"


def set_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION standards_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' keeps what it has', "
            "ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for event, when in (("DELETE", ""), ("UPDATE", "WHEN (OLD.ended_at IS NOT NULL) ")):
            schema_editor.execute(
                f"CREATE TRIGGER {TABLE}_refuse_{event.lower()} BEFORE {event} ON {TABLE} "
                f"FOR EACH ROW {when}EXECUTE FUNCTION standards_refuse()"
            )
        return
    for event, when, done in (
        ("DELETE", "", "deleted from"),
        ("UPDATE", "WHEN OLD.ended_at IS NOT NULL ", "changed once ended"),
    ):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_refuse_{event.lower()} BEFORE {event} ON {TABLE} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is never {done}'); END"
        )


def lift_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION standards_refuse() CASCADE")
        return
    for event in ("delete", "update"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_refuse_{event}")


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_criterion_note")]

    operations = [
        migrations.CreateModel(
            name="OwnWord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bihuan.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("town_id", models.UUIDField(null=True)),
                ("path", bihuan.trail.fields.PathField(max_length=96)),
                ("unit_name", models.CharField(max_length=128)),
                ("kind", models.CharField(max_length=8)),
                ("target", models.CharField(max_length=64)),
                ("wording", models.CharField(max_length=32)),
                ("why", models.CharField(max_length=256)),
                ("learned", models.BooleanField(default=False)),
                ("refused", models.BooleanField(default=False)),
                ("evidence", models.JSONField(default=list)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=64)),
                ("added_by_id", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(default="", max_length=64)),
                ("ended_by_id", models.UUIDField(null=True)),
                ("ended_why", models.CharField(default="", max_length=256)),
            ],
            options={
                "indexes": [models.Index(fields=["path", "ended_at"], name="own_word_path")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("path", "kind", "target", "wording"),
                        name="own_word_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["concept", "feature", "sector"])), name="own_word_kind"
                    ),
                ],
            },
        ),
        migrations.RunPython(set_triggers, lift_triggers),
    ]
