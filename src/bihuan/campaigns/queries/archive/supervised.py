"""Supervision, circulars, interviews and returns of a campaign, as tables: what is told to whoever sees the town."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from bihuan.campaigns.models import (
    Bulletin,
    BulletinText,
    BulletinUnit,
    Campaign,
    Finding,
    Interview,
    ReturnEdition,
    SupervisionRound,
)
from bihuan.campaigns.models import Return as ReturnRow
from bihuan.campaigns.queries.archive.papers import Papers
from bihuan.campaigns.queries.finding import issuer_of
from bihuan.campaigns.rules.closing import PAGES, RETURNS, Page, Table, bulletin_page, moment, part_of
from bihuan.campaigns.rules.returns.computing import filled_of
from bihuan.campaigns.rules.returns.grid import grid_of
from bihuan.campaigns.rules.supervision.states import (
    BULLETIN_NAMES,
    FINDING_NAMES,
    INTERVIEW_NAMES,
    KIND_NAMES,
    METHOD_NAMES,
    ROUND_NAMES,
    SIDE_NAMES,
    BulletinKind,
    BulletinState,
    FindingSide,
    FindingState,
    InterviewState,
    Method,
    RoundState,
)
from bihuan.campaigns.rules.supervision.text import block_of, figure_of


def rounds_of(row: Campaign, *, inner: bool = False) -> list[SupervisionRound]:
    """Return the rounds that are told to their units; a covert one not before its feedback. inner: all of them."""
    rows = SupervisionRound.objects.open_to(issuer_of(row)).filter(campaign=row).select_related("part")
    rows = rows if inner else rows.told()
    return list(rows.order_by("planned_on", "planned_at", "id"))


def bulletins_of(row: Campaign) -> list[Bulletin]:
    """Return the bulletins that were issued; drafts and withdrawn ones are nobody's but the office's."""
    rows = Bulletin.objects.open_to(issuer_of(row)).filter(campaign=row)
    return list(rows.order_by("issued_at", "id"))


def interviews_of(row: Campaign) -> list[Interview]:
    """Return the interviews."""
    rows = Interview.objects.open_to(issuer_of(row)).filter(campaign=row).select_related("part")
    return list(rows.order_by("noticed_at", "id"))


def tables_of(row: Campaign, papers: Papers, *, inner: bool = False) -> Iterator[Table]:
    """Yield rounds with their problems, bulletins with what units said, interviews, returns."""
    yield from _rounds(row, papers, inner=inner)
    yield from _bulletins(row, papers)
    yield _interviews(row, papers)
    yield from _returns(row)


def _rounds(row: Campaign, papers: Papers, *, inner: bool) -> Iterator[Table]:
    rounds = rounds_of(row, inner=inner)
    numbers = {one.pk: number for number, one in enumerate(rounds, start=1)}
    findings = list(Finding.objects.filter(round__in=rounds).order_by("noted_at", "id"))
    papers.know(file for one in rounds for file in one.files)
    papers.know(file for one in findings for file in (*one.files, *one.answer_files))
    head = ("编号", "单位", "方式", "内容", "计划日期", "开展日期", "带队", "成员", "企业", "情况", "状态", "反馈文号")
    rows = []
    for one in rounds:
        what = f"督查{one.part.name}"
        files = papers.keep("rounds", f"{numbers[one.pk]:04d}", what, one.files)
        firms = "、".join(str(firm.get("name", "")) for firm in one.firms)
        way, state = METHOD_NAMES[Method(one.method)], ROUND_NAMES[RoundState(one.state)]
        days = (one.planned_on, one.held_on, one.leader, one.members, firms, one.note)
        rows.append(
            (numbers[one.pk], one.part.name, way, one.subject, *days, state, one.number or "", one.correct_by, files)
        )
    yield Table("rounds.csv", "督查", (*head, "整改期限", "材料"), rows)
    yield _findings(findings, numbers, papers)


def _findings(findings: list[Finding], numbers: dict[UUID, int], papers: Papers) -> Table:
    head = (
        "督查编号",
        "是谁的问题",
        "问题",
        "企业",
        "隐患编号",
        "状态",
        "整改期限",
        "整改情况",
        "报整改",
        "确认",
        "理由",
    )
    rows = []
    for number, one in enumerate(findings, start=1):
        stem = f"{numbers[one.round_id]:04d}-{number}"
        files = papers.keep("findings", stem, f"督查问题：{one.text[:40]}", [*one.files, *one.answer_files])
        side, state = SIDE_NAMES[FindingSide(one.side)], FINDING_NAMES[FindingState(one.state)]
        answered = f"{moment(one.answered_at)} {one.answered_by}".strip()
        confirmed = f"{moment(one.confirmed_at)} {one.confirmed_by}".strip()
        said = (one.text, one.firm_name, one.hazard_number, state, one.due_on, one.answer, answered, confirmed, one.why)
        rows.append((numbers[one.round_id], side, *said, files))
    return Table("findings.csv", "督查发现的问题", (*head, "材料"), rows)


def bulletin_pages(row: Campaign) -> Iterator[Page]:
    """Yield each issued bulletin as a page, in the edition that was issued."""
    for number, one in enumerate(bulletins_of(row), start=1):
        text = BulletinText.objects.filter(bulletin=one, number=one.edition).first()
        if text is not None:
            figures = {kept["key"]: figure_of(kept) for kept in text.figures}
            page = bulletin_page(one.title, [block_of(kept) for kept in text.blocks], figures, text.typed)
            yield Page(f"bulletins/{number:03d}.html", _page_name(number, one), one.title, page)


def _page_name(number: int, one: Bulletin) -> str:
    return f"{PAGES}/{number:03d} {part_of(one.title)}.html"


def _bulletins(row: Campaign, papers: Papers) -> Iterator[Table]:
    found = bulletins_of(row)
    numbers = {one.pk: number for number, one in enumerate(found, start=1)}
    rows: list[tuple[object, ...]] = [
        (
            numbers[one.pk],
            KIND_NAMES[BulletinKind(one.kind)],
            one.title,
            one.number or "",
            one.since,
            one.until,
            one.edition,
            BULLETIN_NAMES[BulletinState(one.state)],
            moment(one.issued_at),
            one.issued_by,
            one.correct_by,
            _page_name(numbers[one.pk], one),
        )
        for one in found
    ]
    head = ("编号", "种类", "标题", "文号", "从", "到", "稿次", "状态", "印发时间", "签发人", "改正期限", "文件")
    yield Table("bulletins.csv", "动态、总结和通报（已印发）", head, rows)
    named = list(BulletinUnit.objects.filter(bulletin__in=found).select_related("part").order_by("part__sort_no", "id"))
    papers.know(file for one in named for file in (*one.reply_files, *one.answer_files))
    about = (
        "通报编号",
        "单位",
        "情形",
        "指出的问题",
        "申辩",
        "申辩时间",
        "采纳情况",
        "改正情况",
        "改正时间",
        "确认时间",
        "材料",
    )
    yield Table(
        "bulletin_units.csv",
        "通报涉及的单位（申辩和改正）",
        about,
        [_named(one, numbers, papers) for one in sorted(named, key=lambda one: numbers[one.bulletin_id])],
    )


def _named(one: BulletinUnit, numbers: dict[UUID, int], papers: Papers) -> tuple[object, ...]:
    stem = f"{numbers[one.bulletin_id]:03d}-{one.part.sort_no:03d}"
    files = papers.keep(
        "bulletin_units", stem, f"{one.part.name}的申辩或改正材料", [*one.reply_files, *one.answer_files]
    )
    grounds = "；".join(ground.get("text", "") if isinstance(ground, dict) else str(ground) for ground in one.grounds)
    heard = f"{'采纳，不再通报' if one.left_at else '维持'}：{one.heard_why}" if one.heard_at else ""
    said = (one.words, one.reply, moment(one.replied_at), heard, one.answer, moment(one.answered_at))
    return (numbers[one.bulletin_id], one.part.name, grounds, *said, moment(one.confirmed_at), files)


def _interviews(row: Campaign, papers: Papers) -> Table:
    found = interviews_of(row)
    papers.know(file for one in found for file in one.minutes_files)
    head = (
        "编号",
        "单位",
        "对象",
        "召集人",
        "事由",
        "约谈时间",
        "地点",
        "状态",
        "文号",
        "记录",
        "承诺",
        "回访日期",
        "结果",
    )
    rows = []
    for number, one in enumerate(found, start=1):
        files = papers.keep("interviews", f"{number:03d}", f"约谈{one.part.name}{one.who}的记录", one.minutes_files)
        state = INTERVIEW_NAMES[InterviewState(one.state)]
        called = (one.who, one.convener, one.reason, moment(one.meets_at), one.place, state, one.number or "")
        rows.append(
            (number, one.part.name, *called, one.minutes, one.undertakings, one.look_again_on, one.result, files)
        )
    return Table("interviews.csv", "约谈", (*head, "材料"), rows)


def _returns(row: Campaign) -> Iterator[Table]:
    """Yield the locked returns of the campaign's forms, and each of their editions cell by cell."""
    rows = ReturnRow.objects.open_to(issuer_of(row)).filter(form__campaign=row, locked_at__isnull=False)
    returns = list(rows.select_related("form").order_by("form__title", "form_id", "since", "unit_name", "id"))
    head = ("报表", "单位", "从", "到", "应报时间", "版次", "报送时间", "报送人", "变动理由", "审核人", "锁定时间")
    more = ("回执号", "锁定文件的 SHA-256", "文件")
    told: list[tuple[object, ...]] = []
    editions: list[Table] = []
    for number, one in enumerate(returns, start=1):
        for edition in one.editions.order_by("number"):
            stem = f"{number:04d}-{edition.number}"
            name = f"{RETURNS}/{stem} {part_of(one.form.title)} {part_of(one.unit_name)}.csv"
            first = (one.form.title, one.unit_name, one.since, one.until, moment(one.due_at), edition.number)
            sent = (moment(edition.sent_at), edition.sent_by, edition.why or edition.remark)
            is_last = edition.number == one.edition  # who checked and locked is known of the edition that stands
            locked = (one.checked_by, moment(one.locked_at), one.receipt, one.pack_sha256) if is_last else ("",) * 4
            told.append((*first, *sent, *locked, name))
            editions.append(_edition(f"returns/{stem}.csv", name, one, edition))
    yield Table("returns.csv", "报表（已锁定的，各版）", (*head, *more), told)
    yield from editions


def _edition(key: str, name: str, one: Any, edition: ReturnEdition) -> Table:
    rows = []
    for slot in grid_of(one.form.grid).slots():
        cell = filled_of(edition.figures.get(slot.address, {}))
        how = f"{cell.typed_by}手写：{cell.typed}" if cell.typed else "按数据"
        rows.append((" / ".join(slot.heads), cell.text, how))
    title = f"{one.form.title} {one.unit_name} {one.since} 至 {one.until} 第 {edition.number} 版"
    return Table(key, title, ("项目", "数", "怎么来的"), rows, name)
