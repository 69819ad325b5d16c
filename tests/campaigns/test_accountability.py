"""Interviews with their follow-up, the register of accountability, and sealed packs (R9.11 to R9.13)."""

import hashlib
import io
import json
import zipfile
from datetime import date

import pytest

from bihuan.campaigns import services
from bihuan.campaigns.models import AccountabilityCase, SealedPack
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.services import supervision
from bihuan.campaigns.services.supervision import packs
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.trail.models import Event
from tests.campaigns.supervised import TOWN_WIDE, WATCHERS, Supervised, at, make_supervised
from tests.town import POSTS

EVERYBODY = [key for key, *_ in POSTS]

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None) -> Supervised:
    return make_supervised()


def test_given_an_interview_when_held_and_followed_up_then_its_days_are_told_and_counted(run: Supervised) -> None:
    one = run.called()
    assert run.sees(lambda who: asking.interview_for(who, run.row.pk, one.pk)) == TOWN_WIDE | {"village_east"}
    run.now = at(1, 6)
    base = {"interview_id": one.pk, "held_on": date(2018, 1, 6), "files": [run.paper("office")]}
    with pytest.raises(Refusal, match="承诺"):
        supervision.hold_interview(
            **base, seen_version=1, facts={}, look_again_on=date(2018, 1, 20), **run.said("office")
        )
    with pytest.raises(Refusal, match="回访"):
        supervision.hold_interview(
            **base, seen_version=1, facts={"undertakings": "月底前整改"}, look_again_on=date(2018, 1, 6),
            **run.said("office"),
        )  # fmt: skip
    supervision.hold_interview(
        **base,
        seen_version=1,
        facts={"undertakings": "月底前整改"},
        look_again_on=date(2018, 1, 8),
        **run.said("office"),
    )
    waiting = asking.waiting_for(run.by("office"), now=run.now)
    assert [(row.what, row.due_on) for row in waiting.rows] == [("interviews.follow_up", date(2018, 1, 8))]
    supervision.follow_up_interview(
        interview_id=one.pk, seen_version=2, reason="差一项", look_again_on=date(2018, 1, 12), **run.said("office")
    )
    supervision.follow_up_interview(interview_id=one.pk, seen_version=3, reason="全部兑现", **run.said("office"))

    assert run.again(one).state == "followed_up"
    assert asking.waiting_for(run.by("office"), now=run.now).total == 0
    rows = run.rows("campaigns.interviews")
    assert [(row.who, row.on) for row in rows] == [("东村", date(2018, 1, 6))]


def test_given_a_case_when_handed_over_then_only_those_who_keep_the_register_see_it(run: Supervised) -> None:
    case = run.handed_over()

    assert run.sees(lambda who: asking.case_for(who, run.row.pk, case)) == WATCHERS
    assert {who for who in EVERYBODY if _cases(run, who)} == WATCHERS
    with pytest.raises(NotAllowed):
        supervision.hand_over(
            facts={"who": "x", "grounds": "x", "handed_to": "x"},
            failings=["fraud"],
            handed_over_on=run.now.date(),
            **run.said("office"),
        )
    said = Event.objects.get(kind="campaign.case_handed_over").say
    assert "负责人" not in said  # the trail names no person


def _cases(run: Supervised, who: str) -> bool:
    try:
        return bool(asking.cases_of(run.by(who), run.row.pk))
    except NotFound:
        return False


def test_given_a_decision_when_registered_then_it_is_the_organs_with_its_document(run: Supervised) -> None:
    facts = {"accident": "1月3日机械伤害", "report": "示政复〔2018〕1号"}
    with pytest.raises(Refusal, match="通报、约谈"):
        run.handed_over(failings=["work_not_done"], facts=facts)
    with pytest.raises(Refusal, match="责任事故"):
        run.handed_over(by_accident=True, facts=facts)
    with pytest.raises(Refusal, match="专项行动期间（2017年12月20日至2018年1月5日）"):
        run.handed_over(by_accident=True, is_responsible=True, accident_on=date(2017, 12, 19), facts=facts)
    case = run.handed_over(by_accident=True, is_responsible=True, facts=facts)
    told = {"organ": "镇纪委", "doc_number": "示纪〔2018〕2号", "result": "诫勉谈话"}
    base = {"case_id": case, "seen_version": 1, "decided_on": run.now.date()}
    with pytest.raises(Refusal, match="决定文件"):
        supervision.register_decision(**base, form="admonition", facts=told, **run.said("chief"))
    with pytest.raises(Refusal, match="文号"):
        supervision.register_decision(**base, form="admonition", facts={"organ": "镇纪委"}, **run.said("chief"))
    supervision.register_decision(
        **base, form="admonition", facts=told, files=[run.paper("chief")], **run.said("chief")
    )

    kept = AccountabilityCase.objects.get()
    assert (kept.state, kept.accident_on) == ("decided", run.now.date())
    for name in ("campaigns.accountability_decisions", "campaigns.accountability_concluded"):
        rows = run.rows(name)
        assert len(rows) == 1
        assert not any("负责人" in row.title + row.who + row.note for row in rows)


def test_given_a_case_when_sealed_then_the_pack_is_read_without_us_and_every_hash_is_right(run: Supervised) -> None:
    case = run.handed_over()
    run.fed_back()
    pack_id = supervision.seal_case(case_id=case, seen_version=1, **run.said("chief"))

    name, made = asking.pack_for(run.by("chief"), run.row.pk, case, pack_id)

    sealed = SealedPack.objects.get()
    assert (
        hashlib.sha256(made).hexdigest()
        == sealed.sha256
        == Event.objects.get(kind="campaign.case_sealed").after["sha256"]
    )
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(made)) as pack:
        manifest = json.loads(pack.read("manifest.json"))
        listed = {one["name"]: one["sha256"] for one in (*manifest["files"], *manifest["texts"])}
        assert set(listed) | {"manifest.json"} == set(pack.namelist())
        for inside, digest in listed.items():
            assert hashlib.sha256(pack.read(inside)).hexdigest() == digest, inside
        index = pack.read("index.html").decode()
    assert "重大隐患没有督促整改" in index
    assert "向东村反馈督查问题" in index
    assert "子方案应于" in index
    assert "http" not in index
    with pytest.raises(NotFound):
        asking.pack_for(run.by("village_east"), run.row.pk, case, pack_id)
    assert asking.pack_for(run.by("office"), run.row.pk, case, pack_id)[1] == made  # the same bytes again


def test_given_many_papers_when_sealed_then_a_job_does_it(run: Supervised, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "SMALL", 1)
    case = run.handed_over()
    pack_id = supervision.seal_case(case_id=case, seen_version=1, **run.said("chief"))
    with pytest.raises(Refusal, match="还在封存"):
        asking.pack_for(run.by("chief"), run.row.pk, case, pack_id)

    services.finish_sealing(pack_id=pack_id, now=run.now)
    services.finish_sealing(pack_id=pack_id, now=run.now)

    assert SealedPack.objects.get().sha256
    assert Event.objects.filter(kind="campaign.case_sealed").count() == 1
    assert asking.pack_for(run.by("chief"), run.row.pk, case, pack_id)[1]
