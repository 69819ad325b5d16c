"""The own words on record, and what decisions propose: take back, take up, turn down, each with one press."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.hazards.queries.lessons import Decided, numbers_seen, proposals_for
from bihuan.hazards.rules.states import level_name
from bihuan.hazards.services.teaching import accept_proposal, turn_down_proposal
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal
from bihuan.standards import queries
from bihuan.standards.queries.words import words_for
from bihuan.standards.rules import Library
from bihuan.standards.rules.teaching import TARGET_NAMES, Proposal, Taught, teaching_path
from bihuan.standards.services.words import end_word
from bihuan.web.doors import let_in
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.parts import Empty, Option, Pager, page_number
from bihuan.web.sizes import page_size
from bihuan.web.standards.places import places
from bihuan.web.standards.words.forms import AnswerForm
from bihuan.web.standards.words.library import DOOR, tabs, word_href

IN_USE, ENDED, REFUSED = "in_use", "ended", "refused"
STATES: Final = {IN_USE: "在用", ENDED: "已停用", REFUSED: "没采用的建议"}
NOTHING: Final = {
    IN_USE: Empty("还没有加过本地说法。提示认不出的叫法，从概念、安全特征或行业里找到它，加上去。"),
    ENDED: Empty("没有停用过的本地说法。"),
    REFUSED: Empty("没有不采用的建议。"),
}
NO_PROPOSAL: Final = Empty(
    "现在没有建议。两条以上的隐患，提示没读懂而人定了同一条重大，又有同一个说法，这里就会列出来。"
)


@require_GET
def own_words(request: StaffRequest) -> HttpResponse:
    """List the own words: those in use, those withdrawn, the proposals turned down."""
    actor = request.actor
    let_in(actor, DOOR)
    state = request.GET.get("state", "")
    state = state if state in STATES else IN_USE
    rows = words_for(actor)
    counted = {name: [one for one in rows if _state(one) == name] for name in STATES}
    number, size = page_number(request.GET), page_size(request)
    shown = counted[state][(number - 1) * size : number * size]
    numbers = numbers_seen(actor, [key for one in shown for key in one.evidence])
    return page_or_part(
        request,
        "standards/words/own.html",
        places=places(DOOR, actor),
        tabs=tabs("own", own=len(counted[IN_USE])),
        states=[
            Option(name, f"?state={key}", on=key == state, count=len(counted[key])) for key, name in STATES.items()
        ],
        is_refused=state == REFUSED,
        rows=[own_row(one, actor, numbers=numbers) for one in shown],
        pager=Pager(number, size, len(shown), len(counted[state]), unit="个"),
        empty=NOTHING[state],
    )


def _state(one: Taught) -> str:
    if one.ended_at is not None:
        return ENDED
    return REFUSED if one.refused else IN_USE


def own_row(one: Taught, actor: Actor, *, numbers: Mapping[UUID, str]) -> dict[str, Any]:
    """Return an own word as a row. numbers: of the decisions that the viewer sees."""
    return {
        "one": one,
        "kind": TARGET_NAMES[one.lesson.kind],
        "href": word_href(one.lesson.kind, one.lesson.target),
        "is_mine": one.path == teaching_path(actor),
        "evidence": [(key, numbers[key]) for key in one.evidence if key in numbers],
    }


@require_POST
def end(request: StaffRequest, word_id: UUID) -> HttpResponse:
    """Withdraw an own word, or make a refused proposal askable again."""
    let_in(request.actor, DOOR)
    lesson = end_word(word_id=word_id, actor=request.actor, now=request.now)
    messages.success(request, f"已停用“{lesson.says}”，提示回到没有它的样子。记录还在“已停用”里。")
    back = request.POST.get("back", "")
    return go(request, word_href(lesson.kind, lesson.target) if back == "word" else reverse("standards:own_words"))


@require_http_methods(["GET", "POST"])
def proposals(request: StaffRequest) -> HttpResponse:
    """Show what decisions propose, each with the decisions that use the words; take one up or turn it down."""
    let_in(request.actor, DOOR)
    if request.method == "POST":
        return _answer(request)
    actor, library = request.actor, queries.whole_library()
    found = proposals_for(actor)
    own = sum(_state(one) == IN_USE for one in words_for(actor))
    return page_or_part(
        request,
        "standards/words/proposals.html",
        places=places(DOOR, actor),
        tabs=tabs("proposals", own=own),
        rows=[_proposal(one, rows, library) for one, rows in found],
        empty=NO_PROPOSAL,
    )


def _answer(request: StaffRequest) -> HttpResponse:
    answer = AnswerForm(request.POST).read()
    if answer is None:
        raise Refusal("own_word.no_answer", "没有读出答复的是哪一条建议。请刷新页面，再按一次采用或不采用。")
    lesson, why, taken = answer
    do = accept_proposal if taken else turn_down_proposal
    do(lesson=lesson, why=why, actor=request.actor, now=request.now)
    said = "已采用，下一次提示就认得" if taken else "不采用，以后不再提这一条"
    messages.success(request, f"“{lesson.says}”：{said}。")
    return go(request, "standards:proposals")


def _proposal(one: Proposal, rows: list[Decided], library: Library) -> dict[str, Any]:
    standard = library.standard(one.standard)
    item = library.criterion(one.standard, one.clause)
    return {
        "one": one,
        "kind": TARGET_NAMES[one.lesson.kind],
        "href": word_href(one.lesson.kind, one.lesson.target),
        "standard": standard,
        "item": item,
        "using": len(one.using),
        "percent": int(one.right * 100 / len(one.using)) if one.using else 0,
        "rows": [_decided(row, library, turned=row.labelled.key in one.turned) for row in rows],
    }


def _decided(row: Decided, library: Library, *, turned: bool) -> dict[str, Any]:
    clause = f"{library.standard(row.standard).document_number} {row.clause}" if row.standard else ""
    return {"one": row, "level": level_name(row.level), "clause": clause, "turned": turned}
