"""A checklist that a town or a county writes: its items in order, what each rests on, and what is wrong with it."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from bihuan.standards.rules.checklists import Origin
from bihuan.standards.rules.sectors import Feature, Sector

MOST_ITEMS: Final = 60
MOST_SOURCES: Final = 8
TITLE_LENGTH: Final = 64
NOTE_LENGTH: Final = 400
LOOK_LENGTH: Final = 60
HOW_LENGTH: Final = 300
TYPED_LENGTH: Final = 120
ARTICLE_LENGTH: Final = 32
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no database keeps all of these


class SourceKind(StrEnum):
    """What an item rests on."""

    LAW = "law"
    CRITERION = "criterion"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Source:
    """An article of a law of ours, a criterion, or what somebody typed because ours have it not.

    ref: the id of the law or of the criterion, or the words. article: of a law.
    """

    kind: SourceKind
    ref: str
    article: str = ""

    @property
    def code(self) -> str:
        """The source as one text, for a form."""
        return f"{self.kind}|{self.ref}|{self.article}"


def source_of(code: str) -> Source | None:
    """Read a source that a form sent; None where it is none."""
    kind, _, rest = code.partition("|")
    ref, _, article = rest.rpartition("|")
    if kind not in set(SourceKind) or not ref.strip():
        return None
    return Source(SourceKind(kind), ref.strip(), article.strip())


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One thing to look at. key: names it through all versions of the list. came_from: the item it was copied from."""

    key: int
    look_at: str = ""
    how: str = ""
    sources: tuple[Source, ...] = ()
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a list. instead: whether its origin is not offered where this list is."""

    title: str
    note: str = ""
    sectors: frozenset[Sector] = frozenset()
    features: frozenset[Feature] = frozenset()
    items: tuple[DraftItem, ...] = ()
    origin: Origin | None = None
    instead: bool = False

    def item(self, key: int) -> DraftItem | None:
        """Return the item of this key."""
        return next((one for one in self.items if one.key == key), None)

    @property
    def digest(self) -> str:
        """Name the text: two drafts that say the same have the same."""
        told = json.dumps(book_of(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


# -- what the buttons of the form do


def with_new_item(draft: Draft, *, used: int = 0) -> Draft:
    """Add an empty item at the end. used: the highest key of earlier versions, which is not given again."""
    key = max([used, *(one.key for one in draft.items)]) + 1
    return replace(draft, items=(*draft.items, DraftItem(key)))


def without_item(draft: Draft, key: int) -> Draft:
    """Take an item out."""
    return replace(draft, items=tuple(one for one in draft.items if one.key != key))


def moved(draft: Draft, key: int, by: int) -> Draft:
    """Move an item up (by -1) or down (1), as far as there is room."""
    items = list(draft.items)
    place = next((number for number, one in enumerate(items) if one.key == key), None)
    if place is None or not 0 <= place + by < len(items):
        return draft
    items[place], items[place + by] = items[place + by], items[place]
    return replace(draft, items=tuple(items))


def with_sources(draft: Draft, key: int, added: Collection[Source]) -> Draft:
    """Let an item rest on these too; once is enough."""
    return _changed(draft, key, lambda sources: tuple(dict.fromkeys([*sources, *added])))


def without_sources(draft: Draft, key: int, gone: Collection[Source]) -> Draft:
    """Let an item no longer rest on these."""
    return _changed(draft, key, lambda sources: tuple(one for one in sources if one not in gone))


def _changed(draft: Draft, key: int, change: Any) -> Draft:
    items = (replace(one, sources=change(one.sources)) if one.key == key else one for one in draft.items)
    return replace(draft, items=tuple(items))


# -- what is wrong


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that sources may name."""

    laws: Collection[str] = field(default_factory=frozenset)
    criteria: Collection[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class DraftFault:
    """What is wrong with a draft. key: of the item, 0 for the list itself. column: which part of it."""

    say: str
    key: int = 0
    column: str = ""


def draft_faults(draft: Draft, known: Known) -> list[DraftFault]:
    """Return everything that keeps a draft from being used, in its order; empty when it can be."""
    found = [*_text(draft.title, "名称", TITLE_LENGTH, column="title"), *_text(draft.note, "适用说明", NOTE_LENGTH, 0)]
    if not draft.sectors:
        found.append(DraftFault("没有选适用哪些行业。各行业都适用的选“通用”。", column="sectors"))
    if not draft.items:
        found.append(DraftFault("一项也没有。请加上要看的项目。", column="items"))
    if len(draft.items) > MOST_ITEMS:
        found.append(DraftFault(f"有{len(draft.items)}项，最多{MOST_ITEMS}项。请分成几张表。", column="items"))
    for place, item in enumerate(draft.items, start=1):
        found += _item_faults(place, item, known)
    return found


def _item_faults(place: int, item: DraftItem, known: Known) -> Iterator[DraftFault]:
    yield from _text(item.look_at, f"第{place}项“看什么”", LOOK_LENGTH, key=item.key, column="look_at")
    yield from _text(item.how, f"第{place}项“怎么看”", HOW_LENGTH, key=item.key, column="how")
    if not item.sources:
        say = f"第{place}项没有依据。请搜索选一条法规或判定标准；库里没有的，照写文件名称和条号。"
        yield DraftFault(say, item.key, "basis")
    if len(item.sources) > MOST_SOURCES:
        yield DraftFault(f"第{place}项的依据有{len(item.sources)}条，最多{MOST_SOURCES}条。", item.key, "basis")
    for source in item.sources:
        yield from _source_faults(f"第{place}项的依据", item.key, source, known)


def _source_faults(name: str, key: int, source: Source, known: Known) -> Iterator[DraftFault]:
    if source.kind is SourceKind.TYPED:
        yield from _text(source.ref, name, TYPED_LENGTH, key=key, column="basis")
        return
    ids = known.laws if source.kind is SourceKind.LAW else known.criteria
    if source.ref not in ids:
        say = f"{name}“{source.ref[:48]}”不在库里，或者这里不适用。请去掉，重新搜索选一条。"
        yield DraftFault(say, key, "basis")
    elif source.kind is SourceKind.LAW:
        yield from _text(source.article, f"{name}的条号", ARTICLE_LENGTH, key=key, column="basis")


def _text(
    value: str, name: str, most: int, least: int = 1, *, key: int = 0, column: str = "note"
) -> Iterator[DraftFault]:
    if len(value.strip()) < least:
        yield DraftFault(f"{name}没有填。", key, column)
    elif len(value) > most:
        yield DraftFault(f"{name}有{len(value)}个字，最多{most}个字。请写短一些。", key, column)
    elif _UNSEEN.search(value):
        yield DraftFault(f"{name}里有不能显示的字符。请删去重写。", key, column)


# -- as plain data


def book_of(draft: Draft) -> dict[str, Any]:
    """Return a draft as it is kept."""
    origin = draft.origin
    return {
        "title": draft.title,
        "note": draft.note,
        "sectors": sorted(draft.sectors),
        "features": sorted(draft.features),
        "origin": [origin.list_id, origin.title, origin.version] if origin else None,
        "instead": draft.instead,
        "items": [
            {
                "key": one.key,
                "look_at": one.look_at,
                "how": one.how,
                "basis": [source.code for source in one.sources],
                "from": one.came_from,
            }
            for one in draft.items
        ],
    }


def draft_of(book: Mapping[str, Any]) -> Draft:
    """Return the draft that `book_of` kept."""
    return Draft(
        title=book["title"],
        note=book["note"],
        sectors=frozenset(map(Sector, book["sectors"])),
        features=frozenset(map(Feature, book["features"])),
        origin=Origin(*book["origin"]) if book["origin"] else None,
        instead=book["instead"],
        items=tuple(
            DraftItem(
                one["key"],
                one["look_at"],
                one["how"],
                tuple(source for code in one["basis"] if (source := source_of(code)) is not None),
                one["from"],
            )
            for one in book["items"]
        ),
    )
