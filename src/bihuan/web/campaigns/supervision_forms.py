"""The forms of supervision, circulars, interviews and accountability."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms

from bihuan.campaigns.rules.supervision.accountability import FAILING_NAMES, FORM_NAMES, SITUATIONS
from bihuan.campaigns.rules.supervision.states import METHOD_NAMES, SIDE_NAMES
from bihuan.hazards.rules.states import SOURCE_NAMES
from bihuan.kernel.calendar import WorkCalendar, day_of
from bihuan.kernel.in_force import in_force
from bihuan.web.campaigns.record_forms import Choices, RecordForm, day_field, text_field
from bihuan.web.words import day_words

NONE: Final = ("", "——")


def _choices(names: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(one), name) for one, name in names.items()]


class ReasonForm(forms.Form):
    """A reason, or what was done."""

    reason = text_field("说明", 1000, "请写明。", rows=3)


class ReviewForm(forms.Form):
    """What is lacking, where something is sent back."""

    reason = text_field("退回的原因", 200, "请写退回的原因，好让对方照着改。", rows=2)


class PlanRoundForm(RecordForm):
    """Rounds to be planned."""

    on = None  # type: ignore[assignment] # -- the day that is planned
    units = forms.MultipleChoiceField(
        label="督查哪些单位（一个单位一次）",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选要督查的单位。"},
    )
    method = forms.ChoiceField(
        label="方式", choices=_choices(METHOD_NAMES), help_text="明察会通知单位；暗访在反馈以前单位看不到。"
    )
    planned_on = day_field("哪天", "请填督查的日期。")
    subject = text_field("督查什么", 160)


class HoldRoundForm(RecordForm):
    """How a round was held."""

    on = None  # type: ignore[assignment] # -- its own name
    held_on = day_field("哪天督查的", "请填督查的日期。")
    leader = text_field("带队", 64, "请写带队的人。")
    members = text_field("组员", 200)
    firms = text_field("走访的企业", 4000, rows=3, help_text="一行一家，照企业档案里的名称写；没有就不填")
    note = text_field("督查情况", 2000, rows=3)

    def clean_firms(self) -> list[UUID]:
        """Read the enterprises."""
        return self.firms_of("firms")

    def told(self) -> dict[str, Any]:
        """Return what the service takes."""
        said = dict(self.cleaned_data)
        return {"held_on": said.pop("held_on"), "firms": said.pop("firms"), "facts": said}


class FindingForm(RecordForm):
    """A problem of the unit, or of an enterprise."""

    on = None  # type: ignore[assignment] # -- the round's own day
    side = forms.ChoiceField(label="谁的问题", choices=_choices(SIDE_NAMES))
    text = text_field("问题", 400, "请写明问题。", rows=2)
    firm = text_field("哪家企业", 120, help_text="企业的问题才填，照企业档案里的名称写")

    def clean_firm(self) -> UUID | None:
        """Read the enterprise."""
        return next(iter(self.firms_of("firm")), None)


class FeedBackForm(forms.Form):
    """Until when the unit corrects."""

    correct_by = day_field("整改期限", "", required=False)


class EnterForm(forms.Form):
    """How an enterprise's problem is entered."""

    source = forms.ChoiceField(label="隐患来源", choices=_choices(SOURCE_NAMES), initial="covert")


class BriefForm(forms.Form):
    """A brief or a summary."""

    kind = forms.ChoiceField(
        label="拟什么", choices=[("weekly", "工作动态（七天）"), ("summary", "工作总结（开始以来）")]
    )
    until = day_field("截止到哪天（含）", "请填截止日期。")


class EditForm(forms.Form):
    """A text as a person edits it."""

    title = text_field("标题", 120, "请写标题。")
    lines = forms.CharField(
        label="正文",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 24, "class": "form-control paper-edit"}),
        help_text="“# ”开头是一级标题，“## ”是二级标题；方括号是算出来的数，可以挪、可以删，不要改编号。",
        error_messages={"required": "稿子是空的。"},
    )
    why = text_field("改了什么、手写数的来处", 200)


class AskForm(forms.Form):
    """Until when units may reply."""

    reply_by = day_field("申辩期限", "", required=False)


class IssueForm(forms.Form):
    """Until when criticised units correct."""

    correct_by = day_field("改正期限", "", required=False)


class CallForm(RecordForm):
    """A call to an interview."""

    on = None  # type: ignore[assignment] # -- the moment below
    unit = forms.ChoiceField(label="约谈哪个单位", error_messages={"required": "请选约谈哪个单位。"})
    who = text_field("约谈谁（岗位）", 64, "请写约谈谁（岗位）。")
    convener = text_field("由谁约谈", 64, "请写由谁约谈。")
    reason = text_field("事由", 400, "请写约谈的事由。", rows=2)
    place = text_field("地点", 80)
    meets_at = forms.DateTimeField(
        label="时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"required": "请填约谈的时间。", "invalid": "请填约谈的时间。"},
    )
    in_holiday = forms.BooleanField(label="放假时也约谈", required=False)

    def ask_of_holiday(self, calendar: WorkCalendar, *, today: date) -> None:
        """Doubt a talk in a holiday until the person says that it is meant; on other days there is nothing to say."""
        at = self.cleaned_data.get("meets_at") if self.is_bound and self.is_valid() else None
        if at is None or day_of(at) not in calendar.holidays:
            del self.fields["in_holiday"]
        elif not self.cleaned_data["in_holiday"]:
            say = (
                f"{day_words(day_of(at), today=today)}放假。请改在上班时间；放假时也要约谈的，勾上“放假时也约谈”再发。"
            )
            self.add_error("meets_at", say)


class HoldInterviewForm(forms.Form):
    """Minutes of an interview."""

    held_on = day_field("哪天约谈的", "请填约谈的日期。")
    minutes = text_field("约谈记录", 4000, rows=4)
    undertakings = text_field("承诺了什么", 1000, "请写被约谈单位承诺了什么。", rows=2)
    look_again_on = day_field("哪天回访", "请定回访的日期。")

    def told(self) -> dict[str, Any]:
        """Return what the service takes."""
        said = dict(self.cleaned_data)
        days = {name: said.pop(name) for name in ("held_on", "look_again_on")}
        return {**days, "facts": said}


class FollowUpForm(forms.Form):
    """What became of the undertakings."""

    reason = text_field("承诺兑现得怎样", 400, "请写承诺兑现得怎样。", rows=2)
    look_again_on = day_field("没有全部兑现的，哪天再回访", "", required=False)


class CaseForm(RecordForm):
    """A case that is handed over."""

    on = None  # type: ignore[assignment] # -- the day of handing over
    who = text_field("对象（单位或者岗位）", 80, "请写对象：哪个单位，或者哪个岗位。")
    unit = forms.ChoiceField(label="所在单位", required=False)
    failings = forms.MultipleChoiceField(
        label="事实",
        choices=_choices(FAILING_NAMES),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="得分、排名不是问责的理由。",
    )
    grounds = text_field("哪件事没有办、哪项责任没有履行", 1000, "请写清事实。", rows=3)
    by_accident = forms.BooleanField(
        label="专项行动期间发生了事故",
        required=False,
        help_text="“工作不落实”“责任不履行”要有责任事故；失职渎职、弄虚作假不用。",
    )
    accident = text_field("哪起事故", 200)
    accident_on = day_field("事故发生的日期", "", required=False)
    is_responsible = forms.BooleanField(label="调查认定为责任事故", required=False)
    report = text_field("调查报告或者批复的文号", 120)
    situation = forms.ChoiceField(label="属于哪种情形", required=False)
    lighter = text_field("及时补救的情况", 200)
    handed_to = text_field("移交给哪个机关", 80, "请写移交给哪个机关。")
    handed_over_on = day_field("移交日期", "请填移交的日期。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        found = in_force(SITUATIONS, on=today)
        if found:
            self.fields["situation"].choices = [NONE, *_choices(found)]  # type: ignore[attr-defined] # -- a choice field
        else:
            del self.fields["situation"]

    def clean_handed_over_on(self) -> date:
        """Refuse a day that has not come, beside whatever else is wrong."""
        day: date = self.cleaned_data["handed_over_on"]
        if day > self._today:
            raise forms.ValidationError("移交的日期晚于今天，请核对。")
        return day


NOT_PURSUED: Final = "none"  # chosen like every decision: what nobody chose is no decision


class DecisionForm(forms.Form):
    """What the competent organ decided."""

    form = forms.ChoiceField(
        label="决定",
        choices=[("", "请选择"), *_choices(FORM_NAMES), (NOT_PURSUED, "不予追究")],
        error_messages={"required": "请选有权机关的决定。"},
    )
    organ = text_field("作出决定的机关", 80, "请写作出决定的机关。")
    doc_number = text_field("文号", 64, "请写决定的文号。")
    decided_on = day_field("决定日期", "请填决定的日期。")
    result = text_field("结果", 400, rows=2, help_text="不予追究的，写明理由。")

    def told(self) -> dict[str, Any]:
        """Return what the service takes."""
        said = dict(self.cleaned_data)
        form = said.pop("form")
        return {"form": "" if form == NOT_PURSUED else form, "decided_on": said.pop("decided_on"), "facts": said}


def unit_choices(units: Choices) -> dict[str, Choices]:
    """Return the units for whichever field asks for them."""
    return {"units": units, "unit": [NONE, *units]}
