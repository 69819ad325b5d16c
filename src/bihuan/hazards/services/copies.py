"""Know a photo that comes back as its own proof: the same bytes as before and as after the repair (L3)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from bihuan.hazards.models import Hazard, HazardFile
from bihuan.hazards.rules.facts import Given, Proof
from bihuan.hazards.rules.states import FileRole
from bihuan.hazards.services.loading import chunks
from bihuan.trail import queries as trail

# What a photo must not be byte by byte: of what it should show, something else was there.
OTHERS: Final[Mapping[FileRole, frozenset[FileRole]]] = {
    FileRole.BEFORE: frozenset({FileRole.AFTER}),
    FileRole.AFTER: frozenset({FileRole.BEFORE}),
    FileRole.SITE: frozenset({FileRole.BEFORE, FileRole.AFTER}),
}
Seen = dict[FileRole, set[str]]


def with_copies_marked(rows: Sequence[Hazard], givens: Sequence[Given]) -> list[Given]:
    """Mark each photo that is byte by byte one of the other side of its hazard; two queries, none without photos.

    A photo that only looks alike is no copy: it is shown to the verifier as a doubt.
    """
    pairs = list(zip(rows, givens, strict=True))
    with_photos = [row.pk for row, given in pairs if any(one.role in OTHERS for one in given.files)]
    if not with_photos:
        return list(givens)
    kept = _kept(with_photos)
    return [_marked(given, kept[row.pk]) if given.files else given for row, given in pairs]


def _kept(hazard_ids: Sequence[UUID]) -> defaultdict[UUID, Seen]:
    sides = [str(FileRole.BEFORE), str(FileRole.AFTER)]
    found = [
        one
        for part in chunks(hazard_ids)
        for one in HazardFile.objects.filter(hazard__in=part, role__in=sides).values_list(
            "hazard_id", "role", "evidence_id"
        )
    ]
    digests = trail.files(evidence_id for _, _, evidence_id in found)
    kept: defaultdict[UUID, Seen] = defaultdict(dict)
    for hazard_id, role, evidence_id in found:
        kept[hazard_id].setdefault(FileRole(role), set()).add(digests[evidence_id].sha256)
    return kept


def _marked(given: Given, kept: Seen) -> Given:
    brought: Seen = defaultdict(set)
    for one in given.files:
        brought[one.role].add(one.sha256)

    def is_copy(one: Proof) -> bool:
        sides = OTHERS.get(one.role, frozenset())
        together = brought if one.role != FileRole.BEFORE else {}
        return any(one.sha256 in kept.get(side, ()) or one.sha256 in together.get(side, ()) for side in sides)

    return replace(given, files=tuple(replace(one, is_copy=is_copy(one)) for one in given.files))
