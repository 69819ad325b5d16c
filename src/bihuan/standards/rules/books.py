"""The shape of a criteria file: what is wrong with one, said in words that a person can act on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from bihuan.standards.rules.sectors import feature_of, sectors_of

CONFIDENCES: Final = ("verified", "from-memory")
KINDS: Final = ("direct", "comprehensive")
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
_MAY: Final = frozenset({"kind", "completeness", "refers_to", "open_ended", "note"})
_Item = Mapping[str, Any]


def faults(book: Mapping[str, Any]) -> list[str]:
    """Return everything that is wrong with a criteria file, each as a sentence with its place; empty when sound.

    A file that fails here cannot be read as a library. Whether its words are those of the law is not looked at.
    """
    if not isinstance(book.get("standard"), Mapping) or not _are_items(book.get("criteria")):
        return ["文件：缺少 standard 或 criteria 一节，或写法不对。请按随软件发布的文件格式补上。"]
    found = list(_keys("文件", book, must=_TOP_MUST, all_known=_TOP))
    found += _head_faults(book)
    for place, item in enumerate(book["criteria"], start=1):
        found += _item_faults(book["standard"], f"第{place}条 {item.get('id', '')}".strip(), item)
    found += _repeated(book["criteria"])
    found += _count_faults(book)
    return found


def _keys(place: str, part: Mapping[str, Any], *, must: frozenset[str], all_known: frozenset[str]) -> Iterator[str]:
    for missing in sorted(must - set(part)):
        yield f"{place}：缺少“{missing}”。请补上这一项。"
    for unknown in sorted(set(part) - all_known):
        yield f"{place}：不认识“{unknown}”。请改成文件格式里的名称，或删去。"


def _head_faults(book: Mapping[str, Any]) -> Iterator[str]:
    head = book["standard"]
    yield from _keys("标准", head, must=_HEAD, all_known=_HEAD)
    days = {name: head.get(name) for name in ("issued_on", "effective_on")}
    days["effective_until"] = book.get("effective_until")
    for name, day in days.items():
        if day is not None and not _is_day(day):
            yield f"标准：“{name}”写作“{day}”，不是日期。请写成 2023-05-15 这样，不知道的写 null。"
    first, last = days["effective_on"], days["effective_until"]
    if _is_day(first) and _is_day(last) and str(first) > str(last):
        yield "标准：失效日早于施行日。请核对 effective_on 和 effective_until。"
    yield from _one_of("标准", "confidence", head.get("confidence"), CONFIDENCES)
    if not sectors_of(str(head.get("sector", ""))):
        yield f"标准：不认识行业“{head.get('sector')}”。请用系统里的行业名称。"


def _is_day(text: object) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return isinstance(text, str)


def _one_of(place: str, name: str, value: object, allowed: Sequence[str]) -> Iterator[str]:
    if value not in allowed:
        yield f"{place}：“{name}”写作“{value}”，只能是{'、'.join(allowed)}。"


def _item_faults(head: Mapping[str, Any], place: str, item: _Item) -> Iterator[str]:
    yield from _keys(place, item, must=_MUST, all_known=_MUST | _MAY)
    if not set(item) >= _MUST:
        return
    if not str(item["id"]).startswith(f"{head.get('id')}-"):
        yield f"{place}：编号要以“{head.get('id')}-”开头。"
    yield from (f"{place}：“{name}”是空的。请填写。" for name in ("clause", "group", "text") if not item[name])
    yield from _one_of(place, "confidence", item["confidence"], CONFIDENCES)
    if "kind" in item:
        yield from _one_of(place, "kind", item["kind"], KINDS)
    for name in ("objects", "cues", "counter_cues"):
        if not _are_texts(item[name]):
            yield f"{place}：“{name}”要写成一列文字。"
    yield from _scope_faults(place, item["applies_to"])


def _are_items(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _scope_faults(place: str, scope: object) -> Iterator[str]:
    if not isinstance(scope, Mapping) or not {"sectors", "features"} <= set(scope):
        yield f"{place}：applies_to 里要有 sectors 和 features。"
        return
    if not scope["sectors"]:
        yield f"{place}：没有写适用哪些行业。各行业都适用的写“通用”。"
    yield from (f"{place}：不认识行业“{word}”。" for word in scope["sectors"] if not sectors_of(word))
    yield from (f"{place}：不认识特征“{word}”。" for word in scope["features"] if feature_of(word) is None)


def _repeated(items: Sequence[_Item]) -> Iterator[str]:
    for name, count in Counter(item.get("id") for item in items).items():
        if count > 1:
            yield f"编号“{name}”用了{count}次。每一条的编号只能用一次。"


def _count_faults(book: Mapping[str, Any]) -> Iterator[str]:
    """Compare the items with the official total, less what the file itself declares as missing."""
    counts = book.get("official_counts") or {}
    gaps = len(book.get("unreconstructed") or ())
    total, held = counts.get("total"), len(book["criteria"])
    if isinstance(total, int) and held not in {total, total - gaps}:
        yield (
            f"条目：官方{total}条，文件里{held}条，声明缺{gaps}条，对不上。"
            "请补条目，或在 unreconstructed 里写明缺哪条。"
        )
