"""The forms of uploaded standards: a file with why, from when one is not used any more, why that is taken back."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from bihuan.standards.data.uploads import MOST_BYTES, BadUpload, Written, decoded
from bihuan.standards.data.workbooks.cells import MOST_BYTES as MOST_WORKBOOK
from bihuan.standards.data.workbooks.cells import is_workbook
from bihuan.standards.data.workbooks.reading import read_workbook
from bihuan.standards.rules.loading import Area
from bihuan.web.standards.forms import BAD_DATE

NO_FILE: Final = "请选一个文件，或者把文件的内容粘贴到下面的框里。"
NO_WHY: Final = "请写明原因。"
UNMATCHED: Final = "确认它代替的就是这个标准，原来的条目全部换了，不是漏抄"


class LoadForm(forms.Form):
    """A file or its text, for whom, and why. seen: the version that the preview was made against."""

    file = forms.FileField(
        label="标准文件",
        required=False,
        help_text=(
            f"Excel（.xlsx，最大{MOST_WORKBOOK // 1024 // 1024}兆字节），"
            f"或 .yaml、.json（最大{MOST_BYTES // 1024}千字节）。下载模板照着填，或下载一个现有的标准改。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.yaml,.yml,.json,.txt", "class": "form-control"}),
        error_messages={"empty": "文件是空的（0字节）。请重新选。"},
    )
    text = forms.CharField(
        label="文件的内容",
        required=False,
        strip=False,
        help_text="选了文件就不用填；预览后有不对的，可以直接在这里改了再预览。",
        widget=forms.Textarea(attrs={"rows": 12, "class": "form-control code", "spellcheck": "false"}),
    )
    area = forms.ChoiceField(label="适用范围", widget=forms.Select(attrs={"class": "form-select"}))
    why = forms.CharField(
        label="依据或原因",
        required=False,
        max_length=256,
        help_text="文件名称和文号；更正的写明改什么。装入时必填。",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    compared = forms.BooleanField(label="相近的条目已和全国的标准逐条核对过", required=False)
    unmatched = forms.BooleanField(label=UNMATCHED, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    file_name = forms.CharField(required=False, max_length=256, widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        """Offer the areas for which this person may load."""
        super().__init__(*args, **kwargs)
        self.areas = {one.path: one for one in areas}
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [(one.path, one.name) for one in areas]
        field.initial = areas[0].path

    def content(self) -> str | Written:
        """Return the text that was sent, or what its workbook says. Raises BadUpload."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            text = self.cleaned_data["text"]
        else:
            content = file.read(max(MOST_BYTES, MOST_WORKBOOK) + 1)
            if is_workbook(content):
                return read_workbook(content)
            text = decoded(content)
        if not text.strip():
            raise BadUpload((NO_FILE,))
        return str(text)

    def name(self) -> str:
        """Return the name of the file that the text came from."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        return (file.name or "") if file is not None else str(self.cleaned_data["file_name"])


class WithdrawForm(forms.Form):
    """From which day a standard is no longer used, and why."""

    since = forms.DateField(
        label="从哪天起停用",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        help_text="今天或以后。这一天以前发现的隐患仍可引用，已经判定的不变。",
        error_messages={"required": "请填写从哪天起停用。", "invalid": BAD_DATE},
    )
    why = forms.CharField(
        label="原因",
        max_length=256,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": NO_WHY},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class RestoreForm(forms.Form):
    """Why a withdrawal is taken back."""

    why = forms.CharField(
        label="恢复的原因",
        max_length=256,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": NO_WHY},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
