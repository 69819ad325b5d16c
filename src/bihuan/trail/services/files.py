"""Keep evidence files: by content, checked by real type, with copies for screens and doubts for verifiers."""

import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from typing import IO, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal, Rejected
from bihuan.kernel.ids import new_id
from bihuan.trail import pictures, queries, vault
from bihuan.trail.models import EvidenceFile
from bihuan.trail.news import News
from bihuan.trail.queries.files import stored
from bihuan.trail.rules import contents, photos
from bihuan.trail.rules.files import Claim, FileKind, Place, StoredFile, Upload
from bihuan.trail.services.events import record

BATCH: Final = 500
NAME_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class _Read:
    """An upload that was read, checked and stored on disk."""

    upload: Upload
    name: str
    sha256: str
    media_type: str
    size: int
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None
    place: Place | None = None
    camera: str = ""
    dhash: str = ""
    has_screen_copy: bool = False


def keep_file(
    *,
    name: str,
    content: bytes | IO[bytes],
    kind: FileKind | str = FileKind.PHOTO,
    town_id: UUID | None,
    actor: Actor,
    now: datetime,
    claimed: Claim | None = None,
    file_id: UUID | None = None,
) -> StoredFile:
    """Keep one file as a draft of its uploader; the plural of one."""
    upload = Upload(name=name, content=content, kind=FileKind(kind), claimed=claimed, file_id=file_id)
    return keep_files([upload], town_id=town_id, actor=actor, now=now)[0]


def keep_files(uploads: Sequence[Upload], *, town_id: UUID | None, actor: Actor, now: datetime) -> list[StoredFile]:
    """Keep files as drafts of their uploader, before or without a form around them; in the order given.

    Refuses with a sentence what is empty, too large, broken or not what it says; several refused ones come as one
    `Rejected` by name. Doubts never refuse. Call it outside a transaction: pictures are decoded before the rows are
    written, and nobody should wait for that.
    """
    arrived = _already_arrived(uploads, actor)
    fresh = [upload for upload in uploads if upload.file_id not in arrived]
    try:
        kept = _write(_read_all(fresh, town_id), town_id=town_id, actor=actor, now=now)
    except IntegrityError:  # the same draft came twice at once: what was written first is the answer to both
        arrived = _already_arrived(uploads, actor)
        if any(upload.file_id not in arrived for upload in fresh):
            raise
        kept = []
    answers = iter(kept)
    return [arrived[upload.file_id] if upload.file_id in arrived else next(answers) for upload in uploads]


def _already_arrived(uploads: Sequence[Upload], actor: Actor) -> dict[UUID | None, StoredFile]:
    wanted = [upload.file_id for upload in uploads if upload.file_id is not None]
    known = queries.files(wanted) if wanted else {}
    if any(one.uploader_id != actor.user_id for one in known.values()):
        raise NotFound
    return dict(known.items())


def _read_all(uploads: Sequence[Upload], town_id: UUID | None) -> list[_Read]:
    read: list[_Read] = []
    refused: dict[object, str] = {}
    first: Refusal | None = None
    for upload in uploads:
        try:
            read.append(_read(upload, town_id))
        except Refusal as refusal:
            first = first or refusal
            refused[_clean_name(upload.name)] = refusal.say
    if first is not None and len(uploads) == 1:
        raise first
    if refused:
        raise Rejected(
            "trail.files_refused", f"{len(refused)} 个文件不能上传，其余的也没有保存。请看每个文件的说明。", refused
        )
    return read


def _read(upload: Upload, town_id: UUID | None) -> _Read:
    name = _clean_name(upload.name)
    content = _bytes_of(upload, name)
    media_type = _real_type(content, name)
    _check_kind(upload.kind, media_type, name)
    sha256 = hashlib.sha256(content).hexdigest()
    read = _Read(upload=upload, name=name, sha256=sha256, media_type=media_type, size=len(content))
    if media_type in contents.SHOWABLE:
        read = _read_picture(read, content, town_id)
    vault.put(sha256, vault.ORIGINAL, content)
    return read


def _read_picture(read: _Read, content: bytes, town_id: UUID | None) -> _Read:
    known = EvidenceFile.objects.filter(town_id=town_id, sha256=read.sha256, has_screen_copy=True).first()
    if known is not None and vault.has(read.sha256, vault.SCREEN) and vault.has(read.sha256, vault.THUMB):
        return _as_before(read, known)
    picture = pictures.read_picture(content, read.name)
    vault.put(read.sha256, vault.SCREEN, picture.screen)
    vault.put(read.sha256, vault.THUMB, picture.thumb)
    return _Read(
        upload=read.upload,
        name=read.name,
        sha256=read.sha256,
        media_type=read.media_type,
        size=read.size,
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at,
        place=picture.place,
        camera=picture.camera,
        dhash=picture.dhash,
        has_screen_copy=True,
    )


def _as_before(read: _Read, known: EvidenceFile) -> _Read:
    """Return what an earlier upload of the same bytes has told; the device's claims are not the content's."""
    from_exif = stored(known) if known.claim_source == "exif" else None
    return _Read(
        upload=read.upload,
        name=read.name,
        sha256=read.sha256,
        media_type=read.media_type,
        size=read.size,
        width=known.width,
        height=known.height,
        taken_at=from_exif.taken_at if from_exif else None,
        place=from_exif.place if from_exif else None,
        camera=known.camera,
        dhash=known.dhash,
        has_screen_copy=True,
    )


def _bytes_of(upload: Upload, name: str) -> bytes:
    limit = settings.BIHUAN_PHOTO_MB if upload.kind is FileKind.PHOTO else settings.BIHUAN_DOCUMENT_MB
    most = limit * 1024 * 1024
    content = upload.content if isinstance(upload.content, bytes) else upload.content.read(most + 1)
    if not content:
        raise Refusal("trail.file_empty", f"文件“{name}”是空的（0 字节）。请重新选择文件。")
    if len(content) > most:
        raise Refusal("trail.file_too_large", f"文件“{name}”超过 {limit} MB。请压缩或分成几个文件后再上传。")
    return content


def _real_type(content: bytes, name: str) -> str:
    media_type = contents.media_type_of(content[:32])
    if media_type == "application/zip":
        media_type = _packed_type(content, name)
    if not media_type and contents.is_text(content, name):
        media_type = "text/plain"
    if not media_type:
        raise Refusal(
            "trail.file_unknown",
            f"文件“{name}”认不出是什么类型。请上传照片（JPG、PNG、WebP、HEIC）、PDF、Word、Excel、PPT 或 OFD 文件。",
        )
    return media_type


def _packed_type(content: bytes, name: str) -> str:
    """Look only at the list of names inside; nothing is ever unpacked, so an archive cannot swell."""
    archive = Refusal("trail.file_is_archive", f"文件“{name}”是压缩包。请解压后逐个上传里面的文件。")
    if contents.has_long_index(content):
        raise archive
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise Refusal("trail.file_broken", f"文件“{name}”打不开，可能没有传完整。请重新选择后再上传。") from broken
    if contents.has_macros(names):
        raise Refusal("trail.file_has_macros", f"文件“{name}”带有宏。请另存为不带宏的格式（.docx、.xlsx）后再上传。")
    kind = contents.packed_type_of(names)
    if not kind:
        raise archive
    return kind


def _check_kind(kind: FileKind, media_type: str, name: str) -> None:
    if kind is FileKind.PHOTO and media_type not in contents.PICTURES:
        what = contents.type_name(media_type)
        raise Refusal("trail.not_a_photo", f"“{name}”不是照片，而是{what}。请选择照片；其他材料请从“附件”上传。")


def _clean_name(name: str) -> str:
    """Return the last part of a file name without control characters, at most NAME_LENGTH long, its ending kept."""
    last = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    clean = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip() or "未命名"
    if len(clean) <= NAME_LENGTH:
        return clean
    ending = PurePath(clean).suffix[:12]
    return clean[: NAME_LENGTH - len(ending)] + ending


@transaction.atomic
def _write(read: Sequence[_Read], *, town_id: UUID | None, actor: Actor, now: datetime) -> list[StoredFile]:
    if not read:
        return []
    rows: list[EvidenceFile] = []
    earlier = _candidates(read, town_id)
    for one in read:
        row = _row(one, town_id=town_id, actor=actor, now=now)
        if one.upload.kind is FileKind.PHOTO:
            row.doubts = _doubts(row, [*earlier, *rows], now)
        rows.append(row)
    EvidenceFile.objects.bulk_create(rows, batch_size=BATCH)
    record([_news(row) for row in rows], actor=actor, now=now)
    return [stored(row) for row in rows]


def _row(read: _Read, *, town_id: UUID | None, actor: Actor, now: datetime) -> EvidenceFile:
    taken_at, place, source = _claimed(read, now)
    row = EvidenceFile(
        id=read.upload.file_id or new_id(),
        town_id=town_id,
        sha256=read.sha256,
        kind=read.upload.kind,
        name=read.name,
        media_type=read.media_type,
        size=read.size,
        width=read.width,
        height=read.height,
        has_screen_copy=read.has_screen_copy,
        taken_at=taken_at,
        latitude=None if place is None else _decimal(place.latitude),
        longitude=None if place is None else _decimal(place.longitude),
        claim_source=source,
        camera=read.camera,
        dhash=read.dhash,
        uploader_id=actor.user_id,
        uploader_name=actor.name,
        uploaded_at=now,
    )
    if read.dhash:
        row.band0, row.band1, row.band2, row.band3 = photos.bands(read.dhash)
    return row


def _claimed(read: _Read, now: datetime) -> tuple[datetime | None, Place | None, str]:
    claim, ahead = read.upload.claimed or Claim(), read.upload.ahead
    taken_at, place = photos.sound_time(claim.taken_at), photos.sound_place(claim.place)
    if read.taken_at is not None or read.place is not None:
        return photos.on_the_towns_day(read.taken_at, ahead, now=now), read.place, "exif"
    if taken_at is not None or place is not None:
        return photos.on_the_towns_day(taken_at, ahead, now=now), place, "device"
    return None, None, ""


def _decimal(degrees: float) -> Decimal:
    return Decimal(f"{degrees:.6f}")


def _candidates(read: Sequence[_Read], town_id: UUID | None) -> list[EvidenceFile]:
    """Return the town's attached photos that may be the same as one of these; one query for all of them."""
    shown = [one for one in read if one.upload.kind is FileKind.PHOTO]
    if not shown or town_id is None:
        return []
    return list(EvidenceFile.objects.filter(queries.files_alike(town_id, [(one.sha256, one.dhash) for one in shown])))


def _doubts(row: EvidenceFile, others: Iterable[EvidenceFile], now: datetime) -> list[str]:
    place = stored(row).place
    notes = photos.intake_doubts(taken_at=row.taken_at, place=place, claim_source=row.claim_source, now=now)
    others = list(others)
    same = next((other for other in others if other.sha256 == row.sha256), None)
    near = next((other for other in others if photos.is_near(other.dhash, row.dhash)), None)
    if same is not None:
        notes.append(photos.reuse_doubt(exactly=True, uploaded_at=same.uploaded_at))
    elif near is not None:
        notes.append(photos.reuse_doubt(exactly=False, uploaded_at=near.uploaded_at))
    return notes


def _news(row: EvidenceFile) -> News:
    what = "照片" if row.kind == FileKind.PHOTO else "文件"
    return News(
        kind="file.kept",
        say=f"上传了{what}“{row.name}”",
        subject_type="file",
        subject_id=row.id,
        town_id=row.town_id,
        after={"sha256": row.sha256, "size": row.size, "media_type": row.media_type, "name": row.name},
        evidence=(row.id,),
    )


@transaction.atomic
def attach_files(ids: Iterable[UUID], *, actor: Actor, now: datetime) -> Mapping[UUID, StoredFile]:
    """Turn the actor's drafts into evidence, inside the transaction of the act that needs them; three queries.

    The caller keeps the ids in its own rows and serves the files through its own query. Another person's files are
    answered with NotFound. A photo that already proves something else is taken, with a doubt.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    mine = EvidenceFile.objects.filter(Q(pk__in=wanted), uploader_id=actor.user_id)
    rows = list(mine)
    if len(rows) != len(wanted):
        raise NotFound(say="有的照片或附件没有找到，可能不是您上传的。请重新上传后再提交。")
    used = [row for row in rows if row.kind == FileKind.PHOTO and _note_second_use(row)]
    if used:
        EvidenceFile.objects.bulk_update(used, ["doubts"], batch_size=BATCH)
    mine.filter(attached_at=None).update(attached_at=now)
    for row in rows:
        row.attached_at = row.attached_at or now
    return {row.id: stored(row) for row in rows}


def _note_second_use(row: EvidenceFile) -> bool:
    """Add the doubt that a photo is used again, once however often it is; tell whether the row has changed."""
    if row.attached_at is None:
        return False
    note = photos.used_twice_doubt(row.attached_at)
    if note in row.doubts:
        return False
    row.doubts = [*row.doubts, note]
    return True
