"""Look before serving: a database that could lose or rewrite proof is refused with one sentence."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

NETWORK_SYSTEMS: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
)
OLDEST_SQLITE: Final = (3, 35, 0)
DRIVE_REMOTE: Final = 4  # Windows: GetDriveTypeW
TRIGGERED_TABLES: Final = frozenset({"trail_event", "trail_seal", "trail_evidencefile"})


class UnsafeDatabase(RuntimeError):  # noqa: N818 -- the database is unsafe; the program is not
    """The database must not be served from as it is; the message says why and what to set."""


def check_database(alias: str = "default") -> None:
    """Refuse a database that could lose or rewrite what was recorded; `bihuan up` calls it before serving."""
    for problem in problems(connections[alias], serving=True):
        raise UnsafeDatabase(problem)


def system_check(*, databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """Say the same as a system check of Django (`bihuan check --database default`)."""
    found = [problem for alias in databases or () for problem in problems(connections[alias], serving=False)]
    return [checks.Error(problem, id="trail.E001") for problem in found]


def problems(connection: BaseDatabaseWrapper, *, serving: bool) -> Iterator[str]:
    """Yield what is wrong. serving: also what matters only to a database that is served from and was migrated."""
    if connection.vendor == "postgresql":
        yield from _postgresql_problems(connection)
    else:
        yield from _sqlite_problems(connection)
    if serving:
        yield from _missing_triggers(connection)


def _sqlite_problems(connection: BaseDatabaseWrapper) -> Iterator[str]:
    options = connection.settings_dict["OPTIONS"]
    mode = str(options.get("transaction_mode") or "DEFERRED").upper()
    if mode not in {"IMMEDIATE", "EXCLUSIVE"}:
        yield f"SQLite's transaction_mode is {mode}, which loses writes to 'database is locked'; set IMMEDIATE."
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined] # the driver's module
    if version < OLDEST_SQLITE:
        yield f"This Python carries SQLite {'.'.join(map(str, version))}, which is older than 3.35; use a newer Python."
    yield from _pragma_problems(connection)
    name = str(connection.settings_dict["NAME"])
    kind = network_system(Path(name))
    if kind:
        yield f"The SQLite file {name} lies on a network file system ({kind}), where locks fail; use a local disk."


def _pragma_problems(connection: BaseDatabaseWrapper) -> Iterator[str]:
    wanted: tuple[tuple[str, set[str], str], ...] = (
        ("journal_mode", {"wal", "memory"}, "WAL"),  # "memory" is what a database in memory answers
        ("synchronous", {"2", "3"}, "FULL"),
        ("foreign_keys", {"1"}, "ON"),
        ("recursive_triggers", {"1"}, "ON"),
    )
    for pragma, allowed, should in wanted:
        with connection.cursor() as cursor:
            found = str(cursor.execute(f"PRAGMA {pragma}").fetchone()[0])
        on_disk_memory = pragma == "journal_mode" and found == "memory" and not _in_memory(connection)
        if found not in allowed or on_disk_memory:
            yield f"SQLite's {pragma} is {found}, so proof could be lost or rewritten; set PRAGMA {pragma}={should}."


def _in_memory(connection: BaseDatabaseWrapper) -> bool:
    return bool(connection.is_in_memory_db())  # type: ignore[attr-defined] # only SQLite's wrapper has it


def _postgresql_problems(connection: BaseDatabaseWrapper) -> Iterator[str]:
    for setting, refused in (("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off")):
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {setting}")
            found = cursor.fetchone()[0]
        if found == refused:
            yield f"PostgreSQL's {setting} is {found}, so an acknowledged act could be lost; switch it on."
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        yield f"PostgreSQL's database is encoded in {encoding}; create it with ENCODING 'UTF8'."


def _missing_triggers(connection: BaseDatabaseWrapper) -> Iterator[str]:
    query = {
        "postgresql": (
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        ),
        "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        guarded = {row[0] for row in cursor.fetchall()}
    missing = sorted(TRIGGERED_TABLES - guarded)
    if missing:
        yield f"The append-only triggers of {', '.join(missing)} are missing; restore a backup and run verify_trail."


def network_system(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Return the kind of network file system a path lies on, "" for a local one or where nobody can tell."""
    if sys.platform == "win32":
        return "network drive" if _drive_type(path) == DRIVE_REMOTE else ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    target = os.path.realpath(path)
    best, kind = "", ""
    for line in lines:
        point, system = line.split(" ")[1:3]
        point = point.replace("\\040", " ")
        if len(point) >= len(best) and (target == point or target.startswith(point.rstrip("/") + "/")):
            best, kind = point, system
    return kind if kind in NETWORK_SYSTEMS else ""


def _drive_type(path: Path) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(path.absolute().anchor))
