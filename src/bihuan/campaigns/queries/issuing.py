"""What issuing a plan would make, row by row: told on the page, and written by the act from the same rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause, GroupSeat, RegularDuty, Task
from bihuan.campaigns.queries.clause_lines import figures_of
from bihuan.campaigns.queries.figures.shelf import Shelf, TaskRow, kept_duty, kept_turns
from bihuan.campaigns.queries.finding import issuer_of, row_for
from bihuan.campaigns.queries.indicators import known_names, values_by_place
from bihuan.campaigns.queries.orders import (
    meant_by,
    move_past_days,
    moved_of,
    named_by,
    regular_orders,
    short_title,
    unnamed_of,
)
from bihuan.campaigns.queries.owing import Owed, owed_duties
from bihuan.campaigns.queries.participants import SIDES, participants_of, units_of
from bihuan.campaigns.queries.seating import seats_of
from bihuan.campaigns.queries.values import Value
from bihuan.campaigns.rules.drafting import NOBODYS, ClauseState, names_sub_plan, plan_due_on
from bihuan.campaigns.rules.issuing import IssueTold, Made, RegularTold, Unnamed, chosen_day_lacks, told_of
from bihuan.campaigns.rules.life import CampaignState
from bihuan.campaigns.rules.reported import (
    Duty,
    Turn,
    begun,
    turn_words,
)
from bihuan.campaigns.rules.standing import can_fall_behind, has_something
from bihuan.campaigns.rules.terms import Indicator, State, Where
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.indicators import Kept
from bihuan.orgs.rules import UnitRef


@dataclass(frozen=True, slots=True)
class Issuing:
    """The rows that issuing writes, none of them written yet. tasks: of what is to be reported, then of orders that
    come again, then of the others. moved: orders that get another day than the text's, which had passed. unnamed: what
    means none of these units; taken: the orders among it, which are the office's."""

    row: Campaign
    parts: Sequence[CampaignUnit]
    seats: Sequence[GroupSeat]
    duties: Sequence[RegularDuty]
    tasks: Sequence[Task]
    moved: Sequence[Clause]
    unnamed: Sequence[Unnamed] = ()
    taken: Sequence[Clause] = ()

    def told(self, *, today: date) -> IssueTold:
        """Count them."""
        made = [Made(one.unit.name, one.clause.label if one.clause else "", one.due_on) for one in self.tasks]
        names = {str(one.pk): one.name for one in self.parts}
        last = self.row.ends_on or today
        regular = [_regular(one, names, last=last, made_to=self._made_to(one)) for one in self.duties]
        plans = Counter(one.plan_due_on for one in self.parts)
        moved = moved_of(self.moved)
        return told_of(made, regular, plans, units=len(self.parts), today=today, moved=moved, unnamed=self.unnamed)

    def _made_to(self, duty: RegularDuty) -> date | None:
        return max((one.due_on for one in self.tasks if one.duty_id == duty.pk), default=None)


def issue_told(
    viewer: Actor,
    campaign_id: UUID,
    *,
    units: Sequence[UUID],
    with_tasks: bool,
    past_to: date | None = None,
    now: datetime,
) -> IssueTold:
    """Return what issuing a draft to these units of the town would make now. Raises NotFound, and Refusal where the
    plan does not say its days yet."""
    row = row_for(viewer, campaign_id)
    return issuing_of(row, units, with_tasks=with_tasks, past_to=past_to, now=now).told(today=day_of(now))


def past_orders(viewer: Actor, campaign_id: UUID, *, today: date) -> int:
    """Return how many orders of a draft had a day of their own that has passed, and are no order for sub-plans."""
    row = row_for(viewer, campaign_id)
    rows = row.clauses.in_text().filter(state=ClauseState.ACCEPTED, due_on__lt=today)
    return sum(not names_sub_plan(one) for one in rows.values_list("text", flat=True))


def regular_of(viewer: Actor, campaign_id: UUID, *, today: date) -> list[RegularTold]:
    """Return the regular duties of a campaign as far as the viewer sees who owes them, with how many periods are to
    come. Three queries."""
    row = row_for(viewer, campaign_id)
    seen = CampaignUnit.objects.open_to(viewer).filter(campaign=row).order_by("sort_no")
    names = {str(one.pk): one.name for one in seen}
    duties = [one for one in row.regular_duties.order_by("made_at", "id") if names.keys() & set(one.units)]
    last = min(row.ends_on or today, day_of(row.closed_at)) if row.closed_at else row.ends_on or today
    return [_regular(one, names, last=last, made_to=one.made_to) for one in duties]


def issuing_of(
    row: Campaign, units: Sequence[UUID], *, with_tasks: bool, past_to: date | None = None, now: datetime
) -> Issuing:
    """Return what issuing a draft to these units makes at this instant; the act writes just these rows.

    with_tasks: orders that no figure measures today, and those with a day that no figure can fall behind, become tasks
    of the units that they mean (R9.4); so does what the plan asks to be reported. Those that say how often, and no day
    of their own, become one with every period. An order whose day has passed gets the one by which the units are asked
    for their sub-plans, where it asks for these; any other past_to, None to leave it late.
    """
    if row.starts_on is None or row.ends_on is None:
        raise Refusal("campaigns.no_days", "方案没有写明起止日期。请先填好开始和结束日期再下发。", field="ends_on")
    issued = _as_issued(row, now)
    _refuse_day(row, past_to, now)
    clauses = list(row.clauses.in_text().filter(state=ClauseState.ACCEPTED))
    parts = _parts(issued, _wanted(row.town_id, units), clauses, now)
    move_past_days(clauses, parts, chosen_on=past_to, issued_on=day_of(now))
    moved = [one for one in clauses if one.first_due_on]
    seats = seats_of(issued, now=now)
    if not with_tasks:
        return Issuing(issued, parts, seats, (), (), moved)
    owed = owed_duties(issued, parts, clauses, first=max(row.starts_on, day_of(now)), today=day_of(now))
    duties, reports, covered = _reports(issued, parts, owed, now)
    nobodys = _nobodys_rows(issued, clauses, _shelf(issued, parts, seats, duties, reports), now)
    meant = {one.pk: [each for each in meant_by(parts, one) if each.pk not in covered[one.pk]] for one in nobodys}
    orders = [one for one in nobodys if meant[one.pk]]
    again = {one.pk: found for one in orders if (found := regular_orders(issued, one, meant[one.pk], now))}
    once = {one: meant[one.pk] for one in orders if one.pk not in again}
    by_key = {str(one.pk): one for one in parts}
    regular = [each for found in again.values() for each in found]
    first = [task for one in regular for task in turn_tasks(issued, one, by_key, last=row.ends_on, now=now)]
    tasks = [*reports, *first, *_of_orders(issued, once, now)]
    return Issuing(issued, parts, seats, [*duties, *regular], tasks, moved, *_unnamed(owed, nobodys, parts))


def _unnamed(
    owed: Sequence[Owed], nobodys: Sequence[Clause], parts: Sequence[CampaignUnit]
) -> tuple[list[Unnamed], list[Clause]]:
    """Return what somebody must do and none of these units is named for, duties to report, then other orders; and the
    clauses that say it."""
    reports = [one for one in owed if one.unnamed]
    told = {one.clause.pk: one.clause for one in reports if one.clause and not named_by(parts, one.clause)}
    orders = [one for one in nobodys if one.pk not in told and not named_by(parts, one)]
    town = participants_of(parts[0].town_id) if orders else ()
    found = [
        *(Unnamed(one.clause.label if one.clause else "", duty_title(one.duty), one.unnamed) for one in reports),
        *(unnamed_of(one, town) for one in orders),
    ]
    return found, [*told.values(), *orders]


def regular_duties_of(row: Campaign, parts: Sequence[CampaignUnit], *, first: date, now: datetime) -> list[RegularDuty]:
    """Return the regular duties that an issued plan asks of these units, none written yet."""
    clauses = list(row.clauses.in_text().filter(state=ClauseState.ACCEPTED))
    owed = owed_duties(row, parts, clauses, first=first, today=first)
    return [kept for one in owed if one.owing and (kept := one.regular(row, first=first, now=now)) is not None]


def turn_tasks(
    row: Campaign, duty: RegularDuty, parts: Mapping[str, CampaignUnit], *, last: date, now: datetime
) -> list[Task]:
    """Return the tasks of a regular duty that are to be written by now: of the periods that have begun since the last
    that was. parts: by their ids as texts. last: the end of the campaign."""
    kept = kept_duty(duty)
    turns = begun(kept_turns(duty, last=last), on=day_of(now))
    new = [one for one in turns if duty.made_to is None or one.due_on > duty.made_to]
    owing = [parts[one] for one in duty.units if one in parts]
    return [_report(row, kept, turn, unit, duty.clause, now=now, duty_row=duty) for turn in new for unit in owing]


def running_tasks(
    row: Campaign, duty: RegularDuty, parts: Sequence[CampaignUnit], *, last: date, now: datetime
) -> list[Task]:
    """Return the tasks of these units for the periods of a regular duty that were written and have not fallen due."""
    kept, today = kept_duty(duty), day_of(now)
    written = duty.made_to or date.min
    turns = [one for one in kept_turns(duty, last=last) if today <= one.due_on <= written]
    return [_report(row, kept, turn, unit, duty.clause, now=now, duty_row=duty) for turn in turns for unit in parts]


def duty_title(duty: Duty) -> str:
    """Return what a duty asks for, as its tasks are called: 报情况（报镇安委办）; an order in its own words."""
    if duty.is_order:
        return duty.what
    return f"报{duty.what}" + (f"（报{duty.to}）" if duty.to else "")


def _as_issued(row: Campaign, now: datetime) -> Campaign:
    """Return a campaign as it is from its issue on, in memory."""
    found = copy(row)
    found.state, found.issued_at, found.first_ends_on = CampaignState.ISSUED, now, row.ends_on
    found.issued_on = row.issued_on or day_of(now)
    return found


def _wanted(town_id: UUID, units: Sequence[UUID]) -> list[UnitRef]:
    known = {one.id: one for one in units_of(town_id)}
    wanted = [known[one] for one in dict.fromkeys(units) if one in known]
    if not wanted or len(wanted) != len(set(units)):
        raise Refusal("campaigns.no_units", "请选要下发到的村（社区）和部门。", field="units")
    return wanted


def _refuse_day(row: Campaign, past_to: date | None, now: datetime) -> None:
    say = chosen_day_lacks(past_to, issued_on=day_of(now), ends_on=row.ends_on or day_of(now))
    if say:
        raise Refusal("campaigns.no_such_day", say, field="past_to")


def _parts(row: Campaign, wanted: Sequence[UnitRef], clauses: Sequence[Clause], now: datetime) -> list[CampaignUnit]:
    assert row.starts_on is not None  # noqa: S101 -- asked for before
    asking = [one for one in clauses if names_sub_plan(one.text)]
    return [
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


def _days_for(unit_id: UUID, asking: Sequence[Clause]) -> list[date]:
    """Return the days by which the plan asks this unit for its sub-plan; an order that names nobody asks every unit."""
    mine = [one for one in asking if str(unit_id) in one.units or not (one.units or one.parties)]
    return [one.due_on for one in mine if one.due_on]


def _reports(
    row: Campaign, parts: Sequence[CampaignUnit], found: Sequence[Owed], now: datetime
) -> tuple[list[RegularDuty], list[Task], Mapping[UUID, set[UUID]]]:
    """Return the duties that come again, the tasks of all duties to report that are to be written now, and of whom a
    clause asks for nothing beside these: its units that report."""
    assert row.starts_on is not None and row.ends_on is not None  # noqa: S101, PT018 -- asked for before
    first, by_key = max(row.starts_on, day_of(now)), {str(one.pk): one for one in parts}
    duties: list[RegularDuty] = []
    tasks: list[Task] = []
    covered: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for owed in (one for one in found if one.owing):
        kept = owed.regular(row, first=first, now=now)
        if kept is None:
            each = [(turn, unit) for turn in owed.turns for unit in owed.owing]
            tasks += [_report(row, owed.duty, turn, unit, owed.clause, now=now) for turn, unit in each]
        else:
            duties.append(kept)
            tasks += turn_tasks(row, kept, by_key, last=row.ends_on, now=now)
        days = {one.due_on for one in owed.turns}
        for one in owed.said:
            if one.due_on is None or one.due_on in days:
                covered[one.pk] |= {unit.pk for unit in owed.owing}
    return duties, tasks, covered


def _report(
    row: Campaign,
    duty: Duty,
    turn: Turn,
    unit: CampaignUnit,
    clause: Clause | None,
    *,
    now: datetime,
    duty_row: RegularDuty | None = None,
) -> Task:
    when = turn_words(duty, turn)
    return Task(
        campaign=row,
        town_id=row.town_id,
        clause=clause,
        unit=unit,
        duty=duty_row,
        title=short_title(duty_title(duty) + when),
        opens_on=turn.opens_on,
        due_on=turn.due_on,
        first_due_on=turn.due_on,
        made_at=now,
    )


def _of_orders(row: Campaign, clauses: Mapping[Clause, Sequence[CampaignUnit]], now: datetime) -> Iterator[Task]:
    """Yield the tasks of clauses, each for these units."""
    for clause, units in clauses.items():
        due_on = clause.due_on or row.ends_on
        assert due_on is not None  # noqa: S101 -- asked for before
        for unit in units:
            yield Task(
                campaign=row,
                town_id=row.town_id,
                clause=clause,
                unit=unit,
                title=short_title(clause.gist or clause.text),
                due_on=due_on,
                first_due_on=due_on,
                made_at=now,
            )


def _nobodys_rows(row: Campaign, accepted: Sequence[Clause], shelf: Kept, now: datetime) -> list[Clause]:
    """Return the accepted orders that would be nobody's row: no figure measures them today, or they have a day and no
    figure that can fall behind it. Ideas and goals are nobody's task; an order for sub-plans is none beside them."""
    kept = set(row.figures.filter(dropped=False, confirmed_at__isnull=False).values_list("clause_id", "key"))
    figures = {
        clause_id: [one for one in found if (clause_id, one.key) in kept]
        for clause_id, found in figures_of(row).items()
    }
    clauses = [one for one in accepted if one.source not in NOBODYS and not names_sub_plan(one.text)]
    values = _values_today(
        row, [one for each in clauses if each.due_on for one in figures.get(each.pk, ())], shelf, now
    )
    known = known_names()
    return [one for one in clauses if _is_nobodys(one, figures.get(one.pk, ()), values, known)]


def _shelf(
    row: Campaign,
    parts: Sequence[CampaignUnit],
    seats: Sequence[GroupSeat],
    duties: Sequence[RegularDuty],
    tasks: Sequence[Task],
) -> Kept:
    """Return what the campaign's own figures read once it is issued: these rows, though none is written yet."""
    kept = Kept()
    shelf = Shelf(row.pk, kept)
    shelf.row, shelf.units, shelf.seats, shelf.duties = row, list(parts), list(seats), list(duties)
    shelf.tasks = [
        TaskRow(one.pk, one.clause_id, one.title, one.unit_id, one.first_due_on, frozenset(), one.made_at, one.duty_id)
        for one in tasks
    ]
    kept.once((row.pk, Shelf), lambda: shelf)
    return kept


def _values_today(row: Campaign, found: Sequence[Indicator], kept: Kept, now: datetime) -> dict[str, Value]:
    assert row.starts_on is not None and row.ends_on is not None  # noqa: S101, PT018 -- asked for before
    wanted = list({one.key: one for one in found}.values())
    if not wanted:
        return {}
    days = {"since": row.starts_on, "until": row.ends_on, "on": day_of(now)}
    places = {"": Where(row.path)}
    values = values_by_place(issuer_of(row), wanted, places, **days, campaign_id=row.pk, kept=kept)
    return {one.indicator.key: one for one in values[""]}


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


def _regular(duty: RegularDuty, names: Mapping[str, str], *, last: date, made_to: date | None) -> RegularTold:
    kept = kept_duty(duty)
    turns = kept_turns(duty, last=last)
    coming = [one for one in turns if made_to is None or one.due_on > made_to]
    return RegularTold(
        what=duty_title(kept),
        words=kept.words,
        units=[names[one] for one in duty.units if one in names],
        periods=len(turns),
        coming=len(coming),
        opens_on=coming[0].opens_on if coming else None,
        first=turns[0].due_on if turns else duty.first_on,
        last=turns[-1].due_on if turns else last,
    )
