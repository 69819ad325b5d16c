"""The loop drawn from its table, so that the drawing cannot say what the table does not (R3.3, R3.24a)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bihuan.hazards.rules import steps
from bihuan.hazards.rules.acts import WORDS, Act, event_kind
from bihuan.hazards.rules.states import LISTING_NAMES, STATE_NAMES, ListingState, State
from bihuan.kernel.roles import ROLE_NAMES, Role


def mermaid() -> str:
    """Return the life of a hazard as a Mermaid state diagram; acts that leave the state are not drawn."""
    arrows = _joined((str(frm), str(step.to), step.act) for step, frm in _moves())
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f"    {state}: {STATE_NAMES[state]}" for state in State]
    lines += [f"    [*] --> {State.REPORTED}: {WORDS[Act.REPORT].title}"]
    lines += [f"    {frm} --> {to}: {said}" for (frm, to), said in arrows.items()]
    lines += [f"    {State.CLOSED} --> [*]", f"    {State.INVALID} --> [*]"]
    return "\n".join(lines) + "\n"


def listing_mermaid() -> str:
    """Return the life of a listing order as a Mermaid state diagram (R3.24a)."""
    arrows = _joined(
        (frm or "[*]", str(step.listing_to), step.act)
        for step in steps.STEPS
        if step.listing_to is not None
        for frm in step.listing_frm
        if frm != step.listing_to and (step.act != Act.RECORD_LISTING or not frm)
    )
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f"    {state}: {LISTING_NAMES[state]}" for state in ListingState]
    lines += [f"    {frm} --> {to}: {said}" for (frm, to), said in arrows.items()]
    lines += [f"    {state} --> [*]" for state in (ListingState.DELISTED, ListingState.WITHDRAWN)]
    return "\n".join(lines) + "\n"


def table() -> str:
    """Return the whole table in Markdown: act, from, to, by whom, under which rule."""
    rows = ["| 办理 | 从 | 到 | 谁办 | 依据 | event |", "|---|---|---|---|---|---|"]
    for step in steps.STEPS:
        frm = "、".join(STATE_NAMES[state] for state in step.frm)
        to = "不变" if step.to is None else STATE_NAMES[step.to]
        if step.listing_to is not None:
            to += f"（挂牌：{LISTING_NAMES[step.listing_to]}）"
        by = "、".join(ROLE_NAMES[role] for role in Role if role in step.by)
        rows.append(f"| {WORDS[step.act].title} | {frm} | {to} | {by} | {step.rule} | `{event_kind(step.act)}` |")
    return "\n".join(rows) + "\n"


def _moves() -> Iterator[tuple[steps.Step, State]]:
    for step in steps.STEPS:
        if step.to is not None:
            for frm in step.frm:
                yield step, frm


def _joined(arrows: Iterable[tuple[str, str, Act]]) -> dict[tuple[str, str], str]:
    """Put the acts of one arrow on one line, in the order of the table."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for frm, to, act in arrows:
        if WORDS[act].title not in found[frm, to]:
            found[frm, to].append(WORDS[act].title)
    return {ends: "、".join(titles) for ends, titles in found.items()}
