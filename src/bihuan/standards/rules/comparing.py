"""Two versions of the criteria side by side: which item follows which, and what its words changed.

Nothing in a standard says which earlier item one of its own follows. Items are paired by their wording, the closest
first; where wording misleads, `FOLLOWS` says it. A pair is an aid to reading and decides nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bihuan.standards.rules.criteria import Criterion, Library, Standard, applies
from bihuan.standards.rules.sectors import Feature, Sector

ONE_DAY: Final = timedelta(days=1)
LEAST_LIKE: Final = 0.40
SAME_GROUP: Final = 0.10
SAME_FEATURES: Final = 0.05
WEIGHT_OF_TEXT: Final = 0.75
LEAST_RUN: Final = 2  # characters that must agree in a row to be shown as unchanged

# item → the earlier item that it follows, or "" for none: read by eye where the wording alone misleads.
FOLLOWS: Final[Mapping[str, str]] = {
    "gongmao-2023-dust-04": "gongmao-2017-dust-04",
    "gongmao-2023-metallurgy-02": "gongmao-2017-metallurgy-04",
    "gongmao-2023-nonferrous-12": "gongmao-2017-nonferrous-09",
    "gongmao-2023-building-02": "gongmao-2017-building-02",
    "gongmao-2023-building-05": "gongmao-2017-building-03",
    "gongmao-2023-light-05": "",
    "gongmao-2023-light-06": "gongmao-2017-light-06",
    "gongmao-2023-machinery-05": "gongmao-2017-machinery-05",
    "gongmao-2023-machinery-06": "gongmao-2017-machinery-06",
    "huagong-2026-5-2-1": "huagong-2017-10",
    "huagong-2026-5-6-1": "huagong-2017-18",
    "construction-2024-08-5": "construction-2022-08-6",
    "fire-2017-6-2": "fire-2006-d-3",
    "fire-2017-7-1-3": "fire-2006-c-3",
}
# Of 特种设备 2024: the clauses of each kind of equipment that were one clause each in 2022 (检验, 安全装置, 参数).
_INSPECTED: Final = "4-2-a 4-3-a 4-4-a 4-6-a 4-7-a 4-7-b 4-8-a 4-9-a 4-10-a"
_GUARDED: Final = (
    "4-2-c 4-2-d 4-2-e 4-2-f 4-3-c 4-3-d 4-3-f 4-4-b 4-5-c 4-6-b 4-6-d 4-7-c 4-7-d 4-7-e 4-8-b 4-8-e 4-9-b 4-9-c "
    "4-9-d 4-10-b 4-10-c 4-10-d"
)
_USED_BEYOND: Final = "4-3-b 4-10-e"
# item → the earlier item from which it was parted: what was one clause became several. One item follows it, or none.
PARTED: Final[Mapping[str, str]] = {
    "gongmao-2023-metallurgy-03": "gongmao-2017-metallurgy-04",
    "huagong-2026-5-3-5": "huagong-2017-19",
    "huagong-2026-5-4-2": "huagong-2017-12",
    "huagong-2026-5-5-3": "huagong-2017-04",
    "huagong-2026-5-5-6": "huagong-2017-05",
    "fire-2017-7-3-2": "fire-2006-d-4",
    "special-equipment-2022-2": "special-equipment-2014-1",
    **{
        f"special-equipment-2024-{one}": f"special-equipment-2022-{earlier}"
        for earlier, ones in ((2, _INSPECTED), (3, _GUARDED), (5, _USED_BEYOND))
        for one in ones.split()
    },
}
# earlier item → the item of the next version that took it in, beside the one that this follows.
TAKEN_IN: Final[Mapping[str, str]] = {
    "gongmao-2017-dust-09": "gongmao-2023-dust-08",
    "gongmao-2017-metallurgy-10": "gongmao-2023-metallurgy-07",
    "gongmao-2017-nonferrous-10": "gongmao-2023-mgmt-03",
    "construction-2022-07-3": "construction-2024-04-5",
    "special-equipment-2014-3": "special-equipment-2022-1",
}


class ChangeKind(StrEnum):
    """What became of an item from one version to the next."""

    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"
    TAKEN_IN = "taken_in"
    PARTED = "parted"
    DIVIDED = "divided"
    SAME = "same"


CHANGE_NAMES: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.CHANGED: "改了",
    ChangeKind.ADDED: "新增",
    ChangeKind.DROPPED: "不再列入",
    ChangeKind.TAKEN_IN: "并入别的条",
    ChangeKind.PARTED: "由原来一条分出",
    ChangeKind.DIVIDED: "分成了几条",
    ChangeKind.SAME: "没变",
}

Pieces = tuple[tuple[str, bool], ...]  # runs of a text, each with whether the other version lacks what it says


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the comparison. before, after: the texts in pieces, empty where there is no such item."""

    kind: ChangeKind
    earlier: Criterion | None
    later: Criterion | None
    before: Pieces = ()
    after: Pieces = ()

    @property
    def group(self) -> str:
        """Under which heading the line stands."""
        shown = self.later or self.earlier
        return shown.group if shown is not None else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two days. earlier, later: the versions that differ.

    untold: versions on one side whose clauses are not in the library, left out with those that they follow or that
    follow them, for nothing true can be said of them.
    """

    earlier: tuple[Standard, ...]
    later: tuple[Standard, ...]
    lines: tuple[Change, ...]
    untold: tuple[Standard, ...] = ()


def compared_by_day(
    library: Library,
    *,
    before: date,
    after: date,
    family: str = "",
    sectors: Collection[Sector] | None = None,
    features: Collection[Feature] | None = None,
) -> Comparison:
    """Compare the criteria in force on two days, as far as they can concern a place of these sectors and features.

    family: only standards of this word (`Standard.sector_word`). A version that another has taken the place of does not
    count as in force beside it (docs/criteria.md, doubt 1).
    """
    sides = [
        [one for one in library.in_force(day) if one.is_preferred_on(day) and family in {"", one.sector_word}]
        for day in (before, after)
    ]
    told = {item.standard_id for item in library.criteria}
    gone, come = ([one for one in side if one not in other] for side, other in (sides, sides[::-1]))
    untold = [one for one in (*gone, *come) if one.id not in told]
    words = {one.sector_word for one in untold}
    earlier, later = (tuple(one for one in side if one.sector_word not in words) for side in (gone, come))
    ids = [{one.id for one in side} for side in (earlier, later)]
    lines = compared(library, *ids, sectors=sectors, features=features)
    return Comparison(earlier, later, tuple(lines), tuple(untold))


def days_before(library: Library, day: date) -> list[date]:
    """Return the last day before each version in force began, the newest first; the day itself where none began."""
    begins = {one.effective_on for one in library.standards if one.effective_on is not None}
    return sorted((one - ONE_DAY for one in begins if one <= day), reverse=True) or [day]


@dataclass(frozen=True, slots=True)
class Succession:
    """Two versions that followed one another, with a day of each. before: the last day of the earlier one's time."""

    earlier: Standard
    later: Standard
    before: date
    after: date


def successions(library: Library) -> list[Succession]:
    """Return the versions that followed one another, the newest first; those with no day of their own are left out."""
    followed = {one.preferred_successor: one for one in library.standards if one.preferred_successor}
    followed |= {one.superseded_by: one for one in library.standards if one.superseded_by}
    dated = [(one.effective_on, one) for one in library.standards if one.id in followed]
    found = [Succession(followed[one.id], one, day - ONE_DAY, day) for day, one in dated if day is not None]
    return sorted(found, key=lambda one: (one.after, one.later.id), reverse=True)


def compared(
    library: Library,
    earlier: Collection[str],
    later: Collection[str],
    *,
    sectors: Collection[Sector] | None = None,
    features: Collection[Feature] | None = None,
) -> list[Change]:
    """Compare the items of some standards with those of others, as far as they can concern such a place.

    earlier, later: ids of standards. A standard on both sides did not change and is left out. Lines stand in the order
    of the later standards' clauses; what they no longer list comes after the last line of its group. An earlier item
    stands in one line, and again in those of what was parted from it. Only items of one family of standards are paired.
    sectors, features: of the place; None asks for all. Raises nothing: an unknown id has no items.
    """
    gone = [item for item in library.criteria if item.standard_id in set(earlier) - set(later)]
    come = [item for item in library.criteria if item.standard_id in set(later) - set(earlier)]
    families = {one.id: one.sector_word for one in library.standards}
    pairs: dict[str, Criterion] = {}
    before = {item.id: item for item in gone}
    for family in dict.fromkeys(families.values()):
        sides = [[item for item in side if families[item.standard_id] == family] for side in (gone, come)]
        pairs |= paired(*sides)
    lines = [_followed(pairs.get(item.id) or before.get(PARTED.get(item.id, "")), item) for item in come]
    followed = {earlier.id for earlier in pairs.values()}
    there = {item.id: item for item in come}
    for item in gone:
        if item.id not in followed:
            lines.insert(_place(lines, item.group), _gone(item, there.get(TAKEN_IN.get(item.id, ""))))
    return [one for one in lines if _concerns(one, sectors, features)]


def _followed(earlier: Criterion | None, later: Criterion) -> Change:
    if earlier is None:
        return Change(ChangeKind.ADDED, None, later, after=((later.text, False),))
    before, after = marked(earlier.text, later.text)
    kind = ChangeKind.SAME if earlier.text == later.text else ChangeKind.CHANGED
    if PARTED.get(later.id) == earlier.id:
        kind = ChangeKind.PARTED
    return Change(kind, earlier, later, before, after)


def _gone(earlier: Criterion, later: Criterion | None) -> Change:
    kind = ChangeKind.DROPPED if later is None else ChangeKind.TAKEN_IN
    if later is None and earlier.id in PARTED.values():
        kind = ChangeKind.DIVIDED
    return Change(kind, earlier, later, before=((earlier.text, False),), after=((later.text, False),) if later else ())


def _place(lines: Sequence[Change], group: str) -> int:
    """Return where a dropped item goes: after the last line of its group, else at the end."""
    alike = [place for place, line in enumerate(lines) if _akin(line.group, group)]
    return alike[-1] + 1 if alike else len(lines)


def _concerns(line: Change, sectors: Collection[Sector] | None, features: Collection[Feature] | None) -> bool:
    sides = (
        (line.later,) if line.kind is ChangeKind.PARTED else (line.earlier, line.later)
    )  # its origin has its own line
    return any(applies(item, sectors=sectors, features=features) for item in sides if item is not None)


def paired(gone: Sequence[Criterion], come: Sequence[Criterion]) -> dict[str, Criterion]:
    """Return the earlier item that each later one follows, by the later one's id; the closest pairs first."""
    known, ids = {item.id: item for item in gone}, {item.id for item in come}
    found = {item.id: known[FOLLOWS[item.id]] for item in come if FOLLOWS.get(item.id) in known}
    used = {item.id for item in found.values()} | {item.id for item in gone if TAKEN_IN.get(item.id, "") in ids}
    free = [item for item in come if item.id not in found and item.id not in {*FOLLOWS, *PARTED}]
    scored = [(likeness(one, other), one.id, other) for one in free for other in gone if other.id not in used]
    for score, later_id, earlier in sorted(scored, key=lambda one: (-one[0], one[1], one[2].id)):
        if score < LEAST_LIKE:
            break
        if later_id not in found and earlier.id not in used:
            found[later_id] = earlier
            used.add(earlier.id)
    return found


def likeness(one: Criterion, other: Criterion) -> float:
    """Return how much two items are alike in wording, 0 to a little above 1."""
    score = WEIGHT_OF_TEXT * _dice(_pairs_of(one.text), _pairs_of(other.text))
    score += (1 - WEIGHT_OF_TEXT) * _dice(_named(one), _named(other))
    if _akin(one.group, other.group):
        score += SAME_GROUP
    if one.features and one.features == other.features:
        score += SAME_FEATURES
    return score


def _akin(one: str, other: str) -> bool:
    return one in other or other in one or one[:2] == other[:2]


def _named(item: Criterion) -> frozenset[str]:
    return _pairs_of("".join((*item.objects, *item.cues)))


@lru_cache(maxsize=4096)
def _pairs_of(text: str) -> frozenset[str]:
    plain = "".join(sign for sign in text if sign.isalnum())
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def marked(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces, each with whether the other text lacks it; joined again they are the texts.

    Points and brackets alone are not marked."""
    same = [one for one in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks() if one.size]
    kept = [one for one in same if one.size >= LEAST_RUN]
    return (
        _pieces(before, [(one.a, one.a + one.size) for one in kept]),
        _pieces(after, [(one.b, one.b + one.size) for one in kept]),
    )


def _says_something(piece: str) -> bool:
    return any(sign.isalnum() for sign in piece)


def _pieces(text: str, kept: Iterable[tuple[int, int]]) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for since, until in (*kept, (len(text), len(text))):
        if at < since:
            pieces.append((text[at:since], _says_something(text[at:since])))
        if since < until:
            pieces.append((text[since:until], False))
        at = until
    return tuple(pieces)
