"""Make and insert many rows of any model, exactly as the ORM would write them, without its cost per value.

Rooms may import this file, as they may `scoped.py`. Database functions and `save()` hooks are not run: the rows are
complete.
"""

import gc
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.base import ModelState

Prepare = Callable[[Any], Any]
Row = TypeVar("Row", bound=models.Model)
PART: Final = 500  # rows turned into columns at a time, so that they are still at hand when they are written


def new_row(model: type[Row], **columns: Any) -> Row:
    """Return a new, unsaved row as `model(**columns)` would, for a tenth of its cost.

    columns: by attribute as the table has it, so `hazard_id` and not `hazard`. No signals are sent. Raises TypeError
    for a column that the model does not have.
    """
    defaults, made = _defaults(model)
    row = model.__new__(model)
    values = row.__dict__
    values.update(defaults, _state=ModelState())
    values.update(columns)
    if len(values) != len(defaults) + 1:
        raise TypeError(f"{model.__name__} has no column {', '.join(sorted(columns.keys() - defaults.keys()))}")
    for name, make in made:
        if name not in columns:
            values[name] = make()
    return row


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Return every column with its default, and those whose default has to be made for each row."""
    fields = model._meta.concrete_fields
    made = tuple((field.attname, field.default) for field in fields if field.has_default() and callable(field.default))
    return {field.attname: field.get_default() for field in fields}, made


@contextmanager
def many_rows() -> Iterator[None]:
    """Keep Python from looking for dead cycles while an act makes tens of thousands of rows, all of them alive.

    Worth a fifth of such an act. Whoever found the collector running starts it again, so that two threads at once
    leave it running.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def insert_many(rows: Iterable[models.Model]) -> None:
    """Insert new rows, model by model in the order of their first row: `executemany` on SQLite, COPY on PostgreSQL.

    Every column of each row must be set; a primary key that the database counts up is left to it, and not read back.
    """
    groups: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        groups[type(row)].append(row)
    for model, group in groups.items():
        _insert(model, group)


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if not _is_counted_up(field, rows[0])]
    names = ", ".join(f'"{field.column}"' for field in fields)
    parts = (prepared(fields, rows[start : start + PART]) for start in range(0, len(rows), PART))
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # COPY speaks with the driver itself, so its errors are made Django's here, as they are everywhere else
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for one in chain.from_iterable(parts):
                    copy.write_row(one)
            return
        marks = ", ".join(["%s"] * len(fields))
        for part in parts:
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(part))  # noqa: S608 -- names of our own models


def _is_counted_up(field: Any, row: models.Model) -> bool:
    return isinstance(field, models.AutoField) and row.pk is None


def prepared(fields: Sequence[Any], rows: Sequence[models.Model]) -> Iterable[tuple[Any, ...]]:
    """Return the values of these columns of each row, as they are handed to the driver."""
    if not fields:
        return repeat((), len(rows))
    kept = [row.__dict__ for row in rows]
    return zip(*(_column(field, list(map(itemgetter(field.attname), kept))) for field in fields), strict=True)


def _column(field: Any, values: Sequence[Any]) -> Iterable[Any]:
    """Return a column as it is handed to the driver; a value that rows share is prepared once."""
    if isinstance(field, models.JSONField):
        return _texts(values)
    prepare = _prepare_of(field)
    if prepare is None or not values:
        return values
    if values.count(values[0]) == len(values):
        return repeat(prepare(values[0]), len(values))
    return map(prepare, values)


def _texts(values: Sequence[Any]) -> Iterator[str | None]:
    """Yield JSON; the same object many times over is written down once. Equal is not enough: 1 equals true."""
    last, text = None, _json(None)
    for value in values:
        if value is not last:
            last, text = value, _json(value)
        yield text


def _prepare_of(field: Any) -> Prepare | None:
    """Return how a column's value is handed to the driver; None where it goes as it is."""
    if field.is_relation:
        return _prepare_of(field.target_field)
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
