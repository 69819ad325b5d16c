"""What waits beside the hazards' own clocks: 举一反三 to answer, steps of listings, the month's self-report."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import Hazard, Listing, SameKindReply, SameKindTask, SelfReport, SignedTable
from bihuan.hazards.queries.standings import listing_facts
from bihuan.hazards.queries.terms import Frame, frame_of
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.chips import SOON_DAYS
from bihuan.hazards.rules.listing import next_progress_due
from bihuan.hazards.rules.parties import ENTERPRISE_ROLES, OFFICE_ROLES
from bihuan.hazards.rules.periods import covered, owed_on
from bihuan.hazards.rules.reports import month_before, month_of, self_report_due_on
from bihuan.hazards.rules.states import ListingState, State
from bihuan.hazards.rules.todo import day_text
from bihuan.kernel.actor import Actor
from bihuan.kernel.roles import Role
from bihuan.kernel.waiting import Waiting, WaitingList
from bihuan.orgs import queries as orgs

MOST: Final = 100
UNACCEPTED: Final = "unaccepted"
UNSAFE: Final = "unsafe"
STEPS: Final = "steps of listings"
DELISTINGS: Final = "delistings"
_TOLD: Final = (  # a hazard has a hundred columns
    "state", "listed_on", "filed_on", "published_on", "accepted_on", "delisted_on",
    "hazard__is_open", "hazard__place_name", "hazard__description", "hazard__level",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Who asks on which day for how many rows; the frame of the viewer's town is read once, when a part needs it."""

    viewer: Actor
    today: date
    first_n: int

    @cached_property
    def frame(self) -> Frame:
        """Terms and calendar of the viewer's town."""
        return frame_of(self.viewer.town_id, on=self.today)


@dataclass(slots=True)
class _Gathered:
    """Rows as they are found, counted by how near they are."""

    today: date
    rows: list[Waiting] = field(default_factory=list)

    def as_list(self, first_n: int) -> WaitingList:
        """Return the first rows and the counts of all."""
        soon = self.today + timedelta(days=SOON_DAYS)
        days = [row.due_on or date.max for row in self.rows]
        ordered = sorted(self.rows, key=lambda row: (row.due_on or date.max, row.title))
        return WaitingList(
            rows=tuple(ordered[:first_n]),
            late=sum(day < self.today for day in days),
            today=sum(day == self.today for day in days),
            soon=sum(self.today < day <= soon for day in days),
            later=sum(day > soon for day in days),
            by_what=Counter(row.what for row in self.rows),
        )


def office_rows(asked: Asked) -> dict[str, QuerySet[Any]]:
    """Return the rows that a safety office looks at beside the clocks, by name; nothing for anybody else."""
    viewer = asked.viewer
    if viewer.town_id is None or not viewer.has_role(*OFFICE_ROLES):
        return {}
    return {
        UNACCEPTED: _unaccepted_rows(asked),
        UNSAFE: _unsafe_rows(viewer),
        STEPS: _listing_rows(viewer),
        DELISTINGS: _delisting_rows(viewer),
    }


def around(asked: Asked, office: Mapping[str, tuple[QuerySet[Any], int]]) -> WaitingList:
    """Return what waits for the viewer beside the clocks; each part only for whom it can concern.

    office: the rows of `office_rows`, each with how many there are; what has none is not asked for again.
    """
    viewer = asked.viewer
    found = _Gathered(asked.today)
    if viewer.town_id is None:
        return found.as_list(asked.first_n)
    if viewer.has_role(Role.VILLAGE, Role.DEPARTMENT):
        _same_kind_asked(viewer, found)
    if viewer.has_role(*OFFICE_ROLES):
        _of_office(asked, found, {name: told for name, told in office.items() if told[1]})
    if viewer.has_role(*ENTERPRISE_ROLES) and viewer.enterprise_id is not None:
        _progress(viewer, found, asked.frame)
        _self_report(viewer, found, asked.frame)
        _tables(viewer, found)
    return found.as_list(asked.first_n)


def _of_office(asked: Asked, found: _Gathered, told: Mapping[str, tuple[QuerySet[Any], int]]) -> None:
    if UNACCEPTED in told:
        _unaccepted(*told[UNACCEPTED], found, asked.frame)
    _at_closed_firms(asked.viewer, found)
    if UNSAFE in told:
        _unsafe(told[UNSAFE][0], found)
    if STEPS in told:
        _listing_steps(told[STEPS][0], found, asked.frame)
    if DELISTINGS in told:
        _delistings(told[DELISTINGS][0], found, asked.frame)


def _same_kind_asked(viewer: Actor, found: _Gathered) -> None:
    """R3.21: tasks that ask a unit in which the viewer holds a post, and have no answer of it yet."""
    if viewer.town_id is None:
        return
    several = len(viewer.own_units) > 1
    for unit_id in viewer.own_units:
        _asked_of(viewer.town_id, unit_id, found, whose=f"{orgs.unit(unit_id).short_name}：" if several else "")


def _asked_of(town_id: UUID, unit_id: UUID, found: _Gathered, *, whose: str) -> None:
    answered = SameKindReply.objects.filter(unit_id=unit_id, is_current=True).values("task")
    rows = SameKindTask.objects.filter(town_id=town_id, is_open=True, units__contains=str(unit_id))
    for row in rows.exclude(pk__in=answered).order_by("due_on", "id")[:MOST]:
        found.rows.append(
            Waiting(
                what="same_kind.reply",
                title=f"举一反三：{row.title}"[:80],
                reason=f"{whose}请查同类场所，{day_text(row.due_on)}前回复检查家数、查出和整改项数",
                verb="回复举一反三",
                url_name="hazards:same_kind",
                url_args=(row.pk,),
                due_on=row.due_on,
                due_name="回复",
                subject_id=row.pk,
            )
        )


def _unaccepted_rows(asked: Asked) -> QuerySet[Hazard]:
    """L5: what nobody has accepted a working day after the order is a to-do of the office too; the deadline runs."""
    last, frame = asked.today, asked.frame
    while frame.calendar.working_days_between(last, asked.today) < frame.terms.acceptance_todo_wd + 1:
        last -= timedelta(days=1)
    return Hazard.objects.visible_to(asked.viewer).filter(state=State.ASSIGNED, assigned_on__lte=last)


def _unaccepted(rows: QuerySet[Hazard], count: int, found: _Gathered, frame: Frame) -> None:
    first = rows.order_by("assigned_on", "id").values_list("assigned_on", flat=True)[0]
    found.rows.append(
        Waiting(
            what="hazard.unaccepted",
            title=f"待整改 {count} 项，下达后超过 {frame.terms.acceptance_todo_wd} 个工作日没有签收",
            reason=f"最早一项 {day_text(first)} 下达；期限照走，请催签收",
            verb="催签收",
            url_name="hazards:list",
            query="tab=assigned",
            due_on=found.today,
            due_name="签收",
        )
    )


def _at_closed_firms(viewer: Actor, found: _Gathered) -> None:
    """Open hazards whose enterprise is off the register: nobody is left there to mend them, so the office looks."""
    closed = enterprises.closed_ids(viewer)
    count = Hazard.objects.visible_to(viewer).filter(is_open=True, enterprise_id__in=closed).count() if closed else 0
    if count:
        found.rows.append(
            Waiting(
                what="gap.closed_firms",
                title=f"{count} 项未销号隐患在已注销的企业",
                reason="企业注销了，隐患还开着：请逐项核实现在由谁整改；企业还在的，请恢复登记",
                verb="逐项核实",
                url_name="hazards:list",
                query="firm_closed=1",
                count=count,
            )
        )


def _unsafe_rows(viewer: Actor) -> QuerySet[Hazard]:
    """R3.27: safety cannot be assured and nothing was stopped: an exception."""
    stopped = Q(suspended_on__isnull=False, resumed_on__isnull=True)
    rows = Hazard.objects.visible_to(viewer).filter(is_open=True, is_major=True, cannot_assure_safety=True)
    return rows.exclude(stopped).by_clock()


def _unsafe(rows: QuerySet[Hazard], found: _Gathered) -> None:
    for row in rows[:MOST]:
        found.rows.append(
            _about(
                row,
                "hazard.unsafe",
                "不能保证安全，又没有停产停用的决定（安全生产法）",
                WORDS[Act.SUSPEND].button,
                found.today,
            )
        )


def _listing_rows(viewer: Actor) -> QuerySet[Listing]:
    """R3.24: publication and filing upwards after a listing."""
    rows = Listing.objects.visible_to(viewer).filter(is_main=True, external=False, listed_on__isnull=False)
    return rows.filter(Q(published_on__isnull=True) | Q(filed_on__isnull=True))


def _listing_steps(rows: QuerySet[Listing], found: _Gathered, frame: Frame) -> None:
    for row in rows.select_related("hazard").only(*_TOLD).order_by("listed_on", "id")[:MOST]:
        if not row.hazard.is_open or row.listed_on is None:
            continue
        steps = (
            (row.filed_on, Act.FILE_UPWARD, frame.terms.listing_file_up_wd, "报上级备案"),
            (row.published_on, Act.PUBLISH, frame.terms.listing_publish_wd, "公告"),
        )
        for done_on, act, working_days, name in steps:
            if done_on is None and not (act == Act.PUBLISH and row.state == ListingState.DELISTED):
                due = frame.calendar.add_working_days(row.listed_on, working_days)
                reason = f"{day_text(row.listed_on)} 挂牌，{day_text(due)}前{name}"
                found.rows.append(_about(row.hazard, f"listing.{act}", reason, WORDS[act].button, due))


def _delisting_rows(viewer: Actor) -> QuerySet[Listing]:
    """R3.24: a delisting is made public where the listing was, also when the hazard has closed since."""
    return Listing.objects.visible_to(viewer).filter(
        is_main=True,
        external=False,
        state=ListingState.DELISTED,
        delisting_published_on=None,
        accepted_on__isnull=False,
    )


def _delistings(rows: QuerySet[Listing], found: _Gathered, frame: Frame) -> None:
    for row in rows.select_related("hazard").only(*_TOLD).order_by("delisted_on", "id")[:MOST]:
        assert row.accepted_on is not None  # noqa: S101 -- asked for above
        due = frame.calendar.add_working_days(row.accepted_on, frame.terms.listing_delist_wd)
        reason = f"{day_text(row.delisted_on)} 摘牌，{day_text(due)}前在原来公告的地方公告"
        found.rows.append(_about(row.hazard, "listing.publish_delisting", reason, "记录摘牌公告", due))


def _progress(viewer: Actor, found: _Gathered, frame: Frame) -> None:
    """R3.24: the weekly report of a listed hazard."""
    rows = Listing.objects.visible_to(viewer).filter(
        is_main=True, state=ListingState.GOVERNING, enterprise_id=viewer.enterprise_id
    )
    for row in rows.select_related("hazard").order_by("progress_on", "id")[:MOST]:
        due = next_progress_due(listing_facts(row), terms=frame.terms)
        if due is not None and due <= found.today + timedelta(days=SOON_DAYS):
            reason = f"挂牌治理每周报一次进度，上次 {day_text(row.progress_on or row.plan_on)}"
            found.rows.append(_about(row.hazard, "listing.progress", reason, WORDS[Act.PROGRESS].button, due))


def _self_report(viewer: Actor, found: _Gathered, frame: Frame) -> None:
    """R3.4: last month's self-checks, zero included."""
    month = month_before(month_of(found.today))
    if viewer.enterprise_id is None or viewer.town_id is None:
        return
    reported = SelfReport.objects.filter(
        town_id=viewer.town_id, enterprise_id=viewer.enterprise_id, month=month, is_current=True
    )
    if reported.exists():
        return
    due = self_report_due_on(month, due_day=frame.terms.self_report_day)
    found.rows.append(
        Waiting(
            what="self_report",
            title=f"{month.month}月自查自改自报",
            reason=f"{day_text(due)}前报送自查次数、查出和整改项数；没有隐患也要报零",
            verb="报送",
            url_name="hazards:self_reports",
            due_on=due,
            due_name="月报",
        )
    )


def _tables(viewer: Actor, found: _Gathered) -> None:
    """R3.6: the quarter's and the year's statistics, until they are handed in with the principal's signature."""
    if viewer.enterprise_id is None or viewer.town_id is None:
        return
    owed = covered(owed_on(found.today), since=enterprises.registered_on(viewer.enterprise_id))
    if not owed:
        return
    signed = SignedTable.objects.filter(
        town_id=viewer.town_id,
        enterprise_id=viewer.enterprise_id,
        period__in=[one.code for one in owed],
        is_current=True,
    ).values_list("period", flat=True)
    for period in owed:
        if period.code not in signed:
            found.rows.append(
                Waiting(
                    what="self_report.table",
                    title=f"{period.name}事故隐患排查治理统计表",
                    reason=f"表已算好，{day_text(period.due_on)}前打印，主要负责人签字后交（令16号第十四条）",
                    verb="打印签字",
                    url_name="hazards:firm_table",
                    url_args=(viewer.enterprise_id,),
                    query=f"period={period.code}",
                    due_on=period.due_on,
                    due_name="统计表",
                )
            )


def _about(row: Hazard, what: str, reason: str, verb: str, due_on: date) -> Waiting:
    return Waiting(
        what=what,
        title=f"{row.place_name} · {row.description[:60]}",
        reason=reason,
        verb=verb,
        url_name="hazards:show",
        url_args=(row.pk,),
        due_on=due_on,
        level=row.level,
        subject_id=row.pk,
    )
