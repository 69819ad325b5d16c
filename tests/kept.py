"""What many tests begin with: made by the services once in a worker, later put back row by row.

A town is some 600 statements and a fifth of a second; its 200 rows are put back in a hundredth. Only into an empty
database: where a test has already written something, what it asks for is made by the services as before.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, ParamSpec, TypeVar

from django.db import connection

Given = ParamSpec("Given")
Made = TypeVar("Made")

# Tables that are filled by the migrations themselves.
FROM_THE_BEGINNING = frozenset({"auth_permission", "django_content_type", "django_migrations"})

Rows = dict[str, Any]  # by table: one block as COPY writes it on PostgreSQL, a list of rows on SQLite
_kept: dict[tuple[Any, ...], tuple[Any, Rows]] = {}


def made_once(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Keep the rows that `make` leaves in an empty database, by its arguments, and put them back the next time."""

    @functools.wraps(make)
    def made(*given: Given.args, **named: Given.kwargs) -> Made:
        if not connection.in_atomic_block or _filled():
            return make(*given, **named)
        key = (make, given, tuple(sorted(named.items())))
        if key not in _kept:
            result = make(*given, **named)
            _kept[key] = deepcopy(result), {table: _read(table) for table in _filled()}
            return result
        result, rows = _kept[key]
        with _as_they_were():
            for table, block in rows.items():
                _put_back(table, block)
        return deepcopy(result)

    return made


def _filled() -> list[str]:
    """Return the tables in which there is a row."""
    tables = _tables()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a question about each table costs more than the answer: 10 ms
            cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
            if cursor.fetchone()[0]:  # nothing was written since the test began
                return []
        asked = ", ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables)  # noqa: S608 -- our own tables
        cursor.execute(f"SELECT {asked}")
        return [table for table, filled in zip(tables, cursor.fetchone(), strict=True) if filled]


@contextmanager
def _as_they_were() -> Iterator[None]:
    """Let PostgreSQL not ask again of each row whether the rows exist that it names: they did when it was made."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


@functools.cache
def _tables() -> list[str]:
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(found) - FROM_THE_BEGINNING)


def _read(table: str) -> Any:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                return b"".join(copy)
        # "+" does nothing to a value and takes its column's type away: the driver hands it out as it lies there.
        names = ", ".join(f"+{name}" for name in _columns(table))
        cursor.execute(f'SELECT {names} FROM "{table}"')  # noqa: S608 -- our own table
        return cursor.fetchall()


def _put_back(table: str, block: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(block)
            return
        names = _columns(table)
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({marks})', block)  # noqa: S608 -- our own table


@functools.cache
def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')  # noqa: S608 -- our own table
        return [f'"{name}"' for name, *_ in cursor.description]
