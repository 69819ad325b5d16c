"""The packaged checklists and the laws that they cite, read without Django."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bihuan.standards.rules import Basis, CheckItem, Checklist, Law, feature_of, sectors_of

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadChecklist(ValueError):  # noqa: N818 -- the data are bad, not the program
    """A packaged checklist names a law, sector or feature that is not known."""


@cache
def read_laws() -> Mapping[str, Law]:
    """Read the laws that checklists cite, by id."""
    return {item["id"]: _law(item) for item in _read(files(__package__).joinpath("laws.yaml"))["laws"]}


@cache
def read_checklists() -> tuple[Checklist, ...]:
    """Read all packaged checklists in the order of their names."""
    found = [file for file in files(__package__).joinpath("checklists").iterdir() if file.name.endswith(".yaml")]
    return tuple(_checklist(_read(file)) for file in sorted(found, key=lambda file: file.name))


def _read(file: Any) -> Mapping[str, Any]:
    book: Mapping[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 -- a safe loader
    return book


def _law(item: Mapping[str, Any]) -> Law:
    until = item["in_force_until"]
    return Law(
        id=item["id"],
        title=item["title"],
        document_number=item["document_number"],
        in_force_from=date.fromisoformat(item["in_force_from"]),
        in_force_until=date.fromisoformat(until) if until else None,
        compared=item["compared"] or "",
    )


def _checklist(book: Mapping[str, Any]) -> Checklist:
    head = book["checklist"]
    sectors = [sectors_of(word) for word in head["sectors"]]
    features = [feature_of(word) for word in head["features"]]
    if not all(sectors) or None in features:
        raise BadChecklist(f"{head['id']}: unknown sector or feature")
    until = head["valid_until"]
    return Checklist(
        id=head["id"],
        title=head["title"],
        sectors=frozenset().union(*sectors),
        features=frozenset(feature for feature in features if feature is not None),
        valid_from=date.fromisoformat(head["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
        note=head["note"],
        items=tuple(_item(item) for item in book["items"]),
    )


def _item(item: Mapping[str, Any]) -> CheckItem:
    return CheckItem(
        id=item["id"],
        look_at=item["look_at"],
        how=item["how"],
        basis=tuple(_basis(one) for one in item["basis"]),
        criteria=tuple(item["criteria"]),
    )


def _basis(one: Mapping[str, Any]) -> Basis:
    law = read_laws().get(one["law"])
    if law is None:
        raise BadChecklist(f"unknown law {one['law']}")
    return Basis(law=law, article=one["article"], confidence=one["confidence"])
