"""What is said about a hazard on its page: determination, papers, what was asked and answered, what happened."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from bihuan.hazards.queries.views import HazardView, LicenceProposalView, RequestView, ResumptionView
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.expiry import FIXED, UNFIXED
from bihuan.hazards.rules.states import (
    CATEGORY_NAMES,
    EVALUATOR_NAMES,
    SANCTION_NAMES,
    SOURCE_NAMES,
    Category,
    Level,
    Source,
    State,
)
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.standards import queries as standards
from bihuan.trail.rules import EventLine
from bihuan.web.parts import Moment
from bihuan.web.words import day_words, moment_words, money_words

FEN = 100


def judgement(view: HazardView, *, today: date) -> dict[str, Any]:
    """Return who determined the level, on which criterion, for which reasons."""
    lowered = lowering_that_stands(view)
    signed = [f"{view.graded_by} {day_words(view.graded_on, today=today)}"] if view.graded_on else []
    if view.countersigned_on:
        signed.append(f"{view.countersigned_by} 复核")
    if lowered is not None and lowered.answered_at is not None:
        day = day_words(day_of(lowered.answered_at), today=today)
        signed = [f"{lowered.asked_by}申请降级", f"{lowered.answered_by} {day}批准"]
    why = lowered.reason if lowered is not None else view.level_reason
    return {
        "judged": "，".join(signed),
        "bases": [basis] if (basis := basis_of(view)) is not None else [],
        "no_basis": _no_basis(view),
        "facts": [line.strip() for line in why.splitlines() if line.strip()],
        "finding": [
            ("发现", f"{day_words(view.found_on, today=today)} {view.found_by}".strip()),
            ("来源", SOURCE_NAMES[Source(view.source)]),
            ("类型", CATEGORY_NAMES[Category(view.category)]),
            *([("部位", view.part)] if view.part else []),
            *([("花费", money_words(view.money_fen / FEN))] if view.money_fen else []),
        ],
        "repeat": view.repeat_of,
    }


def lowering_that_stands(view: HazardView) -> RequestView | None:
    """Return the lowering by which the level is what it is; None where it was graded otherwise, or again since."""
    lowered = [one for one in view.requests if one.lowers and one.approved and one.answered_at is not None]
    if view.level != Level.GENERAL or not lowered:
        return None
    answered = lowered[-1].answered_at
    confirmed = next((one.at for one in view.life if one.key == State.CONFIRMED), None)
    if answered is None or view.graded_on is None:
        return None
    is_graded_since = confirmed is not None and confirmed > answered and view.graded_on >= day_of(answered)
    return None if is_graded_since else lowered[-1]


def basis_of(view: HazardView) -> dict[str, str] | None:
    """Return the clause that a level rests on, in the words kept at the decision, with its standard and its days."""
    if view.whole_judgement:
        return {"clause": "整体判定", "text": "没有对应条款，由专家整体判定", "note": "附专家签字的意见"}
    if not view.criterion_clause:
        return None
    basis = {"clause": view.criterion_clause, "text": view.criterion_text}
    library = standards.library(view.path)
    try:
        standard = library.standard(view.criterion_standard)
    except Refusal:
        return basis | {"note": view.criterion_version or view.criterion_standard}
    begins, ends = standard.effective_on, standard.effective_until
    days = "，".join([f"{begins}起施行"] * bool(begins) + [f"用到{ends}"] * bool(ends))
    held = standard.holds_on(view.found_on)
    version = "按发现当日有效的版本" if held else "发现当日这一版不施行，按定级当日有效的版本"
    items = [one.id for one in library.criteria if one.standard_id == standard.id and one.text == view.criterion_text]
    return basis | {
        "note": f"{standard.cited_as}{f'，{days}' if days else ''}。{version}",
        "standard_id": standard.id,
        "item_id": items[0] if items else "",
    }


def _cited(criterion: str) -> str:
    """Return how a standard's id and a clause are cited, "" for neither."""
    standard, _, clause = criterion.partition(" ")
    try:
        return f"{standards.standard(standard).cited_as}{clause}" if standard else ""
    except Refusal:
        return criterion


def _no_basis(view: HazardView) -> str:
    if not view.level:
        return "还没有定级。"
    lowered = [one for one in view.requests if one.lowers and one.approved]
    if view.level == Level.GENERAL and lowered:
        last = lowered[-1]
        was = _cited(last.criterion) or "没有写明条款"
        return f"原定重大：{was}，由{last.asked_by}申请、{last.answered_by}批准降为一般，依据：{last.reason}"
    return "一般隐患，不需要判定条款。" if view.level == Level.GENERAL else "没有写明判定依据。"


def state_note(view: HazardView) -> str:
    """Return one line under the state: round, suspension, what stands beside it."""
    notes = []
    if view.round > 1:
        notes.append(f"第 {view.round} 轮")
    if view.failed_count:
        notes.append(f"退回 {view.failed_count} 次")
    if view.reopened_count:
        notes.append(f"反弹 {view.reopened_count} 次")
    if view.suspended_on and not view.resumed_on:
        notes.append("停产停用中")
    if view.state is State.RECTIFIED and view.fixed_on_spot:
        notes.append("立行立改")
    if view.state is State.CLOSED and view.closed_late:
        notes.append("超期销号")
    return "，".join(notes)


def papers(view: HazardView) -> list[dict[str, str]]:
    """Return the papers of a hazard."""
    return [
        {"name": f"{one.title} {one.doc_no}".strip(), "href": reverse("documents:show", args=[one.id])}
        for one in view.papers
    ]


def records(view: HazardView, *, today: date) -> list[dict[str, str]]:
    """Return extensions, re-inspections, requests, transfers and listing records in one table, oldest first."""
    rows: list[tuple[datetime, str, str, str, str]] = []
    for one in view.extensions:
        old, new = day_words(one.old_deadline, today=today), day_words(one.new_deadline, today=today)
        asked = f"由 {old} 延至 {new}：{one.reason}"
        rows.append(
            (one.asked_at, "申请延期", _for(one.asked_by, one.acting_for), asked, _granted(one.granted, one.answer))
        )
    rows += [_resumption(one, today) for one in view.resumptions]
    for proposal in view.licence_proposals:
        what = f"建议{proposal.organ}暂扣{proposal.licence}：{proposal.reason}"
        rows.append((proposal.asked_at, "建议暂扣许可证", proposal.asked_by, what, _suspended(proposal)))
    for visit in view.reinspections:
        who = "、".join((f"{visit.verifier_unit} {visit.verifier}".strip(), *visit.companions))
        where = "，到现场" if visit.on_site else ""
        expired = visit.kind == Act.CHECK_EXPIRED
        signed = f"，{visit.signed_by} 签字" if visit.signed_by else "，对方拒绝签字" if visit.sign_refused else ""
        rows.append(
            (
                visit.at,
                f"{'到期复查' if expired else '复查'}（第 {visit.round} 轮）",
                who,
                f"{visit.opinion}{where}{signed}",
                _result(visit.passed, expired=expired),
            )
        )
    for request in view.requests:
        rows.append(
            (
                request.asked_at,
                request.kind,
                request.asked_by,
                request.reason,
                _granted(request.approved, request.answer),
            )
        )
    for sent in view.transfers:
        reply = sent.return_reason or sent.reply or "等答复"
        rows.append((sent.sent_at, f"移送 {sent.organ}", sent.sent_by, sent.reason, reply))
    if view.listing:
        for note in view.listing.records:
            percent = f"{note.percent}%" if note.percent is not None else ""
            rows.append((note.at, WORDS[Act(note.act)].title, note.by, note.note, percent))
    rows.sort(key=lambda row: row[0])
    names = ("when", "what", "who", "text", "result")
    return [dict(zip(names, (moment_words(row[0], today=today), *row[1:]), strict=True)) for row in rows]


def _resumption(one: ResumptionView, today: date) -> tuple[datetime, str, str, str, str]:
    """Return an application to resume: what was done, who evaluated it, and the site review that answered it."""
    by = EVALUATOR_NAMES[one.evaluated_by]
    text = f"{one.done}；{by}（{one.evaluator}）评估：{one.conclusion}"
    if one.visited_on:
        text += f"；{day_words(one.visited_on, today=today)} {one.visited_by}到现场审查"
    proposed = f"；{SANCTION_NAMES[one.sanction]}，报{one.sanction_organ}" if one.sanction else ""
    result = f"{one.organ}{_granted(one.agreed, one.answer)}{proposed}"
    return one.asked_at, "申请恢复", _for(one.asked_by, one.acting_for), text, result


def _result(passed: bool, *, expired: bool) -> str:  # noqa: FBT001 -- the record's own yes or no
    if expired:
        return FIXED if passed else UNFIXED
    return "合格" if passed else "不合格"


def moments(events: Iterable[EventLine], *, today: date) -> list[Moment]:
    """Return the trail as a timeline."""
    return [
        Moment(
            when=moment_words(one.at, today=today),
            who=one.actor_post or one.actor_name,
            text=one.say + (f"（代 {one.acting_for}）" if one.acting_for else ""),
            reason=one.reason,
        )
        for one in events
    ]


def _for(who: str, acting_for: str) -> str:
    return f"{who} 代 {acting_for}" if acting_for else who


def _suspended(one: LicenceProposalView) -> str:
    if one.suspended is None:
        return "等发证机关答复"
    return f"{'已暂扣' if one.suspended else '不暂扣'}：{one.answer}"


def _granted(granted: bool | None, answer: str) -> str:  # noqa: FBT001 -- a tri-state of the record
    if granted is None:
        return "等答复"
    return ("同意" if granted else "不同意") + (f"：{answer}" if answer else "")
