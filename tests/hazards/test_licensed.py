"""R3.29: a listed unit that holds a safety licence: seen, proposed for suspension, answered by who issued it."""

from typing import Any

import pytest

from bihuan.hazards import queries
from bihuan.hazards.models import LicenceProposal, Listing
from bihuan.hazards.rules.acts import Act
from bihuan.trail.models import Event
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def test_rule_r3_29_the_town_proposes_to_suspend_a_licence_and_its_organ_decides(stage: Stage) -> None:
    hazard, licence = stage.listed(), stage.license()
    given: dict[str, Any] = {
        "text": "拖延治理",
        "licence": licence.label,
        "organ": licence.organ,
        "files": stage.paper("office"),
    }
    for lacking, say in (
        ({"licence": "别人的"}, "请选定建议暂扣哪一份"),
        ({"organ": ""}, "只有发证机关能暂扣，镇里只提建议"),
        ({"text": ""}, "请写明理由"),
        ({"files": ()}, "请附文件或凭据"),
    ):
        refused(stage, hazard, Act.PROPOSE_LICENCE_SUSPENSION, "office", say, **(given | lacking))

    asked = stage.do(hazard, Act.PROPOSE_LICENCE_SUSPENSION, "office", **given)

    refused(stage, asked, Act.PROPOSE_LICENCE_SUSPENSION, "office", "等发证机关答复", **given)
    event = Event.objects.get(kind="listing.propose_licence_suspension")
    assert (event.say, event.figures["licence"]["organ"]) == (f"建议省安监局暂扣{licence.label}", "省安监局")
    answer: dict[str, Any] = {"text": "决定暂扣三个月", "files": stage.paper("chief")}
    refused(stage, asked, Act.RECORD_LICENCE_ANSWER, "chief", "请选定发证机关的决定", **answer)
    answered = stage.do(asked, Act.RECORD_LICENCE_ANSWER, "chief", **answer, licence_suspended=True)
    row = LicenceProposal.objects.get()
    assert (row.licence, row.suspended, row.answered_on, row.answer) == (
        licence.label,
        True,
        stage.day,
        "决定暂扣三个月",
    )
    assert Listing.objects.get(hazard=hazard).licence_proposal_id is None
    refused(stage, answered, Act.RECORD_LICENCE_ANSWER, "chief", "没有等答复的暂扣建议", **answer)


def test_rule_r3_29_nothing_is_proposed_for_who_holds_no_licence_or_is_not_listed(stage: Stage) -> None:
    listed = stage.listed()
    given: dict[str, Any] = {"text": "拖延", "licence": "某证", "organ": "省安监局", "files": stage.paper("office")}
    refused(stage, listed, Act.PROPOSE_LICENCE_SUSPENSION, "office", "没有登记安全生产许可证", **given)
    stage.license()

    refused(stage, stage.major(), Act.PROPOSE_LICENCE_SUSPENSION, "office", "不能办理“建议暂扣许可证”", **given)


def test_rule_r3_29_the_board_and_the_page_say_that_a_listed_unit_holds_a_licence(stage: Stage) -> None:
    hazard = stage.listed()

    def seen() -> tuple[bool, list[str], bool]:
        view = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at)
        offered = any(one.act == Act.PROPOSE_LICENCE_SUSPENSION for one in view.acts)
        row = queries.board(stage.by("office"), now=stage.at).rows[0]
        return row.licensed, [one.organ for one in view.licences], offered

    before = seen()
    stage.license()

    assert before == (False, [], False)
    assert seen() == (True, ["省安监局"], True)
