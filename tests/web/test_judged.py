"""The suggestion beside the decision: kept with it, told by month, never in the way of who decides (L8)."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard, LevelDecision
from bihuan.hazards.queries.judged import Difference
from bihuan.hazards.rules.acts import Act
from bihuan.standards import queries as standards
from bihuan.standards.data.judging import judging_version
from bihuan.standards.rules.determine import Case, Judge, Verdict
from bihuan.trail.models import Event
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_loop import do

pytestmark = pytest.mark.django_db
PAGE = reverse("hazards:judged")
ADVICE = reverse("field:advice")
DUSTY = "木工砂光机的吸尘管上没有装火花探测报警装置"
PLAIN = "灭火器压力不足"
CITED = {"level": "major", "criterion": "gongmao-2017|一(一)9"}


def found(stage: Stage, words: str) -> Hazard:
    return stage.report(part="", description=words)


@pytest.mark.parametrize(
    ("words", "decision", "how"),
    [
        (PLAIN, {"level": "general"}, Difference.SAME),
        (DUSTY, CITED, Difference.SAME),
        (PLAIN, CITED, Difference.RAISED),
        (DUSTY, {"level": "general"}, Difference.LOWERED),
        (DUSTY, {"level": "major", "criterion": "gongmao-2017|一(一)3"}, Difference.CLAUSE),
    ],
)
def test_law_l8_given_a_suggestion_when_a_person_decides_then_both_are_kept_and_the_trail_tells_them(
    words: str, decision: dict[str, str], how: Difference, stage: Stage, enter: Visit
) -> None:
    hazard = found(stage, words)

    answer = do(enter("office"), hazard, Act.CONFIRM, text="现场核实", **decision)

    assert answer.status_code == 303, answer.content.decode()[-2000:]
    rows, total = queries.judged(stage.by("office"), how={how})
    assert total == 1
    assert rows[0].level == decision["level"]
    told = Event.objects.filter(subject_id=hazard.pk, kind="hazard.confirm").values_list("figures", flat=True)
    assert told[0]["suggested_by"] == judging_version()


def test_law_l8_given_an_order_to_lower_when_approved_then_what_was_suggested_is_kept_too(
    stage: Stage, enter: Visit
) -> None:
    hazard = found(stage, DUSTY)
    do(enter("office"), hazard, Act.CONFIRM, text="现场核实", **CITED)
    do(enter("chief"), hazard, Act.COUNTERSIGN, text="同意")
    stage.do(hazard, Act.REQUEST_LOWERING, "office", text="复核后不属于木质粉尘", files=stage.paper("office"))

    do(enter("chief"), hazard, Act.APPROVE_LOWERING, text="同意")

    assert LevelDecision.objects.filter(act=Act.APPROVE_LOWERING, level="general", suggested_level="major").exists()


def test_law_l8_given_decisions_when_the_trail_is_opened_then_each_tells_what_was_proposed_and_by_which_version(
    stage: Stage, enter: Visit
) -> None:
    hazard, plain = found(stage, DUSTY), found(stage, PLAIN)
    do(enter("office"), hazard, Act.CONFIRM, text="现场核实", **CITED)
    do(enter("office"), plain, Act.CONFIRM, text="属实", level="general")

    pages = [enter("office").get(reverse("trail:subject", args=[one.pk])).content.decode() for one in (hazard, plain)]

    version = f"（提示版本 {judging_version()}）"
    assert f"当时的提示：重大 安监总管四〔2017〕129号 一(一)9{version}" in pages[0]
    assert f"当时的提示：一般{version}" in pages[1]
    assert [page.count("当时的提示") for page in pages] == [1, 1]


def test_given_decisions_when_somebody_tries_to_change_or_delete_one_then_the_database_refuses(
    stage: Stage, enter: Visit
) -> None:
    do(enter("office"), found(stage, PLAIN), Act.CONFIRM, text="属实", level="general")

    for wrong in (lambda: LevelDecision.objects.update(level="major"), lambda: LevelDecision.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


def test_given_decisions_when_the_page_is_opened_then_months_add_up_and_each_number_leads_to_its_rows(
    stage: Stage, enter: Visit
) -> None:
    for words, decision in ((PLAIN, {"level": "general"}), (DUSTY, {"level": "general"}), (PLAIN, CITED)):
        do(enter("office"), found(stage, words), Act.CONFIRM, text="现场核实", **decision)

    page = enter("office").get(PAGE).content.decode()
    lowered = enter("office").get(PAGE, {"month": "2018-01", "how": "lowered"}).content.decode()
    every = enter("office").get(PAGE, {"month": "2018-01", "how": "all"}).content.decode()

    assert "1/3（33.3%）" in page
    assert "提示重大，人定一般" in page
    assert "?month=2018-01&amp;how=all" in page
    assert every.count(PLAIN) + every.count(DUSTY) == 3
    assert "安监总管四〔2017〕129号 一(一)9" in lowered
    assert lowered.count(DUSTY) == 1
    by_month = page.split('id="clauses"')[0]  # on a phone each number stands beside its name
    assert re.findall(r'data-h="([^"]+)"', by_month)[:4] == ["定级", "一致", "提示一般，人定重大", "提示重大，人定一般"]
    assert PLAIN not in lowered


@pytest.mark.parametrize(("key", "seen"), [("village_east", True), ("village_west", False)])
def test_given_a_decision_when_another_village_opens_the_page_then_it_is_not_there(
    key: str,
    seen: bool,  # noqa: FBT001 -- a parameter of the test
    stage: Stage,
    enter: Visit,
) -> None:
    do(enter("office"), found(stage, DUSTY), Act.CONFIRM, text="现场核实", level="general")

    page = enter(key).get(PAGE).content.decode()

    assert (DUSTY in page) == seen


def test_given_decisions_when_the_page_is_opened_then_each_clause_tells_how_often_it_was_followed_and_missed(
    stage: Stage, enter: Visit
) -> None:
    other = {"level": "major", "criterion": "gongmao-2017|一(一)3"}
    for words, decision in ((DUSTY, CITED), (DUSTY, {"level": "general"}), (DUSTY, other), (PLAIN, CITED)):
        do(enter("office"), found(stage, words), Act.CONFIRM, text="现场核实", **decision)

    lines = queries.judged_clauses(stage.by("office"), since=stage.day)
    page = enter("office").get(PAGE).content.decode()

    assert [(one.of.clause, one.suggested, one.followed, one.missed) for one in lines] == [
        ("一(一)9", 3, 1, 1),
        ("一(一)3", 0, 0, 1),
    ]
    assert lines[0].counts == {Difference.SAME: 1, Difference.LOWERED: 1, Difference.CLAUSE: 1}
    assert "1/3（33.3%）" in page.split('id="clauses"')[1]
    assert "火花探测" in page.split('id="clauses"')[1].split('id="rows"')[0]  # a number alone says nothing
    assert re.findall(r'<a href="([^"]+)"[^>]*aria-current="page"', page.split('id="main"')[0])[0] == "/standards/"
    for query, count in (("", 3), ("&how=same", 1), ("&how=lowered", 1), ("&part=missed", 1), ("&month=2018-01", 3)):
        rows = enter("office").get(f"{PAGE}?clause=gongmao-2017|一(一)9{query}").content.decode().split('id="rows"')[1]
        assert rows.count('class="h-what wrap"') == count, query
    assert queries.judged_clauses(stage.by("village_west"), since=stage.day) == []


@pytest.mark.parametrize(
    "odd",
    [
        {"clause": "x|y"},
        {"clause": "x"},
        {"part": "?"},
        {"month": "x"},
        {"how": "odd"},
        {"page": "99"},
        {"month": "2018-13"},
    ],
)
def test_given_an_odd_query_when_asked_then_the_page_still_answers(odd: dict[str, str], enter: Visit) -> None:
    assert enter("office").get(PAGE, odd, follow=True).status_code == 200


def test_given_one_or_many_decisions_when_the_page_is_opened_then_the_queries_are_as_many(
    stage: Stage, enter: Visit
) -> None:
    office, counts = enter("office"), []
    for number in (1, 4):
        for _ in range(number):
            do(office, found(stage, DUSTY), Act.CONFIRM, text="现场核实", level="general")
        office.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            office.get(PAGE)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12


def test_given_words_while_typing_when_asked_then_the_advice_names_the_clause_and_what_speaks_for_it(
    stage: Stage, enter: Visit
) -> None:
    answer = enter("inspector").post(ADVICE, {"description": DUSTY, "place": stage.firm.name}).content.decode()

    assert "建议按重大隐患核实" in answer
    assert "一(一)9" in answer
    assert "由人决定" in answer


NO_CHINESE = "没有读到中文的隐患描述"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", ""),
        ("短", ""),
        ("<script>alert(1)</script>", NO_CHINESE),
        ("x" * 200_000, NO_CHINESE),
        ("The door is blocked", NO_CHINESE),
        ("防火シャッターが閉まらない", "由人决定"),
        ("\x00坏", ""),
        (f"<b>{DUSTY}</b><img src=x onerror=alert(1)>", "建议按重大隐患核实"),
        (f"{DUSTY}。{'通道堆放纸箱，' * 50_000}", "只看了前2000个字"),
    ],
    ids=["empty", "short", "markup", "long", "English", "Japanese", "unseen", "marked up", "a megabyte"],
)
def test_given_odd_words_when_asked_then_there_is_a_clear_sentence_and_no_harm(
    words: str, says: str, enter: Visit
) -> None:
    answer = enter("inspector").post(ADVICE, {"description": words, "sector": "没有这个行业"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page if says else page == ""
    assert "<script>" not in page
    assert "<img" not in page


def test_given_someone_who_reports_nothing_when_they_ask_then_they_are_refused(enter: Visit) -> None:
    assert enter("security_admin").post(ADVICE, {"description": DUSTY}).status_code == 403


def test_given_the_forms_that_decide_when_opened_then_the_advice_stands_beside_the_fields(
    stage: Stage, enter: Visit
) -> None:
    hazard = found(stage, DUSTY)

    page = enter("office").get(reverse("hazards:act", args=[hazard.pk, Act.CONFIRM.value])).content.decode()

    assert 'data-cite="gongmao-2017|gongmao-2017-dust-09"' in page
    assert "按描述可能对得上的" in page


def test_given_items_under_one_number_when_the_page_is_opened_then_each_has_its_line_and_rows_and_older_ones_are_named(
    stage: Stage, enter: Visit
) -> None:
    first, second = (f"general-2008-0{number}" for number in (1, 2))
    for item in (first, second, second):
        cited = {"level": "major", "criterion": f"general-2008|{item}", "checked": "on"}
        do(enter("office"), found(stage, PLAIN), Act.CONFIRM, text="停产才能整改", **cited)
    older = found(stage, DUSTY)
    kept = {"hazard": older, "town_id": older.town_id, "act": "confirm", "decided_on": stage.day, "decided_by": "某人"}
    named = {"level": "major", "standard": "gongmao-2017", "clause": "一(一)9"}
    LevelDecision.objects.create(
        **kept, **named, **{f"suggested_{key}": one for key, one in named.items()}, version="x"
    )

    lines = queries.judged_clauses(stage.by("office"), since=stage.day, library=standards.library())
    page = enter("office").get(PAGE).content.decode().split('id="clauses"')[1].split('id="rows"')[0]

    assert [(one.of.item, one.suggested, one.missed) for one in lines] == [
        (second, 0, 2),
        (first, 0, 1),
        ("gongmao-2017-dust-09", 1, 0),
    ]
    texts = {one.id: one.text for one in standards.library().criteria if one.id in {first, second}}
    assert all(text in page for text in texts.values())
    for item, count in ((first, 1), (second, 2), ("", 3)):
        asked = f"{PAGE}?clause={f'general-2008|第三条|{item}'.rstrip('|')}&part=missed&month=2018-01"
        rows = enter("office").get(asked).content.decode().split('id="rows"')[1]
        assert rows.count('class="h-what wrap"') == count, item
        assert (texts.get(item, "？")[:20] in rows) == bool(item)


def test_given_several_hazards_in_one_text_when_it_is_written_then_each_is_judged_by_itself(enter: Visit) -> None:
    client = enter("office")
    told = "1、打磨车间除尘器没装泄爆片 2、灭火器压力不足"

    several = client.post(ADVICE, {"description": told, "place": "木质家具厂"}).content.decode()
    one = client.post(ADVICE, {"description": "灭火器压力不足，喷漆房", "place": "木质家具厂"}).content.decode()

    each = several.partition('<ol class="each')[2].partition("</ol>")[0]
    assert each.count("<li>") == 2
    assert each.index("建议按重大隐患核实") < each.index("灭火器压力不足") < each.index("建议按一般隐患")
    assert 'class="each' not in one


def test_given_words_that_spaces_or_markup_break_when_several_are_written_then_each_is_read_whole(enter: Visit) -> None:
    broken = f"木工砂光机的吸尘管上没有装火花 探测报<b>警</b>装置；{PLAIN}"

    answers = [
        enter("office").post(ADVICE, {"description": words, "place_kind": "enterprise"}).content.decode()
        for words in (f"{DUSTY}；{PLAIN}", broken)
    ]

    each = [one.partition('<ol class="each')[2].partition("</ol>")[0] for one in answers]
    assert each[0].count("<li>") == 2
    assert each[1] == each[0]


def test_given_a_judge_that_fails_when_a_hazard_is_opened_or_decided_then_the_pages_work_and_say_that_there_is_no_hint(
    stage: Stage, enter: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(self: Judge, case: Case) -> Verdict:
        raise OverflowError

    monkeypatch.setattr(Judge, "determine", failing)
    words = "砂光机的吸尘管上没有装火花探测，谁也没有说过这一句"
    hazard = found(stage, words)

    hint = enter("inspector").post(ADVICE, {"description": words, "place": stage.firm.name})
    form = enter("office").get(reverse("hazards:act", args=[hazard.pk, Act.CONFIRM]))
    answer = do(enter("office"), hazard, Act.CONFIRM, text="现场核实", level="general")

    assert "这次没能给出提示" in hint.content.decode()
    assert form.status_code == 200
    assert "这次没能给出提示" in form.content.decode()
    assert answer.status_code == 303, answer.content.decode()[-2000:]
    assert LevelDecision.objects.filter(suggested_level="").exists()
    assert "OverflowError" in caplog.text
    assert words not in caplog.text


def test_law_l8_given_a_hazard_graded_and_then_lowered_when_counted_then_it_counts_once_by_the_last_decision(
    stage: Stage, enter: Visit
) -> None:
    hazard = found(stage, DUSTY)
    do(enter("office"), hazard, Act.CONFIRM, text="现场核实", **CITED)
    stage.do(hazard, Act.REQUEST_LOWERING, "office", text="已停用", files=stage.paper("office"))
    do(enter("chief"), hazard, Act.APPROVE_LOWERING, text="同意")

    [line] = queries.judged_clauses(stage.by("office"), since=stage.day)
    [month] = queries.judged_months(stage.by("office"), since=stage.day)

    page = enter("office").get(reverse("hazards:show", args=[hazard.pk])).content.decode()
    assert "原定重大：《工贸行业重大生产安全事故隐患判定标准（2017版）》（安监总管四〔2017〕129号）一(一)9" in page
    assert "批准降为一般，依据：已停用" in page
    assert LevelDecision.objects.count() == 2
    assert (line.suggested, line.followed) == (1, 0)
    assert (month.total, month.counts) == (1, {Difference.LOWERED: 1})
