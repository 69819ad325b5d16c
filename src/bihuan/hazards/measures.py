"""What can be counted of hazards: declared over the events of the loop, never asked of the rows (L12)."""

# ruff: noqa: E501 -- a table is read by column

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID

from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.hazards.rules.states import (
    LIVE_LISTING,
    OPEN_STATES,
    RUNNING_STATES,
    STATE_NAMES,
    Level,
    ListingState,
    State,
)
from bihuan.kernel.measures import Counting, Delta, Happened, Measure, Nature, overdue_from

RECTIFIED_STATES: Final = frozenset({State.RECTIFIED, State.AWAITING_SUPERIOR, State.CLOSED})
COUNTED_STATES: Final = frozenset(State) - {State.TRANSFERRED, State.INVALID}


def _in(states: Iterable[State]) -> tuple[str, ...]:
    """Return the stocks that add up to the hazards in any of these states."""
    return tuple(f"hazards.in.{state}" for state in State if state in states)


STOCK, FLOW = Nature.STOCK, Nature.FLOW

# fmt: off
MEASURES: Final[tuple[Measure, ...]] = (
    Measure("hazards.all",            "登记隐患",     "登记过的全部隐患，含已移送和不成立", STOCK, rows={"tab": "all"}, sum_of=_in(State)),
    Measure("hazards.open",           "未销号隐患",   "还没有销号、移送或作废的隐患", STOCK, rows={"tab": "open"}, sum_of=_in(OPEN_STATES)),
    Measure("hazards.counted",        "隐患总数",     "登记的隐患，除去已移送和不成立", STOCK, rows={"tab": "counted"}, sum_of=_in(COUNTED_STATES)),
    Measure("hazards.rectified",      "已整改",       "待复查、待上级认可和已销号的隐患", STOCK, rows={"tab": "done"}, sum_of=_in(RECTIFIED_STATES)),
    *(Measure(f"hazards.in.{state}",  STATE_NAMES[state], f"状态为{STATE_NAMES[state]}的隐患", STOCK, rows={"tab": str(state)})
      for state in State),
    Measure("hazards.overdue",        "整改逾期",     "过了整改期限还没有提交整改的隐患（R3.13）", STOCK, rows={"late": "overdue"}),
    Measure("hazards.review_overdue", "复查逾期",     "提交整改后过了复查期限的隐患（R3.16）", STOCK, rows={"late": "review"}),
    Measure("hazards.listed",         "挂牌督办中",   "有主挂牌并且还没有摘牌的重大隐患", STOCK, rows={"tab": "all", "listing": "live"}),
    Measure("hazards.ever_listed",    "已挂牌",       "挂过牌的重大隐患，含已摘牌", STOCK, rows={"tab": "all", "listing": "ever"}, sum_of=("hazards.listed", "hazards.delisted")),
    Measure("hazards.delisted",       "已摘牌",       "已经摘牌的重大隐患", STOCK, rows={"tab": "all", "listing": "delisted"}),
    Measure("hazards.closed_late",    "逾期销号",     "销号时已过整改期限的隐患（R3.13）", STOCK, rows={"tab": "closed", "closed_late": "1"}),
    Measure("hazards.found_fact",     "发现隐患",     "按发现日期计的隐患，除去不成立", FLOW, rows={"tab": "all"}, by_fact=True),
    Measure("hazards.reported",       "新登记",       "这段时间登记的隐患", FLOW),
    Measure("hazards.closed",         "新销号",       "这段时间销号的次数", FLOW),
    Measure("hazards.handed_in",      "提交整改",     "这段时间提交整改的次数", FLOW),
    Measure("hazards.on_spot",        "立行立改",     "这段时间当场改好的隐患（R3.14）", FLOW),
    Measure("hazards.failed",         "复查不合格",   "这段时间复查不合格的次数，含到期复查仍未整改（L9）", FLOW),
    Measure("hazards.reopened",       "反弹重开",     "这段时间销号后又重开的次数（L9）", FLOW),
    Measure("hazards.extended",       "同意延期",     "这段时间同意延期的次数（L6）", FLOW),
    Measure("hazards.money",          "治理资金",     "整改花费", FLOW, unit="元"),
)
# fmt: on

_FLOWS: Final[dict[str, str]] = {
    event_kind(Act.REPORT): "hazards.reported",
    event_kind(Act.HAND_IN): "hazards.handed_in",
    event_kind(Act.FAIL): "hazards.failed",
    event_kind(Act.FAIL_ACCEPTANCE): "hazards.failed",
    event_kind(Act.SUPERIOR_REFUSE): "hazards.failed",
    event_kind(Act.REOPEN): "hazards.reopened",
    event_kind(Act.GRANT_EXTENSION): "hazards.extended",
    event_kind(Act.FIX_ON_SPOT): "hazards.on_spot",
}
RELOCATED: Final = "hazard.relocated"


def contribution(event: Happened) -> Iterable[Delta]:
    """Return what one event of the loop changes in every measure of this room."""
    if event.kind == RELOCATED:
        return list(_relocated(event))
    figures = event.figures
    deltas = list(_flows(event))
    deltas += _membership(event)
    deltas += _clock(event, "hazards.overdue", "deadline", frozenset(RUNNING_STATES))
    deltas += _clock(event, "hazards.review_overdue", "review", frozenset({State.RECTIFIED}))
    if figures["money_fen"]:
        deltas.append(Delta("hazards.money", figures["money_fen"]))
    return deltas


def _relocated(event: Happened) -> Iterator[Delta]:
    """A hazard that moved with its enterprise: what stands leaves the old place and enters the new; flows stay."""
    figures = event.figures
    old_firm = figures["enterprise_from"]
    old = {
        "path": figures["path_from"],
        "sector": figures["sector_from"],
        "enterprise_id": UUID(old_firm) if old_firm else None,
    }
    standing = [Delta(name, 1) for name in sorted(_stocks(figures, ""))]
    if _found(figures["state"]):
        standing.append(Delta("hazards.found_fact", 1, day=date.fromisoformat(figures["found_on"])))
    if figures["state"] in RUNNING_STATES:
        standing += overdue_from("hazards.overdue", 1, deadline=_due(figures, "deadline", ""), known_on=event.day)
    if figures["state"] == State.RECTIFIED:
        standing += overdue_from("hazards.review_overdue", 1, deadline=_due(figures, "review", ""), known_on=event.day)
    for delta in standing:
        yield Delta(delta.measure, -1, day=delta.day, **old)
        yield delta


def _flows(event: Happened) -> Iterator[Delta]:
    figures = event.figures
    if event.kind in _FLOWS:
        yield Delta(_FLOWS[event.kind], 1)
    if figures.get("unfixed"):
        yield Delta("hazards.failed", 1)
    if figures["state"] == State.CLOSED and figures["state_from"] != State.CLOSED:
        yield Delta("hazards.closed", 1)
    counted = _found(figures["state"]) - _found(figures["state_from"])
    level_from, level = figures["level_from"], event.level
    if counted:
        yield Delta("hazards.found_fact", counted, day=date.fromisoformat(figures["found_on"]))
    if _found(figures["state_from"]) and level_from != level:
        found_on = date.fromisoformat(figures["found_on"])
        yield Delta("hazards.found_fact", -1, day=found_on, level=level_from)
        yield Delta("hazards.found_fact", 1, day=found_on)


def _found(state: str) -> int:
    return int(state not in {"", State.INVALID})


def _membership(event: Happened) -> Iterator[Delta]:
    """Stocks: a hazard leaves what it was in, at its old level, and enters what it is in now, at its new one."""
    before, after = _stocks(event.figures, "_from"), _stocks(event.figures, "")
    level_from = event.figures["level_from"]
    moved = level_from != event.level
    for name in sorted(before if moved else before - after):
        yield Delta(name, -1, level=level_from)
    for name in sorted(after if moved else after - before):
        yield Delta(name, 1)


def _stocks(figures: Any, suffix: str) -> frozenset[str]:
    state = figures[f"state{suffix}"]
    if not state:
        return frozenset()
    names = {f"hazards.in.{state}"}
    listing = figures[f"listing{suffix}"]
    if listing in LIVE_LISTING:
        names.add("hazards.listed")
    if listing == ListingState.DELISTED:
        names.add("hazards.delisted")
    if state == State.CLOSED and figures[f"late{suffix}"]:
        names.add("hazards.closed_late")
    return frozenset(names)


def _clock(event: Happened, measure: str, due: str, states: frozenset[str]) -> Iterator[Delta]:
    """What falls overdue by itself, dated ahead: stop the clock that ran before, start the one that runs now."""
    figures = event.figures
    ran = _due(figures, due, "_from") if figures["state_from"] in states else None
    runs = _due(figures, due, "") if figures["state"] in states else None
    level_from = figures["level_from"]
    if ran == runs and level_from == event.level:
        return
    for delta in overdue_from(measure, -1, deadline=ran, known_on=event.day):
        yield Delta(delta.measure, delta.amount, day=delta.day, level=level_from)
    yield from overdue_from(measure, 1, deadline=runs, known_on=event.day)


def _due(figures: Any, name: str, suffix: str) -> date | None:
    text = figures[f"{name}{suffix}"]
    return date.fromisoformat(text) if text else None


COUNTING: Final = Counting(
    measures=MEASURES,
    kinds=frozenset({*(event_kind(act) for act in Act), RELOCATED}),
    contribution=contribution,
    levels=frozenset({"", *map(str, Level)}),
)
