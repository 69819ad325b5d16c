"""Every address of the product, for the tests that walk all of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

NOBODY = UUID("00000000-0000-7000-8000-000000000000")
TAKEN = {200, 302, 303, 400, 403, 404, 405, 422}  # how an address may answer
PLAIN = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": str(NOBODY)}


@dataclass(frozen=True, slots=True)
class Address:
    """One address. route: as declared; name: its full name; blanks: name → kind of what is filled in."""

    route: str
    name: str
    blanks: tuple[tuple[str, str], ...]

    def filled(self, given: Mapping[str, str] | None = None) -> str:
        """Return the path with its blanks filled: by kind, or with what is given by name."""
        path = self.route
        for name, kind in self.blanks:
            path = re.sub(rf"<(?:\w+:)?{name}>", (given or {}).get(name, PLAIN.get(kind, "x")), path)
        return f"/{path}"

    @property
    def ids(self) -> list[str]:
        """Return the names of the blanks that hold an id."""
        return [name for name, kind in self.blanks if kind == "uuid"]

    def __str__(self) -> str:
        """Show the route."""
        return f"/{self.route}"


def addresses() -> list[Address]:
    """Return every address that is wired."""
    return list(_below(get_resolver().url_patterns, "", ""))


def _below(patterns: list[URLPattern | URLResolver], route: str, space: str) -> Iterator[Address]:
    for pattern in patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (space, pattern.namespace) if part)
            yield from _below(pattern.url_patterns, whole, inner)
            continue
        blanks = tuple((name, kind or "str") for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", whole))
        yield Address(whole, f"{space}:{pattern.name}" if space else str(pattern.name), blanks)
