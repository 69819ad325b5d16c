"""L1: decide by the table, and only by the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bihuan.hazards.rules import amounts, dates, steps
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.facts import NOTHING, Facts, Standing
from bihuan.hazards.rules.states import LISTING_NAMES, STATE_NAMES, ListingState
from bihuan.kernel.roles import ROLE_NAMES, Role


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the table says: the step to take, or why not. code: for machines ("" when it may be done)."""

    step: steps.Step | None
    code: str = ""
    say: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class OpenAct:
    """A button: the act, its words, and why it is barred just now ("" when it can be pressed)."""

    act: Act
    button: str
    does: str
    barred: str
    rule: str
    is_listing: bool


def step_for(standing: Standing, act: Act) -> steps.Step | None:
    """Return the one row of the table for this act where the hazard stands, or None: then it is refused."""
    for step in _rows_of(act):
        if _matches(step, standing):
            return step
    return None


class _Index:
    """The table's rows by act, in its order; made again when the table is another one (tests of broken laws)."""

    table: tuple[steps.Step, ...] = ()
    rows: Mapping[Act, tuple[steps.Step, ...]] = {}


def _rows_of(act: Act) -> tuple[steps.Step, ...]:
    if _Index.table is not steps.STEPS:
        _Index.rows = {one: tuple(step for step in steps.STEPS if step.act == one) for one in Act}
        _Index.table = steps.STEPS
    return _Index.rows[act]


def _matches(step: steps.Step, standing: Standing) -> bool:
    if standing.state not in step.frm:
        return False
    if step.only_superior is not None and step.only_superior != standing.needs_superior:
        return False
    return not step.listing_frm or standing.listing_state in step.listing_frm


def decide(facts: Facts, act: Act) -> Verdict:
    """Return the step that this act takes now, or the refusal: first the table, then the role, gates, needs."""
    step = step_for(facts.standing, act)
    if step is None:
        return Verdict(None, "hazards.not_now", not_now(facts.standing, act))
    role = role_used(step, facts.doer.roles)
    if role is None:
        return Verdict(None, "hazards.not_yours", not_yours(step))
    claims = (dates.fact_on_a_possible_day, amounts.a_possible_amount)
    say = first_refusal((*step.gates, *step.needs, *claims), facts)
    if say:
        return Verdict(None, "hazards.refused", say)
    return Verdict(step, role=role)


def first_refusal(guards: Iterable[steps.Guard], facts: Facts) -> str:
    """Return the first guard's sentence, or ""."""
    for guard in guards:
        say = guard(facts)
        if say:
            return say
    return ""


def role_used(step: steps.Step, roles: frozenset[Role]) -> Role | None:
    """Return the role under which the act is done: the first of the roles held, in the order of the role list."""
    for role in Role:
        if role in roles and role in step.by:
            return role
    return None


def not_now(standing: Standing, act: Act) -> str:
    """Say that the act does not fit where the hazard stands."""
    stands = STATE_NAMES[standing.state]
    listing = standing.listing_state
    if any(step.act == act and standing.state in step.frm for step in steps.STEPS):
        stands = LISTING_NAMES[ListingState(listing)] if listing else "未挂牌"
    return f"现在是“{stands}”，不能办理“{WORDS[act].title}”。请刷新看最新情况。"


def not_yours(step: steps.Step) -> str:
    """Say who may do it."""
    names = "、".join(ROLE_NAMES[role] for role in Role if role in step.by)
    return f"“{WORDS[step.act].title}”由{names}办理，您没有这一项的权限。"


def open_acts(facts: Facts, acts: Sequence[Act] | None = None) -> list[OpenAct]:
    """Return the buttons for a person before a hazard: what the table offers them, each with what bars it.

    Only gates are looked at; what an act needs is asked by its form.
    """
    bare = replace(facts, given=NOTHING)
    offered: list[OpenAct] = []
    for step in steps.STEPS:
        if not _matches(step, facts.standing) or role_used(step, facts.doer.roles) is None:
            continue
        if acts is not None and step.act not in acts:
            continue
        if first_refusal((gate for gate in step.gates if gate in steps.QUIET), bare):
            continue
        words = WORDS[step.act]
        barred = first_refusal(step.gates, bare)
        is_listing = bool(step.listing_frm)
        offered.append(OpenAct(step.act, words.button, words.does, barred, step.rule, is_listing))
    return offered
