"""What saving a checklist would change, item by item, against its last version or against what it was copied from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from bihuan.standards.rules.comparing import ChangeKind, Pieces, marked
from bihuan.standards.rules.listing.drafts import Draft, DraftItem, Source
from bihuan.standards.rules.sectors import EVERY_SECTOR, FEATURE_NAMES, SECTOR_NAMES


@dataclass(frozen=True, slots=True)
class ListLine:
    """An item on the preview. before, after: what to look at and how, in pieces; empty where there is none.

    gained, lost: what it now rests on, and no longer. moved: it stands elsewhere in the order.
    """

    kind: ChangeKind
    earlier: DraftItem | None
    later: DraftItem | None
    before: Pieces = ()
    after: Pieces = ()
    gained: tuple[Source, ...] = ()
    lost: tuple[Source, ...] = ()
    moved: bool = False


def list_lines(before: Draft | None, after: Draft) -> list[ListLine]:
    """Hold a draft against an earlier text, item by item in its order, what went at the end."""
    old = _by_key(before, after) if before is not None else {}
    moved = _moved(before, after, old)
    lines = [_line(old.get(item.key), item, moved=item.key in moved) for item in after.items]
    kept = {one.key for one in old.values()}
    gone = [one for one in (before.items if before else ()) if one.key not in kept]
    return [*lines, *(ListLine(ChangeKind.DROPPED, one, None, before=((_says(one), False),)) for one in gone)]


def _by_key(before: Draft, after: Draft) -> Mapping[int, DraftItem]:
    """Return the earlier item of each: of the same key."""
    earlier = {one.key: one for one in before.items}
    return {one.key: earlier[one.key] for one in after.items if one.key in earlier}


def _moved(before: Draft | None, after: Draft, old: Mapping[int, DraftItem]) -> set[int]:
    """Return the items that stand elsewhere: those beside the longest runs that kept their order."""
    was = [one.key for one in (before.items if before else ()) if one.key in old]
    now = [one.key for one in after.items if one.key in old]
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    stayed = {key for start, _, size in blocks for key in was[start : start + size]}
    return set(now) - stayed


def _line(old: DraftItem | None, new: DraftItem, *, moved: bool) -> ListLine:
    if old is None:
        return ListLine(ChangeKind.ADDED, None, new, after=((_says(new), False),))
    gained = tuple(one for one in new.sources if one not in old.sources)
    lost = tuple(one for one in old.sources if one not in new.sources)
    same = _says(old) == _says(new) and not gained and not lost and not moved
    kind = ChangeKind.SAME if same else ChangeKind.CHANGED
    return ListLine(kind, old, new, *marked(_says(old), _says(new)), gained, lost, moved)


def _says(item: DraftItem) -> str:
    return f"{item.look_at}：{item.how}"


@dataclass(frozen=True, slots=True)
class HeadChange:
    """A fact of the list as a whole that would change."""

    name: str
    before: str
    after: str


def head_changes(before: Draft, after: Draft) -> list[HeadChange]:
    """Return what changes beside the items."""
    pairs = [
        ("名称", before.title, after.title),
        ("适用说明", before.note, after.note),
        ("适用行业", sector_names(before), sector_names(after)),
        ("安全特征", feature_names(before), feature_names(after)),
        ("代替原表", "是" if before.instead else "否", "是" if after.instead else "否"),
    ]
    return [HeadChange(name, old, new) for name, old, new in pairs if old != new]


def sector_names(draft: Draft) -> str:
    """Return the sectors in words."""
    if draft.sectors == EVERY_SECTOR:
        return "通用"
    return "、".join(SECTOR_NAMES[one] for one in sorted(draft.sectors))


def feature_names(draft: Draft) -> str:
    """Return the features in words."""
    return "、".join(FEATURE_NAMES[one] for one in sorted(draft.features))


def begins_say(valid_from: date, *, today: date, others: Sequence[date]) -> str:
    """Say from when a version is used, and what becomes of versions that were to begin. others: their first days."""
    day = valid_from.isoformat()
    say = f"{day}起的检查用这一版；那以前照那时的版本，随时可以按日期翻看。"
    later = sorted(one for one in others if one > today)
    if later:
        say += f"原定{'、'.join(one.isoformat() for one in later)}起用的那一版不再起用。"
    return say
