"""Change who does an order of an issued plan, and by when, with the reason; its tasks go over, what is done stays."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from bihuan.campaigns.models import (
    Campaign,
    CampaignUnit,
    Clause,
    ClauseChange,
    ClauseMove,
    RegularDuty,
    Task,
    TaskMove,
)
from bihuan.campaigns.queries.clause_lines import figures_of
from bihuan.campaigns.queries.indicators import known_names
from bihuan.campaigns.queries.issuing import running_tasks
from bihuan.campaigns.queries.orders import short_title
from bihuan.campaigns.rules.drafting import NOBODYS, ClauseState, TaskState
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.reassigning import Reassigned, names_of_parts, reassigning_lacks
from bihuan.campaigns.rules.terms import State
from bihuan.campaigns.rules.units import Side
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.campaigns.services.notices import tell_units
from bihuan.campaigns.services.returns.obliged import owed_with
from bihuan.campaigns.services.texts import written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id


@dataclass(slots=True)
class _Going:
    """What goes over: whom to, from whom, at which instant; and what came of it."""

    row: Campaign
    clause: Clause
    parts: Sequence[CampaignUnit]
    now: datetime
    made: list[Task] = field(default_factory=list)
    withdrawn: list[Task] = field(default_factory=list)

    @property
    def keys(self) -> set[UUID]:
        """The parts that have it from now on."""
        return {one.pk for one in self.parts}


@transaction.atomic
def reassign_clause(
    *,
    campaign_id: UUID,
    seen_version: int,
    clause_id: UUID,
    units: Sequence[UUID],
    due_on: date | None,
    why: str,
    actor: Actor,
    now: datetime,
) -> Reassigned:
    """Say who does an order of an issued plan (ids of `CampaignUnit`) and by when, None to leave the day (R9.4).

    Open tasks of units that have it no more are withdrawn, with what was reported of them kept; done ones stay and
    count. Units that get it get the tasks that the order has, and of its regular duties the period that runs. Raises
    NotFound, NotAllowed, Refusal, Outdated.
    """
    row = campaign_to(CampaignAct.REASSIGN, actor, campaign_id)
    clause = row.clauses.in_text().filter(pk=clause_id, state=ClauseState.ACCEPTED).first()
    if clause is None or clause.source in NOBODYS:
        raise NotFound("campaigns.no_order", "没有找到这条要求，或者它是目标、指导思想，不分给单位。请刷新页面。")
    parts = list(row.units.filter(pk__in=list(units)).order_by("sort_no"))
    if not parts or len(parts) != len(set(units)):
        raise Refusal("campaigns.no_units", "请选由哪些单位办。", field="units")
    had = list(row.units.filter(unit_id__in=clause.units).order_by("sort_no"))
    goes = {one.pk for one in had} != {one.pk for one in parts}
    moves = due_on is not None and due_on != clause.due_on
    assert row.starts_on is not None and row.ends_on is not None  # noqa: S101, PT018 -- an issued campaign has its days
    lack = reassigning_lacks(
        why, goes=goes, due_on=due_on if moves else None, starts_on=row.starts_on, ends_on=row.ends_on
    )
    if lack is not None:
        raise Refusal(f"campaigns.{lack[0]}", lack[2], field=lack[1])
    write(row, seen_version, changed_at=now)
    change = ClauseChange(
        id=new_id(),
        clause=clause,
        at=now,
        by=actor.name,
        why=written(ClauseChange, "why", why),
        from_parties=clause.parties,
        from_units=clause.units,
        from_on=clause.due_on,
        to_on=due_on if moves else clause.due_on,
    )
    going = _Going(row, clause, parts, now)
    if goes:
        clause.parties = names_of_parts([one.name for one in parts], _villages(row, parts))
        clause.units = [str(one.unit_id) for one in parts]
        _tasks_go(going)
        change.duties = {str(one.pk): _duty_goes(going, one) for one in row.regular_duties.filter(clause=clause)}
    change.to_parties, change.to_units = clause.parties, clause.units
    change.save(force_insert=True)
    Clause.objects.filter(pk=clause.pk).update(
        parties=clause.parties,
        units=clause.units,
        parties_implied=clause.parties_implied and not goes,
        changed_at=now,
    )
    moved = _day_moves(going, due_on) if moves and due_on is not None else 0
    done = Reassigned(
        label=clause.label,
        given=[one.name for one in parts if one not in had],
        taken=[one.name for one in had if one not in parts],
        made=len(going.made),
        withdrawn=len(going.withdrawn),
        moved=moved,
    )
    _tell(row, clause, change, done, actor=actor, now=now)
    what = short_title(clause.gist or clause.text)[:60]
    if goes:
        tell_units(
            row, [one for one in parts if one not in had], say=f"“{row.title}”的一条改由您单位办：{what}", now=now
        )
        tell_units(
            row, [one for one in had if one not in parts], say=f"“{row.title}”的一条不再由您单位办：{what}", now=now
        )
    if moves and due_on is not None:
        say = f"“{row.title}”的一条时限改为{due_on.month}月{due_on.day}日：{what}"
        tell_units(row, [one for one in parts if one in had], say=say, now=now)
    return done


def _villages(row: Campaign, parts: Sequence[CampaignUnit]) -> list[str]:
    """Return the names of all villages of a campaign where they are all among these, [] otherwise."""
    every = list(row.units.filter(side=Side.VILLAGE).values_list("name", flat=True))
    return every if set(every) <= {one.name for one in parts} else []


def _tasks_go(going: _Going) -> None:
    """Let the tasks of an order that fall due once go to who has it now."""
    row, clause = going.row, going.clause
    standing = list(row.tasks.filter(clause=clause, opens_on=None).select_related("unit").order_by("made_at", "id"))
    going.withdrawn += _withdraw([one for one in standing if one.unit_id not in going.keys], going.now)
    if not standing and not _wants_tasks(row, clause):
        return
    has = {one.unit_id for one in standing}
    like = standing[0] if standing else None
    due_on = clause.due_on or row.ends_on
    assert due_on is not None  # noqa: S101 -- an issued campaign has its days
    fresh = [
        Task(
            campaign=row,
            town_id=row.town_id,
            clause=clause,
            unit=one,
            helpers=[key for key in (like.helpers if like else []) if key != str(one.pk)],
            title=like.title if like else short_title(clause.gist or clause.text),
            due_on=like.due_on if like else due_on,
            first_due_on=like.due_on if like else due_on,
            made_at=going.now,
        )
        for one in going.parts
        if one.pk not in has
    ]
    going.made += Task.objects.bulk_create(fresh)


def _wants_tasks(row: Campaign, clause: Clause) -> bool:
    """Tell whether an order without a task is to have some: the plan was issued with tasks, and neither a figure nor a
    regular duty shows how this order goes."""
    known = known_names()
    measured = any(one.state(known) is State.MEASURED for one in figures_of(row).get(clause.pk, ()))
    with_tasks = Task.every.filter(campaign=row).exists()
    return with_tasks and not measured and not row.regular_duties.filter(clause=clause).exists()


def _duty_goes(going: _Going, duty: RegularDuty) -> list[str]:
    """Let a regular duty go to who has its order now, with the tasks of the period that runs; return who had it."""
    had = duty.units
    open_ones = Task.objects.filter(duty=duty).exclude(unit__in=going.keys).exclude(state=TaskState.DONE)
    going.withdrawn += _withdraw(list(open_ones), going.now)
    duty.units, duty.changed_at = [str(one.pk) for one in going.parts], going.now
    duty.save(update_fields=["units", "changed_at"])
    assert going.row.ends_on is not None  # noqa: S101 -- an issued campaign has its days
    fresh = running_tasks(going.row, duty, going.parts, last=going.row.ends_on, now=going.now)
    has = set(Task.objects.filter(duty=duty).values_list("unit_id", "first_due_on"))
    made = Task.objects.bulk_create([one for one in fresh if (one.unit_id, one.first_due_on) not in has])
    if duty.form is not None:
        owed_with(duty.form, made, first=day_of(going.now))
    going.made += made
    return list(had)


def _withdraw(tasks: Sequence[Task], now: datetime) -> list[Task]:
    """Withdraw those of these tasks that are not done, unless somebody has just reported one done; return them."""
    gone = []
    for one in tasks:
        mine = Task.objects.filter(pk=one.pk, version=one.version).exclude(state=TaskState.DONE)
        if mine.update(withdrawn_at=now, version=F("version") + 1):
            gone.append(one)
    return gone


def _day_moves(going: _Going, due_on: date) -> int:
    """Give an order another day, and its open tasks of the old one; return how many tasks moved."""
    clause, row = going.clause, going.row
    old = clause.due_on or row.ends_on
    assert old is not None  # noqa: S101 -- an issued campaign has its days
    rows = Task.objects.filter(campaign=row, clause=clause, opens_on=None, due_on=old).exclude(state=TaskState.DONE)
    made = {one.pk for one in going.made}
    keys = list(rows.values_list("pk", flat=True))
    Task.objects.filter(pk__in=[one for one in keys if one in made]).update(first_due_on=due_on)
    Task.objects.filter(pk__in=keys).update(due_on=due_on)
    moved = [one for one in keys if one not in made]
    TaskMove.objects.bulk_create(TaskMove(task_id=one, at=going.now, from_on=old, to_on=due_on) for one in moved)
    ClauseMove(clause=clause, at=going.now, from_on=clause.due_on, to_on=due_on).save(force_insert=True)
    first = Coalesce("first_due_on", "due_on")
    Clause.objects.filter(pk=clause.pk).update(first_due_on=first, due_on=due_on, due_implied=False)
    return len(moved)


def _tell(
    row: Campaign, clause: Clause, change: ClauseChange, done: Reassigned, *, actor: Actor, now: datetime
) -> None:
    def side(parties: Sequence[str], on: date | None) -> dict[str, Any]:
        return {"label": clause.label, "parties": list(parties), "due_on": on.isoformat() if on else ""}

    tell(
        row,
        "clause_reassigned",
        done.say,
        before=side(change.from_parties, change.from_on),
        after=side(change.to_parties, change.to_on)
        | {"made": done.made, "withdrawn": done.withdrawn, "moved": done.moved},
        reason=change.why,
        actor=actor,
        now=now,
    )
