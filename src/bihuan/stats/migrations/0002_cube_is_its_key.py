"""A cell of the cube is its key: the number that named it and the tree beside the table go (ADR 0018)."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CELLS = 'key, measure, level, grain, "on", amount'
# WITHOUT ROWID: the table is one tree in the order of its primary key.
SQLITE = (
    """
    CREATE TABLE stats_cube_new (
        "key" varchar(160) NOT NULL, "measure" varchar(48) NOT NULL, "level" varchar(16) NOT NULL,
        "grain" varchar(1) NOT NULL, "on" date NOT NULL, "amount" bigint NOT NULL,
        PRIMARY KEY ("key", "measure", "grain", "level", "on"),
        CONSTRAINT "cube_day_or_month" CHECK ("grain" IN ('d', 'm'))
    ) WITHOUT ROWID
    """,
    f'INSERT INTO stats_cube_new ({CELLS}) SELECT {CELLS} FROM stats_cube ORDER BY key, measure, grain, level, "on"',
    "DROP TABLE stats_cube",
    "ALTER TABLE stats_cube_new RENAME TO stats_cube",
)
POSTGRESQL = (
    "ALTER TABLE stats_cube DROP COLUMN id",
    "ALTER TABLE stats_cube DROP CONSTRAINT cube_one_cell",
    'ALTER TABLE stats_cube ADD CONSTRAINT stats_cube_pkey PRIMARY KEY (key, measure, grain, level, "on")',
)


def rebuild(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Turn the table into its key, on either database, in the migration's transaction."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Django has no way from a number to a composite key, so the table is made by hand and its state told beside it."""

    dependencies = [("stats", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(rebuild, elidable=False)],
            state_operations=[
                migrations.DeleteModel(name="Cube"),
                migrations.CreateModel(
                    name="Cube",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "key",
                                "measure",
                                "grain",
                                "level",
                                "on",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("key", models.CharField(max_length=160)),
                        ("measure", models.CharField(max_length=48)),
                        ("level", models.CharField(default="", max_length=16)),
                        ("grain", models.CharField(max_length=1)),
                        ("on", models.DateField()),
                        ("amount", models.BigIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("grain__in", ["d", "m"])), name="cube_day_or_month"
                            )
                        ]
                    },
                ),
            ],
        ),
    ]
