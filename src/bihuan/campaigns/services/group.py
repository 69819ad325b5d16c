"""The seats of the leading group: as the plan names them, and who fills them (R9.2)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, GroupSeat
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.seats import LEAST, is_for_many
from bihuan.campaigns.services.loading import campaign_to, tell
from bihuan.campaigns.services.texts import written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.kernel.ids import new_id
from bihuan.orgs import queries as orgs


@transaction.atomic
def fill_seat(
    *,
    campaign_id: UUID,
    seat_id: UUID,
    post_id: UUID | None = None,
    holder: str = "",
    actor: Actor,
    now: datetime,
) -> UUID:
    """Say who fills a seat: the holder of a post, or a person by name. Returns the seat that stands from now on."""
    row = campaign_to(CampaignAct.REGISTER, actor, campaign_id)
    seat = row.seats.filter(pk=seat_id).first()
    if seat is None:
        raise NotFound("campaigns.no_seat", "没有找到领导小组的这个职务。请刷新页面重新选。")
    if is_for_many(seat.title, seat.named):
        say = f"{seat.title}写的是“{seat.named}”，不止一位。请一次把每一位都选上。"
        raise Refusal("campaigns.many_seats", say, field="holder")
    who = _who(row, post_id, holder, now)
    ended = GroupSeat.objects.filter(pk=seat.pk, ended_at=None).update(ended_at=now)
    if ended != 1:
        raise Outdated("campaigns.seat_outdated", "这个职务刚刚有人改动。请刷新页面看过再办。")
    new = GroupSeat(
        id=new_id(),
        campaign=row,
        title=seat.title,
        named=seat.named,
        holder=who if post_id is None else "",
        post_id=post_id,
        sort_no=seat.sort_no,
        made_at=now,
    )
    new.save(force_insert=True)
    say = f"领导小组{seat.title}：{who}"
    tell(row, "seat_filled", say, after={"seat": seat.title, "named": seat.named, "who": who}, actor=actor, now=now)
    return new.pk


@transaction.atomic
def fill_members(
    *,
    campaign_id: UUID,
    seat_id: UUID,
    posts: Sequence[UUID] = (),
    holders: Sequence[str] = (),
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Say who all fill a seat that means several: each gets one of its own in its place. Raises Refusal for fewer than
    two. Returns the seats that stand from now on."""
    row = campaign_to(CampaignAct.REGISTER, actor, campaign_id)
    seat = row.seats.filter(pk=seat_id).first()
    if seat is None:
        raise NotFound("campaigns.no_seat", "没有找到领导小组的这个职务。请刷新页面重新选。")
    wanted: list[tuple[UUID | None, str]] = [(one, "") for one in dict.fromkeys(posts)]
    wanted += [(None, one.strip()) for one in dict.fromkeys(holders) if one.strip()]
    if len(wanted) < LEAST:
        say = f"{seat.title}写的是“{seat.named}”，不止一位。请把每一位都选上；岗位里没有的写姓名，一行一位。"
        raise Refusal("campaigns.few_members", say, field="posts")
    whos = [_who(row, post_id, holder, now) for post_id, holder in wanted]
    if GroupSeat.objects.filter(pk=seat.pk, ended_at=None).update(ended_at=now) != 1:
        raise Outdated("campaigns.seat_outdated", "这个职务刚刚有人改动。请刷新页面看过再办。")
    made = [
        GroupSeat(
            id=new_id(),
            campaign=row,
            title=seat.title,
            holder=who if post_id is None else "",
            post_id=post_id,
            sort_no=seat.sort_no,
            made_at=now,
        )
        for (post_id, _), who in zip(wanted, whos, strict=True)
    ]
    GroupSeat.objects.bulk_create(made)
    say = f"领导小组{seat.title} {len(made)} 位：" + "、".join(whos)
    after = {"seat": seat.title, "named": seat.named, "who": "、".join(whos)}
    tell(row, "seat_filled", say, after=after, actor=actor, now=now)
    return [one.pk for one in made]


@transaction.atomic
def add_seat(*, campaign_id: UUID, title: str, holder: str = "", actor: Actor, now: datetime) -> UUID:
    """Add a seat that the plan does not name."""
    row = campaign_to(CampaignAct.REGISTER, actor, campaign_id)
    if not title.strip():
        raise Refusal("campaigns.no_title", "请写职务，如组长、副组长、成员。", field="title")
    last = row.seats.order_by("-sort_no").values_list("sort_no", flat=True).first()
    seat = GroupSeat(
        id=new_id(),
        campaign=row,
        title=written(GroupSeat, "title", title),
        holder=written(GroupSeat, "holder", holder),
        sort_no=0 if last is None else last + 1,
        made_at=now,
    )
    seat.save(force_insert=True)
    say = f"领导小组加了{seat.title}" + (f"：{seat.holder}" if seat.holder else "")
    tell(row, "seat_added", say, after={"seat": seat.title, "who": seat.holder}, actor=actor, now=now)
    return seat.pk


def _who(row: Campaign, post_id: UUID | None, holder: str, now: datetime) -> str:
    if post_id is None:
        if not holder.strip():
            raise Refusal("campaigns.nobody", "请选岗位，或者写担任的人。", field="holder")
        return written(GroupSeat, "holder", holder)
    post = orgs.posts([post_id], day_of(now)).get(post_id)
    if post is None or post.unit.town_id != row.town_id:
        raise NotFound("campaigns.no_post", "选的岗位不在本镇。请重新选。")
    return post.label
