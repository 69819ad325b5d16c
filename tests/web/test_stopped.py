"""A stop and its way back in the browser: applied for by the enterprise, refused and agreed to by who may (R3.28)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.hazards.models import Hazard, Resumption
from bihuan.hazards.rules.acts import Act
from tests.hazards.stage import Stage, picture
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
ASKED = {
    "text": "按方案恢复双手按钮",
    "evaluated_by": "body",
    "evaluator": "省安全评价公司",
    "conclusion": "具备安全生产条件",
}


def stopped(stage: Stage) -> Hazard:
    paper = stage.paper("industry")
    return stage.do(stage.rectified(), Act.SUSPEND, "industry", text="停用", organ="区安监局", files=paper)


def scan(shade: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{shade}.png", picture(shade), "image/png")


def post(enter: Visit, who: str, hazard: Hazard, act: str, **given: object) -> int:
    """Send an act's form and return the answer's status."""
    version = Hazard.objects.values_list("version", flat=True).get(pk=hazard.pk)
    address = reverse("hazards:act", args=[hazard.pk, act])
    return enter(who).post(address, {"seen_version": version} | given).status_code


def test_given_a_stop_when_applied_for_refused_and_applied_for_again_then_each_page_says_where_it_stands(
    stage: Stage, enter: Visit
) -> None:
    hazard = stopped(stage)
    address = reverse("hazards:show", args=[hazard.pk])

    def page(who: str) -> str:
        return enter(who).get(address).content.decode()

    assert "由责任单位书面申请恢复" in page("boss")
    assert post(enter, "boss", hazard, "apply_resumption", **ASKED) == 422
    assert post(enter, "boss", hazard, "apply_resumption", **ASKED, new_document=scan(91)) == 303
    assert "应在 1月25日" in page("boss")
    assert "应在 1月25日" in page("office")
    refusal = {"text": "联锁没有恢复", "organ": "区安监局", "sanction": "penalty", "sanction_organ": "区安监局"}
    assert post(enter, "industry", hazard, "refuse_resumption", **refusal) == 303
    after = page("boss")
    assert "上次申请没有同意；补齐后可以再申请恢复" in after
    assert "区安监局不同意：联锁没有恢复；建议依法给予行政处罚，报区安监局" in after
    assert post(enter, "boss", hazard, "apply_resumption", **ASKED, new_document=scan(92)) == 303
    consent = {"text": "同意", "organ": "区安监局", "new_document": scan(93)}
    assert post(enter, "industry", hazard, "resume", **consent) == 422
    visit = {"visited_on": "2018-01-15", "visited_by": "区安监局 赵某、孙某"}
    assert post(enter, "industry", hazard, "resume", **(consent | {"new_document": scan(94)}), **visit) == 303
    assert "1月15日 区安监局 赵某、孙某到现场审查" in page("office")
    assert [one.agreed for one in Resumption.objects.order_by("asked_at", "id")] == [False, True]
