"""The shape of a criteria file: what is wrong with one, said in words that a person can act on.

Whatever a file holds, it is answered with sentences, never with an exception: it may come from anywhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from bihuan.standards.rules.sectors import FEATURE_WORDS, SECTOR_WORDS, sectors_of

CONFIDENCES: Final = ("verified", "from-memory")
KINDS: Final = ("direct", "comprehensive")
MOST_ITEMS: Final = 300
_TOP: Final = frozenset(
    {
        "standard",
        "official_counts",
        "criteria",
        "effective_until",
        "sources",
        "general_rules",
        "preferred_successor",
        "unreconstructed",
        "procedure",
        "structure",
        "changes_from_2017",
        "screening",
        "role",
        "failing_counts",
    }
)
_TOP_MUST: Final = frozenset({"standard", "official_counts", "criteria", "effective_until"})
_HEAD: Final = frozenset(
    {
        "id",
        "title",
        "document_number",
        "issuer",
        "issued_on",
        "effective_on",
        "superseded_by",
        "supersedes",
        "sector",
        "source_note",
        "confidence",
    }
)
_MUST: Final = frozenset(
    {"id", "clause", "group", "applies_to", "text", "objects", "cues", "counter_cues", "confidence"}
)
_MAY: Final = frozenset({"kind", "completeness", "refers_to", "open_ended", "note", "conditions", "ask"})
# The most characters of each text; the columns hold no more.
_HEAD_TEXTS: Final = {"id": 48, "title": 128, "document_number": 64, "issuer": 128, "sector": 32, "source_note": 4000}
_HEAD_MAY_BE_EMPTY: Final = frozenset({"source_note", "document_number"})
_ITEM_TEXTS: Final = {"id": 64, "clause": 32, "group": 32, "text": 1000}
_ITEM_MAY_TEXTS: Final = {"completeness": 16, "refers_to": 32, "note": 1000}
_LISTS: Final = {"objects": 64, "cues": 120, "counter_cues": 120}
MOST_IN_A_LIST: Final = 60
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_SAYS: Final = "只能用小写字母、数字和短横线，如 gongmao-2023"
Place = tuple[str | int, ...]
_Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of a file. where: the keys and places (from 0) that lead there. say: with its place."""

    where: Place
    say: str


def faults(book: Mapping[str, Any]) -> list[str]:
    """Return everything that is wrong with a criteria file, each as a sentence with its place; empty when sound.

    A file that fails here cannot be read as a library. Whether its words are those of the law is not looked at.
    """
    return [one.say for one in problems(book)]


def problems(book: Mapping[str, Any]) -> list[Fault]:
    """Return the same with where each is found."""
    if not isinstance(book.get("standard"), Mapping) or not _are_items(book.get("criteria")):
        return [Fault((), "文件：缺少 standard 或 criteria 一节，或写法不对。请按随软件发布的文件格式补上。")]
    found = list(_keys("文件", (), book, must=_TOP_MUST, all_known=_TOP))
    found += _head_faults(book)
    if len(book["criteria"]) > MOST_ITEMS:
        say = f"条目：文件里有{len(book['criteria'])}条，最多{MOST_ITEMS}条。请分成几个标准。"
        return [*found, Fault(("criteria",), say)]
    for place, item in enumerate(book["criteria"]):
        found += _item_faults(book["standard"], item_place(place, item), ("criteria", place), item)
    found += _repeated(book["criteria"])
    found += _rule_faults(book.get("general_rules"))
    found += _count_faults(book)
    return found


def item_place(place: int, item: _Item) -> str:
    """Return how a sentence names an item. place: from 0."""
    item_id = item.get("id")
    return f"第{place + 1}条 {item_id if isinstance(item_id, str) else ''}".strip()


def _keys(
    place: str, where: Place, part: Mapping[str, Any], *, must: frozenset[str], all_known: frozenset[str]
) -> Iterator[Fault]:
    for missing in sorted(must - set(part)):
        yield Fault(where, f"{place}：缺少“{missing}”。请补上这一项。")
    for unknown in sorted(map(str, set(part) - all_known)):
        yield Fault((*where, unknown), f"{place}：不认识“{unknown[:32]}”。请改成文件格式里的名称，或删去。")


def _head_faults(book: Mapping[str, Any]) -> Iterator[Fault]:
    head = book["standard"]
    yield from _keys("标准", ("standard",), head, must=_HEAD, all_known=_HEAD)
    for name, most in _HEAD_TEXTS.items():
        if name in head:
            may_be_empty = name in _HEAD_MAY_BE_EMPTY
            yield from _text("标准", ("standard", name), head[name], most, may_be_empty=may_be_empty)
    yield from _id_faults("标准", ("standard", "id"), head.get("id"))
    for name in ("supersedes", "superseded_by"):
        if head.get(name) is not None and not isinstance(head[name], str):
            yield Fault(("standard", name), f"标准：“{name}”要写另一个标准的编号，没有的写 null。")
    yield from _day_faults(book)
    yield from _one_of("标准", ("standard", "confidence"), head.get("confidence"), CONFIDENCES)
    if not sectors_of(str(head.get("sector", ""))):
        yield Fault(("standard", "sector"), f"标准：不认识行业“{head.get('sector')}”。请用系统里的行业名称。")


def _day_faults(book: Mapping[str, Any]) -> Iterator[Fault]:
    head = book["standard"]
    days: dict[Place, object] = {("standard", name): head.get(name) for name in ("issued_on", "effective_on")}
    days["effective_until",] = book.get("effective_until")
    for where, day in days.items():
        if day is not None and not _is_day(day):
            say = f"标准：“{where[-1]}”写作“{str(day)[:32]}”，不是日期。请写成 2023-05-15 这样，不知道的写 null。"
            yield Fault(where, say)
    first, last = days["standard", "effective_on"], days["effective_until",]
    if _is_day(first) and _is_day(last) and str(first) > str(last):
        say = "标准：失效日早于施行日。请核对 effective_on 和 effective_until。"
        yield Fault(("effective_until",), say)


def _is_day(text: object) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _one_of(place: str, where: Place, value: object, allowed: Sequence[str]) -> Iterator[Fault]:
    if value not in allowed:
        say = f"{place}：“{where[-1]}”写作“{str(value)[:32]}”，只能是{'、'.join(allowed)}。"
        yield Fault(where, say)


def _text(place: str, where: Place, value: object, most: int, *, may_be_empty: bool = False) -> Iterator[Fault]:
    name = where[-1]
    if not isinstance(value, str):
        if not (value is None and may_be_empty):
            yield Fault(where, f"{place}：“{name}”要写一段文字。请改成文字，可以加引号。")
    elif not value.strip() and not may_be_empty:
        yield Fault(where, f"{place}：“{name}”是空的。请填写。")
    elif len(value) > most:
        yield Fault(where, f"{place}：“{name}”有{len(value)}个字，最多{most}个字。请写短一些。")


def _id_faults(place: str, where: Place, value: object) -> Iterator[Fault]:
    if isinstance(value, str) and value and not _SLUG.fullmatch(value):
        yield Fault(where, f"{place}：编号“{value[:48]}”写法不对，{SLUG_SAYS}。")


def _item_faults(head: Mapping[str, Any], place: str, where: Place, item: _Item) -> Iterator[Fault]:
    yield from _keys(place, where, item, must=_MUST, all_known=_MUST | _MAY)
    if not set(item) >= _MUST:
        return
    for name, most in _ITEM_TEXTS.items():
        yield from _text(place, (*where, name), item[name], most)
    for name, most in _ITEM_MAY_TEXTS.items():
        yield from _text(place, (*where, name), item.get(name, ""), most, may_be_empty=True)
    yield from _id_faults(place, (*where, "id"), item["id"])
    if not str(item["id"]).startswith(f"{head.get('id')}-"):
        yield Fault((*where, "id"), f"{place}：编号要以“{head.get('id')}-”开头。")
    yield from _one_of(place, (*where, "confidence"), item["confidence"], CONFIDENCES)
    if "kind" in item:
        yield from _one_of(place, (*where, "kind"), item["kind"], KINDS)
    if not isinstance(item.get("open_ended", False), bool):
        yield Fault((*where, "open_ended"), f"{place}：“open_ended”只能写 true 或 false。")
    for name, most in _LISTS.items():
        yield from _list_faults(place, (*where, name), item[name], most)
    yield from _scope_faults(place, (*where, "applies_to"), item["applies_to"])


def _list_faults(place: str, where: Place, value: object, most: int) -> Iterator[Fault]:
    name = where[-1]
    if not are_texts(value):
        yield Fault(where, f"{place}：“{name}”要写成一列文字。没有的写 []。")
    elif isinstance(value, list) and len(value) > MOST_IN_A_LIST:
        yield Fault(where, f"{place}：“{name}”有{len(value)}项，最多{MOST_IN_A_LIST}项。请留下最常见的说法。")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _text(place, (*where, number), one, most) if len(one) > most else ()


def _are_items(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def are_texts(value: object) -> bool:
    """Tell whether a value is a list of texts, none of them empty."""
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)


def _scope_faults(place: str, where: Place, scope: object) -> Iterator[Fault]:
    if not isinstance(scope, Mapping) or not {"sectors", "features"} <= set(scope):
        yield Fault(where, f"{place}：applies_to 里要有 sectors 和 features。")
        return
    yield from _words(place, (*where, "sectors"), scope["sectors"], "行业", SECTOR_WORDS)
    yield from _words(place, (*where, "features"), scope["features"], "特征", FEATURE_WORDS)
    if scope["sectors"] == []:
        yield Fault((*where, "sectors"), f"{place}：没有写适用哪些行业。各行业都适用的写“通用”。")


def _words(place: str, where: Place, words: object, name: str, known: Mapping[str, object]) -> Iterator[Fault]:
    if not isinstance(words, list) or not are_texts(words):
        yield Fault(where, f"{place}：applies_to 的“{where[-1]}”要写成一列文字。")
        return
    for word in words:
        if word.strip() not in known:
            yield Fault(where, f"{place}：不认识{name}“{word[:32]}”。{close_words(word, known)}")


def close_words(word: str, known: Iterable[str]) -> str:
    """Return a sentence with the known words that a mistaken one may stand for; "" where none is close."""
    found = get_close_matches(word, list(known), n=3, cutoff=0.34)
    return f"是不是{'、'.join(f'“{one}”' for one in found)}？" if found else "可用的词在模板的说明里。"


def _repeated(items: Sequence[_Item]) -> Iterator[Fault]:
    ids = [item.get("id") for item in items]
    for name, count in Counter(one for one in ids if isinstance(one, str)).items():
        if count > 1:
            last = len(ids) - 1 - ids[::-1].index(name)
            yield Fault(("criteria", last, "id"), f"编号“{name}”用了{count}次。每一条的编号只能用一次。")


def _rule_faults(rules: object) -> Iterator[Fault]:
    if rules is None:
        return
    if not _are_items(rules):
        yield Fault(("general_rules",), "通则：“general_rules”要写成一列，每项有 id 和 text。")
        return
    assert isinstance(rules, list)  # noqa: S101 -- _are_items has looked
    for number, rule in enumerate(rules):
        where, place = ("general_rules", number), f"通则第{number + 1}项"
        for name, most in (("id", 64), ("text", 1000)):
            yield from _text(place, (*where, name), rule.get(name), most)
        yield from _text(place, (*where, "clause"), rule.get("clause", ""), 32, may_be_empty=True)
        for name in ("cues", "counter_cues"):
            yield from _list_faults(place, (*where, name), rule.get(name, []), _LISTS[name])


def _count_faults(book: Mapping[str, Any]) -> Iterator[Fault]:
    """Compare the items with the official total, less what the file itself declares as missing."""
    counts, missing = book.get("official_counts") or {}, book.get("unreconstructed") or ()
    if not isinstance(counts, Mapping) or not isinstance(missing, list | tuple):
        say = "条目：official_counts 要写成“total: 条数”，unreconstructed 要写成一列。不知道条数的写 total: null。"
        yield Fault(("official_counts",), say)
        return
    total, held = counts.get("total"), len(book["criteria"])
    if isinstance(total, int) and held not in {total, total - len(missing)}:
        yield Fault(
            ("official_counts",),
            f"条目：官方{total}条，文件里{held}条，声明缺{len(missing)}条，对不上。"
            "请补条目，或在 unreconstructed 里写明缺哪条。",
        )
