"""Issue a campaign to units, put a draft away."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause
from bihuan.campaigns.queries.finding import issuer_of
from bihuan.campaigns.queries.indicators import Value, known_names, values_of
from bihuan.campaigns.queries.participants import SIDES, units_of
from bihuan.campaigns.queries.plan import figures_of
from bihuan.campaigns.rules.drafting import NOBODYS, ClauseState, names_sub_plan, plan_due_on
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.rules.standing import can_fall_behind, has_something
from bihuan.campaigns.rules.terms import Indicator, State, Where
from bihuan.campaigns.services.duties import make_duty_tasks
from bihuan.campaigns.services.group import make_seats
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.campaigns.services.notices import tell_units
from bihuan.campaigns.services.tasks import make_tasks
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal

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
    actor: Actor,
    now: datetime,
) -> None:
    """Issue a campaign to units of the town: each is told, and owes a sub-plan within seven days (R9.3).

    with_tasks: orders that no figure measures today, and those with a day that no figure can fall behind, become tasks
    of the units that they mean (R9.4).
    """
    row = campaign_to(CampaignAct.ISSUE, actor, campaign_id)
    target = must(actor, CampaignAct.ISSUE, CampaignState(row.state), path=row.path)
    if row.starts_on is None or row.ends_on is None:
        raise Refusal("campaigns.no_days", "方案没有写明起止日期。请先填好开始和结束日期再下发。", field="ends_on")
    if row.clauses.filter(state=ClauseState.READ).exists():
        raise Refusal("campaigns.unread", "还有要求没有核对。请先认可、修改或去掉，再下发。")
    if not row.clauses.filter(state=ClauseState.ACCEPTED).exists():
        raise Refusal("campaigns.no_clauses", NO_CLAUSES)
    known = {one.id: one for one in units_of(row.town_id)}
    wanted = [known[one] for one in dict.fromkeys(units) if one in known]
    if not wanted or len(wanted) != len(set(units)):
        raise Refusal("campaigns.no_units", "请选要下发到的村（社区）和部门。", field="units")
    write(
        row,
        seen_version,
        state=target,
        first_ends_on=row.ends_on,
        issued_at=now,
        issued_on=row.issued_on or day_of(now),
        changed_at=now,
    )
    asking = [one for one in row.clauses.in_text().filter(state=ClauseState.ACCEPTED) if names_sub_plan(one.text)]
    parts = [
        CampaignUnit(
            campaign=row,
            town_id=row.town_id,
            unit_id=one.id,
            path=one.path,
            name=one.short_name,
            side=SIDES[one.kind],
            sort_no=number,
            plan_due_on=plan_due_on(asked=_days_for(one.id, asking), issued_on=day_of(now), starts_on=row.starts_on),
        )
        for number, one in enumerate(wanted)
    ]
    CampaignUnit.objects.bulk_create(parts)
    make_seats(row, now=now)
    made = _make_all_tasks(row, parts, now=now) if with_tasks else 0
    say = f"下发到 {len(parts)} 个单位" + (f"，分解任务 {made} 件" if made else "")
    tell(row, "issued", say, after={"units": [one.name for one in parts], "tasks": made}, actor=actor, now=now)
    for due_on in sorted({one.plan_due_on for one in parts}):
        mine = [one for one in parts if one.plan_due_on == due_on]
        tell_units(row, mine, say=f"“{row.title}”已下发，请签收，{due_on.month}月{due_on.day}日前报子方案", now=now)


def _make_all_tasks(row: Campaign, parts: Sequence[CampaignUnit], *, now: datetime) -> int:
    """Write the tasks of duties to report, and of the other orders that are nobody's row. Returns how many."""
    reported = make_duty_tasks(row, parts, now=now)
    others = [one for one in _nobodys_rows(row, now) if one.pk not in reported.covered]
    return reported.made + make_tasks(row, parts, others, now=now)


def _days_for(unit_id: UUID, asking: Sequence[Clause]) -> list[date]:
    """Return the days by which the plan asks this unit for its sub-plan; an order that names nobody asks every unit."""
    mine = [one for one in asking if str(unit_id) in one.units or not (one.units or one.parties)]
    return [one.due_on for one in mine if one.due_on]


def _nobodys_rows(row: Campaign, now: datetime) -> list[Clause]:
    """Return the accepted orders that would be nobody's row: no figure measures them today, or they have a day and no
    figure that can fall behind it. Ideas and goals are nobody's task; an order for sub-plans is none beside them."""
    kept = set(row.figures.filter(dropped=False, confirmed_at__isnull=False).values_list("clause_id", "key"))
    figures = {
        clause_id: [one for one in found if (clause_id, one.key) in kept]
        for clause_id, found in figures_of(row).items()
    }
    orders = row.clauses.in_text().filter(state=ClauseState.ACCEPTED).exclude(source__in=NOBODYS)
    clauses = [one for one in orders if not names_sub_plan(one.text)]
    values = _values_today(row, [one for each in clauses if each.due_on for one in figures.get(each.pk, ())], now)
    known = known_names()
    return [one for one in clauses if _is_nobodys(one, figures.get(one.pk, ()), values, known)]


def _values_today(row: Campaign, found: Sequence[Indicator], now: datetime) -> dict[str, Value]:
    assert row.starts_on is not None  # noqa: S101 -- a campaign that is issued has its days
    assert row.ends_on is not None  # noqa: S101 -- the same
    wanted = list({one.key: one for one in found}.values())
    days = {"since": row.starts_on, "until": row.ends_on, "on": day_of(now)}
    values = values_of(issuer_of(row), wanted, Where(row.path), **days, campaign_id=row.pk) if wanted else []
    return {one.indicator.key: one for one in values}


def _is_nobodys(
    clause: Clause, figures: Sequence[Indicator], values: Mapping[str, Value], known: frozenset[str]
) -> bool:
    measured = [one for one in figures if one.state(known) is State.MEASURED]
    if not measured or clause.due_on is None:
        return not measured
    told = [(one, values[one.key].numerator, values[one.key].denominator) for one in measured]
    if clause.due_implied:  # a day of the whole phase: a figure that is told at all shows how it goes
        return not any(has_something(*one) for one in told)
    return not any(can_fall_behind(*one) for one in told)


@transaction.atomic
def drop_campaign(*, campaign_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Put a draft away; nobody else has seen it."""
    row = campaign_to(CampaignAct.DROP, actor, campaign_id)
    target = must(actor, CampaignAct.DROP, CampaignState(row.state), path=row.path)
    write(row, seen_version, state=target, changed_at=now)
    tell(row, "dropped", "放弃了这份草稿", actor=actor, now=now)
