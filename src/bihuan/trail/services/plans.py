"""Keep the database's idea of its own tables true, by which it chooses its ways through them."""

from typing import Final

from django.db import connection, transaction

ROWS_LOOKED_AT: Final = 1_000  # of each index: a second for a million hazards, where all rows take many minutes


@transaction.atomic
def learn_sizes() -> None:
    """Let SQLite look at a sample of its tables anew; PostgreSQL does so by itself (autovacuum)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
