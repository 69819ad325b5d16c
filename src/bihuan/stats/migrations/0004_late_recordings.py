"""What was recorded after the day that it counts for, by both days, so that a past day is as it was known then."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# WITHOUT ROWID: the table is one tree in the order of its primary key (ADR 0018).
SQLITE = """
CREATE TABLE stats_cubelate (
    "key" varchar(160) NOT NULL, "measure" varchar(48) NOT NULL, "level" varchar(16) NOT NULL,
    "on" date NOT NULL, "fact" date NOT NULL, "amount" bigint NOT NULL,
    PRIMARY KEY ("key", "measure", "level", "on", "fact"),
    CONSTRAINT "cube_late_is_late" CHECK ("fact" < "on")
) WITHOUT ROWID
"""


def make(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table, on either database, in the migration's transaction; the cube is filled anew by `bihuan up`."""
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE)
    else:
        editor.create_model(apps.get_model("stats", "CubeLate"))


class Migration(migrations.Migration):
    """The table is made by hand on SQLite, and its state told beside it."""

    dependencies = [("stats", "0003_cube_made")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="CubeLate",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "key",
                                "measure",
                                "level",
                                "on",
                                "fact",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("key", models.CharField(max_length=160)),
                        ("measure", models.CharField(max_length=48)),
                        ("level", models.CharField(default="", max_length=16)),
                        ("on", models.DateField()),
                        ("fact", models.DateField()),
                        ("amount", models.BigIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fact__lt", models.F("on"))), name="cube_late_is_late"
                            )
                        ]
                    },
                ),
            ],
        ),
        migrations.RunPython(make, elidable=False),
    ]
