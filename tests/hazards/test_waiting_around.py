"""What waits beside the clocks, and whose bell rings."""

import pytest

from bihuan.hazards import queries, services
from bihuan.hazards.models import Listing, SameKindTask
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole
from bihuan.kernel.waiting import Waiting
from bihuan.trail.models import Notice
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def waits(stage: Stage, who: str) -> dict[str, Waiting]:
    return {row.what: row for row in queries.waiting_for(stage.by(who), now=stage.at).rows}


def test_given_a_superiors_item_when_a_village_looks_then_its_answer_waits_until_given(stage: Stage) -> None:
    hazard = stage.superior_item()

    before = waits(stage, "village_west")
    stage.answer_same_kind(hazard)

    assert before["same_kind.reply"].url_args == (SameKindTask.objects.get().pk,)
    assert "same_kind.reply" not in waits(stage, "village_west")
    assert "same_kind.reply" in waits(stage, "village_east")


def test_given_an_order_when_nobody_accepts_for_a_working_day_then_the_office_sees_it(stage: Stage) -> None:
    stage.assigned()
    stage.later(1)
    assert "hazard.unaccepted" not in waits(stage, "office")

    stage.later(1)

    assert waits(stage, "office")["hazard.unaccepted"].title == "待整改 1 项，下达后超过 1 个工作日没有签收"


def test_given_a_listing_when_the_office_looks_then_publication_and_filing_wait(stage: Stage) -> None:
    hazard = stage.listed()

    assert {"listing.publish", "listing.file_upward"} <= set(waits(stage, "office"))
    stage.do(hazard, Act.PUBLISH, "office", text="镇公告栏")
    assert "listing.publish" not in waits(stage, "office")
    assert "listing.progress" not in waits(stage, "boss")
    stage.later(5)
    assert waits(stage, "boss")["listing.progress"].verb == "报进度"


def test_rule_r3_24_a_delisting_waits_to_be_made_public_also_after_closing_and_once(stage: Stage) -> None:
    hazard = stage.do(stage.accepted(), Act.PUBLISH, "office", text="镇公告栏")
    assert "listing.publish_delisting" not in waits(stage, "office")
    hazard = stage.do(hazard, Act.DELIST, "chair", text="验收合格，予以摘牌")
    closed = stage.do(hazard, Act.PASS, "chief", **stage.on_site("chief"))

    row = waits(stage, "office")["listing.publish_delisting"]

    due = stage.calendar.add_working_days(stage.day, stage.terms.listing_delist_wd)
    assert (row.subject_id, row.verb, row.due_on) == (hazard.pk, "记录摘牌公告", due)
    published = stage.do(closed, Act.PUBLISH, "office", text="镇公告栏，原公告旁")
    listing = Listing.objects.get(hazard=hazard)
    assert (published.state, listing.published_on, listing.delisting_published_on) == ("closed", stage.day, stage.day)
    assert "listing.publish_delisting" not in waits(stage, "office")
    refused(stage, published, Act.PUBLISH, "office", "摘牌已经公告", text="再公告")
    view = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at)
    assert view.listing is not None
    assert [(one.name, one.done_on) for one in view.listing.milestones][-1] == ("摘牌公告", stage.day)


def test_given_unassured_safety_when_nothing_is_stopped_then_it_is_an_exception(stage: Stage) -> None:
    hazard = stage.do(stage.listed(), Act.ARRANGE, "office", interim="看护", cannot_assure_safety=True)

    assert "hazard.unsafe" in waits(stage, "office")
    stage.do(hazard, Act.SUSPEND, "industry", text="停用", organ="区安监局", files=stage.paper("industry"))
    assert "hazard.unsafe" not in waits(stage, "office")


def test_given_acts_when_done_then_those_who_must_know_hear_and_the_doer_does_not(stage: Stage) -> None:
    hazard = stage.rectified()
    heard = {(one.kind, one.post_id) for one in Notice.objects.all()}
    firm = {stage.town.posts["鑫达机械厂主要负责人"], stage.town.posts["鑫达机械厂安全员"]}

    assert heard == {
        *(("hazard.assign", post) for post in firm),
        ("hazard.assign", stage.town.posts["industry"]),
        ("hazard.hand_in", stage.town.posts["industry"]),
    }
    Notice.objects.all().delete()
    stage.do(hazard, Act.REQUEST_INVALID, "office", text="录错")
    stage.do(hazard, Act.REFUSE_INVALID, "chief", text="属实")
    assert [(one.kind, one.user_id) for one in Notice.objects.all()] == [
        ("hazard.refuse_invalid", stage.town.users["office"])
    ]


def test_given_what_happened_long_ago_when_done_then_no_bell_rings(stage: Stage) -> None:
    hazard = stage.rectified()
    Notice.objects.all().delete()

    services.advance_many(
        [services.Item(hazard.pk)], act=Act.REMIND, tell=False, actor=stage.by("office"), now=stage.at
    )

    assert not Notice.objects.exists()


def verifiable(stage: Stage, who: str) -> list[object]:
    rows = queries.waiting_for(stage.by(who), now=stage.at).rows
    return [row.subject_id for row in rows if row.what == "hazard.pass"]


def test_given_a_repair_handed_in_when_the_village_or_an_inspector_looks_then_it_is_theirs_to_look_at(
    stage: Stage,
) -> None:
    hazard = stage.delegate(stage.rectified())

    row = waits(stage, "village_east")["hazard.pass"]

    assert (row.subject_id, row.verb, row.due_on) == (hazard.pk, "复查", hazard.review_due)
    assert row.reason.startswith("您可以复查：1月15日 提交整改，应在 1月25日前复查")
    assert verifiable(stage, "inspector") == [hazard.pk]
    assert verifiable(stage, "office") == []  # the move is the delegate's, until its days have passed
    assert verifiable(stage, "village_west") == []
    assert queries.waiting_for(stage.by("village_east"), now=stage.at).by_what["to_verify"] == 1


def test_given_who_had_a_part_in_the_repair_when_they_look_then_it_is_not_theirs_to_verify(stage: Stage) -> None:
    hazard = stage.rectifying()
    files = stage.proof("village_east", FileRole.AFTER) + stage.paper("village_east")
    stage.do(hazard, Act.HAND_IN, "village_east", text="已改", files=files, acting_for="鑫达机械厂")
    by_inspector = stage.delegate(stage.hand_in(stage.rectifying()))
    files = stage.proof("inspector", FileRole.AFTER) + stage.paper("inspector")
    stage.do(by_inspector, Act.ATTACH, "inspector", files=files, acting_for="鑫达机械厂")
    stage.people["grid"] = stage.town.users[stage.colleague("东村", "网格员")]

    assert verifiable(stage, "village_east") == [by_inspector.pk]
    assert verifiable(stage, "grid") == [by_inspector.pk]
    assert verifiable(stage, "inspector") == [hazard.pk]
    assert set(verifiable(stage, "inspector_2")) == {hazard.pk, by_inspector.pk}


def test_given_a_major_or_a_passed_one_when_a_delegate_looks_then_it_is_not_offered(stage: Stage) -> None:
    stage.hand_in(stage.listed())
    stage.do(stage.superior_item(), Act.PASS, "office", text="合格")

    for who in ("village_east", "inspector"):
        assert verifiable(stage, who) == []


@pytest.mark.parametrize("who", ["village_east", "inspector"])
def test_given_any_repair_when_it_is_offered_then_the_table_lets_this_person_pass_it(who: str, stage: Stage) -> None:
    stage.delegate(stage.rectified())
    stage.delegate(stage.self_found())
    stage.delegate(stage.self_found(), "安监办", "chief")
    stage.hand_in(stage.listed())

    for hazard_id in verifiable(stage, who):
        view = queries.hazard_for(stage.by(who), hazard_id, now=stage.at)
        assert [one.barred for one in view.acts if one.act == Act.PASS] == [""]
    assert len(verifiable(stage, who)) == 2
