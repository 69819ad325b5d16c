"""The elements of the fire standards in a finding: what takes them out, how many make a suspicion in which place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.standards.rules.concluding import SUSPECTED_WHY, is_fire, why_screened
from bihuan.standards.rules.counting import COMPREHENSIVE, SEVERAL, Count, Counted, Procedure, counted
from bihuan.standards.rules.criteria import Standard
from bihuan.standards.rules.determine.conditions import Status
from bihuan.standards.rules.determine.elements import untold
from bihuan.standards.rules.determine.facts import Facts
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.signs import Said
from bihuan.standards.rules.determine.verdicts import Met
from bihuan.standards.rules.sectors import Sector
from bihuan.standards.rules.terms import Reply, names, value
from bihuan.standards.rules.terms import Said as Answer

CLOSED: Final = "停业停用"  # the exclusion that the reading of a text tells, and not its words alone


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place in people's words. is_open: where nothing names it, it is not known of a known enterprise too."""

    name: str
    concepts: frozenset[str] = frozenset()
    sectors: frozenset[Sector] = frozenset()
    says: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class FireBook:
    """Procedures by standard, the kinds of place and the words of exclusions by the name of their question."""

    procedures: Mapping[str, Procedure]
    kinds: Mapping[str, Kind]
    excluded: Mapping[str, Sequence[str]]
    once: Mapping[str, Sequence[str]] = field(default_factory=dict)  # elements that another one takes the words of


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of where the elements were found. words: of the enterprise and the finding, as they are read.

    in_force: the standards of the day; one of them may have items of an older version as prompts.
    """

    readings: Sequence[Reading]
    facts: Facts
    words: str
    in_force: Sequence[Standard]


def settled(met: Sequence[Met], scene: Scene, book: FireBook) -> list[Met]:
    """Take out what is excluded, and lower comprehensive elements that are too few for the kind of place."""
    kept = list(met)
    for standard_id in dict.fromkeys(one.rule.standard.id for one in met if is_fire(one.rule.standard)):
        if procedure := book.procedures.get(standard_id):
            of_it = [one for one in kept if one.rule.standard.id == standard_id]
            out = untold(of_it, book.once)
            kept = [replace(one, status=Status.NEAR) if one.rule.item.id in out else one for one in kept]
            mine = [one for one in of_it if one.status >= Status.ASK and one.rule.item.id not in out]
            said = _excluded(procedure, scene, book)
            changed = _taken_out(mine, said) if said else _counted(mine, procedure, scene, book)
            by_item = {one.rule.item.id: one for one in changed}
            kept = [by_item.get(one.rule.item.id, one) for one in kept]
    return sorted(kept, key=lambda one: -one.status)


def _taken_out(mine: Sequence[Met], said: str) -> Iterator[Met]:
    for one in mine:
        why = f"文中说“{said}”，属于不作为重大火灾隐患判定要素的情形"
        yield replace(one, status=Status.NEAR, lowered=True, why_open=why)


def _excluded(procedure: Procedure, scene: Scene, book: FireBook) -> str:
    """Return the words that take elements out by this procedure, "" where none do."""
    asked = names(procedure.holds)
    closed = [one.retired or one.stopped for one in scene.readings]
    for name in asked:
        for word in book.excluded.get(name, ()):
            said = next((one for one in closed if word in one), "") if name == CLOSED else word * (word in scene.words)
            if said and not value(procedure.holds, _only(procedure, name)):
                return said
    return ""


def _only(procedure: Procedure, name: str) -> dict[str, Reply]:
    return {one: Answer.YES if one == name else Answer.NO for one in names(procedure.holds)}


def kinds_of(scene: Scene, book: FireBook) -> dict[str, bool]:
    """Return the kinds of place that are known, each with whether this place is of it."""
    found = {name: _is_kind(kind, scene) for name, kind in book.kinds.items()}
    is_told = scene.facts.sectors is not None or any(found.values())
    return {
        name: bool(found[name])
        for name, kind in book.kinds.items()
        if found[name] is not None or (is_told and not kind.is_open)
    }


def _is_kind(kind: Kind, scene: Scene) -> bool | None:
    if any(word in scene.words for word in kind.denies):
        return False
    seen = {name for one in scene.readings for name, many in one.seen.items() if many[0].said is not Said.ABSENT}
    if kind.concepts & (seen | set(scene.facts.things)) or any(word in scene.words for word in kind.says):
        return True
    return True if kind.sectors & (scene.facts.sectors or frozenset()) else None


def _counted(mine: Sequence[Met], procedure: Procedure, scene: Scene, book: FireBook) -> Iterator[Met]:
    elements = [one for one in mine if one.rule.item.kind == COMPREHENSIVE]
    found = counted(procedure, [one.rule.item for one in elements], kinds_of(scene, book))
    if found is None:
        return
    newer = next(
        (one for one in scene.in_force if elements[0].prompt and elements[0].rule.item.id in one.prompts), None
    )
    incomplete = why_screened(newer) if newer else procedure.incomplete
    for one in elements:
        yield _said(one, found, book, incomplete=incomplete, newer=newer)


def _said(one: Met, found: Counted, book: FireBook, *, incomplete: str, newer: Standard | None) -> Met:
    """Return an element with what the count says of it, in plain words."""
    number, standard = len(found.elements), one.rule.standard
    by = f"按旧版{standard.document_number}筛查，" if newer else ""
    tail = incomplete if newer else SUSPECTED_WHY
    places = _places(found.by, book)
    if found.reached:
        clause = "" if newer else f"（{standard.document_number} {found.by.clause}）"
        why = f"{by}综合判定要素有{number}条，达到{places}的{found.by.least}条{clause}；{tail}"
        by_count = "" if newer or incomplete else found.by.clause.partition(" ")[0]
        return replace(one, why_open=why, by_count=by_count, is_whole=newer is None)
    if found.reached is None:
        asked = "、".join(book.kinds[name].name for name in found.open_kinds if name in book.kinds)
        asks = f"没有写明这里是不是{asked}，请先弄清"
        why = f"{by}综合判定要素有{number}条，在{places}满{found.by.least}条就是疑似；{asks}；{tail}"
        return replace(one, why_open=why)
    short = f"{by}综合判定要素只有{number}条，{places}须有{found.by.least}条，未达到判定门槛"
    if incomplete and found.number >= SEVERAL:
        return replace(one, why_open=f"{short}；但{incomplete}")
    why = f"{short}；{incomplete}；同一场所如另有消防问题，请合在一起判断" if incomplete else short
    return replace(one, status=Status.NEAR, lowered=True, why_open=why)


def _places(count: Count, book: FireBook) -> str:
    """Say in which places a count counts."""
    asked = [name for name in names(count.place) if name in book.kinds]
    mine = [name for name in asked if value(count.place, _only_kind(count, name, asked))]
    return "、".join(book.kinds[name].name for name in mine) if mine else "其他场所"


def _only_kind(count: Count, name: str, kinds: Sequence[str]) -> dict[str, Reply]:
    return {one: Answer.NO if one in kinds and one != name else Answer.YES for one in names(count.place)}
