"""Ways around a law that were once open: each is tried here as a person would, and must stay shut."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole
from tests.hazards.refusing import refused
from tests.hazards.stage import CLAUSE, Stage

pytestmark = pytest.mark.django_db


def test_law_l4_a_major_hazard_is_not_fixed_on_the_spot_even_when_listed(stage: Stage) -> None:
    hazard = stage.do(stage.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌")
    listed = stage.do(hazard, Act.LIST, "chair", order=stage.order_terms())
    photos = stage.proof("inspector", FileRole.BEFORE, FileRole.AFTER)

    refused(
        stage, listed, Act.FIX_ON_SPOT, "inspector", "重大隐患不能立行立改", text="已改", files=photos, signed_by="厂长"
    )


def test_law_l4_an_outside_listing_needs_the_second_signature_and_a_day_not_before_the_finding(stage: Stage) -> None:
    row = stage.report(description="打磨车间干式除尘系统未设泄爆、隔爆装置", category="dust")
    single = stage.do(row, Act.CONFIRM, "office", level="major", criterion=CLAUSE, text="铝粉，无泄爆片")
    order: dict[str, Any] = {"order": stage.external_terms(), "on": stage.day, "files": stage.paper("office")}

    refused(stage, single, Act.RECORD_LISTING, "office", "还没有第二人复核", **order)
    signed = stage.do(single, Act.COUNTERSIGN, "chief")
    early = order | {"on": stage.day - timedelta(days=1)}
    refused(stage, signed, Act.RECORD_LISTING, "office", "不能早于发现日期 1月15日", **early)
    assert stage.do(signed, Act.RECORD_LISTING, "office", **order).listing_state == "listed"
