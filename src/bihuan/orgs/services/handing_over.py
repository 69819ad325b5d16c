"""Hand a post over, today or on a day soon to come, and take back what was planned."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import ONE_DAY, day_of
from bihuan.kernel.errors import Refusal
from bihuan.orgs.models import Holding, Post, User
from bihuan.orgs.services.admins import refuse_last_admin_of_post
from bihuan.orgs.services.guard import post_news, text
from bihuan.orgs.services.posts import may_fill, posts_by_id, refuse_clashes, refuse_oneself, users_by_id
from bihuan.trail.news import News
from bihuan.trail.rules import Telling
from bihuan.trail.services import record, tell

# A change of holder is known some months ahead, and written down some months late; more is a slip of the year.
FARTHEST: Final = timedelta(days=180)


@transaction.atomic
def hand_over_post(
    *,
    post_id: UUID,
    to_user_id: UUID | None,
    actor: Actor,
    now: datetime,
    from_on: date | None = None,
    reason: str = "",
) -> None:
    """Move a post from its holder to a successor, or leave it vacant (to_user_id None); the duties stay with it.

    from_on: the successor's first day, None is today; the predecessor's last day is the one before. Event
    `post.handed_over` carries user_id before and after, so that what is addressed to a person can follow.
    A change planned before and not yet come is taken back first: the new one stands in its place, and whoever names
    the present holder again has only taken it back.
    """
    today = day_of(now)
    start = from_on or today
    _check_near(start, today)
    post = posts_by_id([post_id])[post_id]
    may_fill([post], actor, today)
    plan = _take_back(post_id, today)
    _check_not_before(post, start)
    old = Holding.objects.filter(post_id=post_id, to_on=None).select_related("user").first()
    if plan is not None and to_user_id == (old.user_id if old else None):
        record([_taken_back_news(post, old, plan, reason)], actor=actor, now=now)
        return
    _check_hand_over(old, to_user_id, start, today)
    if to_user_id is None:
        refuse_last_admin_of_post(post_id, post.town_id, today)
    else:
        refuse_oneself([to_user_id], actor)
    names = users_by_id([to_user_id]) if to_user_id else {}
    if old is not None:
        _end(old, start)
    if to_user_id is not None:
        refuse_clashes([(to_user_id, post_id)], start)
        Holding.objects.create(post_id=post_id, user_id=to_user_id, from_on=start)
    if to_user_id is not None:
        tell([_hand_over_telling(post, to_user_id)], now=now)
    record(
        [_hand_over_news(post, old, names.get(to_user_id) if to_user_id else None, start, reason)], actor=actor, now=now
    )


def _check_near(start: date, today: date) -> None:
    if start < today - FARTHEST:
        raise Refusal(
            "orgs.too_long_ago",
            f"交接日不能更早于 {today - FARTHEST:%Y-%m-%d}。请核对年份。",
            field="from_on",
        )
    if start > today + FARTHEST:
        raise Refusal(
            "orgs.too_far",
            f"交接日最晚到 {today + FARTHEST:%Y-%m-%d}。请核对年份，或到时候再办。",
            field="from_on",
        )


def _check_not_before(post: Post, start: date) -> None:
    """Refuse a first day before there was such a post, or while somebody who has left still held it."""
    opened = max(post.opened_on or post.unit.opened_on, post.unit.opened_on)
    if start < opened:
        say = f"岗位“{post.title}”{opened:%Y-%m-%d} 才设立，到岗日期不能更早。请改日期。"
        raise Refusal("orgs.before_post", say, field="from_on")
    last = Holding.objects.filter(post=post, to_on__gte=start).select_related("user").order_by("-to_on").first()
    if last is not None and last.to_on is not None:
        say = f"{last.user.name}在这个岗位上到 {last.to_on:%Y-%m-%d}，接手的日期要在这以后。请改日期。"
        raise Refusal("orgs.still_held", say, field="from_on")


@dataclass(frozen=True, slots=True)
class Planned:
    """A change of holder that has not come yet: who comes (None: nobody), from which day."""

    user: User | None
    from_on: date


def _take_back(post_id: UUID, today: date) -> Planned | None:
    """Take a planned change back: who would have come never held the post, who would have gone stays."""
    coming = list(Holding.objects.filter(post_id=post_id, from_on__gt=today).select_related("user").order_by("from_on"))
    leaving = Holding.objects.filter(post_id=post_id, from_on__lte=today, to_on__gte=today).first()
    if not coming and leaving is None:
        return None
    last_day = leaving.to_on if leaving is not None and leaving.to_on is not None else None
    Holding.objects.filter(pk__in=[one.pk for one in coming]).delete()
    if leaving is not None:
        Holding.objects.filter(pk=leaving.pk).update(to_on=None)
    if coming:
        return Planned(coming[0].user, coming[0].from_on)
    return Planned(None, (last_day or today) + ONE_DAY)


def _taken_back_news(post: Post, old: Holding | None, plan: Planned, reason: str) -> News:
    """Return the news that a planned change does not come; `before` is who would have come."""
    whom = f"由{plan.user.name}接任" if plan.user else "空缺"
    before = {
        "user_id": text(plan.user.pk) if plan.user else None,
        "user_name": plan.user.name if plan.user else "",
        "from_on": plan.from_on.isoformat(),
    }
    after = {"user_id": text(old.user_id) if old else None, "user_name": old.user.name if old else ""}
    say = f"{post.title}原定{plan.from_on:%Y-%m-%d}起{whom}，已撤回"
    return post_news("post.handed_over", post, say, before=before, after=after, reason=reason)


def _check_hand_over(old: Holding | None, to_user_id: UUID | None, start: date, today: date) -> None:
    if old is None and to_user_id is None:
        raise Refusal("orgs.nothing_to_hand_over", "这个岗位本来就空着。请选接手的人。", field="to_user_id")
    if old is not None and old.user_id == to_user_id:
        raise Refusal("orgs.same_holder", f"{old.user.name}已经在这个岗位上。请选另一个人。", field="to_user_id")
    if old is not None and start < old.from_on:
        raise Refusal(
            "orgs.too_early",
            f"{old.user.name} {old.from_on:%Y-%m-%d} 才到岗，交接日不能更早。请改日期。",
            field="from_on",
        )
    if old is not None and start < today:
        raise Refusal(
            "orgs.in_the_past",
            f"{old.user.name}到今天都在这个岗位上办事，交接日不能早于今天。请从今天起交接。",
            field="from_on",
        )


def _end(old: Holding, start: date) -> None:
    """Close a holding the day before `start`; one that began that very day is moved back to it and holds on no day."""
    last = start - ONE_DAY
    Holding.objects.filter(pk=old.pk).update(to_on=last, from_on=min(old.from_on, last), of_no_day=old.from_on > last)


def _hand_over_news(post: Post, old: Holding | None, new: User | None, start: date, reason: str) -> News:
    before = {"user_id": text(old.user_id) if old else None, "user_name": old.user.name if old else ""}
    after = {
        "user_id": text(new.pk) if new else None,
        "user_name": new.name if new else "",
        "from_on": start.isoformat(),
    }
    whom = (
        f"由{before['user_name']}移交{after['user_name']}"
        if old and new
        else (f"{after['user_name']}接任" if new else f"{before['user_name']}离任，岗位空缺")
    )
    return post_news("post.handed_over", post, f"{post.title}{whom}", before=before, after=after, reason=reason)


def _hand_over_telling(post: Post, to_user_id: UUID) -> Telling:
    return Telling(
        say=f"您接手了岗位“{post.title}”。职责、片区和没办完的事都在这一页。",
        kind="post.handed_over",
        users=(to_user_id,),
        town_id=post.town_id,
        subject_type="orgs.post",
        subject_id=post.pk,
        url_name="orgs:post",
        url_args=(str(post.pk),),
    )
