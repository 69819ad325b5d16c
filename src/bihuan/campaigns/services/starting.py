"""Take a plan in: keep the file, let a job read it, and mend what was read of the document as a whole."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, Clause, ClauseFigure
from bihuan.campaigns.queries.participants import participants_of
from bihuan.campaigns.readers import read_file
from bihuan.campaigns.rules import Line, read_plan
from bihuan.campaigns.rules.cutting import cuts_before_days, cuts_of
from bihuan.campaigns.rules.drafting import part_label
from bihuan.campaigns.rules.how_often import how_often
from bihuan.campaigns.rules.life import OFFICE, CampaignAct, CampaignState
from bihuan.campaigns.rules.plausible import impossible, unlikely
from bihuan.campaigns.rules.reported import duties_of
from bihuan.campaigns.rules.suggesting import suggest
from bihuan.campaigns.rules.text import fold
from bihuan.campaigns.rules.units import Meant, Participant, who_is_meant
from bihuan.campaigns.services.loading import SUBJECT, campaign_to, tell, write
from bihuan.campaigns.services.texts import longest, written
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.orgs import queries as orgs
from bihuan.trail import queries as trail_queries
from bihuan.trail import services as trail
from bihuan.trail.rules import Telling
from bihuan.trail.rules.files import FileKind

TASK: Final = "bihuan.campaigns.jobs.understand"
WAS_READING: Final = {"state": CampaignState.READING.value}
PASTED: Final = "粘贴的文字.txt"
TEXTS: Final = ("title", "doc_number", "issuing_body", "start_text", "end_text", "scope_text")


def start_from_text(*, text: str, actor: Actor, now: datetime) -> UUID:
    """Start from pasted text; it is kept as a file like any other."""
    if not text.strip():
        raise Refusal("campaigns.no_text", "请粘贴方案的文字，或者上传文件。", field="text")
    return start_campaign(name=PASTED, content=text.encode(), actor=actor, now=now)


def start_campaign(*, name: str, content: bytes | IO[bytes], actor: Actor, now: datetime) -> UUID:
    """Keep an uploaded plan and start reading it; return the id of the campaign, a draft until it is issued."""
    if actor.town_id is None or not actor.has_role(*OFFICE):
        raise NotAllowed("campaigns.not_allowed", "专项行动由镇安监办建立。请交安监办的同事来办。")
    kept = trail.keep_file(
        name=name, content=content, kind=FileKind.DOCUMENT, town_id=actor.town_id, actor=actor, now=now
    )
    town = orgs.town(actor.town_id)
    row = Campaign(
        town_id=town.id,
        path=town.path,
        unit_id=town.id,
        title=Path(kept.name).stem[: longest(Campaign, "title")],
        file_id=kept.id,
        file_name=kept.name[: longest(Campaign, "file_name")],
        made_by=actor.name,
        made_at=now,
        changed_at=now,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        trail.attach_files([kept.id], actor=actor, now=now)
        job = trail.start_job(
            kind="campaigns.understand",
            title=f"读方案“{row.file_name}”",
            task=TASK,
            actor=actor,
            now=now,
            subject_id=row.pk,
            kwargs={"campaign_id": str(row.pk)},
        )
        Campaign.objects.filter(pk=row.pk).update(job_id=job.id)
        tell(row, "started", "上传了方案，开始读", evidence=[kept.id], actor=actor, now=now)
    return row.pk


def understand_plan(*, campaign_id: UUID, now: datetime, told: UUID | None = None) -> None:
    """Read a campaign's plan from its start; running it twice comes to the same. told: who hears how it went.

    A file that cannot be read leaves the campaign FAILED with the sentence, and raises the Refusal.
    """
    row = Campaign.objects.filter(pk=campaign_id, state=CampaignState.READING).first()
    if row is None:
        return
    try:
        found = read_plan(_lines(row))
        reading = found.as_json()
    except Refusal as refusal:
        _fail(row, refusal.say, now=now, told=told)
        raise
    units = participants_of(row.town_id)
    clauses = [part for one in _orders(reading) for part in _parts(row, one, units)]
    figures = [figure for clause in clauses for figure in _suggested(row, clause)]
    with transaction.atomic():
        taken = Campaign.objects.filter(pk=row.pk, state=CampaignState.READING).update(
            state=CampaignState.DRAFT,
            say="",
            clauses_count=len(clauses),
            changed_at=now,
            version=row.version + 1,
            **_facts(reading, row),
            cells=[
                [one.index, one.cell.table, one.cell.row, one.cell.column, one.cell.rows]
                for one in found.lines
                if one.cell
            ],
        )
        if taken:
            Clause.objects.bulk_create(clauses, batch_size=100)
            ClauseFigure.objects.bulk_create(figures, batch_size=200)
            row.refresh_from_db(fields=["title"])
            after = {"state": CampaignState.DRAFT.value, "clauses": len(clauses), "figures": len(figures)}
            say = f"读成了，拆出要求 {len(clauses)} 条，等安监办核对"
            tell(row, "read", say, before=WAS_READING, after=after, actor=PLATFORM, now=now)
            _notify(row, f"方案“{row.title}”读好了，拆出要求 {len(clauses)} 条，等您核对", told, now)


@transaction.atomic
def _fail(row: Campaign, say: str, *, now: datetime, told: UUID | None) -> None:
    """Leave the campaign FAILED with the sentence that says why, unless somebody has put it away meanwhile."""
    reading = Campaign.objects.filter(pk=row.pk, state=CampaignState.READING)
    if reading.update(state=CampaignState.FAILED, say=say, changed_at=now, version=row.version + 1):
        after = {"state": CampaignState.FAILED.value}
        tell(row, "not_read", "没有读成", before=WAS_READING, after=after, reason=say, actor=PLATFORM, now=now)
        _notify(row, f"方案“{row.file_name}”没有读成，请看原因", told, now)


def _notify(row: Campaign, say: str, told: UUID | None, now: datetime) -> None:
    """Tell who uploaded a plan how its reading went: the page need not stay open."""
    if told is None:
        return
    telling = Telling(
        say=say,
        kind="campaign",
        users=(told,),
        town_id=row.town_id,
        subject_type=SUBJECT,
        subject_id=row.pk,
        url_name="campaigns:show",
        url_args=(str(row.pk),),
    )
    trail.tell([telling], now=now)


def _lines(row: Campaign) -> list[Line]:
    """Read the kept original from a copy with its own name, so that sentences speak of the file that was uploaded."""
    assert row.file_id is not None  # noqa: S101 -- a campaign that is being read was started from a file
    opened = trail_queries.open_file(row.file_id, "original")
    with opened.stream as stream, tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(row.file_name).name
        with copy.open("wb") as file:
            shutil.copyfileobj(stream, file)
        return read_file(copy)


def _facts(reading: Mapping[str, Any], row: Campaign) -> dict[str, Any]:
    period = reading["period"]
    start, end = _day(period["start"]), _day(period["end"])
    if start and end and end < start:
        end = None  # the text says so; a person is asked
    return {
        "title": (reading["title"] or row.title)[: longest(Campaign, "title")],
        "doc_number": (reading["doc_number"] or "")[: longest(Campaign, "doc_number")],
        "issuing_body": (reading["issuing_body"] or "")[: longest(Campaign, "issuing_body")],
        "issued_on": _day(reading["issue_date"]),
        "starts_on": start,
        "ends_on": end,
        "start_text": (period["start_text"] or "")[: longest(Campaign, "start_text")],
        "end_text": (period["end_text"] or "")[: longest(Campaign, "end_text")],
        "basis": reading["basis"],
        "goals": reading["goals"],
        "headings": list(_flat(reading["headings"])),
        "reporting": [one.as_json() for one in duties_of(reading["reporting"], issued_on=_day(reading["issue_date"]))],
        "phases": reading["phases"],
        "group": reading["leading_group"] or {},
        "paragraphs": reading["paragraphs"],
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _flat(headings: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in headings:
        yield {name: one[name] for name in ("level", "number", "text", "section")} | {"place": one["place"]}
        yield from _flat(one["children"])


_SILENT: Final[Mapping[str, Any]] = {  # what the reading does not tell of a goal or a guiding idea
    "section_title": "",
    "gist": "",
    "deontic": None,
    "parties": (),
    "parties_implied": False,
    "deadline": None,
    "deadline_text": None,
    "deadline_implied": False,
    "deliverable": None,
    "frequency": None,
}


def _orders(reading: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield all that can be asked "how far?": the decision to hold the campaign, guiding ideas, goals, clauses."""
    kinds = {"remarks": "guiding", "goals": "goal"}
    for name, source in kinds.items():
        for one in reading[name]:
            section = one["id"].rpartition("-")[0]
            yield {**_SILENT, **one, "section": section, "source": source}
    yield from reading["clauses"]


def _parts(row: Campaign, one: Mapping[str, Any], units: Sequence[Participant]) -> Iterator[Clause]:
    """Yield a sentence, or the parts of a long one, each with what it calls for; a person can join them again."""
    text = one["text"]
    later = {day["place"]["start"] - one["place"]["start"]: day for day in one.get("later_deadlines", ())}
    bounds = [0, *sorted({*cuts_of(text), *cuts_before_days(text, later)}), len(text)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        clause = _clause(row, one, units)
        if end - start < len(text):
            clause.label = part_label(one["id"], number)[:80]
            clause.gist = text[start:end].strip("，,；;。、")[:200]
            clause.parties_implied |= number > 0
            clause.due_implied |= bool(clause.due_text and clause.due_text not in text[start:end])
            if "、" in clause.frequency:  # 每周调度、每月通报: each part has its own, and none takes another's
                clause.frequency = (how_often(fold(text[start:end])) or "")[:64]
            own = next((later[at] for at in sorted(later) if start <= at < end), None)
            if own and clause.due_implied:
                clause.due_on, clause.due_text, clause.due_implied = _day(own["deadline"]), own["text"][:120], False
        clause.text, clause.start, clause.end = text[start:end], clause.start + start, clause.start + end
        yield clause


def _clause(row: Campaign, one: Mapping[str, Any], units: Sequence[Participant]) -> Clause:
    meant: Meant = who_is_meant(one["parties"], units)
    return Clause(
        campaign=row,
        town_id=row.town_id,
        label=one["id"][:80],
        section=one["section"][:64],
        section_title=one["section_title"][:160],
        paragraph=one["place"]["paragraph"],
        start=one["place"]["start"],
        end=one["place"]["end"],
        text=one["text"],
        gist=one["gist"][:200],
        deontic=(one["deontic"] or "")[:24],
        parties=list(one["parties"]),
        parties_implied=one["parties_implied"],
        units=[str(unit) for unit in meant.units],
        due_on=_day(one["deadline"]),
        due_text=(one["deadline_text"] or "")[:120],
        due_implied=one["deadline_implied"],
        deliverable=(one["deliverable"] or "")[:160],
        frequency=(one["frequency"] or "")[:64],
        source=one["source"],
    )


def _suggested(row: Campaign, clause: Clause) -> Iterator[ClauseFigure]:
    for place, one in enumerate(suggest(clause.text)):
        yield ClauseFigure(campaign=row, clause=clause, key=one.key, place=place, words=list(one.words))


@transaction.atomic
def mend_facts(
    *,
    campaign_id: UUID,
    seen_version: int,
    facts: Mapping[str, Any],
    is_sure: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Mend what was read of the document as a whole. facts: title, doc_number, issuing_body, issued_on, starts_on,
    ends_on, scope_text; what is left out stays. is_sure: unlikely days were looked at again."""
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    known = {*TEXTS, "issued_on", "starts_on", "ends_on"}
    said = {name: _fitting(name, value) for name, value in facts.items() if name in known}
    if "title" in said and not said["title"]:
        raise Refusal("campaigns.no_title", "请写专项行动的名称。", field="title")
    days = {name: said.get(name, getattr(row, name)) for name in ("starts_on", "ends_on", "issued_on")}
    odd = impossible(**days) or (None if is_sure else unlikely(**days))
    if odd is not None:
        raise Refusal(f"campaigns.{odd[0]}", odd[2], field=odd[1])
    before = {name: str(getattr(row, name) or "") for name in said}
    changed = {name: value for name, value in said.items() if str(value or "") != before[name]}
    if not changed:
        return
    write(row, seen_version, **changed, changed_at=now)
    tell(
        row,
        "facts_mended",
        "核对了方案的基本情况",
        before={name: before[name] for name in changed},
        after={name: str(value or "") for name, value in changed.items()},
        actor=actor,
        now=now,
    )


def _fitting(name: str, value: Any) -> Any:
    return written(Campaign, name, value) if name in TEXTS else value
