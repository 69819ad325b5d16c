"""Name who answers for what (R1.1, R1.2, R8.1)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import ONE_DAY, day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.orgs import queries
from bihuan.orgs.models import AreaLeader, DutyField, DutyList, EnterprisePost, Post, SectorDepartment, Unit
from bihuan.orgs.rules import Cover, OrgAct, UnitKind
from bihuan.orgs.services.guard import post_news, require, text, unit_news
from bihuan.trail.news import News
from bihuan.trail.services import record


def name_department(
    *,
    town_id: UUID,
    sector: str,
    lead_unit_id: UUID | None,
    supporting_unit_ids: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
    from_on: date | None = None,
) -> None:
    """Name the lead department and the supporting ones of a sector, from a day on; what was before ends the day before.

    lead_unit_id: None leaves the sector without a lead, which shows as a gap.
    """
    name_departments(
        town_id=town_id,
        sectors={sector: (lead_unit_id, tuple(supporting_unit_ids))},
        actor=actor,
        now=now,
        from_on=from_on,
    )


@transaction.atomic
def name_departments(
    *,
    town_id: UUID,
    sectors: Mapping[str, tuple[UUID | None, tuple[UUID, ...]]],
    actor: Actor,
    now: datetime,
    from_on: date | None = None,
) -> None:
    """Name the departments of several sectors at once: sector → (lead unit, supporting units)."""
    town = queries.town(town_id)
    require(actor, OrgAct.NAME_RESPONSIBLE, town.path)
    start = from_on or day_of(now)
    units = {unit.pk: unit for unit in Unit.objects.filter(town_id=town_id, closed_on=None)}
    _check_departments(sectors, units)
    old = SectorDepartment.objects.filter(town_id=town_id, sector__in=list(sectors), to_on=None)
    _end_all(old, start)
    SectorDepartment.objects.bulk_create(
        [
            SectorDepartment(town_id=town_id, sector=sector, unit_id=unit_id, is_lead=unit_id == lead, from_on=start)
            for sector, (lead, supporting) in sectors.items()
            for unit_id in dict.fromkeys([*([lead] if lead else []), *supporting])
        ]
    )
    news = [
        _department_news(units, units[town_id], sector, lead, supporting)
        for sector, (lead, supporting) in sectors.items()
    ]
    record(news, actor=actor, now=now)


def _check_departments(sectors: Mapping[str, tuple[UUID | None, tuple[UUID, ...]]], units: Mapping[UUID, Unit]) -> None:
    wanted = {unit for lead, supporting in sectors.values() for unit in (lead, *supporting) if unit is not None}
    if wanted - set(units):
        raise NotFound("orgs.no_unit", "所选部门不在本镇或已撤销。请重新选。")
    wrong = [units[one].name for one in wanted if units[one].kind not in {UnitKind.DEPARTMENT, UnitKind.OFFICE}]
    if wrong:
        raise Refusal("orgs.not_a_department", f"{'、'.join(wrong)}不是部门，不能主管行业。请改选部门。")


def _department_news(
    units: Mapping[UUID, Unit], town: Unit, sector: str, lead: UUID | None, supporting: Sequence[UUID]
) -> News:
    after = {"sector": sector, "lead_unit_id": text(lead), "supporting_unit_ids": [str(one) for one in supporting]}
    say = f"明确行业牵头部门：{units[lead].name}" if lead else "撤去行业牵头部门"
    return unit_news("unit.sector_named", town, say, sector=sector, after=after)


def _end_all(rows: QuerySet[Any], start: date) -> None:
    """End rows the day before `start`; one that would not have lasted a day is moved back to that day."""
    last = start - ONE_DAY
    rows.filter(from_on__gte=start).update(from_on=last)
    rows.update(to_on=last)


def attach_leader(
    *,
    town_id: UUID,
    post_id: UUID | None,
    paths: Sequence[str] = (),
    enterprise_ids: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
    from_on: date | None = None,
) -> None:
    """Attach a leader's post to areas and single enterprises (挂钩), replacing who was; post_id None detaches."""
    attach_leaders(
        town_id=town_id,
        areas=dict.fromkeys(paths, post_id),
        enterprises=dict.fromkeys(enterprise_ids, post_id),
        actor=actor,
        now=now,
        from_on=from_on,
    )


@transaction.atomic
def attach_leaders(
    *,
    town_id: UUID,
    areas: Mapping[str, UUID | None],
    enterprises: Mapping[UUID, UUID | None] | None = None,
    actor: Actor,
    now: datetime,
    from_on: date | None = None,
) -> None:
    """Say which leader's post answers for which area and which single enterprise (分片挂钩, R8.1), from a day on.

    None leaves the area, or the enterprise, without a leader of its own. What was before ends the day before.
    """
    town = queries.town(town_id)
    require(actor, OrgAct.NAME_RESPONSIBLE, town.path)
    start = from_on or day_of(now)
    single = enterprises or {}
    if any(not path.startswith(town.path) for path in areas):
        raise Refusal("orgs.area_elsewhere", "所选的村不在本镇。请重新选。")
    posts = _posts_of_town({one for one in [*areas.values(), *single.values()] if one is not None}, town_id)
    _end_all(AreaLeader.objects.filter(town_id=town_id, path__in=list(areas), enterprise_id=None, to_on=None), start)
    _end_all(AreaLeader.objects.filter(town_id=town_id, enterprise_id__in=list(single), to_on=None), start)
    AreaLeader.objects.bulk_create(
        [AreaLeader(town_id=town_id, post_id=one, path=path, from_on=start) for path, one in areas.items() if one]
        + [
            AreaLeader(town_id=town_id, post_id=one, enterprise_id=firm, from_on=start)
            for firm, one in single.items()
            if one
        ],
        batch_size=500,
    )
    record(_attach_news(Unit.objects.get(pk=town_id), posts, areas, single, start), actor=actor, now=now)


def _posts_of_town(post_ids: set[UUID], town_id: UUID) -> dict[UUID, Post]:
    rows = Post.objects.filter(pk__in=post_ids, town_id=town_id, closed_on=None).select_related("unit")
    found = {row.pk: row for row in rows}
    if post_ids - set(found):
        raise NotFound("orgs.no_post", "没有找到这个岗位，或者已经撤销。请重新选。")
    return found


def _attach_news(
    town: Unit,
    posts: Mapping[UUID, Post],
    areas: Mapping[str, UUID | None],
    enterprises: Mapping[UUID, UUID | None],
    start: date,
) -> list[News]:
    news: list[News] = []
    for post_id in dict.fromkeys([*areas.values(), *enterprises.values()]):
        paths = [path for path, one in areas.items() if one == post_id]
        firms = [str(firm) for firm, one in enterprises.items() if one == post_id]
        facts = {"paths": paths, "enterprise_ids": firms, "from_on": start.isoformat()}
        what = "、".join(f"{len(some)} {word}" for some, word in ((paths, "个村（社区）"), (firms, "家企业")) if some)
        if post_id is None:
            news.append(unit_news("unit.leader_detached", town, f"撤去 {what}的挂钩领导", before=facts))
        else:
            post = posts[post_id]
            news.append(post_news("post.leader_attached", post, f"{post.title}挂钩 {what}", after=facts))
    return news


@transaction.atomic
def cover_enterprises(
    *,
    post_id: UUID,
    enterprise_ids: Sequence[UUID],
    why: Cover,
    actor: Actor,
    now: datetime,
    from_on: date | None = None,
) -> None:
    """Put enterprises under a post one by one: as its inspector, agency, stationed or supervising officer."""
    post = _covering_post(post_id, actor)
    start = from_on or day_of(now)
    had = set(EnterprisePost.objects.on(start).filter(post_id=post_id, why=why).values_list("enterprise_id", flat=True))
    fresh = [one for one in dict.fromkeys(enterprise_ids) if one not in had]
    EnterprisePost.objects.bulk_create(
        [EnterprisePost(post=post, enterprise_id=one, why=why, from_on=start) for one in fresh], batch_size=500
    )
    after = {"why": str(why), "enterprise_ids": [str(one) for one in fresh], "from_on": start.isoformat()}
    say = f"{post.title}新增 {len(fresh)} 家指定企业"
    record([post_news("post.enterprises_covered", post, say, after=after)], actor=actor, now=now)


@transaction.atomic
def uncover_enterprises(
    *, post_id: UUID, enterprise_ids: Sequence[UUID], why: Cover, actor: Actor, now: datetime
) -> None:
    """Take enterprises off a post again, from today on."""
    post = _covering_post(post_id, actor)
    rows = EnterprisePost.objects.filter(post_id=post_id, enterprise_id__in=list(enterprise_ids), why=why, to_on=None)
    ended = [str(one) for one in rows.values_list("enterprise_id", flat=True)]
    if not ended:
        raise Refusal("orgs.not_covered", f"{post.title}本来就没有指定到这家企业。请刷新页面。")
    _end_all(rows, day_of(now))
    before = {"why": str(why), "enterprise_ids": ended}
    say = f"{post.title}不再负责 {len(ended)} 家指定企业"
    record([post_news("post.enterprises_uncovered", post, say, before=before)], actor=actor, now=now)


def _covering_post(post_id: UUID, actor: Actor) -> Post:
    post = Post.objects.filter(pk=post_id, closed_on=None).select_related("unit").first()
    if post is None:
        raise NotFound("orgs.no_post", "没有找到这个岗位，或者已经撤销。请重新选。")
    require(actor, OrgAct.NAME_RESPONSIBLE, post.unit.path)
    return post


@transaction.atomic
def write_duty_lists(
    *, lists: Mapping[UUID, str], basis: str = "", actor: Actor, now: datetime, from_on: date | None = None
) -> None:
    """Give posts their duty lists (责任清单), one duty per line; an older list ends the day before."""
    start = from_on or day_of(now)
    posts = {post.pk: post for post in Post.objects.filter(pk__in=list(lists), closed_on=None).select_related("unit")}
    if set(lists) - set(posts):
        raise NotFound("orgs.no_post", "没有找到这个岗位，或者已经撤销。请重新选。")
    require(actor, OrgAct.NAME_RESPONSIBLE, *(post.unit.path for post in posts.values()))
    if any(not text_.strip() for text_ in lists.values()):
        raise Refusal("orgs.empty_list", "责任清单是空的。请至少写一条职责。", field="items")
    _end_all(DutyList.objects.filter(post_id__in=list(lists), to_on=None), start)
    DutyList.objects.bulk_create(
        [DutyList(post_id=key, items=items.strip(), basis=basis, from_on=start) for key, items in lists.items()]
    )
    news = [
        post_news(
            "post.duties_listed", posts[key], f"{posts[key].title}定责任清单", after={"items": items, "basis": basis}
        )
        for key, items in lists.items()
    ]
    record(news, actor=actor, now=now)


@transaction.atomic
def name_fields(*, town_id: UUID, fields: Mapping[str, UUID | None], actor: Actor, now: datetime) -> None:
    """Say which leader's post has which field of duty (分管领域); None keeps it as a gap. New names are added."""
    town = queries.town(town_id)
    require(actor, OrgAct.NAME_RESPONSIBLE, town.path)
    _posts_of_town({one for one in fields.values() if one is not None}, town_id)
    known = {field.name: field for field in DutyField.objects.filter(town_id=town_id)}
    fresh = [
        DutyField(town_id=town_id, name=name.strip(), post_id=post_id, sort_no=len(known) + place)
        for place, (name, post_id) in enumerate(fields.items())
        if name.strip() and name.strip() not in known
    ]
    moved = [known[name.strip()] for name in fields if name.strip() in known]
    before = {field.name: text(field.post_id) for field in moved}
    for field in moved:
        field.post_id = fields[field.name]
    DutyField.objects.bulk_create(fresh)
    DutyField.objects.bulk_update(moved, ["post"])
    after = {name: text(post_id) for name, post_id in fields.items()}
    unit = Unit.objects.get(pk=town_id)
    record([unit_news("unit.fields_named", unit, "明确班子分管领域", before=before, after=after)], actor=actor, now=now)
