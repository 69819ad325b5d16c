"""Forms of the criteria library, parameters and the calendar."""

from datetime import date

from django import forms

from bihuan.standards.rules import Parameter, Unit

NO_SOURCE = "请写明依据的文件名称和文号，没有文件的写明谁定的。"
BAD_DATE = "日期要写成 2018-02-14 的样子。"


def _date_box() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


class ParameterForm(forms.Form):
    """A town's own value of a parameter."""

    value = forms.CharField(label="新的值", max_length=64, error_messages={"required": "请填写新的值。"})
    valid_from = forms.DateField(
        label="自哪天起用",
        widget=_date_box(),
        error_messages={"required": "请填写启用日期。", "invalid": BAD_DATE},
    )
    valid_to = forms.DateField(
        label="用到哪天",
        required=False,
        widget=_date_box(),
        help_text="长期有效的不填",
        error_messages={"invalid": BAD_DATE},
    )
    source = forms.CharField(
        label="依据",
        max_length=256,
        help_text="文件名称和文号，如：示范镇安委会〔2018〕3号",
        error_messages={"required": NO_SOURCE},
    )

    def __init__(self, *args: object, declared: Parameter, **kwargs: object) -> None:
        """Name the unit and the bounds of the parameter."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own arguments, handed on
        value = self.fields["value"]
        value.help_text = hint(declared)
        value.widget.attrs.update({"class": "form-control", "inputmode": "numeric"} if declared.unit else {})
        self.fields["source"].widget.attrs["class"] = "form-control"


def hint(declared: Parameter) -> str:
    """Say what may be filled in."""
    if declared.unit is Unit.WORDS:
        return ""
    if declared.unit is Unit.YES_NO:
        return "填 1（是）或 0（否）"
    return f"{declared.least} 到 {declared.most}{declared.unit}"


class NoticeForm(forms.Form):
    """A year of the calendar, as the notice prints it."""

    text = forms.CharField(
        label="放假和上班的日期",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "class": "form-control"}),
        help_text="可以直接粘贴国务院办公厅通知的正文，一个节日一行；也可以在原有的行上改。",
        error_messages={"required": "请粘贴通知正文，或写明放假和上班的日期。"},
    )
    source = forms.CharField(
        label="依据",
        max_length=256,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text="通知的名称或文号",
        error_messages={"required": NO_SOURCE},
    )


class LookUpForm(forms.Form):
    """What is looked for in the library; anything that cannot be read is left out."""

    q = forms.CharField(required=False, max_length=500)
    on = forms.DateField(required=False)
    sector = forms.CharField(required=False, max_length=32)
    standard = forms.CharField(required=False, max_length=48)

    def read(self, *, today: date) -> tuple[str, date, str, str]:
        """Return words, day (today when none is given), sector code and standard id."""
        self.is_valid()
        given = self.cleaned_data
        return (
            str(given.get("q") or "").strip(),
            given.get("on") or today,
            str(given.get("sector") or ""),
            str(given.get("standard") or ""),
        )
