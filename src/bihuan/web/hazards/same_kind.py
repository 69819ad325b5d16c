"""举一反三: who else could have this; what was asked, what came back."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.hazards import queries, services
from bihuan.hazards.queries import TaskLine, TaskView
from bihuan.hazards.queries.same_kind import ReplyView
from bihuan.hazards.rules.amounts import COUNT_SAY, MOST_COUNTED
from bihuan.hazards.rules.same_kind import Opened
from bihuan.hazards.rules.states import CATEGORY_NAMES, FileRole
from bihuan.hazards.services import NewTask, Reply
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES
from bihuan.trail.rules.files import FileKind
from bihuan.web.doors import let_in, may_open
from bihuan.web.evidence import Gathered, gather, sent
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.intake.gate import identity
from bihuan.web.parts import Empty, Pager, page_number
from bihuan.web.sizes import page_size
from bihuan.web.slots import Slot, slots_of

PAPER_NAME: Final = FileRole.PAPER.value
PAPER: Final = {PAPER_NAME: FileKind.DOCUMENT}
OFFICE: Final = (Role.SAFETY_OFFICE, Role.SAFETY_CHIEF)
_CATEGORIES: Final = {str(key): name for key, name in CATEGORY_NAMES.items()}
_SECTORS: Final = {str(key): name for key, name in SECTOR_NAMES.items()}
NOBODY_TO_ANSWER: Final = "请去查的单位都在平台上，由他们登录后自己答复。请在举一反三页看谁还没有答复，催他们答复。"
ENDED: Final = "这项举一反三已经办结，不能再答复。"
NUMBERS: Final = {
    "invalid": "写整数。",
    "required": "请填数字，没有就填 0。",
    "min_value": "不能是负数。",
    "max_value": COUNT_SAY,
}


class ReplyForm(forms.Form):
    """One unit's answer."""

    checked = forms.IntegerField(label="查了几家", min_value=0, max_value=MOST_COUNTED, error_messages=NUMBERS)
    found = forms.IntegerField(label="查出几项", min_value=0, max_value=MOST_COUNTED, error_messages=NUMBERS)
    fixed = forms.IntegerField(label="已整改几项", min_value=0, max_value=MOST_COUNTED, error_messages=NUMBERS)
    note = forms.CharField(label="说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, units: list[tuple[str, str]], *args: Any, own: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        """units: those that may be answered for (代办); none where a unit answers for itself. own: several units of the
        viewer that are asked; () where it is one."""
        super().__init__(*args, **kwargs)
        if own:
            missing = {"required": "请选是哪个单位的答复。"}
            self.fields["unit"] = forms.ChoiceField(label="哪个单位的", choices=own, error_messages=missing)
            self.order_fields(["unit"])
        elif units:
            missing = {"required": "请选定代哪个单位答复。"}
            self.fields["unit"] = forms.ChoiceField(label="代哪个单位答复", choices=units, error_messages=missing)
            self.fields["acting_for"] = forms.CharField(
                label="代谁答复",
                max_length=40,
                help_text="对方的姓名和职务；平台上没有人能登录的单位才能代办",
                error_messages={"required": "请写明代谁答复：对方的姓名和职务。"},
            )
            self.order_fields(["unit", "acting_for"])


class TaskForm(forms.Form):
    """A new task, from an accident notice or a superior's letter."""

    title = forms.CharField(
        label="题目", max_length=160, error_messages={"required": "请写题目，如“粉尘爆炸事故举一反三”。"}
    )
    notice = forms.CharField(
        label="通报原文",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="可以整段贴进来",
    )
    category = forms.ChoiceField(label="隐患类型", required=False)
    sector = forms.ChoiceField(label="行业", required=False)
    features = forms.MultipleChoiceField(label="安全特征", required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(label="关键词", required=False, max_length=160, help_text="用空格隔开，如 除尘 铝粉")
    units = forms.MultipleChoiceField(
        label="请谁去查",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个村（社区）或部门。"},
    )

    def __init__(self, units: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", "不限"), *((str(k), n) for k, n in CATEGORY_NAMES.items())]  # type: ignore[attr-defined] # -- a choice field
        self.fields["sector"].choices = [("", "不限"), *((str(k), n) for k, n in SECTOR_NAMES.items())]  # type: ignore[attr-defined] # -- the same
        self.fields["features"].choices = [(str(k), n) for k, n in FEATURE_NAMES.items()]  # type: ignore[attr-defined] # -- the same
        self.fields["units"].choices = units  # type: ignore[attr-defined] # -- the same


@require_GET
def tasks(request: StaffRequest) -> HttpResponse:
    """List the tasks, open ones first asked for."""
    today = day_of(request.now)
    opened = _opened(request)
    only_open = opened is None and request.GET.get("all") != "1"
    size = page_size(request)
    found = queries.same_kind_tasks(
        request.actor, today=today, only_open=only_open, opened=opened, page=page_number(request.GET), size=size
    )
    context: dict[str, Any] = {
        "rows": [_line(line) for line in found.lines],
        "pager": Pager(found.number, size, len(found.lines), found.total),
        "only_open": only_open,
        "may_open": may_open(request.actor, "hazards:new_same_kind"),
        "empty": Empty("没有要办的举一反三。上级交办的隐患入账时会自动带出，也可以按事故通报布置。"),
    }
    return page_or_part(request, "hazards/same_kinds.html", **context)


def _opened(request: StaffRequest) -> Opened | None:
    """Read which tasks a figure counts from its address; None where the address asks for no such thing."""
    path, of = request.GET.get("path", ""), request.GET.get("of", "")
    try:
        since, until = (date.fromisoformat(request.GET.get(name, "")) for name in ("from", "to"))
    except ValueError:
        return None
    sectors = tuple(filter(None, request.GET.get("sector", "").split(",")))
    return Opened(path, since, until, {"items": True, "notices": False}.get(of), sectors) if path else None


@require_http_methods(["GET", "POST"])
def task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Show one task with every answer, or answer it."""
    today = day_of(request.now)
    view = queries.same_kind_for(request.actor, task_id, today=today)
    others = _answers_for(request, view)
    kinds = PAPER if others else {}
    gathered = gather(request, kinds, town_id=view.town_id) if request.method == "POST" else Gathered()
    own = _own_asked(request, view)
    form = ReplyForm(
        others,
        request.POST if request.method == "POST" else None,
        own=_choices(own) if len(own) > 1 else (),
        initial=_given(own),
    )
    if request.method == "POST" and not _may_reply(view, request, others):
        raise Refusal("hazards.reply_refused", NOBODY_TO_ANSWER if view.line.is_open else ENDED)
    if request.method == "POST" and form.is_valid() and not any(gathered.problems.values()):
        try:
            reply = _reply_of(request, view, form.cleaned_data, gathered)
            services.reply_same_kind(task_id=task_id, reply=reply, actor=request.actor, now=request.now)
        except Refusal as refusal:
            refuse_into(form, refusal)
            view = queries.same_kind_for(request.actor, task_id, today=today)
        else:
            messages.success(request, "已答复。查出的请逐项登记隐患。")
            return go(request, "hazards:same_kind", task_id)
    slots = slots_of(gathered, {PAPER_NAME: "对方签字或盖章的纸质凭据"} if others else {}, kinds)
    return _task_page(request, view, form, others, slots)


@require_http_methods(["GET", "POST"])
def new_task(request: StaffRequest) -> HttpResponse:
    """Open a task from an accident notice typed in."""
    let_in(request.actor, "hazards:new_same_kind")
    town_id = request.actor.town_id
    if town_id is None:
        raise Refusal("hazards.no_town", "举一反三由镇里布置。请从镇的岗位登录。")
    town = orgs.town(town_id)
    units = orgs.units_below(town.path, [UnitKind.VILLAGE, UnitKind.DEPARTMENT])
    form = TaskForm(
        [(str(one.id), one.short_name) for one in units], request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = NewTask(
            town_id=town_id,
            title=data["title"],
            notice=data["notice"],
            category=data["category"],
            words=data["words"],
            sector=data["sector"],
            features=tuple(data["features"]),
            units=tuple(UUID(one) for one in data["units"]),
        )
        try:
            made = services.open_same_kind(task=new, actor=request.actor, now=request.now)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            return go(request, "hazards:same_kind", made)
    return page_or_part(request, "hazards/same_kind_new.html", status=422 if form.errors else 200, form=form)


@require_POST
def end(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """End a task whose answers are in."""
    services.end_same_kind(task_id=task_id, actor=request.actor, now=request.now)
    messages.success(request, "已办结。")
    return go(request, "hazards:same_kind", task_id)


@require_GET
def paper(request: StaffRequest, task_id: UUID, evidence_id: UUID) -> FileResponse:
    """Send the paper on which somebody answered for a unit."""
    return sent(queries.same_kind_paper(request.actor, task_id, evidence_id))


def _task_page(
    request: StaffRequest, view: TaskView, form: ReplyForm, others: list[tuple[str, str]], slots: list[Slot]
) -> HttpResponse:
    is_office = request.actor.has_role(*OFFICE)
    context: dict[str, Any] = {
        "task": _line(view.line),
        "notice": view.notice,
        "about": "、".join(filter(None, (_CATEGORIES.get(view.category), _SECTORS.get(view.sector), view.words))),
        "replies": [(one, [_paper_href(view, paper) for paper in one.papers]) for one in view.replies],
        "has_trail": view.events > 0,
        "alike": _alike(request, view),
        "form": form,
        "slots": slots,
        "may_reply": _may_reply(view, request, others),
        "seen": " ".join(str(one.id) for one in view.replies if one.id),
        "reply_title": _reply_title(request, view),
        "may_end": view.line.is_open and view.line.replied > 0 and is_office,
        "wait_to_end": view.line.is_open and not view.line.replied and is_office,
        "is_office": is_office,
    }
    status = 422 if form.errors or any(one.problem for one in slots) else 200
    return page_or_part(request, "hazards/same_kind.html", status=status, **context)


def _paper_href(view: TaskView, paper: UUID) -> str:
    return reverse("hazards:same_kind_paper", args=[view.line.id, paper])


def _alike(request: StaffRequest, view: TaskView) -> list[dict[str, Any]]:
    """Return the places alike that this viewer may open, each with why."""
    found = queries.alike_for(request.actor, view.line.id)
    seen = request.actor.scope
    return [
        {
            "name": one.firm.name,
            "village": one.firm.village,
            "why": "；".join(one.reasons),
            "href": reverse("enterprises:show", args=[one.firm.id]),
        }
        for one in found
        if seen.covers(path=one.firm.path, sector=one.firm.lead_sector, enterprise_id=one.firm.id)
    ]


def _asks_own(request: StaffRequest, view: TaskView) -> bool:
    return bool(_own_asked(request, view))


def _own_asked(request: StaffRequest, view: TaskView) -> list[ReplyView]:
    """Return the viewer's own units that are asked, with their answers, those without one first."""
    own = [one for one in view.replies if one.unit.id in request.actor.own_units]
    return sorted(own, key=lambda one: one.replied_at is not None)


def _choices(own: Sequence[ReplyView]) -> list[tuple[str, str]]:
    return [(str(one.unit.id), one.unit.short_name + ("（更正）" if one.replied_at else "")) for one in own]


def _given(own: Sequence[ReplyView]) -> dict[str, Any]:
    """Return what stands in the form: the answer of the viewer's only unit, which can be corrected."""
    if len(own) != 1 or own[0].replied_at is None:
        return {}
    return {name: getattr(own[0], name) for name in ("checked", "found", "fixed", "note")}


def _answers_for(request: StaffRequest, view: TaskView) -> list[tuple[str, str]]:
    """Return the units that the office may answer for: those where nobody can log in, those without an answer first.

    None for whom is asked.
    """
    if _asks_own(request, view) or not request.actor.has_role(*OFFICE):
        return []
    themselves = queries.answering_posts([one.unit.id for one in view.replies], on=day_of(request.now))
    waiting_first = sorted(view.replies, key=lambda one: one.replied_at is not None)
    return [(str(one.unit.id), one.unit.short_name) for one in waiting_first if one.unit.id not in themselves]


def _reply_title(request: StaffRequest, view: TaskView) -> str:
    own = _own_asked(request, view)
    if not own:
        return "代为答复"
    if len(own) > 1:
        return "各单位分别答复"
    name = own[0].unit.short_name if len(request.actor.own_units) > 1 else "本单位"
    return f"更正{name}的答复" if own[0].replied_at else f"{name}答复"


def _may_reply(view: TaskView, request: StaffRequest, others: list[tuple[str, str]]) -> bool:
    return view.line.is_open and (_asks_own(request, view) or bool(others))


def _reply_of(request: StaffRequest, view: TaskView, said: dict[str, Any], gathered: Gathered) -> Reply:
    figures: dict[str, Any] = {name: said[name] for name in ("checked", "found", "fixed", "note")}
    figures["seen"] = frozenset(one for one in map(identity, request.POST.get("seen", "").split()) if one)
    named = said.get("unit", "")
    if "acting_for" in said:
        papers = tuple(one.id for one in gathered.files.get(PAPER_NAME, ()))
        return Reply(unit_id=UUID(named), acting_for=said["acting_for"], papers=papers, **figures)
    own = _own_asked(request, view)  # `_may_reply` has seen one among those asked
    return Reply(unit_id=UUID(named) if named else own[0].unit.id, **figures)


def _line(line: TaskLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "href": reverse("hazards:same_kind", args=[line.id]),
        "hazard_href": reverse("hazards:show", args=[line.hazard_id]) if line.hazard_id else "",
        "due": line.due_on,
        "asked": line.asked,
        "replied": line.replied,
        "checked": line.checked,
        "found": line.found,
        "fixed": line.fixed,
        "is_open": line.is_open,
    }
