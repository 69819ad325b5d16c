"""Which rows an act wrote, seen by the database itself; and the same rows written bare, for the ratio.

SQLite only. Triggers note table and row of every INSERT and UPDATE while the product acts; afterwards the rows are read
as they have become. Written bare means: the same rows grouped by table, in one transaction under the same pragmas.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=OFF",  # a gift to the bare side: it need not look up what the product must
    "PRAGMA cache_size=-65536",
    "PRAGMA mmap_size=268435456",
)
NOTED = "bench_noted"
ROWID = ("rowid",)


@dataclass(frozen=True, slots=True)
class Written:
    """One row as an act left it.

    names, key: what finds it, its rowid or the primary key of a table that has none.
    columns, values: in the order of the table.
    """

    table: str
    is_new: bool
    names: tuple[str, ...]
    key: tuple[object, ...]
    columns: tuple[str, ...]
    values: tuple[object, ...]


def open_database(file: Path) -> sqlite3.Connection:
    """Open as the product does; transactions by hand."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=60)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    return connection


def watch(connection: sqlite3.Connection) -> None:
    """Have the database note every row that is written from now on."""
    connection.execute(f"CREATE TABLE {NOTED} (id INTEGER PRIMARY KEY, tbl TEXT, is_new INTEGER, row TEXT)")
    for table in _tables(connection):
        key = ", ".join(f'NEW."{name}"' for name in _key(connection, table))
        for word, is_new in (("INSERT", 1), ("UPDATE", 0)):
            connection.execute(
                f'CREATE TRIGGER "bench_{word}_{table}" AFTER {word} ON "{table}" BEGIN'
                f" INSERT INTO {NOTED} (tbl, is_new, row) VALUES ('{table}', {is_new}, json_array({key})); END"
            )


def written_since(connection: sqlite3.Connection, mark: int) -> tuple[list[Written], int]:
    """Return the rows written after a mark, each once, as they are now; and the new mark."""
    asked = f"SELECT id, tbl, is_new, row FROM {NOTED} WHERE id > ? ORDER BY id"
    notes = connection.execute(asked, (mark,)).fetchall()
    first: dict[tuple[str, str], bool] = {}
    for _, table, is_new, row in notes:
        first.setdefault((table, row), bool(is_new))
    found = []
    columns = {table: tuple(_columns(connection, table)) for table, _ in first}
    names = {table: _key(connection, table) for table in columns}
    for (table, row), is_new in first.items():
        key = tuple(json.loads(row))
        values = connection.execute(f'SELECT * FROM "{table}" WHERE {_where(names[table], "?")}', key).fetchone()
        if values is not None:
            found.append(Written(table, is_new, names[table], key, columns[table], tuple(values)))
    return found, notes[-1][0] if notes else mark


def statements(rows: Iterable[Written], *, mark: str = "?") -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Yield what writes these rows: one statement with its rows per table and kind."""
    groups: dict[tuple[str, bool], list[Written]] = {}
    for row in rows:
        groups.setdefault((row.table, row.is_new), []).append(row)
    for (table, is_new), group in groups.items():
        columns, key = group[0].columns, group[0].names
        beside = key if key == ROWID else ()  # a primary key is among the columns
        if is_new:
            names = ", ".join(f'"{name}"' for name in (*beside, *columns))
            marks = ", ".join([mark] * (len(columns) + len(beside)))
            values = [(*(row.key if beside else ()), *row.values) for row in group]
            yield f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values
        else:
            changes = ", ".join(f'"{name}" = {mark}' for name in columns)
            statement = f'UPDATE "{table}" SET {changes} WHERE {_where(key, mark)}'
            yield statement, [(*row.values, *row.key) for row in group]


def write_bare(connection: sqlite3.Connection, rows: Iterable[Written]) -> None:
    """Write the same rows in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for statement, values in statements(rows):
        connection.executemany(statement, values)
    connection.execute("COMMIT")


def count_by_table(rows: Sequence[Written]) -> dict[str, int]:
    """Return how many rows each table got, for the report."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.table] = counts.get(row.table, 0) + 1
    return dict(sorted(counts.items()))


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%'"
    )
    return [row[0] for row in connection.execute(query) if row[0] != NOTED]


def _key(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Return what names a row of a table: the primary key where the table is one tree without a rowid."""
    made = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    if not made.rstrip().upper().endswith("WITHOUT ROWID"):
        return ROWID
    parts = [(row[5], row[1]) for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]
    return tuple(name for _, name in sorted(parts))


def _where(names: Sequence[str], mark: str) -> str:
    return " AND ".join(f'"{name}" = {mark}' for name in names)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
