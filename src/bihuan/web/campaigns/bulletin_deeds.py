"""What may be done about a bulletin and the units that it names, as far as it has come (R9.10)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.supervision.life import BULLETIN, Facts, barred
from bihuan.campaigns.rules.supervision.lines import BulletinLine, BulletinView, NamedUnit
from bihuan.campaigns.rules.supervision.states import BulletinAct, BulletinKind
from bihuan.campaigns.services import supervision
from bihuan.kernel.calendar import day_of
from bihuan.web.campaigns.deeds import NOTHING, Deed, allowed
from bihuan.web.campaigns.supervision_forms import AskForm, IssueForm, ReasonForm, ReviewForm
from bihuan.web.htmx import StaffRequest


def lets(
    request: StaffRequest, campaign: CampaignView, one: BulletinLine, act: BulletinAct, unit_id: UUID | None = None
) -> bool:
    """Tell whether the table lets the viewer do this to a bulletin now."""
    return allowed(request, BULLETIN, act, one.state, path=campaign.path, unit_id=unit_id)


def of_bulletin(request: StaffRequest, campaign: CampaignView, view: BulletinView) -> Iterator[Deed]:
    """Yield what the viewer may do about the whole."""
    one, do = view.line, supervision
    base: dict[str, Any] = {"given": {"campaign_id": campaign.id, "bulletin_id": one.id}, "version": one.version}
    is_criticism = one.kind == BulletinKind.CRITICISM
    if is_criticism and lets(request, campaign, one, BulletinAct.ASK):
        yield Deed("ask", "听取申辩", "通知单位申辩", do.ask_units, AskForm, "已通知，单位可以申辩。", **base)
    issues = lets(request, campaign, one, BulletinAct.ISSUE) and not waits_for_another(request, one)
    if issues and (not is_criticism or _is_heard(view, day_of(request.now))):
        form = IssueForm if is_criticism else NOTHING
        yield Deed("issue", "印发", "印发", do.issue_bulletin, form, "已印发。", **base)
    if lets(request, campaign, one, BulletinAct.WITHDRAW):
        yield Deed("withdraw", "撤回", "撤回", do.withdraw_bulletin, ReasonForm, "已撤回。", main=False, **base)


def waits_for_another(request: StaffRequest, one: BulletinLine) -> bool:
    """Tell whether the reply is to be weighed and the paper signed by somebody else, because the viewer drafted it."""
    return bool(barred(BULLETIN, BulletinAct.HEAR, one.state, Facts(drafted=one.made_by == request.actor.name)))


def _bars(request: StaffRequest, line: BulletinLine, act: BulletinAct, one: NamedUnit, speaker: str) -> bool:
    """Tell whether an act about a unit is barred to the viewer: by what was done before, or as the unit's own."""
    name = request.actor.name
    for_other = one.unit_id not in request.actor.own_units
    drafted, own_word = line.made_by == name, one.answered_by == name
    facts = Facts(drafted=drafted, for_other=for_other, speaker=speaker, own_word=own_word)
    return bool(barred(BULLETIN, act, line.state, facts))


def _is_heard(view: BulletinView, today: date) -> bool:
    """Tell whether every unit replied, or its days are over, and each reply was decided on, as the table asks."""
    one = view.line
    passed = one.reply_by is not None and today > one.reply_by
    standing = [unit for unit in view.named if not unit.left]
    weighed = all(unit.heard_why or unit.replied_at is None for unit in standing)
    replied = all(unit.replied_at is not None for unit in standing)
    return one.reply_by is not None and weighed and (passed or replied)


def of_units(
    request: StaffRequest, campaign: CampaignView, view: BulletinView, speakers: Mapping[UUID, str]
) -> Iterator[Deed]:
    """Yield what the viewer may do about each unit that a criticism names. speakers: through whom units can speak."""
    for one in view.named if view.line.kind == BulletinKind.CRITICISM else ():
        if one.left:
            continue
        base: dict[str, Any] = {
            "given": {"campaign_id": campaign.id, "bulletin_id": view.line.id, "unit_id": one.id},
            "about": str(one.id),
            "version": one.version,
        }
        for act, deed in _acts(one, base):
            may = lets(request, campaign, view.line, act, one.unit_id)
            if may and not _bars(request, view.line, act, one, speakers.get(one.unit_id, "")):
                yield deed


def _acts(one: NamedUnit, base: dict[str, Any]) -> Iterator[tuple[BulletinAct, Deed]]:
    """Yield what can be done about a unit, as far as it has come."""
    do, given, act = supervision, base["given"], BulletinAct
    stays: dict[str, Any] = {**base, "given": {**given, "stays": True}}
    leaves: dict[str, Any] = {**base, "given": {**given, "stays": False}}
    accept: dict[str, Any] = {**base, "given": {**given, "accepted": True}}
    back: dict[str, Any] = {**base, "given": {**given, "accepted": False}}
    yield act.REPLY, Deed("reply", "申辩", "提交申辩", do.reply, ReasonForm, "已提交。", "申辩材料", **base)
    if one.replied_at is not None and not one.heard_why:
        yield act.HEAR, Deed("stays", "", "不采纳，仍作通报", do.hear, ReasonForm, "已记下。", main=False, **stays)
        yield act.HEAR, Deed("leaves", "", "采纳，不作通报", do.hear, ReasonForm, "已记下。", main=False, **leaves)
    if one.confirmed_at is None:
        yield (
            act.ANSWER,
            Deed("answer", "报改正", "报改正", do.answer_circular, ReasonForm, "已报。", "改正材料", **base),
        )
    if one.answered_at is not None and one.confirmed_at is None and not one.sent_back_why:
        yield act.CONFIRM, Deed("confirm", "", "确认改正", do.review_correction, done="已确认。", **accept)
        yield (
            act.SEND_BACK,
            Deed("back", "", "退回", do.review_correction, ReviewForm, "已退回。", main=False, **back),
        )
