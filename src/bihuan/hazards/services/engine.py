"""The engine: every act is plural, decided by the table, written at once or not at all (L1, L12).

`advance_many` loads, decides every row, applies effects in memory, compares and sets, writes the side rows, prints,
and records the events last. A single act is the plural of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.documents import services as documents
from bihuan.documents.rules import Paper, PaperDraft
from bihuan.hazards.models import Hazard, Listing, Round
from bihuan.hazards.queries.standings import standing_of
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.decide import Verdict, decide
from bihuan.hazards.rules.facts import NOTHING, Facts, Given
from bihuan.hazards.rules.next import next_move
from bihuan.hazards.rules.states import OPEN_STATES, RUNNING_STATES, Level, State
from bihuan.hazards.services import effects
from bihuan.hazards.services.change import EFFECTS, Change
from bihuan.hazards.services.copies import with_copies_marked
from bihuan.hazards.services.criteria import with_real_criteria
from bihuan.hazards.services.delegates import with_real_delegates
from bihuan.hazards.services.keys import once
from bihuan.hazards.services.loading import (
    Loaded,
    certificates_for,
    check_references,
    load,
    with_known_companions,
    with_real_files,
)
from bihuan.hazards.services.notices import tellings
from bihuan.hazards.services.places import with_real_parties
from bihuan.hazards.services.telling import news_of, set_marks
from bihuan.hazards.services.withdrawing import withdraw_requests
from bihuan.hazards.services.writing import changed_columns, compare_and_set, update_many
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal, Rejected
from bihuan.trail import services as trail
from bihuan.trail.bulk import insert_many

assert effects  # noqa: S101 -- importing it registers what every act does

BEGINS_LISTING: Final = frozenset({Act.PROPOSE_LISTING, Act.RECORD_LISTING, Act.WITHDRAW_LISTING})
OUTDATED: Final = "刚刚有人改动了这一项。请刷新页面看过最新情况再办。"
MISSING: Final = "没有找到，或者不在您的管辖范围内。"


@dataclass(frozen=True, slots=True)
class Item:
    """One hazard that an act is done to. seen_version: what the person saw; None when nobody looked (platform)."""

    hazard_id: UUID
    given: Given = NOTHING
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Advanced:
    """Where a hazard stands after an act."""

    hazard_id: UUID
    number: str
    state: State
    version: int


def advance(
    *,
    hazard_id: UUID,
    act: Act,
    given: Given = NOTHING,
    seen_version: int | None = None,
    key: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Advanced:
    """Do one act to one hazard: the plural of one. Raises Outdated, NotFound, NotAllowed or Refusal."""
    return advance_many([Item(hazard_id, given, seen_version)], act=act, key=key, actor=actor, now=now)[0]


@transaction.atomic
def advance_many(
    items: Sequence[Item], *, act: Act, key: UUID | None = None, tell: bool = True, actor: Actor, now: datetime
) -> list[Advanced]:
    """Do one act to many hazards, all or none, in the order given; fixed number of queries.

    key: of an act from outside; the second arrival gets the first answer. tell: ring the bells of those who must hear
    of it; False for what happened long ago (the demo). One refused item of several raises `Rejected` naming each
    refused hazard; nothing is written.
    """
    if key is None:
        return _advance(items, act, actor, now, tell=tell)
    do = partial(_advance, items, act, actor, now, tell=tell)
    answer = once(key, act=act, actor=actor, now=now, do=lambda: _as_answer(do()))
    return [Advanced(UUID(one["id"]), one["number"], State(one["state"]), one["version"]) for one in answer["done"]]


def refusals(items: Sequence[Item], *, act: Act, actor: Actor, now: datetime) -> dict[UUID, str]:
    """Return the hazards of a plural act that would be refused, each with its sentence; writes nothing.

    Files that an item brings are taken at the caller's word here; the act itself looks at what they are.
    """
    loaded = load([item.hazard_id for item in items], act, asked_paper=False, actor=actor, now=now)
    refused = _missing(items, loaded)
    for item in items:
        if item.hazard_id not in refused:
            row = loaded.hazards[item.hazard_id]
            verdict = _verdict(item, row, loaded.facts(row, item.given, actor), act)
            if verdict.step is None:
                refused[item.hazard_id] = verdict.say
    return refused


def _advance(items: Sequence[Item], act: Act, actor: Actor, now: datetime, *, tell: bool) -> list[Advanced]:
    if not items:
        return []
    asked = any(item.given.issue_paper for item in items)
    loaded = load([item.hazard_id for item in items], act, asked_paper=asked, actor=actor, now=now)
    _refuse_missing(items, loaded, act)
    check_references([item.given for item in items], loaded, actor)
    givens = with_known_companions([item.given for item in items], loaded)
    loaded.certificates = certificates_for(givens, actor) if asked else {}
    givens = with_real_files(givens, actor=actor, now=now)
    rows = [loaded.hazards[item.hazard_id] for item in items]
    givens = with_copies_marked(rows, givens)
    givens = with_real_delegates(rows, givens, today=loaded.today)
    givens = with_real_parties(rows, givens, on=loaded.today)
    givens, unknown = with_real_criteria(rows, givens, act, today=loaded.today)
    changes = _decide_all(items, givens, unknown, act, loaded, actor, now)
    snapshots = [_apply(change, loaded) for change in changes]
    _print(changes, actor, now)
    _write(changes, snapshots)
    news = [news_of(change, snapshot) for change, snapshot in zip(changes, snapshots, strict=True)]
    if tell:
        trail.tell(tellings(changes), now=now)
    trail.record(news, actor=actor, now=now)
    return [Advanced(one.row.pk, one.row.number, State(one.row.state), one.row.version) for one in changes]


def _missing(items: Sequence[Item], loaded: Loaded) -> dict[UUID, str]:
    refused = {item.hazard_id: MISSING for item in items if item.hazard_id not in loaded.hazards}
    seen: set[UUID] = set()
    for item in items:
        if item.hazard_id in seen:
            refused[item.hazard_id] = "同一项选了两次。"
        seen.add(item.hazard_id)
    return refused


def _refuse_missing(items: Sequence[Item], loaded: Loaded, act: Act) -> None:
    refused = _missing(items, loaded)
    if not refused:
        return
    if len(items) == 1:
        raise NotFound("hazards.not_found", "没有找到这项隐患，或者不在您的管辖范围内。")
    raise _rejected(act, {pk: refused[pk] for pk in refused})


def _verdict(item: Item, row: Hazard, facts: Facts, act: Act) -> Verdict:
    if item.seen_version is not None and item.seen_version != row.version:
        return Verdict(None, "hazards.outdated", OUTDATED)
    return decide(facts, act)


def _decide_all(
    items: Sequence[Item],
    givens: Sequence[Given],
    unknown: Mapping[UUID, str],
    act: Act,
    loaded: Loaded,
    actor: Actor,
    now: datetime,
) -> list[Change]:
    changes: list[Change] = []
    refused: dict[object, str] = {}
    last = Verdict(None)
    for item, given in zip(items, givens, strict=True):
        row = loaded.hazards[item.hazard_id]
        facts = loaded.facts(row, given, actor)
        verdict = _verdict(item, row, facts, act)
        if verdict.step is not None and row.pk in unknown:
            verdict = Verdict(None, "hazards.unknown_criterion", unknown[row.pk])
        if verdict.step is None:
            refused[row.pk], last = verdict.say, verdict
            continue
        change = Change(
            row=row,
            act=act,
            step=verdict.step,
            facts=facts,
            role=verdict.role,
            actor=actor,
            now=now,
            town=loaded.towns.get(row.town_id),
            firm=loaded.firms.get(row.enterprise_id) if row.enterprise_id else None,
            listing_row=loaded.listing_of(row),
            round_row=loaded.rounds.get(row.round_id) if row.round_id else None,
            side_row=loaded.sides.get(row.pk),
            answerable=loaded.answerable(row),
            certificates=loaded.certificates,
            supervising_units=loaded.supervising_units,
        )
        changes.append(change)
    if refused:
        raise _refusal(last) if len(items) == 1 else _rejected(act, refused)
    return changes


def _refusal(verdict: Verdict) -> Refusal:
    if verdict.code == "hazards.outdated":
        return Outdated(verdict.code, verdict.say)
    if verdict.code == "hazards.not_yours":
        return NotAllowed(verdict.code, verdict.say)
    return Refusal(verdict.code, verdict.say)


def _rejected(act: Act, refused: dict[object, str]) -> Rejected:
    say = f"有 {len(refused)} 项不能办理“{WORDS[act].title}”，整批没有办理。请看每一项的原因，去掉后再办。"
    return Rejected("hazards.rejected", say, refused)


def _apply(change: Change, loaded: Loaded) -> dict[str, Any]:
    """Run the effect in memory and work out who is next; return the row's columns as they were."""
    row = change.row
    snapshot = dict(row.__dict__)
    EFFECTS[change.act](change)
    if change.step.to is not None:
        _enter(change, change.step.to)
    if change.step.listing_to is not None and change.act not in BEGINS_LISTING:
        change.set_listing(state=change.step.listing_to)
        row.listing_state = change.step.listing_to
    row.is_major = row.level == Level.MAJOR
    frame = loaded.frames[row.town_id]
    listing = change.listing_row if row.listing_id else None
    move = next_move(standing_of(row, listing), on=loaded.today, terms=frame.terms, calendar=frame.calendar)
    row.next_holder, row.next_act = move.holder, move.act or ""
    row.clock_on, row.clock_kind = move.due_on, move.kind
    row.changed_at = change.now
    set_marks(row, more=change.marks, less=change.unmarked)
    return snapshot


def _enter(change: Change, state: State) -> None:
    row = change.row
    row.state = state
    row.is_open, row.is_running = state in OPEN_STATES, state in RUNNING_STATES
    if not row.is_open:
        withdraw_requests(change)
    row.ended_on = None if row.is_open else change.today


def _print(changes: Iterable[Change], actor: Actor, now: datetime) -> None:
    waiting: dict[UUID, list[tuple[PaperDraft, Any]]] = defaultdict(list)
    for change in changes:
        if change.papers:
            waiting[change.row.town_id] += change.papers
    for town_id, drafts in sorted(waiting.items()):
        papers: list[Paper] = documents.issue_many(
            [draft for draft, _ in drafts], town_id=town_id, actor=actor, now=now
        )
        for (_, then), paper in zip(drafts, papers, strict=True):
            if then is not None:
                then(paper)


def _write(changes: Sequence[Change], snapshots: Sequence[dict[str, Any]]) -> None:
    columns: set[str] = set()
    for change, snapshot in zip(changes, snapshots, strict=True):
        columns |= changed_columns(snapshot, change.row)
    moved = compare_and_set([change.row for change in changes], columns)
    if moved:
        _refuse_moved(changes, moved)
    for change in changes:
        if change.round and change.round_pk:
            change.updates.append((Round, change.round_pk, change.round))
        if change.listing and change.listing_row is not None and change.listing_row.pk not in _new_ids(change):
            change.updates.append((Listing, change.listing_row.pk, change.listing))
    update_many(update for change in changes for update in change.updates)
    insert_many(row for change in changes for row in change.new)


def _new_ids(change: Change) -> set[UUID]:
    return {row.pk for row in change.new if isinstance(row, Listing)}


def _refuse_moved(changes: Sequence[Change], moved: Sequence[UUID]) -> None:
    if len(changes) == 1:
        raise Outdated("hazards.outdated", OUTDATED)
    raise _rejected(changes[0].act, dict.fromkeys(moved, OUTDATED))


def _as_answer(done: Sequence[Advanced]) -> dict[str, Any]:
    rows = [
        {"id": str(one.hazard_id), "number": one.number, "state": str(one.state), "version": one.version}
        for one in done
    ]
    return {"done": rows}
