"""Column types that every room uses. Other rooms may import this file."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable

PATH_LENGTH = 96

if TYPE_CHECKING:
    _Text = models.CharField[str | int | Combinable, str]
else:
    _Text = models.CharField


class PathField(_Text):
    """A materialised unit path such as `/32/04/13/101/`, compared byte by byte in every database.

    PostgreSQL needs the C collation for that (a locale would sort "0" and "/" its own way); SQLite compares bytes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", PATH_LENGTH)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Return the column's type, with the C collation on PostgreSQL."""
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters
