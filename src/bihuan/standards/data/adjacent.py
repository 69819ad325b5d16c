"""The standards of neighbouring fields that are not held, read without Django."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from bihuan.standards.rules.determine import Adjacent

FILE: Final = "adjacent.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read_adjacent() -> tuple[Adjacent, ...]:
    """Read them, in the order of the file."""
    text = files("bihuan.standards.data").joinpath(FILE).read_text("utf-8")
    book = yaml.load(text, Loader=_LOADER)  # noqa: S506 -- a safe loader
    return tuple(
        Adjacent(
            field=one["field"],
            title=one["title"],
            document_number=one["document_number"],
            asks=one["asks"],
            words=tuple(one["words"]),
            trades=tuple(one["trades"]),
            unless=tuple(one["unless"]),
            effective_on=_date(one["from"]),
            effective_until=_date(one["until"]),
            confidence=one["confidence"],
        )
        for one in book["standards"]
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
