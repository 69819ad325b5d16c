"""Ways around a law that were once open: each is tried here as a person would, and must stay shut."""

import pytest

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def test_law_l4_a_major_hazard_is_not_fixed_on_the_spot_even_when_listed(stage: Stage) -> None:
    hazard = stage.do(stage.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌")
    listed = stage.do(hazard, Act.LIST, "chair", order=stage.order_terms())
    photos = stage.proof("inspector", FileRole.BEFORE, FileRole.AFTER)

    refused(
        stage, listed, Act.FIX_ON_SPOT, "inspector", "重大隐患不能立行立改", text="已改", files=photos, signed_by="厂长"
    )
