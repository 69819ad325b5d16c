"""Open a big screen for a place, revoke it, note that it was seen."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.orgs.models import Screen, Unit
from bihuan.orgs.rules import OrgAct
from bihuan.orgs.rules.screens import ALPHABET, LENGTH, SCREEN_KINDS, SEEN_EVERY_S, hash_of, shown
from bihuan.orgs.services.guard import require
from bihuan.trail.news import News
from bihuan.trail.services import record


@dataclass(frozen=True, slots=True)
class OpenedScreen:
    """A new screen with its code, told exactly once."""

    screen_id: UUID
    code: str = field(repr=False)


@transaction.atomic
def open_screen(*, name: str, unit_id: UUID, actor: Actor, now: datetime) -> OpenedScreen:
    """Make a code for a named device that shows the figures of one place and of all below it."""
    unit = Unit.objects.filter(pk=unit_id, closed_on=None).first()
    if unit is None:
        raise NotFound("orgs.no_unit", "没有找到这个单位。请回到大屏页重新选。")
    require(actor, OrgAct.OPEN_SCREENS, unit.path)
    if unit.kind not in SCREEN_KINDS:
        raise Refusal("orgs.no_area", "大屏只能显示一级政府或者一个村（社区）的数。请选镇或村。", field="unit")
    if not name.strip():
        raise Refusal("orgs.no_screen_name", "请给这块屏起个名字，例如：一楼大厅。", field="name")
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    row = Screen.objects.create(
        town_id=unit.town_id,
        unit=unit,
        path=unit.path,
        name=name.strip(),
        code_hash=hash_of(code),
        made_by=actor.name,
        made_at=now,
    )
    say = f"开通大屏“{row.name}”，显示{unit.name}的数"
    record([_news("screen.opened", row, say, {"name": row.name, "unit": str(unit.pk)})], actor=actor, now=now)
    return OpenedScreen(row.pk, shown(code))


@transaction.atomic
def revoke_screen(*, screen_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Let a screen's code open nothing any more; the record stays."""
    row = Screen.objects.filter(pk=screen_id).first()
    if row is None:
        raise NotFound("orgs.no_screen", "没有找到这块屏。请回到大屏页重新选。")
    require(actor, OrgAct.OPEN_SCREENS, row.path)
    changed = Screen.objects.filter(pk=screen_id, version=seen_version, revoked_at=None).update(
        revoked_at=now, revoked_by=actor.name, version=F("version") + 1
    )
    if not changed:
        raise Outdated("orgs.screen_changed", "这块屏刚才有人动过，可能已经停用。请刷新页面看一眼。")
    record([_news("screen.revoked", row, f"停用大屏“{row.name}”", {"revoked": True})], actor=actor, now=now)


def note_screen_seen(*, screen_id: UUID, now: datetime) -> None:
    """Remember when a screen last asked for its figures; written once a minute at most."""
    old = Q(seen_at=None) | Q(seen_at__lte=now - timedelta(seconds=SEEN_EVERY_S)) | Q(seen_at__gt=now)
    Screen.objects.filter(old, pk=screen_id).update(seen_at=now)


def _news(kind: str, row: Screen, say: str, after: dict[str, object]) -> News:
    return News(
        kind=kind,
        say=say,
        subject_type="orgs.screen",
        subject_id=row.pk,
        town_id=row.town_id,
        unit_id=row.unit_id if row.town_id is None else None,
        path=row.path,
        after=after,
    )
