"""What every form says about a field that cannot be taken, in one place: what is wrong and what to do now."""

from collections.abc import Mapping
from typing import Final

from django import forms

# A form that knows more than this says more (`error_messages` of its field).
WORDS: Final[Mapping[type[forms.Field], Mapping[str, str]]] = {
    forms.Field: {"required": "这一项要填。"},
    forms.CharField: {
        "max_length": "最多写 %(limit_value)d 个字，现在有 %(show_value)d 个，请删短一些。",
        "min_length": "至少写 %(limit_value)d 个字，现在有 %(show_value)d 个，请补充。",
        "null_characters_not_allowed": "里面有看不见的字符，请删掉后重新输入。",
    },
    forms.IntegerField: {
        "invalid": "请写整数，如 12。",
        "max_value": "最大是 %(limit_value)s，请改小。",
        "min_value": "最小是 %(limit_value)s，请改大。",
    },
    forms.DecimalField: {
        "invalid": "请写数字，如 3600 或 0.5。",
        "max_digits": "数字太长，最多 %(max)s 位，请核对。",
        "max_decimal_places": "小数点后最多 %(max)s 位，请改短。",
        "max_whole_digits": "小数点前最多 %(max)s 位，请核对。",
    },
    forms.DateField: {"invalid": "日期写成 2018-02-28 这样，或在日历里选。"},
    forms.DateTimeField: {"invalid": "时间写成 2018-02-28 14:30 这样。"},
    forms.BooleanField: {"required": "请勾选后再提交。"},
    forms.ChoiceField: {"required": "请选一项。", "invalid_choice": "“%(value)s”不在选项里，请重新选择。"},
    forms.MultipleChoiceField: {
        "required": "请至少选一项。",
        "invalid_choice": "“%(value)s”不在选项里，请重新选择。",
        "invalid_list": "没有收到完整的选项，请重新选择。",
    },
    forms.UUIDField: {"invalid": "这一页的编号不完整，请刷新页面后再办。"},
    forms.FileField: {
        "required": "请选一个文件。",
        "invalid": "没有收到文件，请重新选择。",
        "missing": "没有收到文件，请重新选择。",
        "empty": "这个文件是空的，请重新选择。",
        "max_length": "文件名最多 %(max)d 个字，现在有 %(length)d 个，请改短文件名。",
    },
    forms.EmailField: {"invalid": "邮箱写成 name@example.cn 这样。"},
    forms.URLField: {"invalid": "网址写成 https://example.cn 这样。"},
}


def speak_plainly() -> None:
    """Let all forms of this process speak so; called once, when the door is registered."""
    for field, words in WORDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **words}
