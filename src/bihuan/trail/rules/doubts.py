"""Doubts about a pair of photos, before and after; for the rooms that show them side by side."""

from collections.abc import Sequence
from datetime import datetime

from bihuan.trail.rules.files import Place, StoredFile
from bihuan.trail.rules.photos import distance_doubt, is_near


def pair_doubts(
    before: Sequence[StoredFile],
    after: Sequence[StoredFile],
    *,
    site: Place | None = None,
    found_at: datetime | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return for each after-photo (by its id as text) the notes for the verifier, its own ones first.

    site: the registered coordinates of the place. found_at: when the hazard was found.
    """
    return {str(photo.id): (*photo.doubts, *_against(photo, before, site, found_at)) for photo in after}


def _against(
    photo: StoredFile, before: Sequence[StoredFile], site: Place | None, found_at: datetime | None
) -> list[str]:
    notes = []
    if any(photo.sha256 == other.sha256 for other in before):
        notes.append("整改后照片与整改前照片完全相同")
    elif any(is_near(photo.dhash, other.dhash) for other in before):
        notes.append("整改后照片与整改前照片很相似，请看实物")
    far = distance_doubt(photo.place, site)
    if far:
        notes.append(far)
    if found_at is not None and photo.taken_at is not None and photo.taken_at < found_at:
        notes.append("整改后照片的拍摄时间早于发现隐患的时间")
    return notes
