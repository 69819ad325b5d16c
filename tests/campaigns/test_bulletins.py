"""Candidates, circulars with their right of reply, and briefs: drafted, edited, issued, found again (R9.10)."""

from datetime import date, timedelta

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.models import Bulletin
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.supervision.grounds import GroundKind
from bihuan.campaigns.services import supervision
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from tests.campaigns.supervised import KEEPERS, TOWN_WIDE, WATCHERS, Supervised, at, make_supervised

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None) -> Supervised:
    return make_supervised()


def test_given_a_sub_plan_that_is_missing_when_its_day_has_passed_then_its_unit_is_a_candidate(run: Supervised) -> None:
    due = run.stage.part(run.row, "东村").plan_due_on

    on_the_day = asking.candidates_for(run.by("office"), run.row.pk, on=due)
    after = asking.candidates_for(run.by("office"), run.row.pk, on=due + timedelta(days=1))

    assert on_the_day.candidates == ()
    assert {one.facts.name for one in after.candidates} == {"东村", "西村", "经发办", "建设办", "安监办"}
    assert {one.kind for row in after.candidates for one in row.grounds} == {GroundKind.NO_PLAN}
    assert set(after.groups) == {"village", "department", "office", "post"}
    assert [one.rate for one in after.groups["village"]] == ["—", "—"]
    assert run.sees(lambda who: asking.candidates_for(who, run.row.pk, on=due)) == WATCHERS
    assert run.figure("bulletins.criticised", on=due) == (0, 0)
    assert run.figure("bulletins.criticised", on=due + timedelta(days=1)) == (0, 5)


def test_given_a_candidate_when_a_person_exempts_it_then_the_reason_and_grounds_stay(run: Supervised) -> None:
    with pytest.raises(Refusal, match="理由"):
        supervision.exempt(unit_id=run.part("东村"), reason="", **run.said("office"))
    supervision.exempt(unit_id=run.part("东村"), reason="正在换届", **run.said("office"))

    assert run.figure("bulletins.criticised") == (1, 5)


@pytest.mark.parametrize("name", ["campaigns.meeting_a_ground", "campaigns.criticised_or_exempted"])
def test_given_a_candidate_when_its_unit_asks_for_the_count_then_only_the_whole_town_has_one(
    run: Supervised, name: str
) -> None:
    supervision.exempt(unit_id=run.part("东村"), reason="正在换届", **run.said("office"))
    path, days = run.town.units["东村"].path, {"since": date(2017, 12, 20), "until": run.now.date()}

    assert run.figure("bulletins.criticised", unit="东村") == (None, None)
    for who in ("village_east", "office"):
        with pytest.raises(NotFound):
            queries.rows_of(run.by(who), run.row.pk, name, path=path, **days)
    assert "东村" in {one.who for one in run.rows(name)}


def test_given_no_ground_when_a_unit_is_to_be_criticised_then_words_are_asked_for(run: Supervised) -> None:
    run.now = at(12, 21)
    run.stage.now = run.now

    with pytest.raises(Refusal, match="为什么通报"):
        run.circular("东村", words="")
    assert run.circular("东村", words="主要负责人重视不够").state == "draft"


def test_given_a_criticism_when_it_is_not_heard_then_it_can_not_be_issued(run: Supervised) -> None:
    one = run.circular("东村", "西村")
    with pytest.raises(Refusal, match="听取"):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=1, **run.said("chief"))
    supervision.ask_units(bulletin_id=one.pk, seen_version=1, reply_by=date(2018, 1, 8), **run.said("office"))
    run.about(
        supervision.reply, one, "东村", "village_east", reason="子方案已在印发", files=[run.paper("village_east")]
    )
    with pytest.raises(Refusal, match="没有申辩"):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=3, **run.said("chief"))
    with pytest.raises(NotAllowed):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=3, **run.said("office"))
    run.now = at(1, 9)  # the days for replies are over
    with pytest.raises(Refusal, match="期限"):
        run.about(supervision.reply, one, "西村", "village_west", reason="晚了")

    with pytest.raises(Refusal, match="采纳不采纳"):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=3, **run.said("chief"))
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="没有佐证")
    one = run.again(one)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))

    one = run.again(one)
    assert (one.state, one.number) == ("issued", 1)
    assert one.correct_by > run.now.date()
    assert run.named(one).reply == "子方案已在印发"  # kept beside


def test_given_a_reply_that_is_heeded_when_heard_then_the_unit_leaves_the_text_and_is_not_counted(
    run: Supervised,
) -> None:
    one = run.asked("东村", "西村")
    run.about(supervision.reply, one, "东村", "village_east", reason="文件寄丢了")
    run.about(supervision.reply, one, "西村", "village_west", reason="没有意见")
    run.about(supervision.hear, one, "西村", "chief", stays=True, reason="没有异议")
    assert run.again(one).state == "replied"

    run.about(supervision.hear, one, "东村", "chief", stays=False, reason="属实")
    one = run.again(one)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))

    view = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)
    assert "东村" not in view.lines
    assert "（一）西村" in view.lines
    assert [kept.number for kept in view.editions] == [2, 1]
    assert run.figure("bulletins.corrected") == (0, 1)


def test_given_a_circular_when_it_goes_its_way_then_who_sees_it_grows_with_its_states(run: Supervised) -> None:
    def sees(one: Bulletin) -> set[str]:
        return run.sees(lambda who: asking.bulletin_for(who, run.row.pk, one.pk))

    one = run.circular()
    assert sees(one) == WATCHERS
    supervision.ask_units(bulletin_id=one.pk, seen_version=1, **run.said("office"))
    assert sees(one) == WATCHERS | {"village_east"}
    run.about(supervision.reply, one, "东村", "village_east", reason="没有意见")
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="没有异议")
    one = run.again(one)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))

    units = {"village_east", "village_west", "industry", "construction"}
    assert sees(one) >= TOWN_WIDE | units
    assert asking.bulletin_for(run.by("village_west"), run.row.pk, one.pk).named == []  # replies are not for others
    assert len(asking.bulletin_for(run.by("village_east"), run.row.pk, one.pk).named) == 1


@pytest.mark.parametrize(("kind", "by_units"), [("weekly", True), ("summary", False)])
def test_given_a_brief_when_issued_then_every_unit_of_the_campaign_reads_the_weekly_one(
    run: Supervised, kind: str, *, by_units: bool
) -> None:
    run = Supervised(run.stage, run.stage.issued(units=("东村", "经发办", "安监办")))
    one = _brief(run, kind)
    units = {"village_east", "village_west", "industry", "construction"}

    def sees() -> set[str]:
        return run.sees(lambda who: asking.bulletin_for(who, run.row.pk, one.pk))

    assert sees() == KEEPERS
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=1, **run.said("chief"))
    assert sees() >= TOWN_WIDE
    assert sees() & units == ({"village_east", "industry"} if by_units else set())  # those that take part
    lines = asking.bulletins_of(run.by("village_east"), run.row.pk)
    assert [line.id for line in lines] == ([one.pk] if by_units else [])


def test_given_a_criticised_unit_when_it_corrects_in_time_then_the_circular_is_corrected_and_counted(
    run: Supervised,
) -> None:
    one = run.issued("东村", "西村")
    with pytest.raises(Refusal, match="没有等着"):
        run.about(supervision.review_correction, one, "东村", "office", accepted=True)
    run.about(supervision.answer_circular, one, "东村", "village_east", reason="已报子方案")
    run.about(supervision.review_correction, one, "东村", "office", accepted=False, reason="没有附件")
    run.about(
        supervision.answer_circular, one, "东村", "village_east", reason="附件补上", files=[run.paper("village_east")]
    )
    run.about(supervision.review_correction, one, "东村", "office", accepted=True)
    assert run.again(one).state == "issued"
    assert run.figure("bulletins.corrected") == (1, 2)
    run.now = at(1, 30)
    run.about(supervision.answer_circular, one, "西村", "village_west", reason="已改")  # after its last day
    run.about(supervision.review_correction, one, "西村", "office", accepted=True)

    assert run.again(one).state == "corrected"
    assert run.figure("bulletins.corrected") == (1, 2)


def test_given_a_unit_that_left_the_text_when_its_figures_are_asked_for_then_only_the_town_finds_them(
    run: Supervised,
) -> None:
    one = run.asked("东村", "西村")
    first = asking.bulletin_for(run.by("office"), run.row.pk, one.pk).figures
    run.about(supervision.reply, one, "东村", "village_east", reason="文件寄丢了")
    run.about(supervision.reply, one, "西村", "village_west", reason="没有意见")
    run.about(supervision.hear, one, "西村", "chief", stays=True, reason="没有异议")
    run.about(supervision.hear, one, "东村", "chief", stays=False, reason="属实")
    one = run.again(one)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))
    shown = asking.bulletin_for(run.by("village_west"), run.row.pk, one.pk).figures
    left = first.keys() - shown.keys()

    def found(who: str, key: str) -> str:
        return asking.figure_for(run.by(who), run.row.pk, one.pk, key, today=run.now.date()).figure.place

    assert left
    assert {found("office", key) for key in left} == {"东村"}
    assert {found("village_west", key) for key in shown} == {"西村"}
    for key in left:
        with pytest.raises(NotFound):
            found("village_west", key)


def _brief(run: Supervised, kind: str = "weekly", who: str = "office") -> Bulletin:
    made = supervision.draft_brief(kind=kind, until=run.now.date(), **run.said(who))
    return Bulletin.objects.get(pk=made)


def test_given_a_brief_when_each_figure_is_asked_for_again_then_it_says_the_same(run: Supervised) -> None:
    run.fed_back()
    run.noted(run.held("西村", method="open"), "皮带轮无防护罩", firm=True)
    for kind in ("weekly", "summary"):
        one = _brief(run, kind)
        view = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)
        assert len(view.figures) > 5
        for key, figure in view.figures.items():
            found = asking.figure_for(run.by("office"), run.row.pk, one.pk, key, today=run.now.date())
            assert (found.figure, found.again) == (figure, figure.text), key
    weekly = asking.bulletin_for(run.by("office"), run.row.pk, Bulletin.objects.get(kind="weekly").pk)
    assert "开展督查[" in weekly.lines


def test_given_a_circular_when_its_grounds_are_asked_for_again_then_they_say_the_same(run: Supervised) -> None:
    one = run.circular("东村", words="")

    view = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)

    assert [figure.ask for figure in view.figures.values()] == ["ground"]
    for key, figure in view.figures.items():
        found = asking.figure_for(run.by("office"), run.row.pk, one.pk, key, today=run.now.date())
        assert (found.figure, found.again) == (figure, figure.text)


def test_given_a_circular_that_is_edited_after_a_reply_when_it_is_issued_then_the_units_are_asked_again_first(
    run: Supervised,
) -> None:
    one = run.asked("东村")
    run.about(supervision.reply, one, "东村", "village_east", reason="子方案已在印发")
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="没有佐证")
    one = run.again(one)
    lines = asking.bulletin_for(run.by("office"), run.row.pk, one.pk).lines + "\n主要负责人弄虚作假，影响恶劣。"

    supervision.edit_bulletin(
        bulletin_id=one.pk, seen_version=one.version, title=one.title, lines=lines, **run.said("office")
    )

    one = run.again(one)
    assert (one.state, one.reply_by, run.named(one).reply) == ("draft", None, "")
    with pytest.raises(Refusal, match="听取"):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))
    supervision.ask_units(bulletin_id=one.pk, seen_version=one.version, **run.said("office"))
    view = asking.bulletin_for(run.by("village_east"), run.row.pk, one.pk)
    assert "弄虚作假" in view.lines  # it replies to the words that will be issued
    assert [(said.reply, said.heard_why) for said in view.named[0].earlier] == [("子方案已在印发", "没有佐证")]
    run.about(supervision.reply, one, "东村", "village_east", reason="没有弄虚作假")
    one = run.again(one)
    with pytest.raises(Refusal, match="采纳不采纳"):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))


def test_given_a_reply_that_was_decided_on_when_the_unit_replies_anew_then_it_is_decided_on_anew(
    run: Supervised,
) -> None:
    one = run.asked("东村", "西村")
    run.about(supervision.reply, one, "东村", "village_east", reason="没有收到通知")
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="有签收记录")
    run.about(supervision.reply, one, "东村", "village_east", reason="签收的不是本村的人")
    run.about(supervision.reply, one, "西村", "village_west", reason="没有意见")
    run.about(supervision.hear, one, "西村", "chief", stays=True, reason="没有异议")
    one = run.again(one)

    with pytest.raises(Refusal, match="还有 1 个单位的申辩没有写明采纳不采纳"):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))


def test_given_an_issued_circular_when_another_unit_opens_a_figure_of_it_then_it_reads_but_does_not_recount(
    run: Supervised,
) -> None:
    for unit in ("东村", "西村"):
        run.now = at(1, 5)
        run.circular(unit, words="")
    one = run.asked("东村")
    one_key = next(iter(asking.bulletin_for(run.by("office"), run.row.pk, one.pk).figures))
    run.about(supervision.reply, one, "东村", "village_east", reason="没有意见")
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="没有异议")
    one = run.again(one)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))

    def found(who: str) -> tuple[str, bool, str, int]:
        view = asking.figure_for(run.by(who), run.row.pk, one.pk, one_key, today=run.now.date())
        return view.figure.text, view.is_open, view.again, len(view.parts)

    text = found("office")[0]
    assert found("office") == (text, True, text, 1)
    assert found("village_east") == (text, True, text, 1)
    assert found("village_west") == (text, False, "", 0)


def test_given_the_supervision_group_when_it_drafts_a_circular_then_others_hear_the_unit_and_issue_it(
    run: Supervised,
) -> None:
    with pytest.raises(NotAllowed):
        _brief(run, "weekly", "group")  # briefs are the office's
    with pytest.raises(NotAllowed):
        supervision.exempt(unit_id=run.part("东村"), reason="正在换届", **run.said("group"))
    one = run.circular(who="group")

    text = asking.bulletin_for(run.by("group"), run.row.pk, one.pk)
    assert text.line.made_by == run.by("group").name
    for act, more in ((supervision.ask_units, {}), (supervision.withdraw_bulletin, {"reason": "拟错了"})):
        with pytest.raises(NotAllowed):
            act(bulletin_id=one.pk, seen_version=1, **more, **run.said("group"))
    supervision.ask_units(bulletin_id=one.pk, seen_version=1, **run.said("office"))
    run.about(supervision.reply, one, "东村", "village_east", reason="没有意见")
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="没有异议")
    one = run.again(one)
    with pytest.raises(NotAllowed):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("group"))
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))
    assert run.again(one).state == "issued"
