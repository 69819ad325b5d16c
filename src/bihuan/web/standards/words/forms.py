"""Forms of the words of the suggestion."""

from datetime import date
from typing import Any

from django import forms

from bihuan.standards.rules.teaching import TARGET_NAMES, Lesson, Target

NO_WHY = "请写明为什么加，如：本地木器厂都这么叫。"


class WantedForm(forms.Form):
    """Which words are listed; anything that cannot be read is left out."""

    kind = forms.ChoiceField(required=False, choices=[(one.value, name) for one, name in TARGET_NAMES.items()])
    q = forms.CharField(required=False, max_length=40)

    def read(self) -> tuple[Target, str]:
        """Return the kind (concepts when none is given) and the words looked for."""
        self.is_valid()
        given = self.cleaned_data
        return Target(given.get("kind") or Target.CONCEPT), str(given.get("q") or "").strip().lower()


class TeachForm(forms.Form):
    """Words to add, why, and a sentence to try them on. looked: the words whose effect has been looked at."""

    wordings = forms.CharField(
        label="要加的说法",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        help_text="几个说法用顿号或换行隔开；中间隔着别的字的用省略号，如：灰…厚",
        error_messages={"required": "请写上要加的说法，几个说法之间用顿号或换行隔开。"},
    )
    why = forms.CharField(
        label="为什么加",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text="谁这么说、从哪里来的",
        error_messages={"required": NO_WHY},
    )
    sentence = forms.CharField(
        label="拿一句话试试",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        help_text="可不填。写一句检查时的原话，看加和不加各怎么提示",
    )
    place = forms.CharField(
        label="哪种企业",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text="可不填，如：木质家具 工贸 粉尘涉爆",
    )
    found_on = forms.DateField(
        label="哪天发现",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期要写成 2018-02-14 的样子。"},
    )
    looked = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def day(self, today: date) -> date:
        """Return the day the sentence is judged by."""
        found: date | None = self.cleaned_data.get("found_on")
        return found or today


class AnswerForm(forms.Form):
    """An answer to a proposal."""

    kind = forms.ChoiceField(choices=[(one.value, name) for one, name in TARGET_NAMES.items()])
    target = forms.CharField(max_length=64)
    wording = forms.CharField(max_length=32)
    why = forms.CharField(required=False, max_length=200)
    act = forms.ChoiceField(choices=[("accept", "采用"), ("refuse", "不采用")])

    def read(self) -> tuple[Lesson, str, bool] | None:
        """Return the lesson, why, and whether it is taken up; None where the form cannot be read."""
        if not self.is_valid():
            return None
        given: dict[str, Any] = self.cleaned_data
        lesson = Lesson(Target(given["kind"]), given["target"], given["wording"])
        return lesson, str(given["why"]), given["act"] == "accept"
