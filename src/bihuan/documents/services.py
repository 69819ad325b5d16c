"""What documents does: take numbers, issue papers, make one void."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from bihuan.documents import rules
from bihuan.documents.models import NumberSeries, PaperRecord
from bihuan.documents.rules import FORMS, BadNumber, Paper, PaperDraft, PaperKind, PaperState
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated
from bihuan.trail import services as trail
from bihuan.trail.news import News


def take_numbers(*, town_id: UUID, series: str, year: int, count: int = 1) -> range:
    """Take the next numbers of a series in the caller's transaction; a rollback gives them back, so no gap arises.

    series: such as "hazard", "case:金", "paper:金:安委督办". The row is locked until the transaction ends.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken in the transaction that uses it")
    if count < 1:
        return range(0)
    row = NumberSeries.objects.filter(town_id=town_id, series=series, year=year)
    if not row.update(last=F("last") + count):
        NumberSeries.objects.bulk_create(
            [NumberSeries(town_id=town_id, series=series, year=year)], ignore_conflicts=True
        )
        row.update(last=F("last") + count)
    last = row.values_list("last", flat=True).get()
    return range(last - count + 1, last + 1)


def issue(
    *,
    kind: PaperKind,
    town_id: UUID,
    path: str,
    organ: str,
    subject_type: str,
    subject_id: UUID,
    fields: Mapping[str, Any],
    number: int | None = None,
    year: int | None = None,
    follows: UUID | None = None,
    sector: str = "",
    enterprise_id: UUID | None = None,
    approver: str = "",
    actor: Actor,
    now: datetime,
) -> Paper:
    """Issue one paper; see `issue_many`."""
    draft = PaperDraft(
        kind=kind,
        path=path,
        organ=organ,
        subject_type=subject_type,
        subject_id=subject_id,
        fields=fields,
        sector=sector,
        enterprise_id=enterprise_id,
        number=number,
        year=year,
        follows=follows,
        approver=approver,
    )
    return issue_many([draft], town_id=town_id, actor=actor, now=now)[0]


@transaction.atomic
def issue_many(drafts: Sequence[PaperDraft], *, town_id: UUID, actor: Actor, now: datetime) -> list[Paper]:
    """Number, store and record papers of one town, in the order given.

    A draft with `number` uses that serial. One that `follows` an earlier paper shares its serial (R4.8), unless the
    same kind already carries it; then, as without both, the next one of its series is taken.
    """
    if not drafts:
        return []
    earlier = _earlier(drafts, town_id=town_id)
    drafts = [_with_earlier(draft, earlier) for draft in drafts]
    numbers = _numbers(drafts, earlier, town_id=town_id, now=now)
    rows = [
        _row(draft, town_id, year, number, actor, now) for draft, (year, number) in zip(drafts, numbers, strict=True)
    ]
    PaperRecord.objects.bulk_create(rows, batch_size=200)
    trail.record([_issued(row) for row in rows], actor=actor, now=now)
    return [row.frozen() for row in rows]


def _earlier(drafts: Sequence[PaperDraft], *, town_id: UUID) -> dict[UUID, PaperRecord]:
    """Return the papers that drafts follow. Raises NotFound when one is missing."""
    wanted = {draft.follows for draft in drafts if draft.follows is not None}
    found = {row.pk: row for row in PaperRecord.objects.filter(town_id=town_id, pk__in=wanted)} if wanted else {}
    if len(found) != len(wanted):
        raise NotFound("documents.no_earlier_paper", "前一份文书没有找到，不能续用它的编号。请核对后再办。")
    return found


def _with_earlier(draft: PaperDraft, earlier: Mapping[UUID, PaperRecord]) -> PaperDraft:
    """Put the earlier paper's title, number and day into the snapshot where the form names it and nobody did."""
    row = earlier.get(draft.follows) if draft.follows else None
    if row is None or draft.fields.get("earlier"):
        return draft
    title = FORMS[PaperKind(row.kind)].title
    named = {"title": title, "doc_no": row.doc_no, "issued_on": row.issued_on.isoformat()}
    return replace(draft, fields={**draft.fields, "earlier": named})


def _numbers(
    drafts: Sequence[PaperDraft], earlier: Mapping[UUID, PaperRecord], *, town_id: UUID, now: datetime
) -> list[tuple[int, int]]:
    """Return year and serial per draft. Series are locked by name in order, so two acts never wait crosswise."""
    today = day_of(now)
    shared = _shared(drafts, earlier, town_id=town_id, now=now)
    waiting: dict[str, list[int]] = {}
    found: dict[int, tuple[int, int]] = {}
    for place, draft in enumerate(drafts):
        if draft.number is not None:
            found[place] = (draft.year or today.year, draft.number)
        elif place in shared:
            found[place] = shared[place]
        else:
            prefix = rules.prefix_on(draft.kind, today)
            waiting.setdefault(rules.series_of(draft.kind, organ=draft.organ, prefix=prefix), []).append(place)
    for series in sorted(waiting):
        taken = take_numbers(town_id=town_id, series=series, year=today.year, count=len(waiting[series]))
        found |= {place: (today.year, number) for place, number in zip(waiting[series], taken, strict=True)}
    return [found[place] for place in range(len(drafts))]


def _shared(
    drafts: Sequence[PaperDraft], earlier: Mapping[UUID, PaperRecord], *, town_id: UUID, now: datetime
) -> dict[int, tuple[int, int]]:
    """Return the serial that each following draft shares with its earlier paper, where still free for its kind."""
    if not earlier:
        return {}
    kin = PaperRecord.objects.filter(
        town_id=town_id,
        organ__in={row.organ for row in earlier.values()},
        year__in={row.year for row in earlier.values()},
        number__in={row.number for row in earlier.values()},
    )
    used = set(kin.values_list("organ", "prefix", "year", "number"))
    found: dict[int, tuple[int, int]] = {}
    for place, draft in enumerate(drafts):
        row = earlier.get(draft.follows) if draft.follows and draft.number is None else None
        if row is None or not FORMS[draft.kind].case:
            continue
        key = (draft.organ, rules.prefix_on(draft.kind, day_of(now)), row.year, row.number)
        if row.organ == draft.organ and key not in used:
            used.add(key)
            found[place] = (row.year, row.number)
    return found


def _row(draft: PaperDraft, town_id: UUID, year: int, number: int, actor: Actor, now: datetime) -> PaperRecord:
    form = FORMS[draft.kind]
    prefix = rules.prefix_on(draft.kind, day_of(now))
    written = rules.doc_no(organ=draft.organ, prefix=prefix, year=year, number=number)
    fields = dict(draft.fields)
    return PaperRecord(
        town_id=town_id,
        path=draft.path,
        sector=draft.sector,
        enterprise_id=draft.enterprise_id,
        kind=draft.kind.value,
        organ=draft.organ,
        prefix=prefix,
        year=year,
        number=number,
        doc_no=written,
        unit=str(fields.get("unit") or fields.get("to") or "")[:128],
        subject_type=draft.subject_type,
        subject_id=draft.subject_id,
        follows_id=draft.follows,
        fields=fields,
        template_version=form.version,
        content_hash=rules.content_hash(kind=draft.kind, number=written, template_version=form.version, fields=fields),
        issued_at=now,
        issued_on=day_of(now),
        issued_by=actor.name,
        approver=draft.approver or actor.name,
    )


def _issued(row: PaperRecord) -> News:
    title = FORMS[PaperKind(row.kind)].title
    return _news("paper.issued", f"发出{title}{row.doc_no}", row, after={"hash": row.content_hash})


def _news(kind: str, say: str, row: PaperRecord, *, reason: str = "", after: Mapping[str, Any]) -> News:
    return News(
        kind,
        say,
        "paper",
        row.pk,
        row.town_id,
        path=row.path,
        sector=row.sector,
        enterprise_id=row.enterprise_id,
        reason=reason,
        after={"doc_no": row.doc_no, **after},
        figures={"kind": row.kind, "about": str(row.subject_id)},
    )


@transaction.atomic
def void(*, paper_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime) -> None:
    """Make a paper void; its number stays with it and is never used again (R4.10)."""
    row = PaperRecord.objects.visible_to(actor).filter(pk=paper_id).first()
    if row is None:
        raise NotFound("documents.not_found")
    if not actor.roles_over(path=row.path, sector=row.sector, enterprise_id=row.enterprise_id) & rules.MAY_VOID:
        raise NotAllowed("documents.not_allowed", "文书由安监办主任或安委会主任作废。请联系他们。")
    if not reason.strip():
        raise BadNumber("documents.no_reason", "请写明作废的原因。", field="reason")
    if row.state == PaperState.VOID:
        raise Outdated("documents.void_already", f"{row.doc_no}已经作废，不用再办。")
    moved = PaperRecord.objects.filter(pk=paper_id, version=seen_version, state=PaperState.ISSUED.value).update(
        state=PaperState.VOID.value, void_reason=reason.strip(), version=seen_version + 1
    )
    if moved != 1:
        raise Outdated("documents.outdated")
    say = f"作废{FORMS[PaperKind(row.kind)].title}{row.doc_no}，编号不再使用"
    trail.record(
        [_news("paper.voided", say, row, reason=reason.strip(), after={"state": "void"})], actor=actor, now=now
    )
