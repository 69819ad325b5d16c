"""The plan page: the document clause by clause, beside it how far each is, as of any day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from bihuan.campaigns import queries
from bihuan.campaigns.rules.catalogue import ROOMS
from bihuan.campaigns.rules.issuing import moved_words
from bihuan.campaigns.rules.life import STATE_NAMES, CampaignAct, CampaignState, may
from bihuan.campaigns.rules.lines import CampaignView, ClauseLine, FigureLine, PlanView, RowsLink
from bihuan.campaigns.rules.standing import (
    ENDED_GROUP_NAMES,
    GROUP_NAMES,
    GROUPS,
    Group,
    Standing,
    name_of,
)
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.trail import queries as trail
from bihuan.web.campaigns.asked import choice_of, unknown
from bihuan.web.campaigns.changed import changed_words, has_day_by_hand
from bihuan.web.campaigns.drawing import Spark, scale_of, spark_of
from bihuan.web.campaigns.outline_lines import outline_of
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.links import with_changes
from bihuan.web.parts import Progress, Tab, Tile
from bihuan.web.words import day_words

# fmt: off
MARKS: Final[dict[Standing, tuple[str, str]]] = {  # css, icon
    Standing.REACHED:     ("ok",   "circle-check"),
    Standing.UNDER_WAY:   ("go",   "progress"),
    Standing.BEHIND:      ("late", "alert-triangle"),
    Standing.DUE_TODAY:   ("soon", "clock-exclamation"),
    Standing.REPORTED:    ("none", "file-check"),
    Standing.BY_PAPERS:   ("none", "file-text"),
    Standing.WAITING:     ("none", "hourglass"),
    Standing.NONE:        ("none", "help-circle"),
    Standing.NOTHING_YET: ("none", "minus"),
}
ACTS: Final = (  # act, page, verb
    (CampaignAct.EXTEND, "campaigns:extend", "延期"),
    (CampaignAct.CLOSE,  "campaigns:close",  "收尾"),
    (CampaignAct.ARCHIVE, "campaigns:archive", "归档"),
)
# fmt: on
UNREAD: Final = frozenset({CampaignState.READING, CampaignState.FAILED, CampaignState.DROPPED})
LONGEST_HEADING: Final = 60  # characters; a longer one is a sentence run in, and stands in its clause
MOST_HEADINGS: Final = 3
OPENING: Final = {"0": "开头"}
NO_FIGURES: Final = "campaigns.no_place"
NAMED: Final = 2  # units named on a line
BEHIND: Final = GROUPS[Group.BEHIND]
TONES: Final = {Group.REACHED: "green", Group.BEHIND: "red"}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as the page shows it. name: with its target. note: why there is none. hint: how it is counted.

    shorts: who lacks most of it, with how much and the page of that place; others: all others who lack, folded.
    differs: why these do not add up to what is lacking, "" where they do.
    """

    text: str
    numerator: int | None
    denominator: int | None
    unit: str
    name: str
    note: str
    hint: str
    mark: str
    href: str
    whole_href: str
    spark: Spark | None
    lacking: int | None
    shorts: Sequence[tuple[str, int, str]] = ()
    others: Sequence[tuple[str, int, str]] = ()
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A clause as the page shows it. heading: what stands above it in the document, where it is the first below. moved:
    that its deadline is not the one of the text any more, and why. changed: what people changed of it after issue.
    reassign_href: where the viewer may change who does it."""

    line: ClauseLine
    number: str
    css: str
    icon: str
    standing: str
    figures: Sequence[FigureRow]
    follows: bool
    headings: Sequence[str] = ()
    tasks_href: str = ""
    moved: str = ""
    changed: Sequence[str] = ()
    reassign_href: str = ""
    lead: str = field(default="")


@require_GET
def show(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show a campaign: being read, to be checked, or running."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    state = CampaignState(campaign.state)
    if state in UNREAD:
        return _waiting(request, campaign)
    if state is CampaignState.DRAFT:
        return go(request, "campaigns:check", campaign_id)
    today = day_of(request.now)
    last = day_of(campaign.closed_at) if campaign.closed_at else today  # a closed campaign's figures stand still
    on, on_say = day_asked(request.GET.get("on", ""), campaign, last)
    only = _only(choice_of(request, "only", list(GROUPS)))
    section = queries.WHOLE if only is not None else request.GET.get("section", "")
    asked = {"of": request.GET.get("of", ""), "section": section}
    try:
        view = queries.page_of(request.actor, campaign_id, on=on, today=today, at=request.now, **asked)
    except NotFound as refusal:
        if refusal.code == NO_FIGURES and asked["of"]:
            raise unknown(asked["of"]) from refusal
        own = queries.own_part(request.actor, campaign_id) if refusal.code == NO_FIGURES else None
        if own is None:
            raise
        return go(request, "campaigns:unit", campaign_id, own)
    if section not in {"", queries.WHOLE, *(name for name, _, _ in view.sections)}:
        raise unknown(section)
    clauses = [one for one in view.clauses if only is None or one.standing in GROUPS[only]]
    rows = _rows(request, view, clauses, whole=only is None and view.section == queries.WHOLE)
    return page_or_part(
        request,
        "campaigns/show.html",
        part="campaigns/_plan.html",
        view=view,
        campaign=campaign,
        state=STATE_NAMES[state],
        on=on,
        recounted=bool(campaign.closed_at) and on == last and view.frozen is None,
        on_say=on_say,
        opened_say=_opened_say(view) if only is None else "",
        stands_still=bool(campaign.closed_at) and on == last,
        is_today=on == today,
        on_words=day_words(on, today=today),
        on_full=day_words(on),
        tiles=_tiles(request, view),
        days_left=(view.campaign.ends_on - on).days if view.campaign.ends_on else 0,
        scale=scale_of(view.campaign, on),
        tabs=_tabs(request, view, only=only),
        rows=rows,
        has_trend=any(figure.spark for row in rows for figure in row.figures),
        only=only,
        only_name=_name(view, only) if only else "",
        acts=_acts(request, campaign, state),
        outline=outline_of(campaign, on, request.actor),
        package_href=_package_href(request, campaign, state),
        may_receive=view.to_sign is not None and may(request.actor, CampaignAct.RECEIVE, state, path=campaign.path),
        may_measure=may(request.actor, CampaignAct.MEASURE, state, path=campaign.path),
    )


def _only(text: str) -> Group | None:
    """Return the clauses asked for, None for all."""
    return Group(text) if text in GROUPS else None


def day_asked(text: str, campaign: CampaignView, last: date) -> tuple[date, str]:
    """Return the day asked for; or the last one that has figures, and why it is not the one asked for."""
    if not text:
        return last, ""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return last, "没有认出要看的日期，请重选。"
    first = campaign.starts_on or last
    if asked < first:
        return last, f"{day_words(asked)}专项行动还没有开始（{day_words(first)}开始），没有数。请重选日期。"
    if asked > last:
        say = "收尾以后数字不再变" if campaign.closed_at else "还没有到，没有数"
        return last, f"{day_words(asked)}{say}。请重选日期。"
    return asked, ""


def _opened_say(view: PlanView) -> str:
    """Return why the page opens at this section, where nobody chose it."""
    behind = sum(one.standing in BEHIND for one in view.clauses)
    if not view.chosen or view.section == queries.WHOLE or not behind:
        return ""
    name = OPENING.get(view.section, view.section)
    return f"先看落后最多的一节：{name}，{len(view.clauses)} 条里落后 {behind} 条。别的章节点上面。"


def _waiting(request: StaffRequest, campaign: CampaignView) -> HttpResponse:
    """Show how far the reading is, or why the file could not be read."""
    job = next((one for one in trail.jobs_of(request.actor) if one.id == campaign.job_id), None)
    progress = Progress(
        name=f"读“{campaign.file_name}”",
        done=job.done if job else 0,
        total=job.total if job else 0,
        state="running" if campaign.state == CampaignState.READING else "failed",
        say=campaign.say or (job.say if job else ""),
        poll=reverse("campaigns:show", args=(campaign.id,)),
    )
    return page_or_part(
        request, "campaigns/reading.html", part="parts/_progress.html", campaign=campaign, progress=progress
    )


def _tiles(request: StaffRequest, view: PlanView) -> list[Tile]:
    total = sum(view.counts.values())
    tiles = [
        Tile("要求", total, "条", f"有数可查 {view.measured}" if view.measured else "", with_changes(request, **ALL))
    ]
    for group, kinds in GROUPS.items():
        count = sum(view.counts.get(one, 0) for one in kinds)
        if count or group in ALWAYS:
            href = with_changes(request, only=group.value, section="") if count else ""
            tone = TONES.get(group, "") if count else ""
            tiles.append(Tile(_name(view, group), count, "条", _hint(view, group), href, tone))
    return tiles


ALWAYS: Final = (Group.REACHED, Group.UNDER_WAY, Group.BEHIND)
ALL: Final = {"section": queries.WHOLE, "only": ""}


def _name(view: PlanView, group: Group) -> str:
    return (ENDED_GROUP_NAMES if view.campaign.is_over(view.on) else GROUP_NAMES)[group]


def _standing(view: PlanView, standing: Standing) -> str:
    return name_of(standing, is_over=view.campaign.is_over(view.on))


def _hint(view: PlanView, group: Group) -> str:
    """Say what a group holds, where that is more than its name."""
    if group is Group.BEHIND:
        today = view.counts.get(Standing.DUE_TODAY, 0)
        return f"含今天到期 {today}" if today else ""
    if group is Group.REPORTED:
        return "任务都报完成，没有数可对"
    if group is not Group.WITHOUT:
        return ""
    named = [f"{_standing(view, one)} {view.counts[one]}" for one in GROUPS[group] if view.counts.get(one)]
    return "，".join(named)


def _tabs(request: StaffRequest, view: PlanView, *, only: Group | None) -> list[Tab]:
    total = sum(view.counts.values())
    tabs = [
        Tab(
            "全文",
            with_changes(request, section=queries.WHOLE, only=""),
            total,
            on=view.section == queries.WHOLE and only is None,
        )
    ]
    for name, title, count in view.sections:
        label = f"{name} {title[:4].rstrip('。，：:')}" if title else OPENING.get(name, name)
        tabs.append(Tab(label, with_changes(request, section=name, only=""), count, on=view.section == name))
    behind = sum(view.counts.get(one, 0) for one in BEHIND)
    late = only is Group.BEHIND
    tabs.append(Tab("只看落后", with_changes(request, only="behind"), behind, on=late, apart=True, red=bool(behind)))
    if only is not None and not late:
        count = sum(view.counts.get(one, 0) for one in GROUPS[only])
        tabs.append(Tab(f"只看{_name(view, only)}", with_changes(request, only=only.value), count, on=True))
    return tabs


def _rows(request: StaffRequest, view: PlanView, clauses: Sequence[ClauseLine], *, whole: bool) -> list[Row]:
    """Put the clauses under the headings of the document, parts of one sentence joined. whole: none is left out."""
    rows: list[Row] = []
    headings = sorted(view.campaign.headings, key=lambda one: one["place"]["paragraph"])
    shown, before = 0, None
    for line in clauses:
        above = []
        while shown < len(headings) and headings[shown]["place"]["paragraph"] <= line.paragraph:
            above.append(headings[shown])
            shown += 1
        rows.append(
            _row(request, view, line, follows=_follows(before, line), headings=_above(above, line, whole=whole))
        )
        before = line
    return rows


def _above(above: Sequence[Any], line: ClauseLine, *, whole: bool) -> list[str]:
    """Return the headings that stand above a clause: those of its own chapter when not the whole text is shown."""
    own = [one for one in above if whole or line.section.startswith(one["section"])]
    short = [f"{one['number']}{one['text']}" for one in own if len(one["text"]) <= LONGEST_HEADING]
    return short[-MOST_HEADINGS:]


def _follows(before: ClauseLine | None, line: ClauseLine) -> bool:
    return before is not None and (before.paragraph, before.end) == (line.paragraph, line.start)


def _row(request: StaffRequest, view: PlanView, line: ClauseLine, *, follows: bool, headings: Sequence[str]) -> Row:
    css, icon = MARKS[line.standing]
    unit = "" if view.place.key == queries.WHOLE else f"&unit={view.place.key}"
    issued_on = day_of(view.campaign.issued_at) if view.campaign.issued_at else None
    tasks = f"{reverse('campaigns:tasks', args=(view.campaign.id,))}?clause={line.id}{unit}" if line.tasks.total else ""
    return Row(
        line=line,
        number=line.label.rpartition("-")[2],
        css=css,
        icon=icon,
        standing=_standing(view, line.standing),
        figures=[figure_row(request, view, one) for one in line.figures],
        follows=follows and not headings,
        headings=headings,
        tasks_href=tasks,
        moved="" if has_day_by_hand(line) else moved_words(line.first_due_on, line.due_on, issued_on),
        changed=[changed_words(one) for one in line.changes],
        reassign_href=_reassign_href(request, view.campaign, line),
        lead="、".join(line.parties),
    )


def _package_href(request: StaffRequest, campaign: CampaignView, state: CampaignState) -> str:
    """Return the address of the package for who sees the whole town; what every unit handed in is in it."""
    if state is not CampaignState.ARCHIVED or not queries.is_whole(request.actor, campaign.path):
        return ""
    return reverse("campaigns:package", args=(campaign.id,))


def _reassign_href(request: StaffRequest, campaign: CampaignView, line: ClauseLine) -> str:
    if not line.ordered or not may(
        request.actor, CampaignAct.REASSIGN, CampaignState(campaign.state), path=campaign.path
    ):
        return ""
    return reverse("campaigns:reassign", args=(campaign.id, line.id))


def figure_row(request: HttpRequest, view: PlanView, one: FigureLine) -> FigureRow:
    """Return a figure as the page shows it."""
    keys = {pick.where: pick.key for pick in view.places}
    shorts = [(short.name, short.amount, _there(request, view, keys.get(short.where, ""))) for short in one.shorts]
    named = NAMED if len(shorts) > NAMED + 1 else len(shorts)  # one more is named rather than folded
    waits = "、".join(ROOMS.get(room, room) for room in one.waits)
    return FigureRow(
        text=one.text,
        numerator=one.numerator,
        denominator=one.denominator,
        unit=one.unit,
        name=f"{one.title}，须 {one.target}" if one.target not in {"", "是"} else one.title,
        note=f"待接入：{waits}" if waits else one.why,
        hint=" ÷ ".join(one.meanings) + (f"（{one.source}）" if one.source else ""),
        mark=MARKS[one.standing][0],
        href=rows_href(one.numerator_rows, one.numerator),
        whole_href=rows_href(one.denominator_rows, one.denominator),
        spark=spark_of(one, MARKS[one.standing][0]),
        lacking=one.lacking,
        shorts=shorts[:named],
        others=shorts[named:],
        differs=_differs(one),
    )


def _differs(one: FigureLine) -> str:
    """Say why what the units lack does not come to what is lacking."""
    unit = one.unit or "项"
    if one.shorts_differ > 0:
        whole = (one.lacking or 0) + one.shorts_differ
        return f"各单位加起来是 {whole} {unit}：同一{unit}可能等几个单位，每个单位都算"
    return f"另有 {-one.shorts_differ} {unit}没有分到单位" if one.shorts_differ else ""


def _there(request: HttpRequest, view: PlanView, key: str) -> str:
    """Return this page at another place, "" for who has no figures of its own."""
    return with_changes(request, of=key, section=view.section) if key not in {"", view.place.key} else ""


def rows_href(rows: Sequence[RowsLink], amount: int | None) -> str:
    """Return the address that lists the rows behind a figure, where one list shows exactly them."""
    if len(rows) != 1 or rows[0].sign < 0 or rows[0].amount != amount:
        return ""
    try:
        return reverse(rows[0].page, query=dict(rows[0].query))
    except NoReverseMatch:
        return ""


def _acts(request: StaffRequest, campaign: CampaignView, state: CampaignState) -> list[tuple[str, str]]:
    return [
        (verb, reverse(page, args=(campaign.id,)))
        for act, page, verb in ACTS
        if may(request.actor, act, state, path=campaign.path)
    ]
