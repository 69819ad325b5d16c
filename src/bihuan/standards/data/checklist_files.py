"""The packaged checklists and the laws that they cite, read without Django."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bihuan.standards.rules import Basis, CheckItem, Checklist, Law, feature_of, sectors_of
from bihuan.standards.rules.listing import Article, Source, SourceKind

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
        follows=item.get("follows", ""),
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


@cache
def articles_cited() -> tuple[Article, ...]:
    """Return each article that the packaged lists cite, once, in all versions of its law, with what it is cited for."""
    found: dict[tuple[tuple[str, str], ...], Article] = {}
    for item in (item for one in read_checklists() for item in one.items):
        for versions in _by_law(item.basis).values():
            key = tuple((one.law.id, one.article) for one in versions)
            cited = tuple((one.law, one.article) for one in versions)
            found.setdefault(key, Article(cited, f"{item.look_at}：{item.how}"))
    return tuple(found.values())


def _by_law(basis: tuple[Basis, ...]) -> Mapping[str, list[Basis]]:
    """Return the articles of each law: versions have one title up to its bracket, and each is in force at a time."""
    found: dict[str, list[Basis]] = {}
    for one in basis:
        title = one.law.title.partition("（")[0]
        same = [
            law for law in (known.law for known in found.get(title, ())) if law.in_force_from == one.law.in_force_from
        ]
        found.setdefault(f"{title} {one.article}" if same else title, []).append(one)
    return found


@cache
def article_versions() -> Mapping[tuple[str, str], tuple[Source, ...]]:
    """Return the same article in the other versions of its law, by law and article, as the packaged lists cite them."""
    found: dict[tuple[str, str], dict[Source, None]] = {}
    for one in articles_cited():
        sources = [Source(SourceKind.LAW, law.id, article) for law, article in one.versions]
        for source in sources:
            others = found.setdefault((source.ref, source.article), {})
            others |= dict.fromkeys(other for other in sources if other != source)
    return {key: tuple(others) for key, others in found.items()}


@cache
def confidences() -> Mapping[tuple[str, str], str]:
    """Return how sure the packaged lists are of each article that they cite, by law and article."""
    every = (basis for one in read_checklists() for item in one.items for basis in item.basis)
    return {(basis.law.id, basis.article): basis.confidence for basis in every}


@cache
def packaged_version(list_id: str) -> str:
    """Name the text of a packaged list."""
    file = files(__package__).joinpath("checklists", f"{list_id}.yaml")
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
