"""No part of a sentence loses its task because another part of it asks for a report."""

import pytest

from bihuan.campaigns.models import RegularDuty, Task
from tests.campaigns.stage import CampaignStage

HEAD = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、工作要求
"""
FOOT = """
示范镇人民政府
2017年12月20日
"""


def tasks_of(stage: CampaignStage, sentence: str) -> dict[str, set[str]]:
    """Return who has a task of each clause when a plan with this sentence is issued."""
    row = stage.issued(stage.read_text(HEAD + "（一）" + sentence + FOOT))
    found: dict[str, set[str]] = {}
    for one in Task.objects.filter(campaign=row).select_related("clause", "unit"):
        found.setdefault(one.clause.text if one.clause else "", set()).add(one.unit.name)
    return found


def named(found: dict[str, set[str]], words: str) -> set[str]:
    return {unit for text, units in found.items() if words in text for unit in units}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sentence",
    [
        "各村要组织人员加强冬季看护值守，经发办每周五前将汇总情况报镇安委办。",
        "各村要组织人员加强冬季看护值守；经发办每周五前将汇总情况报镇安委办。",
        "各村要组织人员加强冬季看护值守，经发办于1月25日前将汇总情况报镇安委办。",
    ],
)
def test_given_an_order_and_a_report_in_one_sentence_when_issued_then_both_have_their_tasks(
    sentence: str, stage: CampaignStage
) -> None:
    found = tasks_of(stage, sentence)

    assert named(found, "值守") >= {"东村", "西村"}, found
    assert "经发办" in named(found, "汇总情况"), found
    assert "；" not in sentence or named(found, "汇总情况") == {"经发办"}


@pytest.mark.django_db
def test_given_a_report_that_a_person_gave_to_one_unit_when_issued_then_the_other_named_units_keep_their_task(
    stage: CampaignStage,
) -> None:
    row = stage.read_text(HEAD + "（一）各村、经发办每周五前将看护值守情况报镇安委办。" + FOOT)
    row.reporting = [one | {"parties": ["经发办"]} for one in row.reporting]
    row.save(update_fields=["reporting"])

    row = stage.issued(row)

    [duty] = RegularDuty.objects.filter(campaign=row)
    assert len(duty.units) == 1
    told = {one.unit.name for one in Task.objects.filter(campaign=row, clause=duty.clause).select_related("unit")}
    assert told == {"东村", "西村", "经发办"}
