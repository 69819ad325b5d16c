"""The pages of indicators: how many clauses are measured and by whose rows, and what each indicator means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.campaigns import queries
from bihuan.campaigns.rules.catalogue import ROOMS
from bihuan.campaigns.rules.covered import COVER_NAMES, Cover
from bihuan.campaigns.rules.grounding import grounds_in_words
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.shown import Catalogued, ClauseUse, FigureNow, IndicatorLine, PartLine
from bihuan.campaigns.rules.terms import STATE_NAMES, Indicator, Kind, Per, State
from bihuan.kernel.calendar import day_of
from bihuan.web.campaigns.asked import choice_of
from bihuan.web.campaigns.plan import rows_href
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.links import with_changes
from bihuan.web.parts import Empty, Pager, Tab, Tile, page_number
from bihuan.web.sizes import page_size

# fmt: off
KIND_NAMES: Final[dict[Kind, str]] = {
    Kind.RATE:    "比率",
    Kind.COUNT:   "计数",
    Kind.TIMES:   "倍数",
    Kind.DECLINE: "下降幅度",
    Kind.YES_NO:  "有没有",
    Kind.MEAN:    "平均",
}
PER_NAMES: Final[dict[Per, str]] = {
    Per.UNIT: "单位", Per.SECTOR: "行业", Per.FIELD: "重点领域", Per.CATEGORY: "类别",
}
MARKS: Final[dict[State, str]] = {State.MEASURED: "ok", State.WAITING: "none", State.UNMEASURABLE: "none"}
COVER_MARKS: Final[dict[Cover, str]] = {
    Cover.MEASURED:     "ok",
    Cover.PARTLY:       "go",
    Cover.WAITING:      "none",
    Cover.UNMEASURABLE: "none",
    Cover.NONE:         "soon",
}
# fmt: on
LEVELS: Final = {"general": "一般", "major": "重大"}
NO_REASON: Final = "还没有写理由。"
EXCERPT: Final = 60  # characters of a clause on a line


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator as the catalogue shows it."""

    title: str
    href: str
    words: str
    mark: str
    state: str
    waits: str
    source: str
    target: str
    uses: Sequence[tuple[str, str]]


@require_GET
def catalogue(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show how many clauses of a campaign are measured, by room, with the whole catalogue below."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    found = queries.catalogued(request.actor, campaign_id)
    cover = _chosen(Cover, choice_of(request, "clauses", set(Cover)))
    state, room = _chosen(State, choice_of(request, "state", set(State))), choice_of(request, "room", set(ROOMS))
    words = request.GET.get("q", "").strip()
    own = [one for one in found.own if _fits(one, state, room, words)]
    lines = [one for one in found.lines if _fits(one, state, room, words)]
    number, size = page_number(request.GET), page_size(request)
    shown = lines[(number - 1) * size : number * size]
    return page_or_part(
        request,
        "campaigns/indicators.html",
        campaign=campaign,
        tiles=_tiles(request, found),
        rooms=[_room(request, one) for one in found.rooms],
        room=ROOMS.get(room, "") if room else "",
        cover=COVER_NAMES[cover] if cover else "",
        clauses=[_clause(campaign, one) for one in found.clauses if one.cover is cover],
        tabs=_tabs(request, found, state, room),
        words=words,
        own=[_line(campaign, one) for one in own] if number == 1 else [],
        lines=[_line(campaign, one) for one in shown],
        pager=Pager(number, size, len(shown), len(lines), unit="个"),
        empty=Empty("没有这样的指标。", "看全部指标", reverse("campaigns:indicators", args=(campaign_id,))),
        may_measure=_may_measure(request, campaign),
    )


def _may_measure(request: StaffRequest, campaign: CampaignView) -> bool:
    return may(request.actor, CampaignAct.MEASURE, CampaignState(campaign.state), path=campaign.path)


def _chosen(kinds: Any, text: str) -> Any:
    return kinds(text) if text in set(kinds) else None


def _fits(line: IndicatorLine, state: State | None, room: str, words: str) -> bool:
    one = line.indicator
    said = (one.title, one.why_not, *(term.meaning for term in one.terms()))
    in_room = not room or room in line.rooms or room in line.waits
    return in_room and (state is None or line.state is state) and any(words in text for text in said)


def _tiles(request: StaffRequest, found: Catalogued) -> list[Tile]:
    total = len(found.clauses)
    tiles = [Tile("要求", total, "条", "逐句拆分")]
    for cover in Cover:
        count = found.covers.get(cover, 0)
        href = with_changes(request, clauses=cover, state="", room="", q="") + "#clauses" if count else ""
        red = cover is Cover.NONE and count
        tiles.append(Tile(COVER_NAMES[cover], count, "条", "", href, "amber" if red else ""))
    return tiles


def _room(request: StaffRequest, one: Any) -> dict[str, Any]:
    return {
        "name": ROOMS.get(one.room, one.room),
        "href": with_changes(request, room=one.room, clauses="", state="", q="") + "#catalogue",
        "measured": one.measured,
        "waiting": one.waiting,
        "clauses": one.clauses,
    }


def _tabs(request: StaffRequest, found: Catalogued, state: State | None, room: str) -> list[Tab]:
    every = (*found.lines, *found.own)
    here = [one for one in every if _fits(one, None, room, "")]
    tabs = [Tab("全部", with_changes(request, state="", q="", clauses=""), len(here), on=state is None)]
    for one in State:
        count = sum(line.state is one for line in here)
        href = with_changes(request, state=one, q="", clauses="")
        tabs.append(Tab(STATE_NAMES[one], href, count, on=state is one))
    return tabs


def _clause(campaign: CampaignView, one: ClauseUse) -> dict[str, Any]:
    return {
        "label": one.label,
        "href": clause_href(campaign, one),
        "text": one.text,
        "titles": "、".join(one.titles),
        "why": one.why or (NO_REASON if one.cover is Cover.UNMEASURABLE else ""),
        "mark": COVER_MARKS[one.cover],
        "cover": COVER_NAMES[one.cover],
    }


def clause_href(campaign: CampaignView, one: ClauseUse) -> str:
    """Return where a clause is read: on the plan page, or beside the text while the plan is a draft."""
    if campaign.state == CampaignState.DRAFT:
        return reverse("campaigns:check", args=(campaign.id,)) + f"#c-{one.id}"
    return reverse("campaigns:show", args=(campaign.id,)) + f"?section={queries.WHOLE}#{quote(one.label)}"


def _line(campaign: CampaignView, line: IndicatorLine) -> Line:
    one = line.indicator
    return Line(
        title=one.title,
        href=reverse("campaigns:indicator", args=(campaign.id, one.key)),
        words=_words(line),
        mark=MARKS[line.state],
        state=STATE_NAMES[line.state],
        waits="、".join(ROOMS.get(room, room) for room in line.waits),
        source=grounds_in_words(one.source),
        target=one.target.text if one.target else "",
        uses=[(use.label, clause_href(campaign, use)) for use in line.uses],
    )


def _words(line: IndicatorLine) -> str:
    """Return what an indicator counts; before it, of what it is declared a part."""
    one = line.indicator
    said = one.why_not or " ÷ ".join(term.meaning for term in one.terms())
    return f"“{line.part_of}”的其中：{said}" if line.part_of else said


@require_GET
def indicator(request: StaffRequest, campaign_id: UUID, key: str) -> HttpResponse:
    """Show one indicator: what it means, whose rows it counts, its figure today, and the clauses that use it."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    view = queries.indicator_for(request.actor, campaign_id, key, today=day_of(request.now))
    one = view.line.indicator
    is_own = view.form is not None
    return page_or_part(
        request,
        "campaigns/indicator.html",
        campaign=campaign,
        line=_line(campaign, view.line),
        uses=[_clause(campaign, use) for use in view.line.uses],
        kind=KIND_NAMES[one.kind] if one.terms() else "",
        terms=[
            {"name": name, "meaning": meaning, "parts": [_part(part) for part in parts]}
            for name, (meaning, parts) in zip(_names(one), view.terms, strict=True)
        ],
        per="、".join(PER_NAMES[per] for per in one.per),
        own_target=bool(one.target and one.target.own),
        now=_now(view.now) if view.now is not None and view.line.state is State.MEASURED else None,
        editions=view.editions,
        whole=view.whole,
        parts=view.parts,
        change_href=reverse("campaigns:change_own", args=(campaign_id, key))
        if is_own and _may_measure(request, campaign)
        else "",
    )


def _names(one: Indicator) -> list[str]:
    if one.denominator is None:
        return ["数什么"] * bool(one.numerator)
    return ["这一段", "对比"] if one.kind in {Kind.TIMES, Kind.DECLINE} else ["分子", "分母"]


def _part(part: PartLine) -> dict[str, Any]:
    level = f"（{LEVELS[part.level]}）" if part.level in LEVELS else ""
    return {
        "sign": "减去" if part.sign < 0 else "",
        "title": f"{part.title}{level}",
        "meaning": part.meaning,
        "room": ROOMS.get(part.room, part.room),
    }


def _now(now: FigureNow) -> dict[str, Any]:
    return {
        "said": now,
        "href": rows_href(now.numerator_rows, now.numerator),
        "whole_href": rows_href(now.denominator_rows, now.denominator),
    }
