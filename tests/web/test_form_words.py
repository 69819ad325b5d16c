"""Every form says in our words what is wrong and what to do now."""

from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.urls import reverse

from bihuan.web.form_words import WORDS
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

WRONG: list[tuple[forms.Field, Any, str]] = [
    (forms.CharField(max_length=3), "一二三四", "最多写 3 个字，现在有 4 个，请删短一些。"),
    (forms.CharField(), "", "这一项要填。"),
    (forms.CharField(), "a\0b", "里面有看不见的字符，请删掉后重新输入。"),
    (forms.IntegerField(), "", "这一项要填。"),
    (forms.IntegerField(max_value=9), "10", "最大是 9，请改小。"),
    (forms.DecimalField(max_digits=3, decimal_places=1), "1.25", "小数点后最多 1 位，请改短。"),
    (forms.DateField(), "二月", "日期写成 2018-02-28 这样，或在日历里选。"),
    (forms.ChoiceField(choices=[("a", "甲")]), "b", "“b”不在选项里，请重新选择。"),
    (forms.MultipleChoiceField(choices=[("a", "甲")]), [], "请至少选一项。"),
    (forms.BooleanField(), False, "请勾选后再提交。"),
    (forms.UUIDField(), "x", "这一页的编号不完整，请刷新页面后再办。"),
]


@pytest.mark.parametrize(("field", "value", "said"), WRONG)
def test_given_what_a_field_cannot_take_when_cleaned_then_it_says_what_to_do(
    field: forms.Field, value: Any, said: str
) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(value)

    assert refused.value.messages == [said]


def test_given_all_words_when_read_then_each_is_a_whole_sentence() -> None:
    said = [word for words in WORDS.values() for word in words.values()]

    assert all(word.endswith("。") and "确保" not in word and "无效" not in word for word in said)


def test_given_a_part_that_is_too_long_when_reported_then_the_form_says_so_in_our_words(
    enter: Visit, stage: Stage
) -> None:
    new = {"id": str(uuid4()), "place": stage.firm.name, "description": "出口被堵", "source": "department"}

    page = enter("inspector").post(reverse("field:report"), {**new, "part": "东" * 121})

    assert page.status_code == 422
    assert "最多写 120 个字，现在有 121 个" in page.content.decode()
