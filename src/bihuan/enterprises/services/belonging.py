"""Where an enterprise belongs, whether it is one with another, and whether it still exists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.enterprises import queries
from bihuan.enterprises.models import Enterprise, Licence, Site
from bihuan.enterprises.rules.facts import Act, State, pack, unpack
from bihuan.enterprises.services.writing import must_be_allowed, must_lie_in_town, news, row_for, write
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Outdated, Refusal, Rejected
from bihuan.standards.rules import Sector
from bihuan.trail import services as trail
from bihuan.trail.news import News


@dataclass(frozen=True, slots=True)
class Move:
    """A new village or a new lead sector (or both) of one enterprise; "" keeps what is."""

    enterprise_id: UUID
    seen_version: int
    path: str = ""
    lead_sector: str = ""


def move(
    *,
    enterprise_id: UUID,
    seen_version: int,
    path: str = "",
    lead_sector: str = "",
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Move one enterprise to another village or lead sector: the plural of one."""
    one = Move(enterprise_id=enterprise_id, seen_version=seen_version, path=path, lead_sector=lead_sector)
    try:
        move_many(moves=[one], reason=reason, actor=actor, now=now)
    except Rejected as rejected:
        raise rejected.__cause__ or rejected from None


@transaction.atomic
def move_many(*, moves: Sequence[Move], reason: str, actor: Actor, now: datetime) -> None:
    """Move enterprises; followers in other rooms move what copies their path and sector. All or none.

    Raises Rejected with a sentence for each refused enterprise.
    """
    if not reason.strip():
        raise Refusal("enterprises.no_reason", "请写明调整归属的原因。", field="reason")
    wanted = {one.enterprise_id: one for one in moves}
    rows = {row.pk: row for row in Enterprise.objects.visible_to(actor).filter(pk__in=wanted)}
    known = {
        town_id: queries.paths_of_town(town_id, {one.path for one in moves if one.path})
        for town_id in {row.town_id for row in rows.values()}
    }
    refused: dict[object, str] = {}
    first: Refusal | None = None
    for enterprise_id, one in wanted.items():
        try:
            _check_move(actor, rows.get(enterprise_id), one, known)
        except Refusal as refusal:
            first = first or refusal
            refused[enterprise_id] = refusal.say
    if refused:
        raise Rejected("enterprises.moves_refused", f"有 {len(refused)} 家没有调整成，全部未改动。", refused) from first
    told = [_carried(rows[one.enterprise_id], one, reason) for one in wanted.values()]
    _write_moves([rows[key] for key in wanted], now=now)
    trail.record(told, actor=actor, now=now)


def _carried(row: Enterprise, one: Move, reason: str) -> News:
    """Change the row in memory and return its event."""
    before: dict[str, Any] = {"path": row.path, "lead_sector": row.lead_sector}
    row.path, row.lead_sector = one.path or row.path, one.lead_sector or row.lead_sector
    row.sectors = pack(other for other in unpack(row.sectors) if other != row.lead_sector)
    after = {"path": row.path, "lead_sector": row.lead_sector}
    return news("moved", f"调整 {row.name} 的归属", row, before=before, after=after, reason=reason)


def _write_moves(rows: Sequence[Enterprise], *, now: datetime) -> None:
    """Write moved rows, one UPDATE for each target, and only where nobody was quicker. Raises Outdated."""

    def target(row: Enterprise) -> tuple[str, str, str, int]:
        return row.path, row.lead_sector, row.sectors, row.version

    for (path, lead_sector, sectors, version), group in groupby(sorted(rows, key=target), key=target):
        keys = [row.pk for row in group]
        moved = Enterprise.objects.filter(pk__in=keys, version=version).update(
            path=path, lead_sector=lead_sector, sectors=sectors, version=version + 1, changed_at=now
        )
        if moved != len(keys):
            raise Outdated("enterprises.outdated", "刚刚有人改动了其中的企业。请刷新页面看过最新情况再办。")


@transaction.atomic
def merge(
    *,
    loser_id: UUID,
    winner_id: UUID,
    seen_version: int,
    winner_seen_version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Merge a double file into another of the same town; the loser's names, codes and QR code lead to the winner.

    The winner takes over what it lacks: the unified code, features, sites of other names, licences. Followers elsewhere
    move the loser's rows, told by `enterprise.merged` (before and after: enterprise_id, path, lead_sector).
    """
    loser, winner = row_for(actor, Act.MERGE, loser_id), row_for(actor, Act.MERGE, winner_id)
    _must_merge(loser, winner, reason)
    before = {"enterprise_id": str(loser.pk), "path": loser.path, "lead_sector": loser.lead_sector}
    after = {"enterprise_id": str(winner.pk), "path": winner.path, "lead_sector": winner.lead_sector}
    gained = _gains(winner, loser)
    was = {name: getattr(winner, name) for name in gained}
    write(loser, seen_version=seen_version, now=now, state=State.MERGED, merged_into=winner)
    write(winner, seen_version=winner_seen_version, now=now, **gained)
    Enterprise.objects.filter(merged_into=loser).update(merged_into=winner)
    _move_sites(loser, winner)
    _move_licences(loser, winner)
    trail.record(
        [
            news("merged", f"{loser.name} 并入 {winner.name}", loser, before=before, after=after, reason=reason),
            news("absorbed", f"{winner.name} 并入了 {loser.name}", winner, before=was, after=gained, reason=reason),
        ],
        actor=actor,
        now=now,
    )


@transaction.atomic
def close(*, enterprise_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime) -> None:
    """Take an enterprise off the register (注销、关闭、搬离); its file and its open hazards stay."""
    _set_state(enterprise_id, Act.CLOSE, State.ACTIVE, State.CLOSED, seen_version, reason, actor, now)


@transaction.atomic
def reopen(*, enterprise_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime) -> None:
    """Put a closed enterprise back on the register."""
    _set_state(enterprise_id, Act.REOPEN, State.CLOSED, State.ACTIVE, seen_version, reason, actor, now)


def _set_state(
    enterprise_id: UUID, act: Act, old: State, new: State, seen_version: int, reason: str, actor: Actor, now: datetime
) -> None:
    row = row_for(actor, act, enterprise_id)
    if not reason.strip():
        raise Refusal("enterprises.no_reason", "请写明原因。", field="reason")
    if row.state != old:
        raise Refusal("enterprises.wrong_state", f"{row.name} 的状态已经变了，不能这样办。请刷新页面再看。")
    write(row, seen_version=seen_version, now=now, state=new)
    what, say = ("closed", f"注销企业 {row.name}") if act is Act.CLOSE else ("reopened", f"恢复企业 {row.name}")
    trail.record(
        [news(what, say, row, before={"state": old}, after={"state": new}, reason=reason)], actor=actor, now=now
    )


def _check_move(actor: Actor, row: Enterprise | None, one: Move, known: Mapping[UUID, Collection[str]]) -> None:
    if row is None:
        raise NotFound("enterprises.not_found", "没有找到这家企业，或者不在您的管辖范围内。")
    must_be_allowed(actor, Act.MOVE, path=row.path, sector=row.lead_sector, enterprise_id=row.pk)
    if one.path:
        must_lie_in_town(one.path, known[row.town_id])
        must_be_allowed(actor, Act.MOVE, path=one.path, sector=one.lead_sector or row.lead_sector)
    if one.lead_sector and one.lead_sector not in set(Sector):
        raise Refusal("enterprises.unknown_sector", "没有这个行业。请重新选。", field="lead_sector")
    if row.state != State.ACTIVE:
        raise Refusal("enterprises.not_active", f"{row.name} 已合并或注销，不再调整归属。")
    if row.version != one.seen_version:
        raise Outdated("enterprises.outdated", f"刚刚有人改动了 {row.name} 的资料。请刷新页面看过最新情况再办。")
    if (one.path or row.path, one.lead_sector or row.lead_sector) == (row.path, row.lead_sector):
        raise Refusal("enterprises.same_place", f"{row.name} 已经在这个村（社区）、这个行业，不用调整。", field="path")


def _must_merge(loser: Enterprise, winner: Enterprise, reason: str) -> None:
    if not reason.strip():
        raise Refusal("enterprises.no_reason", "请写明为什么是同一家企业。", field="reason")
    if loser.pk == winner.pk:
        raise Refusal("enterprises.same", "不能把企业并入它自己，请选另一家。", field="winner")
    if loser.town_id != winner.town_id:
        raise Refusal("enterprises.other_town", "两家企业不在同一个镇，不能合并。", field="winner")
    if loser.state != State.ACTIVE or winner.state != State.ACTIVE:
        raise Refusal("enterprises.not_active", "两家都须是在册企业才能合并。请刷新页面再看。", field="winner")


def _gains(winner: Enterprise, loser: Enterprise) -> dict[str, Any]:
    """Return the columns that the winner takes over from the loser."""
    gained: dict[str, Any] = {}
    if not winner.uscc and loser.uscc:
        gained |= {"uscc": loser.uscc, "uscc_confirmed": loser.uscc_confirmed}
    for name in ("features", "sectors"):
        old = unpack(getattr(winner, name))
        both = pack(word for word in (*old, *unpack(getattr(loser, name))) if word != winner.lead_sector)
        if both != pack(old):
            gained[name] = both
    return gained


def _move_sites(loser: Enterprise, winner: Enterprise) -> None:
    taken = set(Site.objects.filter(enterprise=winner).values_list("name", "part"))
    moving = [site.pk for site in Site.objects.filter(enterprise=loser) if (site.name, site.part) not in taken]
    Site.objects.filter(pk__in=moving).update(enterprise=winner)


def _move_licences(loser: Enterprise, winner: Enterprise) -> None:
    taken = set(Licence.objects.filter(enterprise=winner).values_list("number", flat=True))
    Licence.objects.filter(enterprise=loser).exclude(number__in=taken).update(enterprise=winner)
