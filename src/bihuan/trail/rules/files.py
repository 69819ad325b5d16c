"""The frozen values of evidence files."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import IO
from uuid import UUID


class FileKind(StrEnum):
    """What an upload is meant to be; a photo must be a picture, a document may be one (a scan)."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Place:
    """A point in WGS 84 degrees, as a camera or a device claims it."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Claim:
    """What the device says about a photo that carries nothing itself: when and where. A claim, never a fact."""

    taken_at: datetime | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """One file handed in: the name it had, its bytes (or an open binary file), what it is meant to be.

    file_id: the id that a phone gave its draft; the second arrival of the same id gets the first answer.
    ahead: how far cameras' clocks are ahead of `now`; nothing in a real town (the demo lives on a day of its own).
    """

    name: str
    content: bytes | IO[bytes]
    kind: FileKind = FileKind.PHOTO
    claimed: Claim | None = None
    file_id: UUID | None = None
    ahead: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An evidence file as other rooms and pages see it.

    taken_at, place: claims. doubts: Chinese notes for whoever verifies, shown and never a reason to refuse.
    has_screen_copy: a picture that pages can show (`variant` "screen" and "thumb"); else only the original downloads.
    draft: not attached to anything yet; only its uploader sees it.
    """

    id: UUID
    sha256: str
    kind: FileKind
    name: str
    media_type: str
    size: int
    width: int
    height: int
    taken_at: datetime | None
    place: Place | None
    claim_source: str
    doubts: tuple[str, ...]
    has_screen_copy: bool
    uploader_id: UUID | None
    uploader_name: str
    uploaded_at: datetime
    draft: bool
    dhash: str = ""
