"""A superior acts for itself only: what another one handed down or listed needs its paper, or is refused (L4, L11)."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import ListingLevel
from tests.hazards.refusing import refused
from tests.hazards.stage import SIX, Stage
from tests.hazards.test_acting_for_superiors import sent_up

pytestmark = pytest.mark.django_db
PAPER = "请写明代谁办理，并附上对方签字或盖章的纸质凭据"
CITY = "示例市安委办"


def with_paper(stage: Stage, who: str, organ: str = CITY) -> dict[str, Any]:
    return {"acting_for": organ, "files": stage.paper(who)}


@pytest.mark.parametrize("act", [Act.SUPERIOR_ACCEPT, Act.SUPERIOR_REFUSE], ids=str)
def test_given_an_item_of_the_city_when_the_county_answers_then_it_has_the_citys_paper(act: Act, stage: Stage) -> None:
    sent = sent_up(stage, CITY)

    refused(stage, sent, act, "superior", PAPER, text="认可")

    assert stage.do(sent, act, "superior", text="认可", **with_paper(stage, "superior")).state in {
        "closed",
        "rectifying",
    }


def test_given_an_item_of_the_city_when_the_county_transfers_or_voids_it_then_it_is_like_anybody_else(
    stage: Stage,
) -> None:
    item = stage.do(
        stage.report("office", source="superior", superior_organ=CITY), Act.CONFIRM, "office", level="general"
    )
    gone: dict[str, Any] = {"text": "超出职权", "organ": "市住建局", "files": stage.paper("superior")}
    refused(stage, item, Act.TRANSFER, "superior", "不是您单位交办的", **gone)
    asked = stage.do(item, Act.REQUEST_INVALID, "office", text="重复")
    refused(stage, asked, Act.APPROVE_INVALID, "superior", "须经上级同意", text="同意")

    done = stage.do(asked, Act.APPROVE_INVALID, "superior", text="同意", **with_paper(stage, "superior"))
    assert done.state == "invalid"


def listed_above(stage: Stage, who: str, organ: str) -> Hazard:
    terms = stage.external_terms(organ=organ, level=ListingLevel.CITY if organ == CITY else ListingLevel.COUNTY)
    row = stage.do(stage.major(), Act.RECORD_LISTING, who, on=stage.day, order=terms, files=stage.paper(who))
    row = stage.do(stage.order(row, days=28), Act.ACCEPT, "safety")
    row = stage.hand_in(stage.do(row, Act.HAND_IN_PLAN, "boss", plan=SIX))
    return stage.do(row, Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")


@pytest.mark.parametrize("recorded_by", ["office", "superior"])
def test_given_a_listing_of_the_city_when_the_county_accepts_delists_and_closes_then_each_has_its_paper(
    recorded_by: str, stage: Stage
) -> None:
    row = listed_above(stage, recorded_by, CITY)
    seen = stage.on_site("superior")
    both = seen | {"acting_for": CITY, "files": (*seen["files"], *stage.paper("superior"))}

    refused(stage, row, Act.ACCEPT_LISTING, "superior", PAPER, **seen)
    row = stage.do(row, Act.ACCEPT_LISTING, "superior", **both)
    refused(stage, row, Act.DELIST, "superior", PAPER, text="销案")
    row = stage.do(row, Act.DELIST, "superior", text="销案", **with_paper(stage, "superior"))
    refused(stage, row, Act.PASS, "superior", PAPER, **seen)

    assert stage.do(row, Act.PASS, "superior", **both).state == "closed"


def test_given_its_own_listing_when_the_county_accepts_and_delists_then_no_paper_is_asked_for(stage: Stage) -> None:
    row = listed_above(stage, "superior", "金城区安委办")
    offered = {one.act: one.barred for one in queries.hazard_for(stage.by("superior"), row.pk, now=stage.at).acts}
    assert offered[Act.ACCEPT_LISTING] == ""

    row = stage.do(row, Act.ACCEPT_LISTING, "superior", **stage.on_site("superior"))

    assert stage.do(row, Act.DELIST, "superior", text="销案").listing_state == "delisted"


def asked_for_time(stage: Stage, organ: str) -> Hazard:
    row = stage.do(
        stage.report("office", source="superior", superior_organ=organ), Act.CONFIRM, "office", level="general"
    )
    row = stage.do(stage.order(row), Act.ACCEPT, "safety")
    more: dict[str, Any] = {"text": "配件未到", "interim": "停用", "deadline": stage.day + timedelta(days=15)}
    return stage.do(row, Act.ASK_EXTENSION, "safety", **more)


def test_given_an_item_of_a_superior_when_more_time_is_granted_then_the_superior_grants_it_or_its_paper_is_there(
    stage: Stage,
) -> None:
    paper = asked_for_time(stage, CITY)
    itself = asked_for_time(stage, "区安委办")

    for who in ("inspector", "chief", "superior"):
        refused(stage, paper, Act.GRANT_EXTENSION, who, "延期须经上级同意", text="同意")
    refused(
        stage, itself, Act.GRANT_EXTENSION, "chief", "不能代办", text="同意", **with_paper(stage, "chief", "区安委办")
    )

    assert stage.do(paper, Act.GRANT_EXTENSION, "chief", text="同意", **with_paper(stage, "chief")).extension_count == 1
    assert stage.do(itself, Act.GRANT_EXTENSION, "superior", text="同意").extension_count == 1


def test_given_an_item_of_a_superior_when_more_time_is_refused_then_the_town_does_so_itself(stage: Stage) -> None:
    row = asked_for_time(stage, CITY)

    assert stage.do(row, Act.REFUSE_EXTENSION, "chief", text="抓紧整改").extension_count == 0
