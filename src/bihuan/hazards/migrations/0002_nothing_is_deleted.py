"""Triggers in both databases: nothing is deleted (L10), an ended round is never touched (L9), the first deadline stays (L6)."""

from django.db import migrations

KEPT = (
    "hazards_hazard", "hazards_round", "hazards_hazardfile", "hazards_extension", "hazards_reinspection",
    "hazards_listing", "hazards_listingrecord", "hazards_transfer", "hazards_invalidation", "hazards_levelchange",
    "hazards_samekindtask", "hazards_samekindreply", "hazards_selfreport",
)  # fmt: skip


def _sqlite(schema_editor):
    for table in KEPT:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuse_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is never deleted from'); END"
        )
    schema_editor.execute(
        "CREATE TRIGGER hazards_round_refuse_update BEFORE UPDATE ON hazards_round WHEN OLD.result <> '' "
        "BEGIN SELECT RAISE(ABORT, 'an ended round is never touched'); END"
    )
    schema_editor.execute(
        "CREATE TRIGGER hazards_hazard_keep_first BEFORE UPDATE OF first_deadline ON hazards_hazard "
        "WHEN OLD.first_deadline IS NOT NULL AND NEW.first_deadline IS NOT OLD.first_deadline "
        "BEGIN SELECT RAISE(ABORT, 'the first deadline is kept for ever'); END"
    )


def _postgresql(schema_editor):
    schema_editor.execute(
        "CREATE FUNCTION hazards_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' keeps what it has', "
        "ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in KEPT:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuse_delete BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION hazards_refuse()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hazards_refuse()"
        )
    schema_editor.execute(
        "CREATE TRIGGER hazards_round_refuse_update BEFORE UPDATE ON hazards_round "
        "FOR EACH ROW WHEN (OLD.result <> '') EXECUTE FUNCTION hazards_refuse()"
    )
    schema_editor.execute(
        "CREATE TRIGGER hazards_hazard_keep_first BEFORE UPDATE OF first_deadline ON hazards_hazard FOR EACH ROW "
        "WHEN (OLD.first_deadline IS NOT NULL AND NEW.first_deadline IS DISTINCT FROM OLD.first_deadline) "
        "EXECUTE FUNCTION hazards_refuse()"
    )


def set_triggers(apps, schema_editor):
    (_postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite)(schema_editor)


def lift_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION hazards_refuse() CASCADE")
        return
    for name in (*(f"{table}_refuse_delete" for table in KEPT), "hazards_round_refuse_update", "hazards_hazard_keep_first"):
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("hazards", "0001_initial")]

    operations = [migrations.RunPython(set_triggers, lift_triggers)]
