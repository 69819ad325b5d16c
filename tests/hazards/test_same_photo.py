"""L3: a photo from before is no proof of after, nor a repaired one of a visit; one that looks alike is a doubt."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.hazards.rules.states import FileRole
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db
BEFORE, AFTER, SITE = FileRole.BEFORE, FileRole.AFTER, FileRole.SITE


def test_given_the_photo_from_before_when_handed_in_as_after_then_it_is_refused_and_another_is_taken(
    stage: Stage,
) -> None:
    hazard = stage.rectifying(files=stage.same_photo("inspector", BEFORE))

    copy = stage.same_photo("safety", AFTER)
    refused(stage, hazard, Act.HAND_IN, "safety", "与整改前的照片是同一个文件", text="已改", files=copy)
    with_more = (*copy, *stage.proof("safety", AFTER))
    refused(stage, hazard, Act.HAND_IN, "safety", "与整改前的照片是同一个文件", text="已改", files=with_more)

    assert stage.hand_in(hazard).state == "rectified"


def test_given_one_photo_for_both_sides_when_fixed_on_the_spot_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.confirmed()
    both = stage.same_photo("inspector", BEFORE, AFTER)

    refused(stage, hazard, Act.FIX_ON_SPOT, "inspector", "是同一个文件", text="已改", signed_by="厂长", files=both)


def test_given_a_repair_handed_in_when_a_copy_is_attached_on_either_side_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.rectifying(files=stage.same_photo("inspector", BEFORE, shade=251))
    handed_in = stage.hand_in(hazard, files=stage.same_photo("safety", AFTER, shade=252))

    after_again = stage.same_photo("safety", AFTER, shade=251)
    before_again = stage.same_photo("safety", BEFORE, shade=252)
    refused(stage, handed_in, Act.ATTACH, "safety", "与整改前的照片是同一个文件", files=after_again)
    refused(stage, handed_in, Act.ATTACH, "safety", "与已有的整改后照片是同一个文件", files=before_again)


def test_given_the_partys_own_photo_when_brought_as_seen_on_site_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.hand_in(stage.listed(), files=stage.same_photo("safety", AFTER))
    applied = stage.do(hazard, Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    seen = {"text": "合格", "on_site": True, "companions": (Companion("专家", "市安全生产专家库"),)}

    copy = stage.same_photo("chief", SITE)
    refused(stage, applied, Act.ACCEPT_LISTING, "chief", "不能证明到过现场", files=copy, **seen)

    assert stage.do(applied, Act.ACCEPT_LISTING, "chief", **stage.on_site("chief")).listing_state == "accepted"


def test_given_photos_of_one_or_three_hazards_when_handed_in_then_copies_cost_the_same_queries(stage: Stage) -> None:
    first, second = stage.rectifying(), stage.rectifying(files=stage.proof("inspector", BEFORE, BEFORE, BEFORE))
    asked = []
    for hazard in (first, second):
        files = stage.proof("safety", AFTER)
        with CaptureQueriesContext(connection) as ran:
            stage.do(hazard, Act.HAND_IN, "safety", text="已改", files=files)
        asked.append(sum("hazards_hazardfile" in one["sql"] and "SELECT" in one["sql"] for one in ran.captured_queries))

    assert asked == [1, 1]
