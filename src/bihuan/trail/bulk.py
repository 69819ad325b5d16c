"""Insert many rows of any model, exactly as the ORM would write them, without its cost per value.

Rooms may import this file, as they may `scoped.py`. Defaults, database functions and `save()` hooks are not run:
the rows are complete.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, models

Prepare = Callable[[Any], Any]


def insert_many(rows: Iterable[models.Model]) -> None:
    """Insert new rows, model by model in the order of their first row: `executemany` on SQLite, COPY on PostgreSQL.

    Every column of each row must be set; the primary key too, so that nothing has to be read back.
    """
    groups: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        groups[type(row)].append(row)
    for model, group in groups.items():
        _insert(model, group)


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = prepared(fields, rows)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # COPY speaks with the driver itself, so its errors are made Django's here, as they are everywhere else
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for one in values:
                    copy.write_row(one)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values))  # noqa: S608 -- names of our own models


def prepared(fields: Sequence[Any], rows: Iterable[models.Model]) -> Iterator[tuple[Any, ...]]:
    """Yield the values of these columns of each row, as they are handed to the driver."""
    columns = [(field.attname, _prepare_of(field)) for field in fields]
    for row in rows:
        kept = row.__dict__
        yield tuple([prepare(kept[name]) if prepare else kept[name] for name, prepare in columns])


def _prepare_of(field: Any) -> Prepare | None:
    """Return how a column's value is handed to the driver; None where it goes as it is."""
    if field.is_relation:
        return _prepare_of(field.target_field)
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.UUIDField):
        return None if connection.features.has_native_uuid_field else _hex
    if isinstance(field, models.DateField | models.DecimalField):  # and DateTimeField, which is a DateField
        return lru_cache(maxsize=512)(lambda value: field.get_db_prep_save(value, connection))
    if isinstance(field, models.CharField | models.TextField):
        return _text
    return None


def _json(value: Any) -> str | None:
    if value is None:
        return None
    if not value:
        return "[]" if isinstance(value, list | tuple) else "{}" if isinstance(value, dict) else json.dumps(value)
    return json.dumps(value)


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _text(value: Any) -> Any:
    """Return a plain text; an enum member is its value."""
    return value if value is None or type(value) is str else str(value)
