"""The forms of a campaign's registers. Enterprises are named one to a line, as their register knows them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms

from bihuan.campaigns.rules.registers import CHAIR_NAMES, STUDY_NAMES
from bihuan.enterprises import queries as enterprises
from bihuan.kernel.actor import Actor

Choices = Sequence[tuple[str, str]]
MOST_FIRMS: Final = 30
TOWN: Final = "town"


def day_field(label: str, say: str, *, required: bool = True) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, error_messages={"required": say})


def text_field(label: str, most: int, say: str = "", *, rows: int = 0, help_text: str = "") -> forms.CharField:
    """Return a field for text; say: what is asked for when it is empty, "" where it may be."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(say),
        widget=widget,
        help_text=help_text,
        error_messages={"required": say},
    )


class RecordForm(forms.Form):
    """What every record has: its day."""

    on = day_field("日期", "请填日期。")

    def __init__(
        self, viewer: Actor, choices: dict[str, Choices], *args: Any, today: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": {"on": today}, **kwargs})
        self.viewer = viewer
        if not self.is_bound:
            self.fields.pop("is_sure", None)  # nobody has doubted a day yet
        for name, found in choices.items():
            if name in self.fields:
                self.fields[name].choices = found  # type: ignore[attr-defined] # -- a choice field

    def firms_of(self, name: str) -> list[UUID]:
        """Return the enterprises named in a field, one to a line; what is not one of them is said beside it."""
        found: list[UUID] = []
        lines = [one.strip() for one in self.cleaned_data.get(name, "").splitlines() if one.strip()]
        if len(lines) > MOST_FIRMS:
            raise forms.ValidationError(f"一次最多写 {MOST_FIRMS} 家，请分几次登记。")
        for line in lines:
            ids = enterprises.called(self.viewer, line, most=5)
            exact = [one.id for one in enterprises.firms(ids).values() if line in {one.name, one.short_name}]
            fitting = exact or ids
            if len(fitting) != 1:
                why = "有几家都像它，请写全称" if fitting else "您管辖的企业里没有它，请照企业档案里的名称写"
                raise forms.ValidationError(f"“{line}”：{why}。")
            found.append(fitting[0])
        return found


class MeetingForm(RecordForm):
    """A scheduling meeting."""

    unit = forms.ChoiceField(label="召开单位", error_messages={"required": "请选由哪个单位召开。"})
    title = text_field("会议名称", 120, "请写会议名称。")
    host = text_field("主持人", 64, "请写主持人。")
    chair = forms.ChoiceField(label="主持人是", choices=[(one.value, name) for one, name in CHAIR_NAMES.items()])
    place = text_field("地点", 80)
    attendees = forms.MultipleChoiceField(label="参会单位", required=False, widget=forms.CheckboxSelectMultiple)
    others = text_field("其他参会人", 200)
    note = text_field("会议情况", 4000, rows=4)


class DecisionForm(RecordForm):
    """What a meeting decided."""

    on = None  # type: ignore[assignment] # -- the meeting's own day
    issue = text_field("问题", 200)
    text = text_field("议定办什么", 400, "请写清办什么。", rows=2)
    owner = forms.ChoiceField(label="承办单位", error_messages={"required": "请选承办单位。"})
    due_on = day_field("办结时限", "请填办结时限。")
    is_sure = forms.BooleanField(label="日期没有写错", required=False)


class ProblemForm(RecordForm):
    """A key problem."""

    problem = text_field("问题", 400, "请写问题是什么。", rows=3)
    raised_by = text_field("谁提出的", 64, "请写问题由谁提出。")
    meeting = forms.ChoiceField(label="在哪次会议上研究", required=False)
    decision = text_field("怎么定的", 400, rows=2)
    owner = forms.ChoiceField(label="责任单位", error_messages={"required": "请选责任单位。"})
    due_on = day_field("办结时限", "请填办结时限。")
    is_sure = forms.BooleanField(label="日期没有写错", required=False)


class LedVisitForm(RecordForm):
    """A led inspection."""

    post = forms.ChoiceField(label="带队领导", error_messages={"required": "请选带队领导。"})
    companions = text_field("陪同检查的人", 200, "请写陪同检查的人。")
    firms = text_field("检查的企业", 4000, "请写检查过的企业。", rows=3, help_text="一行一家，照企业档案里的名称写")
    record_no = text_field("检查记录编号", 64, help_text="没有现场照片的要写")
    findings = text_field("发现的问题", 400, rows=3)
    nothing_found = forms.BooleanField(label="未发现问题", required=False)

    def clean_firms(self) -> list[UUID]:
        """Read the names."""
        return self.firms_of("firms")


class StudyForm(RecordForm):
    """A lesson."""

    unit = forms.ChoiceField(label="单位", error_messages={"required": "请选单位。"})
    kind = forms.ChoiceField(label="形式", choices=[(one.value, name) for one, name in STUDY_NAMES.items()])
    title = text_field("内容", 120, "请写学习或者培训的内容。")
    led_by = forms.ChoiceField(label="谁主持", choices=[(one.value, name) for one, name in CHAIR_NAMES.items()])
    persons = forms.IntegerField(label="参加人数", min_value=1, error_messages={"required": "请填参加人数。"})
    unit_head = forms.BooleanField(label="本单位负责人参加了", required=False)
    firms = text_field("参加的企业主要负责人", 4000, rows=3, help_text="写企业名称，一行一家；没有就不填")

    def clean_firms(self) -> list[UUID]:
        """Read the names."""
        return self.firms_of("firms")


class FinishForm(forms.Form):
    """With what a decision or a key problem was finished."""

    result = text_field("办理结果", 400, "请写办理结果：做了什么，现在怎样。", rows=3)


class HelpForm(forms.Form):
    """What a helping unit did."""

    note = text_field("配合做了什么", 400, "请写配合做了什么。", rows=3)
