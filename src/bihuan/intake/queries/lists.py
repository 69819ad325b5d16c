"""Superior's lists with their progress, their items, and what is late as text for the chat group."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from bihuan.hazards.rules.penalties import overdue_warning
from bihuan.hazards.rules.states import RUNNING_STATES, State
from bihuan.intake.models import ImportRun, SuperiorItem, SuperiorItemQuerySet, SuperiorList
from bihuan.intake.rules.claims import Claim
from bihuan.intake.rules.lines import ItemLine, ListLine
from bihuan.intake.rules.rights import may_take_in
from bihuan.intake.rules.runs import Offer, RunState
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.waiting import Found, Waiting, WaitingList
from bihuan.trail.rules import Page

RUNNING: Final = [str(state) for state in RUNNING_STATES]
UNANSWERED: Final = Q(hazard__is_open=True, hazard__same_kind_replies=0)  # 举一反三: holds its report up (L11)
MOST_LATE: Final = 200
SHORT: Final = 30
_ITEM: Final = {
    "number": "hazard__number",
    "state": "hazard__state",
    "level": "hazard__level",
    "place_name": "hazard__place_name",
    "description": "hazard__description",
    "deadline": "hazard__deadline",
    "rectified_on": "hazard__rectified_on",
    "passed_on": "hazard__passed_on",
    "closed_on": "hazard__closed_on",
    "photos": "hazard__photo_count",
    "documents": "hazard__after_documents",
    "list_title": "superior_list__title",
}
_PLAIN: Final = (
    "id", "superior_list_id", "organ", "doc_no", "source_row", "part", "parts", "seq_no", "claim", "claimed_level",
    "claimed_deadline", "claimed_rectified_on", "claimed_closed_on", "own", "marks", "offered_deadline", "offer",
    "hazard_id",
)  # fmt: skip


def lists_for(viewer: Actor, *, today: date, page: int = 1, size: int = 20) -> Page[ListLine]:
    """Return a page of the lists that the viewer sees some of, newest first, with their progress. Three queries."""
    rows = _newest_first(viewer)
    shown = list(rows[(page - 1) * size : page * size])
    lines = _with_progress(viewer, shown, today)
    return Page(tuple(lines), page, size, rows.count())


def newest_lists(viewer: Actor, *, today: date, first_n: int) -> list[ListLine]:
    """Return the newest of the lists that the viewer sees some of, with their progress. Two queries at most."""
    return _with_progress(viewer, list(_newest_first(viewer)[:first_n]), today)


def _newest_first(viewer: Actor) -> QuerySet[SuperiorList]:
    return SuperiorList.objects.partly_visible_to(viewer).order_by("-received_on", "-id")


def list_for(viewer: Actor, list_id: UUID, *, today: date) -> ListLine:
    """Return one list with its progress; NotFound when the viewer sees nothing of it."""
    row = SuperiorList.objects.partly_visible_to(viewer).filter(pk=list_id).first()
    if row is None:
        raise NotFound("intake.list_not_found", "没有找到这份清单，或者不在您的管辖范围内。")
    return _with_progress(viewer, [row], today)[0]


def _with_progress(viewer: Actor, rows: Sequence[SuperiorList], today: date) -> list[ListLine]:
    states: dict[UUID, dict[State, int]] = defaultdict(dict)
    late: dict[UUID, int] = defaultdict(int)
    offers: dict[UUID, int] = defaultdict(int)
    unanswered: dict[UUID, int] = defaultdict(int)
    counted = (
        SuperiorItem.objects.visible_to(viewer)
        .filter(superior_list_id__in=[row.pk for row in rows])
        .values_list("superior_list_id", "hazard__state")
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=Q(hazard__state__in=RUNNING, hazard__deadline__lt=today)),
            offers=Count("pk", filter=Q(offer=Offer.OPEN)),
            unanswered=Count("pk", filter=UNANSWERED),
        )
        .order_by()
    )
    for list_id, state, count, overdue, open_offers, silent in counted:
        states[list_id][State(state)] = count
        late[list_id] += overdue
        offers[list_id] += open_offers
        unanswered[list_id] += silent
    lines = [_line(viewer, row, states[row.pk], late[row.pk], offers[row.pk]) for row in rows]
    return [replace(line, unanswered=unanswered[line.id]) for line in lines]


def _line(viewer: Actor, row: SuperiorList, by_state: dict[State, int], overdue: int, offers: int) -> ListLine:
    return ListLine(
        id=row.pk,
        organ=row.organ,
        doc_no=row.doc_no,
        title=row.title,
        source=row.source,
        received_on=row.received_on,
        imports=row.imports,
        items=row.items_count,
        file_name=row.file_name,
        file_kind=row.file_kind,
        taken_in_by=row.taken_in_by,
        changed_at=row.changed_at,
        by_state=by_state,
        overdue=overdue,
        offers=offers,
        is_whole=viewer.scope.everything or viewer.scope.covers(path=row.path),
    )


def items_of(
    viewer: Actor, list_id: UUID, *, today: date, only: str = "", page: int = 1, size: int = 50
) -> Page[ItemLine]:
    """Return a page of a list's items in its own order. Two queries.

    only: "" for all, "late", "open" (not ended), "closed", "offers" (moved deadlines), "major", "unanswered" (no answer
    to its 举一反三), or states (with commas between).
    """
    rows = _only(SuperiorItem.objects.visible_to(viewer).of_list(list_id), only, today)
    lines = _items(rows[(page - 1) * size : page * size])
    return Page(tuple(lines), page, size, rows.order_by().count())


def _only(rows: SuperiorItemQuerySet, only: str, today: date) -> SuperiorItemQuerySet:
    kinds: dict[str, Q] = {
        "": Q(),
        "late": Q(hazard__state__in=RUNNING, hazard__deadline__lt=today),
        "open": Q(hazard__is_open=True),
        "closed": Q(hazard__state=State.CLOSED),
        "offers": Q(offer=Offer.OPEN),
        "major": Q(claimed_level="major"),
        "unanswered": UNANSWERED,
    }
    return rows.filter(kinds[only] if only in kinds else Q(hazard__state__in=only.split(",")))


def _items(rows: QuerySet[SuperiorItem]) -> list[ItemLine]:
    values = rows.values(*_PLAIN, **{name: F(column) for name, column in _ITEM.items()})
    return [_item(one) for one in values]


def _item(facts: dict[str, Any]) -> ItemLine:
    own = facts.pop("own")
    facts["list_id"] = facts.pop("superior_list_id")
    facts["claim"] = Claim(facts["claim"])
    facts["state"] = State(facts["state"])
    facts["marks"] = tuple(facts["marks"])
    return ItemLine(deadline_text=own.get("texts", {}).get("deadline", ""), **facts)


def claims_of(viewer: Actor, hazard_ids: Sequence[UUID]) -> dict[UUID, tuple[ItemLine, ...]]:
    """Return what lists claim of these hazards, for their pages. One query."""
    rows = SuperiorItem.objects.visible_to(viewer).filter(hazard_id__in=list(hazard_ids)).order_by("changed_at", "id")
    found: dict[UUID, list[ItemLine]] = defaultdict(list)
    for line in _items(rows):
        found[line.hazard_id].append(line)
    return {hazard_id: tuple(lines) for hazard_id, lines in found.items()}


def overdue_text(viewer: Actor, list_id: UUID, *, today: date) -> str:
    """Return what is late on a list as text that can be pasted into the chat group; "" when nothing is."""
    line = list_for(viewer, list_id, today=today)
    rows = _only(SuperiorItem.objects.visible_to(viewer).of_list(list_id), "late", today)
    late = _items(rows.order_by("hazard__deadline", "place")[:MOST_LATE])
    if not late:
        return ""
    head = f"【逾期提醒】{line.organ}“{line.title}”，截至{today.month}月{today.day}日逾期 {line.overdue} 项："
    tail = "请各责任单位抓紧整改，完成后在平台提交整改情况和整改后照片。"
    lines = [_late_line(number, one, today) for number, one in enumerate(late, start=1)]
    return "\n".join(filter(None, [head, *lines, tail, overdue_warning(on=today)]))


def _late_line(number: int, line: ItemLine, today: date) -> str:
    text = line.description if len(line.description) <= SHORT else line.description[:SHORT] + "…"
    day = f"{_year(line.deadline, today)}{line.deadline.month}月{line.deadline.day}日" if line.deadline else ""
    seq = f"（清单序号 {line.seq_no}）" if line.seq_no else ""
    return f"{number}. {line.place_name}：{text}{seq}，期限{day}，已逾期 {line.days_late(today)} 天"


def _year(day: date, today: date) -> str:
    return "" if day.year == today.year else f"{day.year}年"


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return the drafts that wait for the safety office, and lists with moved deadlines to decide. Two queries."""
    if not may_take_in(viewer):
        return WaitingList()
    drafts = ImportRun.objects.of_viewer(viewer).filter(state=RunState.READ).order_by("-changed_at")
    rows = [
        Waiting(
            what="intake.check",
            title=run.title or run.file_name,
            reason=f"{run.organ or '上级'}的清单读好了，{run.rows_count} 行，等您核对入账",
            verb="核对清单",
            url_name="intake:check",
            url_args=(run.pk,),
            subject_id=run.pk,
        )
        for run in drafts[:first_n]
    ]
    rows += [
        Waiting(
            what="intake.deadline",
            title=line.title,
            reason=f"{line.organ}新的一版改了 {line.offers} 项的期限，等您定用不用",
            verb="定期限",
            url_name="intake:show",
            url_args=(line.id,),
            query="only=offers",
            subject_id=line.id,
        )
        for line in _with_offers(viewer, day_of(now))
    ]
    return WaitingList(rows=tuple(rows[:first_n]), later=len(rows), by_what={"intake": len(rows)})


def _with_offers(viewer: Actor, today: date) -> list[ListLine]:
    open_ones = SuperiorItem.objects.visible_to(viewer).filter(offer=Offer.OPEN)
    ids = list(open_ones.values_list("superior_list_id", flat=True).distinct()[:20])
    if not ids:
        return []
    return _with_progress(viewer, list(SuperiorList.objects.visible_to(viewer).filter(pk__in=ids)), today)


def found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Answer the global search: lists by title or document number."""
    rows = SuperiorList.objects.partly_visible_to(viewer)
    for word in words.split()[:5]:
        rows = rows.filter(Q(title__contains=word) | Q(doc_no__contains=word) | Q(organ__contains=word))
    return [
        Found("上级清单", row.title, f"{row.organ} · {row.items_count} 项", "intake:show", (row.pk,))
        for row in rows.order_by("-received_on", "-id")[:first_n]
    ]
