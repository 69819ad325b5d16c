"""Grounds on which a unit is a candidate for 通报, from facts as of a day; a person decides (R9.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.rules.terms import Kind, said
from bihuan.campaigns.rules.units import Side


class GroundKind(StrEnum):
    """What the data show."""

    NO_PLAN = "no_plan"
    PLAN_RETURNED = "plan_returned"
    LATE_RETURNS = "late_returns"
    LOW_RATE = "low_rate"
    OVERDUE_MAJOR = "overdue_major"
    LED_SHORT = "led_short"
    SUPERIOR_OVERDUE = "superior_overdue"
    SUPERIOR_UNANSWERED = "superior_unanswered"


GROUND_NAMES: Final[dict[GroundKind, str]] = {
    GroundKind.NO_PLAN: "逾期未报子方案",
    GroundKind.PLAN_RETURNED: "子方案退回后没有重报",
    GroundKind.LATE_RETURNS: "连续迟报漏报",
    GroundKind.LOW_RATE: "整改率明显偏低",
    GroundKind.OVERDUE_MAJOR: "重大隐患整改逾期",
    GroundKind.LED_SHORT: "带队检查连续不足",
    GroundKind.SUPERIOR_OVERDUE: "上级交办事项逾期",
    GroundKind.SUPERIOR_UNANSWERED: "上级交办事项逾期未答复",
}
AGAIN: Final = timedelta(days=7)  # to mend a sub-plan and hand it in again
POST: Final = "post"  # leaders' posts are compared with leaders' posts
GROUPS: Final[dict[str, str]] = {
    Side.VILLAGE: "村（社区）",
    Side.DEPARTMENT: "部门",
    Side.OFFICE: "办公室",
    POST: "领导岗位",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers in force on the day. rate_points: below the town's rate. small: fewer hazards are marked as few."""

    rate_points: int
    late_returns: int
    led_months: int
    small: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row under a ground: what it says, and the page that shows it ("" for none)."""

    title: str
    note: str = ""
    page: str = ""
    args: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept beside a decision."""
        return {
            "title": self.title,
            "note": self.note,
            "page": self.page,
            "args": list(self.args),
            "query": dict(self.query),
        }


@dataclass(frozen=True, slots=True)
class Late:
    """A return that fell due: of which form, when, and whether it came late or not at all. query: lists this unit's of
    this form."""

    form: str
    due_on: date
    is_late: bool
    sent_on: date | None = None
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A superior's item for which a unit owes its answer (举一反三) since a day. args: of its page."""

    title: str
    due_on: date
    args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A leader's month: how often inspections were due, how often done. is_over: the month has ended."""

    first: date
    due: int
    done: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """Where the hazards of a unit are: its area, or the sectors that it leads. since: first day of the campaign, whose
    own range is counted: what was closed before it and has been ever since is left out."""

    name: str
    path: str
    sectors: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is known of a unit (or a leader's post) as of a day.

    part_id: of the `CampaignUnit`, None for a post. counted … superior_overdue: None where the unit has no hazards to
    answer for. place: where its hazards are. returns, unanswered, months: the oldest first.
    """

    name: str
    group: str
    part_id: UUID | None = None
    counted: int | None = None
    rectified: int | None = None
    overdue: int = 0
    overdue_major: int = 0
    superior_overdue: int = 0
    place: Listed | None = None
    plan_due_on: date | None = None
    has_plan: bool = True
    plan_returned_on: date | None = None
    returns: Sequence[Late] = ()
    unanswered: Sequence[Unanswered] = ()
    months: Sequence[Month] = ()


@dataclass(frozen=True, slots=True)
class Num:
    """A number in the sentence of a ground. name: by which it is found again (`no_plan.days`). page, query: the list of
    exactly what it counts, where that is not the one of the ground."""

    name: str
    text: str
    meaning: str
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground, in a sentence that the data carry, with the rows under it. small: rests on few hazards."""

    kind: GroundKind
    said: tuple[str | Num, ...]
    rows: tuple[Row, ...]
    small: bool = False

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(part if isinstance(part, str) else part.text for part in self.said)

    @property
    def numbers(self) -> tuple[Num, ...]:
        """The numbers in it."""
        return tuple(part for part in self.said if isinstance(part, Num))

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept beside a decision."""
        return {"kind": self.kind.value, "text": self.text, "rows": [one.as_json() for one in self.rows]}


LEAST_RANKED: Final = 3  # fewer are no ranking
LEAST_RATED: Final = 3  # a rate of fewer hazards is no ground
RATED_AFTER: Final = timedelta(days=7)  # from the first day of the campaign on: before, a low rate tells nothing yet
RATED: Final = f"整改率从专项行动开始 {RATED_AFTER.days} 天后才比，登记隐患不足 {LEAST_RATED} 项的单位不比。"
HAZARDS: Final = "hazards:counted"  # lists what was counted as of any day
LATE_PAGE: Final = "campaigns:due_returns"
SAME_KIND: Final = "hazards:same_kind"
OVER: Final = "-hazards.in.closed:still"  # taken away: what was over when the campaign began
OWN: Final = "专项行动开始时没有销号的和以后登记的"


def grounds_of(facts: UnitFacts, *, town: tuple[int, int], on: date, limits: Limits) -> tuple[Ground, ...]:
    """Return the grounds that a unit meets. town: rectified and counted hazards of the whole town."""
    found = (
        _no_plan(facts, on),
        _plan_returned(facts, on),
        _late_returns(facts, limits, on),
        _low_rate(facts, town, on, limits),
        _hazards(facts, GroundKind.OVERDUE_MAJOR, facts.overdue_major, on),
        _hazards(facts, GroundKind.SUPERIOR_OVERDUE, facts.superior_overdue, on),
        _unanswered(facts),
        _led_short(facts, limits),
    )
    return tuple(one for one in found if one is not None)


def _no_plan(facts: UnitFacts, on: date) -> Ground | None:
    if facts.has_plan or facts.plan_due_on is None or facts.plan_due_on >= on:
        return None
    days = Num("no_plan.days", str((on - facts.plan_due_on).days), "从子方案报送期限的次日起到当天的天数")
    said_so = (f"子方案应于{_day(facts.plan_due_on)}前报送，逾期 ", days, " 天没有报")
    return Ground(
        GroundKind.NO_PLAN,
        said_so,
        (Row(f"{facts.name}子方案", f"应报 {facts.plan_due_on}", "campaigns:unit", (str(facts.part_id),)),),
    )


def _plan_returned(facts: UnitFacts, on: date) -> Ground | None:
    """A sub-plan that was sent back some time ago and never came again, after its last day."""
    back = facts.plan_returned_on
    if back is None or on - back <= AGAIN or (facts.plan_due_on is not None and facts.plan_due_on >= on):
        return None
    days = Num("plan_returned.days", str((on - back).days), "从子方案退回到当天的天数")
    row = Row(f"{facts.name}子方案", f"{back} 退回", "campaigns:unit", (str(facts.part_id),))
    return Ground(GroundKind.PLAN_RETURNED, (f"子方案{_day(back)}退回修改，", days, " 天没有重报"), (row,))


def _late_returns(facts: UnitFacts, limits: Limits, on: date) -> Ground | None:
    """The last ones in a row of any one form, whatever lies before them."""
    by_form: dict[tuple[str, str], list[Late]] = {}
    for one in facts.returns:
        by_form.setdefault((one.form, one.query.get("form", "")), []).append(one)
    rows: list[Row] = []
    said_so: list[str | Num] = []
    for number, ((form, _), due) in enumerate(by_form.items()):
        run: list[Late] = []
        for one in reversed(due):
            if not one.is_late:
                break
            run.insert(0, one)
        if len(run) >= limits.late_returns:
            rows += [
                Row(f"{form}（{one.due_on} 应报）", _came(one), LATE_PAGE, (), _late_query(one, one.due_on, one.due_on))
                for one in run
            ]
            words, listed = f"{form}最近接连迟报或者漏报的次数", _late_query(run[0], run[0].due_on, on)
            times = Num(f"late_returns.{number}", str(len(run)), words, LATE_PAGE, listed)
            said_so += ["；" if said_so else "", f"“{form}”连续迟报或者漏报 ", times, " 次"]
    return Ground(GroundKind.LATE_RETURNS, tuple(said_so), tuple(rows)) if rows else None


def _late_query(one: Late, since: date, until: date) -> dict[str, str]:
    return {**one.query, "of": "late", "since": since.isoformat(), "until": until.isoformat()}


def _came(one: Late) -> str:
    return f"{one.sent_on} 才报" if one.sent_on else "没有报"


def _low_rate(facts: UnitFacts, town: tuple[int, int], on: date, limits: Limits) -> Ground | None:
    if facts.counted is None or facts.counted < LEAST_RATED or facts.rectified is None or not town[1]:
        return None
    since = facts.place.since if facts.place is not None else None
    if since is not None and on - since < RATED_AFTER:
        return None
    own, mean = Fraction(facts.rectified, facts.counted), Fraction(*town)
    if mean - own < Fraction(limits.rate_points, 100):
        return None
    small = facts.counted < limits.small
    own_rate = Num("low_rate.own", said(Kind.RATE, facts.rectified, facts.counted), f"已整改的隐患占登记隐患（{OWN}）")
    town_rate = Num("low_rate.town", said(Kind.RATE, *town), f"全镇已整改的隐患占登记隐患（{OWN}）")
    few = ("（登记隐患少，仅供参考）",) if small else ()
    said_so = ("隐患整改率 ", own_rate, "，全镇 ", town_rate, *few)
    rows = (
        *_listed(facts, "登记隐患", {"measure": f"hazards.counted,{OVER}"}, facts.counted, on),
        *_listed(facts, "已整改", {"measure": f"hazards.rectified,{OVER}"}, facts.rectified, on),
    )
    return Ground(GroundKind.LOW_RATE, said_so, rows, small)


LATE: Final[dict[GroundKind, tuple[str, dict[str, str]]]] = {
    GroundKind.OVERDUE_MAJOR: ("重大隐患", {"measure": "hazards.overdue", "level": "major"}),
    GroundKind.SUPERIOR_OVERDUE: ("上级交办的隐患", {"measure": "hazards.superior_overdue"}),
}


def _hazards(facts: UnitFacts, kind: GroundKind, amount: int, on: date) -> Ground | None:
    if not amount:
        return None
    what, query = LATE[kind]
    items = Num(f"{kind}.items", str(amount), f"过了整改期限还没有提交整改的{what}")
    rows = _listed(facts, f"逾期的{what}", query, amount, on)
    return Ground(kind, (f"{what} ", items, " 项过了整改期限没有提交整改"), rows)


def _unanswered(facts: UnitFacts) -> Ground | None:
    """Superior's items for which the unit was to answer and has not; the town cannot report them before (R3.21)."""
    if not facts.unanswered:
        return None
    kind = GroundKind.SUPERIOR_UNANSWERED
    items = Num(f"{kind}.items", str(len(facts.unanswered)), "过了答复期限、本单位还没有答复举一反三的上级交办事项")
    rows = tuple(Row(one.title, f"{one.due_on} 应答复", SAME_KIND, one.args) for one in facts.unanswered)
    return Ground(kind, ("上级交办事项的举一反三 ", items, " 项过了答复期限没有答复"), rows)


def _listed(facts: UnitFacts, title: str, query: Mapping[str, str], amount: int, on: date) -> tuple[Row, ...]:
    """Return the page that lists exactly these hazards of a unit as of the day. query: which measure."""
    if facts.place is None:
        return ()
    said_so = {**query, "path": facts.place.path, "sector": ",".join(facts.place.sectors), "until": on.isoformat()}
    if facts.place.since is not None and OVER in query.get("measure", ""):
        said_so |= {"since": facts.place.since.isoformat()}
    asked = {name: value for name, value in said_so.items() if value}
    return (Row(f"{title} {amount} 项", "", HAZARDS, (), asked),)


def _led_short(facts: UnitFacts, limits: Limits) -> Ground | None:
    last = [one for one in facts.months if one.is_over][-limits.led_months :]
    if len(last) < limits.led_months or any(one.done >= one.due for one in last):
        return None
    said_so: list[str | Num] = []
    for one in last:
        named = f"{one.first.month}月"
        due = Num(f"led_short.{one.first:%Y%m}.due", str(one.due), f"{named}应带队检查的次数")
        done = Num(f"led_short.{one.first:%Y%m}.done", str(one.done), f"{named}带队检查的次数")
        said_so += ["；" if said_so else "", f"{named}应带队检查 ", due, " 次，做了 ", done, " 次"]
    rows = tuple(Row(f"{one.first.year}年{one.first.month}月", f"应 {one.due} 次，做了 {one.done} 次") for one in last)
    return Ground(GroundKind.LED_SHORT, tuple(said_so), rows)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit among its like. place: 1 for the best rate, None where there is nothing to rank. rate: "—" over zero."""

    facts: UnitFacts
    rate: str
    place: int | None
    small: bool
    grounds: tuple[Ground, ...]


def ranking(
    units: Sequence[UnitFacts], *, town: tuple[int, int], on: date, limits: Limits
) -> dict[str, tuple[Ranked, ...]]:
    """Return the units by group, each compared with its like only; equal rates share a place (R9.10)."""
    found: dict[str, tuple[Ranked, ...]] = {}
    for group in GROUPS:
        mine = [one for one in units if one.group == group]
        rates = {id(one): Fraction(one.rectified or 0, one.counted) for one in mine if one.counted}
        rows = [
            Ranked(
                facts=one,
                rate=said(Kind.RATE, one.rectified or 0, one.counted),
                place=1 + sum(other > rates[id(one)] for other in rates.values()) if id(one) in rates else None,
                small=one.counted is not None and 0 < one.counted < limits.small,
                grounds=grounds_of(one, town=town, on=on, limits=limits),
            )
            for one in mine
        ]
        if rows:
            found[group] = tuple(sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.facts.name)))
    return found


def is_below(one: Ranked, town: tuple[int, int]) -> bool:
    """Tell whether a unit's rate is below the town's: no other is told among what is wrong. town: as in grounds_of."""
    own = one.facts
    if not own.counted or own.rectified is None or not town[1]:
        return False
    return Fraction(own.rectified, own.counted) < Fraction(*town)


def rank_said(one: Ranked, like: Sequence[Ranked]) -> tuple[str | Num, ...]:
    """Say where a unit stands among its like by its rate, () where there is nothing to compare. like: its group."""
    ranked = [other for other in like if other.place is not None]
    if one.place is None or len(ranked) < LEAST_RANKED:
        return ()
    group = GROUPS[one.facts.group]
    of = Num("rank.of", str(len(ranked)), f"有隐患的{group}的个数")
    place = Num("rank.place", str(one.place), f"按整改率从高到低，在有隐患的{group}里的位次；一样的并列")
    few = ("（登记隐患少，仅供参考）",) if one.small else ()
    return (f"隐患整改率 {one.rate}，在有隐患的 ", of, f" 个{group}中列第 ", place, " 位", *few)


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
