"""What goes into a sealed pack: events, papers and figures of a case, gathered as of the day."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Final
from uuid import UUID

from bihuan.campaigns.models import AccountabilityCase, CampaignUnit
from bihuan.campaigns.queries.figures import grounds_on
from bihuan.campaigns.queries.supervision.gathering import sources_of
from bihuan.campaigns.rules.grounding import grounds_in_words
from bihuan.campaigns.rules.supervision.accountability import FAILING_NAMES, FORM_NAMES, CaseForm, Failing
from bihuan.campaigns.rules.supervision.drafting import Said
from bihuan.campaigns.rules.supervision.packing import Contents, PackedFile
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.orgs import queries as orgs
from bihuan.trail import queries as trail
from bihuan.trail.rules import EventLine

EVENT_HEAD: Final = ("时间", "谁", "做了什么", "理由", "链", "序号", "哈希")
FIGURE_HEAD: Final = ("数", "含义", "范围", "起", "止（含）", "依据")


def opened(file_id: str) -> IO[bytes]:
    """Open a paper of a pack, for whom the caller has already let in."""
    return trail.open_file(UUID(file_id), "original").stream


def case_contents(one: AccountabilityCase, *, made_by: str, now: datetime) -> Contents:
    """Return what is sealed of a case: its facts, the events of it and of its unit in the campaign, their papers, and
    the figures of the day."""
    on = day_of(now)
    events = [event for event in trail.events_of([one.campaign_id]) if _concerns(event, one)]
    return Contents(
        title=f"问责材料：{one.who}",
        town=orgs.town(one.town_id).name,
        on=on.isoformat(),
        made_at=now.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        made_by=made_by,
        facts=_facts(one),
        events=[EVENT_HEAD, *map(_event, events)],
        figures=[FIGURE_HEAD, *_figures(one, now)],
        files=_papers(one, events),
    )


def _concerns(event: EventLine, one: AccountabilityCase) -> bool:
    """Tell whether an event is of the case, or of its unit: what names the unit's path says so in its subject."""
    if event.after.get("case") == str(one.pk):
        return True
    part = one.part
    return part is not None and (event.after.get("unit") == part.name or part.name in event.say)


def _event(event: EventLine) -> tuple[str, ...]:
    at = event.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    who = " ".join(word for word in (event.actor_unit, event.actor_post, event.actor_name) if word)
    return at, who, event.say, event.reason, event.chain, str(event.seq), event.hash


def _facts(one: AccountabilityCase) -> list[tuple[str, str]]:
    failings = "、".join(FAILING_NAMES[Failing(name)] for name in one.failings)
    found = [
        ("对象", one.who),
        ("事实", failings),
        ("说明", one.grounds),
        ("事故", one.accident),
        ("事故发生的日期", one.accident_on.isoformat() if one.accident_on else ""),
        ("认定责任事故的文书", one.report),
        ("及时补救的情况", one.lighter),
        ("移交给", one.handed_to),
        ("移交日期", one.handed_over_on.isoformat()),
        ("决定机关", one.organ),
        ("文号", one.doc_number),
        ("形式", FORM_NAMES[CaseForm(one.form)] if one.form else ""),
        ("决定日期", one.decided_on.isoformat() if one.decided_on else ""),
        ("结果", one.result),
    ]
    return [(name, text) for name, text in found if text]


def _figures(one: AccountabilityCase, now: datetime) -> list[tuple[str, ...]]:
    """Return the figures of the case's unit (or of the town, for a post) at the end of the day, and its grounds."""
    row, on = one.campaign, day_of(now)
    sources = sources_of(row, since=min(row.starts_on or on, on), until=on, today=on, with_plan=False)
    found: Iterable[Said] = sources.total.values()
    rows: list[tuple[str, ...]] = []
    if one.part is not None:
        mine = next((unit for unit in sources.units if unit.name == one.part.name), None)
        found = mine.figures.values() if mine else ()
        rows = _grounds(one.part, one)
    return [_figure(said) for said in found if said.amount is not None] + rows


def _figure(said: Said) -> tuple[str, ...]:
    one = said.figure
    return one.text, one.meaning, one.place, one.since.isoformat(), one.until.isoformat(), grounds_in_words(one.source)


def _grounds(part: CampaignUnit, one: AccountabilityCase) -> list[tuple[str, ...]]:
    on = one.handed_over_on
    found = grounds_on(one.campaign, on).of_part(part.pk)
    grounds = found.grounds if found else ()
    start = (one.campaign.starts_on or on).isoformat()
    return [(ground.text, "移交当天的情形", part.name, start, on.isoformat(), "R9.10") for ground in grounds]


def _papers(one: AccountabilityCase, events: Sequence[EventLine]) -> list[PackedFile]:
    said: dict[str, str] = dict.fromkeys(one.files, "移交的材料")
    said |= dict.fromkeys(one.decision_files, "决定文件")
    if one.part is not None and one.part.plan_file_id is not None:
        said.setdefault(str(one.part.plan_file_id), "子方案")
    for event in events:
        for paper in event.evidence:
            said.setdefault(str(paper), event.say[:80])
    known = trail.files([UUID(file) for file in said])
    found = []
    for number, (file, what) in enumerate(said.items(), start=1):
        stored = known.get(UUID(file))
        if stored is not None:
            name = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in stored.name)
            found.append(PackedFile(f"files/{number:03d}-{name}", what, file, stored.sha256, stored.size))
    return found
