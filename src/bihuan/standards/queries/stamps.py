"""The tokens by which a process knows whether what it keeps is still what the database holds."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db import connection

from bihuan.standards.models import Stamp

# Asked several times on every request: plain SQL costs a tenth of a query set here (18 µs for 176 µs).
_ASK: Final = f"SELECT scope, token FROM {Stamp._meta.db_table} WHERE scope IN "  # noqa: S608 -- our own table


def draw(scopes: Sequence[str]) -> Mapping[str, object]:
    """Return the tokens of these stamps by scope; only good for telling same from other. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ASK}({', '.join(['%s'] * len(scopes))})", scopes)
        return dict(cursor.fetchall())
