"""Enter a draft in one transaction: new enterprises, hazards, items; a later version moves claims only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards import services as hazards
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import PlaceKind, Source
from bihuan.intake.models import ImportRun, SuperiorItem, SuperiorList
from bihuan.intake.queries.differences import keys_of, known_items, known_list, own_of, says_same
from bihuan.intake.queries.ready import Ready, Row, ready_rows
from bihuan.intake.rules.categories import category_of
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.items import Item
from bihuan.intake.rules.runs import NEW_FIRM, Offer, RunState, list_key
from bihuan.intake.rules.sectors import sector_of
from bihuan.intake.services.drafts import BATCH, draft_for, write
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.ids import new_id
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind, UnitRef
from bihuan.trail import services as trail
from bihuan.trail.bulk import insert_many, many_rows, new_row
from bihuan.trail.news import News

SUBJECT: Final = "superior_list"
LONGEST_PART: Final = 120
_CLAIMS: Final = (
    "place", "sheet", "source_row", "part", "parts", "claim", "claimed_level", "claimed_deadline",
    "claimed_rectified_on", "claimed_closed_on", "own", "extra", "marks", "seen_in", "offered_deadline", "offer",
    "changed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of entering a draft."""

    list_id: UUID
    added: int
    changed: int
    same: int
    new_enterprises: int
    offers: int


@many_rows()
@transaction.atomic
def commit(*, run_id: UUID, seen_version: int, actor: Actor, now: datetime) -> Entered:
    """Enter a draft, all of it or nothing.

    Refused while rows have problems that nobody mended or set aside, or enterprises are not chosen. What is already on
    the books from an earlier version gets its new claims beside it, and nothing else (R3.34).
    """
    run = draft_for(actor, run_id)
    write(run, seen_version, state=RunState.DONE, changed_at=now)
    ready = ready_rows(run)
    _must_be_enterable(run, ready)
    firm_ids = _enter_firms(run, ready, actor, now)
    list_row, version = _list(run, actor, now)
    rows = [row for row in ready.rows if not row.left_out]
    firms = [str(firm_ids.get(row.firm_key, "")) for row in rows]
    keys = keys_of(run, list_row.pk, [row.item for row in rows], firms)
    known = known_items(run.town_id, keys)
    fresh = [(row, key) for row, key in zip(rows, keys, strict=True) if key not in known]
    _report(run, list_row, version, fresh, firm_ids, actor, now)
    pairs = [(row, known[key]) for row, key in zip(rows, keys, strict=True) if key in known]
    changed = _update(pairs, version, now)
    entered = Entered(
        list_id=list_row.pk,
        added=len(fresh),
        changed=len(changed),
        same=len(rows) - len(fresh) - len(changed),
        new_enterprises=len(ready.new_firms),
        offers=sum(item.offer == Offer.OPEN for item, _ in changed),
    )
    _finish_list(list_row, run, version, now)
    ImportRun.objects.filter(pk=run.pk).update(superior_list=list_row)
    if run.owner_id == actor.user_id:  # a colleague who enters it leaves the file to its uploader
        trail.attach_files([run.file_id], actor=actor, now=now)
    trail.record([_news(list_row, run, entered), *_claim_news(list_row, changed)], actor=actor, now=now)
    return entered


def _must_be_enterable(run: ImportRun, ready: Ready) -> None:
    if not run.organ:
        raise Refusal("intake.no_organ", "还没有写这份清单是哪个单位交办的。请填上交办单位再入账。", field="organ")
    if ready.problem_rows:
        shown = "、".join(str(number) for number in ready.problem_rows[:10])
        more = " 等" if len(ready.problem_rows) > 10 else ""
        raise Refusal(
            "intake.rows_left",
            f"还有 {len(ready.problem_rows)} 行有问题（第 {shown}{more} 行），改好或移出后才能入账。什么都没有写入。",
        )
    if ready.open_firms:
        names = "、".join(ready.open_firms[:5])
        raise Refusal(
            "intake.firms_left",
            f"还有 {len(ready.open_firms)} 家企业没有定是哪一家（{names}）。选定后才能入账。什么都没有写入。",
        )
    if not any(not row.left_out for row in ready.rows):
        raise Refusal("intake.nothing_left", "没有一行可以入账。请取回移出的行，或放弃这次导入。")


def _enter_firms(run: ImportRun, ready: Ready, actor: Actor, now: datetime) -> dict[str, UUID]:
    """Create the enterprises chosen as new; return every enterprise's id by its key in the draft."""
    ids = {firm.key: UUID(firm.choice) for firm in ready.firms.values() if firm.choice not in {"", NEW_FIRM}}
    if not ready.new_firms:
        return ids
    town = orgs.town(run.town_id)
    villages = _villages(run, (firm.village for firm in ready.new_firms))
    entries = []
    for firm in ready.new_firms:
        village = villages.get(firm.village)
        entries.append(
            Entry(
                id=new_id(),
                name=firm.name,
                path=village.path if village is not None else town.path,
                lead_sector=sector_of(firm.industry, firm.name),
                uscc=firm.uscc,
                uscc_confirmed=bool(firm.uscc),
                address=firm.address,
            )
        )
    enterprises.register_many(entries=entries, town_id=run.town_id, actor=actor, now=now)
    return ids | {firm.key: entry.id for firm, entry in zip(ready.new_firms, entries, strict=True) if entry.id}


def _list(run: ImportRun, actor: Actor, now: datetime) -> tuple[SuperiorList, int]:
    """Return the list's row, the one already on the books or a new one, and which version of it this is, from 1."""
    known = known_list(run)
    if known is not None:
        return known, known.imports + 1
    list_row = SuperiorList.objects.create(
        town_id=run.town_id,
        path=orgs.town(run.town_id).path,
        key=list_key(organ=run.organ, doc_no=run.doc_no, title=run.title),
        organ=run.organ,
        doc_no=run.doc_no,
        title=run.title,
        source=run.source,
        received_on=day_of(now),
        file_id=run.file_id,
        file_name=run.file_name,
        file_kind=run.file_kind,
        taken_in_by=actor.name,
        created_at=now,
        changed_at=now,
    )
    return list_row, 1


def _report(
    run: ImportRun,
    list_row: SuperiorList,
    version: int,
    fresh: Sequence[tuple[Row, str]],
    firm_ids: Mapping[str, UUID],
    actor: Actor,
    now: datetime,
) -> None:
    """Report the new rows as hazards, each in state reported (R3.33), and keep the list's row beside each."""
    town = orgs.town(run.town_id)
    villages = _villages(run, (row.item.text(Field.VILLAGE) for row, _ in fresh if row.firm_key not in firm_ids))
    news = [
        _finding(run, list_row, row.item, firm_ids.get(row.firm_key), town.path, villages, day_of(now))
        for row, _ in fresh
    ]
    reported = hazards.report_many(news, actor=actor, now=now) if news else []
    items = [
        new_row(
            SuperiorItem,
            town_id=run.town_id,
            superior_list_id=list_row.pk,
            hazard_id=done.hazard_id,
            key=key,
            seq_no=row.item.text(Field.SEQ_NO)[:32],
            organ=(row.item.text(Field.SOURCE_ORGAN) or run.organ)[:64],
            doc_no=(row.item.text(Field.SOURCE_DOC_NO) or run.doc_no)[:64],
            enterprise_name=row.item.text(Field.ENTERPRISE_NAME)[:120],
            **_claims_of(row, version, now),
        )
        for (row, key), done in zip(fresh, reported, strict=True)
    ]
    insert_many(items)


def _finding(
    run: ImportRun,
    list_row: SuperiorList,
    item: Item,
    enterprise_id: UUID | None,
    town_path: str,
    villages: Mapping[str, UnitRef],
    today: date,
) -> NewHazard:
    found_on = item.day(Field.FOUND_ON) or item.day(Field.ASSIGNED_ON) or today
    place = item.text(Field.ADDRESS)
    where = {} if enterprise_id else _public_place(item, villages, town_path)
    return NewHazard(
        town_id=run.town_id,
        description=item.text(Field.DESCRIPTION),
        source=Source(run.source),
        found_on=min(found_on, today),
        found_by=(item.text(Field.INSPECTORS) or item.text(Field.SOURCE_ORGAN) or run.organ)[:64],
        enterprise_id=enterprise_id,
        **where,
        part=place[:LONGEST_PART],
        category=category_of(item.text(Field.CATEGORY), item.text(Field.DESCRIPTION)),
        source_type=SUBJECT,
        source_id=list_row.pk,
        superior_organ=(item.text(Field.SOURCE_ORGAN) or run.organ)[:64],
    )


def _villages(run: ImportRun, names: Iterable[str]) -> Mapping[str, UnitRef]:
    wanted = {name for name in names if name}
    return orgs.units_by_name(run.town_id, wanted, [UnitKind.VILLAGE]) if wanted else {}


def _public_place(item: Item, villages: Mapping[str, UnitRef], town_path: str) -> dict[str, Any]:
    """Return where a hazard lies that the list gives no enterprise for: a road, a square, what a unit answers for."""
    village = villages.get(item.text(Field.VILLAGE))
    return {
        "place_kind": PlaceKind.PUBLIC_PLACE,
        "place_name": (item.text(Field.ADDRESS) or item.text(Field.RESP_UNIT))[:LONGEST_PART],
        "path": village.path if village is not None else town_path,
    }


def _claims_of(row: Row, seen_in: int, now: datetime) -> dict[str, Any]:
    item = row.item
    return {
        "place": row.place,
        "sheet": item.sheet[:64],
        "source_row": item.source_row,
        "part": item.part,
        "parts": item.parts,
        "claim": item.claim.value,
        "claimed_level": item.level or "",
        "claimed_deadline": item.day(Field.DEADLINE),
        "claimed_rectified_on": item.day(Field.RECTIFIED_ON),
        "claimed_closed_on": item.day(Field.CLOSED_ON),
        "own": own_of(item, row.kept),
        "extra": item.extra,
        "marks": list(row.marks),
        "seen_in": seen_in,
        "changed_at": now,
    }


Change = tuple[SuperiorItem, dict[str, Any]]


def _update(pairs: Iterable[tuple[Row, SuperiorItem]], version: int, now: datetime) -> list[Change]:
    """Move the claims of items that are already on the books; return those that say something else than before."""
    changed: list[Change] = []
    touched: list[SuperiorItem] = []
    for row, item in pairs:
        before = {"claim": item.claim, "level": item.claimed_level, "deadline": _iso(item.claimed_deadline)}
        said_before = item.claimed_deadline
        is_same = says_same(item, row.item)
        for name, value in _claims_of(row, version, now).items():
            setattr(item, name, value)
        current = getattr(item, "current_deadline", None)  # of the hazard; none before it is ordered
        if item.claimed_deadline is not None and item.claimed_deadline != said_before:
            is_other = current is not None and current != item.claimed_deadline
            item.offered_deadline = item.claimed_deadline if is_other else None
            item.offer = Offer.OPEN if is_other else ""  # moved back to the day in force: nothing is left to decide
        touched.append(item)
        if not is_same:
            changed.append((item, before))
    SuperiorItem.objects.bulk_update(touched, list(_CLAIMS), batch_size=BATCH)
    return changed


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _finish_list(list_row: SuperiorList, run: ImportRun, version: int, now: datetime) -> None:
    SuperiorList.objects.filter(pk=list_row.pk).update(
        version=list_row.version + 1,
        imports=version,
        items_count=list_row.items.count(),
        file_id=run.file_id,
        file_name=run.file_name,
        file_kind=run.file_kind,
        layout=[sheet for sheet in run.reading.get("sheets", []) if sheet["kind"] == "hazards"],
        changed_at=now,
    )


def _news(list_row: SuperiorList, run: ImportRun, entered: Entered) -> News:
    parts = [f"新增 {entered.added} 项"]
    parts += [f"更新所称 {entered.changed} 项"] * bool(entered.changed)
    parts += [f"新建企业 {entered.new_enterprises} 家"] * bool(entered.new_enterprises)
    return News(
        kind="superior_list.taken_in",
        say=f"导入{list_row.organ}的清单“{list_row.title}”：" + "，".join(parts),
        subject_type=SUBJECT,
        subject_id=list_row.pk,
        town_id=list_row.town_id,
        path=list_row.path,
        source=list_row.source,
        after={"organ": list_row.organ, "doc_no": list_row.doc_no, "file": run.file_name},
        figures={"added": entered.added, "changed": entered.changed, "same": entered.same},
        evidence=(run.file_id,),
    )


def _claim_news(list_row: SuperiorList, changed: Sequence[Change]) -> list[News]:
    """Say of each item what its list claimed before and claims now."""
    return [
        News(
            kind="superior_item.claims_moved",
            say=f"清单“{list_row.title}”新的一版改了所称情况",
            subject_type="hazard",
            subject_id=item.hazard_id,
            town_id=list_row.town_id,
            path=list_row.path,
            source=list_row.source,
            before=before,
            after={"claim": item.claim, "level": item.claimed_level, "deadline": _iso(item.claimed_deadline)},
        )
        for item, before in changed
    ]
