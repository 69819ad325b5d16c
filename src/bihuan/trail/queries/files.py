"""Read evidence files. Serving them to people is done by their owners, through the owner's own guarded query."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final
from uuid import UUID

from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail import vault
from bihuan.trail.models import EvidenceFile
from bihuan.trail.rules import photos
from bihuan.trail.rules.files import FileKind, Place, StoredFile

CHUNK: Final = 5_000


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file opened for a response; whoever opened it closes `stream` (Django's FileResponse does)."""

    stream: IO[bytes]
    media_type: str
    name: str
    size: int


def files(ids: Iterable[UUID]) -> dict[UUID, StoredFile]:
    """Return these files by id; the caller has already decided that they may be seen."""
    found: dict[UUID, StoredFile] = {}
    rest = iter(dict.fromkeys(ids))
    while chunk := list(islice(rest, CHUNK)):
        found |= {row.id: stored(row) for row in EvidenceFile.objects.filter(pk__in=chunk)}
    return found


def file_for_uploader(viewer: Actor, file_id: UUID) -> StoredFile:
    """Return a file to who uploaded it, so that a form can show its draft; NotFound for anybody else."""
    row = EvidenceFile.objects.filter(pk=file_id, uploader_id=viewer.user_id).first()
    if row is None or viewer.user_id is None:
        raise NotFound
    return stored(row)


def drafts_of(viewer: Actor, first_n: int = 50) -> list[StoredFile]:
    """Return the viewer's uploads that were never attached, newest first: no photo is lost with a form."""
    rows = EvidenceFile.objects.filter(uploader_id=viewer.user_id, attached_at=None)
    return [stored(row) for row in rows.order_by("-uploaded_at", "-id")[:first_n]]


def open_file(file_id: UUID, variant: str = vault.SCREEN) -> OpenedFile:
    """Open a file for whom the caller has already let in. variant: "original", "screen" or "thumb".

    A file without copies for screens (a document, HEIC) opens as its original. NotFound when there is no such file.
    """
    row = EvidenceFile.objects.filter(pk=file_id).first()
    if row is None or variant not in vault.VARIANTS:
        raise NotFound
    if variant == vault.ORIGINAL or not row.has_screen_copy:
        return _opened(row, vault.ORIGINAL, row.media_type)
    return _opened(row, variant, "image/jpeg")


def _opened(row: EvidenceFile, variant: str, media_type: str) -> OpenedFile:
    return OpenedFile(
        stream=vault.open_variant(row.sha256, variant),
        media_type=media_type,
        name=row.name,
        size=vault.place_of(row.sha256, variant).stat().st_size,
    )


def same_photos(town_id: UUID, ids: Iterable[UUID]) -> dict[UUID, tuple[StoredFile, ...]]:
    """Return for each of these photos the town's other evidence with the same or nearly the same picture; two queries.

    Drafts that were never attached prove nothing and are no doubles. Photos without a double are left out.
    """
    return doubles_among(town_id, files(ids).values())


def doubles_among(town_id: UUID, known: Iterable[StoredFile]) -> dict[UUID, tuple[StoredFile, ...]]:
    """Return what `same_photos` does, of files that the caller has read; one query."""
    mine = list({one.id: one for one in known if one.kind is FileKind.PHOTO}.values())
    if not mine:
        return {}
    alike = EvidenceFile.objects.filter(files_alike(town_id, [(one.sha256, one.dhash) for one in mine]))
    others = [stored(row) for row in alike.order_by("uploaded_at", "id")]
    doubles: dict[UUID, list[StoredFile]] = defaultdict(list)
    for one in mine:
        doubles[one.id] += [other for other in others if other.id != one.id and _same(one, other)]
    return {file_id: tuple(found) for file_id, found in doubles.items() if found}


def _same(one: StoredFile, other: StoredFile) -> bool:
    return one.sha256 == other.sha256 or photos.is_near(one.dhash, other.dhash)


def files_alike(town_id: UUID, prints: Sequence[tuple[str, str]]) -> Q:
    """Return the condition for the town's attached photos that share the SHA-256 or a dHash band with one of these."""
    parts = [photos.bands(dhash) for _, dhash in prints if dhash]
    alternatives = [Q(sha256__in={sha256 for sha256, _ in prints})]
    alternatives += [
        Q(**{f"band{number}__in": {part[number] for part in parts}}) for number in range(photos.BANDS if parts else 0)
    ]
    condition = Q()
    for one in alternatives:  # the town in each of them: then each is answered by its own index
        condition |= Q(town_id=town_id) & one
    return Q(kind=FileKind.PHOTO, attached_at__isnull=False) & condition


def stored(row: EvidenceFile) -> StoredFile:
    """Return a row as a frozen value."""
    place = None
    if row.latitude is not None and row.longitude is not None:
        place = Place(float(row.latitude), float(row.longitude))
    return StoredFile(
        id=row.id,
        sha256=row.sha256,
        kind=FileKind(row.kind),
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        width=row.width,
        height=row.height,
        taken_at=row.taken_at,
        place=place,
        claim_source=row.claim_source,
        doubts=tuple(row.doubts),
        has_screen_copy=row.has_screen_copy,
        uploader_id=row.uploader_id,
        uploader_name=row.uploader_name,
        uploaded_at=row.uploaded_at,
        draft=row.attached_at is None,
        dhash=row.dhash,
    )
