"""Forms of superior's lists."""

from typing import Final

from django import forms

from bihuan.hazards.rules.states import SOURCE_NAMES, Source

KINDS: Final = ".xlsx,.xlsm,.xls,.csv,.docx,.htm,.html"
SOURCES: Final = (Source.SUPERIOR, Source.DEPARTMENT, Source.JOINT, Source.COVERT, Source.EXPERT, Source.VILLAGE_PATROL)


class UploadForm(forms.Form):
    """The first step: a file, and who issued it."""

    file = forms.FileField(
        label="清单文件",
        help_text=".xlsx、.xls、.csv，或表格在里面的 .docx；最大 30 MB。什么版式都可以，不用先整理。",
        widget=forms.ClearableFileInput(attrs={"accept": KINDS}),
        error_messages={"required": "请选一个文件。", "empty": "文件是空的（0 字节）。请重新导出或另存后再上传。"},
    )
    organ = forms.CharField(
        label="交办单位",
        max_length=64,
        required=False,
        help_text="表里写了就不用填，读完可以改。同一单位的列以后自动认得。",
    )
    source = forms.ChoiceField(
        label="这份清单是",
        choices=[(source.value, SOURCE_NAMES[source]) for source in SOURCES],
        initial=Source.SUPERIOR.value,
        help_text="上级交办的，销号要上级认可；其他来源由本镇销号。",
    )


class FactsForm(forms.Form):
    """What is said about the list as a whole, on the checking page."""

    title = forms.CharField(label="清单名称", max_length=160, error_messages={"required": "请填写清单名称。"})
    organ = forms.CharField(label="交办单位", max_length=64, error_messages={"required": "请填写交办单位。"})
    doc_no = forms.CharField(label="文号", max_length=64, required=False)
    year = forms.IntegerField(label="没写年份的日期算哪一年", min_value=2000, max_value=2100, required=False)
    header_row = forms.IntegerField(label="表头在第几行", min_value=1, max_value=1000, required=False)
