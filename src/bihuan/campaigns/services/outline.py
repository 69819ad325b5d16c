"""What was read of a plan beside its clauses is put right by a person: duties to report, stages, the leading group."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import GroupSeat
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.reported import (
    BY_DAY,
    BY_WEEKDAY,
    DATED,
    LAST,
    MOST_DAYS,
    OFTEN_NAMES,
    WEEK,
    Duty,
    duties_of,
)
from bihuan.campaigns.rules.stages import Stage, stages_of
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.campaigns.services.texts import longest, within
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal

LONG: Final = 80  # characters of a name
MOST: Final = 60  # duties, stages, seats


@transaction.atomic
def mend_outline(
    *,
    campaign_id: UUID,
    seen_version: int,
    duties: Sequence[Duty],
    stages: Sequence[Stage],
    group_name: str,
    posts: Mapping[str, Sequence[str]],
    actor: Actor,
    now: datetime,
) -> None:
    """Say what the plan asks to be reported, which stages it has, and who sits in its leading group.

    All three take the place of what was read or said before. posts: title → the holders as named. Raises Refusal.
    """
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    if max(len(duties), len(stages), len(posts)) > MOST:
        raise Refusal("campaigns.too_many", f"最多 {MOST} 项。请合并同类的再记。")
    said: dict[str, Any] = {
        "reporting": [_checked(one).as_json() for one in duties],
        "phases": [_dated(one).as_json() for one in stages],
        "group": _group(row.group or {}, group_name, posts),
    }
    before = {
        "reporting": [one.as_json() for one in duties_of(row.reporting, issued_on=row.issued_on)],
        "phases": [one.as_json() for one in stages_of(row.phases)],
        "group": row.group or {},
    }
    changed = {name: value for name, value in said.items() if value != before[name]}
    if not changed:
        return
    write(row, seen_version, **changed, changed_at=now)
    tell(
        row,
        "outline_mended",
        "核对了报告要求、阶段和领导小组",
        before={name: before[name] for name in changed},
        after=changed,
        actor=actor,
        now=now,
    )


def _checked(duty: Duty) -> Duty:
    """Return a duty that holds together. Raises Refusal with what to mend."""
    within(duty.what, LONG, called="报什么", field="")
    within(duty.to, LONG, called="报给谁", field="")
    if not duty.what.strip():
        raise Refusal("campaigns.no_report", "有一条报告要求没有写报什么。请写上，或者勾选“不算”。")
    most, least = (len(WEEK), 1) if duty.often in BY_WEEKDAY else (MOST_DAYS, LAST)
    if duty.days and duty.often not in BY_DAY | BY_WEEKDAY:
        name = OFTEN_NAMES[duty.often]
        raise Refusal("campaigns.odd_day", f"“{duty.what}”选的是“{name}”，不用填哪天。请清空，或者改选每周、每月。")
    if any(not least <= one <= most for one in duty.days):
        words = "星期几请填 1 到 7" if duty.often in BY_WEEKDAY else "哪天请填 1 到 31，月底填 0"
        raise Refusal("campaigns.odd_day", f"“{duty.what}”：{words}。")
    if duty.due_on and duty.often not in DATED:
        raise Refusal("campaigns.odd_day", f"“{duty.what}”填了日期，请把“多久一次”改成“报一次”，或者清空日期。")
    return duty


def _dated(stage: Stage) -> Stage:
    within(stage.name, LONG, called="阶段", field="")
    if not stage.name.strip():
        raise Refusal("campaigns.no_stage", "有一个阶段没有写名称。请写上，或者勾选“不算”。")
    if stage.start and stage.end and stage.end < stage.start:
        raise Refusal("campaigns.days_reversed", f"“{stage.name}”的结束日期早于开始日期，请核对。")
    return stage


def _group(kept: Mapping[str, Any], name: str, posts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    title = within(name, LONG, called="领导小组的名称", field="")
    said = {
        within(post, longest(GroupSeat, "title"), called="职务", field=""): [
            within(one, longest(GroupSeat, "named"), called="方案里的写法", field="") for one in named
        ]
        for post, named in posts.items()
    }
    if not said and not title:
        return {}
    return {"name": title or None, "posts": said, "places": list(kept.get("places", []))}
