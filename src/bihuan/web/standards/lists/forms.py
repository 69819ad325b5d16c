"""The form in which a checklist is written: its head, and its items with what each rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict

from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Feature, Sector
from bihuan.standards.rules.listing import (
    HOW_LENGTH,
    LOOK_LENGTH,
    MOST_ITEMS,
    TITLE_LENGTH,
    Draft,
    DraftItem,
    Source,
    source_of,
    sources_of,
)
from bihuan.standards.rules.loading import Area
from bihuan.standards.rules.sectors import EVERY_SECTOR
from bihuan.web.numbers import whole
from bihuan.web.standards.forms import BAD_DATE

ALL: Final = "all"
NO_WHY: Final = "请写明原因。"
_MOST_KEYS: Final = MOST_ITEMS + 20  # more than that were not sent by our page


class HeadForm(forms.Form):
    """What a list is called, where it fits, from when it is used. What is wrong is told by the rules, all at once."""

    title = forms.CharField(
        label="名称",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "maxlength": TITLE_LENGTH}),
    )
    note = forms.CharField(
        label="适用说明",
        required=False,
        max_length=2000,
        help_text="哪些场所用，哪些不用。",
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )
    sectors = forms.MultipleChoiceField(
        label="适用行业",
        required=False,
        choices=[(ALL, "通用（各行业）"), *((one.value, SECTOR_NAMES[one]) for one in Sector)],
        widget=forms.CheckboxSelectMultiple,
    )
    features = forms.MultipleChoiceField(
        label="安全特征",
        required=False,
        help_text="选了特征的，有其中一项的企业才用；不选的，按行业用。",
        choices=[(one.value, FEATURE_NAMES[one]) for one in Feature],
        widget=forms.CheckboxSelectMultiple,
    )
    instead = forms.BooleanField(label="在这里代替原表（原表不再列出，仍可按日期翻看）", required=False)
    area = forms.ChoiceField(label="给谁用", required=False, widget=forms.Select(attrs={"class": "form-select"}))
    valid_from = forms.DateField(
        label="从哪天起用",
        required=False,
        help_text="今天或以后。那以前的检查照原来的版本。",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": BAD_DATE},
    )
    why = forms.CharField(
        label="为什么",
        required=False,
        max_length=256,
        help_text="如：木器厂多，加上打磨工位的项目。保存时必填。",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    copied = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    looked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Sequence[Area], has_origin: bool, **kwargs: Any) -> None:
        """Offer the areas for which this person may write; what replaces its origin has one."""
        super().__init__(*args, **kwargs)
        self.areas = {one.path: one for one in areas}
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [(one.path, one.name) for one in areas]
        if len(areas) == 1:
            field.widget = forms.HiddenInput()
        if not has_origin:
            del self.fields["instead"]

    def area_chosen(self) -> Area:
        """Return for whom the list is; the widest area where none was said."""
        return self.areas.get(str(self.cleaned_data.get("area") or "")) or next(iter(self.areas.values()))

    def day(self, today: date) -> date:
        """Return the first day of the version; of a form that was not sent yet, the day that it opens with."""
        given = self.cleaned_data if self.is_bound else self.initial
        day: date = given.get("valid_from") or today
        return day


class RetireForm(forms.Form):
    """From which day a list is no longer offered, and why."""

    since = forms.DateField(
        label="从哪天起停用",
        help_text="今天或以后。这一天以前仍可翻看。",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写从哪天起停用。", "invalid": BAD_DATE},
    )
    why = forms.CharField(
        label="原因",
        max_length=256,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": NO_WHY},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Press:
    """What a button of the form asks. verb: its first part; key: the item; rest: a source, as `Source.code`."""

    verb: str
    key: int = 0
    rest: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that the button names."""
        return sources_of(self.rest)


def press_of(sent: QueryDict) -> Press:
    """Read which button was pressed. Enter in a box of words to look for is the button beside it."""
    verb, _, rest = str(sent.get("act") or "look").partition(":")
    key, _, more = rest.partition(":")
    if verb != "enter":
        return Press(verb, _number(key), more)
    asked = [one for one in keys_of(sent) if (sent.get(f"item-{one}-q") or "").strip()]
    return Press("find", asked[0]) if asked else Press("look")


def keys_of(sent: QueryDict) -> list[int]:
    """Return the keys of the items that were sent, in their order, each once."""
    keys = (_number(one) for one in sent.getlist("keys")[:_MOST_KEYS])
    return [one for one in dict.fromkeys(keys) if one]


def _number(text: str) -> int:
    return whole(text, 4) or 0


def draft_sent(form: HeadForm, sent: QueryDict, before: Draft) -> Draft:
    """Return the draft that a form holds. before: what it was opened with, whose origin it keeps."""
    given = form.cleaned_data
    chosen = given.get("sectors") or ()
    sectors = EVERY_SECTOR if ALL in chosen else frozenset(map(Sector, chosen))
    return replace(
        before,
        title=str(given.get("title") or "").strip(),
        note=str(given.get("note") or "").strip(),
        sectors=sectors,
        features=frozenset(map(Feature, given.get("features") or ())),
        instead=bool(given.get("instead")),
        items=tuple(_item(sent, key) for key in keys_of(sent)),
    )


def _item(sent: QueryDict, key: int) -> DraftItem:
    sources = (source_of(code) for code in sent.getlist(f"item-{key}-src"))
    return DraftItem(
        key,
        (sent.get(f"item-{key}-look_at") or "").strip()[: 4 * LOOK_LENGTH],
        " ".join((sent.get(f"item-{key}-how") or "").split())[: 4 * HOW_LENGTH],
        tuple(one for one in sources if one is not None),
        (sent.get(f"item-{key}-from") or "")[:64],
    )


def head_of(draft: Draft, **more: Any) -> dict[str, Any]:
    """Return the facts of a draft as the form shows them."""
    sectors = [ALL] if draft.sectors == EVERY_SECTOR else sorted(draft.sectors)
    return {
        "title": draft.title,
        "note": draft.note,
        "sectors": sectors,
        "features": sorted(draft.features),
        "instead": draft.instead,
        **more,
    }
