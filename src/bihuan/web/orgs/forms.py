"""Forms of units, posts and hand-over."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms

from bihuan.orgs.rules import POST_KIND_NAMES, UNIT_KIND_NAMES, PostKind, UnitKind, UnitRef, UserRef

TEXT = {"class": "form-control", "autocomplete": "off"}
SELECT = {"class": "form-select"}
VACANT = "vacant"  # the choice that leaves a post empty


class NewUnitForm(forms.Form):
    """A unit below another one."""

    kind = forms.ChoiceField(label="类别", widget=forms.Select(attrs=SELECT))
    name = forms.CharField(
        label="全称", max_length=64, error_messages={"required": "请填全称。"}, widget=forms.TextInput(attrs=TEXT)
    )
    short_name = forms.CharField(
        label="简称",
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
        help_text="列表里用，不填就用全称。",
    )
    code = forms.CharField(
        label="行政区划代码",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={**TEXT, "inputmode": "numeric"}),
        help_text="村（社区）、镇、县填 12 位统计用区划代码；村没有代码就留空，系统先排一个。",
    )

    def __init__(self, *args: Any, kinds: Iterable[UnitKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, UNIT_KIND_NAMES[kind]) for kind in kinds]  # type: ignore[attr-defined]  # a ChoiceField has them


class NewPostForm(forms.Form):
    """A post in a unit."""

    title = forms.CharField(
        label="岗位名称",
        max_length=64,
        error_messages={"required": "请填岗位名称。"},
        widget=forms.TextInput(attrs=TEXT),
        help_text="按岗位叫，不按人叫，比如“主任”“网格员”“工业监管岗”。",
    )
    kind = forms.ChoiceField(
        label="类别",
        choices=[
            (kind.value, name)
            for kind, name in POST_KIND_NAMES.items()
            if kind not in {PostKind.ENTERPRISE, PostKind.ADMIN}
        ],
        initial=PostKind.STAFF.value,
        widget=forms.Select(attrs=SELECT),
    )


class RenameForm(forms.Form):
    """New names of a unit; seen_version guards against writing over somebody else's change."""

    name = forms.CharField(
        label="全称", max_length=64, error_messages={"required": "请填全称。"}, widget=forms.TextInput(attrs=TEXT)
    )
    short_name = forms.CharField(label="简称", max_length=32, required=False, widget=forms.TextInput(attrs=TEXT))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(forms.Form):
    """Why a unit is closed, and which one takes over what it answers for."""

    merged_into_id = forms.TypedChoiceField(
        label="并入",
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=forms.Select(attrs=SELECT),
        help_text="接收的单位从今天起牵头它的行业；村（社区）没有挂钩领导的，接过它的挂钩领导。",
    )
    reason = forms.CharField(
        label="撤销的依据",
        max_length=200,
        error_messages={"required": "请写明撤销的依据，比如文件号。"},
        widget=forms.TextInput(attrs=TEXT),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Iterable[UnitRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "不并入别的单位"), *((str(one.id), one.name) for one in units)]
        self.fields["merged_into_id"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them


class HandOverForm(forms.Form):
    """Who takes over a post, and from when."""

    to_user_id = forms.ChoiceField(
        label="接手的人",
        error_messages={"required": "请选接手的人；暂时没有人，就选“先空着”。"},
        widget=forms.Select(attrs=SELECT),
    )
    from_on = forms.DateField(
        label="从哪天起",
        error_messages={"required": "请填交接日。", "invalid": "日期写成 2018-02-14 这样。"},
        widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label="依据或原因", max_length=200, required=False, widget=forms.TextInput(attrs=TEXT))

    def __init__(self, *args: Any, people: Sequence[UserRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", "请选接手的人"),
            (VACANT, "（先空着）"),
            *((str(one.id), f"{one.name}（{one.account}）") for one in people),
        ]
        self.fields["to_user_id"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them


class DutiesForm(forms.Form):
    """The duty list of a post."""

    items = forms.CharField(
        label="责任清单",
        error_messages={"required": "责任清单是空的。请至少写一条职责。"},
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 10}),
        help_text="一行一条。",
    )
    basis = forms.CharField(
        label="依据", max_length=200, required=False, widget=forms.TextInput(attrs=TEXT), help_text="比如文件名和文号。"
    )


class NewFieldForm(forms.Form):
    """A new field of duty."""

    name = forms.CharField(
        label="领域",
        max_length=64,
        error_messages={"required": "请填领域名称。"},
        widget=forms.TextInput(attrs={**TEXT, "placeholder": "比如“城乡建设”"}),
    )
