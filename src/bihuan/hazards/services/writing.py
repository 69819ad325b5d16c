"""Write rows in bulk: one prepared statement, many rows; compare-and-set where a person saw the row (house rule 6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection, models

from bihuan.hazards.models import Hazard
from bihuan.trail.bulk import prepared

NEVER: Final = frozenset({"id", "version"})


def changed_columns(before: Mapping[str, Any], row: models.Model) -> set[str]:
    """Return the names of the columns that differ from a copy of the row's state."""
    now = row.__dict__
    found = {name for name, value in before.items() if now[name] is not value and now[name] != value}
    return {name for name in found if name[0] != "_"} - NEVER


def compare_and_set(rows: Sequence[Hazard], columns: Iterable[str]) -> list[UUID]:
    """Write these columns of every row that still has the version read; return the ids of those that moved meanwhile.

    Every row's version in memory is raised by one. Nothing is rolled back here: the caller refuses the whole act.
    """
    names = sorted(columns)
    fields = [Hazard._meta.get_field(name) for name in names]
    sets = "".join(f'"{field.column}" = %s, ' for field in fields)  # type: ignore[union-attr] # plain columns only
    sql = f'UPDATE hazards_hazard SET {sets}"version" = "version" + 1 WHERE "id" = %s AND "version" = %s'  # noqa: S608 -- column names of our own model
    key = Hazard._meta.pk
    told = [
        (*values, key.get_db_prep_save(row.pk, connection), row.version)
        for values, row in zip(prepared(fields, rows), rows, strict=True)
    ]
    moved = _execute_many(sql, told)
    seen = {row.pk: row.version for row in rows}
    for row in rows:
        row.version += 1
    if moved == len(rows):
        return []
    written = dict(Hazard.objects.filter(pk__in=seen).values_list("pk", "version"))
    return [pk for pk, version in seen.items() if written.get(pk) != version + 1]


def update_many(updates: Iterable[tuple[type[models.Model], UUID, Mapping[str, Any]]]) -> None:
    """Write columns of other rows by primary key, one statement per model and set of columns."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[tuple[UUID, Mapping[str, Any]]]] = defaultdict(list)
    for model, pk, columns in updates:
        if columns:
            groups[model, tuple(sorted(columns))].append((pk, columns))
    for (model, names), rows in groups.items():
        fields = [model._meta.get_field(name) for name in names]
        sets = ", ".join(f'"{field.column}" = %s' for field in fields)  # type: ignore[union-attr] # plain columns only
        sql = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "id" = %s'  # noqa: S608 -- names of our own models
        key = model._meta.pk
        _execute_many(
            sql,
            [
                [
                    *(field.get_db_prep_save(columns[field.name], connection) for field in fields),  # type: ignore[union-attr] # plain columns only
                    key.get_db_prep_save(pk, connection),
                ]
                for pk, columns in rows
            ],
        )


def _execute_many(sql: str, rows: Sequence[Sequence[Any]]) -> int:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
        return int(cursor.rowcount)
