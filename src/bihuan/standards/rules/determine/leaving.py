"""What a clause that is met comes to: what keeps it from concluding by itself, and who decides it instead."""

from dataclasses import replace
from datetime import date

from bihuan.standards.rules.concluding import SUSPECTED_WHY, WAS_NO_LIST, is_fire, why_person, why_screened
from bihuan.standards.rules.counting import COMPREHENSIVE
from bihuan.standards.rules.criteria import Criterion, Standard
from bihuan.standards.rules.determine.conditions import Condition, Status
from bihuan.standards.rules.determine.facts import Facts
from bihuan.standards.rules.determine.likening import ONLY_ALIKE, Like
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.verdicts import Met, Rule
from bihuan.standards.rules.determine.weighing import Weighed
from bihuan.standards.rules.sectors import CROSS_CUTTING, FEATURE_NAMES, Feature


def judged(met: Met, facts: Facts, on: date, *, newer: Standard | None = None) -> Met:
    """Lower what must not conclude by itself, and say why. newer: the standard in force that has it as a prompt."""
    item, standard, status = met.rule.item, met.rule.standard, met.status
    confirmed = facts.confirm(item)
    if status >= Status.ASK and (met.reading.fixed or met.reading.denied or _is_stopped(met)):
        out_of_use = f"文中说“{met.reading.retired or met.reading.stopped}”，已经不在用"
        why = met.reading.fixed or met.reading.denied or out_of_use
        return replace(met, status=Status.NEAR, told=Status.NEAR, lowered=True, why_open=why)
    is_met = status >= Status.ASK or newer is not None  # of what is only near, nothing has to be left to a person
    why = _why_open(item, standard, on, newer=newer) if is_met else ""
    is_whole = status is Status.HIT and newer is None and _is_for_another(item, standard, why)
    if status is Status.HIT and why:
        status = Status.ASK
    own = bool(item.sectors & facts.guessed - CROSS_CUTTING)
    told = _told(facts, confirmed)
    return replace(met, status=status, told=status, why_open=why, own_list=own, confirmed=told, is_whole=is_whole)


def _is_for_another(item: Criterion, standard: Standard, why: str) -> bool:
    """Tell whether a clause asks only because of who determines, or because its law was no list: what it says is whole.

    An element of fire that counts only with others is told by the count.
    """
    return why == WAS_NO_LIST or (is_fire(standard) and item.kind != COMPREHENSIVE)


def judged_alike(like: Like, rule: Rule, reading: Reading, facts: Facts, on: date) -> Met:
    """Return a clause without conditions that a piece of the text is like, which at most asks."""
    status = Status.NEAR if like.against else Status.ASK
    weighed = Weighed(Condition((), concludes=False), status, weight=like.score)
    met = judged(Met(rule, weighed, reading, status, alike=like.saying), facts, on)
    return replace(met, why_open=met.why_open or like.against or ONLY_ALIKE)


def _told(facts: Facts, feature: Feature | None) -> str:
    """Say which of the place's facts makes a clause concern it."""
    if feature is None:
        return ""
    words, name = facts.told.get(feature, ""), FEATURE_NAMES[feature]
    return f"企业涉及{name}" if words == name else f"“{words}”属于{name}"


def _is_stopped(met: Met) -> bool:
    """Tell whether the thing is out of use, where the list speaks of use; fire is judged as it stands."""
    sector = met.rule.standard.sector_word
    return bool(met.reading.retired and not is_fire(met.rule.standard)) or bool(
        met.reading.stopped and sector == "特种设备"
    )


def _why_open(item: Criterion, standard: Standard, on: date, *, newer: Standard | None) -> str:
    """Return why a clause that is met does not decide by itself, "" when it does."""
    if newer is not None:
        return why_screened(newer)
    return SUSPECTED_WHY if is_fire(standard) else why_person(item, standard, on=on)
