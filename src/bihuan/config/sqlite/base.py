"""Django's SQLite backend; write transactions will pass one door here (design, section 7)."""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as we run it."""
