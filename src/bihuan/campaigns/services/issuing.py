"""Issue a campaign to units, put a draft away."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause, ClauseMove, GroupSeat
from bihuan.campaigns.queries.issuing import issuing_of
from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.issuing import IssueTold
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.rules.units import Side
from bihuan.campaigns.services.duties import write_turns
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.campaigns.services.notices import tell_units
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal

BATCH: Final = 200
NO_CLAUSES: Final = (
    "方案里没有一条认可的要求，下发了各单位也不知道要做什么。"
    "请在核对页上把原文里的要求标出来（这也是要求），或者重新上传完整的方案。"
)


@transaction.atomic
def issue_campaign(
    *,
    campaign_id: UUID,
    seen_version: int,
    units: Sequence[UUID],
    with_tasks: bool = True,
    past_to: date | None = None,
    told: int | None = None,
    office_takes: int = 0,
    actor: Actor,
    now: datetime,
) -> IssueTold:
    """Issue a campaign to units of the town: each is told, and owes a sub-plan within seven days (R9.3).

    with_tasks: orders that no figure measures today, and those with a day that no figure can fall behind, become tasks
    of the units that they mean (R9.4). told: how many tasks the person was told; another number is refused, so that it
    is looked at. past_to: by when orders are due whose own day has passed, None to leave them late; those for sub-plans
    are due when the units are asked for these. The day of the text is kept beside. office_takes: how many orders and
    duties the person said are the safety office's, since they name none of these units; it gets none unsaid. Returns
    what was made.
    """
    row = campaign_to(CampaignAct.ISSUE, actor, campaign_id)
    target = must(actor, CampaignAct.ISSUE, CampaignState(row.state), path=row.path)
    _refuse_unready(row)
    found = issuing_of(row, units, with_tasks=with_tasks, past_to=past_to, now=now)
    made = found.told(today=day_of(now))
    if told not in {None, made.tasks}:
        say = f"刚才看到的是 {told} 件任务，照现在选的是 {made.tasks} 件。请看过下面的数再下发。"
        raise Refusal("campaigns.not_as_told", say)
    if len(made.unnamed) != office_takes:
        raise Refusal("campaigns.unnamed", _unnamed_words(len(made.unnamed)), field="office_takes")
    write(
        row,
        seen_version,
        state=target,
        first_ends_on=row.ends_on,
        issued_at=now,
        issued_on=found.row.issued_on,
        changed_at=now,
    )
    CampaignUnit.objects.bulk_create(found.parts)
    GroupSeat.objects.bulk_create(found.seats)
    _move(found.moved, now)
    write_turns(found.duties, found.tasks)
    _take(found.taken, found.parts)
    say = f"下发到 {made.units} 个单位" + (f"，分解任务 {made.tasks} 件" if made.tasks else "")
    say += f"，定期要报、要办的还有 {made.coming} 件到期生成" if made.coming else ""
    after = {"units": [one.name for one in found.parts], "tasks": made.tasks, "coming": made.coming}
    if made.unnamed:
        say += f"；{len(made.unnamed)} 件没有写由谁办的，由签发人定"
        after["unnamed"] = [one.label or one.what for one in made.unnamed]
    if made.moved:
        say += f"；{len(made.moved)} 条要求的时限下发时已过，改了日期"
        after["moved"] = [[one.label, one.from_on.isoformat(), one.to_on.isoformat()] for one in made.moved]
    tell(row, "issued", say, after=after, actor=actor, now=now)
    for due_on, _ in made.plans:
        mine = [one for one in found.parts if one.plan_due_on == due_on]
        tell_units(row, mine, say=f"“{row.title}”已下发，请签收，{due_on.month}月{due_on.day}日前报子方案", now=now)
    return made


def _take(clauses: Sequence[Clause], parts: Sequence[CampaignUnit]) -> None:
    """Write that orders are the safety office's, which name nobody that the plan is issued to."""
    office = next((one for one in parts if one.side == Side.OFFICE), None)
    if office is None:
        return
    for clause in clauses:
        clause.parties = list(dict.fromkeys([*clause.parties, office.name]))
        clause.units = list(dict.fromkeys([*clause.units, str(office.unit_id)]))
    Clause.objects.bulk_update(clauses, ["parties", "units"], batch_size=BATCH)


def _unnamed_words(count: int) -> str:
    if not count:
        return "刚才没有单位办的，现在都有了单位。请看过下面的数再下发。"
    return f"{count} 件事没有选到由谁办。请先到核对页写明责任单位；由安监办办的，请在下面勾选再下发。"


def _move(clauses: Sequence[Clause], now: datetime) -> None:
    """Write the days that orders got, and that they moved."""
    Clause.objects.bulk_update(clauses, ["due_on", "first_due_on"], batch_size=BATCH)
    moves = [
        ClauseMove(clause=one, at=now, from_on=one.first_due_on, to_on=one.due_on)
        for one in clauses
        if one.first_due_on and one.due_on
    ]
    ClauseMove.objects.bulk_create(moves, batch_size=BATCH)


def _refuse_unready(row: Campaign) -> None:
    if row.starts_on is None or row.ends_on is None:
        raise Refusal("campaigns.no_days", "方案没有写明起止日期。请先填好开始和结束日期再下发。", field="ends_on")
    if row.clauses.filter(state=ClauseState.READ).exists():
        raise Refusal("campaigns.unread", "还有要求没有核对。请先认可、修改或去掉，再下发。")
    if not row.clauses.filter(state=ClauseState.ACCEPTED).exists():
        raise Refusal("campaigns.no_clauses", NO_CLAUSES)


@transaction.atomic
def drop_campaign(*, campaign_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Put a draft away."""
    row = campaign_to(CampaignAct.DROP, actor, campaign_id)
    target = must(actor, CampaignAct.DROP, CampaignState(row.state), path=row.path)
    write(row, seen_version, state=target, changed_at=now)
    tell(row, "dropped", "放弃了这份草稿", actor=actor, now=now)
