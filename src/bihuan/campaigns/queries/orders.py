"""Whom an order means, the day that it gets at its issue, and the rows of one that comes again with every period;
none written yet."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause, RegularDuty, Task
from bihuan.campaigns.rules.drafting import names_sub_plan
from bihuan.campaigns.rules.issuing import Moved, Unnamed, day_at_issue
from bihuan.campaigns.rules.regular_orders import duties_of_order
from bihuan.campaigns.rules.reported import turns_of
from bihuan.campaigns.rules.stages import days_of_order, stage_over, stages_of
from bihuan.campaigns.rules.units import Participant, Side, who_is_meant
from bihuan.campaigns.rules.unnamed import NOT_ISSUED, unnamed_words
from bihuan.kernel.calendar import day_of

WHEN: Final = 20  # characters that a title spares for the day of its period


def meant_by(parts: Sequence[CampaignUnit], clause: Clause) -> list[CampaignUnit]:
    """Return the units that an order means; one that means nobody here is the office's."""
    offices = [one for one in parts if one.side == Side.OFFICE]
    return named_by(parts, clause) or offices[:1]


def named_by(parts: Sequence[CampaignUnit], clause: Clause) -> list[CampaignUnit]:
    """Return those of these units that an order names."""
    return [one for one in parts if str(one.unit_id) in clause.units]


def unnamed_of(clause: Clause, town: Sequence[Participant]) -> Unnamed:
    """Say what an order asks that names none of the units that it is issued to, and why it does not."""
    meant = who_is_meant(clause.parties, town)
    why = unnamed_words(clause.parties, units=clause.units, unknown=meant.unknown, superior=meant.superior)
    return Unnamed(clause.label, clause.gist or clause.text, why or NOT_ISSUED)


def move_past_days(
    clauses: Iterable[Clause], parts: Sequence[CampaignUnit], *, chosen_on: date | None, issued_on: date
) -> None:
    """Give the orders whose day has passed, in memory, the day that they get at issue, and keep the first beside it."""
    for clause in clauses:
        plan_days = [one.plan_due_on for one in meant_by(parts, clause)] if names_sub_plan(clause.text) else []
        to_on = day_at_issue(clause.due_on, plan_days=plan_days, chosen_on=chosen_on, issued_on=issued_on)
        if to_on is not None:
            clause.first_due_on, clause.due_on = clause.due_on, to_on


def moved_of(clauses: Iterable[Clause]) -> list[Moved]:
    """Return those that got another day so."""
    return [
        Moved(one.label, one.first_due_on, one.due_on, by_plans=names_sub_plan(one.text))
        for one in clauses
        if one.first_due_on and one.due_on
    ]


def regular_orders(row: Campaign, clause: Clause, parts: Sequence[CampaignUnit], now: datetime) -> list[RegularDuty]:
    """Return what of an order comes again with every period, in the days of its stage or its own, else until the
    campaign ends; [] where it says a day, no such frequency, or one longer than what is left."""
    assert row.starts_on is not None and row.ends_on is not None  # noqa: S101, PT018 -- asked for before
    owing = meant_by(parts, clause)
    if not owing or (clause.due_on is not None and not clause.due_implied):
        return []
    stage = stage_over(stages_of(row.phases), row.headings, clause.paragraph)
    first, last = days_of_order(clause.text, stage, first=max(row.starts_on, day_of(now)), last=row.ends_on)
    return [
        RegularDuty(
            campaign=row,
            town_id=row.town_id,
            clause=clause,
            duty=duty.as_json(),
            units=[str(one.pk) for one in owing],
            first_on=first,
            last_on=last if last < row.ends_on else None,
            made_at=now,
        )
        for duty in duties_of_order(short_title(clause.gist or clause.text, spare=WHEN), clause.frequency, clause.text)
        if turns_of(duty, first=first, last=last)
    ]


def short_title(title: str, *, spare: int = 0) -> str:
    """Return the title of a task, cut to what its table holds less what is spared."""
    longest: int = Task._meta.get_field("title").max_length or 0
    return title[: longest - spare]
