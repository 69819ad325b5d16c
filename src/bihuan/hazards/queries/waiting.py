"""What waits for a viewer in this room: the first rows with their reasons, and the exact counts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Min, Q

from bihuan.hazards.models import Hazard, SameKindTask
from bihuan.hazards.models.hazard import HazardQuerySet
from bihuan.hazards.queries.tallies import Kind, Tally, all_late, by_clock, tallied
from bihuan.hazards.queries.waiting_around import Asked, around, office_rows
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.chips import SOON_DAYS
from bihuan.hazards.rules.deadlines import MAJOR_ONLY, Escalation, climbed, highest, latest_deadline_for
from bihuan.hazards.rules.filters import COUNT_LIMIT
from bihuan.hazards.rules.next import expiry_review_due_on
from bihuan.hazards.rules.states import CLOCK_NAMES, SOURCE_NAMES, ClockKind, Holder, Source, State
from bihuan.hazards.rules.todo import (
    HOLDERS,
    Todo,
    check_reason,
    day_text,
    pressing_reason,
    reason_for,
    seen_words,
    verb_for,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.roles import Role
from bihuan.kernel.waiting import Waiting, WaitingList

_COLUMNS: Final = (
    "id", "number", "place_name", "description", "level", "next_act", "clock_on", "clock_kind", "found_on", "deadline",
    "graded_on", "major_since", "assigned_on", "rectified_on", "after_photos", "after_documents", "round",
    "failed_count", "same_kind_replies", "expiry_checked_on", "expiry_fixed",
)  # fmt: skip
OFFICE: Final = (Role.SAFETY_OFFICE, Role.SAFETY_CHIEF)
WARNED: Final = (
    Role.LEADER,
    Role.COMMITTEE_CHAIR,
)  # who sees the whole town leads; the others what they are attached to
MAY_VERIFY: Final = (Role.VILLAGE, Role.INSPECTOR, Role.DEPARTMENT)  # for who ordered (R3.15)
GROUPED_FROM: Final = 3  # new hazards are one line from this many on: the list says the rest


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return what the viewer must move next: own moves, new hazards, overdue ones to press, answers to give.

    Bounded queries and rows: one query counts every part, and what has no row is not asked for. The counts are exact.
    """
    asked = Asked(viewer, day_of(now), first_n)
    parts = [make(asked) for make in _concerning(viewer)]
    beside = office_rows(asked)
    tallies = tallied([*(part.kind for part in parts), *map(all_late, beside.values())])
    counted = {
        name: (rows, tally.total) for (name, rows), tally in zip(beside.items(), tallies[len(parts) :], strict=True)
    }
    lists = [_told(part, tally) for part, tally in zip(parts, tallies, strict=False)]
    return _merged([*lists, around(asked, counted)], first_n)


@dataclass(frozen=True, slots=True)
class _Part:
    """One kind of to-do: how it is counted, and how its first rows are told where there are any.

    what: under which name the count is kept. at_most: where the count stops.
    """

    kind: Kind
    tell: Callable[[int], Iterable[Waiting]]
    what: str = ""
    at_most: int | None = None


def _told(part: _Part, tally: Tally) -> WaitingList:
    """Return a part as a list; what has no row is not asked for again."""
    if part.at_most is not None:
        tally = replace(tally, late=min(tally.late, part.at_most))
    by_what = {"major_late": tally.major_late} | ({part.what: tally.total} if part.what else {})
    return WaitingList(
        rows=tuple(part.tell(tally.total)) if tally.total else (),
        late=tally.late,
        today=tally.today,
        soon=tally.soon,
        later=tally.later,
        by_what=by_what,
    )


def _concerning(viewer: Actor) -> list[Callable[[Asked], _Part]]:
    """Return the parts that can concern this viewer."""
    parts: list[Callable[[Asked], _Part]] = [_moves]
    in_town = viewer.town_id is not None
    if viewer.has_role(*OFFICE):
        parts += [_new_ones, *([_to_press] if in_town else []), _late_reviews]
    elif viewer.has_role(*MAY_VERIFY):
        parts.append(_to_verify)
    if viewer.has_role(*OFFICE, *MAY_VERIFY):
        parts.append(_to_check)
    if viewer.has_role(*WARNED) and not viewer.has_role(*OFFICE) and in_town:
        parts.append(_warned)
    if viewer.has_role(*OFFICE, Role.COMMITTEE_CHAIR):
        parts.append(_second_signatures)
    return parts


def holders_of(viewer: Actor) -> list[str]:
    """Return whose moves are the viewer's."""
    return sorted({str(HOLDERS[role]) for role in viewer.role_names if role in HOLDERS})


def is_move_of(viewer: Actor, holder: Holder, *, party_unit_id: UUID | None) -> bool:
    """Tell whether the next move is the viewer's; a repair by a unit is that unit's own."""
    if holder == Holder.UNIT and party_unit_id is not None:
        return party_unit_id in viewer.own_units
    return str(holder) in holders_of(viewer)


def _moves(asked: Asked) -> _Part:
    viewer = asked.viewer
    rows = Hazard.objects.visible_to(viewer).filter(is_open=True).moved_by(viewer, holders_of(viewer))
    rows = rows.without_reviews_of_others(viewer)
    if viewer.has_role(*OFFICE):
        rows = rows.exclude(state=State.REPORTED)

    def tell(_: int) -> list[Waiting]:
        first = _first(rows, asked.first_n)
        tasks = _empty_tasks(first)
        return [_same_kind_first(values, tasks) or _row(values) for values in first]

    return _Part(by_clock(rows, asked.today), tell, "own_hazards")


def _empty_tasks(first: list[dict[str, Any]]) -> dict[UUID, UUID]:
    """Return the 举一反三 task of each item that can't be reported to its superior before somebody answers (L11)."""
    held_up = [one["id"] for one in first if one["next_act"] == Act.SUBMIT_SUPERIOR and not one["same_kind_replies"]]
    tasks = SameKindTask.objects.filter(hazard_id__in=held_up, is_open=True).order_by("-opened_at", "id")
    return {hazard_id: pk for pk, hazard_id in tasks.values_list("pk", "hazard_id") if hazard_id is not None}


def _same_kind_first(values: dict[str, Any], tasks: dict[UUID, UUID]) -> Waiting | None:
    """Return the row that asks for the answer that is lacking, where reporting would only be refused."""
    task_id = tasks.get(values["id"])
    if task_id is None:
        return None
    return replace(
        _row(values, "本镇已复查合格；举一反三还没有一个单位答复，现在不能上报，请先补"),
        what="same_kind.reply",
        verb="补举一反三",
        url_name="hazards:same_kind",
        url_args=(task_id,),
    )


def _new_ones(asked: Asked) -> _Part:
    rows = Hazard.objects.visible_to(asked.viewer).filter(state=State.REPORTED)

    def tell(count: int) -> list[Waiting]:
        return [_row(one) for one in _first(rows, GROUPED_FROM)] if count < GROUPED_FROM else [_grouped(rows, count)]

    return _Part(by_clock(rows, asked.today), tell, "new_hazards")


def _grouped(rows: HazardQuerySet, count: int) -> Waiting:
    """Return one line for all new hazards: how many by source, which is the oldest, when the first runs out."""
    found = list(
        rows.order_by().values("source").annotate(count=Count("pk"), first=Min("clock_on"), oldest=Min("found_on"))
    )
    sources = "、".join(
        f"{SOURCE_NAMES[Source(one['source'])]} {one['count']} 条"
        for one in sorted(found, key=lambda one: -one["count"])
    )
    due = min((one["first"] for one in found if one["first"]), default=None)
    return Waiting(
        what="hazard.confirm",
        title=f"新报隐患 {count} 条待核实",
        reason=f"最早一条 {day_text(min(one['oldest'] for one in found))}；{sources}",
        verb=verb_for(Act.CONFIRM),
        url_name="hazards:list",
        query="tab=reported",
        due_on=due,
        due_name=CLOCK_NAMES[ClockKind.CONFIRM],
        count=count,
    )


def _to_press(asked: Asked) -> _Part:
    """R3.20: what has climbed to a step that nobody has taken yet; the deadline itself is the other side's move."""
    today, terms, calendar = asked.today, asked.frame.terms, asked.frame.calendar
    reached = Q()
    for step in (Escalation.PRESS, Escalation.BULLETIN, Escalation.INTERVIEW):
        latest = latest_deadline_for(step, today=today, terms=terms, calendar=calendar)
        reached |= Q(deadline__lte=latest, escalation__lt=step)
    for step in sorted(MAJOR_ONLY):
        latest = latest_deadline_for(step, today=today, terms=terms, calendar=calendar)
        reached |= Q(is_major=True, deadline__lte=latest, escalation__lt=step)
    rows = Hazard.objects.visible_to(asked.viewer).filter(reached, is_running=True)
    return _Part(all_late(rows), lambda _: _climbing(rows, asked), "hazard.remind", at_most=COUNT_LIMIT)


def _warned(asked: Asked) -> _Part:
    """R3.20: a major hazard overdue by a working day is before the leading group and its leader until fixed."""
    frame = asked.frame
    latest = latest_deadline_for(Escalation.WARN, today=asked.today, terms=frame.terms, calendar=frame.calendar)
    rows = Hazard.objects.visible_to(asked.viewer).filter(is_running=True, is_major=True, deadline__lte=latest)
    rows = rows.exclude(next_holder__in=holders_of(asked.viewer))

    def tell(_: int) -> Iterator[Waiting]:
        for row in _climbing(rows, asked):
            yield replace(row, what="hazard.warned", verb="过问", reason=f"重大隐患逾期预警：{row.reason}")

    return _Part(all_late(rows), tell, "hazard.warned", at_most=COUNT_LIMIT)


def _climbing(rows: HazardQuerySet, asked: Asked) -> Iterator[Waiting]:
    """Yield the overdue ones, the longest first, with the step that each has climbed to."""
    today, terms, calendar = asked.today, asked.frame.terms, asked.frame.calendar
    for values in rows.order_by("deadline", "id").values(*_COLUMNS)[: asked.first_n]:
        deadline = values["deadline"]
        steps = climbed(values["level"], deadline, today=today, terms=terms, calendar=calendar)
        reason = pressing_reason(
            highest(steps),
            deadline=deadline,
            working_days=calendar.working_days_between(deadline, today),
            review_by=expiry_review_due_on(deadline, days=terms.review_days),
            seen=seen_words(values["expiry_checked_on"], deadline=deadline, fixed=values["expiry_fixed"]),
        )
        yield _row(values | {"next_act": Act.REMIND, "clock_kind": ClockKind.RECTIFY}, reason, due_on=deadline)


def _to_verify(asked: Asked) -> _Part:
    """R3.15: what this person may re-inspect besides: ordered, supervised or delegated here, and no part in it (L2)."""
    viewer = asked.viewer
    rows = Hazard.objects.visible_to(viewer).filter(state=State.RECTIFIED, next_act=Act.PASS, is_major=False)
    rows = rows.exclude(next_holder__in=holders_of(viewer)).reviewable_by(viewer)

    def tell(_: int) -> Iterator[Waiting]:
        for row in map(_row, _first(rows, asked.first_n)):
            yield replace(row, reason=f"您可以复查：{row.reason}", due_name=row.due_name or "复查")

    return _Part(by_clock(rows, asked.today), tell, "to_verify")


def _late_reviews(asked: Asked) -> _Part:
    """R3.15, R3.16: what another side has not re-inspected in time is the safety office's to look at too."""
    viewer, today = asked.viewer, asked.today
    rows = Hazard.objects.visible_to(viewer).filter(state=State.RECTIFIED, next_act=Act.PASS, is_major=False)
    rows = rows.filter(clock_on__lt=today).exclude(next_holder__in=holders_of(viewer)).not_barred_for(viewer)

    def tell(_: int) -> Iterator[Waiting]:
        for row in map(_row, _first(rows, asked.first_n)):
            yield replace(row, reason=f"过了复查期限没有人复查，您可以复查：{row.reason}")

    return _Part(by_clock(rows, today), tell, "to_verify")


def _to_check(asked: Asked) -> _Part:
    """R3.16: overdue without a hand-in: the ordering side goes and sees; past its days the safety office does too."""
    viewer, today, days = asked.viewer, asked.today, asked.frame.terms.review_days
    rows = Hazard.objects.visible_to(viewer).not_checked_since_expiry(today)
    if viewer.has_role(*OFFICE):
        others = Q(orderer=Holder.DEPARTMENT.value) | Q(delegated_to__isnull=False)
        rows = rows.not_barred_for(viewer).filter(~others | Q(deadline__lt=today - timedelta(days=days)))
    else:
        rows = rows.reviewable_by(viewer).not_of_party(viewer)
    if set(viewer.role_names) <= {Role.VILLAGE}:
        rows = rows.filter(is_major=False)

    def tell(_: int) -> Iterator[Waiting]:
        for values in rows.order_by("deadline", "id").values(*_COLUMNS)[: asked.first_n]:
            due = expiry_review_due_on(values["deadline"], days=days)
            reason = check_reason(deadline=values["deadline"], review_by=due)
            check = {"next_act": Act.CHECK_EXPIRED, "clock_kind": ClockKind.REVIEW}
            yield _row(values | check, reason, due_on=due)

    last, soon = today - timedelta(days=days), today + timedelta(days=SOON_DAYS - days)
    counts = {
        "late": Q(deadline__lt=last),
        "today": Q(deadline=last),
        "soon": Q(deadline__gt=last, deadline__lte=soon),
        "later": Q(deadline__gt=soon),
    }
    return _Part(Kind(rows, counts), tell, "to_check")


def _second_signatures(asked: Asked) -> _Part:
    """Requests that need a second person (L8, L10)."""
    rows = Hazard.objects.visible_to(asked.viewer).filter(is_open=True)
    rows = rows.filter(Q(invalidation_id__isnull=False) | Q(lowering_id__isnull=False))

    def tell(_: int) -> Iterator[Waiting]:
        for values in rows.by_clock().values(*_COLUMNS, "invalidation_id")[: asked.first_n]:
            invalid = values.pop("invalidation_id") is not None
            act = Act.APPROVE_INVALID if invalid else Act.APPROVE_LOWERING
            reason = "有人申请作废，等第二人批准" if invalid else "定级单位申请降为一般，等第二人批准"
            yield _row(values | {"next_act": act}, reason)

    return _Part(by_clock(rows, asked.today), tell)


def _first(rows: HazardQuerySet, first_n: int) -> list[dict[str, Any]]:
    return list(rows.by_clock().values(*_COLUMNS)[:first_n])


def _row(values: dict[str, Any], reason: str = "", *, due_on: date | None = None) -> Waiting:
    act = values["next_act"]
    kind = values["clock_kind"]
    todo = Todo(
        act=act,
        due_on=values["clock_on"],
        found_on=values["found_on"],
        deadline=values["deadline"],
        graded_on=values["graded_on"],
        major_since=values["major_since"],
        assigned_on=values["assigned_on"],
        rectified_on=values["rectified_on"],
        photos=values["after_photos"],
        documents=values["after_documents"],
        round=values["round"],
        failed=values["failed_count"],
    )
    return Waiting(
        what=f"hazard.{act}",
        title=f"{values['place_name']} · {values['description'][:60]}",
        reason=reason or reason_for(todo),
        verb=verb_for(act),
        url_name="hazards:show",
        url_args=(values["id"],),
        due_on=due_on or values["clock_on"],
        due_name="" if kind in {"", ClockKind.RECTIFY} else CLOCK_NAMES[ClockKind(kind)],
        level=values["level"],
        subject_id=values["id"],
    )


@dataclass(slots=True)
class _Sum:
    late: int = 0
    today: int = 0
    soon: int = 0
    later: int = 0


def _merged(parts: list[WaitingList], first_n: int) -> WaitingList:
    rows = sorted((row for part in parts for row in part.rows), key=lambda row: (row.due_on or date.max, row.title))
    total = _Sum()
    by_what: dict[str, int] = {}
    for part in parts:
        total.late += part.late
        total.today += part.today
        total.soon += part.soon
        total.later += part.later
        for what, count in part.by_what.items():
            by_what[what] = by_what.get(what, 0) + count
    return WaitingList(
        rows=tuple(rows[:first_n]),
        late=total.late,
        today=total.today,
        soon=total.soon,
        later=total.later,
        by_what=by_what,
    )
