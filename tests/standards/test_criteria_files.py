"""The packaged criteria files have the shape an uploaded one must have, and as many items as officially counted."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bihuan.standards.data import criteria_files
from bihuan.standards.rules import faults, sectors_of
from tests.books import read_book

Book = dict[str, Any]
BOOKS: dict[str, Book] = {file.name.removesuffix(".yaml"): read_book(file) for file in criteria_files()}
# Words of official counts that are no group of ours: which items they count.
COUNTED: dict[tuple[str, str], Callable[[Book], bool]] = {
    ("gongmao-2017", "专项类"): lambda item: item["clause"].startswith("一"),
    ("gongmao-2017", "行业类"): lambda item: item["clause"].startswith("二"),
    ("gongmao-2023", "管理类"): lambda item: item["clause"].startswith("第三条"),
    ("gongmao-2023", "行业类"): lambda item: (
        not item["clause"].startswith("第三条") and item["id"].split("-")[2] not in SPECIAL
    ),
    ("gongmao-2023", "专项类"): lambda item: item["id"].split("-")[2] in SPECIAL,
    ("gongmao-2023", "有色"): lambda item: item["clause"].startswith("第五条"),
    ("construction-2024", "第四至十五条列项"): lambda item: "(" in item["clause"],
    ("construction-2024", "整条判据"): lambda item: "(" not in item["clause"],
}
SPECIAL = {"dust", "ammonia", "confined"}
FROM_MEMORY = {
    "construction-2011": 1,
    "construction-2022": 18,
    "fire-2006": 17,
    "fire-2017": 21,
}


def counts(name: str, word: str) -> Callable[[Book], bool]:
    """Return which items of a file an official count speaks of."""
    if (name, word) in COUNTED:
        return COUNTED[name, word]
    if word == "total":
        return lambda _: True
    if word.startswith("第") and word.endswith("条"):
        return lambda item: item["clause"].split("(")[0] == word
    if word[0].isdigit():
        return lambda item: item["clause"].startswith(f"{word}.")
    return lambda item: (
        word in {item["group"], {"direct": "直接判定", "comprehensive": "综合判定"}.get(item.get("kind"))}
    )


OFFICIAL = [
    (name, word, number)
    for name, book in BOOKS.items()
    for word, number in book["official_counts"].items()
    if isinstance(number, int)
]


@pytest.mark.parametrize("name", BOOKS)
def test_given_a_packaged_file_when_its_shape_is_looked_at_then_nothing_is_wrong(name: str) -> None:
    assert faults(BOOKS[name]) == []


@pytest.mark.parametrize(("name", "word", "number"), OFFICIAL)
def test_given_an_official_count_when_the_items_are_counted_then_it_agrees_less_the_declared_gaps(
    name: str, word: str, number: int
) -> None:
    book = BOOKS[name]
    chosen = counts(name, word)

    held = sum(chosen(item) for item in book["criteria"])
    gaps = [
        gap
        for gap in book.get("unreconstructed", ())
        if held < number and "clause" in gap and chosen({**gap, "group": ""})
    ]

    assert held + len(gaps) == number


def test_given_all_files_when_items_from_memory_are_counted_then_they_are_those_that_the_reader_is_told() -> None:
    held = {name: sum(item["confidence"] == "from-memory" for item in book["criteria"]) for name, book in BOOKS.items()}

    assert {name: count for name, count in held.items() if count} == FROM_MEMORY


def test_given_a_file_that_names_its_sources_when_read_then_each_says_what_was_compared_and_with_what() -> None:
    told = [source for book in BOOKS.values() for source in book.get("sources", ())]

    assert len(told) >= 7
    assert [source for source in told if not (source["what"] and source["where"])] == []


def broken(change: Callable[[Book], None]) -> Book:
    book = copy.deepcopy(BOOKS["gongmao-2023"])
    change(book)
    return book


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda book: book.pop("standard"), "缺少 standard 或 criteria"),
        (lambda book: book.update(criteria=["一"]), "写法不对"),
        (lambda book: book.update(colour="red"), "不认识“colour”"),
        (lambda book: book["standard"].pop("issuer"), "缺少“issuer”"),
        (lambda book: book["standard"].update(effective_on="五月十五日"), "不是日期"),
        (lambda book: book.update(effective_until="2020-01-01"), "失效日早于施行日"),
        (lambda book: book["standard"].update(sector="航天"), "不认识行业“航天”"),
        (lambda book: book["criteria"][0].update(confidence="sure"), "只能是verified、from-memory"),
        (lambda book: book["criteria"][0].update(kind="direkt"), "只能是direct、comprehensive"),
        (lambda book: book["criteria"][0].update(id="x-01"), "编号要以“gongmao-2023-”开头"),
        (lambda book: book["criteria"][0].update(text=""), "“text”是空的"),
        (lambda book: book["criteria"][0].update(cues="没人管"), "“cues”要写成一列文字"),
        (lambda book: book["criteria"][0].pop("clause"), "缺少“clause”"),
        (lambda book: book["criteria"][0].update(applies_to={"sectors": []}), "要有 sectors 和 features"),
        (lambda book: book["criteria"][0]["applies_to"].update(sectors=[]), "没有写适用哪些行业"),
        (lambda book: book["criteria"][0]["applies_to"].update(features=["粉"]), "不认识特征“粉”"),
        (lambda book: book["criteria"].append(book["criteria"][0]), "用了2次"),
        (lambda book: book["criteria"].pop(), "官方64条，文件里63条"),
    ],
)
def test_given_a_file_with_a_fault_when_looked_at_then_the_sentence_says_where_and_what(
    change: Callable[[Book], None], says: str
) -> None:
    found = faults(broken(change))

    assert any(says in sentence for sentence in found), found


def test_given_words_of_the_files_when_looked_up_then_every_sector_is_known() -> None:
    words = {word for book in BOOKS.values() for item in book["criteria"] for word in item["applies_to"]["sectors"]}

    assert [word for word in words if not sectors_of(word)] == []
