"""The registers of a campaign as pages show them, and the files of their records."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.campaigns.models import (
    Campaign,
    CampaignUnit,
    Decision,
    LedFirm,
    LedVisit,
    Meeting,
    Problem,
    Record,
    Study,
    StudyFirm,
)
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.rules.record_lines import RecordLine, RecordView
from bihuan.campaigns.rules.registers import CHAIR_NAMES, RECORD_NAMES, STUDY_NAMES, Chair, RecordKind, StudyKind
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail import queries as trail
from bihuan.trail.queries import OpenedFile
from bihuan.trail.rules import Page

MODELS: Final[Mapping[RecordKind, type[Record]]] = {
    RecordKind.MEETING: Meeting,
    RecordKind.DECISION: Decision,
    RecordKind.PROBLEM: Problem,
    RecordKind.LED_VISIT: LedVisit,
    RecordKind.STUDY: Study,
}
FOLLOWED: Final = (RecordKind.DECISION, RecordKind.PROBLEM)
TOWN: Final = "镇"
SHORTENED: Final = 60


def records_of(
    viewer: Actor,
    campaign_id: UUID,
    kind: RecordKind,
    *,
    today: date,
    tab: str = "",
    page: int = 1,
    size: int = 20,
) -> Page[RecordLine]:
    """Return one register of a campaign: what is followed up by its last day, the rest the newest first.

    tab: "open", "late" or "done" of what is followed up; "" for all. Three queries, four for led inspections.
    """
    row = row_for(viewer, campaign_id)
    rows = _seen(viewer, row, kind)
    if kind in FOLLOWED:
        rows = _in_tab(rows, tab, today).order_by("due_on", "id")
    else:
        rows = rows.order_by("-on", "-recorded_at", "-id")
    total = rows.count()
    start = (page - 1) * size
    found = list(rows[start : start + size])
    firms = _firms([one.pk for one in found]) if kind is RecordKind.LED_VISIT else {}
    return Page(tuple(_line(kind, one, viewer, firms) for one in found), page, size, total)


def record_counts(viewer: Actor, campaign_id: UUID, *, today: date) -> dict[RecordKind, tuple[int, int]]:
    """Return how many records each register has that the viewer sees, and how many of them are late. Seven queries."""
    row = row_for(viewer, campaign_id)
    found = {}
    for kind in RecordKind:
        rows = _seen(viewer, row, kind)
        late = _in_tab(rows, "late", today).count() if kind in FOLLOWED else 0
        found[kind] = (rows.count(), late)
    return found


def linked_records(viewer: Actor, campaign_id: UUID, kind: RecordKind) -> tuple[UUID, str, int] | None:
    """Return the campaign beside this one, and how many of its records the viewer sees that count in this one too.

    None without such a campaign, or where the viewer may not open it (R9.14: each counts by its own days).
    """
    row = row_for(viewer, campaign_id)
    beside = row.linked or row.links.first()
    other = None if beside is None else Campaign.objects.open_to(viewer).filter(pk=beside.pk).first()
    if other is None:
        return None
    rows = _seen(viewer, other, kind).filter(on__range=(row.starts_on, row.ends_on))
    return other.pk, other.title, rows.count()


def record_for(viewer: Actor, campaign_id: UUID, kind: RecordKind, record_id: UUID) -> RecordView:
    """Return one record that the viewer sees, with what its meeting decided. Raises NotFound."""
    row = row_for(viewer, campaign_id)
    one = _found(viewer, row, kind, record_id)
    items: tuple[RecordLine, ...] = ()
    if kind is RecordKind.MEETING:
        decided = _seen(viewer, row, RecordKind.DECISION).filter(meeting_id=one.pk).order_by("due_on", "id")
        items = tuple(_line(RecordKind.DECISION, each, viewer, {}) for each in decided)
    firms = _firms([one.pk]) if kind is RecordKind.LED_VISIT else {}
    meeting = getattr(one, "meeting", None)
    return RecordView(
        line=_line(kind, one, viewer, firms),
        facts=_facts(row, kind, one, firms),
        files=[UUID(each) for each in one.files],
        result=getattr(one, "result", ""),
        result_files=[UUID(each) for each in getattr(one, "result_files", ())],
        recorded_by=one.recorded_by,
        recorded_at=one.recorded_at,
        items=items,
        meeting=_line(RecordKind.MEETING, meeting, viewer, {}) if meeting else None,
    )


def record_file(viewer: Actor, campaign_id: UUID, kind: RecordKind, record_id: UUID, file_id: UUID) -> OpenedFile:
    """Open a file of a record that the viewer sees. Raises NotFound."""
    one = _found(viewer, row_for(viewer, campaign_id), kind, record_id)
    if str(file_id) not in {*one.files, *getattr(one, "result_files", ())}:
        raise NotFound("campaigns.no_file", "这条记录没有这份附件。")
    return trail.open_file(file_id, "original")


def _seen(viewer: Actor, row: Campaign, kind: RecordKind) -> QuerySet[Any]:
    """Return the records that stand and that the viewer sees; the town's own meetings are for all who take part."""
    rows = MODELS[kind].objects.standing().filter(campaign=row).select_related("part")
    if kind is RecordKind.MEETING:
        return rows.filter(Q(part=None) | Q(pk__in=MODELS[kind].objects.open_to(viewer).values("pk")))
    if kind is RecordKind.LED_VISIT:
        mine = Q(pk__in=MODELS[kind].objects.open_to(viewer).values("pk")) | Q(post_id=viewer.post_id)
        return rows.filter(mine)
    seen: QuerySet[Any] = rows.select_related("part", "meeting") if kind in FOLLOWED else rows
    return seen.filter(pk__in=MODELS[kind].objects.open_to(viewer).values("pk"))


def _in_tab(rows: QuerySet[Any], tab: str, today: date) -> QuerySet[Any]:
    if tab == "done":
        return rows.exclude(done_at=None)
    if tab in {"open", "late"}:
        rows = rows.filter(done_at=None)
    return rows.filter(due_on__lt=today) if tab == "late" else rows


def _found(viewer: Actor, row: Campaign, kind: RecordKind, record_id: UUID) -> Any:
    one = _seen(viewer, row, kind).filter(pk=record_id).first()
    if one is None:
        raise NotFound("campaigns.no_record", f"没有找到这条{RECORD_NAMES[kind]}，或者它不在您的管辖范围内。")
    return one


def _firms(visits: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for visit_id, name in LedFirm.objects.filter(visit_id__in=visits).order_by("name").values_list("visit_id", "name"):
        found.setdefault(visit_id, []).append(name)
    return found


def _line(kind: RecordKind, one: Any, viewer: Actor, firms: Mapping[UUID, list[str]]) -> RecordLine:
    part: CampaignUnit | None = one.part
    title, note = _said(kind, one, firms)
    return RecordLine(
        id=one.pk,
        kind=kind,
        version=one.version,
        on=one.on,
        title=title,
        note=note,
        who=part.name if part else TOWN,
        own=part is not None and part.unit_id in viewer.own_units,
        due_on=getattr(one, "due_on", None),
        done_at=getattr(one, "done_at", None),
    )


def _said(kind: RecordKind, one: Any, firms: Mapping[UUID, list[str]]) -> tuple[str, str]:
    match kind:
        case RecordKind.MEETING:
            came = f"，参会 {len(one.attendees)} 个单位" if one.attendees else ""
            return one.title, f"{one.host}主持{came}"
        case RecordKind.DECISION:
            return one.text, one.issue
        case RecordKind.PROBLEM:
            return one.problem, f"{one.raised_by}提出"
        case RecordKind.LED_VISIT:
            visited = "、".join(firms.get(one.pk, ()))
            return f"{one.leader}带队检查", f"{visited}：{one.findings[:SHORTENED] or '未发现问题'}"
        case _:
            return one.title, f"{STUDY_NAMES[StudyKind(one.kind)]}，{one.persons} 人"


def _facts(row: Campaign, kind: RecordKind, one: Any, firms: Mapping[UUID, list[str]]) -> list[tuple[str, str]]:
    match kind:
        case RecordKind.MEETING:
            came = CampaignUnit.objects.filter(campaign=row, pk__in=one.attendees).order_by("sort_no")
            facts = [
                ("主持", f"{one.host}（{CHAIR_NAMES[Chair(one.chair)]}）"),
                ("地点", one.place),
                ("参会单位", "、".join(unit.name for unit in came)),
                ("其他参会人", one.others),
                ("会议情况", one.note),
            ]
        case RecordKind.DECISION:
            facts = [("问题", one.issue), ("议定", one.text), ("承办单位", one.part.name)]
        case RecordKind.PROBLEM:
            facts = [("提出人", one.raised_by), ("议定", one.decision), ("责任单位", one.part.name)]
        case RecordKind.LED_VISIT:
            facts = [
                ("带队领导", one.leader),
                ("陪同", one.companions),
                ("企业", "、".join(firms.get(one.pk, ()))),
                ("记录编号", one.record_no),
                ("发现的问题", one.findings or "未发现问题"),
            ]
        case _:
            names = StudyFirm.objects.filter(study=one).order_by("name").values_list("name", flat=True)
            facts = [
                ("形式", STUDY_NAMES[StudyKind(one.kind)]),
                ("主持", CHAIR_NAMES[Chair(one.led_by)]),
                ("人数", f"{one.persons} 人"),
                ("本单位负责人", "参加" if one.unit_head else "没有参加"),
                ("参加的企业负责人", "、".join(names)),
            ]
    return [(label, text) for label, text in facts if text]
