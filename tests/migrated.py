"""A migrated database that holds nothing yet: made once in a run, some seconds of work, and copied by all others."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.core import management
from django.db import connection
from tools.writers import migrated

from tests.first import folder_of_run, made_first

ON_SERVER: Final = "bihuan_migrated"


def migrated_file(folder: Path) -> Path:
    """Put a migrated SQLite file, which nobody has open, into a folder."""
    run = folder_of_run()
    return migrated(folder) if run is None else Path(shutil.copy(_file(run), folder))


@contextmanager
def migrated_once() -> Iterator[None]:
    """Let a database be migrated by copying the one that was migrated first, where processes share a run."""
    run, call = folder_of_run(), management.call_command

    def copied(name: str, *given: Any, **named: Any) -> Any:
        if run is None or name != "migrate":
            return call(name, *given, **named)
        if connection.vendor == "sqlite":
            return _read(_file(run))
        return _copied_on_server(run, lambda: call(name, *given, **named))

    management.call_command = copied
    try:
        yield
    finally:
        management.call_command = call


def _file(run: Path) -> Path:
    return made_first(run, "migrated", migrated) / "bihuan.sqlite3"


def _read(file: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as kept:
        kept.backup(connection.connection)


def _copied_on_server(run: Path, migrate: Callable[[], object]) -> None:
    ours, firsts = connection.settings_dict["NAME"], []

    def make(_: Path) -> None:
        firsts.append(ours)
        migrate()
        _copy(ours, to=ON_SERVER)

    made_first(run, "migrated-on-server", make)
    if not firsts:
        _copy(ON_SERVER, to=ours)


def _copy(name: str, *, to: str) -> None:
    """Copy a database within its server; nobody may be connected to either."""
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{to}"')
        cursor.execute(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')
