"""Files that come with a form: sent ahead by the phone (ids) or travelling with it; kept before the act is tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import FileResponse
from django.utils.cache import patch_cache_control

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.errors import Refusal, Rejected
from bihuan.trail import queries as trail
from bihuan.trail import services as trail_services
from bihuan.trail.rules.files import Claim, FileKind, Place, StoredFile, Upload
from bihuan.web.clock import devices_ahead
from bihuan.web.htmx import StaffRequest

WEEK_S: Final = 7 * 24 * 3600
MOST: Final = 30  # files of one form; more belong into several acts


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a form brought: files by field, and what is wrong with those that were not taken."""

    files: Mapping[str, Sequence[StoredFile]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def gather(request: StaffRequest, kinds: Mapping[str, FileKind], *, town_id: UUID | None) -> Gathered:
    """Return the files of these fields, new ones kept first, so that a refused form never loses a photo.

    A field `photos` is read from the ids in POST `photos` and from the uploads in FILES `new_photos`.
    Ids of files that somebody else uploaded are passed over.
    """
    wanted = {name: _ids(request.POST.getlist(name)) for name in kinds}
    known = trail.files([one for ids in wanted.values() for one in ids])
    mine = {one.id: one for one in known.values() if one.uploader_id == request.actor.user_id}
    found = {name: [mine[one] for one in ids if one in mine] for name, ids in wanted.items()}
    problems: dict[str, str] = {}
    for name, kind in kinds.items():
        uploads = [
            Upload(name=one.name or "", content=one.read(), kind=kind, ahead=devices_ahead(request.now))
            for one in request.FILES.getlist(f"new_{name}")[:MOST]
        ]
        if uploads:
            kept, say = _keep(request, uploads, town_id=town_id)
            found[name] += kept
            if say:
                problems[name] = say
    return Gathered(found, problems)


def keep_one(request: StaffRequest) -> StoredFile:
    """Keep one file that a phone sends ahead, under the id it made, with what the device claims. Raises Refusal."""
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("file.none", "没有收到照片。请再选一次。")
    ids = _ids([request.POST.get("id", "")])
    upload = Upload(
        name=file.name or "",
        content=file.read(),
        kind=FileKind.DOCUMENT if request.POST.get("kind") == FileKind.DOCUMENT else FileKind.PHOTO,
        claimed=Claim(taken_at=_instant(request.POST.get("taken_at", "")), place=_place(request)),
        file_id=ids[0] if ids else None,
        ahead=devices_ahead(request.now),
    )
    town_id = request.actor.town_id
    return trail_services.keep_files([upload], town_id=town_id, actor=_keeper(request), now=request.now)[0]


def sent(opened: trail.OpenedFile) -> FileResponse:
    """Send a file that the caller has opened through its owner's guarded query; private, never in shared caches."""
    response = FileResponse(opened.stream, content_type=opened.media_type, filename=opened.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=WEEK_S)
    return response


def _keep(
    request: StaffRequest, uploads: Sequence[Upload], *, town_id: UUID | None
) -> tuple[Sequence[StoredFile], str]:
    try:
        return trail_services.keep_files(uploads, town_id=town_id, actor=_keeper(request), now=request.now), ""
    except Rejected as rejected:
        return [], " ".join(dict.fromkeys(rejected.refused.values())) or rejected.say
    except Refusal as refusal:
        return [], refusal.say


def _keeper(request: StaffRequest) -> Actor:
    """Return who keeps a file: a form whose file is kept has not yet become what it asks for."""
    return replace(request.actor, sending=None)


def _ids(texts: Sequence[str]) -> list[UUID]:
    ids: list[UUID] = []
    for text in texts[:MOST]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def _place(request: StaffRequest) -> Place | None:
    try:
        return Place(float(request.POST["latitude"]), float(request.POST["longitude"]))
    except (KeyError, ValueError):
        return None
