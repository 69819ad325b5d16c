"""The evidence of a hazard as its page shows it: pairs before and after, papers, notes for the verifier."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.queries.views import FileView, HazardView
from bihuan.hazards.rules.states import FILE_ROLE_NAMES, FileRole
from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail.rules import Place, StoredFile
from bihuan.trail.rules.doubts import pair_doubts
from bihuan.trail.rules.photos import metres_between
from bihuan.web.parts import Pair, Photo
from bihuan.web.words import moment_words

CAPTIONED: Final = ("照片没有拍摄时间", "照片没有拍摄地点")
SIDES: Final = {FileRole.BEFORE: "前", FileRole.AFTER: "后"}


def evidence(view: HazardView, doubles: Mapping[UUID, int], *, today: date) -> dict[str, Any]:
    """Return the pairs, the other photos and the papers."""
    site = site_of(view)
    doubts = doubts_of(view, doubles, site)
    pairs = [
        Pair(
            "" if len(view.pairs) == 1 else _label(pair.label),
            before=photo_of(view.id, pair.before, doubts, site, today=today) if pair.before else None,
            after=photo_of(view.id, pair.after, doubts, site, today=today) if pair.after else None,
        )
        for pair in view.pairs
    ]
    photos = sum(one.is_photo for one in view.files)
    sites = [one for one in view.files if one.is_photo and one.role not in SIDES]
    return {
        "pairs": pairs,
        "pairs_note": f"共 {photos} 张照片" if photos else "还没有照片",
        "site_photos": [photo_of(view.id, one, doubts, site, today=today) for one in sites],
        "documents": [document_of(view.id, one, today=today) for one in view.files if not one.is_photo],
    }


def site_of(view: HazardView) -> Place | None:
    """Return where the enterprise is registered, to measure photos against; None where nobody has said."""
    firm_id = view.enterprise_id
    known = enterprises.coordinates([firm_id]) if firm_id is not None and view.files else {}
    return Place(*known[firm_id]) if firm_id in known else None


def doubts_of(view: HazardView, doubles: Mapping[UUID, int], site: Place | None) -> dict[UUID, tuple[str, ...]]:
    """Return the notes on each photo: its own, those against its before, and photos that look the same elsewhere."""
    before = _stored(view.files, FileRole.BEFORE)
    after = _stored(view.files, FileRole.AFTER)
    found_at = datetime.combine(view.found_on, time(), tzinfo=SHANGHAI)
    paired = pair_doubts(before, after, site=site, found_at=found_at)
    alone = pair_doubts((), before, site=site)
    notes: dict[UUID, tuple[str, ...]] = {one.id: _beyond_caption(alone[str(one.id)]) for one in before}
    notes |= {one.id: _beyond_caption(paired[str(one.id)]) for one in after}
    for photo, count in doubles.items():
        own = notes.get(photo, ())
        if not any("相同" in note or "相似" in note for note in own):
            notes[photo] = (*own, f"与本镇另外 {count} 张照片相似，请看实物")
    return notes


def _beyond_caption(notes: Sequence[str]) -> tuple[str, ...]:
    """Leave out what the caption says already: that time or place is missing."""
    return tuple(note for note in notes if not note.startswith(CAPTIONED))


def photo_of(
    hazard_id: UUID, one: FileView, doubts: Mapping[UUID, Sequence[str]], site: Place | None = None, *, today: date
) -> Photo:
    """Return a photo with its addresses through the viewer's scope."""
    stored = one.file
    return Photo(
        label=SIDES.get(FileRole(one.role), FILE_ROLE_NAMES[FileRole(one.role)]),
        small=_address(hazard_id, one, "thumb"),
        large=_address(hazard_id, one, "screen"),
        when=moment_words(stored.taken_at, today=today) if stored and stored.taken_at else "",
        where=_where(stored, site),
        doubts=tuple(doubts.get(one.evidence_id, ())),
        alt=FILE_ROLE_NAMES[FileRole(one.role)],
    )


def document_of(hazard_id: UUID, one: FileView, *, today: date) -> dict[str, str]:
    """Return a paper with who brought it."""
    name = one.file.name if one.file else "文件"
    return {
        "name": f"{FILE_ROLE_NAMES[FileRole(one.role)]}：{name}",
        "href": _address(hazard_id, one, "original"),
        "note": f"{one.added_by} {moment_words(one.added_at, today=today)}",
    }


def _address(hazard_id: UUID, one: FileView, variant: str) -> str:
    return reverse("hazards:file", args=[hazard_id, one.evidence_id, variant])


def _where(stored: StoredFile | None, site: Place | None) -> str:
    if stored is None or stored.place is None:
        return ""
    if site is None:
        return "有定位"
    metres = metres_between(stored.place, site)
    return f"距登记地址 {metres / 1_000:.1f} 公里" if metres >= 1_000 else f"距登记地址 {metres:.0f} 米"


def _label(label: str) -> str:
    return f"第 {label} 处" if label.isdigit() else label


def _stored(files: Sequence[FileView], role: FileRole) -> list[StoredFile]:
    return [one.file for one in files if one.is_photo and one.role == role and one.file is not None]
