"""What an item of a checklist rests on, held against a day: marked where it is not in force, with its successor."""

from datetime import date

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.checklist_files import (
    article_versions,
    articles_cited,
    confidences,
    read_checklists,
    read_laws,
)
from bihuan.standards.rules.listing import Books, Source, SourceKind, copied, found_for, standing_of

BOOKS = Books(read_laws(), read_library(), confidences(), article_versions())
PLAN_DAY, TODAY = date(2018, 1, 10), date(2026, 11, 1)
LAW, CRITERION, TYPED = SourceKind.LAW, SourceKind.CRITERION, SourceKind.TYPED
STANDINGS = (  # source, day, what is said, what holds there instead
    (Source(LAW, "work-safety-2014", "第三十八条"), PLAN_DAY, None, ()),
    (
        Source(LAW, "work-safety-2014", "第三十八条"),
        TODAY,
        "用到2021-08-31为止，现行的是《中华人民共和国安全生产法（2021年修正）》第四十一条。",
        ("work-safety-2021",),
    ),
    (
        Source(LAW, "work-safety-2014", "第九十九条"),
        TODAY,
        "用到2021-08-31为止，现行的是《中华人民共和国安全生产法（2021年修正）》，库里没有对应的条号，请对照原文。",
        (),
    ),
    (
        Source(LAW, "confined-2013", "第五条"),
        TODAY,
        "用到2023-12-31为止，现行的是《工贸企业有限空间作业安全规定》，库里没有对应的条号，请对照原文。",
        (),
    ),
    (
        Source(LAW, "work-safety-2021", "第四十一条"),
        PLAN_DAY,
        "2021-09-01起施行，那以前检查时不引它。",
        ("work-safety-2014",),
    ),
    (Source(LAW, "dust-2021", "第六条"), PLAN_DAY, "2021-09-01起施行，那以前检查时不引它。", ()),
    (
        Source(CRITERION, "gongmao-2017-dust-03"),
        TODAY,
        "用到2023-05-14为止，现行的是《工贸企业重大事故隐患判定标准》第十一条(三)。",
        ("gongmao-2023-dust-03",),
    ),
    (
        Source(CRITERION, "special-equipment-2022-3"),
        TODAY,
        "用到2024-11-30为止，现行的是《特种设备重大事故隐患判定准则》，库里没有对应的条号，请对照原文。",
        (),
    ),
    (
        Source(CRITERION, "fire-2017-6-1"),
        TODAY,
        "用到2025-10-31为止，现行的是《重大火灾隐患判定规则》，库里没有对应的条号，请对照原文。",
        (),
    ),
    (
        Source(CRITERION, "huagong-2017-10"),
        TODAY,
        "还没有废止，但优先用更新的《化工和危险化学品生产经营企业重大生产安全事故隐患判定准则》5.2.1。",
        ("huagong-2026-5-2-1",),
    ),
    (Source(TYPED, "镇安委〔2018〕3号第二条"), TODAY, None, ()),
)


@pytest.mark.parametrize(("source", "on", "says", "now"), STANDINGS)
def test_given_a_source_when_held_against_a_day_then_it_is_marked_with_what_took_its_place(
    source: Source, on: date, says: str | None, now: tuple[str, ...]
) -> None:
    found = standing_of(source, [source], BOOKS, on=on)

    assert (found.says if found else None) == says
    assert (tuple(one.ref for one in found.now) if found else ()) == now


def test_given_an_item_that_names_both_versions_when_held_against_any_day_then_neither_is_marked() -> None:
    both = [Source(LAW, "work-safety-2014", "第三十八条"), Source(LAW, "work-safety-2021", "第四十一条")]
    criteria = [Source(CRITERION, "gongmao-2017-dust-03"), Source(CRITERION, "gongmao-2023-dust-03")]

    for sources in (both, criteria):
        assert [standing_of(one, sources, BOOKS, on=on) for one in sources for on in (PLAN_DAY, TODAY)] == [None] * 4


def test_given_a_packaged_list_when_copied_then_only_what_has_no_clause_today_is_marked() -> None:
    marked = {
        (source.ref.rpartition("-")[0][:9], standing.says.partition("，")[2])
        for one in read_checklists()
        for item in copied(one, "", BOOKS).items
        for source in item.sources
        if (standing := standing_of(source, item.sources, BOOKS, on=TODAY)) is not None
    }

    # GB 35181-2025 holds, and its clauses are not in the library
    says = "现行的是《重大火灾隐患判定规则》，库里没有对应的条号，请对照原文。"
    assert marked == {("fire-2006", says), ("fire-2017", says)}


def test_given_a_duty_that_begins_later_when_looked_for_then_what_is_offered_says_so() -> None:
    given = {"articles": articles_cited(), "laws": read_laws().values(), "library": read_library()}
    early = found_for("粉尘防爆安全规定", on=PLAN_DAY, **given)
    now = found_for("粉尘防爆安全规定", on=TODAY, **given)
    older = found_for("检测 报警", on=TODAY, **given)

    assert {one.mark for one in early} == {"2021-09-01起施行，那以前检查时不引它"}
    assert {one.mark for one in now} == {""}
    assert {one.mark.partition("《")[0] for one in older if "huagong-2017" in one.code} == {
        "还没有废止，但优先用更新的"
    }
