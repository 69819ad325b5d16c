"""Who holds two posts is independent of neither (L2): every enterprise and unit of the day counts."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.hazards.rules.states import FileRole, PlaceKind
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.roles import Role
from bihuan.orgs import services as orgs
from bihuan.orgs.rules import PostKind
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db
EARLIER = timedelta(days=5)
OWN = "企业只能对自己查出的一般隐患自行销号"


def also_hold(stage: Stage, who: str, post: orgs.NewPost) -> None:
    """Give a person of the town one more post, beside the main one."""
    made = orgs.create_posts(posts=[post], actor=PLATFORM, now=stage.at - EARLIER)[0]
    user = stage.people.get(who) or stage.town.users[who]
    orgs.hold_post(post_id=made.id, user_id=user, actor=PLATFORM, now=stage.at - EARLIER)
    stage.known.clear()


def of_the_firm(stage: Stage, title: str = "兼职安全员") -> orgs.NewPost:
    return orgs.NewPost(
        stage.town.units["东村"].id,
        title,
        PostKind.ENTERPRISE,
        roles=(Role.SAFETY_OFFICER,),
        enterprise_id=stage.firm.id,
        enterprise_name="鑫达机械厂",
    )


def test_given_an_officer_who_is_also_of_the_enterprise_when_verified_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.rectified()
    also_hold(stage, "office", of_the_firm(stage))

    refused(stage, hazard, Act.PASS, "office", OWN, text="合格")
    refused(stage, hazard, Act.FAIL, "office", OWN, text="没改好")
    offered = {one.act: one.barred for one in queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at).acts}
    assert OWN in offered[Act.PASS]
    assert list(Hazard.objects.not_barred_for(stage.by("office"))) == []

    assert list(Hazard.objects.not_barred_for(stage.by("chief"))) == [hazard]
    assert stage.do(hazard, Act.PASS, "chief", text="合格").state == "closed"


def test_given_an_officer_who_is_also_of_the_enterprise_when_more_time_is_asked_for_then_another_answers(
    stage: Stage,
) -> None:
    more: dict[str, Any] = {"text": "配件未到", "interim": "停用", "deadline": stage.day + timedelta(days=15)}
    asked = stage.do(stage.rectifying(), Act.ASK_EXTENSION, "safety", **more)
    also_hold(stage, "office", of_the_firm(stage))

    refused(stage, asked, Act.GRANT_EXTENSION, "office", "整改单位不能给自己延期", text="同意")

    assert stage.do(asked, Act.GRANT_EXTENSION, "chief", text="同意").extension_count == 1


def test_given_a_companion_with_a_second_post_in_the_enterprise_when_two_are_needed_then_it_is_no_second(
    stage: Stage,
) -> None:
    also_hold(stage, "inspector", of_the_firm(stage))
    major = stage.do(stage.hand_in(stage.listed()), Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    seen = stage.on_site("chief") | {"companions": (Companion(stage.by("inspector").name),)}

    refused(stage, major, Act.ACCEPT_LISTING, "chief", "整改一方的人", **seen)

    done = stage.do(major, Act.ACCEPT_LISTING, "chief", **seen | stage.on_site("chief"))
    assert done.listing_state == "accepted"


@pytest.mark.parametrize("who", ["inspector", "chief"])
def test_given_a_second_post_in_the_unit_that_rectified_when_verified_then_it_is_refused(
    who: str, stage: Stage
) -> None:
    unit = stage.town.units["建设办"]
    new: dict[str, Any] = {
        "enterprise_id": None,
        "place_kind": PlaceKind.UNIT,
        "place_name": "建设办仓库",
        "place_unit_id": unit.id,
        "path": stage.town.units["东村"].path,
    }
    hazard = stage.order(stage.do(stage.report("office", **new), Act.CONFIRM, "office", level="general"))
    acting: dict[str, Any] = {"acting_for": "建设办", "files": stage.paper("office")}
    accepted = stage.do(hazard, Act.ACCEPT, "office", **acting)
    files = (*stage.proof("office", FileRole.AFTER), *stage.paper("office"))
    done = stage.hand_in(accepted, who="office", acting_for="建设办", files=files)
    also_hold(stage, "inspector", orgs.NewPost(unit.id, "兼职管理员", PostKind.STAFF))

    with_them = {} if who == "inspector" else {"companions": (Companion(stage.by("inspector").name),)}
    refused(stage, done, Act.PASS, who, "整改单位不能复查自己的整改", text="合格", **with_them)

    assert stage.do(done, Act.PASS, "chief", text="合格").state == "closed"


def test_given_an_enterprise_person_with_a_post_in_a_village_when_they_look_then_both_are_theirs(stage: Stage) -> None:
    also_hold(stage, "safety", orgs.NewPost(stage.town.units["西村"].id, "安全协管员", PostKind.STAFF))
    viewer = stage.by("safety")

    assert viewer.enterprise_ids == {stage.firm.id}
    assert viewer.own_unit_id == stage.town.units["西村"].id
