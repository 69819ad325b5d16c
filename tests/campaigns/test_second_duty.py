"""Several duties to report in one sentence: each hangs on the part of the sentence in which its own words stand."""

import pytest

from bihuan.campaigns.models import RegularDuty, Task
from tests.campaigns.stage import CampaignStage

PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、报送要求
（一）各村、各部门每周五前向镇安委办报送《进展情况表》，每月25日前上报工作小结。
示范镇人民政府
2017年12月20日
"""


@pytest.mark.django_db
def test_given_two_duties_in_one_sentence_when_issued_then_each_has_the_part_that_says_it(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))

    duties = RegularDuty.objects.filter(campaign=row).select_related("clause")
    said = {one.duty["what"]: one.clause.text if one.clause else "" for one in duties}
    assert row.clauses.in_text().filter(label__startswith="一(一)-1").count() == 2
    assert {what: ("情况表" in text, "小结" in text) for what, text in said.items()} == {
        "《进展情况表》": (True, False),
        "工作小结": (False, True),
    }
    for task in Task.objects.filter(campaign=row).select_related("clause", "duty__clause"):
        assert task.clause is not None
        assert task.duty is not None
        assert task.clause == task.duty.clause
