"""Who gave a tip is told to who follows it up, and to nobody else; never to the enterprise."""

import pytest

from bihuan.hazards import queries
from bihuan.hazards.rules.sources import SOMEBODY
from bihuan.hazards.rules.states import Source
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def test_given_a_tip_when_looked_at_then_only_who_follows_it_up_reads_the_informants_name(stage: Stage) -> None:
    tip = stage.report("office", source=Source.TIP, found_by="工人赵六")
    other = stage.report("office", found_by="检查员孙某")

    seen = {
        who: queries.hazard_for(stage.by(who), tip.pk, now=stage.at).found_by
        for who in ("office", "chief", "superior", "boss", "safety", "village_east", "industry", "inspector")
    }

    told = dict.fromkeys(("office", "chief", "superior"), "工人赵六")
    assert seen == told | dict.fromkeys(("boss", "safety", "village_east", "industry", "inspector"), SOMEBODY)
    assert queries.brief_for(stage.by("boss"), tip.pk).found_by == SOMEBODY
    assert queries.hazard_for(stage.by("boss"), other.pk, now=stage.at).found_by == "检查员孙某"
