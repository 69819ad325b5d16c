"""Guided questions on a phone: one question a screen, three big buttons, then a result that a person decides on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards import queries as hazards
from bihuan.hazards.queries.views import HazardBrief
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.standards import queries, services
from bihuan.standards.rules import CROSS_CUTTING, FEATURE_NAMES, SECTOR_NAMES, Feature, Sector
from bihuan.standards.rules.determine import Enterprise
from bihuan.standards.rules.guiding import (
    Answers,
    Ask,
    Paper,
    Said,
    Subject,
    most_left,
    next_ask,
    open_items,
    read_answers,
    read_reply,
    result_of,
    written,
)
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.standards.answered import kept_words, result_words
from bihuan.web.standards.decided import ways_on

UNKNOWN: Final = "unknown"  # what is sent for a trade that nobody knows
OPEN_SHOWN: Final = 30
FEATURES_SHOWN: Final = 6
MOST_WORDS: Final = 500
MOST_ANSWERS: Final = 4000  # characters of answers in an address
BUTTONS: Final = ((Said.YES, "是"), (Said.NO, "不是"), (Said.UNKNOWN, "不清楚"))


@dataclass(frozen=True, slots=True)
class Where:
    """What the questions are about. known: whether the features come from a file or were chosen.

    carried: what every address of the interview keeps. subject: None while nothing is registered.
    """

    title: str
    back: str
    on: date
    sectors: frozenset[Sector]
    features: frozenset[Feature]
    known: bool
    words: str = ""
    subject: Subject | None = None
    hazard: HazardBrief | None = None
    firm: Firm | None = None
    carried: Sequence[tuple[str, str]] = field(default=())

    def at(self, **more: str) -> str:
        """Return an address of this interview."""
        return "?" + urlencode([*self.carried, *more.items()])


@require_http_methods(["GET", "POST"])
def ask_hazard(request: StaffRequest, hazard_id: UUID) -> HttpResponse:
    """Ask about a hazard by what was in force on the day it was found, or keep the answers."""
    brief = hazards.brief_for(request.actor, hazard_id)
    firm = enterprises.firms([brief.enterprise_id]).get(brief.enterprise_id) if brief.enterprise_id else None
    sectors = firm.sectors if firm else (brief.sector,)
    where = Where(
        title=brief.description,
        back=reverse("hazards:show", args=[hazard_id]),
        on=brief.found_on,
        words=f"{brief.part} {brief.description}",
        subject=Subject("hazard", hazard_id, brief.town_id, brief.path, brief.sector, brief.enterprise_id, brief.level),
        hazard=brief,
        firm=firm,
        **_place(request, sectors, firm),
    )
    return _answer(request, where)


@require_http_methods(["GET", "POST"])
def ask_firm(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Ask about an enterprise by what is in force today, or keep the answers."""
    firm = enterprises.firm_for(request.actor, firm_id)
    where = Where(
        title=firm.short_name,
        back=reverse("enterprises:show", args=[firm_id]),
        on=day_of(request.now),
        words=request.GET.get("words", "")[:MOST_WORDS],
        subject=Subject("enterprise", firm_id, firm.town_id, firm.path, firm.lead_sector, firm_id),
        firm=firm,
        **_place(request, firm.sectors, firm),
    )
    return _answer(request, where)


@require_GET
def ask(request: StaffRequest) -> HttpResponse:
    """Ask before anything is registered: of the own enterprise, of one found by its name, or of a sector."""
    if request.actor.enterprise_id is not None:
        return go(request, "standards:ask_firm", request.actor.enterprise_id)
    name = request.GET.get("place", "").strip()[:60]
    found = enterprises.found_for(request.actor, name, now=request.now, first_n=2) if name else []
    if len(found) == 1:
        return go(request, "standards:ask_firm", UUID(str(found[0].url_args[0])))
    sector = request.GET.get("sector", "")
    if sector not in set(Sector):
        told = f"没有找到唯一一家叫“{name}”的企业。请改成全称，或者按行业问。" if name else ""
        return page_or_part(
            request,
            "standards/ask_place.html",
            place=name,
            told=told,
            sectors=list(SECTOR_NAMES.items()),
            back=reverse("standards:list"),
        )
    where = Where(
        title=SECTOR_NAMES[Sector(sector)],
        back=reverse("standards:ask"),
        on=day_of(request.now),
        words=request.GET.get("words", "")[:MOST_WORDS],
        **_place(request, (sector,), None),
    )
    return _answer(request, where)


def _place(request: StaffRequest, codes: Sequence[str], firm: Firm | None) -> dict[str, Any]:
    """Return sectors and features: those chosen in the address, else those of the enterprise's file."""
    given = request.GET if request.method == "GET" else request.POST
    sectors = frozenset(Sector(one) for one in codes if one in set(Sector))
    if not sectors and given.get("sector") in set(Sector):
        sectors = frozenset({Sector(given["sector"])})
    carried = [(name, value) for name in ("sector", "words") if (value := given.get(name, "")[:MOST_WORDS])]
    if "chosen" in given:
        chosen = [one for one in given.getlist("f") if one in set(Feature)]
        carried += [("chosen", "1"), *(("f", one) for one in chosen)]
        return {"sectors": sectors, "features": frozenset(map(Feature, chosen)), "known": True, "carried": carried}
    on_file = frozenset(Feature(one) for one in firm.features if one in set(Feature)) if firm else frozenset()
    return {"sectors": sectors, "features": on_file, "known": bool(on_file), "carried": carried}


def _answer(request: StaffRequest, where: Where) -> HttpResponse:
    given = request.GET if request.method == "GET" else request.POST
    if not where.sectors and given.get("sector") != UNKNOWN:
        return _choose_sector(request, where)
    if not where.known or (request.method == "GET" and "choose" in given):
        return _choose(request, where)
    paper = queries.guided_paper(where.on, where.sectors, where.features, path=_path(request, where))
    answers = _taken(paper, given)
    if request.method == "POST":
        return _keep(request, where, paper, answers)
    wanted = next_ask(paper, answers, about=_about(where))
    if wanted is None or "end" in given:
        return _result(request, where, paper, answers, over=wanted is None)
    return _question(request, where, paper, answers, wanted)


def _path(request: StaffRequest, where: Where) -> str:
    """Return where the place lies; before anything is registered, where the person is."""
    return where.subject.path if where.subject is not None else request.actor.unit_path


def _choose_sector(request: StaffRequest, where: Where) -> HttpResponse:
    """Let a person say the trade first where no file does: the clauses of a trade are asked of it alone."""
    return page_or_part(
        request,
        "standards/ask_sector.html",
        where=where,
        unknown=UNKNOWN,
        carried=[pair for pair in where.carried if pair[0] != "sector"],
        sectors=list(SECTOR_NAMES.items()),
        status=200 if request.method == "GET" else 422,
    )


def _choose(request: StaffRequest, where: Where) -> HttpResponse:
    """Let a person say what there is, before anything is asked."""
    offered = queries.features_asked(where.on, where.sectors, path=_path(request, where))
    return page_or_part(
        request,
        "standards/ask_features.html",
        where=where,
        carried=[pair for pair in where.carried if pair[0] not in {"f", "chosen"}],
        features=[(one.value, FEATURE_NAMES[one], one in where.features) for one in offered],
        status=200 if request.method == "GET" else 422,
    )


def _taken(paper: Paper, given: QueryDict) -> Answers:
    """Return the answers of an address, with a number that was just filled in."""
    answers = read_answers(paper, given.get("a", "")[:MOST_ANSWERS])
    asked = next((one for one in paper.asks.values() if one.code == given.get("q") and one.unit), None)
    reply = read_reply(given.get("n", "").strip(), number=True) if asked is not None else None
    return answers if asked is None or reply is None else {**answers, asked.name: reply}


def _enterprise(where: Where) -> Enterprise:
    return Enterprise(
        sectors=tuple(SECTOR_NAMES[one] for one in sorted(where.sectors)),
        features=tuple(FEATURE_NAMES[one] for one in sorted(where.features)),
    )


def _about(where: Where) -> list[str]:
    """Return the criteria that the words speak of, best first; their questions come first."""
    if not where.words.strip():
        return []
    found = queries.advise(where.words, where.on, _enterprise(where), path=where.subject.path if where.subject else "")
    return [one.criterion.id for one in found.clauses]


def _question(request: StaffRequest, where: Where, paper: Paper, answers: Answers, wanted: Ask) -> HttpResponse:
    so_far = written(paper, answers)
    before = dict(list(answers.items())[:-1])
    still = open_items(paper, answers)
    return page_or_part(
        request,
        "standards/ask_question.html",
        where=where,
        ask=wanted,
        so_far=so_far,
        buttons=[
            (words, where.at(a=written(paper, {**answers, wanted.name: said})))
            for said, words in BUTTONS
            if not wanted.unit or said is Said.UNKNOWN
        ],
        wrong="请填数字，如 11。" if request.GET.get("q") == wanted.code else "",
        number=len(answers) + 1,
        left=most_left(paper, answers),
        back=where.at(a=written(paper, before)) if answers else where.back,
        end=where.at(a=so_far, end="1"),
        choose=where.at(choose="1"),
        open=still[:OPEN_SHOWN],
        open_count=len(still),
        kept=kept_words(request, where.subject) if not answers else [],
    )


def _result(request: StaffRequest, where: Where, paper: Paper, answers: Answers, *, over: bool) -> HttpResponse:
    so_far = written(paper, answers)
    result = result_of(paper, answers)
    back = where.at(a=written(paper, dict(list(answers.items())[:-1])))
    return page_or_part(
        request,
        "standards/ask_result.html",
        where=where,
        so_far=so_far,
        who=_who(request.actor),
        back=back if answers else where.back,
        on_with=where.at(a=so_far) if not over else "",
        again=where.at(),
        ways=ways_on(request.actor, where.hazard, where.firm, result, now=request.now),
        may_keep=where.subject is not None,
        unasked=_unasked(paper),
        choose=where.at(choose="1"),
        adjacent=queries.adjacent_says(where.words, _enterprise(where), where.on),
        **result_words(paper, result),
    )


def _unasked(paper: Paper) -> str:
    """Say which clauses were not asked because the place has none of their features."""
    if not paper.unasked or paper.is_bare:
        return ""
    own_first = sorted(paper.unasked, key=lambda one: bool(one.sectors & CROSS_CUTTING))
    names = list(dict.fromkeys(FEATURE_NAMES[name] for one in own_first for name in sorted(one.features)))
    more = "等" if len(names) > FEATURES_SHOWN else ""
    return f"另有{len(paper.unasked)}条没有问：要有{'、'.join(names[:FEATURES_SHOWN])}{more}才适用，这里没有。"


def _who(actor: Actor) -> str:
    return actor.name


def _keep(request: StaffRequest, where: Where, paper: Paper, answers: Answers) -> HttpResponse:
    """Keep the answers with their result, and lead on to the form in which a person decides."""
    assert where.subject is not None  # noqa: S101 -- the address without one takes no POST
    services.keep_answers(about=where.subject, paper=paper, given=answers, actor=request.actor, now=request.now)
    messages.success(request, "一问一答的结果已记入经过。级别由人决定。")
    ways = ways_on(request.actor, where.hazard, where.firm, result_of(paper, answers), now=request.now)
    chosen = next((one for one in ways if one.key == request.POST.get("then")), None)
    return go(request, chosen.href if chosen else where.back)
