"""Which columns of an event its hash covers."""

from typing import Final

from bihuan.trail.models import Event

FIELDS: Final = tuple(Event._meta.concrete_fields)
HASHED: Final = tuple(field.attname for field in FIELDS if field.attname not in {"prev_hash", "hash", "day"})
