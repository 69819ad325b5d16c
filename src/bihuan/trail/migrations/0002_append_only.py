"""Triggers in both databases: events and seals are never rewritten, evidence only gains its attachment and doubts."""

from django.db import migrations

FOREVER = ("trail_event", "trail_seal")
FILE_FACTS = (
    "id", "town_id", "sha256", "kind", "name", "media_type", "size", "taken_at", "latitude", "longitude",
    "claim_source", "dhash", "uploader_id", "uploader_name", "uploaded_at",
)  # fmt: skip


def _sqlite(schema_editor):
    for table in FOREVER:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    schema_editor.execute(
        "CREATE TRIGGER trail_evidencefile_refuse_delete BEFORE DELETE ON trail_evidencefile "
        "BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END"
    )
    schema_editor.execute(
        f"CREATE TRIGGER trail_evidencefile_refuse_update BEFORE UPDATE OF {', '.join(FILE_FACTS)} "
        "ON trail_evidencefile BEGIN SELECT RAISE(ABORT, 'facts of evidence are never rewritten'); END"
    )


def _postgresql(schema_editor):
    schema_editor.execute(
        "CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', "
        "ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in FOREVER:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
        )
    schema_editor.execute(
        "CREATE TRIGGER trail_evidencefile_refuse_delete BEFORE DELETE ON trail_evidencefile "
        "FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
    )
    schema_editor.execute(
        f"CREATE TRIGGER trail_evidencefile_refuse_update BEFORE UPDATE OF {', '.join(FILE_FACTS)} "
        "ON trail_evidencefile FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
    )
    for table in (*FOREVER, "trail_evidencefile"):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()"
        )


def set_triggers(apps, schema_editor):
    (_postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite)(schema_editor)


def lift_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION trail_refuse() CASCADE")
        return
    for table in (*FOREVER, "trail_evidencefile"):
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_refuse_{verb}")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [migrations.RunPython(set_triggers, lift_triggers)]
