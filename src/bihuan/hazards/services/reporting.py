"""Report hazards: one or ten thousand, by the same way in; each enters as reported, numbered without gaps."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from bihuan.documents import services as documents
from bihuan.hazards.models import Hazard, HazardFile, SameKindTask
from bihuan.hazards.models.same_kind import pack_units
from bihuan.hazards.queries.doers import doer_of
from bihuan.hazards.queries.standings import barred_stored, standing_of
from bihuan.hazards.queries.terms import Frame, frames_of
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Barred, Doer, Given
from bihuan.hazards.rules.finding import (
    NewHazard,
    finding_refused,
    found_itself,
    may_hand_down,
    may_report,
    where_said,
)
from bihuan.hazards.rules.independence import village_of
from bihuan.hazards.rules.next import Next, next_move
from bihuan.hazards.rules.sources import may_say
from bihuan.hazards.rules.states import FileRole, Source, State
from bihuan.hazards.rules.steps import REPORTING
from bihuan.hazards.services.engine import Advanced
from bihuan.hazards.services.keys import once
from bihuan.hazards.services.loading import chunks, with_real_files
from bihuan.hazards.services.places import Places, at_its_place, place_refused, places_of
from bihuan.hazards.services.telling import report_news, set_marks
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal, Rejected
from bihuan.kernel.ids import new_id
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import TownRef, UnitKind
from bihuan.trail import services as trail
from bihuan.trail.bulk import insert_many, new_row

SERIES: Final = "hazard"


def report(*, new: NewHazard, key: UUID | None = None, actor: Actor, now: datetime) -> Advanced:
    """Report one hazard: the plural of one."""
    return report_many([new], key=key, actor=actor, now=now)[0]


@transaction.atomic
def report_many(news: Sequence[NewHazard], *, key: UUID | None = None, actor: Actor, now: datetime) -> list[Advanced]:
    """Report hazards, all or none, in the order given; a fixed number of queries per town.

    One bad finding of several raises `Rejected` by place in the list (0, 1, …). A finding whose device id has arrived
    before gets the first answer. A superior's item also opens its 举一反三 task (R3.21).
    """
    if key is None:
        return _report(news, actor, now)
    answer = once(key, act=Act.REPORT, actor=actor, now=now, do=lambda: _as_answer(_report(news, actor, now)))
    return [Advanced(UUID(one["id"]), one["number"], State(one["state"]), one["version"]) for one in answer["done"]]


def _as_answer(done: Sequence[Advanced]) -> dict[str, list[dict[str, object]]]:
    return {
        "done": [
            {"id": str(one.hazard_id), "number": one.number, "state": str(one.state), "version": one.version}
            for one in done
        ]
    }


def _report(news: Sequence[NewHazard], actor: Actor, now: datetime) -> list[Advanced]:
    arrived = _arrived(news, actor)
    fresh = [new for new in news if new.id not in arrived]
    today = day_of(now)
    placed = _placed(fresh, places_of(fresh, on=today), actor, today)
    givens = with_real_files([Given(files=new.files) for new, _ in placed], actor=actor, now=now)
    frames = frames_of({new.town_id for new, _ in placed}, on=today)
    serials = _serials([new for new, _ in placed], year=today.year)
    rows = [
        _row(new, doer, given, serial, today.year, actor, now)
        for (new, doer), given, serial in zip(placed, givens, serials, strict=True)
    ]
    _start_clocks(rows, frames, today)
    tasks = _same_kind_tasks(rows, frames, actor, now)
    insert_many(rows)
    insert_many(tasks)
    insert_many(file for row, given in zip(rows, givens, strict=True) for file in _files(row, given, actor, now))
    trail.record(
        [
            report_news(
                row,
                role=_role(doer),
                evidence=tuple(proof.evidence_id for proof in given.files),
                acting_for=new.acting_for,
                claimed_at=new.claimed_at,
            )
            for row, given, (new, doer) in zip(rows, givens, placed, strict=True)
        ],
        actor=actor,
        now=now,
    )
    made = iter(rows)
    return [_answer(arrived[new.id] if new.id in arrived else next(made)) for new in news]


def _answer(row: Hazard) -> Advanced:
    return Advanced(row.pk, row.number, State(row.state), row.version)


def _arrived(news: Sequence[NewHazard], actor: Actor) -> dict[UUID | None, Hazard]:
    wanted = [new.id for new in news if new.id is not None]
    known = {row.pk: row for part in chunks(wanted) for row in Hazard.objects.filter(pk__in=part)} if wanted else {}
    if any(row.reporter_id != actor.user_id for row in known.values()):
        raise NotFound
    return dict(known.items())


def _placed(news: Sequence[NewHazard], places: Places, actor: Actor, today: date) -> list[tuple[NewHazard, Doer]]:
    """Give each finding its place, sector and doer, or refuse them all with every reason at once."""
    placed: list[tuple[NewHazard, Doer]] = []
    doers: dict[tuple[str, str, UUID | None], Doer] = {}
    refused: dict[object, str] = {}
    where = ""
    for number, new in enumerate(news):
        at = at_its_place(new, places)
        field, say = finding_refused(at, today=today)
        key = (at.path, at.sector, at.enterprise_id)
        doer = doers.get(key) or doers.setdefault(
            key, doer_of(actor, path=at.path, sector=at.sector, enterprise_id=at.enterprise_id)
        )
        if not say:
            field, say = place_refused(at, places)
        if not say:
            field, say = where_said(at), may_report(doer)
        if not say:
            field, say = "source", may_hand_down(at, doer) or may_say(at, doer)
        if say:
            refused[number], where = say, field
        placed.append((at, doer))
    if refused and len(news) == 1:
        raise Refusal("hazards.bad_finding", refused[0], field=where)
    if refused:
        raise Rejected(
            "hazards.bad_findings", f"有 {len(refused)} 项不能登记，整批没有登记。请看每一项的原因。", refused
        )
    return placed


def _serials(news: Sequence[NewHazard], *, year: int) -> list[int]:
    """Take the numbers, town by town, and hand them out in the order given."""
    counts: defaultdict[UUID, int] = defaultdict(int)
    for new in news:
        counts[new.town_id] += 1
    taken = {
        town: iter(documents.take_numbers(town_id=town, series=SERIES, year=year, count=count))
        for town, count in sorted(counts.items())
    }
    return [next(taken[new.town_id]) for new in news]


def _row(new: NewHazard, doer: Doer, given: Given, serial: int, year: int, actor: Actor, now: datetime) -> Hazard:
    row = new_row(
        Hazard,
        id=new.id or new_id(),
        town_id=new.town_id,
        year=year,
        serial=serial,
        number=f"{year}-{serial:04d}",
        path=new.path,
        sector=new.sector,
        place_kind=new.place_kind,
        enterprise_id=new.enterprise_id,
        place_unit_id=new.place_unit_id,
        place_name=new.place_name.strip(),
        part=new.part.strip(),
        description=new.description.strip(),
        category=new.category,
        source=new.source,
        source_type=new.source_type,
        source_id=new.source_id,
        campaign_id=new.campaign_id,
        found_on=new.found_on,
        found_by=new.found_by or actor.name,
        reported_at=now,
        reporter_id=actor.user_id,
        reporter_unit_id=actor.unit_id,
        self_found=found_itself(new, doer),
        repeat_of_id=new.repeat_of,
        party_unit_id=new.party_unit_id,
        party_name=new.party_name,
        needs_superior=new.source == Source.SUPERIOR if new.needs_superior is None else new.needs_superior,
        superior_organ=new.superior_organ,
        cannot_assure_safety=new.cannot_assure_safety,
        before_photos=given.photos(FileRole.BEFORE),
        photo_count=sum(one.is_photo for one in given.files),
        changed_at=now,
    )
    if new.acting_for:
        row.barred = _barred_reporter(actor, doer, new.path)
    set_marks(row)
    return row


def _start_clocks(rows: Sequence[Hazard], frames: Mapping[UUID, Frame], today: date) -> None:
    """Set who moves next; for a hazard just reported that depends on the town and the day alone."""
    moves: dict[UUID, Next] = {}
    for row in rows:
        move = moves.get(row.town_id)
        if move is None:
            frame = frames[row.town_id]
            move = next_move(standing_of(row, None), on=today, terms=frame.terms, calendar=frame.calendar)
            moves[row.town_id] = move
        row.next_holder, row.next_act = move.holder, move.act or ""
        row.clock_on, row.clock_kind = move.due_on, move.kind


def _barred_reporter(actor: Actor, doer: Doer, place: str) -> dict[str, list[str]]:
    """Whoever acted for an enterprise when it reported its own finding, and their village, may not verify (L2)."""
    people = frozenset({actor.user_id} if actor.user_id else set())
    paths: frozenset[str] = village_of(doer.units.values(), place) if Role.VILLAGE in doer.roles else frozenset()
    return barred_stored(Barred(people=people, paths=paths))


def _files(row: Hazard, given: Given, actor: Actor, now: datetime) -> Iterator[Model]:
    for proof in given.files:
        yield HazardFile(
            hazard_id=row.pk,
            town_id=row.town_id,
            evidence_id=proof.evidence_id,
            is_photo=proof.is_photo,
            role=proof.role,
            pair=proof.pair,
            act=Act.REPORT,
            added_at=now,
            added_by=actor.name,
        )


def _role(doer: Doer) -> str:
    return next((str(role) for role in Role if role in doer.roles and role in REPORTING), "")


def _same_kind_tasks(
    rows: Sequence[Hazard], frames: Mapping[UUID, Frame], actor: Actor, now: datetime
) -> list[SameKindTask]:
    """Open the 举一反三 of each superior's item: every village and the sector's lead department are asked (R3.21)."""
    items = [row for row in rows if row.needs_superior]
    if not items:
        return []
    today = day_of(now)
    towns = orgs.towns({row.town_id for row in items})
    asked = _asked({(row.town_id, row.sector) for row in items}, towns, today)
    due = {town: frames[town].calendar.add_working_days(today, frames[town].terms.same_kind_reply_wd) for town in towns}
    tasks = []
    for row in items:
        task = new_row(
            SameKindTask,
            town_id=row.town_id,
            path=towns[row.town_id].path,
            sector=row.sector,
            hazard_id=row.pk,
            title=f"{row.number} {row.description}"[:160],
            category=row.category,
            units=asked[row.town_id, row.sector],
            due_on=due[row.town_id],
            opened_at=now,
            opened_by=actor.name,
        )
        row.same_kind_task_id = task.pk
        tasks.append(task)
    return tasks


def _asked(pairs: Collection[tuple[UUID, str]], towns: Mapping[UUID, TownRef], on: date) -> dict[tuple[UUID, str], str]:
    """Return the units asked by town and sector; a sector that nobody leads yet is looked at by the villages alone."""
    villages = {
        town.id: [unit.id for unit in orgs.units_below(town.path, [UnitKind.VILLAGE])] for town in towns.values()
    }
    leads = orgs.leads_of_towns(towns, on)
    return {
        pair: pack_units([*villages[pair[0]], *([leads[pair].id] if pair in leads else [])]) for pair in sorted(pairs)
    }
