"""Close a campaign and put it into the archive (R9.15)."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, FrozenEdition, FrozenPlace
from bihuan.campaigns.queries.archive import IN_MEMORY, pack, papers_size
from bihuan.campaigns.queries.finding import WHOLE, WHOLE_NAME, issuer_of
from bihuan.campaigns.queries.frozen import CLOSING, PlaceKept, frozen_now, is_own
from bihuan.campaigns.queries.handover import open_hazards, open_items
from bihuan.campaigns.rules.freezing import corrected
from bihuan.campaigns.rules.handing import OpenItem
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.services.loading import campaign_to, outdated, tell, write
from bihuan.campaigns.services.notices import tell_units
from bihuan.campaigns.services.texts import longest
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Outdated, Refusal
from bihuan.kernel.ids import new_id
from bihuan.trail import queries as trail_queries
from bihuan.trail import services as trail
from bihuan.trail.packages import keep_package

TRIES: Final = 3  # countings of a campaign that goes on while it is counted
SMALL: Final = 20 * 1024 * 1024  # bytes of papers; more is packed by a job
TASK: Final = "bihuan.campaigns.jobs.archive"
SHOWN: Final = 6  # figures that the sentence of a correction names
MOST_TOLD: Final = 100  # figures that its event lists; the edition lists all


class _Moved(Exception):  # noqa: N818 -- nothing is wrong: it is counted once more
    """Something of the campaign was recorded while its figures were being counted."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is kept of a campaign, all of one moment. place: the last one in the town's chain that was seen."""

    place: int
    places: Sequence[PlaceKept]
    items: Sequence[OpenItem]
    hazards: Sequence[list[str]]


def close_campaign(*, campaign_id: UUID, seen_version: int, summary: str, actor: Actor, now: datetime) -> None:
    """Begin to close a campaign: its figures are frozen as of today, its open hazards listed and left to routine work.

    From here on only corrections with a reason (R9.1a). The figures are counted before the write, as of one moment in
    which others go on writing; then they are kept in a short transaction, unless something of the campaign itself was
    recorded meanwhile: then they are counted anew, a few times at most.
    """
    row = campaign_to(CampaignAct.CLOSE, actor, campaign_id)
    if not summary.strip():
        raise Refusal("campaigns.no_summary", "请写总结的要点，归档时要用。", field="summary")
    if row.version != seen_version:
        raise outdated()
    for _ in range(TRIES):
        try:
            return _close(row, seen_version, _count(row, now), summary.strip(), actor=actor, now=now)
        except _Moved:
            row.refresh_from_db()
    raise Outdated("campaigns.moving", "统计的时候各单位还在报进展、改登记，数字定不下来。请过几分钟再收尾。")


def _count(row: Campaign, now: datetime) -> _Counted:
    with trail_queries.snapshot():
        place = trail_queries.place_in(row.town_id)
        places = frozen_now(row, on=day_of(now))
        return _Counted(place, places, list(open_items(row)), list(open_hazards(issuer_of(row), row, day_of(now))))


@transaction.atomic
def _close(row: Campaign, seen_version: int, found: _Counted, summary: str, *, actor: Actor, now: datetime) -> None:
    """Keep what was counted. Raises _Moved where the campaign has gone on since."""
    target = must(actor, CampaignAct.CLOSE, CampaignState(row.state), path=row.path)
    frozen = {
        **_whole(found.places),
        "on": day_of(now).isoformat(),
        "upto": found.place,
        "summary": summary,
        "open_hazards": found.hazards,
        "handover": [one.as_json() for one in found.items],
    }
    write(row, seen_version, state=target, frozen=frozen, closed_at=now, changed_at=now)
    _keep(row, found.places, number=1, by=actor, now=now)
    left = len(found.hazards)
    say = f"开始收尾，数字停在今天；没有销号的隐患 {left} 项、没有办完的事 {len(found.items)} 件转入日常管理"
    kinds = Counter(one.kind.value for one in found.items)
    after = {"summary": summary, "counts": frozen["counts"], "open_hazards": left, "handed_over": dict(kinds)}
    tell(row, "closing", say, after=after, actor=actor, now=now)
    if trail_queries.kinds_since(row.town_id, found.place, subject_id=row.pk) != [CLOSING]:
        raise _Moved  # the chain is held since `tell`: nothing comes between now and the commit
    _tell_units(row, found.items, now=now)


def _tell_units(row: Campaign, items: Sequence[OpenItem], *, now: datetime) -> None:
    """Tell each unit that the campaign is closing, and how much of its own is handed over to routine work."""
    left = Counter(one.unit for one in items)
    for unit in row.units.order_by("sort_no"):
        rest = f"本单位没办完的 {left[unit.pk]} 件转入日常工作，见移交清单" if left[unit.pk] else "本单位没有遗留事项"
        tell_units(row, [unit], say=f"“{row.title}”开始收尾，{rest}", now=now, page="campaigns:handover")


def _whole(places: Sequence[PlaceKept]) -> dict[str, Any]:
    return next(one.content for one in places if one.key == WHOLE)


def _keep(row: Campaign, places: Sequence[PlaceKept], *, number: int, by: Actor, now: datetime, **said: Any) -> None:
    """Keep an edition of the frozen figures, place by place."""
    edition = FrozenEdition(id=new_id(), campaign=row, number=number, at=now, by=by.name, **said)
    edition.save(force_insert=True)
    rows = [FrozenPlace(edition=edition, key=one.key, name=one.name, content=one.content) for one in places]
    FrozenPlace.objects.bulk_create(rows)


def correct_frozen(row: Campaign, *, why: str, actor: Actor, now: datetime) -> None:
    """Make a new edition of the frozen figures after a record was corrected while the campaign is closing (R9.1a).

    Only figures of the campaign's own registers can move; no edition is made where none does. In the caller's
    transaction. Raises Outdated where somebody corrects at the same moment, so that no edition overlooks another.
    """
    assert row.closed_at is not None  # noqa: S101 -- it is closing
    write(row, row.version, changed_at=now)
    last = FrozenEdition.objects.filter(campaign=row).order_by("-number").first()
    known = {} if last is None else {one.key: one.content for one in last.places.all()}
    places, changed = [], []
    for one in frozen_now(row, on=day_of(row.closed_at)):
        content, moved = corrected(known[one.key], one.content, is_own) if one.key in known else (one.content, [])
        places.append(PlaceKept(one.key, one.name, content))
        changed += [[one.name, *each] for each in moved]
    if known and not changed:
        return
    number = 1 if last is None else last.number + 1
    _keep(row, places, number=number, by=actor, now=now, why=why[: longest(FrozenEdition, "why")], changed=changed)
    frozen = {**(row.frozen or {}), **_whole(places)}
    write(row, row.version, frozen=frozen)
    of_town = [f"{label} {title} {old}→{new}" for name, label, title, old, new in changed if name == WHOLE_NAME]
    say = f"收尾的数字更正为第 {number} 版：" + ("；".join(of_town[:SHOWN]) or "单位的数有变动，全镇的没有变")
    after = {"edition": number, "changed": changed[:MOST_TOLD], "changed_count": len(changed)}
    tell(row, "figures_corrected", say, after=after, reason=why, actor=actor, now=now)


@transaction.atomic
def archive_campaign(*, campaign_id: UUID, seen_version: int, actor: Actor, now: datetime) -> str:
    """Put a closed campaign into the archive: its package is made, kept and never changed again.

    Returns the hash of the package's manifest, which the trail keeps; "" where there is so much that a job packs it.
    """
    row = campaign_to(CampaignAct.ARCHIVE, actor, campaign_id)
    target = must(actor, CampaignAct.ARCHIVE, CampaignState(row.state), path=row.path)
    if papers_size(row) > SMALL:
        job = trail.start_job(
            kind="campaigns.archive",
            title=f"打包归档“{row.title}”",
            task=TASK,
            actor=actor,
            now=now,
            subject_id=row.pk,
            kwargs={"campaign_id": str(row.pk)},
        )
        write(row, seen_version, job_id=job.id, changed_at=now)
        tell(row, "archiving", "开始归档，材料多，由后台打包", actor=actor, now=now)
        return ""
    sealed = _sealed(row)
    write(row, seen_version, state=target, frozen={**(row.frozen or {}), **sealed}, changed_at=now)
    _tell_archived(row, sealed, actor=actor, now=now)
    return str(sealed["manifest"])


def finish_archiving(*, campaign_id: UUID, now: datetime) -> None:
    """Pack a campaign with many papers, as a job; one that was archived meanwhile stays as it is."""
    row = Campaign.objects.get(pk=campaign_id)
    if row.state != CampaignState.CLOSING:
        return
    sealed = _sealed(row)
    with transaction.atomic():
        same = Campaign.objects.filter(pk=row.pk, version=row.version)
        frozen = {**(row.frozen or {}), **sealed}
        if not same.update(state=CampaignState.ARCHIVED, frozen=frozen, changed_at=now, version=row.version + 1):
            raise Outdated("campaigns.outdated", "打包的时候有人改动了这个专项行动。请再归档一次。")
        _tell_archived(row, sealed, actor=PLATFORM, now=now)


def _sealed(row: Campaign) -> dict[str, Any]:
    """Make and keep both packages, that of the office as `inner`: the hash of its manifest, its own, its size."""
    return {**_kept(row, inner=False), "inner": _kept(row, inner=True)}


def _kept(row: Campaign, *, inner: bool) -> dict[str, Any]:
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as stream:
        digest = pack(row, stream, inner=inner)
        stream.seek(0)
        package, size = keep_package(stream)
    return {"manifest": digest, "package": package, "size": size}


def _tell_archived(row: Campaign, sealed: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    say = f"归档，归档包 {sealed['size']} 字节，清单的哈希是 {sealed['manifest']}"
    tell(row, "archived", say, after=dict(sealed), actor=actor, now=now)
