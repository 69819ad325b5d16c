"""An uploaded list of fire counts its comprehensive elements like ours: in free text, in questions, on the preview."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.counting import read_procedures
from bihuan.standards.data.guiding import read_questions
from bihuan.standards.data.judging import book_with, fire_with, judge_of
from bihuan.standards.data.uploads import BadUpload, read_text
from bihuan.standards.data.workbooks.reading import read_workbook
from bihuan.standards.data.workbooks.writing import workbook_of
from bihuan.standards.data.writing import adapted, as_yaml, packaged_book
from bihuan.standards.rules import Sector
from bihuan.standards.rules.advice import advice_of
from bihuan.standards.rules.determine import Case, Enterprise, Level
from bihuan.standards.rules.guiding import Said, paper_of, result_of, with_asks
from bihuan.standards.rules.loading import effects, previewed, with_loaded
from bihuan.standards.rules.loading.counting import EXCLUSIONS, PLACE_TYPES, counting_says
from tests.standards.local import fire_book, read

DAY = date(2018, 1, 10)
LOADED = read(fire_book(supersedes="fire-2006"))
LIBRARY = with_loaded(read_library(), [LOADED])
JUDGE = judge_of(LIBRARY, book_with([LOADED]), fire_with([LOADED]))
SHOP = Enterprise(sectors=("商贸",), features=("商店",))
BOTH = "消防车道堵死，安全出口锁死"


def paper() -> Any:
    procedures = {LOADED.standard.id: LOADED.procedure}
    book = with_asks(read_questions(), LOADED.asks, procedures)  # type: ignore[arg-type] -- it has one
    return paper_of(book, LIBRARY, on=DAY, sectors={Sector.COMMERCE}, features=frozenset())


@pytest.mark.parametrize(
    ("text", "level", "says"),
    [
        (f"商场{BOTH}", Level.OPEN, "综合判定要素有2条，达到人员密集场所的2条（示范镇安委〔2018〕1号 5.3 a)）"),
        ("商场消防车道堵死", Level.GENERAL, "综合判定要素只有1条，人员密集场所须有2条"),
        (f"商场{BOTH}，已停业", Level.GENERAL, "不作为重大火灾隐患判定要素"),
    ],
)
def test_given_words_when_elements_of_an_uploaded_list_are_met_then_they_are_counted_by_its_numbers(
    text: str, level: Level, says: str
) -> None:
    found = advice_of(JUDGE.determine(Case(text, DAY, SHOP)), version="")

    told = " ".join([found.reason, *(one for clause in found.clauses for one in clause.speaks_against)])
    assert (found.level, says in told) == (level, True), told


@pytest.mark.parametrize(
    ("place", "elements", "level"),
    [
        ("人员密集", ("7-1", "7-2"), Level.OPEN),
        ("人员密集", ("7-1", "7-3"), Level.GENERAL),
        ("", ("7-1", "7-2"), Level.GENERAL),
        ("", ("7-1", "7-2", "7-3"), Level.OPEN),
    ],
)
def test_given_answers_when_elements_of_an_uploaded_list_are_met_then_its_rule_for_the_place_decides(
    place: str, elements: tuple[str, ...], level: Level
) -> None:
    asked = paper()
    answers = dict.fromkeys(asked.asks, Said.NO) | {"消防方面": Said.YES}
    answers |= {place: Said.YES} if place else {}
    answers |= {f"{LOADED.standard.id}-{one}/1": Said.YES for one in elements}

    found = result_of(asked, answers)

    assert found.level == level
    assert (found.deciding.criterion.clause if found.deciding else "") == (
        "" if level is Level.GENERAL else "5.3 a)" if place else "5.3 b)"
    )


def test_given_what_is_mended_at_once_when_answered_so_then_it_does_not_count() -> None:
    asked = paper()
    answers = dict.fromkeys(asked.asks, Said.NO) | {"消防方面": Said.YES, "人员密集": Said.YES}
    answers |= {f"{LOADED.standard.id}-{one}/1": Said.YES for one in ("7-1", "7-2")}

    assert result_of(asked, answers | {"当场能改": Said.YES}).level is Level.GENERAL


def test_given_a_list_of_fire_when_looked_at_then_its_counting_stands_beside_that_of_the_list_it_replaces() -> None:
    earlier = read(fire_book(id="320413101-fire-2017"))
    facts = {"current": None, "revision": 0, "packaged": read_library(), "today": DAY}
    said = effects(previewed(LOADED, earlier=earlier, **facts), None)

    told = [one for one in said if "计数" in one]
    counting = (
        "人员密集场所满2条（5.3 a)，数7.1、7.2）；其他场所满3条（5.3 b)，综合判定要素都数）；"
        "不算的：当场能改正、已停产停业或停止使用"
    )
    assert told == [f"综合判定按文件计数：{counting}。", f"原来的计数：{counting}。请逐条核对。"]


def test_given_a_correction_of_the_counting_when_looked_at_then_it_is_told_as_a_change() -> None:
    made = fire_book(supersedes="fire-2006")
    made["procedure"]["rules"][0]["min_count"] = 1
    facts = {"earlier": None, "revision": 1, "packaged": read_library(), "today": DAY}

    (change,) = previewed(read(made), current=LOADED, **facts).facts

    assert change.name == "综合判定计数"
    assert ("满2条（5.3 a)" in change.before, "满1条（5.3 a)" in change.after) == (True, True)


def test_given_a_list_of_fire_when_written_as_a_workbook_then_it_reads_again_to_the_same_counting() -> None:
    made = read_text(as_yaml(fire_book())).book

    written = read_workbook(workbook_of(made))

    assert (written.faults, written.book["procedure"]) == ((), made["procedure"])


@pytest.mark.parametrize("standard_id", ["fire-2006", "fire-2017"])
def test_given_a_packaged_list_of_fire_when_given_as_an_example_then_it_carries_the_counting_that_we_use(
    standard_id: str,
) -> None:
    packaged, ours = packaged_book(standard_id), read_procedures()[standard_id]
    assert packaged is not None
    items = [one for one in read_library().criteria if one.standard_id == standard_id]

    example = adapted(packaged, "320413101-")["procedure"]

    assert [one["min_count"] for one in example["rules"]] == [one.least for one in ours.counts]
    assert len(example["exclusions"]) == len(list(ours.holds.terms))  # type: ignore[union-attr] -- several
    assert not [one for one in counting_says(ours, items) if "fire-" in one]


def test_given_the_words_that_a_file_may_use_when_looked_up_then_each_is_a_question_of_ours() -> None:
    asks = read_questions().asks

    assert {*PLACE_TYPES.values(), *EXCLUSIONS.values()} <= set(asks)
    assert set(PLACE_TYPES.values()) == {name for one in read_procedures().values() for name in one.kinds}


FAULTS: tuple[tuple[Callable[[dict[str, Any]], Any], str], ...] = (
    (lambda made: made.pop("procedure"), "有综合判定要素，但没有“procedure”"),
    (lambda made: made["standard"].update(sector="工贸"), "只用于消防标准"),
    (lambda made: [one.update(kind="direct") for one in made["criteria"]], "没有可数的要素"),
    (lambda made: made["procedure"].update(rules=[]), "要有 rules"),
    (lambda made: made["procedure"].update(panel="7"), "不认识“panel”"),
    (lambda made: made["procedure"].update(exclusions=["当场能改"]), "是不是“当场能改正”？"),
    (lambda made: made["procedure"]["rules"][0].pop("clause"), "缺少“clause”"),
    (lambda made: made["procedure"]["rules"][0].update(place_types=["商场"]), "不认识场所“商场”"),
    (lambda made: made["procedure"]["rules"][0].update(place_types=[]), "没有写哪些场所"),
    (lambda made: made["procedure"]["rules"][0].update(elements=["6.1"]), "“6.1”不是文件里综合判定要素的条号"),
    (lambda made: made["procedure"]["rules"][0].update(min_count=3), "要满3条，可数的只有2条，永远不够"),
    (lambda made: made["procedure"]["rules"][0].update(min_count="两"), "写一个整数"),
    (lambda made: made["procedure"]["rules"].pop(1), "综合判定要素7.3没有一条计数规则数到"),
)


@pytest.mark.parametrize(("change", "says"), FAULTS, ids=[says for _, says in FAULTS])
def test_given_a_fault_of_the_counting_when_read_then_the_sentence_says_where_and_what_to_do(
    change: Callable[[dict[str, Any]], Any], says: str
) -> None:
    made = fire_book()
    change(made)

    with pytest.raises(BadUpload) as refused:
        read(made)

    (said,) = [one for one in refused.value.problems if says in one]
    assert said.startswith("第")
    assert "行，" in said
