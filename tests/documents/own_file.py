"""Lets threads of a test share a database: SQLite in memory knows only one writer and no waiting, a file knows both."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def database_for_threads(folder: Path) -> Iterator[None]:
    """Point new connections to a copy of the test database in a file; PostgreSQL serves threads as it is."""
    if connection.vendor != "sqlite":
        yield
        return
    settings = connections.settings["default"]
    in_memory, in_file = settings["NAME"], str(folder / "threads.sqlite3")
    with connection.cursor() as cursor, closing(sqlite3.connect(in_file)) as copy:
        cursor.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")  # as `bihuan up` leaves it; several threads at once cannot switch to it
    settings["NAME"] = in_file
    try:
        yield
    finally:
        settings["NAME"] = in_memory
