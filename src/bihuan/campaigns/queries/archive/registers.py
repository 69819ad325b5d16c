"""What the units of a campaign and its office registered, as tables."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from bihuan.campaigns.models import (
    Campaign,
    CampaignExtension,
    ClauseChange,
    ClauseMove,
    Decision,
    FrozenEdition,
    GroupSeat,
    LedFirm,
    LedVisit,
    Meeting,
    Problem,
    Study,
    StudyFirm,
    Task,
    TaskHelp,
    TaskMove,
    TaskReport,
)
from bihuan.campaigns.queries.archive.papers import Papers
from bihuan.campaigns.queries.figures.shelf import kept_duty
from bihuan.campaigns.queries.finding import issuer_of
from bihuan.campaigns.rules.closing import Table, moment
from bihuan.campaigns.rules.drafting import PLAN_NAMES, TASK_NAMES, PlanState, TaskState
from bihuan.campaigns.rules.registers import CHAIR_NAMES, PAPER_NAMES, STUDY_NAMES, Chair, PaperKind, StudyKind
from bihuan.kernel.calendar import day_of
from bihuan.orgs import queries as orgs
from bihuan.trail.rules import EventLine

HANDED_IN = "campaign.plan_handed_in"
REVIEWED = {"campaign.plan_accepted": "通过", "campaign.plan_returned": "退回"}
TOWN = "镇"


def tables_of(row: Campaign, papers: Papers, events: list[EventLine]) -> Iterator[Table]:
    """Yield the registers. events: of the campaign, from which every edition of a sub-plan is known."""
    yield _units(row)
    yield _sub_plans(row, papers, events)
    yield from _tasks(row, papers)
    yield from _meetings(row, papers)
    yield from _problems(row, papers)
    yield _led_visits(row, papers)
    yield _studies(row, papers)
    yield _seats(row)
    yield _documents(row, papers)
    yield _extensions(row)
    yield _clause_moves(row)
    yield _editions(row)


def _units(row: Campaign) -> Table:
    head = (
        "单位",
        "签收时间",
        "签收人",
        "机构",
        "分管负责人",
        "联系人",
        "子方案",
        "子方案日期",
        "应报日期",
        "审核意见",
    )
    rows = [
        (
            one.name,
            moment(one.received_at),
            one.received_by,
            one.body,
            one.leader,
            one.contact,
            PLAN_NAMES[PlanState(one.plan_state)],
            one.plan_on,
            one.plan_due_on,
            one.plan_note,
        )
        for one in row.units.order_by("sort_no")
    ]
    return Table("units.csv", "参加单位（签收、机构、子方案）", head, rows)


def _sub_plans(row: Campaign, papers: Papers, events: list[EventLine]) -> Table:
    head = ("单位", "第几次报", "时间", "报送人或审核人", "办理", "理由", "文件")
    numbers = {one.name: one.sort_no for one in row.units.all()}
    papers.know(file for one in events if one.kind == HANDED_IN for file in one.evidence)
    times: dict[str, int] = {}
    rows: list[tuple[object, ...]] = []
    for one in events:
        unit = str(one.after.get("unit", ""))
        if one.kind == HANDED_IN and unit in numbers:
            times[unit] = times.get(unit, 0) + 1
            stem = f"{numbers[unit]:03d}-{times[unit]} {unit}"
            files = papers.keep("sub_plans", stem, f"{unit}的子方案，第 {times[unit]} 次报", one.evidence)
            rows.append((unit, times[unit], moment(one.at), one.actor_name, "报送", "", files))
        elif one.kind in REVIEWED:
            rows.append((unit, times.get(unit), moment(one.at), one.actor_name, REVIEWED[one.kind], one.reason, ""))
    return Table("sub_plans.csv", "子方案（各次报送和审核）", head, rows)


def _changes(row: Campaign) -> Table:
    """Return what people changed of the plan's orders after issue."""
    head = ("要求编号", "时间", "谁改的", "原责任单位", "新责任单位", "原时限", "新时限", "理由")
    rows = [
        (
            one.clause.label,
            moment(one.at),
            one.by,
            "、".join(one.from_parties),
            "、".join(one.to_parties),
            one.from_on,
            one.to_on,
            one.why,
        )
        for one in ClauseChange.objects.filter(clause__campaign=row).select_related("clause").order_by("at", "id")
    ]
    return Table("clause_changes.csv", "责任单位和时限的更改", head, rows)


def _regular(row: Campaign, names: dict[str, str]) -> Table:
    """Return what was to be reported again and again, and up to which day it had tasks."""
    head = ("要求编号", "报什么", "报给谁", "多久一次", "责任单位", "从哪天起", "任务到哪天")
    rows = [
        (
            one.clause.label if one.clause else "",
            duty.what,
            duty.to,
            duty.words,
            "、".join(names[unit] for unit in one.units if unit in names),
            one.first_on,
            one.made_to,
        )
        for one in row.regular_duties.select_related("clause").order_by("made_at", "id")
        for duty in (kept_duty(one),)
    ]
    return Table("regular_duties.csv", "定期要报的", head, rows)


def _tasks(row: Campaign, papers: Papers) -> Iterator[Table]:
    names = {str(one.pk): one.name for one in row.units.all()}
    tasks = list(Task.every.filter(campaign=row).select_related("unit", "clause").order_by("made_at", "id"))
    numbers = {one.pk: number for number, one in enumerate(tasks, start=1)}
    head = (
        "编号",
        "任务",
        "要求编号",
        "牵头单位",
        "配合单位",
        "进度",
        "完成比例",
        "时限",
        "最初时限",
        "完成时间",
        "撤回时间",
        "说明",
    )
    rows: list[tuple[object, ...]] = [
        (
            numbers[one.pk],
            one.title,
            one.clause.label if one.clause else "",
            one.unit.name,
            "、".join(names[helper] for helper in one.helpers if helper in names),
            TASK_NAMES[TaskState(one.state)],
            f"{one.percent}%",
            one.due_on,
            one.first_due_on,
            moment(one.done_at),
            moment(one.withdrawn_at),
            one.note,
        )
        for one in tasks
    ]
    yield Table("tasks.csv", "任务", head, rows)
    yield _regular(row, names)
    yield _reports(row, papers, numbers)
    yield _helps(row, papers, numbers)
    moves = TaskMove.objects.filter(task__campaign=row).select_related("task").order_by("at", "task_id", "id")
    moved = [(numbers[one.task_id], one.task.title, moment(one.at), one.from_on, one.to_on) for one in moves]
    yield _changes(row)
    yield Table("task_moves.csv", "任务时限的顺延", ("任务编号", "任务", "时间", "原时限", "新时限"), moved)


def _reports(row: Campaign, papers: Papers, numbers: dict[UUID, int]) -> Table:
    head = ("任务编号", "任务", "时间", "报送人", "进度", "完成比例", "说明", "佐证")
    reports = list(TaskReport.objects.filter(task__campaign=row).select_related("task").order_by("reported_at", "id"))
    papers.know(file for one in reports for file in one.files)
    rows = []
    for number, one in enumerate(reports, start=1):
        what = f"任务“{one.task.title}”的佐证"
        files = papers.keep("tasks", f"{numbers[one.task_id]:04d}-{number}", what, one.files)
        state = TASK_NAMES[TaskState(one.state)]
        said = (moment(one.reported_at), one.reported_by, state, f"{one.percent}%", one.note, files)
        rows.append((numbers[one.task_id], one.task.title, *said))
    return Table("task_reports.csv", "任务进展（各次报告）", head, rows)


def _helps(row: Campaign, papers: Papers, numbers: dict[UUID, int]) -> Table:
    head = ("任务编号", "任务", "配合单位", "时间", "报送人", "做了什么", "佐证")
    helps = list(TaskHelp.objects.filter(task__campaign=row).select_related("task", "unit").order_by("at", "id"))
    papers.know(file for one in helps for file in one.files)
    rows = []
    for number, one in enumerate(helps, start=1):
        what = f"{one.unit.name}配合“{one.task.title}”的佐证"
        files = papers.keep("helps", f"{numbers[one.task_id]:04d}-{number}", what, one.files)
        rows.append((numbers[one.task_id], one.task.title, one.unit.name, moment(one.at), one.by, one.note, files))
    return Table("task_helps.csv", "配合单位做了什么", head, rows)


def _records(row: Campaign, papers: Papers, model: Any, *related: str) -> list[Any]:
    rows = model.objects.open_to(issuer_of(row)).filter(campaign=row).select_related("part", *related)
    found = list(rows.order_by("on", "recorded_at", "id"))
    papers.know(file for one in found for file in (*one.files, *getattr(one, "result_files", ())))
    return found


def _corrected(one: Any) -> str:
    return f"{moment(one.taken_back_at)}撤回：{one.taken_back_why}" if one.taken_back_at else ""


REGISTERED = ("登记人", "登记时间", "更正")


def _registered(one: Any) -> tuple[str, str, str]:
    return one.recorded_by, moment(one.recorded_at), _corrected(one)


def _who(one: Any) -> str:
    return one.part.name if one.part else TOWN


def _meetings(row: Campaign, papers: Papers) -> Iterator[Table]:
    names = {str(one.pk): one.name for one in row.units.order_by("sort_no")}
    meetings = _records(row, papers, Meeting)
    numbers = {one.pk: number for number, one in enumerate(meetings, start=1)}
    head = ("编号", "日期", "会议", "召开单位", "主持", "主持人身份", "地点", "参会单位", "其他参会人", "情况", "材料")
    rows = []
    for one in meetings:
        came = "、".join(names[each] for each in one.attendees if each in names)
        files = papers.keep("meetings", f"{numbers[one.pk]:04d}", f"{one.on} {one.title}", one.files)
        said = (one.on, one.title, _who(one), one.host, CHAIR_NAMES[Chair(one.chair)], one.place, came, one.others)
        rows.append((numbers[one.pk], *said, one.note, files, *_registered(one)))
    yield Table("meetings.csv", "调度会和其他会议", (*head, *REGISTERED), rows)
    decisions = _records(row, papers, Decision)
    about = ("会议编号", "问题", "议定事项", *FOLLOWED)
    decided = [
        (numbers.get(one.meeting_id, ""), one.issue, one.text, *_followed(one, papers, "decisions", number))
        for number, one in enumerate(decisions, start=1)
    ]
    yield Table("decisions.csv", "会议议定事项", (*about, *REGISTERED), decided)


FOLLOWED = ("单位", "时限", "办结时间", "办结人", "结果", "材料")


def _followed(one: Any, papers: Papers, folder: str, number: int) -> tuple[object, ...]:
    title = one.text if folder == "decisions" else one.problem
    files = papers.keep(folder, f"{number:04d}", title[:40], [*one.files, *one.result_files])
    return one.part.name, one.due_on, moment(one.done_at), one.done_by, one.result, files, *_registered(one)


def _problems(row: Campaign, papers: Papers) -> Iterator[Table]:
    head = ("提出日期", "重点问题", "提出人", "研究的会议", "议定的办法", *FOLLOWED, *REGISTERED)
    rows = [
        (
            one.on,
            one.problem,
            one.raised_by,
            one.meeting.title if one.meeting else "",
            one.decision,
            *_followed(one, papers, "problems", number),
        )
        for number, one in enumerate(_records(row, papers, Problem, "meeting"), start=1)
    ]
    yield Table("problems.csv", "重点问题", head, rows)


def _led_visits(row: Campaign, papers: Papers) -> Table:
    head = ("日期", "带队领导", "陪同人员", "企业", "记录编号", "发现的问题", "材料", *REGISTERED)
    visits = _records(row, papers, LedVisit)
    firms: dict[UUID, list[str]] = {}
    for visit_id, name in (
        LedFirm.objects.filter(visit__campaign=row).order_by("name", "id").values_list("visit_id", "name")
    ):
        firms.setdefault(visit_id, []).append(name)
    rows = []
    for number, one in enumerate(visits, start=1):
        files = papers.keep("led_visits", f"{number:04d}", f"{one.on} {one.leader}带队检查", one.files)
        visited = "、".join(firms.get(one.pk, ()))
        found = one.findings or "未发现问题"
        rows.append((one.on, one.leader, one.companions, visited, one.record_no, found, files, *_registered(one)))
    return Table("led_visits.csv", "领导带队检查", head, rows)


def _studies(row: Campaign, papers: Papers) -> Table:
    head = ("日期", "单位", "形式", "内容", "主持人身份", "人数", "负责人参加", "参加的企业负责人", "材料", *REGISTERED)
    studies = _records(row, papers, Study)
    firms: dict[UUID, list[str]] = {}
    for study_id, name in (
        StudyFirm.objects.filter(study__campaign=row).order_by("name", "id").values_list("study_id", "name")
    ):
        firms.setdefault(study_id, []).append(name)
    rows = []
    for number, one in enumerate(studies, start=1):
        files = papers.keep("studies", f"{number:04d}", f"{one.on} {_who(one)}{one.title}", one.files)
        kind, chair = STUDY_NAMES[StudyKind(one.kind)], CHAIR_NAMES[Chair(one.led_by)]
        came = "、".join(firms.get(one.pk, ()))
        head_came = "是" if one.unit_head else "否"
        said = (one.on, _who(one), kind, one.title, chair, one.persons, head_came, came, files)
        rows.append((*said, *_registered(one)))
    return Table("studies.csv", "传达学习、警示教育和培训", head, rows)


def _seats(row: Campaign) -> Table:
    assert row.closed_at is not None  # noqa: S101 -- only a closed campaign is packed
    seats = list(GroupSeat.objects.filter(campaign=row).order_by("sort_no", "made_at", "id"))
    posts = orgs.posts([one.post_id for one in seats if one.post_id], day_of(row.closed_at))
    rows = [
        (
            one.title,
            one.named,
            posts[one.post_id].label if one.post_id is not None and one.post_id in posts else one.holder,
            moment(one.made_at),
            moment(one.ended_at),
        )
        for one in seats
    ]
    head = ("职务", "方案里的写法", "由谁担任（收尾当天）", "从", "到")
    return Table("seats.csv", "领导小组", head, rows)


def _documents(row: Campaign, papers: Papers) -> Table:
    documents = list(row.papers.order_by("kind", "at", "id"))
    papers.know(one.file_id for one in documents)
    rows = []
    for number, one in enumerate(documents, start=1):
        kind = PAPER_NAMES[PaperKind(one.kind)]
        files = papers.keep("documents", f"{number:03d}", f"{kind}《{one.title}》", [one.file_id])
        rows.append((kind, one.title, one.number, moment(one.at), one.by, files))
    return Table("documents.csv", "依据文件和延期文件", ("类别", "名称", "文号", "附上时间", "附上人", "文件"), rows)


def _extensions(row: Campaign) -> Table:
    rows = [
        (one.doc_number, one.old_on, one.new_on, one.reason, moment(one.at), one.by, _corrections(one))
        for one in row.extensions.order_by("at", "id").prefetch_related("corrections")
    ]
    head = ("文号", "原结束日期", "新结束日期", "理由", "办理时间", "办理人", "更正")
    return Table("extensions.csv", "延期", head, rows)


def _corrections(one: CampaignExtension) -> str:
    found = sorted(one.corrections.all(), key=lambda each: each.at)
    return "；".join(
        f"{moment(each.at)} {each.by} 由 {each.old_number}、{each.from_on} 更正：{each.why}" for each in found
    )


def _clause_moves(row: Campaign) -> Table:
    moves = ClauseMove.objects.filter(clause__campaign=row).select_related("clause")
    rows = [
        (one.clause.label, one.clause.text, moment(one.at), one.from_on, one.to_on, _why_moved(row, one))
        for one in moves.order_by("at", "clause__label", "id")
    ]
    return Table("clause_moves.csv", "要求时限的改动", ("要求编号", "要求", "时间", "原时限", "新时限", "因"), rows)


def _why_moved(row: Campaign, move: ClauseMove) -> str:
    return "下发时这一天已过" if move.at == row.issued_at else "专项行动延期"


def _editions(row: Campaign) -> Table:
    head = ("版次", "时间", "办理人", "理由", "地方", "要求编号", "指标", "原来的数", "更正后的数")
    rows: list[tuple[object, ...]] = []
    for one in FrozenEdition.objects.filter(campaign=row).order_by("number"):
        first = (one.number, moment(one.at), one.by, one.why)
        rows += [(*first, *each) for each in one.changed] or [(*first, "", "", "", "", "")]
    return Table("editions.csv", "收尾数字的版次和更正", head, rows)
