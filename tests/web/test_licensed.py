"""A listed unit with a safety licence in the browser: seen on board and page, proposed and answered (R3.29)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.hazards.models import Hazard
from tests.hazards.stage import Stage, picture
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db


def test_given_a_listed_unit_with_a_licence_when_proposed_and_answered_then_board_and_page_say_so(
    stage: Stage, enter: Visit
) -> None:
    hazard, office = stage.listed(), enter("office")
    licence = stage.license()

    def post(act: str, **given: object) -> int:
        version = Hazard.objects.values_list("version", flat=True).get(pk=hazard.pk)
        scan = SimpleUploadedFile(f"{version}.png", picture(40 + version), "image/png")
        address = reverse("hazards:act", args=[hazard.pk, act])
        return office.post(address, {"seen_version": version, "new_document": scan} | given).status_code

    def read(name: str, *args: object) -> str:
        return office.get(reverse(name, args=args)).content.decode()

    form = read("hazards:act", hazard.pk, "propose_licence_suspension")
    assert f'<option value="{licence.label}" selected>' in form
    assert 'value="省安监局"' in form
    assert "持证单位，加强检查" in read("hazards:major")
    assert "必要时建议发证机关暂扣（令16号第二十一条）" in read("hazards:show", hazard.pk)
    proposal = {"text": "拖延治理", "licence": licence.label, "licence_organ": "省安监局"}
    assert post("propose_licence_suspension", **proposal) == 303
    assert "持证单位，已建议暂扣，等答复" in read("hazards:major")
    assert post("record_licence_answer", text="暂扣三个月", licence_suspended="yes") == 303
    assert "已暂扣：暂扣三个月" in read("hazards:show", hazard.pk)
