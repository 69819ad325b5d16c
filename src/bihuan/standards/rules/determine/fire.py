"""The elements of the fire standards in a finding: what takes them out, how many make a suspicion in which place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.standards.rules.concluding import SUSPECTED_WHY, is_fire, why_screened
from bihuan.standards.rules.counting import COMPREHENSIVE, SEVERAL, Count, Counted, Procedure, counted
from bihuan.standards.rules.criteria import Standard
from bihuan.standards.rules.determine.conditions import Status
from bihuan.standards.rules.determine.elements import stands_apart, told_beside, untold
from bihuan.standards.rules.determine.facts import Facts
from bihuan.standards.rules.determine.limits import PARTS, against_limit, limit_needed
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.signs import Said
from bihuan.standards.rules.determine.verdicts import Met
from bihuan.standards.rules.determine.weighing import Held
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
            of_it = told_beside([one for one in kept if one.rule.standard.id == standard_id])
            quoted = {one.rule.item.id: one for one in of_it}
            kept = [quoted.get(one.rule.item.id, one) for one in kept]
            out = untold(of_it, book.once)
            kept = [replace(one, status=Status.NEAR) if one.rule.item.id in out else one for one in kept]
            mine = [one for one in of_it if one.status >= Status.ASK and one.rule.item.id not in out]
            said = _excluded(procedure, scene, book)
            short = _short_of_limit(of_it, out)
            changed = _taken_out(mine, said) if said else _counted(mine, procedure, scene, book, short)
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


def _counted(
    mine: Sequence[Met], procedure: Procedure, scene: Scene, book: FireBook, short: Sequence[Met]
) -> Iterator[Met]:
    """Yield the elements with what their number comes to. short: those whose figure keeps to its limit.

    Elements of which something has to be found out first (is the building high?) count only where they decide nothing:
    where the others are enough, or too few with them.
    """
    elements = [one for one in mine if one.rule.item.kind == COMPREHENSIVE]
    open_, kinds = [one for one in elements if _is_open(one)], kinds_of(scene, book)
    found = counted(procedure, [one.rule.item for one in elements], kinds)
    firm = counted(procedure, [one.rule.item for one in elements if one not in open_], kinds)
    if found is None:
        return
    is_reached = firm is not None and firm.reached is True
    if firm is not None and is_reached:
        found = firm
    newer = next(
        (one for one in scene.in_force if elements[0].prompt and elements[0].rule.item.id in one.prompts), None
    )
    incomplete = why_screened(newer) if newer else procedure.incomplete
    sure = 0 if firm is None else firm.number
    several = (found.number if newer else sure) >= SEVERAL
    notes = [_to_find_out(one, newer) for one in ([] if is_reached else open_)]
    notes += [_kept_to(one, newer) for one in short]
    unclear = sum(one.rule.item in found.elements for one in open_)
    for one in elements:
        if is_reached and one in open_:
            yield replace(one, why_open=_to_find_out(one, newer))
        elif found.reached and not is_reached:
            yield _undecided(one, found, sure, notes, book, incomplete=incomplete, newer=newer)
        else:
            yield _said(one, found, notes, book, incomplete=incomplete, newer=newer, several=several, unclear=unclear)


def _is_open(one: Met) -> bool:
    """Tell whether something that an element asks for was not told; one that is found by likeness asks as it is."""
    return one.weighed.status is Status.ASK and not one.alike


def _short_of_limit(of_it: Sequence[Met], out: frozenset[str]) -> list[Met]:
    """Return the elements of which all is said but that a figure keeps to its limit."""
    near = [one for one in of_it if one.rule.item.kind == COMPREHENSIVE and one.status is Status.NEAR]
    kept = [one for one in near if one.rule.item.id not in out and _limited(one) and _is_else_met(one)]
    return [one for one in kept if stands_apart(one, of_it)]


def _limited(one: Met) -> Held | None:
    """Return the figure that keeps to its limit, where that is a part: broken, or of what is required."""
    held = one.weighed.held
    return next((many for many in held if many.term.unit in PARTS and many.holds is False), None)


def _is_else_met(one: Met) -> bool:
    return all(many.holds for many in one.weighed.held if not many.term.is_count)


def _kept_to(one: Met, newer: Standard | None) -> str:
    held = _limited(one)
    return f"{_called(one, newer)}没有算，{against_limit(held)}" if held else ""


def _to_find_out(one: Met, newer: Standard | None) -> str:
    """Say what has to be found out before an element counts."""
    silent = next(many for many in one.weighed.held if many.holds is None and (many.unsure or many.term.ask))
    asks = limit_needed(silent) if silent.term.is_count else f"“{silent.words}”的情况"
    return f"{_called(one, newer)}还不能算，没有写明{asks}"


def _called(one: Met, newer: Standard | None) -> str:
    """Return the clause of an element and its thing in the words of the text; no clause of a version not in force."""
    thing = next((many.words for many in one.weighed.held if many.holds and many.words), "")
    return f"{'' if newer else one.rule.item.clause}“{thing}”"


def _undecided(
    one: Met,
    found: Counted,
    sure: int,
    notes: Sequence[str],
    book: FireBook,
    *,
    incomplete: str,
    newer: Standard | None,
) -> Met:
    """Return an element of a count that is reached only with elements of which something was not told."""
    standard = one.rule.standard
    by = f"按旧版{standard.document_number}筛查，" if newer else ""
    why = (
        f"{by}综合判定要素已清楚的有{sure}条，在{_places(found.by, book)}满{found.by.least}条就是疑似；"
        f"{'；'.join(notes)}；请先弄清；{incomplete if newer else SUSPECTED_WHY}"
    )
    return replace(one, why_open=why)


def _said(
    one: Met,
    found: Counted,
    notes: Sequence[str],
    book: FireBook,
    *,
    incomplete: str,
    newer: Standard | None,
    several: bool,
    unclear: int,
) -> Met:
    """Return an element with what the count says of it, in plain words.

    several: there are, though too few. unclear: how many of them something has to be found out about.
    """
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
        why = "；".join([f"{by}综合判定要素有{number}条，在{places}满{found.by.least}条就是疑似", asks, *notes, tail])
        return replace(one, why_open=why)
    clear = f"只有{number - unclear}条" if number > unclear else "还没有一条能算"
    short = "；".join([f"{by}综合判定要素{clear}，{places}须有{found.by.least}条，未达到判定门槛", *notes])
    if incomplete and several:
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
