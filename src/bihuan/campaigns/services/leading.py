"""Led inspections, registered simply until inspections have their room (R1.6, R1.7)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, LedFirm, LedVisit
from bihuan.campaigns.rules.life import OFFICE, CampaignAct
from bihuan.campaigns.rules.registers import LedFacts, led_visit_lacks
from bihuan.campaigns.services.loading import campaign_to, news_of, write_news
from bihuan.campaigns.services.registers import firms_of, fitting_day, stamp
from bihuan.campaigns.services.texts import longest, written
from bihuan.enterprises.rules.facts import Firm
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import LEADER_KINDS, PostRef
from bihuan.trail import services as trail


@transaction.atomic
def register_led_visit(
    *,
    campaign_id: UUID,
    on: date,
    post_id: UUID,
    firms: Sequence[UUID],
    companions: str,
    record_no: str = "",
    findings: str = "",
    nothing_found: bool = False,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> UUID:
    """Register an inspection that a leader led: by the leader, or by the office. post_id: the leader's."""
    row = campaign_to(CampaignAct.RECORD, actor, campaign_id)
    post = _leader(row, post_id, on)
    held = actor.user_id is not None and post.holder_id == actor.user_id
    if not held and not (actor.has_role(*OFFICE) and actor.scope.covers(path=row.path)):
        raise NotAllowed("campaigns.not_yours", f"带队检查由{post.title}本人登记，或者由安监办代为登记。")
    fitting_day(row, on, now)
    facts = LedFacts(companions, len(set(firms)), len(files), record_no, findings, nothing_found)
    lacks = led_visit_lacks(facts)
    if lacks is not None:
        raise Refusal("campaigns.led_visit_lacks", lacks[1], field=lacks[0])
    visited = firms_of(row, firms, actor)
    _not_twice(post, visited, on)
    papers = tuple(trail.attach_files(files, actor=actor, now=now))
    visit = LedVisit(
        id=new_id(),
        campaign=row,
        path=row.path,
        on=on,
        post_id=post.id,
        leader=post.label[: longest(LedVisit, "leader")],
        companions=written(LedVisit, "companions", companions),
        record_no=written(LedVisit, "record_no", record_no),
        findings=written(LedVisit, "findings", findings),
        nothing_found=nothing_found,
        **stamp(row, papers, actor, now),
    )
    visit.save(force_insert=True)
    LedFirm.objects.bulk_create(
        LedFirm(visit=visit, post_id=post.id, enterprise_id=one.id, name=one.name, path=one.path, on=on)
        for one in visited
    )
    say = f"{post.title}{on.month}月{on.day}日带队检查 {len(visited)} 家企业"
    after = {"visit": str(visit.pk), "firms": [one.name for one in visited], "findings": visit.findings or "未发现问题"}
    item = news_of(row, "led_visit", say, after=after, evidence=papers, acting_for="" if held else post.title)
    write_news(row, item, actor=actor, now=now)
    return visit.pk


def _leader(row: Campaign, post_id: UUID, on: date) -> PostRef:
    post = orgs.posts([post_id], on).get(post_id)
    if post is None or post.unit.town_id != row.town_id or post.kind not in LEADER_KINDS:
        raise NotFound("campaigns.no_leader_post", "请选本镇领导的岗位。")
    if post.holder_id is None:
        raise Refusal("campaigns.leader_vacant", f"{post.title}当天没有人在岗，请核对日期和岗位。", field="post_id")
    return post


def _not_twice(post: PostRef, firms: Sequence[Firm], on: date) -> None:
    taken = LedFirm.objects.filter(post_id=post.id, on=on, counts=True, enterprise_id__in=[one.id for one in firms])
    names = list(taken.values_list("name", flat=True))
    if names:
        raise Refusal(
            "campaigns.led_twice",
            f"{post.title}{on.month}月{on.day}日检查{'、'.join(names)}已经登记过，同一天只算一次。请去掉这几家。",
            field="firms",
        )
