"""Report a hazard from a phone (or a desk): picture first, then where and what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.enterprises.rules.matching import Wanted
from bihuan.hazards import services
from bihuan.hazards.rules.facts import Proof
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.sources import default_source, sources_of
from bihuan.hazards.rules.states import (
    CATEGORY_NAMES,
    PLACE_NAMES,
    SOURCE_NAMES,
    Category,
    FileRole,
    PlaceKind,
    Source,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.trail.rules.files import FileKind
from bihuan.web.doors import let_in
from bihuan.web.evidence import Gathered, gather
from bihuan.web.field.places import ground_of
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.slots import Slot, slots_of

PHOTOS: Final = {FileRole.BEFORE.value: FileKind.PHOTO}
OFFERED: Final = 12
KINDS: Final = [(str(one), PLACE_NAMES[one]) for one in PlaceKind]
NO_PLACE: Final = "请写在哪里：企业名称或场所名称。"
ABOVE: Final = "您的岗位在镇以上，公共场所和单位的隐患请交所在的镇或村（社区）登记。"
ONLY_FIRMS: Final = "您的岗位只管指定的企业。公共场所和单位的隐患，请告诉所在的村（社区）或安监办登记。"
SAID: Final = 3  # names in a sentence


class ReportForm(forms.Form):
    """What a finding says. `id` is made with the page, so that sending twice reports once."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.CharField(
        label="企业或场所",
        max_length=120,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
        required=False,
    )
    kind = forms.ChoiceField(label="是什么地方", required=False, choices=KINDS, widget=forms.RadioSelect)
    village = forms.ChoiceField(label="所在的村（社区）", required=False)
    unit = forms.ChoiceField(label="单位", required=False)
    sector = forms.ChoiceField(label="哪个行业", required=False)
    part = forms.CharField(label="部位", max_length=120, required=False, help_text="车间、楼层、设备")
    description = forms.CharField(
        label="隐患情况",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写一句看到了什么，例如：东侧安全出口被纸箱堵住。"},
    )
    category = forms.ChoiceField(
        label="隐患类型", required=False, choices=[("", "以后再定"), *((c.value, n) for c, n in CATEGORY_NAMES.items())]
    )
    source = forms.ChoiceField(
        label="来源",
        error_messages={"invalid_choice": "这个来源不由您的岗位登记。上级交办的，请安监办从上级清单导入。"},
    )

    def __init__(self, actor: Actor, now: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.now = now
        self.firm: Firm | None = None
        self.fields["source"].choices = [(one.value, SOURCE_NAMES[one]) for one in sources_of(actor.role_names)]  # type: ignore[attr-defined] # -- a choice field
        self.ground = ground_of(actor, on=day_of(now))
        if actor.enterprise_id is not None:
            for name in ("place", "kind", "village", "unit", "sector", "source"):
                del self.fields[name]
            return
        self._offer("village", [(str(one.id), one.name) for one in self.ground.villages], first=self.ground.own)
        self._offer("unit", [(str(one.id), one.name) for one in self.ground.units])
        self._offer("sector", self.ground.sector_names(), first=next(iter(self.ground.sectors), ""))
        self.fields["kind"].initial = PlaceKind.ENTERPRISE.value

    def _offer(self, name: str, choices: list[tuple[str, str]], *, first: str = "") -> None:
        self.fields[name].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined] # -- a choice field
        self.fields[name].initial = first

    @property
    def place_kind(self) -> PlaceKind:
        """What kind of place is said; an enterprise where nothing is."""
        return PlaceKind(self.cleaned_data.get("kind") or PlaceKind.ENTERPRISE)

    def clean(self) -> dict[str, Any]:
        """Find the enterprise, village or unit that is meant; ask when it is not clear."""
        data = super().clean() or {}
        if self.actor.enterprise_id is not None:
            self.firm = enterprises.firm_for(self.actor, self.actor.enterprise_id)
        elif self.place_kind is PlaceKind.ENTERPRISE:
            self._find(data["place"]) if data.get("place") else self.add_error("place", NO_PLACE)
        else:
            self._ask_where(data)
        return data

    def _ask_where(self, data: dict[str, Any]) -> None:
        """Ask for what a public place or a unit needs, or say who reports it."""
        if not (self.ground.villages or self.ground.units):
            self.add_error("kind", ABOVE if self.actor.town_id is None else ONLY_FIRMS)
        elif self.place_kind is PlaceKind.UNIT:
            if not data.get("unit"):
                self.add_error("unit", "请选是哪个单位。")
        else:
            if not data.get("place"):
                self.add_error("place", NO_PLACE)
            if not data.get("village"):
                self.add_error("village", "请选在哪个村（社区），由它负责整改。")

    def _find(self, name: str) -> None:
        if self.actor.town_id is None:
            self._take_the_only_one(name, [])
            return
        found = enterprises.match(self.actor.town_id, [Wanted(name.strip())])[0]
        try:
            self.firm = enterprises.firm_for(self.actor, found.firm.id) if found.firm else None
        except NotFound:
            self.add_error("place", "这家企业不在您的管辖范围内。请核对名称，或报给安监办。")
            return
        if self.firm is None:
            self._take_the_only_one(name, [one.firm.name for one in found.candidates])

    def _take_the_only_one(self, name: str, near: Sequence[str]) -> None:
        """Take the one enterprise whose name holds these words; offer those that could be meant where it is not one."""
        said = enterprises.found_for(self.actor, name.strip(), now=self.now, first_n=OFFERED)
        if len(said) == 1:
            self.firm = enterprises.firm_for(self.actor, UUID(str(said[0].url_args[0])))
            return
        names = "、".join([one.title for one in said][:SAID] or near[:SAID])
        hint = f"是不是 {names}？请改成其中一个；" if names else "请核对名称；"
        what = f"叫“{name}”的企业不止一家。" if said else f"没有找到叫“{name}”的企业。"
        self.add_error("place", f"{what}{hint}不是企业的，请选公共场所或单位。")


@require_http_methods(["GET", "POST"])
def report(request: StaffRequest) -> HttpResponse:
    """Show the form, or report what it says."""
    let_in(request.actor, "field:report")
    if request.method == "GET":
        form = ReportForm(request.actor, request.now, initial=_first(request))
        return _page(request, form, Gathered())
    gathered = gather(request, PHOTOS, town_id=request.actor.town_id)
    form = ReportForm(request.actor, request.now, request.POST)
    if form.is_valid() and not gathered.problems:
        try:
            done = services.report(new=_new(request, form, gathered), actor=request.actor, now=request.now)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, f"已登记，编号 {done.number}。安监办会来核实定级。")
            return go(request, "hazards:show", done.hazard_id)
    return _page(request, form, gathered, status=422)


@require_GET
def places(request: StaffRequest) -> HttpResponse:
    """Offer names of enterprises while one is typed, as options of the field's list."""
    found = enterprises.found_for(request.actor, request.GET.get("place", "")[:60], now=request.now, first_n=OFFERED)
    return HttpResponse(
        format_html_join("", '<option value="{}">{}</option>', ((one.title, one.note) for one in found))
    )


def _first(request: StaffRequest) -> dict[str, Any]:
    first: dict[str, Any] = {"id": new_id(), "source": default_source(request.actor.role_names).value}
    wanted = request.GET.get("firm", "")
    if wanted and request.actor.enterprise_id is None:
        try:
            first["place"] = enterprises.firm_for(request.actor, UUID(wanted)).name
        except (ValueError, NotFound):
            first["place"] = ""
    return first


def _new(request: StaffRequest, form: ReportForm, gathered: Gathered) -> NewHazard:
    data, actor, firm = form.cleaned_data, request.actor, form.firm
    photos = gathered.files[FileRole.BEFORE.value]
    town_id = firm.town_id if firm else actor.town_id
    assert town_id is not None  # noqa: S101 -- the form refuses a place above towns
    return NewHazard(
        id=data["id"],
        town_id=town_id,
        **_where(form),
        part=data["part"],
        description=data["description"],
        category=Category(data["category"] or Category.OTHER),
        source=Source(data.get("source") or default_source(actor.role_names)),
        found_on=day_of(request.now),
        files=tuple(
            Proof(evidence_id=one.id, is_photo=True, role=FileRole.BEFORE, pair=str(number))
            for number, one in enumerate(photos, start=1)
        ),
    )


def _where(form: ReportForm) -> dict[str, Any]:
    """Return where it lies: the enterprise, the village of a public place, or the unit."""
    data, firm = form.cleaned_data, form.firm
    if firm is not None:
        return {"enterprise_id": firm.id}
    if form.place_kind is PlaceKind.UNIT:
        return {"place_kind": PlaceKind.UNIT, "place_unit_id": UUID(data["unit"])}
    village = form.ground.village(data["village"])
    return {
        "place_kind": PlaceKind.PUBLIC_PLACE,
        "place_name": data["place"],
        "path": village.path if village else "",
        "sector": (data.get("sector") or form.ground.sectors[0]) if form.ground.sectors else "",
    }


def _page(request: StaffRequest, form: ReportForm, gathered: Gathered, *, status: int = 200) -> HttpResponse:
    slots: list[Slot] = slots_of(gathered, {FileRole.BEFORE.value: "照片"}, PHOTOS)
    return page_or_part(request, "field/report.html", status=status, form=form, slots=slots, draft=draft_key(request))


def draft_key(request: HttpRequest) -> str:
    """Return the name under which a phone keeps this form: by person and page, so that nobody meets another's words."""
    actor: Actor = request.actor  # type: ignore[attr-defined] # -- the people middleware puts it there
    return f"{actor.user_id}:{request.path}"
