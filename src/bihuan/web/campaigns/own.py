"""The safe builder of own indicators: choose records and a filter, count or rate, look at the number, then keep it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.own import (
    LONGEST,
    LONGEST_WORDS,
    PERIOD_NAMES,
    RECORD_NAMES,
    Choice,
    Offer,
    OwnForm,
    choice_of,
    offer_of,
)
from bihuan.campaigns.rules.own_target import HOWS, target_fields, target_text
from bihuan.campaigns.rules.shown import OwnPreview, Side
from bihuan.campaigns.rules.terms import Kind, Only
from bihuan.hazards.rules.states import SOURCE_NAMES
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitRef
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.web.campaigns.asked import row_of_address
from bihuan.web.campaigns.indicators import LEVELS
from bihuan.web.campaigns.plan import rows_href
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.intake.gate import identity
from bihuan.web.numbers import whole

LATE: Final = frozenset({"late", "closed_late"})  # filters that say how a deadline was kept
KINDS: Final = ((str(Kind.COUNT), "计数：有多少"), (str(Kind.RATE), "比率：占多少"))
LEVEL_CHOICES: Final = (("", "不分级别"), *LEVELS.items())
UNIT: Final = "项"
SHORT: Final = 40  # characters of a clause in a menu
Choices = list[tuple[str, list[tuple[str, str]]]]


class BuilderForm(forms.Form):
    """What is counted, of what, and for which clause."""

    clause = forms.ChoiceField(label="用来衡量哪一条要求", error_messages={"required": "请选哪一条要求。"})
    title = forms.CharField(label="指标名称", max_length=LONGEST, error_messages={"required": "请写指标名称。"})
    kind = forms.ChoiceField(label="计数还是比率", choices=KINDS, widget=forms.RadioSelect, initial=Kind.COUNT)
    part = forms.ChoiceField(label="数哪些记录", error_messages={"required": "请选要数的记录。"})
    part_level = forms.ChoiceField(label="隐患级别", choices=LEVEL_CHOICES, required=False)
    whole = forms.ChoiceField(label="占哪些记录", required=False, help_text="算比率才选，日期口径要和上面一样。")
    whole_level = forms.ChoiceField(label="作整体的隐患级别", choices=LEVEL_CHOICES, required=False)
    path = forms.ChoiceField(label="只看哪个村（社区）", required=False, help_text="这一项和下面三项对分子、分母都算。")
    sector = forms.MultipleChoiceField(
        label="只看哪些行业", choices=list(SECTOR_NAMES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.ChoiceField(label="只看哪种来源", choices=[("", "不限"), *SOURCE_NAMES.items()], required=False)
    words = forms.CharField(
        label="隐患情况里有",
        max_length=LONGEST_WORDS,
        required=False,
        help_text="如 电线、疏散。只用于隐患和挂牌督办。",
    )
    how = forms.ChoiceField(label="目标", choices=[("", "不定目标"), *HOWS.items()], required=False)
    target = forms.CharField(
        label="目标数",
        max_length=8,
        required=False,
        help_text="比率写百分数，如 95；计数写整数。定了目标，方案页才会说达标还是落后。",
    )
    unit = forms.CharField(label="计数的单位", max_length=4, required=False, help_text="如 项、家、份。算比率不用填。")
    part_of = forms.ChoiceField(
        label="是哪个指标的其中一部分",
        required=False,
        help_text="只用于计数。选了，报表里核对它不多于那个指标。",
    )
    is_sure = forms.BooleanField(label="没有选错，照样用", required=False)

    def __init__(
        self,
        *words: Any,
        clauses: Sequence[tuple[str, str]],
        offers: Sequence[Offer],
        villages: Sequence[tuple[str, str]],
        wholes: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        """Offer the clauses of the plan, what can be counted exactly on any day, the villages of the town, and the own
        counts of which it can be a part."""
        super().__init__(*words, **more)
        self.villages = dict(villages)
        menus: dict[str, Any] = {"clause": [("", "请选"), *clauses]}
        menus |= {"part": [("", "请选"), *_menu(offers)], "whole": [("", "不选"), *_menu(offers)]}
        menus |= {"path": [("", "全镇"), *villages], "part_of": [("", "不是哪个的其中"), *wholes]}
        for name, choices in menus.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared so above
            field.choices = choices


def _menu(offers: Sequence[Offer]) -> Choices:
    """Group what can be counted by its records, and by what day a record falls into the period."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in offers:
        by = "期限" if any(name in LATE for name, _ in one.filters) else f"按{PERIOD_NAMES[one.period]}"
        group = f"{RECORD_NAMES[one.records]}（{by}）"
        found.setdefault(group, []).append((one.name, one.title))
    return list(found.items())


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Ask what is to be counted, show the number, and keep it as an indicator of a clause."""
    campaign = _to_measure(request, campaign_id)
    form = _form(request, campaign, {"clause": row_of_address(request, "clause") or "", "unit": UNIT})
    if request.method == "POST" and form.is_valid():
        try:
            key = services.take_own_figure(
                campaign_id=campaign_id,
                seen_version=whole(request.POST.get("seen_version", "")) or 0,
                clause_id=_clause(form),
                form=_own(form),
                is_sure=form.cleaned_data["is_sure"],
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, "指标已加上，方案页照它算数。")
            return go(request, "campaigns:indicator", campaign_id, key)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _page(request, campaign, form, title="自定指标", verb="就用这个指标")


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, campaign_id: UUID, key: str) -> HttpResponse:
    """Put a new edition in the place of an own indicator."""
    campaign = _to_measure(request, campaign_id)
    view = queries.indicator_for(request.actor, campaign_id, key, today=day_of(request.now))
    if view.form is None:
        raise NotFound("campaigns.no_own", "没有找到这个自定指标。请从“指标”页重新打开。")
    given = _given(view.form) | {"clause": str(view.clause_id)}
    form = _form(request, campaign, given, only=view.clause_id, key=key)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.change_own_figure(
                campaign_id=campaign_id,
                seen_version=whole(request.POST.get("seen_version", "")) or 0,
                key=key,
                form=_own(form),
                is_sure=form.cleaned_data["is_sure"],
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, "已换成新的一版，上一版留在下面。")
            return go(request, "campaigns:indicator", campaign_id, made)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    drop = reverse("campaigns:drop_own", args=(campaign_id, key))
    return _page(request, campaign, form, title=f"改“{view.form.title}”", verb="换成这一版", drop_href=drop)


@require_POST
def drop(request: StaffRequest, campaign_id: UUID, key: str) -> HttpResponse:
    """Use an own indicator no longer, for a reason."""
    try:
        services.drop_own_figure(
            campaign_id=campaign_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            key=key,
            why=request.POST.get("why", ""),
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, "不再用这个指标；它的各版和理由都留着。")
        return go(request, "campaigns:indicators", campaign_id)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:change_own", campaign_id, key)


def _to_measure(request: StaffRequest, campaign_id: UUID) -> CampaignView:
    """Return a campaign whose clauses this person may measure now; refuse with the reason otherwise."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    must(request.actor, CampaignAct.MEASURE, CampaignState(campaign.state), path=campaign.path)
    return campaign


def _form(
    request: StaffRequest, campaign: CampaignView, given: Mapping[str, Any], *, only: UUID | None = None, key: str = ""
) -> BuilderForm:
    """Return the form as it was sent (to look, by its address; to keep, as a POST), or as it begins.

    only, key: the clause of an indicator that is changed, and its key.
    """
    sent: QueryDict | None = (
        request.POST if request.method == "POST" else request.GET if "title" in request.GET else None
    )
    found = [one for one in queries.clauses_of(request.actor, campaign.id) if only in {None, one.id}]
    clauses = [(str(one.id), f"{one.label} {one.text[:SHORT]}") for one in found]
    villages = [(one.path, one.short_name) for one in _villages(request)]
    wholes = [(one.line, one.form.title) for one in queries.own_wholes(request.actor, campaign.id, key=key)]
    menus: dict[str, Any] = {"clauses": clauses, "offers": queries.offers(), "villages": villages, "wholes": wholes}
    return BuilderForm(sent, initial=dict(given), **menus)


def _villages(request: StaffRequest) -> Sequence[UnitRef]:
    return orgs.areas_of(request.actor.town_id)[1:] if request.actor.town_id is not None else []


def _given(form: OwnForm) -> dict[str, Any]:
    """Return the fields of an indicator that is kept."""
    offers = queries.offers()
    part, level = offer_of(form.part, offers)
    over, over_level = offer_of(form.whole, offers) if form.whole is not None else ("", "")
    how, target = target_fields(form.target)
    more: dict[str, Any] = {"whole": over, "whole_level": over_level, "unit": form.unit, "how": how, "target": target}
    more |= {"sector": list(form.sectors), "part_of": form.part_of, **form.only._asdict()}
    return {"title": form.title, "kind": form.kind, "part": part, "part_level": level} | more


def _clause(form: BuilderForm) -> UUID:
    found = identity(form.cleaned_data["clause"])
    assert found is not None  # noqa: S101 -- one of the choices
    return found


def _own(form: BuilderForm) -> OwnForm:
    """Return what the form says, as the rules take it; a count has no whole, whatever stands in its field."""
    said, offers = form.cleaned_data, {one.name: one for one in queries.offers()}

    def choice(name: str) -> Choice | None:
        return choice_of(offers[said[name]], said[f"{name}_level"]) if said[name] in offers else None

    part = choice("part")
    assert part is not None  # noqa: S101 -- one of the choices
    over = choice("whole") if said["kind"] == Kind.RATE else None
    return OwnForm(
        said["title"],
        said["kind"],
        part,
        over,
        said["unit"].strip() or UNIT,
        sectors=tuple(said["sector"]),
        only=Only(said["path"], said["source"], said["words"].strip()),
        place=form.villages.get(said["path"], ""),
        target=target_text(said["how"], said["target"], is_rate=said["kind"] == Kind.RATE),
        part_of=said["part_of"] if said["kind"] == Kind.COUNT else "",
    )


def _page(
    request: StaffRequest, campaign: CampaignView, form: BuilderForm, *, title: str, verb: str, drop_href: str = ""
) -> HttpResponse:
    preview = _preview(request, campaign, form) if form.is_bound and form.is_valid() else None
    return page_or_part(
        request,
        "campaigns/own.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        form=form,
        title=title,
        verb=verb,
        preview=preview,
        drop_href=drop_href,
        back=reverse("campaigns:indicators", args=(campaign.id,)),
    )


def _preview(request: StaffRequest, campaign: CampaignView, form: BuilderForm) -> dict[str, Any] | None:
    found = queries.own_preview(request.actor, campaign.id, _own(form), today=day_of(request.now))
    if isinstance(found, str):
        form.add_error(None, found)
        return None
    return {
        "said": found,
        "sides": [_side(found, number, side) for number, side in enumerate(found.sides)],
        "fields": [(name, value) for name in form.fields if name != "is_sure" for value in _sent(form, name)],
    }


def _sent(form: BuilderForm, name: str) -> list[str]:
    """Return what was sent in a field: several for one of several choices."""
    assert isinstance(form.data, QueryDict)  # noqa: S101 -- a bound form of a request
    return [str(one) for one in form.data.getlist(name)]


def _side(found: OwnPreview, number: int, side: Side) -> dict[str, Any]:
    links = found.now.denominator_rows if number else found.now.numerator_rows
    return {
        "said": side,
        "href": rows_href(links, side.amount),
        "rows": [(one.title, one.note, reverse(one.page, args=one.args)) for one in side.rows],
        "more": max((side.total or 0) - len(side.rows), 0),
    }
