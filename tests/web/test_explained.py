"""判定说明: what a safety officer needs a year later stands on one page, and is seen by whoever sees the hazard."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Criterion
from bihuan.standards.data.judging import judging_version
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_guided import CHOSEN, DUSTY, MAJOR, _codes, _to_the_end
from tests.web.test_loop import do

pytestmark = pytest.mark.django_db
CITED = {"level": "major", "criterion": "gongmao-2017|gongmao-2017-dust-09"}
DOCUMENT = "安监总管四〔2017〕129号"


def test_law_l8_given_a_hazard_asked_graded_and_lowered_when_explained_then_one_page_tells_all_that_it_rests_on(
    stage: Stage, enter: Visit
) -> None:
    hazard, office = stage.report(part="", description=DUSTY), enter("office")
    ask = reverse("standards:ask_hazard", args=[hazard.pk])
    page, asked = _to_the_end(office, ask, MAJOR, first=dict(CHOSEN))
    office.post(ask, {"a": _codes(page), **CHOSEN})
    do(office, hazard, Act.CONFIRM, text="现场看过，风管上没有", **CITED)
    do(enter("chief"), hazard, Act.COUNTERSIGN, text="同意")
    shown = reverse("hazards:explained", args=[hazard.pk])
    before = office.get(shown).content.decode()

    stage.do(hazard, Act.REQUEST_LOWERING, "office", text="已拆除砂光机", files=stage.paper("office"))
    do(enter("chief"), hazard, Act.APPROVE_LOWERING, text="到场看过")
    after = office.get(shown).content.decode()

    assert shown in office.get(reverse("hazards:show", args=[hazard.pk])).content.decode()
    text = "木制品加工企业中，接砂光机的风管没有按规范装火花探测报警装置。"
    for words in (
        f"<b>一(一)9</b>{text}",
        f"（{DOCUMENT}），2017-11-30起施行，用到2023-05-14。按发现当日有效的版本",
        "现场看过，风管上没有",
        f"提示版本 {judging_version()}",
        "一问一答：重大",
        asked[-1],
        stage.by("office").name,
        stage.by("chief").name,
    ):
        assert words in before, words
    assert f"{stage.day:%Y}年{stage.day.month}月{stage.day.day}日" in before
    assert "升降级" not in before
    for words in (
        "批准降级",
        "已拆除砂光机",
        "同意 到场看过",
        f"原定重大：《工贸行业重大生产安全事故隐患判定标准（2017版）》（{DOCUMENT}）一(一)9",
    ):
        assert words in after, words
    assert enter("village_west").get(shown).status_code == 404


def test_given_a_clause_that_began_after_the_finding_when_explained_then_it_is_not_said_to_be_of_that_day(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description=DUSTY, found_on=date(2017, 11, 30) - timedelta(days=3))

    named = Criterion("gongmao-2017", "gongmao-2017-dust-09")
    stage.do(hazard, Act.CONFIRM, "office", level="major", criterion=named, text="现在还是这样")
    page = enter("office").get(reverse("hazards:show", args=[hazard.pk])).content.decode()

    assert "按发现当日有效的版本" not in page
    assert "发现当日这一版不施行，按定级当日有效的版本" in page
