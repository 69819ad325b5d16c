"""The page of one hazard: where it stands, by when, who is next, on what evidence."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.hazards import queries
from bihuan.hazards.queries.advice import advice_on, heeding
from bihuan.hazards.queries.views import HazardView, LifeStep
from bihuan.hazards.queries.waiting import is_move_of
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.chips import Urgency
from bihuan.hazards.rules.deadlines import ESCALATION_NAMES
from bihuan.hazards.rules.decide import OpenAct
from bihuan.hazards.rules.resuming import reviewed_by_acceptance, waits_for_acceptance
from bihuan.hazards.rules.states import (
    CLOCK_NAMES,
    HOLDER_NAMES,
    LISTING_LEVEL_NAMES,
    LIVE_LISTING,
    STATE_NAMES,
    ClockKind,
    Holder,
    Level,
    State,
)
from bihuan.hazards.rules.todo import verb_for
from bihuan.kernel.calendar import day_of
from bihuan.orgs.rules import UnitRef
from bihuan.standards.rules.advice import Advice
from bihuan.web.evidence import sent
from bihuan.web.frame import address
from bihuan.web.hazards import proofs, records
from bihuan.web.hazards.again import found_again
from bihuan.web.hazards.claims import claims
from bihuan.web.hazards.rows import TONES, due_title
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Arrangement, LifeLine, Step
from bihuan.web.words import day_words, moment_words

TRAIL_SHOWN: Final = 8
# What is offered beside the main act: the other answer to the same question.
BESIDE: Final[dict[Act, tuple[Act, ...]]] = {
    Act.CONFIRM: (Act.REQUEST_INVALID, Act.REQUEST_LOWERING),
    Act.ASSIGN: (Act.FIX_ON_SPOT,),
    Act.HAND_IN: (Act.ASK_EXTENSION,),
    Act.PASS: (Act.FAIL,),
    Act.RESUME: (Act.REFUSE_RESUMPTION, Act.FAIL),
    Act.CHECK_EXPIRED: (Act.REMIND,),
    Act.GRANT_EXTENSION: (Act.REFUSE_EXTENSION,),
    Act.APPROVE_LOWERING: (Act.REFUSE_LOWERING,),
    Act.APPROVE_INVALID: (Act.REFUSE_INVALID,),
    Act.SUPERIOR_ACCEPT: (Act.SUPERIOR_REFUSE,),
    Act.LIST: (Act.WITHDRAW_LISTING,),
    Act.ACCEPT_LISTING: (Act.FAIL_ACCEPTANCE,),
}
# What is offered when the next move is somebody else's, most useful first.
USEFUL: Final = (
    Act.APPROVE_INVALID,
    Act.APPROVE_LOWERING,
    Act.COUNTERSIGN,
    Act.GRANT_EXTENSION,
    Act.CONFIRM,
    Act.ASSIGN,
    Act.PROPOSE_LISTING,
    Act.RESUME,
    Act.PASS,
    Act.SUBMIT_SUPERIOR,
    Act.CHECK_EXPIRED,
    Act.REMIND,
    Act.PROGRESS,
    Act.ATTACH,
)
# What an office may do for others with their paper (代办) is never its own next move.
FOR_OTHERS: Final = frozenset(
    {
        Act.ARRANGE,
        Act.ACCEPT,
        Act.HAND_IN,
        Act.ASK_EXTENSION,
        Act.HAND_IN_PLAN,
        Act.APPLY_ACCEPTANCE,
        Act.APPLY_RESUMPTION,
        Act.SUPERIOR_ACCEPT,
        Act.SUPERIOR_REFUSE,
    }
)
FIVE: Final = (("duty", "责任"), ("measures", "措施"), ("funds", "资金"), ("time", "时限"), ("plan", "预案"))
REVIEWS: Final = frozenset({Act.PASS})
ON_PHONE: Final = frozenset({Act.PASS, Act.FAIL})


@require_GET
def show(request: StaffRequest, hazard_id: UUID) -> HttpResponse:
    """Show one hazard."""
    view = queries.hazard_for(request.actor, hazard_id, now=request.now)
    today = day_of(request.now)
    doubles = queries.doubles_of(view)
    context = {
        "hazard": head(view),
        "again": found_again(view, request.actor, today=today),
        "lines": _lines(view, today),
        **_five(view, today),
        **proofs.evidence(view, doubles, today=today),
        **records.judgement(view, today=today),
        "advice": _advice(request, view) if view.standing.state == State.REPORTED else None,
        "claims": claims(request.actor, hazard_id, today=today) if view.needs_superior or view.source_id else [],
        "records": records.records(view, today=today),
        "moments": records.moments(view.trail[:TRAIL_SHOWN], today=today),
        "trail_count": view.trail_total,
        "trail_href": f"{reverse('trail:subject', args=[view.id])}?back={reverse('hazards:show', args=[view.id])}",
        **_rail(view, today),
        **acts_of(view, is_mine=is_move_of(request.actor, view.next.holder, party_unit_id=view.standing.party_unit_id)),
    }
    return page_or_part(request, "hazards/show.html", part="hazards/_show.html", **context)


def _advice(request: StaffRequest, view: HazardView) -> Advice:
    """Return what is proposed for a hazard that nobody has verified yet; later its page tells what was decided."""
    found = advice_on(view)
    return heeding(found, request.actor, town_id=view.town_id, path=view.path, on=day_of(request.now))


@require_GET
def file(request: StaffRequest, hazard_id: UUID, evidence_id: UUID, variant: str) -> FileResponse:
    """Send a photo or paper of a hazard that this person sees."""
    return sent(queries.evidence_of(request.actor, hazard_id, evidence_id, variant=variant))


def head(view: HazardView) -> dict[str, Any]:
    """Return what names a hazard, for its page and for the forms of its acts."""
    firm = view.people.firm
    village = view.people.village
    note = " · ".join(filter(None, (village.short_name if village else "", view.part)))
    chip = view.chip
    return {
        "id": view.id,
        "version": view.version,
        "number": view.number,
        "what": view.description,
        "level": view.level,
        "listed": f"{LISTING_LEVEL_NAMES[view.listing.level]}挂牌" if view.listing and view.listing.listed_on else "",
        "place": view.place_name,
        "place_href": reverse("enterprises:show", args=[firm.id]) if firm and address("enterprises:list") else "",
        "place_note": note,
        "state": view.state.value,
        "state_name": STATE_NAMES[view.state],
        "state_note": records.state_note(view),
        "chip": chip.text,
        "chip_tone": TONES.get(Urgency(chip.urgency), ""),
    }


def acts_of(view: HazardView, *, is_mine: bool) -> dict[str, Any]:
    """Return the buttons: the main one, what stands beside it, the rest in a menu, and what is barred and why.

    is_mine: the next move is this viewer's; when it is somebody else's, nothing is offered in blue.
    """
    open_ = {one.act: one for one in view.acts if not one.barred}
    mine = view.main_act is not None and (is_mine or view.main_act.act not in FOR_OTHERS)
    lead = [view.main_act.act] if view.main_act is not None and mine else [act for act in USEFUL if act in open_][:1]
    first = [one for act in lead for one in (act, *BESIDE.get(act, ()))]
    shown = [open_[act] for act in dict.fromkeys(first) if act in open_]
    rest = [one for act, one in open_.items() if act not in first]
    return {
        "main_acts": [_button(view, one) for one in shown],
        "main_is_mine": mine,
        "more": [_button(view, one) for one in rest],
        "barred": [{"name": one.button, "why": one.barred} for one in view.acts if one.barred],
    }


def act_href(hazard_id: UUID, act: Act) -> str:
    """Return where an act is done: the ten-second screen for a re-inspection, its form for every other."""
    if act in ON_PHONE:
        return reverse("field:review", args=[hazard_id])
    return reverse("hazards:act", args=[hazard_id, act.value])


def _button(view: HazardView, one: OpenAct) -> dict[str, Any]:
    return {"name": WORDS[one.act].button, "does": one.does, "href": act_href(view.id, one.act)}


def _lines(view: HazardView, today: date) -> list[LifeLine]:
    lines = [LifeLine("隐患", _steps(view.life, today))]
    if view.listing_life:
        lines.append(LifeLine("挂牌督办", _steps(view.listing_life, today)))
    return lines


def _steps(steps: Sequence[LifeStep], today: date) -> list[Step]:
    return [
        Step(
            step.name,
            step.who.split(" ")[-1],
            moment_words(step.at, today=today) if step.at else "",
            "now" if step.is_now and not step.is_done else "done" if step.is_done else "",
        )
        for step in steps
    ]


def _five(view: HazardView, today: date) -> dict[str, Any]:
    current = view.current_round
    if current is None or (view.deadline_kind == "same_day" and len(current.missing) == len(FIVE)):
        return {}
    five = [Arrangement(name, str(getattr(current.arrangements, key))) for key, name in FIVE]
    return {
        "five": five,
        "five_missing": "、".join(current.missing),
        "five_note": f"第 {current.number} 轮，{day_words(current.opened_on, today=today)}起",
        "interim": current.interim,
    }


def _rail(view: HazardView, today: date) -> dict[str, Any]:
    deadline = _deadline(view, today)
    if view.chip.text and view.chip.kind == ClockKind.RECTIFY and deadline and not deadline["note"]:
        deadline = None  # the clock above says the same
    return {
        "clock": _clock(view, today),
        "next": {"text": _next_words(view)},
        "deadline": deadline,
        "stop": _stop(view, today),
        "people": _people(view),
        "licences": _licences(view, today),
        "same_kind": _same_kind(view),
        "papers": records.papers(view),
        "owed": view.reports_owed,
        "liabilities": view.liabilities,
        "climbed": [ESCALATION_NAMES[one.step] for one in view.climbed],
    }


def _clock(view: HazardView, today: date) -> dict[str, str] | None:
    chip = view.chip
    if not chip.text:
        return None
    note = "到期前没有别的工作日" if chip.urgency == Urgency.HOLIDAY else ""
    kind = CLOCK_NAMES[ClockKind(chip.kind)] if chip.kind else ""
    tone = TONES.get(Urgency(chip.urgency), "")
    return {
        "name": f"{kind}期限",
        "text": chip.text.removeprefix(kind),
        "tone": tone,
        "day": due_title(chip, today=today),
        "note": note,
    }


def _next_words(view: HazardView) -> str:
    if view.next.act is None:
        return {"closed": "已经销号，没有下一步", "transferred": "等受移送单位答复", "invalid": "已作废，编号保留"}.get(
            view.state.value, ""
        )
    who = HOLDER_NAMES[view.next.holder]
    if unit := _unit_next(view):
        who = unit.short_name
    return f"{who}：{verb_for(view.next.act)}"


def _unit_next(view: HazardView) -> UnitRef | None:
    """Return the very unit whose move is next, where the order or a delegation names it (R3.15)."""
    people, holder = view.people, view.next.holder
    if view.next.act in REVIEWS and people.delegate and view.next.holder == view.standing.delegated_to:
        return people.delegate
    if holder is not Holder.DEPARTMENT:
        return None
    ordered = people.ordering_unit if view.next.act in REVIEWS else None
    return ordered or people.supervising_unit


def _deadline(view: HazardView, today: date) -> dict[str, str] | None:
    if view.deadline is None:
        return None
    notes = []
    if view.first_deadline and view.first_deadline != view.deadline:
        notes.append(f"最初 {day_words(view.first_deadline, today=today)}，延期 {view.extension_count} 次")
    words, tone = ("", "")
    if view.days_late:
        words, tone = f"逾期 {view.days_late} 天", "red"
    elif view.closed_late:
        words, tone = "超期完成", "red"
    return {"day": day_words(view.deadline, today=today), "words": words, "tone": tone, "note": "；".join(notes)}


def _stop(view: HazardView, today: date) -> dict[str, str] | None:
    """Return the clock of a stop that stands: since when, and until when at the longest."""
    ends = view.stop_ends_on
    if ends is None or view.suspended_on is None:
        return None
    left = (ends - today).days
    words = f"剩 {left} 天" if left >= 0 else f"已过 {-left} 天"
    note = "" if left >= 0 else "请作出决定的机关复核：审查同意恢复，或者依法另作决定。"
    since = day_words(view.suspended_on, today=today)
    tone = "red" if left < 0 else ""
    asked = _asked_to_resume(view, today)
    day = day_words(ends, today=today)
    return {"since": since, "day": day, "words": words, "tone": tone, "note": note, "asked": asked}


def _asked_to_resume(view: HazardView, today: date) -> str:
    """Say how far the way back is: applied for, refused, or by the acceptance of the listing (R3.28)."""
    if (asked := view.open_resumption) is not None:
        since, due = day_words(day_of(asked.asked_at), today=today), day_words(asked.due_on, today=today)
        return f"{since}申请恢复，应在 {due}前到现场审查"
    if reviewed_by_acceptance(view.standing):
        return "挂牌验收合格，等审查同意恢复"
    if waits_for_acceptance(view.standing):
        return "恢复要先申请验收，验收合格"
    if view.resumptions and view.resumptions[-1].organ:
        return "上次申请没有同意；补齐后可以再申请恢复"
    return "整改提交后，由责任单位书面申请恢复"


def _licences(view: HazardView, today: date) -> list[dict[str, Any]]:
    """Return the safety licences of a listed unit: it is inspected closely (R3.29)."""
    if view.listing is None or view.listing.state not in LIVE_LISTING:
        return []
    return [{"label": one.label, "organ": one.organ, "expired": one.is_expired(today)} for one in view.licences]


def _people(view: HazardView) -> list[tuple[str, str]]:
    people = view.people
    supervisor = people.supervisor
    department = people.supervising_unit or people.department
    rows = [
        ("整改", view.party_name or view.place_name),
        ("监管", f"{supervisor.unit.short_name} {supervisor.title}" if supervisor else _short(department)),
        ("属地", _short(people.village)),
        ("挂钩领导", people.leader.title if people.leader else ""),
    ]
    if people.delegate and view.level != Level.MAJOR:
        rows.insert(2, ("受托复查", _short(people.delegate)))
    if view.level == Level.MAJOR and view.listing:
        rows.append(("挂牌", view.listing.organ or "镇安委会"))
    if view.needs_superior:
        rows.append(("上级", view.superior_organ or "交办的上级"))
    return rows


def _short(unit: Any) -> str:
    return unit.short_name if unit else ""


def _same_kind(view: HazardView) -> Mapping[str, Any] | None:
    task = view.same_kind
    if task is None:
        return None
    left = task.asked - task.replied
    return {
        "words": f"同类 {task.enterprises} 家；已查 {task.checked} 家，查出 {task.found} 项，改好 {task.fixed} 项",
        "done": task.replied,
        "total": task.asked or 1,
        "left": f"还差 {left} 个单位没有答复" if left > 0 else "",
        "href": reverse("hazards:same_kind", args=[task.id]),
    }
