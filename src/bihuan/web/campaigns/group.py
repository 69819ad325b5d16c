"""The leading group with its seats, the documents of a campaign, the campaign beside it; help for a task."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.rules.record_lines import SeatLine
from bihuan.campaigns.rules.registers import PAPER_NAMES, PaperKind
from bihuan.campaigns.rules.seats import Post, fits, is_for_many
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.trail.rules.files import FileKind
from bihuan.web.campaigns.record_forms import HelpForm, text_field
from bihuan.web.campaigns.recording import Desk
from bihuan.web.campaigns.tasks import helps_shown
from bihuan.web.evidence import Gathered, gather, sent
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.intake.gate import identity
from bihuan.web.numbers import whole
from bihuan.web.parts import Empty
from bihuan.web.slots import slots_of

PAPER: Final = {"paper": FileKind.DOCUMENT}
PAPER_LABEL: Final = {"paper": "文件原件（Word、PDF 或照片）"}
PROOF: Final = {"proof": FileKind.DOCUMENT}
PROOF_LABEL: Final = {"proof": "佐证材料（照片或文件）"}
NONE: Final = ("", "——")


class PaperForm(forms.Form):
    """A document of a campaign."""

    kind = forms.ChoiceField(label="文件", choices=[(one.value, name) for one, name in PAPER_NAMES.items()])
    title = text_field("名称", 160, "请写文件的名称。")
    number = text_field("文号", 64)


class SeatForm(forms.Form):
    """Who fills a seat: the holder of a post, or a person by name."""

    post = forms.ChoiceField(label="由哪个岗位担任", required=False)
    holder = text_field("或者写姓名", 64)

    def __init__(self, posts: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [NONE, *posts]  # type: ignore[attr-defined] # -- a choice field


class MembersForm(forms.Form):
    """Who all fill a seat that means several."""

    posts = forms.MultipleChoiceField(label="由哪些岗位担任", required=False, widget=forms.CheckboxSelectMultiple)
    holders = forms.CharField(
        label="岗位里没有的，写姓名",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一位",
    )

    def __init__(self, posts: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = posts  # type: ignore[attr-defined] # -- a choice field


@require_GET
def show(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show seats, documents and the campaign beside it."""
    desk = Desk(request, queries.campaign_for(request.actor, campaign_id))
    view = queries.group_of(request.actor, campaign_id, today=desk.today)
    return page_or_part(
        request,
        "campaigns/group.html",
        campaign=desk.campaign,
        view=view,
        filled=sum(one.filled for one in view.seats),
        papers=[(one, PAPER_NAMES[PaperKind(one.kind)]) for one in view.papers],
        may_fill=desk.may(CampaignAct.REGISTER),
        may_attach=desk.may(CampaignAct.ATTACH),
        correct_href=reverse("campaigns:correct_extension", args=(campaign_id,))
        if desk.may(CampaignAct.CORRECT_END)
        else "",
        empty=Empty("方案没有写明领导小组的职务。"),
    )


@require_http_methods(["GET", "POST"])
def fill(request: StaffRequest, campaign_id: UUID, seat_id: UUID) -> HttpResponse:
    """Say who fills a seat."""
    desk = Desk(request, queries.campaign_for(request.actor, campaign_id))
    view = queries.group_of(request.actor, campaign_id, today=desk.today)
    seat = next((one for one in view.seats if one.id == seat_id), None)
    if seat is None or not desk.may(CampaignAct.REGISTER):
        raise NotFound("campaigns.no_seat", "没有找到领导小组的这个职务。请刷新页面重新选。")
    many = is_for_many(seat.title, seat.named)
    first, others = _offered(desk, seat)
    given = request.POST if request.method == "POST" else None
    form: forms.Form
    if many:
        form = MembersForm([*first, *others], given, initial={"posts": [key for key, _ in first]})
    else:
        form = SeatForm([*first, *others], given, initial={"post": first[0][0] if len(first) == 1 else ""})
    if request.method == "POST" and form.is_valid():
        try:
            _fill(request, campaign_id, seat_id, form.cleaned_data, many=many)
            messages.success(request, f"{seat.title}已定。")
            return go(request, "campaigns:group", campaign_id)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=desk.campaign,
        form=form,
        title=f"{seat.title}由谁担任",
        say=_seat_say(seat, many=many),
        verb="定下",
        slots=[],
        version=desk.campaign.version,
    )


def _fill(request: StaffRequest, campaign_id: UUID, seat_id: UUID, said: dict[str, Any], *, many: bool) -> None:
    seat: dict[str, Any] = {"campaign_id": campaign_id, "seat_id": seat_id, "actor": request.actor, "now": request.now}
    if many:
        services.fill_members(posts=[UUID(one) for one in said["posts"]], holders=said["holders"].splitlines(), **seat)
    else:
        services.fill_seat(post_id=identity(said["post"]), holder=said["holder"], **seat)


def _seat_say(seat: SeatLine, *, many: bool) -> str:
    named = f"方案写的是：{seat.named}" if seat.named else ""
    return f"{named}。不止一位，请一次把每一位都选上" if many else named


def _offered(desk: Desk, seat: SeatLine) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the posts that this seat may well mean, and the others, with who holds them: of leaders and of units."""
    leading = orgs.posts([one.id for one in orgs.leading_posts(desk.campaign.path)], desk.today).values()
    chairs = {one.id for one in orgs.posts_with_role(desk.campaign.town_id, Role.COMMITTEE_CHAIR, on=desk.today)}
    units = queries.participating(desk.request.actor, desk.campaign.id)
    heads = orgs.posts_of_units([one.unit_id for one in units], desk.today)
    kinds = [(one, Post.CHAIR if one.id in chairs else Post.LEADER) for one in leading]
    kinds += [(one, Post.HEAD) for one in heads if one.id not in chairs]
    offered: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for one, kind in kinds:
        place = 0 if fits(seat.title, seat.named, kind) and one.holder_id is not None else 1
        offered[place].setdefault(str(one.id), f"{one.unit.short_name} {one.label}")
    first, others = offered
    return list(first.items()), [(key, label) for key, label in others.items() if key not in first]


@require_POST
def add_seat(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Add a seat that the plan does not name."""
    return _done(
        request,
        campaign_id,
        "加上了。",
        lambda: services.add_seat(
            campaign_id=campaign_id,
            title=request.POST.get("title", ""),
            holder=request.POST.get("holder", ""),
            actor=request.actor,
            now=request.now,
        ),
    )


@require_POST
def link(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Link the campaign with another one."""
    other = identity(request.POST.get("other", ""))
    if other is None:
        raise NotFound("campaigns.not_found", "请选另一个专项行动。")
    return _done(
        request,
        campaign_id,
        "以后在其中一个登记的，两个都算，各按自己的起止日期。",
        lambda: services.link_campaigns(
            campaign_id=campaign_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            other_id=other,
            actor=request.actor,
            now=request.now,
        ),
    )


def _done(request: StaffRequest, campaign_id: UUID, say: str, act: Any) -> HttpResponse:
    try:
        act()
        messages.success(request, say)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:group", campaign_id)


@require_http_methods(["GET", "POST"])
def attach(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Attach a document."""
    desk = Desk(request, queries.campaign_for(request.actor, campaign_id))
    must(request.actor, CampaignAct.ATTACH, CampaignState(desk.campaign.state), path=desk.campaign.path)
    form = PaperForm(request.POST if request.method == "POST" else None)
    gathered = gather(request, PAPER, town_id=desk.campaign.town_id) if request.method == "POST" else Gathered()
    files = gathered.files.get("paper", ())
    if request.method == "POST" and form.is_valid() and not files and not any(gathered.problems.values()):
        form.add_error(None, "请选文件原件。")
    if request.method == "POST" and form.is_valid() and files:
        try:
            services.attach_paper(
                campaign_id=campaign_id,
                kind=PaperKind(form.cleaned_data["kind"]),
                title=form.cleaned_data["title"],
                number=form.cleaned_data["number"],
                file=files[-1].id,
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, "文件已附。")
            return go(request, "campaigns:group", campaign_id)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=desk.campaign,
        form=form,
        title="附文件",
        verb="附上",
        slots=slots_of(gathered, PAPER_LABEL, PAPER),
        version=desk.campaign.version,
    )


@require_GET
def paper(request: StaffRequest, campaign_id: UUID, paper_id: UUID) -> FileResponse:
    """Send a document of a campaign."""
    return sent(queries.paper_file(request.actor, campaign_id, paper_id))


@require_http_methods(["GET", "POST"])
def help_task(request: StaffRequest, campaign_id: UUID, task_id: UUID, unit_id: UUID) -> HttpResponse:
    """Report what a helping unit did for a task."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    helped = queries.helped_task(request.actor, campaign_id, task_id, unit_id)
    form = HelpForm(request.POST if request.method == "POST" else None)
    gathered = gather(request, PROOF, town_id=campaign.town_id) if request.method == "POST" else Gathered()
    if request.method == "POST" and form.is_valid() and not any(gathered.problems.values()):
        try:
            services.report_help(
                campaign_id=campaign_id,
                task_id=task_id,
                unit_id=unit_id,
                note=form.cleaned_data["note"],
                files=[one.id for one in gathered.files.get("proof", ())],
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, "已报。")
            return go(request, reverse("campaigns:unit", args=(campaign_id, unit_id)))
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        form=form,
        title=f"配合：{helped.title}",
        say=f"{helped.lead}牵头，{helped.unit}配合，{helped.due_on:%Y-%m-%d} 前完成",
        verb="提交",
        helps=helps_shown(request, campaign_id, task_id),
        slots=slots_of(gathered, PROOF_LABEL, PROOF),
        version=campaign.version,
    )
