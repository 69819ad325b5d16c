"""The own words of towns and of the units above them: what holds where, and what stands on record."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.paths import ancestors
from bihuan.standards.models import OwnWord
from bihuan.standards.rules.teaching import Lesson, Target, Taught, home_of, teaching_path

MOST_KEPT: Final = 512  # towns whose words a process keeps
_kept: dict[str, tuple[tuple[object, ...], frozenset[Lesson]]] = {}


def words_stamp(path: str) -> str:
    """Return the scope of the stamp of a unit's own words."""
    return f"words:{sha256(path.encode()).hexdigest()[:32]}"


def stamps_at(path: str) -> list[str]:
    """Return the stamps of all units whose words hold at a path."""
    return [words_stamp(one) for one in ancestors(home_of(path))] if path else []


def lessons_at(path: str, drawn: Mapping[str, object]) -> frozenset[Lesson]:
    """Return the own words that hold at a path, the town's and those above it; no query unless a stamp has changed.

    drawn: the tokens of at least `stamps_at(path)`.
    """
    scopes = stamps_at(path)
    if not any(drawn.get(one) for one in scopes):
        return frozenset()
    home, now = home_of(path), tuple(drawn.get(one) for one in scopes)
    kept = _kept.get(home)
    if kept is None or kept[0] != now:
        kept = (now, _read(home))
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[home] = kept
    return kept[1]


def _read(path: str) -> frozenset[Lesson]:
    rows = OwnWord.objects.holding_at(path).standing().filter(refused=False)
    return frozenset(Lesson(Target(kind), *rest) for kind, *rest in rows.values_list("kind", "target", "wording"))


def words_for(viewer: Actor) -> list[Taught]:
    """Return all own words and refused proposals that the viewer sees, ended ones too, the newest first. One query.

    Their own and those of units below, and those of the units above that hold for them.
    """
    rows = OwnWord.objects.seen_from(viewer, teaching_path(viewer) or home_of(viewer.unit_path))
    return [_taught(row) for row in rows.order_by("-added_at", "-id")]


def word_for(viewer: Actor, word_id: UUID) -> Taught:
    """Return one own word that the viewer sees. Raises NotFound."""
    rows = OwnWord.objects.seen_from(viewer, teaching_path(viewer) or home_of(viewer.unit_path))
    row = rows.filter(pk=word_id).first()
    if row is None:
        raise NotFound
    return _taught(row)


def _taught(row: OwnWord) -> Taught:
    return Taught(
        id=row.pk,
        lesson=Lesson(Target(row.kind), row.target, row.wording),
        path=row.path,
        unit_name=row.unit_name,
        why=row.why,
        learned=row.learned,
        refused=row.refused,
        evidence=tuple(UUID(one) for one in row.evidence),
        added_at=row.added_at,
        added_by=row.added_by,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        ended_why=row.ended_why,
    )
