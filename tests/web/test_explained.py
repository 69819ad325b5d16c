"""判定说明: what a safety officer needs a year later stands on one page, and is seen by whoever sees the hazard."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from bihuan.hazards.models import LevelDecision
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Criterion
from bihuan.hazards.rules.suggested import MOST_CLAUSES, MOST_POINTS, MOST_WORDS, Considered, Suggested, kept_reasons
from bihuan.standards.data.judging import judging_version
from bihuan.trail import queries as trail
from bihuan.trail.models import Event
from bihuan.web.trail.proposed import with_proposals
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_guided import CHOSEN, DUSTY, MAJOR, _codes, _to_the_end
from tests.web.test_loop import do

pytestmark = pytest.mark.django_db
CITED = {"level": "major", "criterion": "gongmao-2017|gongmao-2017-dust-09"}
DOCUMENT = "安监总管四〔2017〕129号"


def test_law_l8_given_a_hazard_asked_graded_and_lowered_when_explained_then_one_page_tells_all_that_it_rests_on(
    stage: Stage, enter: Visit
) -> None:
    hazard, office = stage.report(part="", description=DUSTY), enter("office")
    ask = reverse("standards:ask_hazard", args=[hazard.pk])
    page, asked = _to_the_end(office, ask, MAJOR, first=dict(CHOSEN))
    office.post(ask, {"a": _codes(page), **CHOSEN})
    do(office, hazard, Act.CONFIRM, text="现场看过，风管上没有", **CITED)
    do(enter("chief"), hazard, Act.COUNTERSIGN, text="同意")
    shown = reverse("hazards:explained", args=[hazard.pk])
    before = office.get(shown).content.decode()

    stage.do(hazard, Act.REQUEST_LOWERING, "office", text="已拆除砂光机", files=stage.paper("office"))
    do(enter("chief"), hazard, Act.APPROVE_LOWERING, text="到场看过")
    after = office.get(shown).content.decode()

    assert shown in office.get(reverse("hazards:show", args=[hazard.pk])).content.decode()
    text = "木制品加工企业中，接砂光机的风管没有按规范装火花探测报警装置。"
    for words in (
        f"<b>一(一)9</b>{text}",
        f"（{DOCUMENT}），2017-11-30起施行，用到2023-05-14。按发现当日有效的版本",
        "现场看过，风管上没有",
        f"提示版本 {judging_version()}",
        "一问一答：重大",
        asked[-1],
        stage.by("office").name,
        stage.by("chief").name,
    ):
        assert words in before, words
    assert f"{stage.day:%Y}年{stage.day.month}月{stage.day.day}日" in before
    assert "升降级" not in before
    for words in (
        "批准降级",
        "已拆除砂光机",
        "同意 到场看过",
        f"原定重大：《工贸行业重大生产安全事故隐患判定标准（2017版）》（{DOCUMENT}）一(一)9",
    ):
        assert words in after, words
    assert enter("village_west").get(shown).status_code == 404


def test_law_l8_given_a_decision_when_explained_then_why_it_was_suggested_is_kept_with_it(
    stage: Stage, enter: Visit
) -> None:
    hazard, office = stage.report(part="", description=DUSTY), enter("office")
    do(office, hazard, Act.CONFIRM, text="现场看过，风管上没有", **CITED)

    kept = LevelDecision.objects.get(hazard=hazard).because
    page = office.get(reverse("hazards:explained", args=[hazard.pk])).content.decode()

    assert kept["clauses"][0]["item"] == "gongmao-2017-dust-09"
    assert kept["clauses"][0]["for"]
    assert kept["reason"]
    for words in (f"把握{int(kept['confidence'] * 100)}%", escape("；".join(kept["clauses"][0]["for"]))):
        assert words in page, words
    assert escape(kept["reason"]) in page
    figures = Event.objects.get(subject_id=hazard.pk, kind="hazard.confirm").figures
    assert figures["suggested_because"] == kept


def test_law_l8_given_a_decision_when_its_trail_is_read_then_suggestion_reasons_version_decider_and_day_stand_there(
    stage: Stage, enter: Visit
) -> None:
    hazard, office = stage.report(part="", description=DUSTY), enter("office")
    do(office, hazard, Act.CONFIRM, text="现场看过，风管上没有", **CITED)
    kept = LevelDecision.objects.get(hazard=hazard).because

    page = office.get(reverse("trail:subject", args=[hazard.pk])).content.decode()

    (line,) = [one for one in page.split("<tr>") if "当时的提示" in one]
    first = kept["clauses"][0]
    for words in (
        f"当时的提示：重大 {DOCUMENT} 一(一)9（提示版本 {judging_version()}），把握{int(kept['confidence'] * 100)}%",
        escape(kept["reason"]),
        f'<span class="mu">支持</span> {escape("；".join(first["for"]))}',
        "现场看过，风管上没有",
        stage.by("office").name,
        f"{stage.day.month}月{stage.day.day}日",
    ):
        assert words in line, words


def test_given_a_hazard_that_nobody_has_verified_when_its_page_is_opened_then_what_is_proposed_stands_there_until_then(
    stage: Stage, enter: Visit
) -> None:
    hazard, office = stage.report(part="", description=DUSTY), enter("office")
    page = reverse("hazards:show", args=[hazard.pk])

    before = office.get(page).content.decode()
    do(office, hazard, Act.CONFIRM, text="现场看过，风管上没有", **CITED)
    after = office.get(page).content.decode()

    panel = before[before.index("判定提示") :].partition("</section>")[0]
    assert f"{DOCUMENT} 一(一)9" in panel
    assert "只作提示，由人决定" in panel
    assert "data-cite" not in panel  # there is no form here to take a clause
    assert "只作提示，由人决定" not in after


def test_given_an_event_from_before_reasons_were_kept_when_its_trail_is_read_then_the_suggestion_alone_is_told(
    stage: Stage,
) -> None:
    figures = {"suggested_by": "0123456789ab", "suggested_level": "", "suggested_clause": ""}
    event = replace(trail.events_of([stage.report(part="").pk])[0], figures=figures)

    (line,) = with_proposals([event])

    assert line.proposed is not None
    assert (line.proposed.says, line.proposed.percent, line.proposed.weighed) == ("由人判断", None, [])


def test_given_a_decision_from_before_reasons_were_kept_when_explained_then_it_is_told_without(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description=DUSTY)
    old = Suggested("general", "", "", "v-of-old")
    stage.do(hazard, Act.CONFIRM, "office", level="general", text="已查", suggested=old)

    page = enter("office").get(reverse("hazards:explained", args=[hazard.pk])).content.decode()

    assert LevelDecision.objects.get(hazard=hazard).because == {}
    assert "提示版本 v-of-old" in page
    assert "把握" not in page


def test_given_a_lowering_when_explained_then_each_decision_stands_in_order_and_the_head_names_the_one_that_stands(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.major()
    stage.do(hazard, Act.REQUEST_LOWERING, "office", text="铝粉已清，定错了", files=stage.paper("office"))
    stage.do(hazard, Act.APPROVE_LOWERING, "chair", text="同意")

    page = enter("office").get(reverse("hazards:explained", args=[hazard.pk])).content.decode()

    steps = page[page.index("定级的经过") :]
    told = ("核实定级</b>", "铝粉，无泄爆片", "复核判定</b>", "申请降级</b>", "铝粉已清，定错了", "批准降级</b>")
    assert [steps.index(words) for words in told] == sorted(steps.index(words) for words in told)
    assert stage.by("chief").name in steps  # who signed second under the determination that was lowered
    assert "同意 同意" not in page
    head = page[: page.index("定级的经过")]
    assert f"{stage.by('office').name}申请降级，{stage.by('chair').name} " in head
    assert "铝粉，无泄爆片" not in head


def test_given_a_clause_that_began_after_the_finding_when_explained_then_it_is_not_said_to_be_of_that_day(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.report(part="", description=DUSTY, found_on=date(2017, 11, 30) - timedelta(days=3))

    named = Criterion("gongmao-2017", "gongmao-2017-dust-09")
    stage.do(hazard, Act.CONFIRM, "office", level="major", criterion=named, text="现在还是这样")
    page = enter("office").get(reverse("hazards:show", args=[hazard.pk])).content.decode()

    assert "按发现当日有效的版本" not in page
    assert "发现当日这一版不施行，按定级当日有效的版本" in page


@pytest.mark.django_db(databases=[])
def test_given_endless_reasons_when_kept_then_they_are_bounded() -> None:
    one = Considered("s", "c", speaks_for=("长" * 9999,) * 99)

    kept = kept_reasons(Suggested("major", "s", "c", "v", confidence=0.5, reason="长" * 9999, considered=(one,) * 99))

    assert len(kept["clauses"]) == MOST_CLAUSES
    assert [len(kept["clauses"][0]["for"]), len(kept["clauses"][0]["for"][0])] == [MOST_POINTS, MOST_WORDS]
    assert len(kept["reason"]) < 9999


def test_given_a_deadline_that_the_clock_tells_when_the_hazard_is_opened_then_it_is_told_once(
    stage: Stage, enter: Visit
) -> None:
    office, rectifying, handed_in = enter("office"), stage.rectifying(), stage.rectified()
    told = "<h3>整改期限</h3>"

    pages = [office.get(reverse("hazards:show", args=[one.pk])).content.decode() for one in (rectifying, handed_in)]

    assert [page.count(told) for page in pages] == [1, 1]
    assert "<h3>复查期限</h3>" in pages[1]
