"""Candidates, circulars with their right of reply, and briefs: drafted, edited, issued, found again (R9.10)."""

import io
from datetime import date, timedelta

import pytest
from docx import Document

from bihuan.campaigns import queries
from bihuan.campaigns.models import Bulletin
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.supervision.grounds import GroundKind
from bihuan.campaigns.rules.supervision.text import from_lines
from bihuan.campaigns.services import supervision
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from tests.campaigns.supervised import KEEPERS, TOWN_WIDE, Supervised, at, make_supervised

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
    assert run.sees(lambda who: asking.candidates_for(who, run.row.pk, on=due)) == KEEPERS
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
    with pytest.raises(Refusal):  # what a unit was heard on is what is issued
        supervision.edit_bulletin(
            bulletin_id=one.pk, seen_version=one.version, title="又一条", lines="又一条", **run.said("office")
        )

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
    assert sees(one) == KEEPERS
    supervision.ask_units(bulletin_id=one.pk, seen_version=1, **run.said("office"))
    assert sees(one) == KEEPERS | {"village_east"}
    run.about(supervision.reply, one, "东村", "village_east", reason="没有意见")
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="没有异议")
    one = run.again(one)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))

    units = {"village_east", "village_west", "industry", "construction"}
    assert sees(one) >= TOWN_WIDE | units
    assert asking.bulletin_for(run.by("village_west"), run.row.pk, one.pk).named == []  # replies are not for others
    assert len(asking.bulletin_for(run.by("village_east"), run.row.pk, one.pk).named) == 1


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
        return asking.figure_for(run.by(who), run.row.pk, one.pk, key, today=run.now.date())[0].place

    assert left
    assert {found("office", key) for key in left} == {"东村"}
    assert {found("village_west", key) for key in shown} == {"西村"}
    for key in left:
        with pytest.raises(NotFound):
            found("village_west", key)


def _brief(run: Supervised, kind: str = "weekly") -> Bulletin:
    made = supervision.draft_brief(kind=kind, until=run.now.date(), **run.said("office"))
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
            assert found == (figure, figure.text), key
    weekly = asking.bulletin_for(run.by("office"), run.row.pk, Bulletin.objects.get(kind="weekly").pk)
    assert "开展督查 [" in weekly.lines


def test_given_a_circular_when_its_grounds_are_asked_for_again_then_they_say_the_same(run: Supervised) -> None:
    one = run.circular("东村", words="")

    view = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)

    assert [figure.ask for figure in view.figures.values()] == ["ground"]
    for key, figure in view.figures.items():
        found = asking.figure_for(run.by("office"), run.row.pk, one.pk, key, today=run.now.date())
        assert found == (figure, figure.text)


def test_given_an_edited_brief_when_a_number_was_typed_then_its_reason_is_asked_and_both_are_kept(
    run: Supervised,
) -> None:
    one = _brief(run)
    view = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)
    lines = view.lines + "\n下周检查企业 20 家。"
    said = {"bulletin_id": one.pk, "seen_version": 1, "title": "工作动态第1期", "lines": lines}

    with pytest.raises(Refusal, match="手写了 20"):
        supervision.edit_bulletin(**said, **run.said("office"))
    supervision.edit_bulletin(**said, why="安监办下周计划", **run.said("office"))

    now = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)
    assert (now.line.edition, now.line.title) == (2, "工作动态第1期")
    assert [(one["number"], one["why"]) for one in now.typed] == [("20", "安监办下周计划")]
    first = asking.bulletin_for(run.by("office"), run.row.pk, one.pk, edition=1)
    assert first.lines == view.lines
    assert from_lines(now.lines, before=now.blocks, figures=now.figures)[1] == ""


def test_given_a_brief_when_issued_then_its_text_stays_and_it_is_a_word_document_with_its_sources(
    run: Supervised,
) -> None:
    one = _brief(run)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=1, **run.said("chief"))
    with pytest.raises(Refusal):
        supervision.edit_bulletin(bulletin_id=one.pk, seen_version=3, title="x", lines="x", **run.said("office"))
    view = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)

    name, made = asking.word_for(
        run.by("office"), run.row.pk, one.pk, addresses={key: f"/f/{key}/" for key in view.figures}
    )

    document = Document(io.BytesIO(made))
    assert name == f"{one.title}.docx"
    assert document.paragraphs[0].text == one.title
    fonts = {style.name: (style.font.name, style.font.size.pt) for style in document.styles if style.name[:2] == "BH"}
    assert fonts["BH Title"] == ("方正小标宋简体", 22)
    assert fonts["BH Body"] == ("仿宋_GB2312", 16)
    assert document.paragraphs[1].text == "一、总体情况"
    annex = document.tables[-1]
    rows = [[cell.text for cell in row.cells] for row in annex.rows]
    assert rows[0] == ["编号", "数", "含义", "截至", "行数", "查看地址"]
    assert [row[0] for row in rows[1:]] == list(view.figures)
    assert [row[1] for row in rows[1:]] == [figure.text for figure in view.figures.values()]
    assert all(row[5].startswith("/f/") for row in rows[1:])
