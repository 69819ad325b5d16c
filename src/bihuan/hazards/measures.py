"""What can be counted of hazards: declared over the events of the loop, never asked of the rows (L12)."""

# ruff: noqa: E501 -- a table is read by column

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from bihuan.hazards.queries import figures, found, governed, transfers
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.hazards.rules.found import RECTIFIED_STATES, SHARES
from bihuan.hazards.rules.governed import WAYS
from bihuan.hazards.rules.marks import ORDERED_STATES, Mark
from bihuan.hazards.rules.states import (
    COUNTED_STATES,
    LIVE_LISTING,
    OPEN_STATES,
    REINSPECTED,
    RUNNING_STATES,
    STATE_NAMES,
    Level,
    ListingState,
    State,
)
from bihuan.kernel.indicators import Asked, alone
from bihuan.kernel.measures import Counting, Delta, Happened, Measure, Nature, overdue_from

REVIEWED_STATES: Final = frozenset({State.RECTIFIED})
# Marks that are stocks of their own, the measure of each, and in which states a hazard counts under it.
MARKED: Final[tuple[tuple[Mark, str, frozenset[State]], ...]] = (
    (Mark.ARRANGED, "hazards.arranged", ORDERED_STATES),
    (Mark.IMMEDIATE, "hazards.immediate", ORDERED_STATES),
    (Mark.UNCITED, "hazards.uncited", COUNTED_STATES),
    (Mark.LATER_CRITERION, "hazards.later_criterion", COUNTED_STATES),
    (Mark.LISTED_LATE, "hazards.listed_late", frozenset(State)),
    (Mark.REPEAT, "hazards.repeat", COUNTED_STATES),
    (Mark.SUPERIOR, "hazards.superior_done", RECTIFIED_STATES),
    (Mark.SUPERIOR, "hazards.superior_closed", frozenset({State.CLOSED})),
    # What was over when a campaign began is not its own: seldom marks of closed hazards, to be taken from the whole.
    (Mark.IMMEDIATE, "hazards.immediate_closed", frozenset({State.CLOSED})),
    (Mark.UNCITED, "hazards.uncited_closed", frozenset({State.CLOSED})),
    (Mark.LATER_CRITERION, "hazards.later_criterion_closed", frozenset({State.CLOSED})),
    (Mark.LISTED_LATE, "hazards.listed_late_closed", frozenset({State.CLOSED})),
    (Mark.REPEAT, "hazards.repeat_closed", frozenset({State.CLOSED})),
)
UNARRANGED_CLOSED: Final = "hazards.unarranged_closed"  # only of before there were marks (R3.9 stands before closing)
PLAIN: Final[dict[str, Any]] = {
    "level": "",
    "source": "",
}  # asked of places and sectors only: 21 rows of the cube instead of 29


def _in(states: Iterable[State]) -> tuple[str, ...]:
    """Return the stocks that add up to the hazards in any of these states."""
    return tuple(f"hazards.in.{state}" for state in State if state in states)


STOCK, FLOW = Nature.STOCK, Nature.FLOW

# fmt: off
MEASURES: Final[tuple[Measure, ...]] = (
    Measure("hazards.all",            "全部登记（含移送和不成立）", "登记过的全部隐患，含已移送和不成立", STOCK, rows={"tab": "all"}, sum_of=_in(State)),
    Measure("hazards.open",           "未销号隐患",   "还没有销号、移送或作废的隐患", STOCK, rows={"tab": "open"}, sum_of=_in(OPEN_STATES)),
    Measure("hazards.counted",        "登记隐患",     "登记的隐患，除去已移送和不成立", STOCK, rows={"tab": "counted"}, sum_of=_in(COUNTED_STATES)),
    Measure("hazards.rectified",      "已整改",       "待复查、待上级认可和已销号的隐患", STOCK, rows={"tab": "done"}, sum_of=_in(RECTIFIED_STATES)),
    Measure("hazards.unrectified",    "未整改",         "还没有提交整改的隐患，除去已移送和不成立", STOCK, sum_of=_in(COUNTED_STATES - RECTIFIED_STATES)),
    *(Measure(f"hazards.in.{state}",  STATE_NAMES[state], f"状态为{STATE_NAMES[state]}的隐患", STOCK, rows={"tab": str(state)})
      for state in State),
    Measure("hazards.overdue",        "整改逾期",     "过了整改期限还没有提交整改的隐患", STOCK, rows={"late": "overdue"}, rule="R3.13"),
    Measure("hazards.review_overdue", "复查逾期",     "提交整改后过了复查期限的隐患", STOCK, rows={"late": "review"}, rule="R3.16"),
    Measure("hazards.listed",         "挂牌督办中",   "有主挂牌并且还没有摘牌的重大隐患", STOCK, rows={"tab": "all", "listing": "live"}),
    Measure("hazards.ever_listed",    "已挂牌",       "挂过牌的重大隐患，含已摘牌", STOCK, rows={"tab": "all", "listing": "ever"}, sum_of=("hazards.listed", "hazards.delisted")),
    Measure("hazards.delisted",       "已摘牌",       "已经摘牌的重大隐患", STOCK, rows={"tab": "all", "listing": "delisted"}),
    Measure("hazards.closed_late",    "逾期销号",     "销号时已过整改期限的隐患", STOCK, rows={"tab": "closed", "closed_late": "1"}, rule="R3.13"),
    Measure("hazards.ordered",        "已下达整改",     "下达过整改、没有移送或作废的隐患", STOCK, sum_of=_in(ORDERED_STATES)),
    Measure("hazards.immediate",      "当场或当日整改", "立行立改或期限为当日的隐患", STOCK, plain=True, rule="R3.14"),
    Measure("hazards.arranged",       "五落实齐全",     "不能立即整改、五项安排齐全的隐患", STOCK, plain=True, rule="R3.9"),
    Measure("hazards.uncited",        "未引条款",       "整体判定、没有引用具体条款的重大隐患", STOCK, plain=True, rule="R3.2"),
    Measure("hazards.later_criterion", "依据晚于发现",  "判定依据在发现之后才施行的重大隐患", STOCK, plain=True, rule="R0.1"),
    Measure("hazards.listed_late",    "挂牌超时",       "挂牌时已过规定工作日的重大隐患", STOCK, plain=True, rule="R3.22"),
    Measure("hazards.repeat",         "重复隐患",       "与以前的同类隐患关联的隐患", STOCK, rows={"tab": "counted", "repeat": "1"}, plain=True, rule="R3.18"),
    Measure("hazards.superior_done",  "交办已整改",     "须上级认可、已提交整改的隐患", STOCK, rows={"tab": "done", "superior": "1"}, plain=True),
    Measure("hazards.superior_closed", "交办已销号",    "上级已认可销号的隐患", STOCK, rows={"tab": "closed", "superior": "1"}, plain=True, rule="L11"),
    Measure("hazards.immediate_closed", "当场或当日整改、已销号", "立行立改或期限为当日、已销号的隐患", STOCK, plain=True, rule="R3.14"),
    Measure("hazards.unarranged_closed", "没有五落实记录的销号", "不是当场或当日整改、没有五项安排记录而已销号的隐患", STOCK, plain=True, rule="R3.9"),
    Measure("hazards.uncited_closed", "未引条款、已销号", "没有引用具体条款、已销号的重大隐患", STOCK, plain=True, rule="R3.2"),
    Measure("hazards.later_criterion_closed", "依据晚于发现、已销号", "判定依据在发现之后才施行、已销号的重大隐患", STOCK, plain=True, rule="R0.1"),
    Measure("hazards.listed_late_closed", "挂牌超时、已销号", "挂牌时已过规定工作日、已销号的重大隐患", STOCK, plain=True, rule="R3.22"),
    Measure("hazards.repeat_closed",  "重复隐患、已销号", "与以前的同类隐患关联、已销号的隐患", STOCK, plain=True, rule="R3.18"),
    Measure("hazards.superior_overdue", "交办逾期",     "须上级认可、过了期限没有提交整改的隐患", STOCK, rows={"tab": "open", "late": "overdue", "superior": "1"}, plain=True),
    Measure("hazards.graded_late",    "定级超时",       "按发现日期计、过了核实工作日才定级的隐患，除去已移送和不成立", FLOW, by_fact=True, plain=True),
    Measure("hazards.self_found",     "企业自查发现",   "按发现日期计、企业自己查出的隐患，除去已移送和不成立", FLOW, rows={"tab": "counted", "self_closed": "1"}, by_fact=True, plain=True),
    Measure("hazards.found_fact",     "发现隐患",     "按发现日期计的隐患，除去已移送和不成立", FLOW, rows={"tab": "counted"}, by_fact=True),
    Measure("hazards.reported",       "新登记",       "这段时间登记的隐患，按登记日期，含后来移送和不成立的", FLOW),
    Measure("hazards.closed",         "新销号",       "这段时间销号的次数", FLOW, unit="次"),
    Measure("hazards.handed_in",      "提交整改",     "这段时间提交整改的次数", FLOW),
    Measure("hazards.on_spot",        "立行立改",     "这段时间当场改好的隐患", FLOW, rule="R3.14"),
    Measure("hazards.put_right",      "完成整改",     "这段时间提交整改和当场改好的次数；复查退回和反弹重开另列，不从中减去", FLOW, unit="次", sum_of=("hazards.handed_in", "hazards.on_spot")),
    Measure("hazards.failed",         "复查不合格",   "这段时间复查不合格的次数，含到期复查仍未整改", FLOW, rule="L9"),
    Measure("hazards.reopened",       "反弹重开",     "这段时间销号后又重开的次数", FLOW, rule="L9"),
    Measure("hazards.extended",       "同意延期",     "这段时间同意延期的次数", FLOW, rule="L6"),
    Measure("hazards.days_to_close",  "销号用时",       "销号的隐患从发现到销号的天数之和", FLOW, unit="天", plain=True),
    Measure("hazards.transferred",    "移送",           "这段时间移送其他单位的次数", FLOW),
    Measure("hazards.transfer_answered", "移送有答复",  "这段时间第一次得到答复或退回的移送", FLOW),
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
    event_kind(Act.TRANSFER): "hazards.transferred",
}
RELOCATED: Final = "hazard.relocated"


def contribution(event: Happened) -> Iterable[Delta]:
    """Return what one event of the loop changes in every measure of this room."""
    if event.kind == RELOCATED:
        return list(_relocated(event))
    figures = event.figures
    deltas = list(_flows(event))
    deltas += _membership(event)
    deltas += _facts(event)
    deltas += _clock(event, "hazards.overdue", "deadline", frozenset(RUNNING_STATES))
    deltas += _clock(event, "hazards.review_overdue", "review", REVIEWED_STATES)
    deltas += _superior_clock(event)
    if figures["money_fen"]:
        deltas.append(Delta("hazards.money", figures["money_fen"]))
    return deltas


def _relocated(event: Happened) -> Iterator[Delta]:
    """A hazard that moved with its enterprise: what stands leaves the old place and enters the new; flows stay."""
    figures = event.figures
    old_firm = figures["enterprise_from"]
    old: dict[str, Any] = {
        "path": figures["path_from"],
        "sector": figures["sector_from"],
        "enterprise_id": UUID(old_firm) if old_firm else None,
    }
    for delta in _standing(event, "_from"):
        yield replace(delta, amount=-delta.amount, **old)
    yield from _standing(event, "")


def _standing(event: Happened, suffix: str) -> Iterator[Delta]:
    """All that a hazard counts under as it stands before or after the event."""
    figures = event.figures
    yield from (Delta(name, 1) for name in sorted(_stocks(figures, suffix)))
    yield from (Delta(name, 1, **PLAIN) for name in sorted(_marked(figures, suffix)))
    found_on = date.fromisoformat(figures["found_on"])
    if _found(figures["state"]):
        yield Delta("hazards.found_fact", 1, day=found_on)
    yield from (Delta(name, 1, day=found_on, **PLAIN) for name in sorted(_of_finding(figures, suffix)))
    if figures["state"] in RUNNING_STATES:
        due = _due(figures, "deadline", "")
        yield from overdue_from("hazards.overdue", 1, deadline=due, known_on=event.day)
        if Mark.SUPERIOR in _marks(figures, suffix):
            yield from _plain(overdue_from("hazards.superior_overdue", 1, deadline=due, known_on=event.day))
    if figures["state"] in REVIEWED_STATES:
        yield from overdue_from("hazards.review_overdue", 1, deadline=_due(figures, "review", ""), known_on=event.day)


def _flows(event: Happened) -> Iterator[Delta]:
    figures = event.figures
    if event.kind in _FLOWS:
        yield Delta(_FLOWS[event.kind], 1)
    if figures.get("unfixed"):
        yield Delta("hazards.failed", 1)
    if figures["state"] == State.CLOSED and figures["state_from"] != State.CLOSED:
        yield Delta("hazards.closed", 1)
        days = (event.day - date.fromisoformat(figures["found_on"])).days
        if days:
            yield Delta("hazards.days_to_close", days, **PLAIN)
    if figures.get("first_answer"):
        yield Delta("hazards.transfer_answered", 1)
    counted = _found(figures["state"]) - _found(figures["state_from"])
    level_from, level = figures["level_from"], event.level
    if counted:
        yield Delta("hazards.found_fact", counted, day=date.fromisoformat(figures["found_on"]))
    if _found(figures["state_from"]) and level_from != level:
        found_on = date.fromisoformat(figures["found_on"])
        yield Delta("hazards.found_fact", -1, day=found_on, level=level_from)
        yield Delta("hazards.found_fact", 1, day=found_on)


def _found(state: str) -> int:
    """Tell whether what was found counts: 发现隐患 and 登记隐患 are one set, by the day of finding and as it stands."""
    return int(state in COUNTED_STATES)


def _membership(event: Happened) -> Iterator[Delta]:
    """Stocks: a hazard leaves what it was in, at its old level, and enters what it is in now, at its new one."""
    before, after = _stocks(event.figures, "_from"), _stocks(event.figures, "")
    level_from = event.figures["level_from"]
    moved = level_from != event.level
    for name in sorted(before if moved else before - after):
        yield Delta(name, -1, level=level_from)
    for name in sorted(after if moved else after - before):
        yield Delta(name, 1)


def _facts(event: Happened) -> Iterator[Delta]:
    """Marks, without level and source: what a hazard counted under and no longer does, and the other way about."""
    figures = event.figures
    for name, amount in _moved(_marked(figures, "_from"), _marked(figures, "")):
        yield Delta(name, amount, **PLAIN)
    found_on = date.fromisoformat(figures["found_on"])
    for name, amount in _moved(_of_finding(figures, "_from"), _of_finding(figures, "")):
        yield Delta(name, amount, day=found_on, **PLAIN)


def _moved(before: frozenset[str], after: frozenset[str]) -> Iterator[tuple[str, int]]:
    yield from ((name, -1) for name in sorted(before - after))
    yield from ((name, 1) for name in sorted(after - before))


def _marks(figures: Any, suffix: str) -> frozenset[str]:
    """The marks that an event tells; one from before there were marks tells none."""
    return frozenset(figures.get(f"marks{suffix}", ())) if figures[f"state{suffix}"] else frozenset()


def _marked(figures: Any, suffix: str) -> frozenset[str]:
    state, marks = figures[f"state{suffix}"], _marks(figures, suffix)
    names = frozenset(name for mark, name, states in MARKED if mark in marks and state in states)
    bare = state == State.CLOSED and marks.isdisjoint({Mark.ARRANGED, Mark.IMMEDIATE})
    return names | {UNARRANGED_CLOSED} if bare else names


def _of_finding(figures: Any, suffix: str) -> frozenset[str]:
    """What is counted on the day on which the hazard was found."""
    if not _found(figures[f"state{suffix}"]):
        return frozenset()
    late = Mark.GRADED_LATE in _marks(figures, suffix)
    return frozenset({"hazards.self_found"} if figures["self_found"] else ()) | frozenset(
        {"hazards.graded_late"} if late else ()
    )


def _superior_clock(event: Happened) -> Iterator[Delta]:
    figures = event.figures
    ran = _due(figures, "deadline", "_from") if _runs_for_superior(figures, "_from") else None
    runs = _due(figures, "deadline", "") if _runs_for_superior(figures, "") else None
    if ran != runs:
        yield from _plain(overdue_from("hazards.superior_overdue", -1, deadline=ran, known_on=event.day))
        yield from _plain(overdue_from("hazards.superior_overdue", 1, deadline=runs, known_on=event.day))


def _runs_for_superior(figures: Any, suffix: str) -> bool:
    return figures[f"state{suffix}"] in RUNNING_STATES and Mark.SUPERIOR in _marks(figures, suffix)


def _plain(deltas: Iterable[Delta]) -> Iterator[Delta]:
    return (replace(delta, **PLAIN) for delta in deltas)


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
    """Return a date that an event tells; the acceptance of a listed one is its re-inspection, so none is due after."""
    if name == "review" and figures[f"listing{suffix}"] in REINSPECTED:
        return None
    text = figures[f"{name}{suffix}"]
    return date.fromisoformat(text) if text else None


_FOUND_STATES: Final = frozenset(map(str, COUNTED_STATES))
STATES: Final[dict[str, frozenset[str]]] = {
    **{f"hazards.in.{state}": frozenset({str(state)}) for state in State},
    **{name: frozenset(map(str, states)) for _, name, states in MARKED},
    **dict.fromkeys(("hazards.overdue", "hazards.superior_overdue"), frozenset(map(str, RUNNING_STATES))),
    **dict.fromkeys(("hazards.found_fact", "hazards.self_found", "hazards.graded_late"), _FOUND_STATES),
    "hazards.review_overdue": frozenset(map(str, REVIEWED_STATES)),
    UNARRANGED_CLOSED: frozenset({str(State.CLOSED)}),
    "hazards.closed_late": frozenset({str(State.CLOSED)}),
}
COUNTING: Final = Counting(
    measures=MEASURES,
    kinds=frozenset({*(event_kind(act) for act in Act), RELOCATED}),
    contribution=contribution,
    levels=frozenset({"", *map(str, Level)}),
    page="hazards:list",
    standing=lambda event: _standing(event, ""),
    states=STATES,
    fact="found_on",
    proof="hazards:counted",
    unsettling=frozenset({event_kind(Act.REOPEN), RELOCATED}),
)

# fmt: off
ASKED: Final[tuple[Asked, ...]] = (
    Asked("hazards.same_kind_items",           "交办事项",           "这段时间上级交办、应举一反三的事项；一个单位的，是请它办的", "项", figures.same_kind, lister=figures.name_same_kind, by_sector=True, adds_up=False, rule="R3.21"),
    Asked("hazards.same_kind_items_completed", "举一反三已完成",     "请办的单位全部答复的事项；一个单位的，是它已经答复的", "项", figures.same_kind, lister=figures.name_same_kind, by_sector=True, adds_up=False),
    Asked("hazards.same_kind_found",           "举一反三查出",       "各单位举一反三查出的同类隐患", "项", figures.same_kind, lister=figures.name_same_kind, by_sector=True, adds_up=False),
    Asked("hazards.same_kind_units_asked",     "请办单位",           "因事故通报请办举一反三的单位（次）", "个", figures.same_kind, lister=figures.name_same_kind, by_sector=True, adds_up=False),
    Asked("hazards.same_kind_units_answered",  "已答复单位",         "因事故通报请办、已答复的单位（次）", "个", figures.same_kind, lister=figures.name_same_kind, by_sector=True, adds_up=False),
    Asked("hazards.same_kind_firms_alike",     "同类企业",           "事故通报举一反三确定的同类企业", "家", figures.same_kind, lister=figures.name_same_kind, by_sector=True, adds_up=False),
    Asked("hazards.same_kind_firms_checked",   "已查同类企业",       "各单位答复已检查的同类企业，一件通报最多计到它确定的家数", "家", figures.same_kind, lister=figures.name_same_kind, by_sector=True, adds_up=False),
    Asked("hazards.self_reporting",        "已自报企业",         "当天在册、已报送当月自查情况的企业，零报告也算", "家", alone(figures.self_reported), lister=figures.name_reporters, by_sector=True, rule="R3.4"),
    Asked("hazards.transfers_answered",    "移送已答复",         "这段时间移送、到最后一天已有答复或退回的", "次", alone(transfers.answered), lister=transfers.name_answered, by_sector=True, rule="安法2021第69条"),
    *(Asked(one.name, one.title, one.meaning, "项", found.of_found, lister=found.name_found, by_sector=True, page="hazards:list", rule="R9.8")
      for one in SHARES.values()),
    *(Asked(one.name, one.title, one.meaning, "项", governed.governed, lister=governed.name_governed, by_sector=True, rule="R3.8")
      for one in WAYS.values()),
)
# fmt: on
