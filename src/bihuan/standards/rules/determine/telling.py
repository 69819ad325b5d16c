"""Put a verdict into words: for and against each clause, what would have to be different, and the reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bihuan.standards.rules.concluding import caveat, is_fire
from bihuan.standards.rules.criteria import Standard
from bihuan.standards.rules.determine.cleaning import MOST_CHARACTERS
from bihuan.standards.rules.determine.conditions import Op, Status
from bihuan.standards.rules.determine.judging import MOST_CANDIDATES
from bihuan.standards.rules.determine.limits import against_limit, beyond_limit, limit_needed
from bihuan.standards.rules.determine.precedents import Precedent
from bihuan.standards.rules.determine.signs import Said
from bihuan.standards.rules.determine.verdicts import Level, Met, Part, Rule, Verdict
from bihuan.standards.rules.determine.weighing import Held

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_NOT_UNDERSTOOD: Final = 0.05  # nothing was read, so nothing is known
_PRECEDENT: Final = 0.6  # below whatever a condition concludes, above what it asks
_BASE: Final = {Status.HIT: 0.92, Status.ASK: 0.6, Status.NEAR: 0.3}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause with what speaks for it and what against it. would_need: what would have to be different.

    score: of the candidates of one text, never rising from one to the next (`Met.score`).
    """

    met: Met
    score: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    would_need: tuple[str, ...]


def candidates(verdict: Verdict) -> list[Candidate]:
    """Return the clauses to look at, the deciding one first, at most MOST_CANDIDATES."""
    return [_candidate(one) for one in verdict.met[:MOST_CANDIDATES]]


def _candidate(met: Met) -> Candidate:
    held = met.weighed.held
    speaks = tuple(dict.fromkeys(_for(one) for one in held if one.holds and one.words))
    against = tuple(dict.fromkeys(_against(one) for one in held if one.holds is False))
    if met.why_open:
        against = (*against, met.why_open)
    if met.alike:
        speaks = (f"写的和“{met.alike}”相近", *speaks)
    if met.confirmed:
        speaks = (*speaks, met.confirmed)
    if met.precedent:
        speaks = (*speaks, _alike(met.precedent))
    needs = tuple(dict.fromkeys(need_of(one, met.rule.names) for one in held if not one.holds))
    return Candidate(met, met.score, speaks, against, needs)


def _sureness(met: Met) -> float:
    """Return how sure the match is, by the way it was found; what answers are counted by, not a probability."""
    if met.precedent:
        return round(_PRECEDENT * met.precedent.gravity, 2)
    score = _BASE.get(Status.HIT if met.is_whole else met.status, 0.0)
    held = met.weighed.held
    score -= 0.08 * any(one.far for one in held) + 0.04 * any(one.typo for one in held)
    score -= 0.06 * (bool(met.rule.item.features) and not met.confirmed)
    score -= 0.04 * any(one.said is Said.FAILED for one in held)
    return round(max(0.05, score), 2)


def _alike(precedent: Precedent) -> str:
    return f"与判为该条的例子“{precedent.example}”说法相近"


def _thing(one: Held, names: Mapping[str, str]) -> str:
    """Return what people call the things of a term. names: of concepts that are not called so."""
    called = dict.fromkeys(names.get(name, name) for name in one.term.concepts[:2])
    return "或".join(called) if called else one.term.unit


_LIMITED: Final = {Op.BEYOND: "超出", Op.SHORT: "不足"}


def _for(one: Held) -> str:
    if one.far:
        return f"企业情况或前文提到“{one.words}”"
    typo = "（疑为笔误）" if one.typo else ""
    if one.term.op in {Op.LACKS, Op.GONE}:
        return f"“{one.words}”{typo}{'失效' if one.said is Said.FAILED else '没有'}"
    if one.term.op in _LIMITED:
        return f"数量“{one.words}”{_LIMITED[one.term.op]}限定"
    if one.term.op is Op.AMOUNT:
        return beyond_limit(one)
    return f"提到“{one.words}”{typo}"


def _against(one: Held) -> str:
    if one.term.op in {Op.LACKS, Op.GONE}:
        return f"“{one.words}”失效，不是没有" if one.said is Said.FAILED else f"文中没有说“{one.words}”缺失或失效"
    if one.term.op in _LIMITED:
        return f"“{one.words}”没有{_LIMITED[one.term.op]}限定"
    if one.term.op is Op.AMOUNT:
        return against_limit(one)
    if one.term.excludes:
        return f"文中说有“{one.words}”"
    return f"文中说没有“{one.words}”"


_NEEDS: Final = {
    Op.LACKS: "{}没有或失效",
    Op.GONE: "没有{}",
    Op.STATE: "存在{}",
    Op.NAMED: "涉及{}",
    Op.HERE: "涉及{}",
    Op.OTHER: "同处另有{}",
    Op.FACT: "属于{}",
    Op.NOT: "不属于{}",
    Op.UNSAID: "不属于{}",
    Op.ASIDE: "说的不是{}",
    Op.BEYOND: "实有数超出{}",
    Op.SHORT: "实有数不足{}",
}


def need_of(one: Held, names: Mapping[str, str]) -> str:
    """Say what would have to be so for a term to hold. names: of concepts that are not called so."""
    if one.term.op is Op.AMOUNT:
        return limit_needed(one)
    return _NEEDS[one.term.op].format(_thing(one, names))


def confidence(verdict: Verdict) -> float:
    """Return how sure the answer is, 0 to 1: the share of labelled answers of its level and rank that were right."""
    return verdict.trust.of(verdict.stated, rank(verdict))


class Decider(StrEnum):
    """Who determines by the criteria what an answer states, as machines read it."""

    TOWN = "town"  # the town's own inspectors, on the level as it is stated
    FIRE_AUTHORITY = "fire_authority"  # for the town a suspicion, to be handed over
    PERSON = "person"  # no list says so: a person weighs the clause, the words or the place first


def decided_by(verdict: Verdict) -> Decider:
    """Return who determines on an answer; a suggestion is confirmed by a person in any case."""
    deciding = verdict.deciding
    if verdict.level is not Level.OPEN:
        return Decider.TOWN
    suspected = deciding is not None and deciding.is_whole and is_fire(deciding.rule.standard)
    return Decider.FIRE_AUTHORITY if suspected else Decider.PERSON


def rank(verdict: Verdict) -> float:
    """Return how an answer ranks, 0 to 1: by the clause that decides it, or by how near the nearest came."""
    deciding = verdict.deciding
    if not verdict.understood:
        return _NOT_UNDERSTOOD
    if deciding is not None:
        return _sureness(deciding)
    near = [one for one in verdict.met if one.status is Status.NEAR]
    return 0.75 if near else 0.85


def reason(verdict: Verdict, *, each: bool = True) -> str:
    """Return why, in plain sentences: the clause that decides, or why none does. each: of several hazards too."""
    return "".join(_sentences(verdict, each=each))


def _sentences(verdict: Verdict, *, each: bool) -> Iterator[str]:
    deciding = verdict.deciding
    if not _CHINESE.search(verdict.case.text):
        yield "没有读到中文的隐患描述，请写明部位、缺什么或哪里不对。"
        return
    if not verdict.understood:
        yield "这段话一个词也没有读懂，不能提示一般还是重大，须由人判断；请写明部位、缺什么或哪里不对。"
        return
    if len(verdict.case.text) > MOST_CHARACTERS:
        yield f"描述过长，只读了前{MOST_CHARACTERS}个字，其余请分条填写。"
    if deciding is not None:
        yield _decided(verdict, deciding)
    else:
        yield _general(verdict, each=each)
    others = [_cited(one) for one in verdict.met if one is not deciding and one.status >= Status.ASK]
    others = [one for one in dict.fromkeys(others) if deciding is None or one != _cited(deciding)][:3]
    if others:
        yield f"另涉及{'、'.join(others)}。"
    if each and verdict.parts:
        yield _parted(verdict.parts)
    if verdict.level is not Level.MAJOR:
        yield from dict.fromkeys(one.says for one in verdict.adjacent)
    yield "以上为提示，由检查人员决定。"


MOST_PARTS: Final = 8  # hazards of one text that a reason tells one by one
LONGEST_PART: Final = 24  # characters of each that it repeats


def _parted(parts: Sequence[Part]) -> str:
    told = "；".join(f"“{_short(one.reading.text)}”{one.stated}，{_why(one)}" for one in parts[:MOST_PARTS])
    rest = f"；其余{len(parts) - MOST_PARTS}处请分条填写" if len(parts) > MOST_PARTS else ""
    return f"分开看：{told}{rest}。"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_PART else f"{text[:LONGEST_PART]}…"


def _why(part: Part) -> str:
    """Say in a few words why one of several hazards is what it is: 一般 as plainly as 重大."""
    met, reading = part.met, part.reading
    if part.level is not Level.GENERAL and met is not None:
        return f"{'符合' if part.stated is Level.MAJOR else '可能涉及'}{_cited(met)}"
    if reading.fixed:
        return f"文中说“{reading.fixed}”，现状已不存在"
    if reading.denied:
        return f"文中说“{reading.denied}”，没有这种情形"
    if met is None:
        return "清单里没有这种情形"
    return f"最接近{_cited(met)}，差在：{_gap(met)}"


def _gap(met: Met) -> str:
    """Say what keeps a clause from being met."""
    found = _candidate(met)
    silent = [one for one in _silent(met) if one not in met.why_open]
    return "；".join((*found.speaks_against, *(f"文中没有写明{one}" for one in silent)))


def _cited(met: Met) -> str:
    if met.prompt:
        return "重大火灾隐患的筛查要素"
    return f"{met.rule.standard.cited_as}{met.rule.item.clause}"


def _decided(verdict: Verdict, met: Met) -> str:
    found = _candidate(met)
    if met.precedent:
        return _by_precedent(verdict, met, met.precedent)
    words = f"文中{'，'.join(found.speaks_for)}" if found.speaks_for else ""
    day = verdict.case.on.isoformat()
    if verdict.level is Level.MAJOR:
        tail = "" if met.confirmed or not met.rule.item.features else "请先确认企业确有该情形。"
        tail += f"{said}。" if (said := caveat(met.rule.item)) else ""
        return f"{words}，符合发现当日（{day}）有效的{_cited(met)}：{met.rule.item.text}{tail}"
    if met.is_whole:
        return f"{words}，符合发现当日（{day}）有效的{_cited(met)}：{met.rule.item.text}{met.why_open}。"
    asks = met.why_open or f"尚须确认：{'；'.join(found.would_need) or '条文表述有歧义，须由人判断'}"
    return f"{words}，可能涉及{_cited(met)}；{asks}，不能自动下结论。"


def _by_precedent(verdict: Verdict, met: Met, precedent: Precedent) -> str:
    """Say that no condition was read whole, what the words are like, and what a person has to look at."""
    silent = _silent(met)
    check = f"文中没有读出：{'；'.join(silent)}。" if silent else ""
    left = f"{met.why_open}。" if met.is_whole else f"{met.why_open}，不能自动下结论。"
    open_ = left if met.why_open else "请对照条文逐项核对。"
    return (
        f"没有逐项读出条文的要件，但{_alike(precedent)}，最可能是发现当日（{verdict.case.on.isoformat()}）有效的"
        f"{_cited(met)}：{met.rule.item.text}{check}{open_}"
    )


def _elsewhere(verdict: Verdict, rule: Rule) -> str:
    """Say why a clause that the words meet does not count: it was not in force, or is for other places."""
    standard, cited = rule.standard, f"{rule.standard.cited_as}{rule.item.clause}"
    is_of_here = verdict.facts.concern(rule.item)
    if is_of_here and standard.effective_on is not None and standard.effective_on > verdict.case.on:
        return f"{cited}列有这种情形，但自{standard.effective_on.isoformat()}起才施行。"
    if is_of_here and not standard.holds_on(verdict.case.on):
        return f"{cited}列有这种情形，但{_no_more(verdict, standard)}。"
    return f"{cited}列有这种情形，但按企业情况不适用；如企业情况有误，请先更正。"


def _no_more(verdict: Verdict, standard: Standard) -> str:
    """Say that a standard does not hold on the day, and what stands in its place, here or everywhere."""
    if instead := next((one for one in standard.replaced if one.holds_on(verdict.case.on)), None):
        return f"自{instead.first.isoformat()}起在这里由{instead.cited_as}代替，请对照后者有没有这一条"
    follower = next((one for one in verdict.in_force if one.id == standard.superseded_by), None)
    return f"发现当日已不再施行，现行的是{follower.cited_as}" if follower else "发现当日已不再施行"


def _first_lowered(met: Met) -> bool:
    """Put clauses first of which all is said, and that something else keeps from counting."""
    return not met.lowered


def _general(verdict: Verdict, *, each: bool) -> str:
    day = verdict.case.on.isoformat()
    fixed = [one.fixed for one in verdict.readings if one.fixed]
    if fixed and all(one.fixed or one.denied for one in verdict.readings):
        return f"文中说“{fixed[0]}”，现状已不存在，按一般隐患记录并留整改证据。"
    denied = [one.denied for one in verdict.readings if one.denied]
    if denied and all(one.denied for one in verdict.readings):
        return f"文中说“{denied[0]}”，没有这种情形，不算隐患；如现场另有问题，请写清楚。"
    near = next((one for one in sorted(verdict.met, key=_first_lowered) if one.status is Status.NEAR), None)
    if verdict.level is Level.OPEN:
        return f"发现当日（{day}）有效的{len(verdict.in_force)}部判定标准中没有条款成立，但不能就此按一般隐患。"
    so_far = "先" if verdict.adjacent else ""
    head = f"发现当日（{day}）有效的{len(verdict.in_force)}部判定标准中没有条款成立，{so_far}按一般隐患。"
    if verdict.elsewhere is not None:
        return head + _elsewhere(verdict, verdict.elsewhere)
    if not any(one.seen for one in verdict.readings):
        return f"{head}描述里没有认出判定标准涉及的设备、场所或行为，请核对用词。"
    if each and verdict.parts:
        return head
    if near is None:
        return f"{head}所说的“{_short(verdict.case.text.strip())}”不在重大隐患清单所列情形内。"
    return f"{head}最接近的是{_cited(near)}，差在：{_gap(near)}。"


def _silent(met: Met) -> Sequence[str]:
    return tuple(dict.fromkeys(need_of(one, met.rule.names) for one in met.weighed.held if one.holds is None))


def as_plain(verdict: Verdict, key: object) -> Mapping[str, Any]:
    """Return the answer for machines (`bihuan determine`)."""
    deciding = verdict.deciding
    cited = deciding is not None and not deciding.prompt
    return {
        "id": key,
        "level": verdict.stated.value,
        "decided_by": decided_by(verdict).value,
        "criterion": _reference(deciding.rule.standard, deciding) if cited and deciding else None,
        "confidence": confidence(verdict),
        "candidates": [_as_candidate(one, deciding) for one in candidates(verdict) if not one.met.prompt],
        "reason": reason(verdict),
    }


def _reference(standard: Standard, met: Met) -> Mapping[str, str]:
    clause = met.by_count or met.rule.item.clause
    return {"standard": standard.id, "document_number": standard.document_number, "clause": clause}


def _as_candidate(one: Candidate, deciding: Met | None) -> Mapping[str, Any]:
    """Return a clause for machines; elements that decide by their number are cited by the clause that counts them."""
    counted = one.met.by_count if one.met is deciding else ""
    return {
        "standard": one.met.rule.standard.id,
        "clause": counted or one.met.rule.item.clause,
        "score": one.score,
        "for": list(one.speaks_for),
        "against": [*one.speaks_against, *(f"还须：{need}" for need in one.would_need if one.met.status < Status.HIT)],
    }
