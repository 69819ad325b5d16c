"""What commands need that work on a database that is there already."""

from pathlib import Path
from typing import Any, Final

from django.core.management import BaseCommand
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

BEGIN: Final = "Begin with `bihuan up` or `bihuan init`, or set BIHUAN_HOME to where the product runs."


class DatabaseCommand(BaseCommand):
    """A command that is refused with one sentence, before anything is made, where there is no database of ours."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Look for the database, then run."""
        lacking = what_is_lacking()
        if lacking:
            raise CommandError(lacking)
        return super().execute(*args, **options)


def what_is_lacking() -> str:
    """Return why no command can work here, or "": no file, no answer, no tables."""
    place = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and not place.startswith(("file:", ":memory:"))
    if is_file and not Path(place).is_file():  # connecting would make an empty one
        return f"There is no database at {place}. {BEGIN}"
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        return f"The database does not answer: {str(error).strip()}. Check BIHUAN_DATABASE and BIHUAN_HOME."
    if "trail_event" not in tables:
        return f"The database {place} has no tables of ours. {BEGIN}"
    return ""
