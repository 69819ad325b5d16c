"""Close a unit, or merge it into another: nothing that it answers for is left behind (R10.3)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import ONE_DAY, day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.orgs.models import AreaLeader, DutyField, EnterprisePost, Holding, Post, SectorDepartment, Unit
from bihuan.orgs.rules import OrgAct, UnitKind
from bihuan.orgs.rules.codes import kin_of
from bihuan.orgs.services.guard import require, unit_news
from bihuan.orgs.services.units import change_once, refuse_closed
from bihuan.trail.services import record


@transaction.atomic
def close_unit(
    *, unit_id: UUID, reason: str, seen_version: int, merged_into_id: UUID | None = None, actor: Actor, now: datetime
) -> None:
    """Close a unit, or merge it into another, which takes over its sectors and, if it has none, its leader.

    Row and code stay. Refused while units, held posts or enterprises' posts are in it; without a successor also while
    it answers for sectors, or its posts for areas, fields or enterprises. What rooms above this one hold to it, its
    enterprises and open hazards, the door asks first.
    """
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound("orgs.no_unit", "没有找到这个单位。请回到组织责任页重新选。")
    require(actor, OrgAct.CHANGE_UNITS, unit.path)
    refuse_closed(unit)
    day = day_of(now)
    into = _successor(unit, merged_into_id)
    _refuse_occupied(unit, day)
    if not reason.strip():
        raise Refusal("orgs.no_reason", "请写明撤销的依据，比如文件号。", field="reason")
    _refuse_answering(unit, into)
    sectors = _move_sectors(unit, into, day)
    _move_area(unit, into, day)
    change_once(unit_id, seen_version, {"closed_on": day, "merged_into_id": merged_into_id})
    Post.objects.filter(unit_id=unit_id, closed_on=None).update(closed_on=day)
    after = {
        "closed_on": day.isoformat(),
        "merged_into": str(merged_into_id) if merged_into_id else None,
        "sectors": sectors,
    }
    say = f"撤销单位{unit.name}" + (f"，并入{into.name}" if into else "")
    record([unit_news("unit.closed", unit, say, after=after, reason=reason)], actor=actor, now=now)


def _successor(unit: Unit, into_id: UUID | None) -> Unit | None:
    if into_id is None:
        return None
    into = Unit.objects.open().filter(pk=into_id, town_id=unit.town_id).exclude(pk=unit.pk).first()
    if into is None:
        raise NotFound("orgs.no_unit", "要并入的单位不在本镇，或者已经撤销。请重新选。")
    if into.kind not in kin_of(UnitKind(unit.kind)):
        say = f"{unit.name}不能并入{into.name}：类别不同，接不了它的责任。请改选同类的单位。"
        raise Refusal("orgs.other_kind", say, field="merged_into_id")
    return into


def _refuse_occupied(unit: Unit, day: date) -> None:
    if Unit.objects.below(unit.path).open().exclude(pk=unit.pk).exists():
        raise Refusal("orgs.has_children", f"{unit.name}下面还有单位，不能撤销。请先撤并下级单位。")
    posts = Post.objects.filter(unit=unit, closed_on=None)
    firms = posts.exclude(enterprise_id=None).values("enterprise_id").distinct().count()
    if firms:
        say = f"{unit.name}还有 {firms} 家企业的岗位，不能撤销。请先在企业页把这些企业迁到接收的村（社区）。"
        raise Refusal("orgs.has_firms", say)
    if Holding.objects.filter(Q(to_on=None) | Q(to_on__gte=day), post__in=posts).exists():
        raise Refusal("orgs.has_holders", f"{unit.name}还有岗位上有人，不能撤销。请先移交这些岗位。")


def _refuse_answering(unit: Unit, into: Unit | None) -> None:
    """Refuse while something would be left without anybody to answer for it."""
    posts = Post.objects.filter(unit=unit, closed_on=None)
    areas = AreaLeader.objects.filter(post__in=posts, to_on=None).count()
    fields = DutyField.objects.filter(post__in=posts).count()
    covered = EnterprisePost.objects.filter(post__in=posts, to_on=None).count()
    left = {"挂钩的村和企业": areas, "分管领域": fields, "指定的企业": covered}
    if said := "、".join(f"{count} 项{name}" for name, count in left.items() if count):
        say = f"{unit.name}的岗位名下还有{said}，不能撤销。请先在“挂钩领导”“分管领域”和企业页改给别的岗位。"
        raise Refusal("orgs.has_duties", say)
    sectors = SectorDepartment.objects.filter(unit=unit, to_on=None, is_lead=True).count()
    if sectors and into is None:
        say = f"{unit.name}还牵头 {sectors} 个行业，不能撤销。请选并入哪个单位，或先在“行业主管部门”改派。"
        raise Refusal("orgs.has_sectors", say, field="merged_into_id")


def _move_sectors(unit: Unit, into: Unit | None, day: date) -> list[str]:
    """End what the unit led and supported; the successor has it from today. Returns the sectors led."""
    rows = list(SectorDepartment.objects.filter(unit=unit, to_on=None))
    last = day - ONE_DAY
    for row in rows:
        row.to_on, row.from_on = last, min(row.from_on, last)
    SectorDepartment.objects.bulk_update(rows, ["to_on", "from_on"])
    led = [row.sector for row in rows if row.is_lead]
    if into is not None:
        had = SectorDepartment.objects.filter(unit=into, to_on=None)
        _end_support(had.filter(sector__in=led, is_lead=False), last)
        has = set(had.values_list("sector", flat=True))
        fresh = [row for row in rows if row.sector not in has]
        SectorDepartment.objects.bulk_create(
            SectorDepartment(town_id=row.town_id, sector=row.sector, unit=into, is_lead=row.is_lead, from_on=day)
            for row in fresh
        )
    return sorted(led)


def _end_support(rows: QuerySet[SectorDepartment], last: date) -> None:
    rows.filter(from_on__gt=last).update(from_on=last)
    rows.update(to_on=last)


def _move_area(unit: Unit, into: Unit | None, day: date) -> None:
    """End the attachment of a leader to the unit's area; a successor without a leader of its own takes it over."""
    row = AreaLeader.objects.filter(path=unit.path, to_on=None).first()
    if row is None:
        return
    last = day - ONE_DAY
    AreaLeader.objects.filter(pk=row.pk).update(to_on=last, from_on=min(row.from_on, last))
    if into is not None and not AreaLeader.objects.filter(path=into.path, to_on=None).exists():
        AreaLeader.objects.create(town_id=row.town_id, post_id=row.post_id, path=into.path, from_on=day)
