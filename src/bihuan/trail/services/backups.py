"""Back up and restore the whole installation: database, evidence, seals and key, by one command each."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from bihuan.trail.archive import BadArchive, unpack, writing
from bihuan.trail.rules import instant_text

SQLITE_FILE: Final = "database/bihuan.sqlite3"
POSTGRESQL_FILE: Final = "database/bihuan.dump"
FILES: Final = "files"
SEALS: Final = "seals"
KEY: Final = "secret.key"
SQLITE_BESIDE: Final = ("", "-wal", "-shm")


class CannotRestore(RuntimeError):  # noqa: N818 -- reads as what it says
    """Nothing was restored; the message says why and what to do."""


class CannotBackUp(RuntimeError):  # noqa: N818 -- reads as what it says
    """Nothing was backed up; the message says why and what to do."""


def back_up(target: Path, *, now: datetime) -> int:
    """Write one archive of everything while the product runs; return how many files it holds.

    The database is copied first, as of one instant. Evidence is on disk before its row is written and never changes,
    so whatever the copy names is there when the files are added.
    """
    if target.exists():
        raise CannotBackUp(f"{target} is already there; give another name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    facts = {"made_at": instant_text(now), "vendor": connection.vendor, "migrations": _applied()}
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder, writing(target, facts) as archive:
        copy = Path(folder) / "database"
        if connection.vendor == "sqlite":
            _copy_sqlite(copy)
            archive.add(copy, SQLITE_FILE)
        else:
            _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={copy}", _database_name()])
            archive.add(copy, POSTGRESQL_FILE)
        archive.add_tree(Path(settings.MEDIA_ROOT), FILES)
        archive.add_tree(Path(settings.HOME) / SEALS, SEALS)
        if (Path(settings.HOME) / KEY).is_file():
            archive.add(Path(settings.HOME) / KEY, KEY)
        return len(archive.members)


def _copy_sqlite(copy: Path) -> None:
    """Copy by SQLite's own online backup, in one read of the write-ahead log: writers go on meanwhile."""
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as into:
        connection.connection.backup(into)
        into.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def _applied() -> list[str]:
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


def restore(source: Path, *, replace: bool = False) -> None:
    """Bring an archive back into an empty HOME and database, every hash checked before anything is put in place.

    replace: move what is there aside (`…before-restore`) instead of refusing. The product must not be running.
    """
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    occupied = _occupied(home)
    if occupied and not replace:
        raise CannotRestore(f"{', '.join(occupied)} is not empty. Restore into an empty HOME, or say --replace.")
    with _unpacked(source, home) as (folder, manifest):
        _check_fits(manifest)
        connections.close_all()
        if connection.vendor == "sqlite":
            _put_sqlite(folder / SQLITE_FILE)
        else:
            clean = ["--clean", "--if-exists"] if occupied else []
            name = _database_name()
            options = [*clean, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
            _run("pg_restore", [*options, f"--dbname={name}", str(folder / POSTGRESQL_FILE)])
        _put(folder / FILES, Path(settings.MEDIA_ROOT))
        _put(folder / SEALS, home / SEALS)
        _put(folder / KEY, home / KEY)


@contextmanager
def _unpacked(source: Path, home: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    with TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        try:
            manifest = unpack(source, Path(folder))
        except BadArchive as bad:
            raise CannotRestore(f"{bad}. Nothing was changed; use another backup.") from bad
        yield Path(folder), manifest


def _check_fits(manifest: dict[str, Any]) -> None:
    if manifest["vendor"] != connection.vendor:
        raise CannotRestore(
            f"The backup was made of {manifest['vendor']}, but BIHUAN_DATABASE names {connection.vendor}. "
            f"Set BIHUAN_DATABASE to an empty {manifest['vendor']} database."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes}
    newer = sorted(set(manifest["migrations"]) - known)
    if newer:
        raise CannotRestore(f"The backup was made by another version of Bihuan ({newer[0]}); install that one first.")


def _occupied(home: Path) -> list[str]:
    """Return what already holds data."""
    places = [Path(settings.MEDIA_ROOT), home / SEALS]
    found = [str(place) for place in places if place.is_dir() and any(place.iterdir())]
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        return [*found, str(file)] if file.exists() else found
    tables = connection.introspection.table_names()
    return [*found, f"database {_database_name()}"] if tables else found


def _put_sqlite(copy: Path) -> None:
    file = Path(str(connection.settings_dict["NAME"]))
    for ending in SQLITE_BESIDE:
        _aside(Path(f"{file}{ending}"))
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(copy, file)


def _put(source: Path, target: Path) -> None:
    _aside(target)
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)


def _aside(path: Path) -> None:
    """Move what is there out of the way, never over something older."""
    if not path.exists():
        return
    number = 1
    while (aside := path.with_name(f"{path.name}.before-restore-{number}")).exists():
        number += 1
    path.rename(aside)


def _database_name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, arguments: list[str]) -> None:
    """Run one of PostgreSQL's programs as the user of the settings; the password travels in the environment only."""
    found = _find(program)
    given = connection.settings_dict
    names = (("HOST", "PGHOST"), ("PORT", "PGPORT"), ("USER", "PGUSER"), ("PASSWORD", "PGPASSWORD"))
    environment = os.environ | {variable: str(given[name]) for name, variable in names if given.get(name)}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our own arguments
    if done.returncode:
        raise CannotBackUp(f"{program} failed: {done.stderr.strip()[-400:]}")


def _find(program: str) -> str:
    """Return the newest of PostgreSQL's programs on this machine."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(program)
    if not found:
        raise CannotBackUp(f"{program} was not found; install PostgreSQL's client programs (postgresql-client).")
    return found
