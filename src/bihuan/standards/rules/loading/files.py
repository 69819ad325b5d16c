"""What a standard that is uploaded may be: a town's or a county's own list, beside the packaged ones.

It has the shape of a packaged file (`books`) and stands beside the packaged standards where it is loaded for; one that
supersedes a packaged standard takes its place there, after a second person approved it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bihuan.standards.rules.books import Fault, Place, are_texts, close_words, item_place, problems
from bihuan.standards.rules.counting import Procedure
from bihuan.standards.rules.criteria import FALLBACK_ROLE, Criterion, Standard
from bihuan.standards.rules.determine.conditions import BadCondition, Condition, concepts_of, parse
from bihuan.standards.rules.loading.counting import counting_faults

MOST_CONDITIONS: Final = 40
MOST_ASKS: Final = 6
ASK_LENGTH: Final = 30
_NOT_HERE: Final[Mapping[str, str]] = {
    "screening": "筛查提示只随软件发布",
    "preferred_successor": "标准之间谁优先只随软件发布",
    "role": "标准的特殊地位只随软件发布",
}
BESIDE: Final = "本地的标准和全国的标准并用，哪一边的条款成立都提示重大；代替全国的标准要两个人办"


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """An uploaded standard, read; equal to itself only. area: the path for which it is loaded.

    conditions, asks: by the item's id, only for those that the file gives any. failing_counts: whether a device that
    fails counts as one that is missing. procedure: how comprehensive elements of fire are counted, None where there are
    none. digest: of what the file says, not of how it is written.
    """

    standard: Standard
    criteria: tuple[Criterion, ...]
    conditions: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    failing_counts: bool = True
    procedure: Procedure | None = None
    digest: str = ""

    @property
    def area(self) -> str:
        """The path of the unit in whose area it applies."""
        return self.standard.area


@dataclass(frozen=True, slots=True)
class Around:
    """What a file is held against. prefix: how ids of this area begin. packaged: what comes with the software, by id.

    own: the standards loaded for the same area, each with its first day. concepts: the names that conditions may use.
    """

    prefix: str
    packaged: Mapping[str, Standard]
    own: Mapping[str, date | None]
    concepts: Collection[str]


def prefix_of(area: str) -> str:
    """Return how the ids of an area's standards begin: the digits of its path, so that no two areas share an id."""
    return "".join(sign for sign in area if sign.isdigit()) + "-"


def upload_problems(book: Mapping[str, Any], around: Around) -> list[Fault]:
    """Return everything that is wrong with an uploaded file, where and what to do; empty when it can be loaded."""
    found = problems(book)
    if not isinstance(book.get("standard"), Mapping) or any(not one.where for one in found):
        return found
    found += _not_here(book)
    found += _head(book, around)
    if not book["criteria"]:
        found.append(Fault(("criteria",), "条目：文件里一条也没有。请至少写一条。"))
    for place, item in enumerate(book["criteria"]):
        found += _item(item_place(place, item), ("criteria", place), item, around)
    found += counting_faults(book)
    found += _same_clause(book)
    return found


def _not_here(book: Mapping[str, Any]) -> Iterator[Fault]:
    for name, why in _NOT_HERE.items():
        if book.get(name):
            yield Fault((name,), f"文件：“{name}”这一节不能上传：{why}。请删去。")
    if not isinstance(book.get("failing_counts", True), bool):
        yield Fault(("failing_counts",), "文件：“failing_counts”只能写 true 或 false。")


def _head(book: Mapping[str, Any], around: Around) -> Iterator[Fault]:
    head = book["standard"]
    own_id = str(head.get("id"))
    if own_id in around.packaged:
        yield Fault(
            ("standard", "id"),
            f"标准：“{own_id}”是随软件发布的标准，它的条文不能改。请换一个编号，要代替它就在 supersedes 写它。",
        )
    elif not own_id.startswith(around.prefix):
        say = f"标准：编号要以“{around.prefix}”开头（适用地区的代码），如 {around.prefix}dust-2027。"
        yield Fault(("standard", "id"), say)
    if head.get("effective_on") is None:
        say = "标准：没有写施行日。按发现日期选版本要用它，请在 effective_on 写明从哪天起施行。"
        yield Fault(("standard", "effective_on"), say)
    if head.get("superseded_by"):
        say = "标准：“superseded_by”请写 null。以后上传新版时，在新版里写它代替哪一个。"
        yield Fault(("standard", "superseded_by"), say)
    yield from _succession(head, own_id, around)


def _succession(head: Mapping[str, Any], own_id: str, around: Around) -> Iterator[Fault]:
    where: Place = ("standard", "supersedes")
    earlier, begins = head.get("supersedes"), str(head.get("effective_on") or "")
    if not isinstance(earlier, str) or not earlier:
        return
    if (packaged := around.packaged.get(earlier)) is not None:
        yield from _replacement(head, packaged, begins)
    elif earlier == own_id:
        yield Fault(where, "标准：不能代替自己。更正原文件的，编号不变，supersedes 照原来的写。")
    elif earlier not in around.own:
        yield Fault(where, f"标准：这里没有上传过编号“{earlier[:48]}”的标准。请核对编号，不代替谁的写 null。")
    elif (first := around.own[earlier]) is not None and begins and begins <= first.isoformat():
        say = f"标准：它代替的“{earlier}”从{first.isoformat()}起施行，新版的施行日要更晚。更正原文件的，用原来的编号。"
        yield Fault(("standard", "effective_on"), say)


def _replacement(head: Mapping[str, Any], packaged: Standard, begins: str) -> Iterator[Fault]:
    """Say why a file cannot take the place of a packaged standard."""
    where: Place = ("standard", "supersedes")
    name = f"标准：“{packaged.id}”"
    if packaged.role == FALLBACK_ROLE:
        yield Fault(where, f"{name}是各行业通用的定义，没有别的条款时才用，不能代替。请把 supersedes 写成 null。")
    if head.get("sector") != packaged.sector_word:
        say = f"标准：它代替的“{packaged.id}”属于“{packaged.sector_word}”，行业请照样写，引用的先后才不变。"
        yield Fault(("standard", "sector"), say)
    first, last = (day.isoformat() if day else "" for day in (packaged.effective_on, packaged.effective_until))
    if begins and begins < first:
        yield Fault(("standard", "effective_on"), f"{name}从{first}起施行，代替它的不能更早施行。请核对施行日。")
    elif begins and last and begins > last:
        yield Fault(where, f"{name}只用到{last}为止，到施行日已经不用了。请写施行日那天有效的那一版。")


def _item(place: str, where: Place, item: Mapping[str, Any], around: Around) -> Iterator[Fault]:
    if "conditions" in item:
        yield from _condition_faults(place, (*where, "conditions"), item["conditions"], around.concepts)
    if "ask" in item:
        yield from _ask_faults(place, (*where, "ask"), item["ask"])


def _condition_faults(place: str, where: Place, lines: object, concepts: Collection[str]) -> Iterator[Fault]:
    if not are_texts(lines) or not isinstance(lines, list) or len(lines) > MOST_CONDITIONS:
        yield Fault(where, f"{place}：“conditions”要写成一列，每行一组条件，最多{MOST_CONDITIONS}行。")
        return
    for number, line in enumerate(lines):
        try:
            found = parse(line)
        except BadCondition:
            say = f"{place}：判定条件“{line[:40]}”读不懂，或者没有说描述里要有什么。请按模板里的说明写。"
            yield Fault((*where, number), say)
            continue
        for strange in sorted(set(concepts_of([found])) - set(concepts)):
            say = f"{place}：判定条件里的“{strange[:32]}”不在词库里。{close_words(strange, concepts)}"
            yield Fault((*where, number), f"{say}没有合适的词就删去这一行，由人判断。")


def _ask_faults(place: str, where: Place, asks: object) -> Iterator[Fault]:
    if not are_texts(asks) or not isinstance(asks, list) or len(asks) > MOST_ASKS:
        yield Fault(where, f"{place}：“ask”要写成一列问题，最多{MOST_ASKS}问，全答“是”才算。")
        return
    for number, one in enumerate(asks):
        if len(one) > ASK_LENGTH:
            say = f"{place}：问题“{one[:20]}…”有{len(one)}个字，最多{ASK_LENGTH}个字。请写短一些。"
            yield Fault((*where, number), say)


def _same_clause(book: Mapping[str, Any]) -> Iterator[Fault]:
    clauses = [item.get("clause") for item in book["criteria"]]
    for name, count in Counter(one for one in clauses if isinstance(one, str)).items():
        if count > 1:
            last = len(clauses) - 1 - clauses[::-1].index(name)
            say = f"条号“{name[:32]}”用了{count}次，引用时分不清是哪一条。请写到款、项，如“三(二)”。"
            yield Fault(("criteria", last, "clause"), say)
